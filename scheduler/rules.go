package scheduler

// This file asks, before an operation, whether the rules of contract section 3
// allow it. What a move can only satisfy as a whole is counted in state.broken.

// canAttend: need a may be met in slot t at venue v as far as the person is
// concerned (H3, H4, H5, H9, H10, H11). The need's present seminar, if any, is
// looked through, as though it were left first. Seats are the caller's to count.
func (st *state) canAttend(a, t, v int32) bool {
	c := st.c
	nd := &c.needs[a]
	pe := &c.people[nd.person]
	if !c.attendOK.has(pe.class, t) || c.away(nd.unit, v) > pe.maxTravel {
		return false
	}
	own := none
	if s := st.at[a]; s >= 0 {
		own = st.sems[s].slot
	}
	return st.isFree(nd.person, t, own) && st.unitSpares(pe.unit, t, own, 0) && st.inOrder(a, pe, t) && st.leadsLater(a, pe, t)
}

// isFree: person p is in no seminar during slot t, that of slot own apart (H3).
func (st *state) isFree(p, t, own int32) bool {
	c := st.c
	row := st.busy[int(p)*c.words : (int(p)+1)*c.words]
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		if hasBit(row, g) && (own < 0 || g < c.slots.segFrom[own] || g >= c.slots.segTo[own]) {
			return false
		}
	}
	return true
}

// unitSpares: unit u can let one more person, besides extra others, go in slot
// t; one of those away in slot own is coming back (H9).
func (st *state) unitSpares(u, t, own int32, extra int32) bool {
	c := st.c
	limit := c.unitMax[u]
	if limit == unlimited {
		return true
	}
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		n := int32(st.away[int(u)*c.slots.segments+int(g)]) + extra
		if own >= 0 && g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
			n--
		}
		if n >= limit {
			return false
		}
	}
	return true
}

// inOrder: slot t keeps order and gap with the person's other modules (H4).
func (st *state) inOrder(a int32, pe *person, t int32) bool {
	c := st.c
	tr := &c.tiers[pe.tier]
	at, date := c.slots.start[t], c.slots.date[t]
	for b := pe.needFrom; b < pe.needTo; b++ {
		s := st.at[b]
		if s < 0 || b == a {
			continue
		}
		x := st.sems[s].slot
		if d := date - c.slots.date[x]; d < tr.gap && -d < tr.gap {
			return false
		}
		if tr.strict && (b < a) != (c.slots.start[x] < at) {
			return false
		}
	}
	for k := pe.doneFrom; k < pe.doneTo; k++ {
		dn := &c.done[k]
		if d := date - dn.day; d < tr.gap && -d < tr.gap {
			return false
		}
		if tr.strict && dn.rank >= 0 && dn.rank < c.needs[a].rank && dn.start >= at {
			return false
		}
	}
	return true
}

// leadsLater: what the person leads of the module comes late enough after
// attending it in slot t (H5).
func (st *state) leadsLater(a int32, pe *person, t int32) bool {
	c := st.c
	if pe.leader < 0 {
		return true
	}
	m := c.courses[c.needs[a].course].module
	if st.ledModule[int(pe.leader)*c.nModules+int(m)] == 0 {
		return true
	}
	prep := c.leaders[pe.leader].prep
	for _, s := range st.led[pe.leader] {
		x := st.sems[s].slot
		late := c.slots.date[x]-c.slots.date[t] < prep || c.slots.start[x] <= c.slots.start[t]
		if late && c.courses[st.sems[s].course].module == m && !c.doneInTime(&c.leaders[pe.leader], m, x) {
			return false
		}
	}
	return true
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
	inWeek := int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])])
	if own >= 0 && c.slots.week[own] == c.slots.week[t] {
		inWeek--
	}
	return inWeek < ld.maxWeek && st.dayAllows(l, t, v, except, own) && st.hasLearnt(l, c.courses[co].module, t)
}

func (st *state) isLed(l, s int32) bool {
	for j := int32(0); j < st.c.maxLeaders; j++ {
		if st.leaderOf(s, j) == l {
			return true
		}
	}
	return false
}

