package scheduler

import (
	"cmp"
	"slices"
)

// companyTried is how many venues near a person are tried for the rest of the way.
const companyTried = 12

// rescueRest holds all that is left of a person's way anew, from need a on, with
// company: people nearby who go the same rest of the way elsewhere, in seminars that
// can spare them. Who is away until late finds no seat where the others, one module
// a week, are long through; and nobody who is has room between two modules for a
// third, so that only a whole rest of a way can be moved. Where that finds nothing,
// as when what comes before is too late already, more and more of the way is held anew.
func (st *state) rescueRest(a int32) bool {
	pe := &st.c.people[st.c.needs[a].person]
	near := st.c.nearest(st.c.needs[a].unit)
	for from := a; from >= pe.needFrom; from-- {
		if s := st.at[from]; s >= 0 && st.sems[s].pinned {
			return false
		}
		for _, v := range near[:min(len(near), companyTried)] {
			if st.holdRest(from, v) {
				return true
			}
		}
		if !st.c.tiers[pe.tier].strict {
			return false
		}
	}
	return false
}

// holdRest holds what person p needs from need a on at venue v. It leaves everything as it was if it fails.
func (st *state) holdRest(a, v int32) bool {
	c := st.c
	p := c.needs[a].person
	pe := &c.people[p]
	for b := a; b < pe.needTo; b++ {
		if s := st.at[b]; s >= 0 && st.sems[s].pinned || !c.canHost(c.needs[b].course, v) {
			return false
		}
	}
	company := st.company(a, v)
	if int32(len(company)) < c.courses[c.needs[a].course].seatsMin-1 {
		return false
	}
	before := st.standing()
	st.begin()
	for b := pe.needTo - 1; b >= a; b-- {
		if st.at[b] >= 0 {
			st.detach(b)
		}
	}
	old := st.setFree(a, company)
	series := st.newSeries()
	for b := a; b < pe.needTo; b++ {
		s := st.holdWith(b, v, series, company)
		if s < 0 {
			st.rollback()
			return false
		}
		company = slices.DeleteFunc(company, func(q int32) bool {
			x := c.needOfPerson(q, c.needs[b].course)
			if st.isNext(x) && st.canJoin(x, s) {
				st.attach(x, s)
				return false
			}
			st.comeBack(old, q)
			return true
		})
	}
	if now := st.standing(); now.unmet < before.unmet && now.short <= before.short && st.breaksNoMore(before) {
		st.commit()
		return true
	}
	st.rollback()
	return false
}

// company lists people near venue v who attend all that need a and what follows it
// needs, each in a seminar that can spare them.
func (st *state) company(a, v int32) (out []int32) {
	c := st.c
	p := c.needs[a].person
	pe := &c.people[p]
	leaving := map[int32]int32{}
	for _, u := range c.nearUnits[v] {
		for _, q := range c.unitPeople[u] {
			if len(out) >= rescueGuests {
				return out
			}
			if qe := &c.people[q]; q == p || qe.tier != pe.tier || qe.zone != pe.zone || c.away(u, v) > qe.maxTravel {
				continue
			}
			spared := true
			for b := a; b < pe.needTo && spared; b++ {
				x := c.needOfPerson(q, c.needs[b].course)
				spared = x >= 0 && st.at[x] >= 0 && st.mayLeave(st.at[x]) &&
					int32(len(st.members[st.at[x]]))-leaving[st.at[x]] > c.courses[c.needs[b].course].seatsMin
			}
			if !spared {
				continue
			}
			for b := a; b < pe.needTo; b++ {
				leaving[st.at[c.needOfPerson(q, c.needs[b].course)]]++
			}
			out = append(out, q)
		}
	}
	return out
}

// setFree takes the company out of all that need a and what follows it needs, last
// first, and returns where they were.
func (st *state) setFree(a int32, company []int32) (old []booking) {
	c := st.c
	for _, q := range company {
		for b := c.people[c.needs[a].person].needTo - 1; b >= a; b-- {
			x := c.needOfPerson(q, c.needs[b].course)
			old = append(old, booking{x, st.at[x]})
			st.detach(x)
		}
	}
	return old
}

// comeBack takes person q, who cannot come all the way, out of the new seminars and
// back to the old ones.
func (st *state) comeBack(old []booking, q int32) {
	for _, b := range old {
		if st.c.needs[b.need].person == q && st.at[b.need] >= 0 {
			st.detach(b.need)
		}
	}
	for i := len(old) - 1; i >= 0; i-- {
		if b := old[i]; st.c.needs[b.need].person == q && st.isNext(b.need) && st.canJoin(b.need, b.seminar) {
			st.attach(b.need, b.seminar)
		}
	}
}

// holdWith holds a seminar for need b at venue v, with its person in it, in the slot
// in which most of the company can come, the earliest of equals; none if fewer than
// enough can in any slot that has leaders.
func (st *state) holdWith(b, v, series int32, company []int32) int32 {
	c := st.c
	course := c.needs[b].course
	type choice struct{ slot, come int32 }
	var choices []choice
	for _, t := range c.courses[course].slots {
		if !c.leavesTime(b, t) || !st.roomFor(course, t, v, none) || !st.canAttend(b, t, v) {
			continue
		}
		come := int32(1)
		for _, q := range company {
			if st.canAttend(c.needOfPerson(q, course), t, v) {
				come++
			}
		}
		if come >= c.courses[course].seatsMin {
			choices = append(choices, choice{t, min(come, c.seats(course, v))})
		}
	}
	slices.SortStableFunc(choices, func(x, y choice) int { return cmp.Compare(y.come, x.come) })
	for _, x := range choices[:min(len(choices), rescueTries)] {
		s := st.hold(course, x.slot, v, series)
		if st.staff(s) && st.canJoin(b, s) {
			st.attach(b, s)
			return s
		}
		st.disband(s)
	}
	return none
}
