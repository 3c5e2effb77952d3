package web

import (
	"cmp"
	"maps"
	"slices"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/ui"
)

// hand works out what a coordinator can choose for one published seminar.
type hand struct {
	s     *Server
	v     *visit
	x     *model.PublishedSeminar
	trial *model.Trial
}

// sort puts an option where it belongs: free when no rule stands against it.
func (h *hand) sort(c *ui.Choices, o ui.Option, changed ...model.Seminar) {
	if o.Value == c.Chosen || h.trial.Allows(changed...) {
		c.Free = append(c.Free, o)
		return
	}
	c.Other = append(c.Other, o)
}

// slots lists the times to come that are long enough, by time.
func (h *hand) slots() ui.Choices {
	r := h.v.state.Roster
	c := ui.Choices{Chosen: h.x.Slot}
	now := h.s.Programme.Now()
	var list []*model.Slot
	for i := range r.Problem.Slots {
		t := &r.Problem.Slots[i]
		if t.Start.After(now) && int(t.End.Sub(t.Start).Minutes()) >= r.Modules[h.x.Module].Minutes {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b *model.Slot) int { return a.Start.Compare(b.Start) })
	for _, t := range list {
		moved := h.x.Seminar
		moved.Slot = t.ID
		h.sort(&c, ui.Option{Value: t.ID, Label: h.s.ui.When(h.v.lang, t.Start)}, moved)
	}
	return c
}

// venues lists the venues, the nearest to those who come first.
func (h *hand) venues() ui.Choices {
	r := h.v.state.Roster
	c := ui.Choices{Chosen: h.x.Venue}
	travel := map[string]int{}
	var list []*model.Venue
	for i := range r.Problem.Venues {
		x := &r.Problem.Venues[i]
		for _, p := range h.x.Attendees {
			travel[x.ID] += r.TravelMinutes(r.People[p].Unit, x.ID)
		}
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(a, b *model.Venue) int { return cmp.Compare(travel[a.ID], travel[b.ID]) })
	for _, x := range list {
		moved := h.x.Seminar
		moved.Venue = x.ID
		h.sort(&c, ui.Option{Value: x.ID, Label: x.Name}, moved)
	}
	return c
}

// leaders lists who leads the module, the nearest first.
func (h *hand) leaders() ui.Choices {
	r := h.v.state.Roster
	var c ui.Choices
	var list []*model.Person
	for i := range r.Problem.People {
		if p := &r.Problem.People[i]; p.Leads != nil && p.Leads.Tier == h.x.Tier && slices.Contains(p.Leads.Modules, h.x.Module) {
			list = append(list, p)
		}
	}
	away := func(p *model.Person) int { return r.TravelMinutes(p.Unit, h.x.Venue) }
	slices.SortStableFunc(list, func(a, b *model.Person) int { return cmp.Compare(away(a), away(b)) })
	for _, p := range list {
		led := h.x.Seminar
		if !slices.Contains(led.Leaders, p.ID) {
			led.Leaders = []string{p.ID}
		}
		h.sort(&c, h.s.personOption(h.v, p.ID), led)
	}
	return c
}

// shownSwaps is how many seminars are offered to change times with.
const shownSwaps = 60

// swaps lists seminars to come in the same tier and wave at another time, by time.
func (h *hand) swaps() (c ui.Choices) {
	now := h.s.Programme.Now()
	for _, y := range h.v.state.SeminarsByTime() {
		start, _ := h.v.state.Roster.Span(&y.Seminar)
		if y.Cancelled || y.ID == h.x.ID || y.Tier != h.x.Tier || y.Wave != h.x.Wave || y.Slot == h.x.Slot || !start.After(now) {
			continue
		}
		a, b := h.x.Seminar, y.Seminar
		a.Slot, b.Slot = b.Slot, a.Slot
		h.sort(&c, ui.Option{Value: y.ID, Label: h.s.seminarLabel(h.v, y)}, a, b)
		if len(c.Free)+len(c.Other) == shownSwaps {
			break
		}
	}
	return c
}

// dear is how much, in minutes, the plan must gain by giving up a lock before
// the page speaks of it.
const dear = 60

// lockCosts says what each lock keeps the plan from: the best it could do with
// this one seminar if that were free.
func (s *Server) lockCosts(v *visit, x *model.PublishedSeminar) (list []ui.Notice) {
	l := v.state.Locks[x.ID]
	if !l.Time && !l.Place && !l.Leaders {
		return nil
	}
	say := func(key string, answers []advise.Answer) {
		best := 0
		for _, a := range answers {
			best = min(best, a.Cost.Total)
		}
		if best <= -dear {
			list = append(list, ui.Notice{Kind: ui.Info, Text: s.text(v, key, "time", s.ui.Length(v.lang, -best))})
		}
	}
	// An answer that cannot be had is no cost.
	_ = s.ask(v.state, true, func(b *basis) error {
		defer b.desk.Keep(v.state.Locks)
		without := func(l model.Lock) *advise.Desk { // the desk as if the seminar were locked like this
			locks := maps.Clone(v.state.Locks)
			locks[x.ID] = l
			b.desk.Keep(locks)
			return b.desk
		}
		if l.Leaders {
			free := l
			free.Leaders = false
			say("lock.costs.leaders", without(free).Leaders(x.ID).Answers)
		}
		if l.Time {
			free := l
			free.Time = false
			say("lock.costs.time", without(free).Places(x.ID).Slots)
		}
		if l.Place {
			free := l
			free.Place = false
			say("lock.costs.place", without(free).Places(x.ID).Venues)
		}
		return nil
	})
	return list
}
