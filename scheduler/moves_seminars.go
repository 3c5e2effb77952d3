package scheduler

import "math/bits"

// This file moves seminars and series: their slots, venues and leaders.

// pickOpen draws an open seminar that may change, or none.
func (se *search) pickOpen() int32 {
	if len(se.st.open) == 0 {
		return none
	}
	for range 4 { // of a chain that owns half, half are pinned
		if s := se.st.open[se.r.below(len(se.st.open))]; !se.st.sems[s].pinned {
			return s
		}
	}
	return none
}

// slotMove moves a seminar with everybody in it to another slot that all of
// them have free of absences.
func (se *search) slotMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	old := st.sems[s].slot
	t := se.pickSlot(s)
	if t < 0 {
		return false
	}
	se.priced++
	lateness := int64(0)
	for _, a := range st.members[s] {
		early := c.earliness[int(c.people[c.needs[a].person].wave+1)*len(c.slots.start):]
		lateness += int64(early[t] - early[old])
	}
	if lateness > se.limit+slack || !st.slotFits(s, t) {
		return false
	}
	se.begin()
	st.setSlot(s, t)
	return se.decide(true)
}

// pickSlot draws another slot that seminar s could have as far as absences and
// opening times go, or none.
func (se *search) pickSlot(s int32) int32 {
	st, c := se.st, se.c
	sm := &st.sems[s]
	from, to := 0, c.venueOpen.words
	if len(st.members[s]) > 0 {
		if z := c.people[c.needs[st.members[s][0]].person].zone; c.slots.zoneTo[z] > 0 {
			from, to = int(c.slots.zoneFrom[z]>>6), int(c.slots.zoneTo[z]-1)>>6+1
		}
	}
	mask := append(se.mask[:0], c.courses[sm.course].slotOK[from:to]...)
	se.mask = mask
	and := func(row []uint64) {
		row = row[from:to]
		for w := range mask {
			mask[w] &= row[w]
		}
	}
	and(c.venueOpen.row(sm.venue))
	for j := int32(0); j < c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 {
			and(c.leadOK.row(l))
		}
	}
	for _, a := range st.members[s] {
		and(c.attendOK.row(c.people[c.needs[a].person].class))
	}
	mask[int(sm.slot>>6)-from] &^= 1 << (uint(sm.slot) & 63)
	n := 0
	for _, m := range mask {
		n += bits.OnesCount64(m)
	}
	if n == 0 {
		return none
	}
	k := se.r.below(n)
	for w, m := range mask {
		if here := bits.OnesCount64(m); k >= here {
			k -= here
			continue
		}
		for ; k > 0; k-- {
			m &= m - 1
		}
		if t := int32((from+w)<<6 + bits.TrailingZeros64(m)); t >= c.firstAllowed {
			return t
		}
		break
	}
	return none
}

// venueMove moves a seminar to another venue near one of its people.
func (se *search) venueMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	v := se.venueNear(s)
	if v == st.sems[s].venue || !st.venueFits(s, v) {
		return false
	}
	if st.sems[s].slot < c.firstAllowed {
		return false
	}
	se.begin()
	st.setVenue(s, v)
	return se.decide(true)
}

// venueNear draws a venue near a person drawn from the seminar.
func (se *search) venueNear(s int32) int32 {
	c, st := se.c, se.st
	a := st.members[s][se.r.below(len(st.members[s]))]
	k := se.r.below(se.r.below(min(c.nVenues, 24)) + 1)
	return c.nearest(c.needs[a].unit)[k]
}

// seriesVenue moves all of a series' seminars at one venue to another.
func (se *search) seriesVenue() bool {
	st := se.st
	s := se.pickOpen()
	if s < 0 || len(st.members[s]) == 0 {
		return false
	}
	v, old := se.venueNear(s), st.sems[s].venue
	if v == old {
		return false
	}
	se.begin()
	for _, x := range st.series[st.sems[s].series] {
		if st.sems[x].venue != old {
			continue
		}
		if st.sems[x].pinned || !st.venueFits(x, v) {
			return se.decide(false)
		}
		st.setVenue(x, v)
	}
	return se.decide(true)
}

// leaderNear draws a leader of the seminar's course who lives near its venue.
func (se *search) leaderNear(s int32) int32 {
	c, st := se.c, se.st
	sm := &st.sems[s]
	list := c.nearLeaders[int(sm.course)*c.nVenues+int(sm.venue)]
	if len(list) == 0 {
		return none
	}
	return list[se.r.below(se.r.below(len(list))+1)]
}

// leaderMove gives one leader place of a seminar to somebody else.
func (se *search) leaderMove() bool {
	st := se.st
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	l := se.leaderNear(s)
	j := int32(se.r.below(int(se.c.courses[st.sems[s].course].leaders)))
	if l < 0 || st.isLed(l, s) || !st.canLead(l, st.sems[s].course, st.sems[s].slot, st.sems[s].venue, none) {
		return false
	}
	if se.priced++; st.leaderPriceAtLeast(s, j, l) > se.limit {
		return false
	}
	se.begin()
	st.setLeader(s, j, l)
	return se.decide(true)
}

