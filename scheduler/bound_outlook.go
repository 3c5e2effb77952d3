package scheduler

import "slices"

// outlook is what holds in every valid plan: which needs can be met at all,
// and how early.
type outlook struct {
	hopeless []bool     // by need: no valid plan meets it
	earliest []int32    // by need: first slot it could be met in, or none
	leadable [][]uint64 // by course: slots in which enough leaders might be ready
	ready    [][]int32  // by course and leader: first slot the leader might lead it in, or none
}

// look works the cascade through once with every limit on numbers left out: a
// need is met at the first slot in which the person is there, a venue within
// reach is open and enough leaders could have learnt and prepared by then.
func (c *compiled) look() *outlook {
	o := &outlook{hopeless: make([]bool, len(c.needs)), earliest: make([]int32, len(c.needs)), leadable: make([][]uint64, len(c.courses)),
		ready: make([][]int32, len(c.courses))}
	for a := range o.earliest {
		o.earliest[a] = none
	}
	for ti := range c.tiers {
		for _, co := range c.tiers[ti].courses {
			o.leadable[co] = c.leadableSlots(o, co, int32(ti))
		}
		o.trace(c, int32(ti))
	}
	return o
}

// leadableSlots marks the slots in which enough leaders of the course might be
// ready. Leaders learning in this tier or a later one are taken to be ready.
func (c *compiled) leadableSlots(o *outlook, co, ti int32) []uint64 {
	count := make([]int32, c.slots.len())
	m := c.courses[co].module
	o.ready[co] = make([]int32, len(c.leaders))
	for l := range c.leaders {
		ld := &c.leaders[l]
		o.ready[co][l] = none
		if !ld.teaches[co] || ld.maxTotal < 1 || ld.maxWeek < 1 || ld.maxDay < 1 {
			continue
		}
		a, learnt := ld.need[m], ld.need[m] >= 0
		if learnt && c.people[ld.person].tier < ti {
			if o.hopeless[a] {
				continue
			}
			learnt = false
		}
		for t := int32(0); int(t) < len(count); t++ {
			if c.leadOK.has(int32(l), t) && (learnt || c.mightHaveLearnt(o, ld, m, t)) {
				count[t]++
				if o.ready[co][l] < 0 {
					o.ready[co][l] = t
				}
			}
		}
	}
	row := make([]uint64, (len(count)+63)/64)
	for t, n := range count {
		if n >= c.courses[co].leaders && hasBit(c.courses[co].slotOK, int32(t)) {
			setBit(row, int32(t))
		}
	}
	return row
}

// mightHaveLearnt: leader ld may have attended module m, now or before the plan,
// and prepared, before slot t. Once is enough (H5).
func (c *compiled) mightHaveLearnt(o *outlook, ld *leader, m, t int32) bool {
	a := ld.need[m]
	if a < 0 {
		return ld.readyAt[m] == undone || c.doneInTime(ld, m, t)
	}
	x := o.earliest[a]
	return t > x && c.slots.start[t] > c.slots.start[x] && c.slots.date[t]-c.slots.date[x] >= ld.prep || c.doneInTime(ld, m, t)
}

// trace finds for everybody in the tier the earliest way through the needs.
func (o *outlook) trace(c *compiled, ti int32) {
	reach := newReachTable(c)
	for p := range c.people {
		if c.people[p].tier == ti {
			o.tracePerson(c, reach, &c.people[p])
		}
	}
}

func (o *outlook) tracePerson(c *compiled, reach *reachTable, pe *person) {
	strict, blocked, last := c.tiers[pe.tier].strict, false, none
	for a := pe.needFrom; a < pe.needTo; a++ {
		co := c.needs[a].course
		place := reach.slots(pe, co)
		first := none
		for t := last + 1; int(t) < c.slots.len() && !blocked; t++ {
			if hasBit(place, t) && hasBit(o.leadable[co], t) && c.attendOK.has(pe.class, t) &&
				(last < 0 || c.slots.date[t]-c.slots.date[last] >= c.tiers[pe.tier].gap) {
				first = t
				break
			}
		}
		if o.earliest[a] = first; first < 0 {
			o.hopeless[a] = true
			blocked = strict
			continue
		}
		// In a free order each module might come first.
		if strict {
			last = first
		}
	}
}

// reachTable remembers in which slots a venue that can hold a course is open
// within the reach of a unit and travel limit.
type reachTable struct {
	c   *compiled
	of  map[[3]int32][]uint64
	all map[int32][]uint64 // by course: of all venues that can hold it
}

func newReachTable(c *compiled) *reachTable {
	return &reachTable{c: c, of: map[[3]int32][]uint64{}, all: map[int32][]uint64{}}
}

// slots is shared by all who may come when any venue is open: they are most.
func (r *reachTable) slots(pe *person, co int32) []uint64 {
	key := [3]int32{pe.unit, pe.maxTravel, co}
	if row, ok := r.of[key]; ok {
		return row
	}
	c := r.c
	all, row := r.everywhere(co), make([]uint64, c.venueOpen.words)
	near := c.nearest(pe.unit)
	for i := 0; i < len(near) && c.away(pe.unit, near[i]) <= pe.maxTravel; i++ {
		if r.add(row, co, near[i]); slices.Equal(row, all) {
			r.of[key] = all
			return all
		}
	}
	if len(near) < c.nVenues {
		for v := int32(0); int(v) < c.nVenues; v++ {
			if c.away(pe.unit, v) <= pe.maxTravel {
				r.add(row, co, v)
			}
		}
	}
	r.of[key] = row
	return row
}

func (r *reachTable) add(row []uint64, co, v int32) {
	if r.c.canHost(co, v) {
		for w, b := range r.c.venueOpen.row(v) {
			row[w] |= b
		}
	}
}

func (r *reachTable) everywhere(co int32) []uint64 {
	row, ok := r.all[co]
	if !ok {
		row = make([]uint64, r.c.venueOpen.words)
		for v := range int32(r.c.nVenues) {
			r.add(row, co, v)
		}
		r.all[co] = row
	}
	return row
}

// companies splits the people whose need of the course is not hopeless into
// groups that can never share a seminar: by zone, or all together when some
// have no wave. Groups smaller than seats.min are hopeless after all.
func (c *compiled) companies(o *outlook, co int32) [][]int32 {
	groups := make([][]int32, c.slots.zones)
	mixed := false
	for a := range c.needs {
		if c.needs[a].course == co && !o.hopeless[a] {
			p := c.needs[a].person
			z := c.people[p].zone
			groups[z] = append(groups[z], p)
			mixed = mixed || z == 0
		}
	}
	if mixed {
		groups = [][]int32{slices.Concat(groups...)}
	}
	var out [][]int32
	for _, g := range groups {
		if int32(len(g)) >= c.courses[co].seatsMin {
			out = append(out, g)
			continue
		}
		for _, p := range g {
			o.giveUp(c, c.needOfPerson(p, co))
		}
	}
	return out
}

// giveUp marks need a hopeless, and in a strict order those after it.
func (o *outlook) giveUp(c *compiled, a int32) {
	o.hopeless[a] = true
	pe := &c.people[c.needs[a].person]
	if c.tiers[pe.tier].strict {
		for b := a + 1; b < pe.needTo; b++ {
			o.hopeless[b] = true
		}
	}
}

func (o *outlook) lost() (n int) {
	for _, h := range o.hopeless {
		if h {
			n++
		}
	}
	return n
}
