package scheduler

// This file foresees what a change of people would cost at least, or that it
// cannot be, without making it: nearly every move is turned down, and this is
// many times cheaper than making it and taking it back. What passes is made,
// and priced exactly, before it is kept.

// foreseen is the most modules of a person that are looked through.
const foreseen = 8

// unforeseen is a price that says nothing: the change has to be tried.
const unforeseen = -never / 4

// way is when and under whom a person would attend each module.
type way struct {
	n          int32
	slot, lead [foreseen]int32
}

// personPrice is what person p would cost more by taking the bookings, all of
// them p's and in order of module, in place of the present ones: travel, time
// and continuity. It is false if p cannot. A colleague of unit mate, if any, moves
// at the same time. The seminars' own terms are groupPrice's.
func (se *search) personPrice(p int32, bookings []booking, mate int32) (cost int64, ok bool) {
	st, c := se.st, se.c
	pe := &c.people[p]
	if pe.needTo-pe.needFrom > foreseen || st.moved > c.maxMoved {
		return unforeseen, true
	}
	w := way{n: pe.needTo - pe.needFrom}
	copy(w.slot[:], st.when[pe.needFrom:pe.needTo])
	copy(w.lead[:], st.under[pe.needFrom:pe.needTo])
	old := w
	early := c.earliness[int(pe.wave+1)*len(c.slots.start):]
	for _, b := range bookings {
		sm, k := &st.sems[b.seminar], b.need-pe.needFrom
		far := c.away(pe.unit, sm.venue)
		if t := sm.slot; !c.attendOK.has(pe.class, t) || far > pe.maxTravel || pe.unit != mate && st.unitFull(pe.unit, t, &old) {
			return 0, false
		}
		far -= c.away(pe.unit, st.sems[st.at[b.need]].venue)
		cost += 2*c.travelPrice*int64(far) + int64(early[sm.slot]-early[old.slot[k]])
		if pe.dislikes != 0 {
			cost += int64(c.price.Preference) * (int64(pe.dislikes>>c.slots.halfDay[sm.slot]&1) - int64(pe.dislikes>>c.slots.halfDay[old.slot[k]]&1))
		}
		w.slot[k], w.lead[k] = sm.slot, st.first(b.seminar)
		if nd := &c.needs[b.need]; nd.pubSlot >= 0 {
			x := &st.sems[st.at[b.need]]
			cost += c.disruption(nd, sm.slot, sm.venue, w.lead[k]) - c.disruption(nd, x.slot, x.venue, old.lead[k])
		}
	}
	tr := &c.tiers[pe.tier]
	if !tr.strict || pe.doneFrom < pe.doneTo {
		return cost + se.paceAtLeast(pe, &old) + se.changesOf(&w) - se.changesOf(&old), true
	}
	pace, ok := se.inTurn(&w, tr.gap)
	if !ok {
		return 0, false
	}
	before, _ := se.inTurn(&old, 0)
	return cost + pace - before + se.changesOf(&w) - se.changesOf(&old), true
}

// unitFull: unit u can spare nobody more in slot t, in which the person, who
// goes old, is not away yet.
func (st *state) unitFull(u, t int32, old *way) bool {
	c := st.c
	if c.unitMax[u] == unlimited {
		return false
	}
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		if int32(st.away[int(g)*len(c.unitMax)+int(u)]) >= c.unitMax[u] {
			for _, x := range old.slot[:old.n] {
				if x >= 0 && c.slots.segFrom[x] <= g && g < c.slots.segTo[x] {
					return false
				}
			}
			return true
		}
	}
	return false
}

// inTurn is the pace of a way in a strict order; false if modules are out of
// turn or closer than gap days.
func (se *search) inTurn(w *way, gap int32) (pace int64, ok bool) {
	s := &se.c.slots
	last := none
	for _, t := range w.slot[:w.n] {
		if t < 0 {
			continue
		}
		if last >= 0 {
			if s.date[t]-s.date[last] < gap || s.start[t] <= s.start[last] {
				return 0, false
			}
			pace += se.c.pace(s.start[t] - s.start[last])
		}
		last = t
	}
	return pace, true
}

