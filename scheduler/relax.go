package scheduler

import (
	"cmp"
	"slices"
)

// relaxation is the Lagrangian relaxation of one course in one zone: who goes
// to which venue and how many seminars each venue holds, without time. Every
// need is bought at a price of its type; what remains falls apart by venue
// (Held, Wolfe, Crowder 1974; the same bound as the linear relaxation of the
// catchment flow gives).
//
//	L(λ) = Σ_g λ_g n_g + Σ_v min_Y [ Y f_v + Σ_s mix·max(0, mixMin·Y − n_s)
//	       + Σ_u crowd·max(0, n_u − crowdMax·Y) + Σ_g (c_gv − λ_g) x_gv ]
//	with Σ x ≤ seats_v·Y, n_u ≤ maxAway_u·Y, 0 ≤ x_gv ≤ n_g.
//
// L(λ) is a lower bound for any λ. All money is in integers of 1/scale minutes,
// so that no rounding can make the bound too high.
type relaxation struct {
	c       *compiled
	course  int32
	types   []kind
	size    []int32 // people by type
	venues  []hosting
	lambda  []int64
	highest int64   // of lambda
	guess   float64 // of the bound, until there is a better one

	less      []int32 // by unit: places that its leaders take, zero between calls
	unitTaken []int32 // scratch by unit
	sectors   []int32 // scratch by sector
	waiting   []share // scratch: types worth anything to one venue, a heap
	sorted    []share // the best of them, in order
	deep      bool    // all are on the heap, also those worth nothing
	plain     []share // scratch
	bonus     []share
	filled    []share // who comes, in the last solution asked for
	balance   []int64 // subgradient by type
}

const scale = 1024

// kind is the people of one unit with one travel limit: alike to the relaxation.
type kind struct {
	unit, sector, maxTravel int32
	limit                   int32 // people the unit can spare at once
	people                  []int32
}

// hosting is a venue with what a seminar there costs at least and the types within reach.
type hosting struct {
	venue, seats int32
	least        int32 // attendees of a seminar; 0 where any number will do
	price        int64
	rooms        int32   // seminars it can hold at most
	closed       bool    // holds no seminar at the present prices
	arcs         []arc   // types within reach in order of cost
	cost         []int64 // by type, scaled; -1 out of reach; nil where arcs are enough
	held         int32   // seminars in the last solution
	taken        []share // who came in the last solution
}

// arc is what one of a type pays to come, scaled.
type arc struct {
	kind int32
	cost int64
}

// share is some people of a type and what each is worth to a venue.
type share struct {
	kind  int32
	count int32
	value int64
}

func (c *compiled) newRelaxation(co int32) *relaxation {
	return &relaxation{c: c, course: co, less: make([]int32, len(c.unitMax)), unitTaken: make([]int32, len(c.unitMax)), sectors: make([]int32, c.nSectors)}
}

// relax sets up the relaxation for the people who need the course. seatShare
// in (0, 1] scales the seats, 1 for a valid bound.
func (c *compiled) relax(co int32, people []int32, seatShare float64) *relaxation {
	r := c.newRelaxation(co)
	of := map[[2]int32]int32{}
	for _, p := range people {
		pe := &c.people[p]
		key := [2]int32{pe.unit, pe.maxTravel}
		g, ok := of[key]
		if !ok {
			g = int32(len(r.types))
			of[key] = g
			r.types = append(r.types, kind{unit: pe.unit, sector: c.unitSector[pe.unit], maxTravel: pe.maxTravel, limit: c.unitMax[pe.unit]})
			r.size = append(r.size, 0)
		}
		r.size[g]++
		r.types[g].people = append(r.types[g].people, p)
	}
	for v := int32(0); int(v) < c.nVenues; v++ {
		if h, ok := r.host(v, seatShare); ok {
			r.venues = append(r.venues, h)
		}
	}
	r.lambda = make([]int64, len(r.types))
	r.balance = make([]int64, len(r.types))
	for g := range r.lambda {
		best := never
		for i := range r.venues {
			if x := r.venues[i].cost[g]; x >= 0 {
				// The price of a seat in a full and mixed seminar.
				best = min(best, x+(r.venues[i].price-c.emptyMix(co)*scale)/int64(r.venues[i].seats))
			}
		}
		if best < never {
			r.lambda[g] = best
			r.guess += float64(best) * float64(r.size[g]) / 2
		}
	}
	return r
}

