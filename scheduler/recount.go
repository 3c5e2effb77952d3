package scheduler

import (
	"slices"

	"kaskad/model"
)

// recount prices the whole plan from nothing, term by term, without the
// running totals. It is what a returned plan's cost table is made of, and what
// the tests hold the running total against.
func (st *state) recount() model.Cost {
	c := st.c
	cost := model.Cost{Unmet: len(st.unmet) + len(c.foreign)}
	for _, s := range st.open {
		st.recountSeminar(s, &cost)
	}
	for p := range c.people {
		st.recountPerson(int32(p), &cost)
	}
	for l := range c.leaders {
		cost.Fairness += int(c.unfair(&c.leaders[l], len(st.led[l])))
	}
	cost.Disruption += st.recountDisruption()
	cost.Total = cost.Travel + cost.LeaderTravel + cost.Seminars + cost.Mix + cost.Crowding + cost.Continuity +
		cost.Pace + cost.Earliness + cost.Fairness + cost.Preference + cost.Disruption
	return cost
}

func (st *state) recountSeminar(s int32, cost *model.Cost) {
	c, sm := st.c, &st.sems[s]
	co := &c.courses[sm.course]
	cost.Seminars += int(co.fixedCost)
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			cost.LeaderTravel += 2 * c.price.LeaderTravel * int(c.away(c.people[c.leaders[l].person].unit, sm.venue))
		}
	}
	inSector, inUnit := make([]int, c.nSectors), map[int32]int{}
	for _, a := range st.members[s] {
		inSector[c.needs[a].sector]++
		inUnit[c.needs[a].unit]++
	}
	for sector, has := range c.tiers[co.tier].sectors {
		if has {
			cost.Mix += max(0, c.price.MixMin-inSector[sector]) * c.price.Mix
		}
	}
	for _, n := range inUnit {
		cost.Crowding += max(0, n-c.price.CrowdMax) * c.price.Crowd
	}
}

func (st *state) recountPerson(p int32, cost *model.Cost) {
	c, pe := st.c, &st.c.people[p]
	var starts []int64
	taught := map[int32]bool{}
	for a := pe.needFrom; a < pe.needTo; a++ {
		s := st.at[a]
		if s < 0 {
			continue
		}
		sm := &st.sems[s]
		starts = append(starts, c.slots.start[sm.slot])
		if l := st.first(s); l >= 0 {
			taught[l] = true
		}
		cost.Travel += 2 * c.price.Travel * int(c.away(pe.unit, sm.venue))
		cost.Earliness += int(c.earliness[int(pe.wave+1)*c.slots.len()+int(sm.slot)])
		if pe.dislikes>>c.slots.halfDay[sm.slot]&1 != 0 {
			cost.Preference += c.price.Preference
		}
	}
	cost.Continuity += max(0, len(taught)-1) * c.price.Continuity
	for d := pe.doneFrom; d < pe.doneTo; d++ {
		starts = append(starts, c.done[d].start)
	}
	slices.Sort(starts)
	for i := 1; i < len(starts); i++ {
		cost.Pace += int(max(0, starts[i]-starts[i-1]-c.paceSeconds)/week) * c.price.Pace
	}
}

func (st *state) recountDisruption() int {
	c := st.c
	sum := int(c.baseCost)
	for a := range c.needs {
		if s := st.at[a]; s >= 0 {
			sum += int(c.disruption(&c.needs[a], st.sems[s].slot, st.sems[s].venue, st.first(s)))
		}
	}
	for l := range c.leaders {
		for _, pl := range c.pubLeads[l] {
			for _, s := range st.led[l] {
				if st.sems[s].course == pl.course && st.sems[s].slot == pl.slot {
					sum -= c.price.MovedSlot
				}
			}
		}
	}
	return sum
}
