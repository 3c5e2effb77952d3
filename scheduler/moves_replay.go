package scheduler

import (
	"cmp"
	"slices"
)

// replayMove gives up all seminars of a stretch of time, with what depends on them,
// and holds seminars anew as time goes by: in each slot the course that most of those who
// wait can come to, those first whose units have most left to send. Where units can spare
// few and groups must be large, who comes when matters for all that follows: a unit
// that falls behind has nobody to sit with in the end.
func (se *search) replayMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	from := st.sems[s].slot
	days := replayDays[se.r.below(len(replayDays))]
	se.begin()
	for i := len(st.open) - 1; i >= 0; i = min(i-1, len(st.open)-1) {
		x := &st.sems[st.open[i]]
		if x.pinned || x.slot < from || c.slots.date[x.slot]-c.slots.date[from] > days {
			continue
		}
		if !se.raze(st.open[i], 0) {
			return se.decide(false)
		}
		i = len(st.open)
	}
	se.replay(max(from, c.firstAllowed))
	for ti := range c.tiers {
		st.seatAll(int32(ti), on)
	}
	return se.decide(true)
}

// replayDays are the lengths of what is given up, to be drawn from.
var replayDays = [...]int32{7, 14, 28, 56, 1 << 20}

// inOneSlot is how many seminars are held in a slot at most.
const inOneSlot = 3

// replay holds seminars for those who wait, slot after slot.
func (se *search) replay(from int32) {
	st, c := se.st, se.c
	se.waits = slices.Grow(se.waits[:0], len(c.courses))[:len(c.courses)]
	for t := from; int(t) < c.slots.len() && len(st.unmet) > 0; t++ {
		for range inOneSlot {
			clear(se.waits)
			most := none
			for _, a := range st.unmet {
				co := c.needs[a].course
				if c.attendOK.has(c.people[c.needs[a].person].class, t) && st.isNext(a) {
					if se.waits[co]++; most < 0 || se.waits[co] > se.waits[most] {
						most = co
					}
				}
			}
			if most < 0 {
				break
			}
			if se.r.next()&3 == 0 {
				most = int32(se.r.below(len(c.courses)))
			}
			if se.waits[most] < c.courses[most].seatsMin || se.r.next()&7 == 0 || !se.holdFor(most, t) {
				break
			}
		}
	}
}

// holdFor opens a seminar of a course in slot t for those who wait, at a venue drawn
// near one of them; false if too few can come or nobody can lead.
func (se *search) holdFor(co, t int32) bool {
	st, c := se.st, se.c
	se.pool = se.pool[:0]
	for _, a := range st.unmet {
		if nd := &c.needs[a]; nd.course == co && c.attendOK.has(c.people[nd.person].class, t) && st.isNext(a) {
			se.pool = append(se.pool, a)
		}
	}
	if len(se.pool) == 0 {
		return false
	}
	near := c.nearest(c.needs[se.pool[se.r.below(len(se.pool))]].unit)
	v := near[se.r.below(se.r.below(min(len(near), venuesDrawn))+1)]
	if !c.canHost(co, v) || !st.roomFor(co, t, v, none) {
		return false
	}
	se.pool = slices.DeleteFunc(se.pool, func(a int32) bool { return !st.canAttend(a, t, v) })
	if int32(len(se.pool)) < c.courses[co].seatsMin {
		return false
	}
	se.sortByUrgency(se.pool)
	x := st.hold(co, t, v, st.newSeries())
	if !se.staffFreely(x) {
		st.disband(x)
		return false
	}
	for _, a := range se.pool {
		if st.canJoin(a, x) {
			st.attach(a, x)
		}
	}
	if !st.complete(x) {
		st.disband(x)
		return false
	}
	return true
}

// urgency is how many seminars unit u has still to send people to, if it sends as many as it can spare.
func (se *search) urgency(u int32) float64 {
	return float64(se.behind[u]) / float64(max(1, min(se.c.unitMax[u], 64)))
}

// sortByUrgency puts needs first whose people's units have most left to send.
func (se *search) sortByUrgency(needs []int32) {
	st, c := se.st, se.c
	se.behind = slices.Grow(se.behind[:0], len(c.unitMax))[:len(c.unitMax)]
	clear(se.behind)
	for _, a := range st.unmet {
		se.behind[c.needs[a].unit]++
	}
	for i := range needs { // ties by chance
		j := i + se.r.below(len(needs)-i)
		needs[i], needs[j] = needs[j], needs[i]
	}
	slices.SortStableFunc(needs, func(a, b int32) int {
		return cmp.Compare(se.urgency(c.needs[b].unit), se.urgency(c.needs[a].unit))
	})
}

// staffFreely fills the leader places of x with leaders whose units have least left to send.
func (se *search) staffFreely(x int32) bool {
	st, c := se.st, se.c
	sm := &st.sems[x]
	list := c.nearLeaders[int(sm.course)*c.nVenues+int(sm.venue)]
	for j := int32(0); j < c.courses[sm.course].leaders; j++ {
		best, least := none, 0.0
		for _, l := range list {
			if st.isLed(l, x) || !st.canLead(l, sm.course, sm.slot, sm.venue, none) || se.r.next()&3 == 0 {
				continue
			}
			if u := se.urgency(c.people[c.leaders[l].person].unit); best < 0 || u < least {
				best, least = l, u
			}
		}
		if best < 0 {
			return st.staff(x)
		}
		st.setLeader(x, j, best)
	}
	return true
}