func (r *relaxation) host(v int32, seatShare float64) (hosting, bool) {
	c := r.c
	co := &c.courses[r.course]
	if !c.canHost(r.course, v) {
		return hosting{}, false
	}
	near := c.nearLeaders[int(r.course)*c.nVenues+int(v)]
	if int32(len(near)) < co.leaders {
		return hosting{}, false
	}
	h := hosting{venue: v, seats: max(1, int32(float64(c.seats(r.course, v))*seatShare)), price: co.fixedCost}
	for _, l := range near[:co.leaders] {
		h.price += 2 * int64(c.price.LeaderTravel) * int64(c.away(c.people[c.leaders[l].person].unit, v))
	}
	h.price = (h.price + c.emptyMix(r.course)) * scale
	for t := range c.slots.start {
		if hasBit(co.slotOK, int32(t)) && c.venueOpen.has(v, int32(t)) {
			h.rooms += c.venueRooms[v]
		}
	}
	h.cost = make([]int64, len(r.types))
	for g := range r.types {
		d := c.away(r.types[g].unit, v)
		if h.cost[g] = -1; d <= r.types[g].maxTravel {
			h.cost[g] = 2 * int64(d) * c.travelPrice * scale
			h.arcs = append(h.arcs, arc{int32(g), h.cost[g]})
		}
	}
	slices.SortStableFunc(h.arcs, func(a, b arc) int { return cmp.Compare(a.cost, b.cost) })
	return h, h.rooms > 0 && len(h.arcs) > 0
}

// evaluate computes L(λ) and leaves each venue's answer in held and taken, and
// the people not bought, less those bought twice, in balance.
func (r *relaxation) evaluate() int64 {
	total := int64(0)
	for g := range r.types {
		total += r.lambda[g] * int64(r.size[g])
		r.balance[g] = int64(r.size[g])
	}
	r.highest = slices.Max(append(r.lambda, 0))
	for i := range r.venues {
		total += r.bestCount(&r.venues[i])
		for _, s := range r.venues[i].taken {
			r.balance[s.kind] -= int64(s.count)
		}
	}
	return total
}

// bestCount finds the number of seminars that is best for venue h. The value
// is convex in the number, so the search walks from the last answer downhill.
func (r *relaxation) bestCount(h *hosting) int64 {
	h.taken = h.taken[:0]
	if h.closed {
		return 0
	}
	r.activate(h)
	r.walk(h)
	best := r.value(h, h.held)
	r.take(h, h.held, func(s share) { h.taken = append(h.taken, s) })
	return best
}

// walk goes downhill to the number of seminars that is best for h.
func (r *relaxation) walk(h *hosting) int64 {
	best := r.value(h, h.held)
	moved := false
	for h.held < h.rooms {
		if x := r.value(h, h.held+1); x < best {
			best, moved = x, true
			h.held++
			continue
		}
		break
	}
	for !moved && h.held > 0 {
		x := r.value(h, h.held-1)
		if x > best || x == best && h.held == 1 {
			break
		}
		best = x
		h.held--
	}
	return best
}

// activate heaps the types worth anything to h at the present prices, best on
// top. Types further away than the highest price pays for are not looked at.
func (r *relaxation) activate(h *hosting) {
	mix := int64(r.c.price.Mix) * scale
	r.waiting, r.sorted, r.deep = r.waiting[:0], r.sorted[:0], false
	for _, a := range h.arcs {
		if a.cost >= r.highest+mix {
			break
		}
		if worth := r.lambda[a.kind] - a.cost; worth+mix > 0 && r.size[a.kind] > 0 {
			r.waiting = append(r.waiting, share{a.kind, r.size[a.kind], worth})
		}
	}
	r.heapify()
}

// deepen heaps the other types too: a seminar needs a least number of people.
func (r *relaxation) deepen(h *hosting) {
	mix := int64(r.c.price.Mix) * scale
	r.deep = true
	for _, a := range h.arcs {
		if worth := r.lambda[a.kind] - a.cost; worth+mix <= 0 && r.size[a.kind] > 0 {
			r.waiting = append(r.waiting, share{a.kind, r.size[a.kind], worth})
		}
	}
	r.heapify()
}