// leaderPriceAtLeast is what it would cost more to give leader place j of s to
// l: travel, fairness, and for the first leader whom people know.
func (st *state) leaderPriceAtLeast(s, j, l int32) (cost int64) {
	if st.c.hasPublished {
		return unforeseen
	}
	cost = st.leadCost(l, s, 0)
	old := st.leaderOf(s, j)
	if old >= 0 {
		cost -= st.leadCost(old, s, -1)
	}
	if j == 0 {
		for _, a := range st.members[s] {
			cost += st.followed(a, l) - st.followed(a, old)
		}
	}
	return cost
}

// seriesLeader hands everything a leader leads in a series to somebody else.
func (se *search) seriesLeader() bool {
	st := se.st
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	l := se.leaderNear(s)
	j := int32(se.r.below(int(se.c.courses[st.sems[s].course].leaders)))
	old := st.leaderOf(s, j)
	if l < 0 || old < 0 || l == old {
		return false
	}
	series := st.sems[s].series
	far, n, ok := se.handOverTravel(series, j, old, l)
	led := len(st.led[l])
	if !ok || far+se.c.unfair(&se.c.leaders[l], led+n)-se.c.unfair(&se.c.leaders[l], led) > se.limit+slack+se.relief(old, n) {
		return false
	}
	se.begin()
	return se.decide(se.handOver(series, j, old, l))
}

// relief is what leader l's load costs less with n seminars fewer.
func (se *search) relief(l int32, n int) int64 {
	led := len(se.st.led[l])
	return se.c.unfair(&se.c.leaders[l], led) - se.c.unfair(&se.c.leaders[l], led-n)
}

// handOverTravel is the extra leader travel when l takes over leader place j
// from old in a series, and in how many seminars; false if l is away or not
// yet prepared in one of them.
func (se *search) handOverTravel(series, j, old, l int32) (far int64, n int, ok bool) {
	st, c := se.st, se.c
	home, other := c.people[c.leaders[l].person].unit, c.people[c.leaders[old].person].unit
	for _, x := range st.series[series] {
		if st.leaderOf(x, j) != old {
			continue
		}
		sm := &st.sems[x]
		if sm.pinned || !c.leaders[l].teaches[sm.course] || !c.leadOK.has(l, sm.slot) || !st.hasLearnt(l, c.courses[sm.course].module, sm.slot) {
			return 0, 0, false
		}
		far += int64(c.away(home, sm.venue) - c.away(other, sm.venue))
		n++
	}
	return 2 * far * int64(c.price.LeaderTravel), n, true
}

// handOver gives leader place j to l wherever old has it in the series.
func (se *search) handOver(series, j, old, l int32) bool {
	st := se.st
	for _, x := range st.series[series] {
		if st.leaderOf(x, j) != old {
			continue
		}
		sm := &st.sems[x]
		if sm.pinned || st.isLed(l, x) || !st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			return false
		}
		st.setLeader(x, j, l)
	}
	return true
}

// leaderSwap exchanges the first leaders of two series.
func (se *search) leaderSwap() bool {
	st := se.st
	s := se.pickOpen()
	if s < 0 {
		return false
	}
	l := se.leaderNear(s)
	old := st.first(s)
	if l < 0 || old < 0 || l == old || len(st.led[l]) == 0 {
		return false
	}
	other := st.led[l][se.r.below(len(st.led[l]))]
	if st.first(other) != l || st.sems[other].series == st.sems[s].series {
		return false
	}
	a, b := st.sems[s].series, st.sems[other].series
	there, _, ok := se.handOverTravel(a, 0, old, l)
	back, _, ok2 := se.handOverTravel(b, 0, l, old)
	if !ok || !ok2 || there+back > se.limit+slack {
		return false
	}
	se.begin()
	// Places are emptied first, so that neither stands in the other's way.
	if !se.vacate(a, old) || !se.vacate(b, l) {
		return se.decide(false)
	}
	return se.decide(se.fill(a, l) && se.fill(b, old))
}

func (se *search) vacate(series, l int32) bool {
	st := se.st
	for _, x := range st.series[series] {
		if st.first(x) == l {
			if st.sems[x].pinned {
				return false
			}
			st.setLeader(x, 0, none)
		}
	}
	return true
}

func (se *search) fill(series, l int32) bool {
	st := se.st
	for _, x := range st.series[series] {
		sm := &st.sems[x]
		if st.first(x) >= 0 {
			continue
		}
		if st.isLed(l, x) || !st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			return false
		}
		st.setLeader(x, 0, l)
	}
	return true
}
