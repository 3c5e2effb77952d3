package scheduler

import (
	"cmp"
	"slices"
)

// group is the part of the joint relaxation that belongs to one course and the
// people who can share its seminars. Its time is cut into windows: a need has a
// price for each, and a seminar at a venue in a window is led by leaders who
// might be ready, there and not too busy by then.
type group struct {
	r        *relaxation
	opens    []int32     // by window: its first slot
	last     int32       // slot after which nobody can attend
	windowOf []int32     // by slot, from the first on
	lambda   []int64     // by window and type
	highest  []int64     // by window, at the present prices
	size     []int32     // by window and type: people who might attend then
	balance  []int64     // by window and type: subgradient
	hostings []windowed  // what r.venues would be, by venue and window
	stands   []stand     // by venue
	cap      [][]int32   // by leader and window: seminars that might be led
	able     []int       // by window: leaders who might lead any
	limit    int64       // no price is higher
	near     bool        // somebody might travel further than is looked at
	seats    int32       // of its largest seminar
	drift    int64       // how much more any seminar may have come to be worth since the beginning
	chosen   [][]leading // by hosting: leaders of the last solution
}

// windowed is a hosting in a window.
type windowed struct {
	hosting
	stand, window int32
	quiet         int64 // it holds no seminar until the group has drifted this far
}

// stand is a venue with everybody who may lead the course there.
type stand struct {
	venue   int32
	arcs    []arc
	leaders []candidate // by price
}

// candidate is a leader at a stand.
type candidate struct {
	leader, unit int32
	travel       int64  // scaled
	price        int64  // with the leader's own, scaled
	windows      uint64 // in which leader and venue have a slot in common
}

// leading is so many seminars led by one leader.
type leading struct{ leader, count int32 }

// mostWindows is how many windows a group may have, one bit each.
const mostWindows = 60

// newGroup builds the group of people who might attend from slot first on. Without
// timed there is one window.
func (d *dual) newGroup(co int32, people []int32, first int32, timed bool) *group {
	c := d.c
	g := &group{r: c.newRelaxation(co)}
	g.cutWindows(c, people, first, timed)
	g.addTypes(d, people)
	g.limitLeaders(d)
	twin := d.twin(g)
	for v := int32(0); int(v) < c.nVenues; v++ {
		if c.canHost(co, v) {
			g.addVenue(d, v, twin)
		}
	}
	n := len(g.opens) * len(g.r.types)
	g.balance, g.lambda = make([]int64, n), make([]int64, n)
	g.chosen = make([][]leading, len(g.hostings))
	return g
}

// cutWindows opens a window with every week in which somebody might attend.
// Where there are too many weeks, the later ones are taken together.
func (g *group) cutWindows(c *compiled, people []int32, first int32, timed bool) {
	g.opens, g.last = []int32{first}, none
	looked := map[int32]bool{}
	for _, p := range people {
		if wave := c.people[p].wave; !looked[wave] {
			looked[wave] = true
			g.last = max(g.last, c.slots.lastOf(wave))
		}
	}
	if timed {
		g.cutWeeks(c)
	}
	g.windowOf = make([]int32, max(0, g.last+1-first))
	for w, t := range g.opens {
		for ; t < g.closes(int32(w)); t++ {
			g.windowOf[t-first] = int32(w)
		}
	}
}

// cutWeeks opens a window with every week after the first.
func (g *group) cutWeeks(c *compiled) {
	first := g.opens[0]
	var weeks []int32
	for t := first + 1; t <= g.last; t++ {
		if c.slots.week[t] != c.slots.week[t-1] {
			weeks = append(weeks, t)
		}
	}
	for i := 0; i < len(weeks); {
		g.opens = append(g.opens, weeks[i])
		step := 1
		if left := mostWindows - len(g.opens); i >= mostWindows/2 && left > 0 {
			step = max(1, (len(weeks)-i+left-1)/left)
		}
		i += step
	}
	g.opens = g.opens[:min(len(g.opens), mostWindows)]
}

