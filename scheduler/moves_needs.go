package scheduler

// This file meets unmet needs, sends people another way, and opens and closes
// whole series.

const (
	reachNear = 10 // venues looked at for one person's way
	reachFar  = 30 // and for one whose needs are unmet
)

// insertMove meets an unmet need: by another way for the person, else in the
// place of a colleague or an attendee who finds another way; now and then by
// opening a seminar for all who wait.
func (se *search) insertMove() bool {
	st, c := se.st, se.c
	if len(st.unmet) == 0 {
		return false
	}
	a := st.unmet[se.r.below(len(st.unmet))]
	if !se.owns(a) {
		return false
	}
	p := c.needs[a].person
	if se.r.next()&31 == 0 && st.isNext(a) {
		return se.openMove(a)
	}
	se.begin()
	st.unbook(p)
	if st.reroute(&se.router, p, reachFar) {
		return se.decide(true)
	}
	q := se.inTheWay(a)
	if q < 0 || q == p {
		return se.decide(false)
	}
	st.unbook(q)
	if !st.reroute(&se.router, p, reachFar) {
		return se.decide(false)
	}
	st.reroute(&se.router, q, reachFar)
	for b := c.people[q].needFrom; b < c.people[q].needTo; b++ {
		if st.at[b] < 0 && st.isNext(b) {
			if s, _ := st.cheapestSeat(b, reachFar); s >= 0 {
				st.attach(b, s)
			}
		}
	}
	return se.decide(true)
}

// inTheWay draws somebody whose seat or whose place in the unit's limit need a
// could use.
func (se *search) inTheWay(a int32) int32 {
	st, c := se.st, se.c
	u := c.needs[a].unit
	if se.r.next()&1 == 0 {
		return c.unitPeople[u][se.r.below(len(c.unitPeople[u]))]
	}
	s := se.pickSeminar(a)
	if s < 0 || len(st.members[s]) == 0 {
		return none
	}
	return c.needs[st.members[s][se.r.below(len(st.members[s]))]].person
}

// routeMove sends one person the cheapest way there is now.
func (se *search) routeMove() bool {
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	p := se.c.needs[a].person
	se.begin()
	se.st.unbook(p)
	return se.decide(se.st.reroute(&se.router, p, reachNear))
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
	v := c.nearest(c.needs[a].unit)[k]
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
	se.begin()
	se.pool = append(se.pool[:0], st.members[s]...)
	st.disband(s)
	for _, a := range se.pool {
		x, _ := st.cheapestSeat(a, min(c.nVenues, reachNear))
		if x < 0 {
			return se.decide(false)
		}
		st.attach(a, x)
	}
	return se.decide(true)
}

// kinds of rebuildMove: a series held anew at its own venue or at another, one
// more, one fewer.
const (
	rebuildHere = iota
	rebuildThere
	rebuildMore
	rebuildFewer
)

// rebuildKinds is how often, in parts of 16, each is tried: at its own venue
// most people still find the series in reach.
var rebuildKinds = [16]int{0, 0, 0, 0, 0, 0, 0, 0, 0, rebuildThere, rebuildThere, rebuildThere, rebuildThere, rebuildMore, rebuildMore, rebuildFewer}

// rebuildMove gives up a series, or none, and holds a new one, or none, at a
// venue nearby: with the people set free and with those who would rather go
// there. Whoever is left over goes the cheapest other way.
func (se *search) rebuildMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	kind := rebuildKinds[se.r.next()>>60]
	first := &c.needs[st.members[s][0]]
	k := catchment{tier: c.courses[st.sems[s].course].tier, venue: se.venueNear(s), series: 1, missed: missedRebuilding}
	if kind == rebuildHere {
		k.venue = st.sems[s].venue
	}
	if c.seatsAt(k.tier, k.venue) == 0 {
		return false
	}
	zone := c.people[first.person].zone
	se.begin()
	se.pool = se.pool[:0]
	if kind != rebuildMore {
		if !se.ruin(st.sems[s].series) {
			return se.decide(false)
		}
	}
	freed := len(se.pool)
	if kind != rebuildFewer {
		se.attract(k, zone)
		k.people = append(se.cohort[:0], se.pool...)
		se.cohort = k.people
		st.sortByUnit(k.people)
		k.order, k.homeless = se.pool, freed
		if len(k.people) == 0 {
			return se.decide(false)
		}
		a, b := se.r.next(), se.r.next()
		st.holdSeries(k, se.drawLeaders(k), a|b) // three slots in four
	}
	for _, p := range se.pool[freed:] {
		se.goBack(p)
	}
	for _, p := range se.pool {
		if !st.isMet(p) && !st.reroute(&se.router, p, reachNear) {
			return se.decide(false)
		}
	}
	return se.decide(true)
}

