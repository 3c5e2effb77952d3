package scheduler

import "slices"

// construct fills the state tier by tier, upstream first, because who leads a
// tier must have learnt in the one above. Per tier and zone: people to venues
// (catchment.go), then at each venue one series after the other, each with the
// leader and the slots that suit most of those still waiting. What is left
// over goes in one by one (insert.go).
func (st *state) construct(stop func() bool) {
	for ti := range st.c.tiers {
		for z := 0; z < st.c.slots.zones; z++ {
			people := st.untouched(int32(ti), int32(z))
			for round := 0; round < rounds && len(people) > 0 && !stop(); round++ {
				for _, k := range st.catchments(int32(ti), people, stop) {
					st.serve(k, stop)
				}
				left := st.untouched(int32(ti), int32(z))
				if len(left) == len(people) {
					break
				}
				people = left
			}
		}
		st.seatAll(int32(ti), stop)
	}
	st.insertAll(stop)
}

// rounds is how often those whom no series suited are cut into new catchments
// before they are seated one by one.
const rounds = 2

// serve holds series for a catchment: as many as planned, and more as long as
// enough people are left to fill a good part of one.
func (st *state) serve(k catchment, stop func() bool) {
	enough := max(int(st.c.courses[st.c.tiers[k.tier].courses[0]].seatsMin), int(st.c.seatsAt(k.tier, k.venue))*2/5)
	for i := 0; i < 2*k.series && !stop() && (i < k.series || len(k.people) >= enough); i++ {
		st.holdSeries(k, st.leadersNear(k), everySlot)
		left := slices.DeleteFunc(slices.Clone(k.people), func(p int32) bool { return !st.isUntouched(p) })
		if len(left) == len(k.people) {
			return
		}
		k.people = left
	}
}

// untouched lists the people of a tier and zone with needs and nothing booked.
func (st *state) untouched(ti, zone int32) (out []int32) {
	for p := range st.c.people {
		pe := &st.c.people[p]
		if pe.tier == ti && pe.zone == zone && pe.needFrom < pe.needTo && st.isUntouched(int32(p)) {
			out = append(out, int32(p))
		}
	}
	return out
}

func (st *state) isUntouched(p int32) bool {
	for a := st.c.people[p].needFrom; a < st.c.people[p].needTo; a++ {
		if st.at[a] >= 0 {
			return false
		}
	}
	return true
}

// book holds the series' seminars and attaches first those who can come to all
// of them, then those who can come to the next they need.
func (st *state) book(k catchment, plan *series) {
	c := st.c
	id := st.newSeries()
	var held []int32
	for i, t := range plan.slots {
		co := c.tiers[k.tier].courses[i]
		if t < 0 || !st.canLead(plan.leader, co, t, k.venue, none) || !st.roomFor(co, t, k.venue, none) {
			continue
		}
		s := st.hold(co, t, k.venue, id)
		st.setLeader(s, 0, plan.leader)
		if !st.staff(s) {
			st.disband(s)
			continue
		}
		held = append(held, s)
	}
	order, partly := k.people, k.people
	if k.order != nil {
		order, partly = k.order, k.order[:k.homeless]
	}
	for _, p := range order {
		if st.fitsAll(p, held) {
			st.join(p, held)
		}
	}
	for _, p := range partly {
		st.join(p, held)
	}
	for _, s := range held {
		if !st.complete(s) {
			st.giveBack(s)
		}
	}
}

// fitsAll: person p can go to every one of the seminars needed.
func (st *state) fitsAll(p int32, held []int32) bool {
	for _, s := range held {
		if a := st.c.needOfPerson(p, st.sems[s].course); a >= 0 && !st.canJoin(a, s) {
			return false
		}
	}
	return true
}

func (st *state) join(p int32, held []int32) {
	for _, s := range held {
		if a := st.c.needOfPerson(p, st.sems[s].course); a >= 0 && st.at[a] < 0 && st.isNext(a) && st.canJoin(a, s) {
			st.attach(a, s)
		}
	}
}

// giveBack disbands s and whatever its people attend that needs it first.
func (st *state) giveBack(s int32) {
	for len(st.members[s]) > 0 {
		a := st.members[s][len(st.members[s])-1]
		pe := &st.c.people[st.c.needs[a].person]
		if st.c.tiers[pe.tier].strict {
			for b := a + 1; b < pe.needTo; b++ {
				if st.at[b] >= 0 && !st.sems[st.at[b]].pinned {
					st.detach(b)
				}
			}
		}
		st.detach(a)
	}
	st.disband(s)
}

// complete: seminar s has its leaders and at least seats.min attendees.
func (st *state) complete(s int32) bool {
	co := &st.c.courses[st.sems[s].course]
	for j := int32(0); j < co.leaders; j++ {
		if st.leaderOf(s, j) < 0 {
			return false
		}
	}
	return int32(len(st.members[s])) >= co.seatsMin
}
