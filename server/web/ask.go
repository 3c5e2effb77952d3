package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// askPage lists the needs without a seat, and asks what would happen if.
func (s *Server) askPage(v *visit) error {
	page, err := s.asked(v)
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (s *Server) asked(v *visit) (ui.Ask, error) {
	var needs []advise.Need
	if err := s.ask(v.state, false, func(b *basis) error { needs = b.desk.Unmet(); return nil }); err != nil {
		return ui.Ask{}, err
	}
	r := v.state.Roster
	page := ui.Ask{Total: len(needs)}
	var shown []advise.Need
	page.Pager, shown = paged(v, needs)
	for _, n := range shown {
		x := ui.AskNeed{ID: n.Person, Name: s.askedName(v, n.Person), Module: r.Modules[n.Module].Name, Why: s.unmetText(v, n.Reason)}
		if n.Reason == "" {
			x.Why = s.text(v, "ask.not-planned")
		}
		if contact, _ := s.Programme.People.Contact(n.Person); !contact.Protected {
			x.Unit = r.Units[r.People[n.Person].Unit].Name
		}
		page.Unmet = append(page.Unmet, x)
	}
	for i := range r.Problem.Venues {
		page.Venues = append(page.Venues, ui.Option{Value: r.Problem.Venues[i].ID, Label: r.Problem.Venues[i].Name})
	}
	for i := range r.Problem.Units {
		page.Units = append(page.Units, ui.Option{Value: r.Problem.Units[i].ID, Label: r.Problem.Units[i].Name})
	}
	for i := range r.Problem.People {
		if x := &r.Problem.People[i]; x.Leads != nil {
			page.People = append(page.People, ui.Option{Value: x.ID, Label: s.askedName(v, x.ID)})
		}
	}
	for _, list := range [][]ui.Option{page.Venues, page.Units, page.People} {
		sortOptions(list)
	}
	today := s.Programme.Now().In(r.Zone)
	if first := firstSlot(r); first.After(today) {
		today = first.In(r.Zone)
	}
	page.From, page.To = today.Format(time.DateOnly), today.AddDate(0, 1, 0).Format(time.DateOnly)
	return page, nil
}

// firstSlot is when the programme can begin; zero without slots.
func firstSlot(r *model.Roster) (first time.Time) {
	for _, x := range r.Problem.Slots {
		if first.IsZero() || x.Start.Before(first) {
			first = x.Start
		}
	}
	return first
}

// whatIf answers what a change would break, on what people have been told; on
// the draft before anything is published.
func (s *Server) whatIf(v *visit) error {
	x, refused := s.supposed(v)
	if refused != nil {
		page, err := s.asked(v)
		if err != nil {
			return err
		}
		page.Error, _ = s.sentence(v, refused)
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, page)
	}
	page := ui.WhatIf{If: s.supposition(v, x)}
	published := v.state.PublishedPlan() != nil
	err := s.ask(v.state, published, func(b *basis) error {
		e, err := b.desk.WhatIf(v.UserContext(), x)
		if err != nil {
			return err
		}
		s.tellEffect(v, b, e, !published, &page)
		return nil
	})
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// supposed reads the change a form asks about.
func (s *Server) supposed(v *visit) (advise.Change, error) {
	r := v.state.Roster
	x := advise.Change{Kind: advise.ChangeKind(v.Query("kind")), Venue: v.Query("venue"), Person: v.Query("person"), Unit: v.Query("unit")}
	wrong := func(key, text string) (advise.Change, error) { return x, model.Errorf(model.Invalid, key, "%s", text) }
	switch x.Kind {
	case advise.UnitLimit:
		most, err := strconv.Atoi(v.Query("most"))
		if err != nil || most < 0 || r.Units[x.Unit] == nil {
			return wrong("error.ask-number", "choose a unit and write a number, 0 or more")
		}
		x.Now = most
		return x, nil
	case advise.VenueShut:
		if r.Venues[x.Venue] == nil {
			return wrong("error.ask-choose", "choose what the question is about")
		}
	case advise.GoneFor:
		if r.People[x.Person] == nil {
			return wrong("error.ask-choose", "choose what the question is about")
		}
	default:
		return wrong("error.ask-choose", "choose what the question is about")
	}
	from, errFrom := time.ParseInLocation(time.DateOnly, v.Query("from"), r.Zone)
	to, errTo := time.ParseInLocation(time.DateOnly, v.Query("to"), r.Zone)
	if errFrom != nil || errTo != nil || to.Before(from) {
		return wrong("error.ask-dates", "write two dates, the first no later than the last")
	}
	x.From, x.To = from, to.AddDate(0, 0, 1)
	return x, nil
}

// supposition says a change as the second half of "what if".
func (s *Server) supposition(v *visit, x advise.Change) string {
	r := v.state.Roster
	pairs := []any{"n", x.Now, "was", x.Was, "now", x.Now, "who", "", "unit", "", "venue", "", "wave", "", "module", "", "area", "",
		"from", s.ui.Day(v.lang, x.From), "to", s.ui.Day(v.lang, x.To.Add(-time.Second)), "when", s.ui.When(v.lang, x.From)}
	if x.Person != "" {
		pairs[7] = s.askedName(v, x.Person)
	}
	if u := r.Units[x.Unit]; u != nil {
		pairs[9], pairs[17] = u.Name, s.areaName(u.Area)
	}
	if y := r.Venues[x.Venue]; y != nil {
		pairs[11] = y.Name
	}
	if x.Wave != "" {
		pairs[13] = s.waveName(v, v.state, x.Wave)
	}
	if m := r.Modules[x.Module]; m != nil {
		pairs[15] = m.Name
	}
	if x.Kind == advise.TravelLimit {
		pairs[3], pairs[5] = s.ui.Length(v.lang, x.Was), s.ui.Length(v.lang, x.Now)
	}
	key := "change." + string(x.Kind)
	if x.Kind == advise.NewLeader && x.From.IsZero() {
		key += "-any"
	}
	return s.text(v, key, pairs...)
}

// shownEffects is how many lines of each kind an effect is told in.
const shownEffects = 50

func (s *Server) tellEffect(v *visit, b *basis, e advise.Effect, draft bool, page *ui.WhatIf) {
	at := byID(b.plan)
	for _, o := range e.Broken {
		page.Broken = append(page.Broken, ui.AskLine{Text: s.seminarText(v, at[o.Seminar]), Href: "/seminars/" + url.PathEscape(o.Seminar), Why: s.blockText(v, o.Blocks[0])})
	}
	page.Changes = s.offerLines(v, b, e.Repair)
	page.More = max(0, len(page.Changes)-shownEffects)
	page.Changes = page.Changes[:len(page.Changes)-page.More]
	for _, n := range e.Lost {
		page.Lost = append(page.Lost, ui.AskLine{Text: s.text(v, "ask.lost", "who", s.askedName(v, n.Person), "module", v.state.Roster.Modules[n.Module].Name),
			Href: "/ask/person/" + url.PathEscape(n.Person), Why: s.unmetText(v, n.Reason)})
	}
	page.Better, page.Worse = s.effects(v, e.Repair.Cost)
	page.Total, page.Told = e.Repair.Cost.Total, s.told(v, e.Repair.Told, draft)
}

func byID(plan *model.Plan) map[string]*model.Seminar {
	at := map[string]*model.Seminar{}
	for i := range plan.Seminars {
		at[plan.Seminars[i].ID] = &plan.Seminars[i]
	}
	return at
}

// seminarText names a seminar by what it is about, when and where.
func (s *Server) seminarText(v *visit, x *model.Seminar) string {
	start, _ := v.state.Roster.Span(x)
	return s.text(v, "ask.seminar-text", "module", v.state.Roster.Modules[x.Module].Name, "when", s.ui.When(v.lang, start), "venue", v.state.Roster.Venues[x.Venue].Name)
}

// offerLines says a change of a plan seminar by seminar.
func (s *Server) offerLines(v *visit, b *basis, a advise.Answer) []ui.AskLine {
	at := byID(b.plan)
	var list []ui.AskLine
	for i := range a.Set {
		now := &a.Set[i]
		was := at[now.ID]
		if was == nil {
			list = append(list, ui.AskLine{Text: s.seminarText(v, now), Why: s.text(v, "ask.is-new", "n", len(now.Attendees))})
			continue
		}
		list = append(list, ui.AskLine{Text: s.seminarText(v, was), Href: "/seminars/" + url.PathEscape(now.ID), Why: strings.Join(s.differs(v, was, now), " ")})
	}
	for _, id := range a.Drop {
		list = append(list, ui.AskLine{Text: s.seminarText(v, at[id]), Href: "/seminars/" + url.PathEscape(id), Why: s.text(v, "ask.is-dropped")})
	}
	return list
}

// differs says how a seminar would be otherwise than it is.
func (s *Server) differs(v *visit, was, now *model.Seminar) []string {
	r := v.state.Roster
	var parts []string
	start, _ := r.Span(now)
	switch {
	case was.Slot != now.Slot && was.Venue != now.Venue:
		parts = append(parts, s.text(v, "ask.moves-both", "when", s.ui.When(v.lang, start), "venue", r.Venues[now.Venue].Name))
	case was.Slot != now.Slot:
		parts = append(parts, s.text(v, "ask.moves-time", "when", s.ui.When(v.lang, start)))
	case was.Venue != now.Venue:
		parts = append(parts, s.text(v, "ask.moves-venue", "venue", r.Venues[now.Venue].Name))
	}
	if who := newcomer(was, now); who != "" {
		parts = append(parts, s.text(v, "ask.new-leader", "who", s.leaderName(v, who)))
	}
	if in := missing(was.Attendees, now.Attendees); in > 0 {
		parts = append(parts, s.text(v, "ask.come", "n", in))
	}
	if out := missing(now.Attendees, was.Attendees); out > 0 {
		parts = append(parts, s.text(v, "ask.go", "n", out))
	}
	return parts
}

// leaderName names a leader, who may be one the programme does not have yet.
func (s *Server) leaderName(v *visit, who string) string {
	if v.state.Roster.People[who] == nil {
		return s.text(v, "ask.a-new-leader")
	}
	return s.askedName(v, who)
}

// missing counts who of b is not in a.
func missing(a, b []string) (n int) {
	in := map[string]bool{}
	for _, p := range a {
		in[p] = true
	}
	for _, p := range b {
		if !in[p] {
			n++
		}
	}
	return n
}
