package scheduler_test

import (
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// allowed asks the judge of every way to change one seminar.
func allowed(p *model.Problem, plan *model.Plan, i int, change func(*model.Seminar)) bool {
	next := *plan
	next.Seminars = slices.Clone(plan.Seminars)
	change(&next.Seminars[i])
	return len(check.Check(p, &next).Violations) <= len(check.Check(p, plan).Violations)
}

// Whoever the judge would let lead is among the answers, and nobody else.
func TestNoLeaderIsForgotten(t *testing.T) {
	found := 0
	for seed := range uint64(80) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		k, err := scheduler.NewSketch(p, plan, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(plan.Seminars); i += 3 {
			x := &plan.Seminars[i]
			if len(x.Leaders) != 1 {
				continue
			}
			offers, _ := k.LeaderOffers(x.ID)
			for _, who := range p.People {
				if who.Leads == nil || slices.Contains(x.Leaders, who.ID) {
					continue
				}
				offered := slices.ContainsFunc(offers, func(o scheduler.Offer) bool { return slices.Contains(o.Set[0].Leaders, who.ID) })
				if want := allowed(p, plan, i, func(s *model.Seminar) { s.Leaders = []string{who.ID} }); offered != want {
					t.Errorf("problem %d: %s for %s is offered: %t, allowed: %t", seed, who.ID, x.ID, offered, want)
				}
				found++
			}
		}
	}
	if found < 300 {
		t.Errorf("only %d leaders were asked about", found)
	}
}

// Wherever the judge would let a seminar be with its leaders is among the
// answers.
func TestNoPlaceIsForgotten(t *testing.T) {
	free := 0
	for seed := range uint64(40) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		k, err := scheduler.NewSketch(p, plan, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(plan.Seminars); i += 5 {
			offers := k.PlaceOffers(plan.Seminars[i].ID, 10_000)
			for _, slot := range p.Slots {
				for _, venue := range p.Venues {
					free += placeIsKnown(t, p, plan, i, slot.ID, venue.ID, slices.Concat(offers[:]...), seed)
				}
			}
		}
	}
	if free < 100 {
		t.Errorf("only %d places were free", free)
	}
}

func placeIsKnown(t *testing.T, p *model.Problem, plan *model.Plan, i int, slot, venue string, offers []scheduler.Offer, seed uint64) int {
	t.Helper()
	x := &plan.Seminars[i]
	if slot == x.Slot && venue == x.Venue || !allowed(p, plan, i, func(s *model.Seminar) { s.Slot, s.Venue = slot, venue }) {
		return 0
	}
	if !slices.ContainsFunc(offers, func(o scheduler.Offer) bool { return o.Set[0].Slot == slot && o.Set[0].Venue == venue }) {
		t.Errorf("problem %d: %s could be in %s at %s, and is not offered there", seed, x.ID, slot, venue)
	}
	return 1
}

// Whatever seat the judge would allow somebody without one is among the
// answers, and no other; and the way an answer finds is one.
func TestNoSeatIsForgotten(t *testing.T) {
	free := 0
	for seed := range uint64(80) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		for i := 0; i < len(plan.Seminars); i += 4 {
			person := plan.Seminars[i].Attendees[0]
			without := *plan
			without.Seminars = slices.Clone(plan.Seminars)
			without.Seminars[i].Attendees = plan.Seminars[i].Attendees[1:]
			without.Unmet = append(slices.Clone(plan.Unmet), model.Unmet{Person: person, Module: plan.Seminars[i].Module})
			if len(check.Check(p, &without).Violations) > len(check.Check(p, plan).Violations) {
				continue // too few are left, or a later module waits for this one
			}
			free += seatsAreKnown(t, p, &without, person, plan.Seminars[i].Module, seed)
		}
	}
	if free < 60 {
		t.Errorf("only %d seats were free", free)
	}
}

func seatsAreKnown(t *testing.T, p *model.Problem, plan *model.Plan, person, module string, seed uint64) (free int) {
	t.Helper()
	k, err := scheduler.NewSketch(p, plan, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	offers := k.SeatOffers(person, module)
	before := len(check.Check(p, plan).Violations)
	for i := range plan.Seminars {
		x := &plan.Seminars[i]
		if x.Module != module || slices.Contains(x.Attendees, person) {
			continue
		}
		next := scheduler.Offer{Set: []model.Seminar{*x}}
		next.Set[0].Attendees = append(slices.Clone(x.Attendees), person)
		want := len(check.Check(p, next.Apply(p, plan)).Violations) <= before
		if got := slices.ContainsFunc(offers, func(o scheduler.Offer) bool { return o.Set[0].ID == x.ID }); got != want {
			t.Errorf("problem %d: a seat for %s in %s is offered: %t, allowed: %t", seed, person, x.ID, got, want)
		}
		if want {
			free++
		}
	}
	if l, ok := desk(t, p, plan).Lack(person); ok {
		for _, a := range l.Ways {
			holds(t, p, plan, a, "problem "+itoa(seed)+", seat of "+person)
		}
	}
	return free
}
