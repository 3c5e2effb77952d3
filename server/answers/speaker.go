// Package answers puts what scheduler/advise finds into sentences, for pages
// and for the command line: names for ids, minutes as hours and minutes, in the
// reader's language. Speaker is the name to know; it decides nothing.
package answers

import (
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// Speaker speaks one language about one programme. Every field is needed.
type Speaker struct {
	UI     *ui.Renderer
	Lang   string
	Roster *model.Roster
	Name   func(person string) string // as the reader may know the person
	Hidden func(person string) bool   // a protected identity: neither name nor unit is said
	Area   func(code string) string
	Wave   func(id string) string
	Reason func(text string) string // the planner's own reason for an unmet need
}

// t is a text of the reader's language.
func (s Speaker) t(key string, pairs ...any) string { return s.UI.Text(s.Lang, key, pairs...) }

// Length is a number of minutes.
func (s Speaker) Length(minutes int) string { return s.UI.Length(s.Lang, minutes) }

// terms of the cost table with their keys, as the contract lists them.
func terms(c model.Cost) []ui.CostRow {
	rows := []ui.CostRow{
		{Key: "travel", Minutes: c.Travel}, {Key: "leaderTravel", Minutes: c.LeaderTravel}, {Key: "seminars", Minutes: c.Seminars},
		{Key: "mix", Minutes: c.Mix}, {Key: "crowding", Minutes: c.Crowding}, {Key: "continuity", Minutes: c.Continuity},
		{Key: "pace", Minutes: c.Pace}, {Key: "earliness", Minutes: c.Earliness}, {Key: "fairness", Minutes: c.Fairness},
		{Key: "preference", Minutes: c.Preference}, {Key: "disruption", Minutes: c.Disruption},
	}
	size := func(r ui.CostRow) int { return max(r.Minutes, -r.Minutes) }
	slices.SortStableFunc(rows, func(a, b ui.CostRow) int { return size(b) - size(a) })
	return rows
}

// Effects says what a change of the plan's cost is made of: what gets better
// and what gets worse, unmet needs first and then the most.
func (s Speaker) Effects(c model.Cost) (better, worse []string) {
	if c.Unmet < 0 {
		better = append(better, s.t("effect.unmet.less", "n", -c.Unmet))
	}
	if c.Unmet > 0 {
		worse = append(worse, s.t("effect.unmet.more", "n", c.Unmet))
	}
	for _, row := range terms(c) {
		switch {
		case row.Minutes > 0:
			worse = append(worse, s.t("effect."+row.Key+".more", "time", s.Length(row.Minutes)))
		case row.Minutes < 0:
			better = append(better, s.t("effect."+row.Key+".less", "time", s.Length(-row.Minutes)))
		}
	}
	return better, worse
}

// SumUp says what gets worse and better in one line.
func (s Speaker) SumUp(c model.Cost) string {
	better, worse := s.Effects(c)
	return strings.Join(append(worse, better...), ", ")
}

// More says minutes that are added or saved.
func (s Speaker) More(minutes int) string {
	switch {
	case minutes > 0:
		return s.t("choice.more", "time", s.Length(minutes))
	case minutes < 0:
		return s.t("choice.less", "time", s.Length(-minutes))
	}
	return s.t("choice.same")
}

// Told says how many would be told what; nobody is told of a draft.
func (s Speaker) Told(list []advise.Told, draft bool) string {
	if draft {
		return s.t("told.draft")
	}
	count := map[advise.News]int{}
	for _, x := range list {
		count[x.News]++
	}
	var parts []string
	for _, n := range []advise.News{advise.Moved, advise.Invited, advise.Cancelled, advise.OtherLeader} {
		if count[n] > 0 {
			parts = append(parts, s.t("told."+string(n), "n", count[n]))
		}
	}
	if len(parts) == 0 {
		return s.t("told.nobody")
	}
	return s.t("told.people", "n", len(list), "parts", strings.Join(parts, ", "))
}

// Block says what stands against something.
func (s Speaker) Block(b scheduler.Block) string {
	who, unit, venue, when, have, want := s.t("ask.somebody"), "", "", "", any(b.Have), any(b.Want)
	if b.Person != "" {
		who = s.Leader(b.Person)
	}
	if u := s.Roster.Units[b.Unit]; u != nil {
		unit = u.Name
	}
	if s.Hidden(b.Person) {
		unit = s.t("ask.their-unit")
	}
	if x := s.Roster.Venues[b.Venue]; x != nil {
		venue = x.Name
	}
	if !b.When.IsZero() {
		when = s.UI.Day(s.Lang, b.When)
	}
	if b.Fact == scheduler.TooFar {
		have, want = s.Length(b.Have), s.Length(b.Want)
	}
	return s.t("fact."+string(b.Fact), "who", who, "unit", unit, "venue", venue, "have", have, "want", want, "when", when)
}

// Blocks says of the first most what stands against them, and how many there
// are of the rest.
func (s Speaker) Blocks(list []scheduler.Block, most int) []string {
	var texts []string
	for _, b := range list[:min(len(list), most)] {
		texts = append(texts, s.Block(b))
	}
	if n := len(list) - most; n > 0 {
		texts = append(texts, s.t("ask.and-more", "n", n))
	}
	return texts
}

// Leader names somebody who may be a leader the programme does not have yet.
func (s Speaker) Leader(who string) string {
	if s.Roster.People[who] == nil {
		return s.t("ask.a-new-leader")
	}
	return s.Name(who)
}

// Change says a change as the second half of "what if".
func (s Speaker) Change(x advise.Change) string {
	who, unit, area, venue, wave, module := "", "", "", "", "", ""
	was, now := any(x.Was), any(x.Now)
	if x.Person != "" {
		who = s.Leader(x.Person)
	}
	if u := s.Roster.Units[x.Unit]; u != nil {
		unit, area = u.Name, s.Area(u.Area)
	}
	if y := s.Roster.Venues[x.Venue]; y != nil {
		venue = y.Name
	}
	if x.Wave != "" {
		wave = s.Wave(x.Wave)
	}
	if m := s.Roster.Modules[x.Module]; m != nil {
		module = m.Name
	}
	if x.Kind == advise.TravelLimit {
		was, now = s.Length(x.Was), s.Length(x.Now)
	}
	key := "change." + string(x.Kind)
	if x.Kind == advise.NewLeader && x.From.IsZero() {
		key += "-any"
	}
	return s.t(key, "who", who, "unit", unit, "area", area, "venue", venue, "wave", wave, "module", module, "was", was, "now", now,
		"from", s.UI.Day(s.Lang, x.From), "to", s.UI.Day(s.Lang, x.To.Add(-time.Second)), "when", s.UI.When(s.Lang, x.From))
}

// Changes says several at once.
func (s Speaker) Changes(list []advise.Change) string {
	var parts []string
	for _, x := range list {
		parts = append(parts, s.Change(x))
	}
	return strings.Join(parts, s.t("ask.and"))
}
