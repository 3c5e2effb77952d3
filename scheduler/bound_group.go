package scheduler

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// group is the part of the joint relaxation that belongs to one course and the
// people who can share its seminars. Each venue is split into classes: class i
// is a seminar held in week opens[i] or later by leaders who might be ready by
// then. A class that opens later has more leaders to choose from, nearer ones,
// but whoever starts there has waited: the arcs carry the price of waiting.
type group struct {
	r       *relaxation
	courses []int32       // the course, and those alike in everything
	opens   []int32       // by class: first slot
	stands  []stand       // by venue of the relaxation's list, class by class
	home    []int32       // by relaxation venue: its stand
	class   []int32       // by relaxation venue
	chosen  [][]candidate // by relaxation venue: the cheapest leaders at the present prices
	waits   [][]int64     // by type and class: minutes of waiting for the class, -1 where it is too late
	most    []int64       // by type: the price of a seminar of one's own, which no need is worth
	heading []float64     // direction of the climb by type
	last    int32         // slot after which nobody can attend
}

// stand is a venue with everybody who may lead the course there.
type stand struct {
	venue   int32
	price   int64 // of a seminar without leaders' travel, scaled
	leaders []candidate
}

// candidate is a leader at a stand.
type candidate struct {
	leader, class int32
	travel        int64 // scaled
}

// mostClasses keeps the relaxation small. What would open later is taken to
// open with the last class, which is never later than the truth.
const mostClasses = 8

// newGroup builds the group and returns the sum of the least timing of the
// people whose chain of needs begins with this course, in minutes.
func (d *dual) newGroup(co int32, people []int32) (*group, int64) {
	c := d.c
	g := &group{courses: []int32{co}, r: &relaxation{c: c, course: co, unitTaken: make([]int32, len(c.unitMax)), sectors: make([]int32, c.nSectors)}}
	g.setClasses(d, people)
	timing := g.addTypes(d, people)
	if !slices.ContainsFunc(g.waits, func(w []int64) bool { return slices.Max(w) > 0 || slices.Min(w) < 0 }) {
		g.opens = g.opens[:1] // nobody waits for anything here
	}
	for v := int32(0); int(v) < c.nVenues; v++ {
		g.addVenue(d, v)
	}
	g.startPrices(d)
	return g, timing
}

// setClasses opens a class with each week in which leaders of the course become ready.
func (g *group) setClasses(d *dual, people []int32) {
	c, co := d.c, g.r.course
	first, last := int32(c.slots.len()), none
	for _, p := range people {
		first = min(first, d.o.earliest[c.needOfPerson(p, co)])
		last = max(last, c.slots.lastOf(c.people[p].wave))
	}
	first = c.slots.weekOpens(first)
	g.opens, g.last = []int32{first}, last
	for l := range c.leaders {
		if t := d.o.ready[co][l]; t > first && t <= last {
			if w := c.slots.weekOpens(t); w > first && !slices.Contains(g.opens, w) {
				g.opens = append(g.opens, w)
			}
		}
	}
	slices.Sort(g.opens)
	g.opens = g.opens[:min(len(g.opens), mostClasses)]
}

// lastOf is the last slot of a wave, or of all when there is none.
func (s *slotTable) lastOf(wave int32) int32 {
	t := int32(s.len()) - 1
	for t >= 0 && wave >= 0 && !s.inWave(t, wave) {
		t--
	}
	return t
}

// weekOpens is the first slot of the ISO week of slot t.
func (s *slotTable) weekOpens(t int32) int32 {
	for t > 0 && s.week[t-1] == s.week[t] {
		t--
	}
	return t
}

