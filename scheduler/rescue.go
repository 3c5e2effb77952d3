package scheduler

import (
	"cmp"
	"slices"
)

// What a rescue looks at: places, people per place and places tried. Rescues
// are for the last few people, whose rotas or distances leave little choice.
const (
	rescueVenues = 30
	rescueGuests = 60
	rescueTries  = 12
	rescueNeeds  = 400 // with more unmet than that, or than one in a thousand, there is room for better ways
)

// rescue meets what is left by holding further seminars for single people: at a
// time and place they can come, filled up to seats.min with colleagues of other
// seminars for whom it is the least detour.
func (st *state) rescue(stop func() bool) {
	var ro router
	for again := true; again && len(st.unmet) > 0 && len(st.unmet) <= max(rescueNeeds, len(st.at)/1000) && !stop(); {
		again = false
		for _, a := range slices.Clone(st.unmet) {
			if stop() {
				return
			}
			if st.at[a] >= 0 || !st.isNext(a) {
				continue
			}
			st.resettle(&ro, a)
			again = st.at[a] >= 0 || st.rescueNeed(a) || st.rescueRest(a) || again
		}
	}
}

// breaksNoMore: no more rules are broken, and no more people moved than may be
// (H13), than before.
func (st *state) breaksNoMore(before standing) bool {
	now := st.standing()
	return now.broken <= before.broken && now.excess <= before.excess
}

// haven is a time and place at which a seminar could be held for one need, and
// what it would cost to fill it.
type haven struct {
	t, v int32
	cost int64
}

func (st *state) rescueNeed(a int32) bool {
	c := st.c
	nd := &c.needs[a]
	co := &c.courses[nd.course]
	var havens []haven
	near := c.nearest(nd.unit)[:min(c.nVenues, rescueVenues)]
	for _, v := range near {
		if !c.canHost(nd.course, v) {
			continue
		}
		for _, t := range co.slots {
			if !st.canAttend(a, t, v) || !st.roomFor(nd.course, t, v, none) {
				continue
			}
			guests := st.guests(a, t, v)
			if int32(len(guests)) >= co.seatsMin-1 {
				x := haven{t, v, st.c.detour(nd.unit, near[0], v)}
				for _, g := range guests[:co.seatsMin-1] {
					x.cost += g.cost
				}
				havens = append(havens, x)
			}
		}
	}
	slices.SortStableFunc(havens, func(x, y haven) int { return cmp.Compare(x.cost, y.cost) })
	for _, x := range havens[:min(len(havens), rescueTries)] {
		if st.holdFor(a, x) {
			return true
		}
	}
	return false
}

// guest is a colleague's need that could be met at a haven instead, and the
// detour there.
type guest struct {
	need int32
	cost int64
}

// guests lists who might fill a seminar for need a, the least detour first.
func (st *state) guests(a, t, v int32) (out []guest) {
	c := st.c
	course := c.needs[a].course
	for _, u := range c.nearUnits[v] {
		for _, p := range c.unitPeople[u] {
			b := c.needOfPerson(p, course)
			if b < 0 || b == a || st.at[b] < 0 || !st.mayLeave(st.at[b]) || !st.canAttend(b, t, v) {
				continue
			}
			out = append(out, guest{b, c.detour(u, st.sems[st.at[b]].venue, v)})
		}
		if len(out) >= rescueGuests {
			break
		}
	}
	slices.SortStableFunc(out, func(x, y guest) int { return cmp.Compare(x.cost, y.cost) })
	return out
}

// mayLeave: seminar s can spare an attendee.
func (st *state) mayLeave(s int32) bool {
	return !st.sems[s].pinned && int32(len(st.members[s])) > st.c.courses[st.sems[s].course].seatsMin
}

// holdFor holds a seminar at a haven for need a and as many guests as it
// takes, or leaves everything as it was.
func (st *state) holdFor(a int32, x haven) bool {
	c := st.c
	before := st.standing()
	least := c.courses[c.needs[a].course].seatsMin
	st.begin()
	s := st.hold(c.needs[a].course, x.t, x.v, st.newSeries())
	if st.staff(s) && st.canJoin(a, s) {
		st.attach(a, s)
		for _, g := range st.guests(a, x.t, x.v) {
			if int32(len(st.members[s])) >= least {
				break
			}
			from := st.at[g.need]
			if from == s || !st.mayLeave(from) {
				continue
			}
			st.detach(g.need)
			if st.canJoin(g.need, s) {
				st.attach(g.need, s)
			} else {
				st.attach(g.need, from)
			}
		}
		if st.complete(s) && st.breaksNoMore(before) {
			st.commit()
			return true
		}
	}
	st.rollback()
	return false
}