// lastOf is the last slot of a wave, or of all when there is none.
func (s *slotTable) lastOf(wave int32) int32 {
	t := int32(s.len()) - 1
	for t >= 0 && wave >= 0 && !s.inWave(t, wave) {
		t--
	}
	return t
}

// closes is the slot at which window w has ended.
func (g *group) closes(w int32) int32 {
	if int(w+1) < len(g.opens) {
		return g.opens[w+1]
	}
	return g.last + 1
}

// addTypes groups the people: alike are those of one unit with one travel
// limit. How many of them might come in each window is counted by addChains.
func (g *group) addTypes(d *dual, people []int32) {
	c, r := d.c, g.r
	of := map[[2]int32]int32{}
	for _, p := range people {
		pe := &c.people[p]
		far := min(pe.maxTravel, c.around(pe.unit))
		key := [2]int32{pe.unit, far}
		i, ok := of[key]
		if !ok {
			i = int32(len(r.types))
			of[key] = i
			r.types = append(r.types, kind{unit: pe.unit, sector: c.unitSector[pe.unit], maxTravel: far, limit: c.unitMax[pe.unit], most: priceLimit})
		}
		if k := &r.types[i]; far < pe.maxTravel {
			k.most = max(0, 2*int64(far)*c.travelPrice-int64(c.price.Mix)) * scale
			g.near = true
		}
		r.types[i].people = append(r.types[i].people, p)
	}
	g.size = make([]int32, len(g.opens)*len(r.types))
}

// keepNear lowers prices to what they may be at most: whoever might travel further
// than is looked at must be worth nothing there.
func (g *group) keepNear() {
	if !g.near {
		return
	}
	for i := range g.lambda {
		g.lambda[i] = min(g.lambda[i], g.r.types[i%len(g.r.types)].most)
	}
}

// limitLeaders counts what each leader can lead of the course in each window.
func (g *group) limitLeaders(d *dual) {
	c := d.c
	g.cap, g.able = make([][]int32, len(c.leaders)), make([]int, len(g.opens))
	for l := range c.leaders {
		from := d.o.ready[g.r.course][l]
		if from < 0 || from > g.last {
			continue
		}
		g.cap[l] = make([]int32, len(g.opens))
		for w := range g.cap[l] {
			if g.cap[l][w] = c.leadsBetween(int32(l), max(from, g.opens[w]), g.closes(int32(w))); g.cap[l][w] > 0 {
				g.able[w]++
			}
		}
	}
}

// leadsBetween counts the seminars leader l can lead in slots from to to-1 by H3
// and H7 at most, day by day and week by week.
func (c *compiled) leadsBetween(l, from, to int32) int32 {
	ld := &c.leaders[l]
	total, inWeek, onDay := int32(0), int32(0), int32(0)
	for t := from; t < to; t++ {
		if t == from || c.slots.day[t] != c.slots.day[t-1] {
			onDay = 0
		}
		if t == from || c.slots.week[t] != c.slots.week[t-1] {
			inWeek = 0
		}
		if c.leadOK.has(l, t) && onDay < ld.maxDay && inWeek < ld.maxWeek {
			onDay++
			inWeek++
			total++
		}
	}
	return min(total, ld.maxTotal)
}

// addVenue adds a hosting for every window in which venue v and enough leaders
// have slots for the course.
func (g *group) addVenue(d *dual, v int32, twin *group) {
	c, r := d.c, g.r
	co := &c.courses[r.course]
	s := stand{venue: v, arcs: g.arcs(v, twin)}
	if len(s.arcs) == 0 {
		return
	}
	usable := make([]uint64, c.venueOpen.words)
	for w, b := range c.venueOpen.row(v) {
		usable[w] = b & co.slotOK[w] & d.o.leadable[r.course][w]
	}
	s.leaders = g.leadersAt(d, v, usable)
	g.stands = append(g.stands, s)
	g.seats = max(g.seats, c.seats(r.course, v))
	open := make([]uint64, len(usable))
	for w, from := range g.opens {
		clear(open)
		for t := from; t < g.closes(int32(w)); t++ {
			if hasBit(usable, t) {
				setBit(open, t)
			}
		}
		rooms := c.venueRooms[v] * int32(c.slots.inSequence(open))
		if n := slices.IndexFunc(s.leaders, func(x candidate) bool { return x.windows>>w&1 != 0 }); n >= 0 && rooms > 0 {
			g.hostings = append(g.hostings, windowed{stand: int32(len(g.stands) - 1), window: int32(w), hosting: hosting{
				venue: v, seats: c.seats(r.course, v), least: g.least(), rooms: rooms, arcs: s.arcs,
				price: (co.fixedCost + c.emptyMix(r.course)) * scale}})
		}
	}
}

