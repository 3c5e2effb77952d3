package scheduler

// This file moves people between seminars: one module at a time, or their
// whole path through a series.

// slack is how much more than a move's limit its travel may cost before the
// rest of it is priced: other terms rarely win back more.
const slack = 80

// drawNeed draws a need that may move.
func (se *search) drawNeed() int32 {
	if se.mine != nil {
		return se.mine[se.r.below(len(se.mine))]
	}
	return int32(se.r.below(len(se.st.at)))
}

// pickNeed draws a booked need of a seminar that may change, or none.
func (se *search) pickNeed() int32 {
	a := se.drawNeed()
	if s := se.st.at[a]; s < 0 || se.st.sems[s].pinned {
		return none
	}
	return a
}

// pickSeminar draws an open seminar that need a might join, when its person
// could come: at a venue near the person, the nearer the likelier.
func (se *search) pickSeminar(a int32) int32 {
	c, st := se.c, se.st
	nd := &c.needs[a]
	pe := &c.people[nd.person]
	near := c.nearest(nd.unit)
	near = near[:min(len(near), venuesDrawn)]
	zone := pe.zone
	if zone == 0 && c.slots.zones > 1 {
		zone = int32(se.r.below(c.slots.zones))
	}
	base := int(nd.course) * c.nVenues
	for range seminarsDrawn {
		v := near[se.r.below(se.r.below(len(near))+1)]
		list := st.cells[(base+int(v))*c.slots.zones+int(zone)]
		if len(list) == 0 {
			continue
		}
		s := list[0]
		if len(list) > 1 {
			s = list[se.r.below(len(list))]
		}
		if x := &st.sems[s]; s != st.at[a] && !x.pinned && c.attendOK.has(pe.class, x.slot) {
			return s
		}
	}
	return none
}

const (
	venuesDrawn   = 24 // how far from home, counted in venues, people are moved
	seminarsDrawn = 6  // draws until one is found that a person could come to
)

// detour is the extra travel of unit u from venue v to w and back.
func (c *compiled) detour(u, v, w int32) int64 {
	return 2 * c.travelPrice * int64(c.away(u, w)-c.away(u, v))
}

// seatMove moves one person in one module.
func (se *search) seatMove() bool {
	st, c := se.st, se.c
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	s := se.pickSeminar(a)
	if s < 0 || c.detour(c.needs[a].unit, st.sems[st.at[a]].venue, st.sems[s].venue) > se.limit+slack {
		return false
	}
	se.pairs = append(se.pairs[:0], booking{a, s})
	if se.tooDear(c.needs[a].person, 1, none) || !st.canJoin(a, s) {
		return false
	}
	se.begin()
	st.detach(a)
	st.attach(a, s)
	return se.decide(true)
}

// seatSwap exchanges two people in one module.
func (se *search) seatSwap() bool {
	st, c := se.st, se.c
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	s := se.pickSeminar(a)
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	b := st.members[s][se.r.below(len(st.members[s]))]
	x := st.at[a]
	v, w := st.sems[x].venue, st.sems[s].venue
	if c.detour(c.needs[a].unit, v, w)+c.detour(c.needs[b].unit, w, v) > se.limit+slack {
		return false
	}
	se.pairs = append(se.pairs[:0], booking{a, s}, booking{b, x})
	return !se.tooDear(c.needs[a].person, 1, c.needs[b].person) && se.rebook()
}

// seatEject moves one person in one module into a full seminar, and one of its
// attendees, in that module, to the cheapest seat left elsewhere.
func (se *search) seatEject() bool {
	st, c := se.st, se.c
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	s := se.pickSeminar(a)
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	nd := &c.needs[a]
	b := st.members[s][se.r.below(len(st.members[s]))]
	v, w := st.sems[st.at[a]].venue, st.sems[s].venue
	if c.needs[b].unit == nd.unit || !c.attendOK.has(c.people[nd.person].class, st.sems[s].slot) ||
		c.detour(nd.unit, v, w) > se.limit || !st.canAttend(a, st.sems[s].slot, w) {
		return false
	}
	se.begin()
	st.detach(a)
	st.detach(b)
	if !st.canJoin(a, s) {
		return se.decide(false)
	}
	st.attach(a, s)
	x, _ := st.cheapestSeat(b, reachNear)
	if x < 0 || x == s {
		return se.decide(false)
	}
	st.attach(b, x)
	return se.decide(true)
}

// rebook makes the bookings in pairs in place of the needs' present ones.
func (se *search) rebook() bool {
	st := se.st
	se.begin()
	for _, k := range se.pairs {
		if st.at[k.need] >= 0 {
			st.detach(k.need)
		}
	}
	for _, k := range se.pairs {
		if !st.canJoin(k.need, k.seminar) {
			return se.decide(false)
		}
		st.attach(k.need, k.seminar)
	}
	return se.decide(true)
}

// alongside adds to pairs the bookings that take person p from series from to
// series to, module by module where both hold it.
func (se *search) alongside(p, from, to int32) bool {
	st, c := se.st, se.c
	pe := &c.people[p]
	for a := pe.needFrom; a < pe.needTo; a++ {
		x := st.at[a]
		if x < 0 || st.sems[x].series != from || st.sems[x].pinned {
			continue
		}
		for _, s := range st.series[to] {
			if st.sems[s].course == c.needs[a].course {
				if st.sems[s].pinned || !c.attendOK.has(pe.class, st.sems[s].slot) {
					return false
				}
				se.pairs = append(se.pairs, booking{a, s})
				break
			}
		}
	}
	return true
}

// pathJoin takes a person from one series to another for all modules.
func (se *search) pathJoin() bool {
	st, c := se.st, se.c
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	s := se.pickSeminar(a)
	if s < 0 {
		return false
	}
	from, to := st.sems[st.at[a]].series, st.sems[s].series
	if from == to || int32(len(st.members[s])) >= c.seats(st.sems[s].course, st.sems[s].venue) {
		return false
	}
	if c.detour(c.needs[a].unit, st.sems[st.at[a]].venue, st.sems[s].venue) > se.limit+slack {
		return false
	}
	se.pairs = se.pairs[:0]
	p := c.needs[a].person
	return se.alongside(p, from, to) && len(se.pairs) > 0 && !se.tooDear(p, len(se.pairs), none) && se.rebook()
}

// pathSwap exchanges two people between two series for all modules.
func (se *search) pathSwap() bool {
	st, c := se.st, se.c
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	s := se.pickSeminar(a)
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	b := st.members[s][se.r.below(len(st.members[s]))]
	from, to := st.sems[st.at[a]].series, st.sems[s].series
	if from == to {
		return false
	}
	v, w := st.sems[st.at[a]].venue, st.sems[s].venue
	if 2*(c.detour(c.needs[a].unit, v, w)+c.detour(c.needs[b].unit, w, v)) > se.limit+slack {
		return false
	}
	se.pairs = se.pairs[:0]
	p, q := c.needs[a].person, c.needs[b].person
	if !se.alongside(p, from, to) {
		return false
	}
	n := len(se.pairs)
	return se.alongside(q, to, from) && len(se.pairs) > 0 && !se.tooDear(p, n, q) && se.rebook()
}