// addTypes groups the people: alike are those of one unit with one travel
// limit to whom waiting for a class costs the same. It returns the sum of their
// least timing.
func (g *group) addTypes(d *dual, people []int32) (timing int64) {
	c := d.c
	of := map[string]int32{}
	key := make([]byte, 0, 64)
	for _, p := range people {
		pe := &c.people[p]
		wait, base := d.waiting(p, g)
		timing += base
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(pe.unit))
		key = binary.LittleEndian.AppendUint32(key, uint32(pe.maxTravel))
		for _, x := range wait {
			key = binary.LittleEndian.AppendUint64(key, uint64(x))
		}
		i, ok := of[string(key)]
		if !ok {
			i = int32(len(g.r.types))
			of[string(key)] = i
			g.r.types = append(g.r.types, kind{unit: pe.unit, sector: c.unitSector[pe.unit], maxTravel: pe.maxTravel})
			g.waits = append(g.waits, wait)
		}
		g.r.types[i].size++
		g.r.types[i].people = append(g.r.types[i].people, p)
	}
	return timing
}

// waiting is what it costs person p, over all modules that follow, to start in
// each class of the group rather than as early as possible; nothing when the
// course is not the first of the person's chain.
func (d *dual) waiting(p int32, g *group) (wait []int64, base int64) {
	c := d.c
	pe := &c.people[p]
	a := c.needOfPerson(p, g.courses[0])
	wait = make([]int64, len(g.opens))
	to := d.chainEnd(pe, a)
	if to == a {
		return wait, 0
	}
	row := d.when.least(pe, a, to)
	base = row[g.opens[0]]
	d.base[a] = base
	for i, t := range g.opens {
		if wait[i] = -1; row[t] < never {
			wait[i] = row[t] - base
		}
	}
	return wait, base
}

// chainEnd is where the chain that begins with need a ends; a when a is in the
// middle of one. When needs must be given up, or come in any order, every need
// is a chain of its own.
func (d *dual) chainEnd(pe *person, a int32) int32 {
	if d.single || !d.c.tiers[pe.tier].strict {
		return a + 1
	}
	if a > pe.needFrom {
		return a
	}
	to := a
	for to < pe.needTo && !d.o.hopeless[to] {
		to++
	}
	return to
}

// addVenue adds a relaxation venue for every class that venue v can hold.
func (g *group) addVenue(d *dual, v int32) {
	c, r := d.c, g.r
	co := &c.courses[r.course]
	if !c.canHost(r.course, v) {
		return
	}
	s := stand{venue: v, price: (co.fixedCost + c.emptyMix(r.course)) * scale}
	for l := range c.leaders {
		if t := d.o.ready[r.course][l]; t >= 0 && t <= g.last {
			k := int32(0)
			for int(k+1) < len(g.opens) && g.opens[k+1] <= t {
				k++
			}
			away := int64(c.away(c.people[c.leaders[l].person].unit, v))
			s.leaders = append(s.leaders, candidate{int32(l), k, 2 * away * int64(c.price.LeaderTravel) * scale})
		}
	}
	slices.SortStableFunc(s.leaders, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.travel, b.travel))
	})
	g.stands = append(g.stands, s)
	for k, from := range g.opens {
		h := hosting{venue: v, seats: c.seats(r.course, v)}
		if k == 0 {
			from = 0 // nobody can come earlier, so all slots may count: courses stay alike
		}
		for t := from; int(t) < c.slots.len(); t++ {
			if hasBit(co.slotOK, t) && c.venueOpen.has(v, t) {
				h.rooms += c.venueRooms[v]
			}
		}
		for i := range r.types {
			x := c.away(r.types[i].unit, v)
			if wait := g.waits[i][k]; x <= r.types[i].maxTravel && wait >= 0 {
				h.arcs = append(h.arcs, arc{int32(i), (2*int64(x)*c.travelPrice + wait) * scale})
			}
		}
		if h.rooms > 0 && len(h.arcs) > 0 {
			slices.SortStableFunc(h.arcs, func(a, b arc) int { return cmp.Compare(a.cost, b.cost) })
			r.venues = append(r.venues, h)
			g.home, g.class, g.chosen = append(g.home, int32(len(g.stands)-1)), append(g.class, int32(k)), append(g.chosen, nil)
		}
	}
}

