package scheduler

import (
	"math"
	"slices"
)

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
	return !sm.pinned && sm.slot >= st.c.firstJoined && int32(len(st.members[s])) < st.c.seats(sm.course, sm.venue) && st.canAttend(a, sm.slot, sm.venue)
}

// cheapestSeat finds the open seminar that meets need a at the least price,
// looking at no more than reach venues from the nearest on.
func (st *state) cheapestSeat(a int32, reach int) (best int32, cost int64) {
	c := st.c
	nd := &c.needs[a]
	best, cost = none, never
	near := c.nearest(nd.unit)
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
// Those who live nearest are asked first: mostly nobody else can cost less. Of
// equals it is the first listed.
func (st *state) bestLeader(s int32) int32 {
	c := st.c
	best, cost := none, never
	sm := &st.sems[s]
	ask := func(l int32) {
		if x := st.leadCost(l, s, 0); (x < cost || x == cost && l < best) && !st.isLed(l, s) && st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			best, cost = l, x
		}
	}
	near := c.nearLeaders[int(sm.course)*c.nVenues+int(sm.venue)]
	for _, l := range near {
		if !c.hasPublished && 2*int64(c.away(c.people[c.leaders[l].person].unit, sm.venue))*int64(c.price.LeaderTravel) > cost {
			return best
		}
		ask(l)
	}
	if len(near) < leadersKept {
		return best // they are all there are
	}
	for l := range c.leaders {
		if c.leaders[l].teaches[sm.course] {
			ask(int32(l))
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
	for pass, changed := 0, true; changed && pass < passes && !stop(); pass++ {
		changed = false
		for ti := range st.c.tiers {
			changed = st.seatAll(int32(ti), stop) || changed
		}
		for co := int32(0); int(co) < len(st.c.courses) && !stop(); co++ {
			changed = st.openFor(co, stop) || changed
		}
	}
}

// passes bounds the rounds of insertAll; what it leaves, improvement takes up.
const passes = 6

// waitingFor lists the unmet needs of a course that could be met next.
func (st *state) waitingFor(co int32) (out []int32) {
	for _, a := range st.c.courseNeeds[co] {
		if st.at[a] < 0 && st.isNext(a) {
			out = append(out, a)
		}
	}
	return out
}

// openFor opens seminars of course co, each the one that meets the most unmet
// needs of some neighbourhood, as long as any can be held with enough people.
func (st *state) openFor(co int32, stop func() bool) (changed bool) {
	c := st.c
	for !stop() {
		waiting := st.waitingFor(co)
		if len(waiting) > neighbourhood {
			return st.openAround(co, waiting, stop) || changed
		}
		if int32(len(waiting)) < c.courses[co].seatsMin || !st.openNear(co, none, waiting, stop) {
			return changed
		}
		changed = true
	}
	return changed
}

// openAround goes through the neighbourhoods of those who wait, once.
func (st *state) openAround(co int32, waiting []int32, stop func() bool) (changed bool) {
	c := st.c
	for i := 0; i < len(waiting) && !stop(); i += neighbourhood / 4 {
		if st.at[waiting[i]] >= 0 {
			continue
		}
		v := c.nearest(c.needs[waiting[i]].unit)[0]
		for _, w := range c.nearest(c.needs[waiting[i]].unit) {
			if c.canHost(co, w) {
				v = w
				break
			}
		}
		if c.canHost(co, v) && st.openNear(co, v, st.around(v, waiting), stop) {
			changed = true
		}
	}
	return changed
}

// around is the neighbourhood of venue v: those who still wait and are nearest.
func (st *state) around(v int32, waiting []int32) []int32 {
	type guest struct{ need, away int32 }
	var near []guest
	for _, a := range waiting {
		if st.at[a] < 0 {
			near = append(near, guest{a, st.c.away(st.c.needs[a].unit, v)})
		}
	}
	slices.SortStableFunc(near, func(a, b guest) int { return int(a.away - b.away) })
	var out []int32
	for _, x := range near[:min(len(near), neighbourhood)] {
		out = append(out, x.need)
	}
	return out
}

// neighbourhood is how many of those who wait are considered at once.
const neighbourhood = 60

// openNear opens the seminar that meets the most of the waiting needs at venue
// v, or at any venue if v is none.
func (st *state) openNear(co, v int32, waiting []int32, stop func() bool) bool {
	c := st.c
	venues := []int32{v}
	if v < 0 {
		venues = venues[:0]
		for w := int32(0); int(w) < c.nVenues; w++ {
			if c.canHost(co, w) {
				venues = append(venues, w)
			}
		}
	}
	tried := map[[2]int32]bool{}
	for len(tried) < 32 && !stop() {
		bestN, bestT, bestV := c.courses[co].seatsMin-1, none, none
		for _, w := range venues {
			for _, t := range c.courses[co].slots {
				if tried[[2]int32{t, w}] || !st.roomFor(co, t, w, none) {
					continue
				}
				n := int32(0)
				for _, a := range waiting {
					if c.leavesTime(a, t) && st.canAttend(a, t, w) {
						n++
					}
				}
				if n = min(n, c.seats(co, w)); n > bestN {
					bestN, bestT, bestV = n, t, w
				}
			}
		}
		if bestT < 0 {
			return false
		}
		tried[[2]int32{bestT, bestV}] = true
		if st.tryOpen(co, bestT, bestV, waiting) {
			return true
		}
	}
	return false
}

// leavesTime: after slot t there are days enough left for all that a strict order puts
// behind need a.
func (c *compiled) leavesTime(a, t int32) bool {
	pe := &c.people[c.needs[a].person]
	tr := &c.tiers[pe.tier]
	return !tr.strict || c.slots.date[t]+(pe.needTo-1-a)*max(1, tr.gap) <= c.lastDate[pe.wave+1]
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