// paceAtLeast is the most that a change can save of a person's pace, below 0:
// all that the whole programme's length could cost.
func (se *search) paceAtLeast(pe *person, old *way) int64 {
	s := &se.c.slots
	lo, hi := never, -never
	for _, t := range old.slot[:old.n] {
		if t >= 0 {
			lo, hi = min(lo, s.start[t]), max(hi, s.start[t])
		}
	}
	for d := pe.doneFrom; d < pe.doneTo; d++ {
		lo, hi = min(lo, se.c.done[d].start), max(hi, se.c.done[d].start)
	}
	if lo > hi {
		return 0
	}
	return -(hi - lo) / week * int64(se.c.price.Pace)
}

// changesOf prices the different first leaders of a way.
func (se *search) changesOf(w *way) int64 {
	n := 0
	for i := int32(0); i < w.n; i++ {
		l := w.lead[i]
		if l < 0 {
			continue
		}
		n++
		for j := int32(0); j < i; j++ {
			if w.lead[j] == l {
				n--
				break
			}
		}
	}
	return int64(max(0, n-1)) * int64(se.c.price.Continuity)
}

// joinPrice is what the group of seminar s would cost more, at least, if need
// a came to it from its present seminar.
func (se *search) joinPrice(a, s int32) (cost int64) {
	st, c := se.st, se.c
	nd := &c.needs[a]
	x := st.at[a]
	min := c.courses[nd.course].seatsMin
	if int32(len(st.members[x])) <= min {
		cost += se.prices.seat
	}
	if int32(len(st.members[s])) < min {
		cost -= se.prices.seat
	}
	if int(st.count[int(x)*c.nSectors+int(nd.sector)]) <= c.price.MixMin {
		cost += int64(c.price.Mix)
	}
	if int(st.count[int(s)*c.nSectors+int(nd.sector)]) < c.price.MixMin {
		cost -= int64(c.price.Mix)
	}
	return cost - se.crowdedOut(nd.unit, x)
}

// crowdedOut is at most what seminar x costs less without one of unit u.
func (se *search) crowdedOut(u, x int32) int64 {
	if se.st.awayIn(u, se.st.sems[x].slot) > se.c.price.CrowdMax {
		return int64(se.c.price.Crowd)
	}
	return 0
}

// tradePrice is what two groups would cost more, at least, if needs a and b,
// one of each, changed places.
func (se *search) tradePrice(a, b int32) (cost int64) {
	st, c := se.st, se.c
	na, nb := &c.needs[a], &c.needs[b]
	x, y := st.at[a], st.at[b]
	cost = -se.crowdedOut(na.unit, x) - se.crowdedOut(nb.unit, y)
	if na.sector == nb.sector {
		return cost
	}
	for _, z := range [2][3]int32{{x, na.sector, nb.sector}, {y, nb.sector, na.sector}} {
		if int(st.count[int(z[0])*c.nSectors+int(z[1])]) <= c.price.MixMin {
			cost += int64(c.price.Mix)
		}
		if int(st.count[int(z[0])*c.nSectors+int(z[2])]) < c.price.MixMin {
			cost -= int64(c.price.Mix)
		}
	}
	return cost
}

// tooDear: the bookings in pairs, the first n of person p and the others of q
// (none: nobody's), cannot be made or would cost more than the move at hand may.
func (se *search) tooDear(p int32, n int, q int32) bool {
	se.priced++
	cost, ok := se.foresee(p, n, q)
	return !ok || cost > se.limit
}

// foresee is what those bookings would cost at least; false if they cannot be made.
func (se *search) foresee(p int32, n int, q int32) (int64, bool) {
	mate := none
	if q >= 0 {
		mate = se.c.people[q].unit
	}
	cost, ok := se.personPrice(p, se.pairs[:n], mate)
	if !ok {
		return 0, false
	}
	if q < 0 {
		for _, b := range se.pairs {
			cost += se.joinPrice(b.need, b.seminar)
		}
		return cost, true
	}
	more, ok := se.personPrice(q, se.pairs[n:], se.c.people[p].unit)
	if !ok || len(se.pairs) != 2*n {
		return unforeseen, ok // without the same modules in common they have to try
	}
	cost += more
	for i, b := range se.pairs[:n] {
		back := se.pairs[n+i]
		if se.st.at[back.need] != b.seminar || se.st.at[b.need] != back.seminar {
			return unforeseen, true
		}
		cost += se.tradePrice(b.need, back.need)
	}
	return cost, true
}
