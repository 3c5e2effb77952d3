package scheduler

import "math"

const never = int64(math.MaxInt64)

// seatsAt is the seats a group of the tier has at venue v, 0 if no module of
// the tier can be held there.
func (c *compiled) seatsAt(ti, v int32) (n int32) {
	for _, co := range c.tiers[ti].courses {
		if c.canHost(co, v) {
			n = max(n, c.seats(co, v))
		}
	}
	return n
}

// canHost: the course may be held at venue v at all (H2, H11).
func (c *compiled) canHost(co, v int32) bool {
	return c.seats(co, v) >= c.courses[co].seatsMin && (!c.venueOnline[v] || c.courses[co].online)
}

// isNext: every earlier need that a strict order puts before a is met (H4).
func (st *state) isNext(a int32) bool {
	pe := &st.c.people[st.c.needs[a].person]
	if !st.c.tiers[pe.tier].strict {
		return true
	}
	for b := pe.needFrom; b < a; b++ {
		if st.at[b] < 0 {
			return false
		}
	}
	return true
}

// canJoin: seminar s has a seat that need a may take.
func (st *state) canJoin(a, s int32) bool {
	sm := &st.sems[s]
	return !sm.pinned && int32(len(st.members[s])) < st.c.seats(sm.course, sm.venue) && st.canAttend(a, sm.slot, sm.venue)
}

// cheapestSeat finds the open seminar that meets need a at the least price,
// looking at no more than reach venues from the nearest on.
func (st *state) cheapestSeat(a int32, reach int) (best int32, cost int64) {
	c := st.c
	nd := &c.needs[a]
	best, cost = none, never
	near := c.near[int(nd.unit)*c.nVenues:][:c.nVenues]
	for _, v := range near[:min(reach, len(near))] {
		base := (int(nd.course)*c.nVenues + int(v)) * c.slots.zones
		for z := 0; z < c.slots.zones; z++ {
			for _, s := range st.cells[base+z] {
				if st.canJoin(a, s) {
					if x := st.attendCost(a, s); x < cost {
						best, cost = s, x
					}
				}
			}
		}
	}
	return best, cost
}

// bestLeader is the leader whom seminar s can have at the least price, or none.
func (st *state) bestLeader(s int32) int32 {
	best, cost := none, never
	sm := &st.sems[s]
	for l := range st.c.leaders {
		if !st.c.leaders[l].teaches[sm.course] || st.isLed(int32(l), s) {
			continue
		}
		if x := st.leadCost(int32(l), s, 0); x < cost && st.canLead(int32(l), sm.course, sm.slot, sm.venue, none) {
			best, cost = int32(l), x
		}
	}
	return best
}

// staff fills the leader places of s; false if somebody is missing.
func (st *state) staff(s int32) bool {
	for j := int32(0); j < st.c.courses[st.sems[s].course].leaders; j++ {
		if st.leaderOf(s, j) >= 0 {
			continue
		}
		l := st.bestLeader(s)
		if l < 0 {
			return false
		}
		st.setLeader(s, j, l)
	}
	return true
}

// insertAll meets unmet needs, module by module: first with a seat in an open
// seminar, then by opening one. It returns when nothing more can be met.
func (st *state) insertAll(stop func() bool) {
	for changed := true; changed && !stop(); {
		changed = false
		for ti := range st.c.tiers {
			changed = st.seatAll(int32(ti), stop) || changed
		}
		for co := int32(0); int(co) < len(st.c.courses) && !stop(); co++ {
			for st.openFor(co, stop) {
				changed = true
			}
		}
	}
}

// openFor opens the seminar of course co that meets the most unmet needs, if
// any can be held with enough people. Of equals, the earliest.
func (st *state) openFor(co int32, stop func() bool) bool {
	c := st.c
	var waiting []int32
	for _, a := range st.unmet {
		if c.needs[a].course == co && st.isNext(a) {
			waiting = append(waiting, a)
		}
	}
	if int32(len(waiting)) < c.courses[co].seatsMin {
		return false
	}
	bestN, bestT, bestV := c.courses[co].seatsMin-1, none, none
	tried := map[[2]int32]bool{}
	for {
		for _, v := range st.venuesFor(co, waiting) {
			for _, t := range c.courses[co].slots {
				if tried[[2]int32{t, v}] || !st.roomFor(co, t, v, none) {
					continue
				}
				n := int32(0)
				for _, a := range waiting {
					if c.attendOK.has(c.people[c.needs[a].person].class, t) && st.canAttend(a, t, v) {
						n++
					}
				}
				if n = min(n, c.seats(co, v)); n > bestN {
					bestN, bestT, bestV = n, t, v
				}
			}
			if stop() {
				return false
			}
		}
		if bestT < 0 {
			return false
		}
		tried[[2]int32{bestT, bestV}] = true
		if st.tryOpen(co, bestT, bestV, waiting) {
			return true
		}
		bestN, bestT, bestV = c.courses[co].seatsMin-1, none, none
		if len(tried) > 64 {
			return false
		}
	}
}

// venuesFor lists the venues worth trying for the waiting: all of them in a
// small programme, the nearest few of some of the waiting in a large one.
func (st *state) venuesFor(co int32, waiting []int32) []int32 {
	c := st.c
	seen := make([]bool, c.nVenues)
	var out []int32
	reach, step := c.nVenues, 1
	if c.nVenues*len(c.courses[co].slots) > 4000 {
		reach, step = 6, max(1, len(waiting)/8)
	}
	for i := 0; i < len(waiting); i += step {
		near := c.near[int(c.needs[waiting[i]].unit)*c.nVenues:][:c.nVenues]
		for _, v := range near[:min(reach, len(near))] {
			if !seen[v] && c.canHost(co, v) {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// tryOpen holds a seminar with those of the waiting who can come; false, and
// nothing changed, if there is no leader or too few can.
func (st *state) tryOpen(co, t, v int32, waiting []int32) bool {
	st.begin()
	s := st.hold(co, t, v, st.newSeries())
	if st.staff(s) {
		for _, a := range waiting {
			if st.canJoin(a, s) {
				st.attach(a, s)
			}
		}
	}
	if st.leaderOf(s, st.c.courses[co].leaders-1) >= 0 && int32(len(st.members[s])) >= st.c.courses[co].seatsMin {
		st.commit()
		return true
	}
	st.rollback()
	return false
}

// seatAll gives every unmet need of a tier the cheapest free seat there is, as
// far as there is one.
func (st *state) seatAll(ti int32, stop func() bool) (changed bool) {
	for a := int32(0); int(a) < len(st.at) && !stop(); a++ {
		if st.at[a] >= 0 || st.c.courses[st.c.needs[a].course].tier != ti || !st.isNext(a) {
			continue
		}
		if s, _ := st.cheapestSeat(a, st.c.nVenues); s >= 0 {
			st.attach(a, s)
			changed = true
		}
	}
	return changed
}
