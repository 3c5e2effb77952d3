package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/scheduler/check"
	"kaskad/server/answers"
	"kaskad/ui"
)

// shownBlocked is of how many leaders a page says why they cannot.
const shownBlocked = 12

// options answers who could lead a seminar and where else it could be.
func (s *Server) options(v *visit) error {
	page, err := once(s, v, func() (ui.Options, error) { return s.optionsPage(v) })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (s *Server) optionsPage(v *visit) (ui.Options, error) {
	c, err := s.askedCard(v)
	if err != nil {
		return ui.Options{}, err
	}
	b := s.board(v.state)
	page := ui.Options{SeminarRow: s.row(v, b, c), Action: "/seminars/" + c.ID + "/options"}
	if c.Before != nil && v.state.Draft != nil && !v.state.DraftStale() {
		page.Notes = append(page.Notes, ui.Notice{Kind: ui.Info, Text: s.text(v, "options.makes-stale")})
	}
	if !v.state.Locks[c.ID].Empty() {
		page.Notes = append(page.Notes, ui.Notice{Kind: ui.Info, Text: s.text(v, "fact.locked")})
	}
	if !c.start.After(s.Programme.Now()) {
		page.Shut = s.text(v, "fact.kept")
		return page, nil
	}
	err = s.ask(v.state, c.Before != nil, func(b *basis) error {
		page.Groups = append(page.Groups, s.leaderChoices(v, b, c))
		page.Groups = append(page.Groups, s.placeChoices(v, b, c)...)
		page.Nearer, page.Sooner = s.seminarWhy(v, b, c)
		return nil
	})
	return page, err
}

// askedCard is the seminar the address names, as people have been told of it if
// they have: that is what a coordinator would change.
func (s *Server) askedCard(v *visit) (*card, error) {
	b := s.board(v.state)
	c := b.byID[v.param("id")]
	if c == nil {
		return nil, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", v.param("id"))
	}
	if c.Before == nil {
		return c, nil
	}
	told := s.newCard(b, model.Planned{Seminar: c.Before.Seminar, Wave: c.Before.Wave, Standing: model.AsPublished, Before: c.Before})
	return &told, nil
}

func (s *Server) leaderChoices(v *visit, b *basis, c *card) ui.ChoiceGroup {
	found := b.desk.Leaders(c.ID)
	g := ui.ChoiceGroup{ID: "leaders", Title: s.text(v, "options.leaders"), Empty: s.emptyChoice(v, "options.leaders-none", v.state.Locks[c.ID].Leaders), WhyTitle: s.text(v, "options.leaders-not", "n", len(found.Blocked))}
	for _, a := range found.Answers {
		g.Choices = append(g.Choices, s.choice(v, a, c, func(x *ui.Choice) {
			who := answers.Newcomer(&c.Seminar, &a.Set[0])
			x.Title, x.Facts = s.askedName(v, who), s.leaderFacts(v, who, c.Venue, b.plan)
			x.Button = x.Title
		}))
	}
	if found.More > 0 {
		g.More = s.text(v, "options.more-leaders", "n", found.More)
	}
	if len(c.Leaders) < v.state.Roster.LeadersPerSeminar(c.Tier) && len(found.Answers) > 0 {
		g.Title = s.text(v, "options.leaders-open")
	}
	g.Why = s.speaker(v).Blocks(found.Blocked, shownBlocked)
	return g
}

func (s *Server) leaderFacts(v *visit, who, venue string, plan *model.Plan) []string {
	r := v.state.Roster
	x := r.People[who]
	var facts []string
	if contact, _ := s.Programme.People.Contact(who); !contact.Protected {
		facts = append(facts, r.Units[x.Unit].Name)
		if minutes := r.TravelMinutes(x.Unit, venue); minutes > 0 {
			facts = append(facts, s.text(v, "seminar.travel", "time", s.ui.Length(v.lang, minutes)))
		}
	}
	led := 0
	for i := range plan.Seminars {
		if slices.Contains(plan.Seminars[i].Leaders, who) {
			led++
		}
	}
	if x.Leads != nil && x.Leads.Target != nil {
		return append(facts, s.text(v, "options.leads-of", "n", led, "target", *x.Leads.Target))
	}
	return append(facts, s.text(v, "options.leads", "n", led))
}

func (s *Server) placeChoices(v *visit, b *basis, c *card) []ui.ChoiceGroup {
	found := b.desk.Places(c.ID)
	l := v.state.Locks[c.ID]
	groups := []ui.ChoiceGroup{
		{ID: "venues", Title: s.text(v, "options.venues"), Empty: s.emptyChoice(v, "options.venues-none", l.Place)},
		{ID: "slots", Title: s.text(v, "options.slots"), Empty: s.emptyChoice(v, "options.slots-none", l.Time)},
		{ID: "both", Title: s.text(v, "options.both"), Empty: s.emptyChoice(v, "options.both-none", l.Time || l.Place)},
	}
	for i, answers := range [][]advise.Answer{found.Venues, found.Slots, found.Both} {
		for _, a := range answers {
			groups[i].Choices = append(groups[i].Choices, s.choice(v, a, c, func(x *ui.Choice) { s.namePlace(v, x, c, &a.Set[0]) }))
		}
	}
	return groups
}

// emptyChoice says why a group has no answers: what it asks for is locked, or
// nothing is free.
func (s *Server) emptyChoice(v *visit, none string, locked bool) string {
	if locked {
		return s.text(v, "fact.locked")
	}
	return s.text(v, none)
}

// seminarWhy says what would be nearer and sooner for the people of a seminar,
// and what stands against each.
func (s *Server) seminarWhy(v *visit, b *basis, c *card) (nearer, sooner []ui.AskLine) {
	why, ok := b.desk.Seminar(c.ID)
	if !ok {
		return nil, nil
	}
	return s.speaker(v).Place(why)
}

// namePlace says where and when, as far as that differs from now.
func (s *Server) namePlace(v *visit, x *ui.Choice, c *card, now *model.Seminar) {
	r := v.state.Roster
	start, _ := r.Span(now)
	var parts []string
	if now.Slot != c.Slot {
		parts = append(parts, s.ui.When(v.lang, start))
	}
	if now.Venue != c.Venue {
		parts = append(parts, r.Venues[now.Venue].Name)
	}
	x.Title = strings.Join(parts, ", ")
	x.Button = x.Title
	if who := answers.Newcomer(&c.Seminar, now); who != "" {
		x.Facts = append(x.Facts, s.text(v, "options.led-instead", "who", s.askedName(v, who)))
	}
}

// choice is an answer as a page shows it, with what the form must send.
func (s *Server) choice(v *visit, a advise.Answer, c *card, name func(*ui.Choice)) ui.Choice {
	x := ui.Choice{Total: a.Cost.Total, Told: s.speaker(v).Told(a.Told, c.Before == nil)}
	x.Better, x.Worse = s.speaker(v).Effects(a.Cost)
	now := &a.Set[0]
	x.Fields = []ui.Option{{Value: "revision", Label: itoa(int(v.state.Seq))}, {Value: "slot", Label: now.Slot}, {Value: "venue", Label: now.Venue}}
	for _, l := range now.Leaders {
		x.Fields = append(x.Fields, ui.Option{Value: "leader", Label: l})
	}
	name(&x)
	return x
}

// takeOption does what a choice says, if it is still allowed.
func (s *Server) takeOption(v *visit) error {
	c, err := s.askedCard(v)
	if err != nil {
		return err
	}
	now := c.Seminar
	now.Slot, now.Venue, now.Leaders = v.FormValue("slot"), v.FormValue("venue"), []string{}
	for _, l := range v.Request().PostArgs().PeekMulti("leader") {
		now.Leaders = append(now.Leaders, string(l))
	}
	n, err := s.take(v, c.Before != nil, scheduler.Offer{Set: []model.Seminar{now}})
	if refused, ok := s.sentence(v, err); ok {
		page, err := s.optionsPage(v)
		if err != nil {
			return err
		}
		page.Error = refused
		v.Status(fiber.StatusConflict)
		return s.show(v, page)
	}
	if err != nil {
		return err
	}
	return s.back(v, "/seminars/"+url.PathEscape(c.ID), ui.Success, s.text(v, "options.taken", "n", n))
}

// take carries out an offer, if it is still allowed, and returns how many
// people are told. A draft is changed as a draft, and nobody is.
func (s *Server) take(v *visit, published bool, offer scheduler.Offer) (told int, err error) {
	if v.FormValue("revision") != itoa(int(v.state.Seq)) {
		return 0, model.Errorf(model.Conflict, "error.arrange-changed", "something has changed since you looked; look at the answers once more")
	}
	var command model.Command
	err = s.ask(v.state, published, func(b *basis) error {
		answer, block := b.desk.Check(offer)
		if block != nil {
			return model.Errorf(model.Infeasible, "error.arrange-refused", "a rule stands against it: %s", s.speaker(v).Block(*block))
		}
		if published {
			told = len(answer.Told)
			command = model.Arrange{Seminars: offer.Set, Seq: v.state.Seq, Now: s.Programme.Now()}
			return nil
		}
		if v.state.Draft == nil {
			return model.Errorf(model.NotFound, "error.no-draft", "there is no plan to publish yet")
		}
		plan := offer.Apply(b.problem, b.plan)
		plan.Cost = check.Check(b.problem, plan).Cost
		command = model.SaveDraft{Plan: plan, Base: v.state.Draft.Base, Seconds: v.state.Draft.Seconds}
		return nil
	})
	if err != nil {
		return 0, err
	}
	_, err = s.Programme.Do(v.UserContext(), v.user.Actor(), command)
	return told, err
}
