package scheduler

import (
	"cmp"
	"slices"
)

// relaxation is the part of the joint relaxation that belongs to one venue (docs/bound.md):
// who comes to so many seminars of a course at the prices at hand.
//
//	V(Y) = max over x of Σ_g (λ_g − c_g) x_g − crowd Σ_u max(0, x_u − crowdMax Y) + mix Σ_s min(x_s, mixMin Y)
//	with lo Y ≤ Σ x ≤ hi Y, x_u ≤ maxAway_u Y, 0 ≤ x_g ≤ n_g
//
// All money is in integers of 1/scale minutes, so that no rounding can make a bound
// too high.
type relaxation struct {
	c       *compiled
	course  int32
	types   []kind
	size    []int32 // people by type
	lambda  []int64
	highest int64 // of lambda

	less      []int32 // by unit: places that its leaders take, zero between calls
	unitTaken []int32 // scratch by unit
	sectors   []int32 // scratch by sector
	waiting   []share // scratch: types worth anything to one venue, a heap
	sorted    []share // the best of them, in order
	deep      bool    // all are on the heap, also those worth nothing
	plain     []share // scratch
	bonus     []share
	filled    []share // who comes, in the last solution asked for
}

const scale = 1024

// kind is the people of one unit with one travel limit: alike to the relaxation.
type kind struct {
	unit, sector, maxTravel int32
	limit                   int32 // people the unit can spare at once
	most                    int64 // price they may have at most, scaled
	people                  []int32
}

// hosting is a venue with what a seminar there costs at least and the types within reach.
type hosting struct {
	venue, seats int32
	least        int32 // attendees of a seminar; 0 where any number will do
	price        int64
	rooms        int32   // seminars it can hold at most
	arcs         []arc   // types within reach in order of cost
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
