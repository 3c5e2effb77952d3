package scheduler

// This file asks, before an operation, whether the rules of contract section 3
// allow it: it names them, and each has a file of its own, rule_h02_seats.go to
// rule_h11_reach.go. What a move can only satisfy as a whole is counted in
// state.broken. Three rules need no asking: a need has one seat at most (H1);
// seminars that must stay are pinned (H12, plan.go); people moved are counted as
// they move (H13, state.go).

// canAttend: need a may be met in slot t at venue v as far as the person is
// concerned (H3, H4, H5, H9, H10, H11). The need's present seminar, if any, is
// looked through, as though it were left first. Seats are the caller's to count.
func (st *state) canAttend(a, t, v int32) bool {
	c := st.c
	nd := &c.needs[a]
	pe := &c.people[nd.person]
	if !c.attendOK.has(pe.class, t) || !c.withinReach(nd, v) {
		return false
	}
	own := st.when[a]
	return st.isFree(nd.person, t, own) && st.unitSpares(pe.unit, t, own, 0) && st.inOrder(a, pe, t) && st.leadsLater(a, pe, t)
}

// canLead: leader l may lead course co in slot t at venue v (H3, H5, H7, H9),
// seminar except apart, which is what is being moved.
func (st *state) canLead(l, co, t, v, except int32) bool {
	c := st.c
	ld := &c.leaders[l]
	if !ld.teaches[co] || !c.leadOK.has(l, t) {
		return false
	}
	own, n := none, int32(len(st.led[l]))
	if except >= 0 && st.isLed(l, except) {
		own = st.sems[except].slot
		n--
	}
	if n >= ld.maxTotal || !st.isFree(ld.person, t, own) || !st.unitSpares(c.people[ld.person].unit, t, own, 0) {
		return false
	}
	return st.weekAllows(l, t, own) && st.dayAllows(l, t, v, except, own) && st.hasLearnt(l, c.courses[co].module, t)
}

// slotFits: seminar s may move to slot t with everybody in it.
func (st *state) slotFits(s, t int32) bool {
	c := st.c
	sm := &st.sems[s]
	if !st.roomFor(sm.course, t, sm.venue, s) {
		return false
	}
	for _, a := range st.members[s] {
		if !c.attendOK.has(c.people[c.needs[a].person].class, t) {
			return false
		}
	}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 && !st.canLead(l, sm.course, t, sm.venue, s) {
			return false
		}
	}
	for _, a := range st.members[s] {
		if !st.canAttend(a, t, sm.venue) {
			return false
		}
	}
	return st.unitsSpare(s, t)
}

// venueFits: seminar s may move to venue v with everybody in it.
func (st *state) venueFits(s, v int32) bool {
	c := st.c
	sm := &st.sems[s]
	if !st.roomFor(sm.course, sm.slot, v, s) || int32(len(st.members[s])) > c.seats(sm.course, v) {
		return false
	}
	for _, a := range st.members[s] {
		if !c.withinReach(&c.needs[a], v) {
			return false
		}
	}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 && !st.dayAllows(l, sm.slot, v, s, sm.slot) {
			return false
		}
	}
	return true
}

// roomFor: the course may be held in slot t at venue v, and a room is free
// there when seminar except has left (H3, H8, H11).
func (st *state) roomFor(co, t, v, except int32) bool {
	c := st.c
	return hasBit(c.courses[co].slotOK, t) && c.venueOpen.has(v, t) && c.mayBeAt(co, v) && st.roomFree(t, v, except)
}