// drawLeaders picks the cheapest few of the leaders near venue k for a whole
// series, passing over each with a chance of a quarter.
func (se *search) drawLeaders(k catchment) []int32 {
	c, st := se.c, se.st
	list := c.nearLeaders[int(c.tiers[k.tier].courses[0])*c.nVenues+int(k.venue)]
	n := 0
	var price [leadersDrawn]int64
	for _, l := range list {
		if se.r.next()&3 == 0 || int32(len(st.led[l])) >= c.leaders[l].maxTotal {
			continue
		}
		x := st.leaderPrice(l, k)
		i := n
		for ; i > 0 && price[i-1] > x; i-- {
			if i < leadersDrawn {
				price[i], se.drawn[i] = price[i-1], se.drawn[i-1]
			}
		}
		if i < leadersDrawn {
			price[i], se.drawn[i] = x, l
			n = min(n+1, leadersDrawn)
		}
	}
	return se.drawn[:n]
}

const leadersDrawn = 3

// ruin closes the seminars of a series and adds its people, set free of all
// that may change, to pool.
func (se *search) ruin(series int32) bool {
	st, c := se.st, se.c
	for _, s := range st.series[series] {
		if st.sems[s].pinned {
			return false
		}
		for _, a := range st.members[s] {
			p := c.needs[a].person
			if !se.inPool(p) {
				se.pool = append(se.pool, p)
			}
		}
	}
	for _, p := range se.pool {
		st.unbook(p)
	}
	for len(st.series[series]) > 0 {
		st.disband(st.series[series][0])
	}
	return true
}

func (se *search) inPool(p int32) bool {
	for _, q := range se.pool {
		if q == p {
			return true
		}
	}
	return false
}

// attract adds to pool people of other venues for whom venue k would be
// nearer, from the nearest unit on, and unbooks them. What they leave is kept
// in pairs, for goBack.
func (se *search) attract(k catchment, zone int32) {
	st, c := se.st, se.c
	se.pairs = se.pairs[:0]
	room := 2*int(c.seatsAt(k.tier, k.venue)) - len(se.pool)
	for _, u := range c.nearUnits[k.venue] {
		if room <= 0 {
			return
		}
		d := c.away(u, k.venue)
		n := 2 * int(min(c.unitMax[u], 4))
		for _, p := range c.unitPeople[u] {
			pe := &c.people[p]
			if n <= 0 || pe.tier != k.tier || pe.zone != zone || pe.needFrom == pe.needTo {
				continue
			}
			s := st.at[pe.needFrom]
			if s < 0 || st.sems[s].pinned || c.away(u, st.sems[s].venue) <= d || se.inPool(p) {
				continue
			}
			for a := pe.needFrom; a < pe.needTo; a++ {
				if st.at[a] >= 0 && !st.sems[st.at[a]].pinned {
					se.pairs = append(se.pairs, booking{a, st.at[a]})
				}
			}
			st.unbook(p)
			se.pool = append(se.pool, p)
			n--
			room--
		}
	}
}

// goBack returns person p, if nothing is booked yet, to the seminars left.
func (se *search) goBack(p int32) {
	st := se.st
	for _, b := range se.pairs {
		if st.c.needs[b.need].person == p && st.at[b.need] < 0 && st.sems[b.seminar].live && st.isNext(b.need) && st.canJoin(b.need, b.seminar) {
			st.attach(b.need, b.seminar)
		}
	}
}

// isMet: every need of person p is met.
func (st *state) isMet(p int32) bool {
	for a := st.c.people[p].needFrom; a < st.c.people[p].needTo; a++ {
		if st.at[a] < 0 {
			return false
		}
	}
	return true
}