func (r *relaxation) heapify() {
	for i := len(r.waiting)/2 - 1; i >= 0; i-- {
		r.sift(i)
	}
}

// nth is the type that is worth n-th most; false when there are no more. Few
// are ever asked for, so they are sorted only as far as needed.
func (r *relaxation) nth(n int) (share, bool) {
	if n < len(r.sorted) {
		return r.sorted[n], true
	}
	last := len(r.waiting) - 1
	if last < 0 {
		return share{}, false
	}
	top := r.waiting[0]
	r.waiting[0] = r.waiting[last]
	r.waiting = r.waiting[:last]
	r.sift(0)
	r.sorted = append(r.sorted, top)
	return top, true
}

func (r *relaxation) sift(i int) {
	w := r.waiting
	for {
		k := 2*i + 1
		if k+1 < len(w) && byValue(w[k+1], w[k]) < 0 {
			k++
		}
		if k >= len(w) || byValue(w[k], w[i]) >= 0 {
			return
		}
		w[i], w[k] = w[k], w[i]
		i = k
	}
}

func byValue(a, b share) int {
	if a.value != b.value {
		return cmp.Compare(b.value, a.value)
	}
	return int(a.kind - b.kind)
}

func (r *relaxation) value(h *hosting, y int32) int64 {
	if y == 0 {
		return 0
	}
	return int64(y)*h.price - r.take(h, y, nil)
}

// take fills y seminars at h with the people worth most and returns their
// worth. Units lie inside sectors inside the whole, so taking the largest
// marginal worth first is exact.
func (r *relaxation) take(h *hosting, y int32, visit func(share)) int64 {
	if y == 0 {
		return 0
	}
	c := r.c
	mix, crowd := int64(c.price.Mix)*scale, int64(c.price.Crowd)*scale
	r.plain, r.bonus = r.plain[:0], r.bonus[:0]
	clear(r.sectors)
	crowded, room, floor, seen := false, h.seats*y, int64(0), 0
	for ; ; seen++ {
		s, ok := r.nth(seen)
		if !ok || room <= 0 && s.value <= floor-r.bonusLeft(y, mix, crowded) {
			break
		}
		k := &r.types[s.kind]
		n := s.count
		if k.limit != unlimited {
			n = min(n, k.limit*y-r.less[k.unit]-r.unitTaken[k.unit])
		}
		easy := min(n, max(0, int32(c.price.CrowdMax)*y-r.unitTaken[k.unit]))
		r.unitTaken[k.unit] += n
		if n > easy {
			crowded = true
		}
		r.split(share{s.kind, easy, s.value}, k.sector, y, mix)
		if n > easy {
			r.split(share{s.kind, n - easy, s.value - crowd}, k.sector, y, mix)
		}
		// Once there are enough people to fill the seats, only those whose
		// sector might be short can still be better than one of them.
		if before := room; before > 0 {
			if room -= n; room <= 0 {
				if floor = s.value; crowded {
					floor -= crowd
				}
			}
		}
	}
	for i := range seen {
		r.unitTaken[r.types[r.sorted[i].kind].unit] = 0
	}
	if crowded {
		r.resort(y, mix)
	}
	worth, willing := r.fill(h.seats*y, h.least*y)
	if !willing && !r.deep {
		r.deepen(h)
		return r.take(h, y, visit)
	}
	if visit != nil {
		for _, s := range r.filled {
			visit(s)
		}
	}
	return worth
}

// bonusLeft is what a person can still be worth beyond the own value: mix while
// a sector is short in y seminars, else nothing. Crowding may yet move a bonus
// from somebody seen before to somebody seen later.
func (r *relaxation) bonusLeft(y int32, mix int64, crowded bool) int64 {
	if crowded {
		return mix
	}
	for _, n := range r.sectors {
		if n < int32(r.c.price.MixMin)*y {
			return mix
		}
	}
	return 0
}

