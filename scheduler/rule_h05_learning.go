package scheduler

// H5: "for a module the leader also needs or has done, at least the own tier's
// prepDays after attending it". Whom a leader may teach, and from when, is compiled
// into leader.teaches and leadOK; a need of a leader met nowhere is counted in
// state.broken.

// leadsLater: what the person leads of the module comes late enough after
// attending it in slot t (H5).
func (st *state) leadsLater(a int32, pe *person, t int32) bool {
	c := st.c
	if pe.leader < 0 {
		return true
	}
	m := c.courses[c.needs[a].course].module
	if st.ledModule[int(pe.leader)*c.nModules+int(m)] == 0 {
		return true
	}
	prep := c.leaders[pe.leader].prep
	for _, s := range st.led[pe.leader] {
		x := st.sems[s].slot
		late := c.slots.date[x]-c.slots.date[t] < prep || c.slots.start[x] <= c.slots.start[t]
		if late && c.courses[st.sems[s].course].module == m && !c.doneInTime(&c.leaders[pe.leader], m, x) {
			return false
		}
	}
	return true
}

// hasLearnt: leader l has attended module m, and prepared, before slot t (H5).
func (st *state) hasLearnt(l, m, t int32) bool {
	c := st.c
	ld := &c.leaders[l]
	a := ld.need[m]
	if a < 0 {
		return ld.readyAt[m] == undone || c.doneInTime(ld, m, t)
	}
	x := st.when[a]
	if x < 0 {
		return false
	}
	return c.slots.date[t]-c.slots.date[x] >= ld.prep && c.slots.start[t] > c.slots.start[x] || c.doneInTime(ld, m, t)
}

// doneInTime: leader l has done module m, at least once, and prepared before slot t.
func (c *compiled) doneInTime(ld *leader, m, t int32) bool {
	return ld.readyAt[m] != undone && c.slots.date[t] >= ld.readyDay[m] && c.slots.start[t] > ld.readyAt[m]
}
