package scheduler

// This file meets unmet needs and opens and closes seminars.

// insertMove meets an unmet need: with a free seat, else in somebody's place,
// else, now and then, by opening a seminar for all who wait.
func (se *search) insertMove() bool {
	st, c := se.st, se.c
	if len(st.unmet) == 0 {
		return false
	}
	a := st.unmet[se.r.below(len(st.unmet))]
	if !st.isNext(a) {
		return false
	}
	if se.r.next()&63 == 0 {
		return se.openMove(a)
	}
	if s, _ := st.cheapestSeat(a, 8); s >= 0 {
		se.begin()
		st.attach(a, s)
		return se.decide(true)
	}
	s := se.pickSeminar(a)
	if s < 0 || len(st.members[s]) == 0 || !c.attendOK.has(c.people[c.needs[a].person].class, st.sems[s].slot) {
		return false
	}
	b := st.members[s][se.r.below(len(st.members[s]))]
	se.begin()
	st.detach(b)
	if !st.canJoin(a, s) {
		return se.decide(false)
	}
	st.attach(a, s)
	if x, _ := st.cheapestSeat(b, 8); x >= 0 {
		st.attach(b, x)
	}
	return se.decide(true)
}

// openMove opens a seminar at a drawn slot near the person of need a, with all
// who wait for the course and can come.
func (se *search) openMove(a int32) bool {
	st, c := se.st, se.c
	co := c.needs[a].course
	slots := c.courses[co].slots
	if len(slots) == 0 {
		return false
	}
	t := slots[se.r.below(len(slots))]
	k := se.r.below(min(c.nVenues, 24))
	v := c.near[int(c.needs[a].unit)*c.nVenues+k]
	if !c.canHost(co, v) || !st.roomFor(co, t, v, none) || !st.canAttend(a, t, v) {
		return false
	}
	se.begin()
	s := st.hold(co, t, v, st.newSeries())
	if !st.staff(s) {
		return se.decide(false)
	}
	for i := len(st.unmet) - 1; i >= 0; i-- {
		if i < len(st.unmet) {
			if b := st.unmet[i]; c.needs[b].course == co && st.isNext(b) && st.canJoin(b, s) {
				st.attach(b, s)
			}
		}
	}
	return se.decide(true)
}

// closeMove gives a seminar up and finds its people other seats.
func (se *search) closeMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	n := len(st.members[s])
	se.begin()
	list := append(make([]int32, 0, 64), st.members[s]...)
	st.disband(s)
	for _, a := range list {
		x, _ := st.cheapestSeat(a, min(c.nVenues, 8))
		if x < 0 {
			return se.decide(n == 0)
		}
		st.attach(a, x)
	}
	return se.decide(true)
}
