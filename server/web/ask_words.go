package web

import (
	"strings"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
)

// effects says what a change of the plan's cost is made of: what gets better
// and what gets worse, the most first as the terms stand in the contract.
func (s *Server) effects(v *visit, c model.Cost) (better, worse []string) {
	if c.Unmet < 0 {
		better = append(better, s.text(v, "effect.unmet.less", "n", -c.Unmet))
	}
	if c.Unmet > 0 {
		worse = append(worse, s.text(v, "effect.unmet.more", "n", c.Unmet))
	}
	for _, row := range costRows(c) {
		switch {
		case row.Minutes > 0:
			worse = append(worse, s.text(v, "effect."+row.Key+".more", "time", s.ui.Length(v.lang, row.Minutes)))
		case row.Minutes < 0:
			better = append(better, s.text(v, "effect."+row.Key+".less", "time", s.ui.Length(v.lang, -row.Minutes)))
		}
	}
	return better, worse
}

// told says how many would be told what; nobody is told of a draft.
func (s *Server) told(v *visit, list []advise.Told, draft bool) string {
	if draft {
		return s.text(v, "told.draft")
	}
	count := map[advise.News]int{}
	for _, t := range list {
		count[t.News]++
	}
	var parts []string
	for _, n := range []advise.News{advise.Moved, advise.Invited, advise.Cancelled, advise.OtherLeader} {
		if count[n] > 0 {
			parts = append(parts, s.text(v, "told."+string(n), "n", count[n]))
		}
	}
	if len(parts) == 0 {
		return s.text(v, "told.nobody")
	}
	return s.text(v, "told.people", "n", len(list), "parts", strings.Join(parts, ", "))
}

// blockText says what stands against something, with names for ids.
func (s *Server) blockText(v *visit, b scheduler.Block) string {
	r := v.state.Roster
	pairs := []any{"who", s.text(v, "ask.somebody"), "unit", "", "venue", "", "have", b.Have, "want", b.Want, "when", "", "n", b.Want}
	if b.Person != "" {
		pairs[1] = s.askedName(v, b.Person)
	}
	if u := r.Units[b.Unit]; u != nil {
		pairs[3] = u.Name
	}
	if p, ok := s.Programme.People.Contact(b.Person); ok && p.Protected {
		pairs[3] = s.text(v, "ask.their-unit")
	}
	if x := r.Venues[b.Venue]; x != nil {
		pairs[5] = x.Name
	}
	if !b.When.IsZero() {
		pairs[11] = s.ui.Day(v.lang, b.When)
	}
	if b.Fact == scheduler.TooFar {
		pairs[7], pairs[9] = s.ui.Length(v.lang, b.Have), s.ui.Length(v.lang, b.Want)
	}
	return s.text(v, "fact."+string(b.Fact), pairs...)
}

// blockTexts says of the first most what stands against them, and how many
// there are of the rest.
func (s *Server) blockTexts(v *visit, list []scheduler.Block, most int) []string {
	var texts []string
	for _, b := range list[:min(len(list), most)] {
		texts = append(texts, s.blockText(v, b))
	}
	if n := len(list) - most; n > 0 {
		texts = append(texts, s.text(v, "ask.and-more", "n", n))
	}
	return texts
}

// askedName is how answers name a person: a name says which of several it is,
// and who has none because of a protected identity is said to be such a one.
func (s *Server) askedName(v *visit, person string) string {
	if name := s.Programme.People.Name(person); name != "" {
		return name
	}
	return s.text(v, "seminar.protected")
}
