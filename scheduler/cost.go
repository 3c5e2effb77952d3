package scheduler

import "math"

// This file prices the plan, contract section 3. Every function here returns
// minutes; the operations of state.go add and subtract them.

// attendCost is what need a adds to the total by attending seminar s; a itself
// must not be among the members, and may or may not be marked as attending.
func (st *state) attendCost(a, s int32) int64 {
	c := st.c
	sm, nd := &st.sems[s], &c.needs[a]
	pe := &c.people[nd.person]
	t := sm.slot
	cost := 2 * int64(c.away(nd.unit, sm.venue)) * c.travelPrice
	if int(st.count[int(s)*c.nSectors+int(nd.sector)]) < c.price.MixMin {
		cost -= int64(c.price.Mix)
	}
	// Whoever crowds is away at that time: mostly too few are for a look.
	if n := c.price.CrowdMax; len(st.members[s]) >= n && st.awayIn(nd.unit, t) >= n {
		same := 0
		for _, b := range st.members[s] {
			if c.needs[b].unit == nd.unit {
				same++
			}
		}
		if same >= c.price.CrowdMax {
			cost += int64(c.price.Crowd)
		}
	}
	return cost + st.personTime(a, pe, t) + st.follow(a, s) + c.disruption(nd, t, sm.venue, st.first(s))
}

// awayIn is at least how many of unit u are in a seminar in slot t.
func (st *state) awayIn(u, t int32) int {
	g := st.c.slots.segFrom[t]
	if g == st.c.slots.segTo[t] {
		return math.MaxInt // a slot without length is not counted
	}
	return int(st.away[int(g)*len(st.c.unitMax)+int(u)])
}

// personTime is earliness, preference and pace of attending need a in slot t.
func (st *state) personTime(a int32, pe *person, t int32) int64 {
	c := st.c
	cost := int64(c.earliness[int(pe.wave+1)*len(c.slots.start)+int(t)])
	if pe.dislikes>>c.slots.halfDay[t]&1 != 0 {
		cost += int64(c.price.Preference)
	}
	at := c.slots.start[t]
	before, after, any := int64(0), int64(0), false // nearest starts on either side
	hasBefore := false
	for b := pe.needFrom; b < pe.needTo; b++ {
		if w := st.when[b]; w >= 0 && b != a {
			x := c.slots.start[w]
			if x <= at {
				if !hasBefore || x > before {
					before, hasBefore = x, true
				}
			} else if !any || x < after {
				after, any = x, true
			}
		}
	}
	for d := pe.doneFrom; d < pe.doneTo; d++ {
		x := c.done[d].start
		if x <= at {
			if !hasBefore || x > before {
				before, hasBefore = x, true
			}
		} else if !any || x < after {
			after, any = x, true
		}
	}
	if hasBefore {
		cost += c.pace(at - before)
	}
	if any {
		cost += c.pace(after - at)
	}
	if hasBefore && any {
		cost -= c.pace(after - before)
	}
	return cost
}

// pace prices the full weeks of an interval between two modules beyond paceDays.
func (c *compiled) pace(elapsed int64) int64 {
	over := elapsed - c.paceSeconds
	if over < week {
		return 0
	}
	return over / week * int64(c.price.Pace)
}

// follow is the continuity price of need a being led by the first leader of s:
// one more leader for the person, unless it is the first or a known one.
func (st *state) follow(a, s int32) int64 { return st.followed(a, st.first(s)) }

// followed is the same for any first leader l, or none.
func (st *state) followed(a, l int32) int64 {
	if l < 0 {
		return 0
	}
	pe := &st.c.people[st.c.needs[a].person]
	other := false
	for b := pe.needFrom; b < pe.needTo; b++ {
		if b == a {
			continue
		}
		switch st.under[b] {
		case none:
		case l:
			return 0
		default:
			other = true
		}
	}
	if other {
		return int64(st.c.price.Continuity)
	}
	return 0
}

func (st *state) first(s int32) int32 { return st.lead[s*st.c.maxLeaders] }

