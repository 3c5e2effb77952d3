package scheduler

// ruinMove gives up a few seminars that have something in common, with all
// that depends on them, and meets the needs that wait again in random order,
// in seats or by opening seminars (ruin and recreate: Schrimpf et al. 2000).
// It is what gets tight small programmes out of a corner: one seminar has to
// go before another of a different module can take its leader.
func (se *search) ruinMove() bool {
	st := se.st
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	se.begin()
	course, slot, leader := st.sems[s].course, st.sems[s].slot, st.first(s)
	if !se.raze(s, 0) {
		return se.decide(false)
	}
	kind := se.r.below(4)
	for n := se.r.below(3); n > 0 && len(st.open) > 0; n-- {
		x := st.open[se.r.below(len(st.open))]
		related := kind == 0 || kind == 1 && st.sems[x].course == course || kind == 2 && st.c.slots.day[st.sems[x].slot] == st.c.slots.day[slot] || kind == 3 && leader >= 0 && st.isLed(leader, x)
		if related && !st.sems[x].pinned && !se.raze(x, 0) {
			return se.decide(false)
		}
	}
	se.recreate()
	return se.decide(true)
}

// raze closes seminar s and whatever its people attend or lead on its
// strength; false if something pinned depends on it.
func (se *search) raze(s int32, depth int) bool {
	st := se.st
	if st.sems[s].pinned || depth > 8 {
		return false
	}
	for st.sems[s].live && len(st.members[s]) > 0 {
		a := st.members[s][len(st.members[s])-1]
		if !se.withdraw(a, depth) {
			return false
		}
	}
	if st.sems[s].live {
		st.disband(s)
	}
	return true
}

// withdraw takes need a, later needs of a strict order first, out of their
// seminars, and closes what the person leads of the module.
func (se *search) withdraw(a int32, depth int) bool {
	st, c := se.st, se.c
	pe := &c.people[c.needs[a].person]
	last := a
	if c.tiers[pe.tier].strict {
		last = pe.needTo - 1
	}
	for b := last; b >= a; b-- {
		if st.at[b] < 0 {
			continue
		}
		if st.sems[st.at[b]].pinned {
			return false
		}
		st.detach(b)
		if pe.leader >= 0 && !se.stopLeading(pe.leader, c.courses[c.needs[b].course].module, depth) {
			return false
		}
	}
	return true
}

func (se *search) stopLeading(l, module int32, depth int) bool {
	st, c := se.st, se.c
	for st.ledModule[int(l)*c.nModules+int(module)] > 0 {
		for _, s := range st.led[l] {
			if c.courses[st.sems[s].course].module == module {
				if !se.raze(s, depth+1) {
					return false
				}
				break
			}
		}
	}
	return true
}

// recreateTries bounds the needs that one recreation goes through.
const recreateTries = 40

// recreate meets waiting needs, drawn in random order, in the cheapest seat or
// a new seminar.
func (se *search) recreate() {
	st := se.st
	failures := 0
	for n := 0; n < recreateTries && len(st.unmet) > 0 && failures < 12; n++ {
		a := st.unmet[se.r.below(len(st.unmet))]
		if !st.isNext(a) {
			failures++
			continue
		}
		s, _ := st.cheapestSeat(a, reachFar)
		if s < 0 || se.r.next()&7 == 0 {
			if se.openSomewhere(a) {
				continue
			}
		}
		if s < 0 {
			failures++
			continue
		}
		st.attach(a, s)
	}
}

// placesDrawn is how many slots and venues are compared for a new seminar.
const placesDrawn = 6

// openSomewhere opens a seminar for need a and all who wait with it, at the
// best of a few drawn slots and venues: the one that most could come to.
func (se *search) openSomewhere(a int32) bool {
	st, c := se.st, se.c
	co := c.needs[a].course
	slots := c.courses[co].slots
	if len(slots) == 0 {
		return false
	}
	bestT, bestV, most := none, none, int32(0)
	for range placesDrawn {
		t := slots[se.r.below(len(slots))]
		v := c.nearest(c.needs[a].unit)[se.r.below(min(c.nVenues, 24))]
		if !c.canHost(co, v) || !st.roomFor(co, t, v, none) || !st.canAttend(a, t, v) {
			continue
		}
		n := int32(0)
		for i := 0; i < len(st.unmet) && i < 64; i++ {
			if b := st.unmet[i]; c.needs[b].course == co && st.isNext(b) && st.canAttend(b, t, v) {
				n++
			}
		}
		if n = min(n, c.seats(co, v)); n > most {
			bestT, bestV, most = t, v, n
		}
	}
	if bestT < 0 {
		return false
	}
	x := st.hold(co, bestT, bestV, st.newSeries())
	if !se.staffLoosely(x) {
		st.disband(x)
		return false
	}
	se.pool = append(se.pool[:0], a)
	se.seatPool(x)
	return true
}

// staffLoosely fills the leader places of x, the first one as often as not by
// a leader drawn instead of the cheapest.
func (se *search) staffLoosely(x int32) bool {
	st, c := se.st, se.c
	sm := &st.sems[x]
	if l := se.leaderNear(x); l >= 0 && se.r.next()&1 == 0 && st.canLead(l, sm.course, sm.slot, sm.venue, none) && c.courses[sm.course].leaders > 0 {
		st.setLeader(x, 0, l)
	}
	return st.staff(x)
}
