package check

import (
	"fmt"
	"slices"

	"kaskad/model"
)

// frozen is H12: "a published or fixed seminar that starts before frozenUntil
// stays exactly as it is; every fixed seminar is in the plan exactly".
func frozen(r *reading) []Violation {
	planned := map[string][]*model.Seminar{}
	for i := range r.plan.Seminars {
		s := &r.plan.Seminars[i]
		planned[s.ID] = append(planned[s.ID], s)
	}
	var found []Violation
	judge := func(s *model.Seminar, kind string) {
		if slices.ContainsFunc(planned[s.ID], func(now *model.Seminar) bool { return same(s, now) }) {
			return
		}
		done := "changed"
		if planned[s.ID] == nil {
			done = "missing"
		}
		found = append(found, Violation{
			Seminar: s.ID, Venue: s.Venue, Module: s.Module,
			Detail: fmt.Sprintf("Seminar %s is %s and must stay exactly as it is, but it is %s.", s.ID, kind, done),
		})
	}
	fixed := r.problem.Fixed
	for i := range fixed {
		judge(&fixed[i], "fixed")
	}
	if r.problem.Published == nil {
		return found
	}
	published := r.problem.Published.Seminars
	for i := range published {
		s := &published[i]
		slot := r.slots[s.Slot]
		begun := slot != nil && slot.start.Before(r.problem.Programme.FrozenUntil)
		twin := slices.ContainsFunc(fixed, func(f model.Seminar) bool { return same(&f, s) })
		if begun && !twin {
			judge(s, "published and frozen")
		}
	}
	return found
}

func same(a, b *model.Seminar) bool {
	return a.ID == b.ID && a.Tier == b.Tier && a.Module == b.Module && a.Slot == b.Slot && a.Venue == b.Venue &&
		slices.Equal(a.Leaders, b.Leaders) &&
		slices.Equal(slices.Sorted(slices.Values(a.Attendees)), slices.Sorted(slices.Values(b.Attendees)))
}
