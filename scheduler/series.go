package scheduler

import (
	"cmp"
	"math/bits"
	"slices"
)

// This file chooses a series: a leader and a slot for each module at one venue,
// for a group of people who wait.

// series is a leader and a slot for each of a tier's modules, none where the
// module is not held. Its cost is in minutes for all who wait.
type series struct {
	leader int32
	slots  []int32
	cost   int64
}

const (
	leadersTried = 12
	leadersAlike = 6 // of them, who cost the same
	everySlot    = ^uint64(0)
	// missed is what one empty seat that somebody waits for is taken to cost when
	// slots are compared: about the share of a further seminar and the detour to it.
	missed = 80
	// missedRebuilding is the same when one series of a whole plan is held anew:
	// others soon take what seats it leaves.
	missedRebuilding = 25
	// beginnings is how many unfinished series are kept while slots are chosen.
	beginnings = 3
)

// holdSeries opens the best series for the waiting people of a catchment under
// one of the leaders, cheapest first, and books everybody who can come. Only
// slots whose bit in thin, by index modulo 64, is set are looked at.
func (st *state) holdSeries(k catchment, leaders []int32, thin uint64) {
	if len(k.people) == 0 {
		return
	}
	ch := &st.chooser
	ch.expect(st, k, thin)
	ch.best.leader, ch.best.cost = none, never
	for _, l := range leaders {
		if st.leaderPrice(l, k) >= ch.best.cost {
			break
		}
		ch.under(st, l, k)
	}
	if ch.best.leader >= 0 {
		st.book(k, &ch.best)
	}
}

// leaderPrice is the travel and fairness of leader l taking a whole series.
func (st *state) leaderPrice(l int32, k catchment) int64 {
	c := st.c
	n := len(c.tiers[k.tier].courses)
	ld := &c.leaders[l]
	led := len(st.led[l])
	return 2*int64(n)*int64(c.price.LeaderTravel)*int64(c.away(c.people[ld.person].unit, k.venue)) +
		c.unfair(ld, led+n) - c.unfair(ld, led)
}

// leadersNear lists the cheapest leaders of any of the tier's modules by price. Of
// those who cost the same, as outside experts of one office do or leaders at one large
// hospital, it lists a few: those who have learnt first and lead least.
func (st *state) leadersNear(k catchment) []int32 {
	var out []int32
	price, free := make([]int64, len(st.c.leaders)), make([]int32, len(st.c.leaders))
	for l := range st.c.leaders {
		ld := &st.c.leaders[l]
		if int32(len(st.led[l])) >= ld.maxTotal || !slices.ContainsFunc(st.c.tiers[k.tier].courses, func(co int32) bool { return ld.teaches[co] }) {
			continue
		}
		out = append(out, int32(l))
		price[l], free[l] = st.leaderPrice(int32(l), k), st.freeFrom(int32(l), k.tier)
	}
	slices.SortStableFunc(out, func(a, b int32) int {
		return cmp.Or(cmp.Compare(price[a], price[b]), cmp.Compare(free[a], free[b]))
	})
	var few []int32
	for i, l := range out {
		if len(few) < leadersTried && (i < leadersAlike || price[out[i-leadersAlike]] < price[l]) {
			few = append(few, l)
		}
	}
	return few
}

// freeFrom is about the date from which leader l can lead another series of a tier: a
// week for each that is led already, after what has to be learnt for its first module.
func (st *state) freeFrom(l, ti int32) int32 {
	c, ld := st.c, &st.c.leaders[l]
	courses := c.tiers[ti].courses
	date, m := int32(0), c.courses[courses[0]].module
	if a := ld.need[m]; a >= 0 && ld.readyAt[m] == undone {
		if st.when[a] < 0 {
			return everDays
		}
		date = c.slots.date[st.when[a]] + ld.prep
	}
	return max(date, c.slots.date[0]) + 7*int32(len(st.led[l])/len(courses))
}

// chooser is the scratch of holdSeries: who of those who wait could come when,
// and the series begun.
type chooser struct {
	people []int32 // sorted by unit, booked nowhere in the tier
	units  []fellows
	slots  []int32 // in which the venue has a room and the people may attend
	words  int
	coming []uint64 // slot × words: who could come, by place in people
	asked  []uint32 // slot → the round in which units and leaders were looked at
	round  uint32

	begun, next []beginning
	best        series
}

// fellows are the people from one place to another, all of one unit that can spare
// only so many; a leader among them may be busy.
type fellows struct {
	unit, from, to int32
	leads          bool
}

// beginning is a series whose first modules have slots.
type beginning struct {
	slots []int32
	who   []uint64 // who could come to all of them
	last  int32
	cost  int64
}

