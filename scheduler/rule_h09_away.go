package scheduler

// H9: "at any instant at most maxAway people of a unit are away (attending or
// leading, slot time only)".

// unitSpares: unit u can let one more person, besides extra others, go in slot
// t; one of those away in slot own is coming back (H9).
func (st *state) unitSpares(u, t, own int32, extra int32) bool {
	c := st.c
	limit := c.unitMax[u]
	if limit == unlimited {
		return true
	}
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		n := int32(st.away[int(g)*len(c.unitMax)+int(u)]) + extra
		if own >= 0 && g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
			n--
		}
		if n >= limit {
			return false
		}
	}
	return true
}

// unitsSpare: the units can let everybody in s go in slot t at once (H9). The
// checks one by one do not see each other.
func (st *state) unitsSpare(s, t int32) bool {
	c := st.c
	ok := true
	own := st.sems[s].slot
	each := func(visit func(u int32)) {
		for _, a := range st.members[s] {
			visit(c.needs[a].unit)
		}
		for j := int32(0); j < c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				visit(c.people[c.leaders[l].person].unit)
			}
		}
	}
	each(func(u int32) { st.unitSeen[u]++ })
	each(func(u int32) {
		n := int32(st.unitSeen[u])
		if n == 0 || c.unitMax[u] == unlimited {
			return
		}
		for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
			away := int32(st.away[int(g)*len(c.unitMax)+int(u)])
			if g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
				away -= n
			}
			ok = ok && away+n <= c.unitMax[u]
		}
	})
	each(func(u int32) { st.unitSeen[u] = 0 })
	return ok
}