// dayAllows: maxPerDay, and time to get from one venue to the next (H7).
func (st *state) dayAllows(l, t, v, except, own int32) bool {
	c := st.c
	d := c.slots.day[t]
	n := int32(st.ledDay[int(l)*c.slots.days+int(d)])
	if own >= 0 && c.slots.day[own] == d {
		n--
	}
	if n == 0 {
		return c.leaders[l].maxDay > 0
	}
	if n >= c.leaders[l].maxDay {
		return false
	}
	for _, s := range st.led[l] {
		x := &st.sems[s]
		if s == except || c.slots.day[x.slot] != d || x.venue == v {
			continue
		}
		from, to, a, b := x.venue, v, x.slot, t
		if c.slots.start[b] < c.slots.start[a] {
			from, to, a, b = to, from, b, a
		}
		if c.slots.start[b]-c.slots.end[a] < 60*int64(c.hop(from, to)) {
			return false
		}
	}
	return true
}

// hasLearnt: leader l has attended module m, and prepared, before slot t (H5).
func (st *state) hasLearnt(l, m, t int32) bool {
	c := st.c
	ld := &c.leaders[l]
	a := ld.need[m]
	if a < 0 {
		return ld.readyAt[m] == undone || c.doneInTime(ld, m, t)
	}
	if st.at[a] < 0 {
		return false
	}
	x := st.sems[st.at[a]].slot
	return c.slots.date[t]-c.slots.date[x] >= ld.prep && c.slots.start[t] > c.slots.start[x] || c.doneInTime(ld, m, t)
}

// doneInTime: leader l has done module m, at least once, and prepared before slot t.
func (c *compiled) doneInTime(ld *leader, m, t int32) bool {
	return ld.readyAt[m] != undone && c.slots.date[t] >= ld.readyDay[m] && c.slots.start[t] > ld.readyAt[m]
}

// roomFor: the course may be held in slot t at venue v, and a room is free
// there when seminar except has left (H3, H8, H11).
func (st *state) roomFor(co, t, v, except int32) bool {
	c := st.c
	cr := &c.courses[co]
	if !hasBit(cr.slotOK, t) || !c.venueOpen.has(v, t) || c.venueOnline[v] && !cr.online {
		return false
	}
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		n := int32(st.used[int(v)*c.slots.segments+int(g)])
		if except >= 0 && st.sems[except].venue == v {
			own := st.sems[except].slot
			if g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
				n--
			}
		}
		if n >= c.venueRooms[v] {
			return false
		}
	}
	return true
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

// unitsSpare: the units can let everybody in s go in slot t at once (H9). The
// checks one by one do not see each other.
func (st *state) unitsSpare(s, t int32) bool {
	c := st.c
	ok := true
	own := st.sems[s].slot
	each := func(visit func(u int32)) {
		for _, a := range st.members[s] {
			visit(c.needs[a].unit)
		}
		for j := int32(0); j < c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				visit(c.people[c.leaders[l].person].unit)
			}
		}
	}
	each(func(u int32) { st.unitSeen[u]++ })
	each(func(u int32) {
		n := int32(st.unitSeen[u])
		if n == 0 || c.unitMax[u] == unlimited {
			return
		}
		for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
			away := int32(st.away[int(u)*c.slots.segments+int(g)])
			if g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
				away -= n
			}
			ok = ok && away+n <= c.unitMax[u]
		}
	})
	each(func(u int32) { st.unitSeen[u] = 0 })
	return ok
}

// seats is how many the course seats at venue v (H2).
func (c *compiled) seats(co, v int32) int32 { return min(c.courses[co].seatsMax, c.venueCap[v]) }

// venueFits: seminar s may move to venue v with everybody in it.
func (st *state) venueFits(s, v int32) bool {
	c := st.c
	sm := &st.sems[s]
	if !st.roomFor(sm.course, sm.slot, v, s) || int32(len(st.members[s])) > c.seats(sm.course, v) {
		return false
	}
	for _, a := range st.members[s] {
		if nd := &c.needs[a]; c.away(nd.unit, v) > c.people[nd.person].maxTravel {
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
