package scheduler

// H4: "with order strict a module starts only after every earlier needed or done
// module of the tier; any two modules of a person start at least gapDays apart". That
// no earlier need is skipped is counted in state.broken.

// inOrder: slot t keeps order and gap with the person's other modules (H4).
func (st *state) inOrder(a int32, pe *person, t int32) bool {
	c := st.c
	tr := &c.tiers[pe.tier]
	at, date := c.slots.start[t], c.slots.date[t]
	for b := pe.needFrom; b < pe.needTo; b++ {
		x := st.when[b]
		if x < 0 || b == a {
			continue
		}
		if d := date - c.slots.date[x]; d < tr.gap && -d < tr.gap {
			return false
		}
		if tr.strict && (b < a) != (c.slots.start[x] < at) {
			return false
		}
	}
	for k := pe.doneFrom; k < pe.doneTo; k++ {
		dn := &c.done[k]
		if d := date - dn.day; d < tr.gap && -d < tr.gap {
			return false
		}
		if tr.strict && dn.rank >= 0 && dn.rank < c.needs[a].rank && dn.start >= at {
			return false
		}
	}
	return true
}
