package scheduler

// This file finds the best way to hold seminars of a group at one venue in one
// window: how many, who comes, and who leads them. A leader is away from the own
// unit too (H9), and so may take the place of a colleague who would come.

// hold leaves the best solution for hosting i in its held and taken and in the
// group's chosen, and returns what it costs less what it brings, at most 0.
//
// Leaders and colleagues share their unit's places, and together lose at least
// what each unit loses alone (docs/bound.md), so the sum of the units' own losses
// bounds the whole from below. Without these losses the value is convex in the
// number of seminars: it tells where to stop.
func (g *group) hold(b *bench, i int) int64 {
	h, r := &g.hostings[i], g.r
	h.taken, g.chosen[i] = h.taken[:0], g.chosen[i][:0]
	b.sit(g, h)
	led, enough := b.cheapest()
	if !enough {
		h.held, h.quiet = 0, never
		return 0
	}
	if lacks := g.lacks(h, h.price+led); lacks >= 0 {
		h.held, h.quiet = 0, g.drift+lacks
		return 0
	}
	r.activate(&h.hosting)
	plain := h.price
	h.price += led
	low := r.walk(&h.hosting)
	b.count = 0
	best, at := int64(0), int32(0)
	for y, x := h.held, low; y > 0 && x < best; y-- {
		if whole := x + b.beyond(r, &h.hosting, y); whole < best {
			best, at = whole, y
		}
		if y > 1 {
			x = r.value(&h.hosting, y-1)
		}
	}
	for y := h.held + 1; y <= h.rooms; y++ {
		x := r.value(&h.hosting, y)
		if x >= best {
			break
		}
		if whole := x + b.beyond(r, &h.hosting, y); whole < best {
			best, at = whole, y
		}
	}
	if h.held = at; at > 0 {
		if b.count != at {
			b.beyond(r, &h.hosting, at)
		}
		h.taken, g.chosen[i] = append(h.taken, b.taken...), b.led(g.chosen[i])
	}
	if at == 0 {
		h.quiet = g.drift + max(0, r.value(&h.hosting, 1))
	}
	h.price = plain
	return best
}

// lacks is how much a seminar's price at least exceeds what those who come can be
// worth, less than 0 when it might not. Where one seminar lacks something, more do too.
func (g *group) lacks(h *windowed, price int64) int64 {
	r := g.r
	price -= r.c.emptyMix(r.course) * scale
	sum, most := int64(0), int64(0)
	for _, a := range h.arcs {
		if a.cost >= r.highest {
			break
		}
		if worth := r.lambda[a.kind] - a.cost; worth > 0 {
			sum += worth * int64(min(r.size[a.kind], r.types[a.kind].limit))
			most = max(most, worth)
		}
	}
	return price - min(sum, most*int64(h.seats))
}

// impossible is more than any seminar can cost or bring.
const impossible = never / 8

// bench is who might lead at the venue at hand, and the scratch of choosing.
type bench struct {
	each    int32 // leaders of a seminar
	window  int32
	waiting []candidate // by price, not looked at yet
	cap     [][]int32
	leaders []benched // of the window, by price
	came    []int32   // by unit: attendees of the solution without leaders
	units   []int32   // those with came > 0
	count   int32     // seminars that beyond was last asked about
	lost    []loss    // by unit at hand
	taken   []share   // who comes, less those who give way
}

// benched is a leader who might lead at most so many seminars here, at a price each.
type benched struct {
	leader, unit int32 // none: one who stands for many
	price        int64
	most, used   int32
}

// loss is what a unit's attendees lose to places that its leaders take.
type loss struct {
	unit, places int32
	value        int64 // of all attendees, with so many places gone
	next         int64 // what the next place costs
}

// sit begins with the leaders of a hosting, of whom only as many are looked at as
// are asked for.
func (b *bench) sit(g *group, h *windowed) {
	b.each, b.leaders, b.waiting, b.window, b.cap = g.r.c.courses[g.r.course].leaders, b.leaders[:0], g.stands[h.stand].leaders, h.window, g.cap
}