// expect starts a round for the people of k, in the slots that thin leaves.
func (ch *chooser) expect(st *state, k catchment, thin uint64) {
	c := st.c
	n := c.slots.len()
	zone := c.people[k.people[0]].zone
	ch.slots = ch.slots[:0]
	for t := c.slots.zoneFrom[zone]; t < c.slots.zoneTo[zone]; t++ {
		if thin>>(uint(t)&63)&1 != 0 && t >= c.firstAllowed && c.venueOpen.has(k.venue, t) && st.roomFree(t, k.venue, none) {
			ch.slots = append(ch.slots, t)
		}
	}
	ch.people, ch.words = k.people, (len(k.people)+63)/64
	ch.coming = slices.Grow(ch.coming[:0], n*ch.words)[:n*ch.words]
	if len(ch.asked) != n {
		ch.asked = make([]uint32, n)
	}
	ch.round++
	ch.group(c)
	ch.present(c, c.slots.zoneFrom[zone]>>6, (c.slots.zoneTo[zone]+63)>>6)
}

// group lists the people by unit.
func (ch *chooser) group(c *compiled) {
	ch.units = ch.units[:0]
	for i := 0; i < len(ch.people); {
		f := fellows{unit: c.people[ch.people[i]].unit, from: int32(i)}
		for ; i < len(ch.people) && c.people[ch.people[i]].unit == f.unit; i++ {
			f.leads = f.leads || c.people[ch.people[i]].leader >= 0
		}
		f.to = int32(i)
		if f.leads || c.unitMax[f.unit] != unlimited {
			ch.units = append(ch.units, f)
		}
	}
}

// present fills in coming by absences alone, in words from to to-1 of the slots: calendars are bits by slot
// and have to become bits by person, 64 by 64 at a time.
func (ch *chooser) present(c *compiled, from, to int32) {
	var block [64]uint64
	n := int32(c.slots.len())
	for w := from; w < to; w++ {
		for i := 0; i < len(ch.people); i += 64 {
			group := ch.people[i:min(i+64, len(ch.people))]
			for k, p := range group {
				block[k] = c.attendOK.row(c.people[p].class)[w]
			}
			clear(block[len(group):])
			transpose(&block)
			for t := w << 6; t < min(w<<6+64, n); t++ {
				ch.coming[int(t)*ch.words+i>>6] = block[t&63]
			}
		}
	}
}

// transpose turns rows of bits into columns (Warren, Hacker's Delight, 2nd ed., section 7-3):
// bit j of word i becomes bit i of word j.
func transpose(b *[64]uint64) {
	mask := uint64(0x00000000ffffffff)
	for j := 32; j > 0; j >>= 1 {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (b[k]>>j ^ b[k+j]) & mask
			b[k] ^= t << j
			b[k+j] ^= t
		}
		mask ^= mask << (j >> 1)
	}
}

// at is who could come in slot t by their absences and their units' limits: of
// each unit no more than it can spare.
func (ch *chooser) at(st *state, t int32) []uint64 {
	row := ch.coming[int(t)*ch.words : (int(t)+1)*ch.words]
	if ch.asked[t] == ch.round {
		return row
	}
	ch.asked[t] = ch.round
	c := st.c
	for i := range ch.units {
		f := &ch.units[i]
		left := c.unitMax[f.unit]
		for g := c.slots.segFrom[t]; g < c.slots.segTo[t] && left != unlimited; g++ {
			left = min(left, c.unitMax[f.unit]-int32(st.away[int(g)*len(c.unitMax)+int(f.unit)]))
		}
		if !f.leads && left >= f.to-f.from {
			continue
		}
		for k := f.from; k < f.to; k++ {
			if bit := uint64(1) << (uint(k) & 63); row[k>>6]&bit != 0 {
				if p := ch.people[k]; left > 0 && (c.people[p].leader < 0 || st.isFree(p, t, none)) {
					left--
				} else {
					row[k>>6] &^= bit
				}
			}
		}
	}
	return row
}

func shared(a, b []uint64) (n int32) {
	for i := range a {
		n += int32(bits.OnesCount64(a[i] & b[i]))
	}
	return n
}