// split files people under bonus while their sector is short, else under plain.
func (r *relaxation) split(s share, sector, y int32, mix int64) {
	if s.count <= 0 {
		return
	}
	if need := int32(r.c.price.MixMin)*y - r.sectors[sector]; need > 0 {
		n := min(need, s.count)
		r.sectors[sector] += n
		r.bonus = append(r.bonus, share{s.kind, n, s.value + mix})
		s.count -= n
	}
	if s.count > 0 {
		r.plain = append(r.plain, s)
	}
}

// resort redoes the split where crowding has put marginal worths out of order.
func (r *relaxation) resort(y int32, mix int64) {
	all := append([]share{}, r.plain...)
	for _, b := range r.bonus {
		all = append(all, share{b.kind, b.count, b.value - mix})
	}
	slices.SortFunc(all, byValue)
	r.plain, r.bonus = r.plain[:0], r.bonus[:0]
	clear(r.sectors)
	for _, s := range all {
		r.split(s, r.types[s.kind].sector, y, mix)
	}
}

// fill merges bonus and plain, both in order of worth, into the seats. Only the
// least number of people is filled up with such as are worth nothing or less; then
// willing is false.
func (r *relaxation) fill(seats, least int32) (worth int64, willing bool) {
	r.filled, willing = r.filled[:0], true
	for i, j := 0, 0; seats > 0; {
		var s share
		switch {
		case i < len(r.bonus) && (j == len(r.plain) || r.bonus[i].value >= r.plain[j].value):
			s = r.bonus[i]
			i++
		case j < len(r.plain):
			s = r.plain[j]
			j++
		case least > 0:
			return -never / 2, false
		default:
			return worth, willing
		}
		if s.value <= 0 {
			if least <= 0 {
				return worth, willing
			}
			s.count, willing = min(s.count, least), false
		}
		s.count = min(s.count, seats)
		seats, least = seats-s.count, least-s.count
		worth += s.value * int64(s.count)
		r.filled = append(r.filled, s)
	}
	return worth, willing
}

// answer is the best bound found and the averaged solution behind it.
type answer struct {
	bound  int64 // scaled
	lambda []int64
	held   []float64   // by relaxation venue
	flow   [][]float64 // by relaxation venue and type
}

// optimise raises L(λ) by n steps of subgradient ascent. The step is Polyak's,
// towards a target a little above the best value; whenever the value has not
// risen for a while, the search returns to the best prices and the target
// comes nearer. The solution is averaged over the later half.
func (r *relaxation) optimise(n int, stop func() bool) answer {
	best := answer{bound: -never, held: make([]float64, len(r.venues)), flow: make([][]float64, len(r.venues))}
	for i := range best.flow {
		best.flow[i] = make([]float64, len(r.types))
	}
	ahead, failures, averaged := 0.05, 0, 0.0
	for k := 0; k < n && !stop(); k++ {
		x := r.evaluate()
		if x > best.bound {
			best.bound = x
			best.lambda = append(best.lambda[:0], r.lambda...)
			failures = 0
		} else if failures++; failures >= 8 && k < n/2 || failures >= 12 {
			failures = 0
			ahead *= 0.6
			copy(r.lambda, best.lambda)
			continue
		}
		if k >= n/2 {
			averaged++
			r.average(&best, averaged)
		}
		if !r.step(float64(best.bound), float64(x), ahead) {
			break
		}
	}
	if averaged == 0 {
		r.average(&best, 1)
	}
	return best
}

// step moves the prices along the subgradient; false if it is zero, which
// proves the prices optimal.
func (r *relaxation) step(best, x, ahead float64) bool {
	norm := 0.0
	for _, b := range r.balance {
		norm += float64(b) * float64(b)
	}
	if norm == 0 {
		return false
	}
	lead := ahead * max(best, r.guess, scale)
	length := min(best+lead-x, 2*lead) / norm
	for g, b := range r.balance {
		r.lambda[g] += int64(length * float64(b))
	}
	return true
}

func (r *relaxation) average(a *answer, count float64) {
	w := 1 / count
	for i := range r.venues {
		h := &r.venues[i]
		a.held[i] += w * (float64(h.held) - a.held[i])
		for g := range a.flow[i] {
			a.flow[i][g] *= 1 - w
		}
		for _, s := range h.taken {
			a.flow[i][s.kind] += w * float64(s.count)
		}
	}
}
