package scheduler

import (
	"fmt"

	"kaskad/model"
)

// NotPlanned is the reason of needs that a repair is not about.
const NotPlanned = "It has not been planned yet."

// unmetNeeds lists what no seminar meets, each with the fact that blocks it.
func (st *state) unmetNeeds() []model.Unmet {
	c := st.c
	out := append([]model.Unmet{}, c.foreign...)
	sv := newSurveyor(st)
	for a := range c.needs {
		if st.at[a] < 0 {
			nd := &c.needs[a]
			out = append(out, model.Unmet{Person: c.problem.People[nd.person].ID,
				Module: c.problem.Modules[c.courses[nd.course].module].ID, Reason: sv.reason(int32(a))})
		}
	}
	return out
}

// reason names the first fact, from the hardest to the softest, that keeps
// need a unmet. The earlier facts hold in every plan, the last ones in this.
func (sv *surveyor) reason(a int32) string {
	st, c := sv.st, sv.st.c
	nd := &c.needs[a]
	pe, co := &c.people[nd.person], &c.courses[nd.course]
	module := c.problem.Modules[co.module]
	if c.tiers[pe.tier].strict {
		for b := pe.needFrom; b < a; b++ {
			if st.at[b] < 0 {
				return fmt.Sprintf("An earlier module, %s, is unmet, and the modules come in order.", c.problem.Modules[c.courses[c.needs[b].course].module].ID)
			}
		}
	}
	f := sv.survey(a)
	switch {
	case len(co.slots) == 0:
		return fmt.Sprintf("No slot is as long as the %d minutes of %s.", module.Minutes, module.ID)
	case !f.leader:
		return fmt.Sprintf("Nobody may lead %s in tier %s.", module.ID, c.problem.Tiers[co.tier].ID)
	case !f.venue:
		return fmt.Sprintf("No venue within the person's travel limit can hold %s for %d people.", module.ID, co.seatsMin)
	case !f.available:
		return "The person is absent, or outside the wave, in every slot in which such a venue is open."
	case !f.enough:
		return fmt.Sprintf("Fewer than %d people need %s, the least a seminar may have.", co.seatsMin, module.ID)
	case !f.fits:
		return "The person's other seminars, the gap between modules or the unit's limit of people away leave no slot."
	case f.seat:
		return "Every seminar the person could join would break the plan for somebody else."
	case f.full:
		return "The seminars the person could attend are full, and no further one can be held with enough people."
	case !f.led:
		return "No leader is free, prepared and below the own limits in any slot the person could attend."
	default:
		return "No further seminar can be held with enough people in any slot the person could attend."
	}
}

// facts about one unmet need, each true if something makes it possible.
type facts struct{ leader, venue, available, enough, fits, led, seat, full bool }

// surveyor gathers facts about unmet needs; what holds for a whole course or
// slot is found once, so that a run stopped early, with most needs unmet, does
// not take longer to explain than to plan.
type surveyor struct {
	st       *state
	teachers [][]int32         // by course
	ledAt    map[[2]int32]bool // (course, slot): somebody could lead one more seminar
}

func newSurveyor(st *state) *surveyor {
	sv := &surveyor{st: st, teachers: make([][]int32, len(st.c.courses)), ledAt: map[[2]int32]bool{}}
	for l := range st.c.leaders {
		for co, teaches := range st.c.leaders[l].teaches {
			if teaches {
				sv.teachers[co] = append(sv.teachers[co], int32(l))
			}
		}
	}
	return sv
}

// surveyed is how many venues, the nearest first, are looked at for one need.
const surveyed = 24

func (sv *surveyor) survey(a int32) (f facts) {
	st, c := sv.st, sv.st.c
	nd := &c.needs[a]
	pe, co := &c.people[nd.person], nd.course
	f.enough = len(c.courseNeeds[co]) >= int(c.courses[co].seatsMin)
	f.leader = len(sv.teachers[co]) >= int(c.courses[co].leaders)
	looked := 0
	for _, v := range c.nearest(nd.unit) {
		if c.away(nd.unit, v) > pe.maxTravel || looked == surveyed || f.led && f.seat {
			break
		}
		if !c.canHost(co, v) {
			continue
		}
		looked++
		f.venue = true
		sv.surveyVenue(a, v, &f)
		for z := 0; z < c.slots.zones; z++ {
			for _, s := range st.cells[(int(co)*c.nVenues+int(v))*c.slots.zones+z] {
				if sm := &st.sems[s]; st.canAttend(a, sm.slot, v) {
					f.seat = f.seat || !sm.pinned && int32(len(st.members[s])) < c.seats(co, v)
					f.full = true
				}
			}
		}
	}
	return f
}

func (sv *surveyor) surveyVenue(a, v int32, f *facts) {
	st, c := sv.st, sv.st.c
	nd := &c.needs[a]
	class := c.people[nd.person].class
	for _, t := range c.courses[nd.course].slots {
		if f.led {
			return
		}
		if !c.venueOpen.has(v, t) || !c.attendOK.has(class, t) {
			continue
		}
		f.available = true
		if st.canAttend(a, t, v) {
			f.fits = true
			f.led = sv.canBeLed(nd.course, t, v)
		}
	}
}

func (sv *surveyor) canBeLed(co, t, v int32) bool {
	key := [2]int32{co, t}
	known, seen := sv.ledAt[key]
	for i := 0; !seen && !known && i < len(sv.teachers[co]); i++ {
		known = sv.st.canLead(sv.teachers[co][i], co, t, v, none)
	}
	sv.ledAt[key] = known
	return known
}
