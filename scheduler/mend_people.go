package scheduler

// seatAll seats those who wait: one by one, then by further seminars where
// enough of them can meet.
func (m *mender) seatAll() {
	for _, a := range m.waiting() {
		m.seat(a)
	}
	if len(m.waiting()) == 0 {
		return
	}
	for co := range m.c.courses {
		m.openFor(int32(co))
	}
}

// rescue meets needs that are left by seminars held for single people, filled
// with others who have a choice. It comes last: it moves people for whom
// nothing had changed.
func (m *mender) rescue() {
	list := m.waiting()
	if len(list) > rescueNeeds {
		return
	}
	for _, a := range list {
		if m.stop() {
			return
		}
		if m.st.at[a] < 0 && m.st.isNext(a) && !m.seat(a) {
			m.st.rescueNeed(a)
		}
	}
}

// waiting lists the needs the repair is about that nothing meets now.
func (m *mender) waiting() (list []int32) {
	for a, mine := range m.mine {
		if mine && m.st.at[a] < 0 {
			list = append(list, int32(a))
		}
	}
	return list
}

// seat meets need a: by one more seat, which changes nothing else for the
// person, or by another way through the modules that can still be changed.
func (m *mender) seat(a int32) bool {
	st := m.st
	if m.stop() || st.at[a] >= 0 || !st.isNext(a) {
		return st.at[a] >= 0
	}
	m.tries++
	if s, _ := st.cheapestSeat(a, m.c.nVenues); s >= 0 {
		st.attach(a, s)
		return true
	}
	return m.reseat(m.c.needs[a].person)
}

// reseat books a person anew through everything that can still be changed and
// is not locked; false, and nothing changed, if that meets no more.
func (m *mender) reseat(p int32) bool {
	st := m.st
	nested := st.logging
	before, pe := st.standing(), &m.c.people[p]
	var left []int32
	var from []int32
	if !nested {
		st.begin()
	}
	for a := pe.needTo - 1; a >= pe.needFrom; a-- {
		if s := st.at[a]; s >= 0 && m.mayMove(a) {
			left, from = append(left, a), append(from, s)
			st.detach(a)
		}
	}
	now := standing{}
	ok := len(left) > 0 && st.reroute(&m.ro, p, reachFar)
	if ok {
		now = st.standing()
		ok = now.broken <= before.broken && now.excess <= before.excess && now.short <= before.short && now.unmet < before.unmet
	}
	if ok {
		if !nested {
			st.commit()
		}
		return true
	}
	if !nested {
		st.rollback()
		return false
	}
	// Inside a larger trial only this part is taken back.
	for a := pe.needTo - 1; a >= pe.needFrom; a-- {
		if s := st.at[a]; s >= 0 && m.mayMove(a) {
			st.detach(a)
		}
	}
	for i := len(left) - 1; i >= 0; i-- {
		st.attach(left[i], from[i])
	}
	return false
}

// mayMove: need a may be met by another seminar than now.
func (m *mender) mayMove(a int32) bool {
	sm := &m.st.sems[m.st.at[a]]
	return !sm.pinned && sm.slot >= m.c.firstJoined && m.st.keepsSeat(a, m.st.at[a]) == 0
}

// openFor holds further seminars of a course for those who wait, as long as
// enough of them can meet.
func (m *mender) openFor(co int32) {
	for !m.stop() {
		var list []int32
		for _, a := range m.waiting() {
			if m.c.needs[a].course == co && m.st.isNext(a) {
				list = append(list, a)
			}
		}
		if len(list) > neighbourhood {
			list = list[:neighbourhood]
		}
		if int32(len(list)) < m.c.courses[co].seatsMin || !m.st.openNear(co, none, list, m.stop) {
			return
		}
	}
}

func (m *mender) isShort(s int32) bool {
	return int32(len(m.st.members[s])) < m.c.courses[m.st.sems[s].course].seatsMin
}

// fill brings a seminar that has become too small up to seats.min with people
// of others for whom it is the least detour, or gives it up: whichever is best.
func (m *mender) fill(s int32) {
	st := m.st
	st.begin()
	filled := m.lure(s)
	at := st.standing()
	st.rollback()
	if st.sems[s].lock < 0 {
		st.begin()
		m.split(s)
		if !filled || st.standing().better(at) {
			st.commit()
			return
		}
		st.rollback()
	}
	if filled {
		m.lure(s)
	}
}

// lure takes people from other seminars of the course until s is large enough.
func (m *mender) lure(s int32) bool {
	st, c := m.st, m.c
	sm := st.sems[s]
	if len(st.members[s]) == 0 {
		return false
	}
	before := st.standing()
	for _, g := range st.guests(st.members[s][0], sm.slot, sm.venue) {
		if !m.isShort(s) {
			break
		}
		from := st.at[g.need]
		if from == s || !st.mayLeave(from) || !m.mayMove(g.need) {
			continue
		}
		st.detach(g.need)
		if st.canAttend(g.need, sm.slot, sm.venue) && int32(len(st.members[s])) < c.seats(sm.course, sm.venue) {
			st.attach(g.need, s)
		} else {
			st.attach(g.need, from)
		}
	}
	return !m.isShort(s) && st.breaksNoMore(before)
}
