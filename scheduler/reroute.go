package scheduler

// router finds a person's cheapest way through the open seminars: one seminar
// for each need not yet met, by dynamic programming over the modules in order.
// Its slices are scratch, kept between calls.
type router struct {
	steps []step
	from  []int32 // first step of each need, and the end
	needs []int32
}

// step is one seminar that could meet one need, with the cheapest way to it.
type step struct {
	seminar, slot, lead int32
	cost                int64 // of this seminar alone
	best                int64 // of the way up to and including it
	prev                int32
}

// reroute books person p into the cheapest combination of seminars for the
// needs that are unmet, looking at no more than reach venues. Needs of a free
// order are taken in the order listed. It reports whether all are met; if not,
// nothing is booked.
func (st *state) reroute(ro *router, p int32, reach int) bool {
	pe := &st.c.people[p]
	ro.steps, ro.from, ro.needs = ro.steps[:0], ro.from[:0], ro.needs[:0]
	for a := pe.needFrom; a < pe.needTo; a++ {
		if st.at[a] >= 0 {
			continue
		}
		ro.needs = append(ro.needs, a)
		ro.from = append(ro.from, int32(len(ro.steps)))
		st.gather(ro, a, reach)
		if !st.connect(ro, pe) {
			return false
		}
	}
	if len(ro.needs) == 0 {
		return true
	}
	return st.walk(ro)
}

// gather lists the seminars that could meet need a.
func (st *state) gather(ro *router, a int32, reach int) {
	c := st.c
	nd := &c.needs[a]
	pe := &c.people[nd.person]
	near := c.nearest(nd.unit)
	for _, v := range near[:min(reach, len(near))] {
		if c.away(nd.unit, v) > pe.maxTravel {
			break
		}
		base := (int(nd.course)*c.nVenues + int(v)) * c.slots.zones
		from, to := 0, c.slots.zones
		if pe.zone > 0 {
			from, to = int(pe.zone), int(pe.zone)+1
		}
		for z := from; z < to; z++ {
			for _, s := range st.cells[base+z] {
				if t := st.sems[s].slot; c.attendOK.has(pe.class, t) && st.canJoin(a, s) {
					ro.steps = append(ro.steps, step{seminar: s, slot: t, lead: st.first(s), cost: st.attendCost(a, s)})
				}
			}
		}
	}
}

// connect finds the cheapest way to each step of the last need; false if there
// is none.
func (st *state) connect(ro *router, pe *person) bool {
	c := st.c
	k := len(ro.from) - 1
	gap := max(1, c.tiers[pe.tier].gap)
	found := false
	for i := ro.from[k]; i < int32(len(ro.steps)); i++ {
		x := &ro.steps[i]
		x.best, x.prev = never, none
		if k == 0 {
			x.best = x.cost
			found = true
			continue
		}
		for j := ro.from[k-1]; j < ro.from[k]; j++ {
			y := &ro.steps[j]
			if y.best == never || c.slots.date[x.slot]-c.slots.date[y.slot] < gap {
				continue
			}
			cost := y.best + x.cost + c.pace(c.slots.start[x.slot]-c.slots.start[y.slot])
			if x.lead != y.lead {
				cost += int64(c.price.Continuity)
			}
			if cost < x.best {
				x.best, x.prev = cost, j
				found = true
			}
		}
	}
	return found
}

// walk books the cheapest way found.
func (st *state) walk(ro *router) bool {
	k := len(ro.needs) - 1
	best := ro.from[k]
	for i := best + 1; i < int32(len(ro.steps)); i++ {
		if ro.steps[i].best < ro.steps[best].best {
			best = i
		}
	}
	way := [64]int32{}
	if len(ro.needs) > len(way) {
		return false
	}
	for i := best; i >= 0; i = ro.steps[i].prev {
		way[k] = ro.steps[i].seminar
		k--
	}
	for i, a := range ro.needs {
		if !st.canJoin(a, way[i]) {
			return false // two needs at once can ask more of a unit than each alone
		}
		st.attach(a, way[i])
	}
	return true
}

// unbook takes person p out of every seminar that may change.
func (st *state) unbook(p int32) {
	pe := &st.c.people[p]
	for a := pe.needTo - 1; a >= pe.needFrom; a-- {
		if s := st.at[a]; s >= 0 && !st.sems[s].pinned {
			st.detach(a)
		}
	}
}
