package scheduler

// H7: "per leader: at most maxPerDay per calendar day, maxPerWeek per ISO week,
// maxTotal over all; between two seminars on one day at different venues at least the
// travel minutes between them".

// dayAllows: maxPerDay, and time to get from one venue to the next (H7).
func (st *state) dayAllows(l, t, v, except, own int32) bool {
	c := st.c
	d := c.slots.day[t]
	n := int32(st.ledDay[int(l)*c.slots.days+int(d)])
	if own >= 0 && c.slots.day[own] == d {
		n--
	}
	if n == 0 {
		return c.leaders[l].maxDay > 0
	}
	if n >= c.leaders[l].maxDay {
		return false
	}
	for _, s := range st.led[l] {
		x := &st.sems[s]
		if s == except || c.slots.day[x.slot] != d || x.venue == v {
			continue
		}
		from, to, a, b := x.venue, v, x.slot, t
		if c.slots.start[b] < c.slots.start[a] {
			from, to, a, b = to, from, b, a
		}
		if c.slots.start[b]-c.slots.end[a] < 60*int64(c.hop(from, to)) {
			return false
		}
	}
	return true
}

// weekAllows: maxPerWeek, when what is led in slot own has left (H7).
func (st *state) weekAllows(l, t, own int32) bool {
	c := st.c
	n := int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])])
	if own >= 0 && c.slots.week[own] == c.slots.week[t] {
		n--
	}
	return n < c.leaders[l].maxWeek
}