// nth is the leader who is i-th cheapest here, or nil.
func (b *bench) nth(i int) *benched {
	for i >= len(b.leaders) {
		if len(b.waiting) == 0 {
			return nil
		}
		x := &b.waiting[0]
		b.waiting = b.waiting[1:]
		if x.windows>>b.window&1 != 0 {
			most := unlimited
			if x.leader >= 0 {
				most = b.cap[x.leader][b.window]
			}
			b.leaders = append(b.leaders, benched{x.leader, x.unit, x.price, most, 0})
		}
	}
	return &b.leaders[i]
}

// cheapest is the least that the leaders of one seminar cost; false when there
// are not enough.
func (b *bench) cheapest() (price int64, enough bool) {
	for i, n := 0, b.each; n > 0; i++ {
		x := b.nth(i)
		if x == nil {
			return 0, false
		}
		if x.leader < 0 {
			return price + int64(n)*x.price, true
		}
		price += x.price
		n--
	}
	return price, true
}

// beyond is what the leaders of y seminars cost more than the cheapest, with the
// places of their units they take. It leaves who comes in taken and who leads
// in used.
func (b *bench) beyond(r *relaxation, h *hosting, y int32) int64 {
	b.count = y
	for _, u := range b.units {
		b.came[u] = 0
	}
	b.units, b.taken, b.lost = b.units[:0], b.taken[:0], b.lost[:0]
	full := r.take(h, y, func(s share) {
		b.taken = append(b.taken, s)
		u := r.types[s.kind].unit
		if b.came[u] == 0 {
			b.units = append(b.units, u)
		}
		b.came[u] += s.count
	})
	for i := range b.leaders {
		b.leaders[i].used = 0
	}
	total := int64(0)
	for n := b.each * y; n > 0; n-- {
		best, price := -1, never
		for i := 0; ; i++ {
			x := b.nth(i)
			if x == nil || x.price >= price {
				break
			}
			p := x.price
			if x.leader >= 0 {
				if x.used >= min(x.most, y) {
					continue
				}
				p += b.loss(r, h, y, full, x.unit).next
			}
			if p < price {
				best, price = i, p
			}
		}
		if best < 0 || price >= impossible {
			return impossible
		}
		b.leaders[best].used++
		if b.leaders[best].leader >= 0 {
			b.give(r, h, y, b.leaders[best].unit)
		}
		total += price
	}
	b.giveWay(r, h, y)
	led, _ := b.cheapest()
	return total - int64(y)*led
}

// loss is the record of unit u.
func (b *bench) loss(r *relaxation, h *hosting, y int32, full int64, u int32) *loss {
	for i := range b.lost {
		if b.lost[i].unit == u {
			return &b.lost[i]
		}
	}
	b.lost = append(b.lost, loss{unit: u, value: full})
	l := &b.lost[len(b.lost)-1]
	b.priceNext(r, h, y, l)
	return l
}

// give takes the next place of unit u.
func (b *bench) give(r *relaxation, h *hosting, y, u int32) {
	for i := range b.lost {
		if l := &b.lost[i]; l.unit == u {
			l.places++
			l.value -= l.next
			b.priceNext(r, h, y, l)
		}
	}
}

// priceNext finds what one place more costs the attendees.
func (b *bench) priceNext(r *relaxation, h *hosting, y int32, l *loss) {
	limit := r.c.unitMax[l.unit]
	switch places := l.places + 1; {
	case limit == unlimited || b.came[l.unit] <= limit*y-places:
		l.next = 0
	case places > limit*y:
		l.next = impossible
	default:
		r.less[l.unit] = places
		l.next = min(impossible, l.value-r.take(h, y, nil))
		r.less[l.unit] = 0
	}
}

// giveWay changes taken to who comes when each unit's leaders take their places.
func (b *bench) giveWay(r *relaxation, h *hosting, y int32) {
	own := len(b.taken)
	for _, l := range b.lost {
		limit := r.c.unitMax[l.unit]
		if l.places == 0 || limit == unlimited || b.came[l.unit] <= limit*y-l.places {
			continue
		}
		r.less[l.unit] = l.places
		r.take(h, y, func(s share) { b.taken = append(b.taken, s) })
		r.less[l.unit] = 0
		for _, s := range b.taken[:own] {
			s.count = -s.count
			b.taken = append(b.taken, s)
		}
	}
}

// led lists who leads how many.
func (b *bench) led(list []leading) []leading {
	for _, x := range b.leaders {
		if x.used > 0 && x.leader >= 0 {
			list = append(list, leading{x.leader, x.used})
		}
	}
	return list
}