// setPrices prices a seminar in each class by the cheapest leaders who might be
// ready, each at travel and own price. A class without a better leader than an
// earlier one stays closed: the earlier one is never dearer.
func (g *group) setPrices(load []int64) {
	k := int(g.r.c.courses[g.r.course].leaders)
	for i := range g.r.venues {
		h, s := &g.r.venues[i], &g.stands[g.home[i]]
		best := g.chosen[i][:0]
		for _, l := range s.leaders {
			if l.class > g.class[i] {
				break
			}
			l.travel += load[l.leader]
			best = insertCheapest(best, l, k)
		}
		g.chosen[i] = best
		h.price, h.closed = s.price, len(best) < k
		newer := g.class[i] == 0
		for _, l := range best {
			h.price += l.travel
			newer = newer || l.class == g.class[i]
		}
		if h.closed = h.closed || !newer; h.closed {
			h.held = 0
		}
	}
}

// insertCheapest keeps the k cheapest candidates in order of price.
func insertCheapest(list []candidate, l candidate, k int) []candidate {
	at := len(list)
	for at > 0 && list[at-1].travel > l.travel {
		at--
	}
	if at == k {
		return list
	}
	return slices.Insert(list, at, l)[:min(k, len(list)+1)]
}

// startPrices sets each need's worth to that of a seat in a full and mixed
// seminar, and drops the arcs that no need is worth.
func (g *group) startPrices(d *dual) {
	r := g.r
	r.lambda, r.balance, g.heading = make([]int64, len(r.types)), make([]int64, len(r.types)), make([]float64, len(r.types))
	g.most = make([]int64, len(r.types))
	for i := range r.types {
		r.lambda[i], g.most[i] = never, never
	}
	g.setPrices(d.load)
	full := d.c.emptyMix(r.course) * scale
	for i := range r.venues {
		if h := &r.venues[i]; !h.closed {
			for _, a := range h.arcs {
				r.lambda[a.kind] = min(r.lambda[a.kind], a.cost+(h.price-full)/int64(h.seats))
				g.most[a.kind] = min(g.most[a.kind], a.cost+h.price)
			}
		}
	}
	for i := range r.types {
		if g.most[i] == never {
			r.lambda[i], g.most[i] = 0, 0 // no class takes them: nothing to pay for
		}
		r.lambda[i], g.most[i] = min(r.lambda[i], priceLimit), min(g.most[i], priceLimit)
		r.guess += float64(r.lambda[i]) * float64(r.types[i].size) / 2
	}
	mix := int64(d.c.price.Mix) * scale
	for i := range r.venues {
		h := &r.venues[i]
		h.arcs = slices.DeleteFunc(h.arcs, func(a arc) bool { return a.cost >= g.most[a.kind]+mix })
	}
}

// alike: the two groups are the same but for the course's name.
func (g *group) alike(h *group) bool {
	if len(g.r.types) != len(h.r.types) || len(g.r.venues) != len(h.r.venues) || !slices.Equal(g.home, h.home) || !slices.Equal(g.class, h.class) ||
		g.r.c.courses[g.r.course].leaders != h.r.c.courses[h.r.course].leaders {
		return false
	}
	for i := range g.r.types {
		if !slices.Equal(g.r.types[i].people, h.r.types[i].people) {
			return false
		}
	}
	for i := range g.stands {
		if g.stands[i].price != h.stands[i].price || !slices.Equal(g.stands[i].leaders, h.stands[i].leaders) {
			return false
		}
	}
	for i := range g.r.venues {
		a, b := &g.r.venues[i], &h.r.venues[i]
		if a.venue != b.venue || a.seats != b.seats || a.rooms != b.rooms || !slices.Equal(a.arcs, b.arcs) {
			return false
		}
	}
	return true
}