// disruption is the price of what has been published for a need that is now
// met in slot t at venue v under leader l, less the price of dropping it
// (which every plan starts with).
func (c *compiled) disruption(nd *need, t, v, l int32) int64 {
	if nd.pubSlot < 0 {
		return 0
	}
	cost := c.disrupted(told{nd.pubSlot, nd.pubVenue, nd.pubLead}, t, v, l)
	if nd.again >= 0 {
		for _, x := range c.toldAgain[nd.again] {
			cost += c.disrupted(x, t, v, l)
		}
	}
	return cost
}

func (c *compiled) disrupted(x told, t, v, l int32) int64 {
	if x.slot != t {
		return 0
	}
	if x.venue != v {
		return int64(c.price.MovedVenue - c.price.MovedSlot)
	}
	if l < 0 || c.leaders[l].person != x.lead {
		return int64(c.price.MovedLeader - c.price.MovedSlot)
	}
	return -int64(c.price.MovedSlot)
}

// toldFor counts the published attendances of a need in slot t.
func (c *compiled) toldFor(nd *need, t int32) (n int16) {
	if nd.pubSlot == t {
		n++
	}
	if nd.again >= 0 {
		for _, x := range c.toldAgain[nd.again] {
			if x.slot == t {
				n++
			}
		}
	}
	return n
}

// leadCost is what leader l adds by leading s, already counted among the led
// ones (extra -1) or not yet (extra 0).
func (st *state) leadCost(l, s int32, extra int) int64 {
	c := st.c
	sm, ld := &st.sems[s], &c.leaders[l]
	cost := 2 * int64(c.away(c.people[ld.person].unit, sm.venue)) * int64(c.price.LeaderTravel)
	cost += c.unfair(ld, len(st.led[l])+extra+1) - c.unfair(ld, len(st.led[l])+extra)
	for _, pl := range c.pubLeads[l] {
		if pl.course == sm.course && pl.slot == sm.slot {
			cost -= int64(c.price.MovedSlot)
		}
	}
	return cost
}

func (c *compiled) unfair(ld *leader, n int) int64 {
	over := int64(n) - int64(ld.target)
	if over <= 0 {
		return 0
	}
	return over * over * int64(c.price.Fairness)
}

// firstLeaderCost is what depends on who leads s first: continuity and the
// published leader of everybody in it.
func (st *state) firstLeaderCost(s int32) (cost int64) {
	for _, a := range st.members[s] {
		cost += st.follow(a, s)
	}
	if st.c.hasPublished {
		cost += st.publishedCost(s, st.sems[s].slot, st.sems[s].venue)
	}
	return cost
}

func (st *state) publishedCost(s, t, v int32) (cost int64) {
	for _, a := range st.members[s] {
		cost += st.c.disruption(&st.c.needs[a], t, v, st.first(s))
	}
	return cost
}

// timeCost is what depends on the slot of s.
func (st *state) timeCost(s int32) (cost int64) {
	c := st.c
	sm := &st.sems[s]
	for _, a := range st.members[s] {
		cost += st.personTime(a, &c.people[c.needs[a].person], sm.slot)
	}
	if c.hasPublished {
		cost += st.publishedCost(s, sm.slot, sm.venue)
		for j := int32(0); j < c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				for _, pl := range c.pubLeads[l] {
					if pl.course == sm.course && pl.slot == sm.slot {
						cost -= int64(c.price.MovedSlot)
					}
				}
			}
		}
	}
	return cost
}

// placeCost is what depends on the venue of s.
func (st *state) placeCost(s int32) (cost int64) {
	c := st.c
	sm := &st.sems[s]
	for _, a := range st.members[s] {
		cost += 2 * int64(c.away(c.needs[a].unit, sm.venue)) * c.travelPrice
	}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			cost += 2 * int64(c.away(c.people[c.leaders[l].person].unit, sm.venue)) * int64(c.price.LeaderTravel)
		}
	}
	if c.hasPublished {
		cost += st.publishedCost(s, sm.slot, sm.venue)
	}
	return cost
}

// emptyMix is the sector shortage of a seminar without attendees.
func (c *compiled) emptyMix(co int32) int64 {
	return int64(c.tiers[c.courses[co].tier].nSectors) * int64(c.price.MixMin) * int64(c.price.Mix)
}
