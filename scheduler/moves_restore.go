package scheduler

import (
	"slices"

	"kaskad/model"
)

// toldSeminar is a seminar that people have been told of and that may change.
type toldSeminar struct {
	course, slot, venue int32
	leaders, needs      []int32
}

// addTold lists a published seminar, as far as the problem still has its parts.
func (c *compiled) addTold(s *model.Seminar, n *names) {
	co, t, v, ok := c.locate(s, n)
	if !ok || !hasBit(c.courses[co].slotOK, t) || !c.venueOpen.has(v, t) || !c.canHost(co, v) {
		return
	}
	x := toldSeminar{course: co, slot: t, venue: v}
	for _, id := range s.Leaders {
		if l := c.leaderNamed(n, id); l >= 0 {
			x.leaders = append(x.leaders, l)
		}
	}
	for _, id := range s.Attendees {
		if a := c.needNamed(n, id, co); a >= 0 {
			x.needs = append(x.needs, a)
		}
	}
	if len(x.needs) > 0 {
		c.told = append(c.told, x)
	}
}

// restoreMove brings back a published seminar that has been given up, or people
// who have left it: at its time and place, under its leaders, with most of
// those who were told of it. What stands against it gives way, and whoever is
// set free is seated again. Now and then a second one comes back with it, since
// people who return to one meeting often have to return to the next as well.
func (se *search) restoreMove() bool {
	c := se.c
	if len(c.told) == 0 {
		return false
	}
	k := se.r.below(len(c.told))
	coin := se.r.next()
	se.begin()
	if !se.restore(&c.told[k], coin&1 != 0) {
		return se.decide(false)
	}
	if coin&2 != 0 && len(c.told) > 1 {
		if j := se.r.below(len(c.told)); j != k && !se.restore(&c.told[j], coin&1 != 0) {
			return se.decide(false)
		}
	}
	if !se.staffOpen() {
		return se.decide(false)
	}
	se.recreate()
	return se.decide(true)
}

// restore holds a published seminar again, if it is not held, and calls its
// people back, each with a chance of seven in eight. Who comes back to it stops
// leading the module too early; with resign, leads it no more at all.
func (se *search) restore(g *toldSeminar, resign bool) bool {
	st, c := se.st, se.c
	if g.slot < c.firstAllowed {
		return false
	}
	x := st.heldAt(g.course, g.slot, g.venue)
	if x < 0 {
		if !se.makeRoom(g.venue, g.slot) {
			return false
		}
		x = st.hold(g.course, g.slot, g.venue, st.newSeries())
	}
	for j, l := range g.leaders[:min(len(g.leaders), int(c.courses[g.course].leaders))] {
		if st.leaderOf(x, int32(j)) < 0 && !st.isLed(l, x) {
			if !se.excuse(c.leaders[l].person, g.slot) {
				return false
			}
			if st.sems[x].live && st.canLead(l, g.course, g.slot, g.venue, none) {
				st.setLeader(x, int32(j), l)
			}
		}
	}
	for _, a := range g.needs {
		if !st.sems[x].live {
			return false
		}
		if st.at[a] == x || se.r.next()&7 == 0 {
			continue
		}
		if !se.callBack(a, g.slot, resign) {
			return false
		}
		if st.sems[x].live && st.canJoin(a, x) {
			st.attach(a, x)
		}
	}
	return true
}

// heldAt is an open seminar of a course in a slot at a venue, or none.
func (st *state) heldAt(co, t, v int32) int32 {
	for _, s := range st.cells[(int(co)*st.c.nVenues+int(v))*st.c.slots.zones+int(st.c.slots.zone[t])] {
		if st.sems[s].slot == t {
			return s
		}
	}
	return none
}

// makeRoom gives up seminars until venue v has a room in slot t.
func (se *search) makeRoom(v, t int32) bool {
	st := se.st
	for !st.roomFree(t, v, none) {
		i := slices.IndexFunc(st.open, func(s int32) bool {
			return st.sems[s].venue == v && se.c.overlap(st.sems[s].slot, t)
		})
		if i < 0 || !se.raze(st.open[i], 0) {
			return false
		}
	}
	return true
}

// overlap: two slots share an instant.
func (c *compiled) overlap(t, u int32) bool {
	return c.slots.segFrom[t] < c.slots.segTo[u] && c.slots.segFrom[u] < c.slots.segTo[t]
}

// excuse takes person p out of what is attended and led in slot t.
func (se *search) excuse(p, t int32) bool {
	st, c := se.st, se.c
	pe := &c.people[p]
	for a := pe.needFrom; a < pe.needTo; a++ {
		if w := st.when[a]; w >= 0 && c.overlap(w, t) && !se.leave(a) {
			return false
		}
	}
	return pe.leader < 0 || se.relieve(pe.leader, func(s int32) bool { return c.overlap(st.sems[s].slot, t) })
}

// callBack frees need a, and its person in slot t: from other modules that would
// come too near or in the wrong order, and from what is led before it is learnt.
func (se *search) callBack(a, t int32, resign bool) bool {
	st, c := se.st, se.c
	p := c.needs[a].person
	pe := &c.people[p]
	if !c.attendOK.has(pe.class, t) {
		return true
	}
	if st.at[a] >= 0 && !se.leave(a) || !se.excuse(p, t) {
		return false
	}
	for b := pe.needFrom; b < pe.needTo; b++ {
		if b != a && st.at[b] >= 0 && !c.mayFollow(pe, a, b, t, st.when[b]) && !se.leave(b) {
			return false
		}
	}
	if pe.leader < 0 {
		return true
	}
	module, prep := c.courses[c.needs[a].course].module, c.leaders[pe.leader].prep
	return se.relieve(pe.leader, func(s int32) bool {
		w := st.sems[s].slot
		return c.courses[st.sems[s].course].module == module && (resign || c.slots.date[w]-c.slots.date[t] < prep || w <= t)
	})
}

// mayFollow: needs a and b of a person may be met in slots t and u (H4).
func (c *compiled) mayFollow(pe *person, a, b, t, u int32) bool {
	tr := &c.tiers[pe.tier]
	if d := c.slots.date[t] - c.slots.date[u]; d < tr.gap && -d < tr.gap {
		return false
	}
	return !tr.strict || (b < a) == (c.slots.start[u] < c.slots.start[t])
}

// leave takes need a out of its seminar, unless that is pinned.
func (se *search) leave(a int32) bool {
	st := se.st
	if st.sems[st.at[a]].pinned {
		return false
	}
	st.detach(a)
	return true
}

// relieve takes leader l off the seminars chosen; false if one is pinned.
func (se *search) relieve(l int32, chosen func(s int32) bool) bool {
	st := se.st
	for i := len(st.led[l]) - 1; i >= 0; i-- {
		s := st.led[l][i]
		if !chosen(s) {
			continue
		}
		if st.sems[s].pinned {
			return false
		}
		for j := int32(0); j < st.c.maxLeaders; j++ {
			if st.leaderOf(s, j) == l {
				st.setLeader(s, j, none)
			}
		}
		i = min(i, len(st.led[l]))
	}
	return true
}

// staffOpen fills the leader places that have fallen free, and closes what
// nobody can lead or nobody attends any more.
func (se *search) staffOpen() bool {
	st := se.st
	for i := len(st.open) - 1; i >= 0; i-- {
		if i >= len(st.open) {
			continue
		}
		s := st.open[i]
		if !st.sems[s].pinned && (len(st.members[s]) == 0 || !st.staff(s)) && !se.raze(s, 0) {
			return false
		}
	}
	return true
}
