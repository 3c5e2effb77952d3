package scheduler

// This file moves a chain of people: one takes the place of another, who takes
// the place of a third, until somebody finds a free seat or the place that the
// first has left (cyclic transfers: Thompson, Psaraftis, Operations Research 41,
// 1993). Who is badly off in a plan is so because what is near is full; two
// people changing places seldom help, since the other then is as badly off.

const (
	chainLinks  = 5  // people in a chain at most
	chainVenues = 10 // how far from home, counted in venues, they look
	chainDebt   = 60 // what a chain may cost beyond the limit before it ends
)

// transfer is one person of a chain who goes from one series to another.
type transfer struct {
	person, from, to int32
	cost             int64 // of the chain up to and including it, about
	mate             bool  // goes only if a colleague of the unit makes room
}

// chainMove starts with a person drawn, and makes the cheapest chain found that
// the limit allows.
func (se *search) chainMove() bool {
	a := se.pickNeed()
	if a < 0 {
		return false
	}
	st, c := se.st, se.c
	se.chain = se.chain[:0]
	at, debt := st.sems[st.at[a]].series, int64(0)
	course := c.needs[a].course
	for len(se.chain) < chainLinks {
		f := finder{open: transfer{person: none, cost: se.limit + chainDebt}, end: transfer{person: none, cost: se.limit + 1}}
		if len(se.chain) == 0 {
			se.linksOf(&f, a, at, 0)
		} else {
			last := &se.chain[len(se.chain)-1]
			s := st.seminarOf(at, course)
			if s < 0 {
				return false
			}
			for _, b := range st.members[s] {
				if q := c.needs[b].person; q != last.person && (!last.mate || c.people[q].unit == c.people[last.person].unit) {
					se.linksOf(&f, b, at, debt)
				}
			}
		}
		if f.end.person >= 0 {
			se.chain = append(se.chain, f.end)
			return se.makeChain()
		}
		if f.open.person < 0 {
			return false
		}
		se.chain = append(se.chain, f.open)
		at, debt = f.open.to, f.open.cost
	}
	return false
}

// finder keeps the cheapest link that ends a chain and the cheapest that does not.
type finder struct{ open, end transfer }

// linksOf offers f the series near by that the person of need b could go to.
func (se *search) linksOf(f *finder, b, from int32, debt int64) {
	st, c := se.st, se.c
	nd := &c.needs[b]
	pe := &c.people[nd.person]
	near := c.nearest(nd.unit)
	here := c.away(nd.unit, st.sems[st.at[b]].venue)
	modules := int64(pe.needTo - pe.needFrom)
	for _, v := range near[:min(len(near), chainVenues)] {
		far := 2 * c.travelPrice * modules * int64(c.away(nd.unit, v)-here)
		if debt+far > f.open.cost+chainDebt && debt+far > f.end.cost+chainDebt {
			break
		}
		for _, s := range st.cells[(int(nd.course)*c.nVenues+int(v))*c.slots.zones+int(pe.zone)] {
			x := &st.sems[s]
			if x.series == from || x.pinned || !c.attendOK.has(pe.class, x.slot) || se.inChain(x.series) || se.r.next()&7 == 0 {
				continue
			}
			se.offer(f, transfer{person: nd.person, from: from, to: x.series, cost: debt})
		}
	}
}

// inChain: the chain has been at a series already, which is not where it began.
func (se *search) inChain(series int32) bool {
	for i := range se.chain {
		if i > 0 && se.chain[i].from == series || se.chain[i].to == series {
			return true
		}
	}
	return false
}

// offer prices a link and keeps it if it is the cheapest of its kind.
func (se *search) offer(f *finder, x transfer) {
	st, c := se.st, se.c
	se.pairs = se.pairs[:0]
	if !se.alongside(x.person, x.from, x.to) || len(se.pairs) == 0 {
		return
	}
	se.priced++
	cost, ok := se.personPrice(x.person, se.pairs, none)
	if !ok {
		// Perhaps only colleagues are in the way.
		if cost, x.mate = 0, true; c.unitMax[c.people[x.person].unit] == unlimited {
			return
		}
		if cost, ok = se.personPrice(x.person, se.pairs, c.people[x.person].unit); !ok {
			return
		}
	}
	if len(se.chain) > 0 {
		cost += se.relieved(x.person, se.chain[len(se.chain)-1].person)
	} else {
		for _, b := range se.pairs {
			cost += se.leavePrice(b.need)
		}
	}
	x.cost += cost
	back := len(se.chain) > 0 && x.to == se.chain[0].from
	if !x.mate && x.cost < f.end.cost && (back || st.hasRoom(se.pairs)) {
		f.end = x
	}
	if !back && x.cost < f.open.cost {
		f.open = x
	}
}

// relieved is what the groups that pairs leave cost more when somebody else
// comes in the person's place.
func (se *search) relieved(out, in int32) (cost int64) {
	st, c := se.st, se.c
	a, b := c.unitSector[c.people[out].unit], c.unitSector[c.people[in].unit]
	if a == b {
		return 0
	}
	for _, k := range se.pairs {
		n := int(st.at[k.need]) * c.nSectors
		if int(st.count[n+int(a)]) <= c.price.MixMin {
			cost += int64(c.price.Mix)
		}
		if int(st.count[n+int(b)]) < c.price.MixMin {
			cost -= int64(c.price.Mix)
		}
	}
	return cost
}

// leavePrice is what the group of need a costs more without it.
func (se *search) leavePrice(a int32) (cost int64) {
	st, c := se.st, se.c
	nd := &c.needs[a]
	if int32(len(st.members[st.at[a]])) <= c.courses[nd.course].seatsMin {
		cost += se.prices.seat
	}
	if int(st.count[int(st.at[a])*c.nSectors+int(nd.sector)]) <= c.price.MixMin {
		cost += int64(c.price.Mix)
	}
	return cost
}

// hasRoom: every booking finds a free seat.
func (st *state) hasRoom(pairs []booking) bool {
	for _, b := range pairs {
		sm := &st.sems[b.seminar]
		if int32(len(st.members[b.seminar])) >= st.c.seats(sm.course, sm.venue) {
			return false
		}
	}
	return true
}

// seminarOf is where a series teaches a course, or none.
func (st *state) seminarOf(series, course int32) int32 {
	for _, s := range st.series[series] {
		if st.sems[s].course == course {
			return s
		}
	}
	return none
}

// makeChain books all of the chain's people.
func (se *search) makeChain() bool {
	se.pairs = se.pairs[:0]
	for _, x := range se.chain {
		if !se.alongside(x.person, x.from, x.to) {
			return false
		}
	}
	return se.rebook()
}
