package scheduler

import (
	"slices"
	"strconv"

	"kaskad/model"
)

// Meet looks for a way to meet a need that is unmet, without leaving another
// one unmet: a free seat, another way for the person through the seminars there
// are, or a further seminar filled with others who wait or can be spared. The
// needs that must come before it are met first. False when it finds none; the
// search is quick, not complete.
func (k *Sketch) Meet(person, module string) (Offer, bool) {
	a := k.need(person, module)
	if a < 0 || k.st.at[a] >= 0 {
		return Offer{}, false
	}
	st := k.st.clone()
	before := st.standing()
	pe := &k.c.people[k.c.needs[a].person]
	for b := pe.needFrom; b <= a; b++ {
		if st.at[b] >= 0 || b < a && !k.c.tiers[pe.tier].strict {
			continue
		}
		if !st.isNext(b) || !st.meetOne(b) {
			return Offer{}, false
		}
	}
	now := st.standing()
	if now.unmet >= before.unmet || now.short > before.short || !st.breaksNoMore(before) {
		return Offer{}, false
	}
	return k.difference(st), true
}

// meetVenues is how many of the nearest venues a further seminar is tried at.
const meetVenues = 6

func (st *state) meetOne(a int32) bool {
	var ro router
	if st.resettle(&ro, a); st.at[a] >= 0 {
		return true
	}
	c := st.c
	nd := &c.needs[a]
	tried := 0
	for _, v := range c.nearest(nd.unit) {
		if !c.canHost(nd.course, v) || c.away(nd.unit, v) > c.people[nd.person].maxTravel {
			continue
		}
		if tried++; tried > meetVenues {
			break
		}
		if st.openWith(a, v) {
			return true
		}
	}
	return len(st.unmet) <= rescueNeeds && st.rescueNeed(a)
}

// openWith opens a seminar at venue v that meets need a and as many of the
// others who wait nearby as it can.
func (st *state) openWith(a, v int32) bool {
	c := st.c
	nd := &c.needs[a]
	waiting := st.waitingFor(nd.course)
	away := func(b int32) int32 { return c.away(c.needs[b].unit, v) }
	slices.SortStableFunc(waiting, func(x, y int32) int { return int(away(x) - away(y)) })
	waiting = slices.DeleteFunc(waiting, func(b int32) bool { return b == a })
	waiting = append([]int32{a}, waiting[:min(len(waiting), neighbourhood)]...)
	best, when := int(c.courses[nd.course].seatsMin)-1, none
	for _, t := range c.courses[nd.course].slots {
		if !st.canAttend(a, t, v) || !st.roomFor(nd.course, t, v, none) {
			continue
		}
		n := 0
		for _, b := range waiting {
			if st.canAttend(b, t, v) {
				n++
			}
		}
		if n > best && st.someoneLeads(nd.course, t, v) {
			best, when = n, t
		}
	}
	return when >= 0 && st.tryOpen(nd.course, when, v, waiting) && st.at[a] >= 0
}

// someoneLeads: enough leaders could lead the course in slot t at venue v.
func (st *state) someoneLeads(co, t, v int32) bool {
	n := int32(0)
	for l := int32(0); int(l) < len(st.c.leaders) && n < st.c.courses[co].leaders; l++ {
		if st.canLead(l, co, t, v, none) {
			n++
		}
	}
	return n >= st.c.courses[co].leaders
}

// difference is what another state of the same plan has otherwise.
func (k *Sketch) difference(st *state) Offer {
	var o Offer
	open := map[int32]bool{}
	fresh := 0
	for _, s := range slices.Sorted(slices.Values(st.open)) {
		known := int(s) < len(k.ids) && k.ids[s] != "" && k.st.sems[s].live && k.st.sems[s].course == st.sems[s].course
		if !known {
			fresh++
			o.Set = append(o.Set, k.written(st, s, k.freshID(fresh)))
			continue
		}
		open[s] = true
		if now, changed := k.rewritten(st, s); changed {
			o.Set = append(o.Set, now)
		}
	}
	for s, id := range k.ids {
		if id != "" && !open[int32(s)] {
			o.Drop = append(o.Drop, id)
		}
	}
	return o
}

// freshID is the id of the nth seminar that the plan does not have yet.
func (k *Sketch) freshID(n int) string {
	for {
		if id := "new-" + strconv.Itoa(n); k.plan[id] == nil {
			return id
		}
		n += len(k.ids) + 1
	}
}

// written is a seminar of a state as the format has it, leaders in their places.
func (k *Sketch) written(st *state, s int32, id string) model.Seminar {
	c := k.c
	sm := &st.sems[s]
	co := &c.courses[sm.course]
	out := model.Seminar{ID: id, Tier: c.problem.Tiers[co.tier].ID, Module: c.problem.Modules[co.module].ID,
		Slot: k.slotID(sm.slot), Venue: k.venueID(sm.venue), Leaders: []string{}, Attendees: []string{}}
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			out.Leaders = append(out.Leaders, k.personOf(l))
		}
	}
	for _, a := range st.members[s] {
		out.Attendees = append(out.Attendees, c.problem.People[c.needs[a].person].ID)
	}
	return out
}

// rewritten is a seminar of the plan as a state has it; what could not be laid
// out of it stays.
func (k *Sketch) rewritten(st *state, s int32) (model.Seminar, bool) {
	was, is := k.written(k.st, s, k.ids[s]), k.written(st, s, k.ids[s])
	now := *k.plan[k.ids[s]]
	changed := was.Slot != is.Slot || was.Venue != is.Venue || !slices.Equal(was.Leaders, is.Leaders)
	if changed {
		now.Slot, now.Venue, now.Leaders = is.Slot, is.Venue, is.Leaders
	}
	stay := slices.DeleteFunc(slices.Clone(now.Attendees), func(p string) bool {
		return slices.Contains(was.Attendees, p) && !slices.Contains(is.Attendees, p)
	})
	changed = changed || len(stay) != len(now.Attendees)
	for _, p := range is.Attendees {
		if !slices.Contains(was.Attendees, p) {
			stay, changed = append(stay, p), true
		}
	}
	now.Attendees = stay
	return now, changed
}