// under finds slots for the modules in order under leader l: those to which
// most of those come who came to the ones before, less what lateness costs. The
// best series is replaced if this one is cheaper.
func (ch *chooser) under(st *state, l int32, k catchment) {
	c := st.c
	courses := c.tiers[k.tier].courses
	first := ch.grow(&ch.begun, 0, len(courses))
	for i := range first.who {
		first.who[i] = ^uint64(0)
	}
	first.slots, first.last, first.cost = first.slots[:0], none, st.leaderPrice(l, k)
	ch.begun = ch.begun[:1]
	for _, co := range courses {
		ch.next = ch.next[:0]
		for i := range ch.begun {
			b := &ch.begun[i]
			found := c.leaders[l].teaches[co] && c.canHost(co, k.venue) && ch.extend(st, l, co, k, b)
			if !found {
				ch.keep(b, none, b.cost+k.missed*4*int64(len(k.people)), len(courses))
			}
		}
		ch.begun, ch.next = ch.next, ch.begun
	}
	for i := range ch.begun {
		if b := &ch.begun[i]; b.last >= 0 && b.cost < ch.best.cost {
			ch.best.leader, ch.best.cost = l, b.cost
			ch.best.slots = append(ch.best.slots[:0], b.slots...)
		}
	}
}

// extend tries every slot the course may have after b; false if there is none.
func (ch *chooser) extend(st *state, l, co int32, k catchment, b *beginning) (found bool) {
	c := st.c
	seats := min(c.seats(co, k.venue), int32(len(k.people)))
	wave := c.people[k.people[0]].wave
	row := c.earliness[int(wave+1)*c.slots.len():]
	earliest := int32(0)
	if b.last >= 0 {
		earliest = c.slots.date[b.last] + max(c.tiers[k.tier].gap, 1)
	}
	latest := c.lastDate[wave+1]
	if tr := &c.tiers[k.tier]; tr.strict {
		latest -= (int32(len(tr.courses)) - 1 - c.courses[co].rank) * max(tr.gap, 1) // who begins must have time to end
	}
	for _, t := range ch.slots {
		if c.slots.date[t] > latest {
			break
		}
		if c.slots.date[t] < earliest || !hasBit(c.courses[co].slotOK, t) || !c.leadOK.has(l, t) {
			continue
		}
		cost := b.cost + int64(seats)*int64(row[t])
		if cost >= ch.worst() {
			if c.price.Earliness > 0 {
				break
			}
			continue
		}
		if ch.asked[t] != ch.round { // by absences alone there are as many or more
			n := min(seats, shared(b.who, ch.coming[int(t)*ch.words:(int(t)+1)*ch.words]))
			if n == 0 || cost+k.missed*int64(seats-n) >= ch.worst() {
				continue
			}
		}
		n := min(seats, shared(b.who, ch.at(st, t)))
		cost += k.missed * int64(seats-n)
		if n > 0 && cost < ch.worst() && ch.weekAllows(st, l, b, t) && st.canLead(l, co, t, k.venue, none) {
			ch.keep(b, t, cost, len(c.tiers[k.tier].courses))
			found = true
		}
	}
	return found
}

// weekAllows: the leader's limit a week leaves room for slot t beside those of b (H7).
func (ch *chooser) weekAllows(st *state, l int32, b *beginning, t int32) bool {
	c := st.c
	n := int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])])
	for _, x := range b.slots {
		if x >= 0 && c.slots.week[x] == c.slots.week[t] {
			n++
		}
	}
	return n < c.leaders[l].maxWeek
}

// worst is what a beginning must cost less than to be kept.
func (ch *chooser) worst() int64 {
	if len(ch.next) < beginnings {
		return ch.best.cost
	}
	return min(ch.best.cost, ch.next[beginnings-1].cost)
}

// keep puts b, with slot t added, among the next beginnings, cheapest first.
func (ch *chooser) keep(b *beginning, t int32, cost int64, courses int) {
	if cost >= ch.worst() {
		return
	}
	i := min(len(ch.next), beginnings-1)
	n := ch.grow(&ch.next, i, courses)
	n.slots = append(append(n.slots[:0], b.slots...), t)
	n.last, n.cost = b.last, cost
	copy(n.who, b.who)
	if t >= 0 {
		n.last = t
		row := ch.coming[int(t)*ch.words : (int(t)+1)*ch.words]
		for w := range n.who {
			n.who[w] &= row[w]
		}
	}
	for ; i > 0 && ch.next[i].cost < ch.next[i-1].cost; i-- {
		ch.next[i], ch.next[i-1] = ch.next[i-1], ch.next[i]
	}
}

// grow makes list long enough for element i and that element's arrays long
// enough for the round, and returns it.
func (ch *chooser) grow(list *[]beginning, i, courses int) *beginning {
	if i >= len(*list) {
		*list = slices.Grow((*list), i+1-len(*list))[:i+1]
	}
	b := &(*list)[i]
	b.slots = slices.Grow(b.slots[:0], courses)
	b.who = slices.Grow(b.who[:0], ch.words)[:ch.words]
	return b
}