// least is how many attend a seminar at least. Where not everybody who might come is
// looked at, the others might fill it up.
func (g *group) least() int32 {
	if g.near {
		return 0
	}
	return g.r.c.courses[g.r.course].seatsMin
}

// arcs lists the types within reach of venue v, nearest first.
func (g *group) arcs(v int32, twin *group) (arcs []arc) {
	if twin != nil {
		if i := slices.IndexFunc(twin.stands, func(s stand) bool { return s.venue == v }); i >= 0 {
			return twin.stands[i].arcs
		}
	}
	c := g.r.c
	for i := range g.r.types {
		k := &g.r.types[i]
		if c.beyond(k.unit, v, k.maxTravel) {
			continue
		}
		if x := c.away(k.unit, v); x <= k.maxTravel {
			arcs = append(arcs, arc{int32(i), 2 * int64(x) * c.travelPrice * scale})
		}
	}
	slices.SortStableFunc(arcs, func(a, b arc) int { return cmp.Compare(a.cost, b.cost) })
	return arcs
}

// twin is a group before with the same people, here or in the dual before, or nil.
func (d *dual) twin(g *group) *group {
	for x := d; x != nil; x = x.before {
		for _, t := range x.groups {
			if slices.EqualFunc(t.r.types, g.r.types, func(a, b kind) bool { return slices.Equal(a.people, b.people) }) {
				return t
			}
		}
	}
	return nil
}

// leadersLooked is how many leaders are looked at for each window of a stand. Where
// there are more, somebody stands for the rest who is as near as the next, away from
// no unit and never too busy: the bound is only lower for it.
const leadersLooked = 100

// leadersAt lists the nearest leaders of each window in which venue v has usable slots.
func (g *group) leadersAt(d *dual, v int32, usable []uint64) (list []candidate) {
	c := d.c
	var others []candidate
	seen, left, wanting := make([]int, len(g.opens)), slices.Clone(g.able), 0
	for _, n := range left {
		if n > 0 {
			wanting++
		}
	}
	near := d.leadersNear(v)
	for _, l := range near {
		if wanting == 0 {
			break
		}
		if g.cap[l] == nil {
			continue
		}
		x := candidate{leader: l, unit: c.people[c.leaders[l].person].unit}
		x.travel = 2 * int64(c.away(x.unit, v)) * int64(c.price.LeaderTravel) * scale
		for w := range g.opens {
			if left[w] == 0 || g.cap[l][w] == 0 {
				continue
			}
			if left[w]--; left[w] == 0 {
				wanting--
			}
			if !c.meet(usable, c.leadOK.row(l), max(d.o.ready[g.r.course][l], g.opens[w]), g.closes(int32(w))) {
				continue
			}
			if seen[w]++; seen[w] <= leadersLooked {
				x.windows |= 1 << w
				continue
			}
			others = append(others, candidate{leader: none, travel: x.travel, windows: 1 << w})
			if left[w] > 0 {
				left[w] = 0
				wanting--
			}
		}
		if x.windows != 0 {
			list = append(list, x)
		}
	}
	if wanting > 0 && len(near) > 0 {
		// Who is not listed lives no nearer than the last, but for what rounding does.
		last := c.people[c.leaders[near[len(near)-1]].person].unit
		far := 2 * max(0, int64(c.away(last, v))-1) * int64(c.price.LeaderTravel) * scale
		for w := range left {
			if left[w] > 0 {
				others = append(others, candidate{leader: none, travel: far, windows: 1 << w})
			}
		}
	}
	return append(list, others...)
}

