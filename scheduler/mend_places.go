package scheduler

import "slices"

// berth is a time and a venue that a seminar could have instead.
type berth struct{ t, v int32 }

// nearVenues is how many venues are looked at when both time and venue change.
const nearVenues = 8

// rehouse finds s another venue or another time, or seats its people elsewhere:
// whichever is best by rules, needs and price, in that order. A locked seminar
// keeps what is locked if there is any way to, and is given up only if there is
// no other.
func (m *mender) rehouse(s int32) {
	st := m.st
	x, found := m.bestBerth(s, st.sems[s].lock)
	if !found && st.sems[s].lock >= 0 {
		x, found = m.bestBerth(s, none)
	}
	var at standing
	if found {
		st.begin()
		m.put(s, x)
		at = st.standing()
		st.rollback()
	}
	if st.sems[s].lock < 0 || !found {
		st.begin()
		m.split(s)
		if !found || st.standing().better(at) {
			st.commit()
			delete(m.homeless, s)
			return
		}
		st.rollback()
	}
	if found {
		m.put(s, x)
		delete(m.homeless, s)
	}
}

// bestBerth is the cheapest time and venue where everybody in s can meet and
// somebody can lead: another venue at the time it has, else another time at its
// venue, else both anew; what the lock, if it is one, says stays.
func (m *mender) bestBerth(s, lock int32) (best berth, found bool) {
	sm := m.st.sems[s]
	slots, venues := m.free(s, lock)
	sameTime := func(yield func(berth) bool) {
		for _, v := range venues {
			if !yield(berth{sm.slot, v}) {
				return
			}
		}
	}
	samePlace := func(yield func(berth) bool) {
		for _, t := range slots {
			if !yield(berth{t, sm.venue}) {
				return
			}
		}
	}
	anew := func(yield func(berth) bool) {
		for _, v := range venues[:min(len(venues), nearVenues)] {
			for _, t := range slots {
				if !yield(berth{t, v}) {
					return
				}
			}
		}
	}
	for _, kinds := range []func(func(berth) bool){sameTime, samePlace, anew} {
		cost := never
		for x := range kinds {
			if m.stop() {
				return best, found
			}
			if price, ok := m.tryPut(s, x); ok && price < cost {
				best, cost, found = x, price, true
			}
		}
		if found {
			return best, true
		}
	}
	return best, false
}

// free lists the times and venues that s may move to. Venues come in order of
// distance from who attends it first.
func (m *mender) free(s, lock int32) (slots, venues []int32) {
	c, sm := m.c, m.st.sems[s]
	slots = c.courses[sm.course].slots
	if len(m.st.members[s]) > 0 {
		u := c.needs[m.st.members[s][0]].unit
		venues = c.nearest(u)
	}
	if lock >= 0 {
		if t := c.locks[lock].slot; t >= 0 {
			slots = []int32{t}
		}
		if v := c.locks[lock].venue; v >= 0 {
			venues = []int32{v}
		}
	}
	return slots, venues
}

// tryPut prices s at another time and venue, and leaves it where it is.
func (m *mender) tryPut(s int32, x berth) (price int64, ok bool) {
	st := m.st
	if !m.allFit(s, x) {
		return 0, false
	}
	m.tries++
	before := st.standing()
	st.begin()
	ok = m.put(s, x) && st.standing().excess <= before.excess
	price = st.total - before.total
	st.rollback()
	return price, ok
}

// allFit: everybody who attends s can, there and then; leaders are not asked.
func (m *mender) allFit(s int32, x berth) bool {
	st := m.st
	co := st.sems[s].course
	if !m.c.canHost(co, x.v) || !st.roomFor(co, x.t, x.v, s) || int32(len(st.members[s])) > m.c.seats(co, x.v) {
		return false
	}
	for _, a := range st.members[s] {
		if !st.canAttend(a, x.t, x.v) {
			return false
		}
	}
	return st.unitsSpare(s, x.t)
}

// put moves s with everybody in it, and keeps its leaders as far as they can
// come. False if some place cannot be led.
func (m *mender) put(s int32, x berth) bool {
	st := m.st
	places := m.c.courses[st.sems[s].course].leaders
	var leaders []int32
	for j := range places {
		leaders = append(leaders, st.leaderOf(s, j))
		if leaders[j] >= 0 {
			st.setLeader(s, j, none)
		}
	}
	if st.sems[s].slot != x.t {
		st.setSlot(s, x.t)
	}
	if st.sems[s].venue != x.v {
		st.setVenue(s, x.v)
	}
	for j, l := range leaders {
		if l >= 0 && st.canLead(l, st.sems[s].course, x.t, x.v, none) {
			st.setLeader(s, int32(j), l)
		}
	}
	for j := range places {
		if st.leaderOf(s, j) >= 0 {
			continue
		}
		l := m.cheapestLeader(s, j)
		if l < 0 {
			return false
		}
		st.setLeader(s, j, l)
	}
	return true
}

// split gives s up and seats its people elsewhere, as far as there is room.
func (m *mender) split(s int32) {
	members := slices.Sorted(slices.Values(m.st.members[s]))
	m.st.disband(s)
	for _, a := range members {
		m.seat(a)
	}
}
