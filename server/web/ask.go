package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/server/answers"
	"kaskad/ui"
)

// askPage lists the needs without a seat, and asks what would happen if.
func (s *Server) askPage(v *visit) error {
	page, err := once(s, v, func() (ui.Ask, error) { return s.asked(v) })
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
	if err := s.withoutLeader(v, &page); err != nil {
		return ui.Ask{}, err
	}
	var shown []advise.Need
	page.Pager, shown = paged(v, needs)
	for _, n := range shown {
		x := ui.AskNeed{ID: n.Person, Name: s.askedName(v, n.Person), Module: r.Modules[n.Module].Name, Why: s.unmetText(v, n.Reason)}
		if n.Reason == "" {
			x.Why = s.text(v, "ask.not-planned")
		}
		if u := s.workplace(v.state, n.Person); u != nil {
			x.Unit = u.Name
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
	page.From, page.To = s.askedPeriod(r)
	return page, nil
}

// askedPeriod is the month a question is about unless its reader chooses another.
func (s *Server) askedPeriod(r *model.Roster) (from, to string) {
	today := s.Programme.Now().In(r.Zone)
	if first := firstSlot(r); first.After(today) {
		today = first.In(r.Zone)
	}
	return today.Format(time.DateOnly), today.AddDate(0, 1, 0).Format(time.DateOnly)
}

// whatIfForm asks about one person, unit or venue from its own page.
func (s *Server) whatIfForm(v *visit, kind advise.ChangeKind, field, id string) *ui.WhatIfForm {
	form := &ui.WhatIfForm{Kind: string(kind), Field: field, ID: id}
	form.From, form.To = s.askedPeriod(v.state.Roster)
	return form
}

// shownLeaderless is of how many seminars a page says who could take them.
const shownLeaderless = 20

// withoutLeader lists the published seminars to come that nobody leads, with
// who would be best.
func (s *Server) withoutLeader(v *visit, page *ui.Ask) error {
	var open []*model.PublishedSeminar
	for _, x := range v.state.SeminarsByTime() {
		if start, _ := v.state.Roster.Span(&x.Seminar); x.Open(v.state.Roster) && start.After(s.Programme.Now()) && len(open) < shownLeaderless {
			open = append(open, x)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return s.ask(v.state, true, func(b *basis) error {
		say := s.speaker(v)
		for _, x := range open {
			line := ui.AskLine{Text: say.Seminar(&x.Seminar), Href: "/seminars/" + url.PathEscape(x.ID) + "/options", Why: s.text(v, "ask.open-nobody")}
			if best := b.desk.Leaders(x.ID).Answers; len(best) > 0 {
				line.Why = s.text(v, "ask.open-best", "who", s.askedName(v, answers.Newcomer(&x.Seminar, &best[0].Set[0])))
			}
			page.Open = append(page.Open, line)
		}
		return nil
	})
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
	page, err := once(s, v, func() (ui.WhatIf, error) { return s.supposing(v, x) })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// supposing tries a change out.
func (s *Server) supposing(v *visit, x advise.Change) (ui.WhatIf, error) {
	page := ui.WhatIf{If: s.speaker(v).Change(x), Record: recordPage(x)}
	published := v.state.PublishedPlan() != nil
	return page, s.ask(v.state, published, func(b *basis) error {
		e, err := b.desk.WhatIf(v.UserContext(), x)
		if err != nil {
			return err
		}
		s.tellEffect(v, b, e, !published, &page)
		return nil
	})
}

// recordPage is where coordinators record what they have asked about.
func recordPage(x advise.Change) string {
	q := url.Values{}
	switch x.Kind {
	case advise.VenueShut:
		q.Set("kind", string(model.VenueClosed))
		q.Set("venue", x.Venue)
	case advise.GoneFor:
		q.Set("kind", string(model.PersonAway))
		q.Set("id", x.Person)
	default:
		q.Set("kind", string(model.UnitSpares))
		q.Set("id", x.Unit)
	}
	return "/changes/event?" + q.Encode()
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

// shownEffects is how many lines of each kind an effect is told in.
const shownEffects = 50

func (s *Server) tellEffect(v *visit, b *basis, e advise.Effect, draft bool, page *ui.WhatIf) {
	say := s.speaker(v)
	page.Broken, page.Lost = say.Broken(b.plan, e), say.Lost(e.Lost)
	page.Changes = say.Offer(b.plan, e.Repair)
	page.More = max(0, len(page.Changes)-shownEffects)
	page.Changes = page.Changes[:len(page.Changes)-page.More]
	page.Better, page.Worse = say.Effects(e.Repair.Cost)
	page.Total, page.Told = e.Repair.Cost.Total, say.Told(e.Repair.Told, draft)
}
