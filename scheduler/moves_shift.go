package scheduler

// shiftMove gives a seminar up and holds it at another slot and venue, with
// whoever can come, those who wait included. Who cannot come takes the
// cheapest other seat, or waits: in a tight programme the way to meet one need
// more often leads over meeting one less.
func (se *search) shiftMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	co, series := st.sems[s].course, st.sems[s].series
	t, v := st.sems[s].slot, st.sems[s].venue
	slots := c.courses[co].slots
	if len(slots) == 0 {
		return false
	}
	kind := se.r.below(3)
	if kind != 0 {
		t = slots[se.r.below(len(slots))]
	}
	if kind != 1 {
		v = se.venueNear(s)
	}
	if t < c.firstAllowed || !c.canHost(co, v) || !st.roomFor(co, t, v, s) {
		return false
	}
	leader := st.first(s)
	se.begin()
	se.pool = append(se.pool[:0], st.members[s]...)
	st.disband(s)
	x := st.hold(co, t, v, series)
	if leader >= 0 && se.r.next()&3 != 0 && st.canLead(leader, co, t, v, none) {
		st.setLeader(x, 0, leader)
	}
	if !st.staff(x) {
		return se.decide(false)
	}
	se.seatPool(x)
	return se.decide(true)
}

// seatPool seats the people in pool in seminar x, then elsewhere, and gives
// the seats left in x to those who wait.
func (se *search) seatPool(x int32) {
	st, c := se.st, se.c
	co := st.sems[x].course
	for _, a := range se.pool {
		if st.at[a] < 0 && st.isNext(a) && st.canJoin(a, x) {
			st.attach(a, x)
		}
	}
	for _, a := range se.pool {
		if st.at[a] < 0 && st.isNext(a) {
			if y, _ := st.cheapestSeat(a, reachNear); y >= 0 {
				st.attach(a, y)
			}
		}
	}
	for i := len(st.unmet) - 1; i >= 0 && i >= len(st.unmet)-64; i-- {
		if a := st.unmet[i]; c.needs[a].course == co && st.isNext(a) && st.canJoin(a, x) {
			st.attach(a, x)
			i = min(i, len(st.unmet))
		}
	}
}

// lureMove opens a seminar at a drawn slot and venue for those who wait for a
// course and, as far as seats.min or the drawn size asks, for people who sit
// elsewhere.
func (se *search) lureMove() bool {
	st, c := se.st, se.c
	a := se.drawNeed()
	if len(st.unmet) > 0 && se.r.next()&3 != 0 {
		a = st.unmet[se.r.below(len(st.unmet))]
	}
	co := c.needs[a].course
	slots := c.courses[co].slots
	if len(slots) == 0 || !st.isNext(a) || !se.owns(a) {
		return false
	}
	t := slots[se.r.below(len(slots))]
	v := c.nearest(c.needs[a].unit)[se.r.below(min(c.nVenues, 24))]
	if !c.canHost(co, v) || !st.roomFor(co, t, v, none) || !st.canAttend(a, t, v) {
		return false
	}
	se.begin()
	x := st.hold(co, t, v, st.newSeries())
	if !st.staff(x) {
		return se.decide(false)
	}
	se.pool = append(se.pool[:0], a)
	se.seatPool(x)
	want := c.courses[co].seatsMin + int32(se.r.below(int(c.seats(co, v)-c.courses[co].seatsMin)+1))
	for tries := 0; tries < 60 && int32(len(st.members[x])) < want; tries++ {
		k := c.courseNeeds[co]
		b := k[se.r.below(len(k))]
		if st.at[b] < 0 || st.at[b] == x || st.sems[st.at[b]].pinned || !st.canAttend(b, t, v) {
			continue
		}
		from := st.at[b]
		st.detach(b)
		if !st.canJoin(b, x) {
			st.attach(b, from)
			continue
		}
		st.attach(b, x)
		if len(st.members[from]) == 0 {
			st.disband(from)
		}
	}
	return se.decide(true)
}