// leadersNear lists the nearest leaders in order of distance from venue v.
func (d *dual) leadersNear(v int32) []int32 {
	if d.near == nil {
		d.near = make([][]int32, d.c.nVenues)
	}
	if d.near[v] == nil {
		home := func(l int32) int32 { return d.c.people[d.c.leaders[l].person].unit }
		d.near[v] = slices.Clone(d.ranking.closest(len(d.c.leaders), d.c.sight.leaders,
			func(l int32) float32 { return d.c.guess(home(l), v) }, func(l int32) int32 { return d.c.away(home(l), v) }))
	}
	return d.near[v]
}

// meet: the two rows have a slot in common from slot from to slot to-1.
func (c *compiled) meet(a, b []uint64, from, to int32) bool {
	for t := from; t < to; t++ {
		if hasBit(a, t) && hasBit(b, t) {
			return true
		}
	}
	return false
}

// view shows the relaxation the prices and people of a window.
func (g *group) view(w int32) {
	n := len(g.r.types)
	g.r.lambda, g.r.size = g.lambda[int(w)*n:(int(w)+1)*n], g.size[int(w)*n:(int(w)+1)*n]
	g.r.highest = g.highest[w]
}

// lookUp is how many venues in windows are gone through until somebody asks whether to stop.
const lookUp = 256

// evaluate adds up what the seminars of all venues and windows bring at the
// present prices, and takes who is bought off the balance.
func (g *group) evaluate(d *dual, b *bench, stop func() bool) (total int64) {
	n, window := len(g.r.types), none
	for i := range g.stands {
		g.stands[i].price(d.load)
	}
	g.highest = g.highest[:0]
	for w := range g.opens {
		g.highest = append(g.highest, slices.Max(g.lambda[w*n:(w+1)*n]))
	}
	for i := range g.hostings {
		h := &g.hostings[i]
		if i%lookUp == 0 && stop() {
			return 0
		}
		if h.held == 0 && g.drift < h.quiet {
			continue
		}
		if h.window != window {
			window = h.window
			g.view(window)
		}
		x := g.hold(b, i)
		total += x
		row := g.balance[int(window)*n:]
		for _, s := range h.taken {
			row[s.kind] -= int64(s.count)
		}
	}
	return total
}

// price puts the leaders in order of what they cost at the present prices.
func (s *stand) price(load []int64) {
	for i := range s.leaders {
		x := s.leaders[i]
		if x.price = x.travel; x.leader >= 0 {
			x.price += load[x.leader]
		}
		for ; i > 0 && s.leaders[i-1].price > x.price; i-- {
			s.leaders[i] = s.leaders[i-1]
		}
		s.leaders[i] = x
	}
}

// startPrices sets each need's worth to that of a seat in a full and mixed
// seminar, and limits what a need can be worth.
func (g *group) startPrices(d *dual) {
	r := g.r
	worth := make([]int64, len(r.types))
	for i := range worth {
		worth[i] = never
	}
	full := d.c.emptyMix(r.course) * scale
	for i := range g.hostings {
		h := &g.hostings[i]
		if i > 0 && g.hostings[i-1].stand == h.stand {
			continue // a seat costs the same in every window
		}
		led := g.stands[h.stand].leaders[0].travel
		for _, a := range h.arcs {
			worth[a.kind] = min(worth[a.kind], a.cost+(h.price+led-full)/int64(h.seats))
			g.limit = max(g.limit, h.price+led)
		}
	}
	for i := range worth {
		if worth[i] == never {
			worth[i] = 0 // nowhere to go: nothing to pay for
		}
		for w := range g.opens {
			g.lambda[w*len(worth)+i] = min(worth[i], priceLimit)
		}
		g.limit = max(g.limit, worth[i])
	}
	g.limit = min(4*g.limit, priceLimit)
	g.keepNear()
}
