package scheduler

import (
	"cmp"
	"slices"

	"kaskad/model"
)

// Elsewhere says how a place for a seminar differs from its present one.
type Elsewhere int

// The three ways a seminar can be moved with all its people.
const (
	OtherVenue        Elsewhere = iota // same time
	OtherSlot                          // same venue
	OtherSlotAndVenue                  // both differ
)

// PlaceOffers lists where else a seminar could be held with all its people, by
// how that differs from now, the cheapest first and at most most of each. Its
// leaders come along if they can; another one is found if not.
func (k *Sketch) PlaceOffers(seminar string, most int) (offers [3][]Offer) {
	s, ok := k.of[seminar]
	if !ok || k.st.sems[s].pinned {
		return offers
	}
	e := &excursion{Sketch: k, s: s, plan: k.plan[seminar], home: k.st.sems[s], most: most}
	e.venues = e.venuesInReach()
	for _, t := range k.c.courses[e.home.course].slots {
		if e.peopleCan(t) {
			e.visit(t)
		}
	}
	for how := range offers {
		offers[how] = e.best(Elsewhere(how))
	}
	return offers
}

// excursion takes one seminar to every place it could be held at and back.
type excursion struct {
	*Sketch
	s      int32
	plan   *model.Seminar
	home   seminar // where it is now
	venues []int32 // that hold everybody and are within everybody's reach, the least travel first
	most   int
	found  [3][]spot
}

// spot is one place; leader is who leads there instead, none when nobody is changed.
type spot struct {
	t, v, leader int32
	cost         int64
}

// strangersTried is how many venues are tried where another leader is needed.
const strangersTried = 8

func (e *excursion) venuesInReach() []int32 {
	st, c := e.st, e.c
	var list []int32
	travel := make([]int64, c.nVenues)
	for v := int32(0); int(v) < c.nVenues; v++ {
		fits := c.canHost(e.home.course, v) && len(st.members[e.s]) <= int(c.seats(e.home.course, v))
		for _, a := range st.members[e.s] {
			d := c.away(c.needs[a].unit, v)
			travel[v] += int64(d)
			fits = fits && d <= c.people[c.needs[a].person].maxTravel
		}
		if fits {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(travel[a], travel[b]) })
	return list
}

// peopleCan: everybody who attends could in slot t, the place apart.
func (e *excursion) peopleCan(t int32) bool {
	st, c := e.st, e.c
	if t == e.home.slot {
		return true
	}
	for _, a := range st.members[e.s] {
		pe := &c.people[c.needs[a].person]
		if !c.attendOK.has(pe.class, t) || !st.isFree(c.needs[a].person, t, e.home.slot) ||
			!st.unitSpares(pe.unit, t, e.home.slot, 0) || !st.inOrder(a, pe, t) || !st.leadsLater(a, pe, t) {
			return false
		}
	}
	return st.unitsSpare(e.s, t)
}

// visit holds the seminar in slot t at one venue after another, notes what each
// would cost, and takes it home.
func (e *excursion) visit(t int32) {
	st, c := e.st, e.c
	var stay []int32
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(e.s, j); l >= 0 {
			stay = append(stay, l)
		}
	}
	before := st.total
	st.begin()
	changed := none
	for j := int32(0); j < c.maxLeaders; j++ {
		// A venue the leader need not hop to: hops are asked venue by venue.
		if l := st.leaderOf(e.s, j); l >= 0 && !e.leaderCan(l, t) {
			st.setLeader(e.s, j, none)
			changed = j
		}
	}
	if t != e.home.slot {
		st.setSlot(e.s, t)
	}
	tried := 0
	for _, v := range e.venues {
		if t == e.home.slot && v == e.home.venue || !st.roomFor(e.home.course, t, v, e.s) {
			continue
		}
		if changed >= 0 {
			if tried++; tried > strangersTried || len(stay) > 1 {
				break
			}
		}
		e.note(t, v, changed, before)
	}
	st.rollback()
}

// leaderCan: the leader could lead in slot t, wherever that is.
func (e *excursion) leaderCan(l, t int32) bool {
	b := e.leadBlock(l, e.home.course, t, e.home.venue, e.s)
	return b == nil || b.Fact == TooFarToHop
}

// note prices the seminar at venue v, with another leader in place changed if
// there is one to be had.
func (e *excursion) note(t, v, changed int32, before int64) {
	st, c := e.st, e.c
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(e.s, j); l >= 0 && !st.dayAllows(l, t, v, e.s, t) {
			return
		}
	}
	if st.sems[e.s].venue != v {
		st.setVenue(e.s, v)
	}
	x := spot{t: t, v: v, leader: none}
	if changed >= 0 {
		if x.leader = st.bestLeader(e.s); x.leader < 0 {
			return
		}
		st.setLeader(e.s, changed, x.leader)
	}
	x.cost = st.total - before
	if changed >= 0 {
		st.setLeader(e.s, changed, none)
	}
	how := OtherSlotAndVenue
	if t == e.home.slot {
		how = OtherVenue
	} else if v == e.home.venue {
		how = OtherSlot
	}
	e.found[how] = append(e.found[how], x)
}

// best are the cheapest spots of one kind, as offers that the rules allow.
func (e *excursion) best(how Elsewhere) []Offer {
	list := e.found[how]
	slices.SortStableFunc(list, func(a, b spot) int { return cmp.Compare(a.cost, b.cost) })
	var offers []Offer
	for _, x := range list {
		now := *e.plan
		now.Slot, now.Venue = e.slotID(x.t), e.venueID(x.v)
		if x.leader >= 0 {
			now.Leaders = []string{e.personOf(x.leader)}
		}
		offers = append(offers, Offer{Set: []model.Seminar{now}})
		if len(offers) == e.most {
			break
		}
	}
	return offers
}
