package scheduler

import (
	"fmt"

	"kaskad/model"
)

// unmetNeeds lists what no seminar meets, each with the fact that blocks it.
func (st *state) unmetNeeds() []model.Unmet {
	c := st.c
	out := append([]model.Unmet{}, c.foreign...)
	for a := range c.needs {
		if st.at[a] < 0 {
			nd := &c.needs[a]
			out = append(out, model.Unmet{Person: c.problem.People[nd.person].ID,
				Module: c.problem.Modules[c.courses[nd.course].module].ID, Reason: st.reason(int32(a))})
		}
	}
	return out
}

// reason names the first fact, from the hardest to the softest, that keeps
// need a unmet. The earlier facts hold in every plan, the last ones in this.
func (st *state) reason(a int32) string {
	c := st.c
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
	f := st.survey(a)
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

func (st *state) survey(a int32) (f facts) {
	c := st.c
	nd := &c.needs[a]
	pe, co := &c.people[nd.person], nd.course
	wanting := int32(0)
	for b := range c.needs {
		if c.needs[b].course == co {
			wanting++
		}
	}
	f.enough = wanting >= c.courses[co].seatsMin
	var teachers []int32
	for l := range c.leaders {
		if c.leaders[l].teaches[co] {
			teachers = append(teachers, int32(l))
		}
	}
	f.leader = int32(len(teachers)) >= c.courses[co].leaders
	led := map[int32]bool{}
	for v := int32(0); int(v) < c.nVenues; v++ {
		if !c.canHost(co, v) || c.dist[int(nd.unit)*c.nVenues+int(v)] > pe.maxTravel {
			continue
		}
		f.venue = true
		for _, t := range c.courses[co].slots {
			if !c.venueOpen.has(v, t) || !c.attendOK.has(pe.class, t) {
				continue
			}
			f.available = true
			if !st.canAttend(a, t, v) {
				continue
			}
			f.fits = true
			known, seen := led[t]
			for i := 0; !seen && !known && i < len(teachers); i++ {
				known = st.canLead(teachers[i], co, t, v, none)
			}
			led[t] = known
			f.led = f.led || known
		}
	}
	for _, s := range st.open {
		sm := &st.sems[s]
		if sm.course == co && st.canAttend(a, sm.slot, sm.venue) {
			f.seat = f.seat || !sm.pinned && int32(len(st.members[s])) < c.seats(co, sm.venue)
			f.full = true
		}
	}
	return f
}
