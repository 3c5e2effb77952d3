package certificate

import (
	"cmp"
	"slices"

	"kaskad/model"
)

// never is more than any sum of prices.
const never = int64(1) << 60

// alike are people of one unit to whom the relaxation's prices are the same.
type alike struct {
	unit   *unit
	limit  int     // of travel
	prices []int64 // by window
	count  []int   // by window: how many might come
}

// hosting is a venue in one window.
type hosting struct {
	price int64 // of a seminar with nobody in it and nobody who leads it
	seats int
	most  int     // seminars it has slots and rooms for
	led   []offer // leaders, cheapest first: worth is less than 0, count how often
	come  []offer // who may come, best first
	first int64   // the least that one seminar's leaders cost
}

// offer is some people of a unit and what each is worth at a venue.
type offer struct {
	unit  *unit
	worth int64
	count int
}

func byWorth(a, b offer) int { return cmp.Compare(b.worth, a.worth) }

// seminars is the least over all ways to hold seminars for one group: price of
// the seminars less worth of those who come, venue by venue and window by window.
func (w *world) seminars(c *course, group []member) (units int64) {
	from, to := w.span(group)
	starts := groupStarts(group, from, to)
	kinds := kinds(group, starts)
	ends := append(slices.Clone(starts[1:]), to)
	sectors := int64(len(w.sectorIn[c.tier.ID]))
	empty := (int64(c.leaders)*int64(c.module.Minutes+w.prices.Prep) + sectors*int64(w.prices.MixMin)*int64(w.prices.Mix)) * Scale
	for i := range w.venues {
		v := &w.venues[i]
		if c.seats(v.Venue) == 0 {
			continue
		}
		for x, start := range starts {
			h := hosting{seats: c.seats(v.Venue), price: empty, come: w.scratch.offers[:0]}
			if w.offers(&h, v, kinds, x, start) && w.lead(&h, c, v, start, ends[x]) {
				units += w.least(c, &h)
			}
			w.scratch.offers = h.come
		}
	}
	return units
}

// span is the first slot in which somebody of the group might attend, and the one
// after the last of their waves.
func (w *world) span(group []member) (from, to int) {
	from = len(w.slots)
	seen := map[*model.Wave]bool{}
	for _, m := range group {
		from = min(from, m.who.needs[m.need].earliest)
		v := m.who.wave
		if seen[v] {
			continue
		}
		seen[v] = true
		for t := len(w.slots); t > to; t-- {
			if v == nil || !w.slots[t-1].Start.Before(v.From) && !v.To.Before(w.slots[t-1].End) {
				to = t
			}
		}
	}
	return from, to
}

// groupStarts lists the slots at which the group's windows begin: the first, and
// where a price of its people changes.
func groupStarts(group []member, from, to int) []int {
	starts, seen := []int{from}, map[*step]bool{}
	for _, m := range group {
		steps := m.who.needs[m.need].steps
		if len(steps) == 0 || seen[&steps[0]] {
			continue
		}
		seen[&steps[0]] = true
		for _, s := range steps {
			if s.from > from && s.from < to && !slices.Contains(starts, s.from) {
				starts = append(starts, s.from)
			}
		}
	}
	slices.Sort(starts)
	return starts
}

// kinds counts those alike who might come, window by window.
func kinds(group []member, starts []int) (list []alike) {
	type key struct {
		unit  *unit
		limit int
		steps *step
	}
	of := map[key]int{}
	for _, m := range group {
		n := &m.who.needs[m.need]
		k := key{unit: m.who.unit, limit: m.who.maxTravel}
		if len(n.steps) > 0 {
			k.steps = &n.steps[0]
		}
		i, ok := of[k]
		if !ok {
			i = len(list)
			of[k] = i
			list = append(list, alike{unit: k.unit, limit: k.limit, count: make([]int, len(starts))})
			for _, t := range starts {
				list[i].prices = append(list[i].prices, at(n.steps, t))
			}
		}
		window := len(starts)
		for _, t := range n.slots {
			if window < len(starts) && t >= starts[window] {
				continue
			}
			window, ok = slices.BinarySearch(starts, t)
			if !ok {
				window--
			}
			list[i].count[window]++
		}
	}
	return list
}

// lead lists who may lead at a venue in slots from to to-1; false when no seminar
// can be held then.
func (w *world) lead(h *hosting, c *course, v *venue, from, to int) bool {
	usable := make([]bool, to)
	for t := from; t < to; t++ {
		usable[t] = v.open[t] && c.led[t]
	}
	if h.most = v.rooms * w.inSequence(usable); h.most == 0 {
		return false
	}
	for k, l := range w.leaders {
		ready := c.ready[k]
		if ready < 0 || ready >= to || !l.freeIn(usable, max(ready, from)) {
			continue
		}
		cost := 2*int64(w.away(l.person.unit, v))*int64(w.prices.LeaderTravel)*Scale + l.price
		h.led = append(h.led, offer{l.person.unit, -cost, w.leadsBetween(l, max(ready, from), to)})
	}
	if len(h.led) < c.leaders {
		return false
	}
	slices.SortStableFunc(h.led, byWorth)
	for _, l := range h.led[:c.leaders] {
		h.first -= l.worth
	}
	return true
}

func (l *leader) freeIn(usable []bool, from int) bool {
	for t := from; t < len(usable); t++ {
		if usable[t] && l.free[t] {
			return true
		}
	}
	return false
}

// offers lists who may come in window x, best first; false when not even the best
// could be worth a seminar.
func (w *world) offers(h *hosting, v *venue, kinds []alike, x, start int) bool {
	sum, best, mix := int64(0), int64(0), int64(w.prices.Mix)*Scale
	for i := range kinds {
		k := &kinds[i]
		if k.count[x] == 0 {
			continue
		}
		away := w.away(k.unit, v)
		if away > k.limit {
			continue
		}
		o := offer{k.unit, k.prices[x] - 2*int64(away)*int64(w.prices.Travel)*Scale, k.count[x]}
		h.come = append(h.come, o)
		if o.worth > -mix {
			sum += int64(min(o.count, k.unit.limit)) * (o.worth + mix)
			best = max(best, o.worth+mix)
		}
	}
	if min(sum, best*int64(h.seats)) <= h.price {
		return false
	}
	slices.SortStableFunc(h.come, byWorth)
	return true
}

// least is the least of price less worth over the number of seminars. Without what
// leaders take from their units it is convex in the number, which tells where no
// better one can follow.
func (w *world) least(c *course, h *hosting) (best int64) {
	before := int64(0)
	for n := 1; n <= h.most; n++ {
		worth := w.worth(c, h, n, nil, 0)
		plain := int64(n)*(h.price+h.first) - worth
		if plain >= before && plain >= best {
			break
		}
		if plain < best {
			best = min(best, int64(n)*h.price-worth+w.leadingCost(c, h, n, worth))
		}
		before = plain
	}
	return best
}

// leadingCost is what the leaders of n seminars cost at least: travel, price and
// what the attendees are worth less for the places that leaders take from their
// own units (H9). Each unit's loss is reckoned alone: together they lose no less.
func (w *world) leadingCost(c *course, h *hosting, n int, worth int64) (cost int64) {
	type loss struct {
		places int
		worth  int64 // of all attendees, with so many places taken
		next   int64 // what the next place takes from it
	}
	losses, used := map[*unit]*loss{}, make([]int, len(h.led))
	take := func(u *unit, places int, worth int64) {
		left := w.worth(c, h, n, u, places+1)
		losses[u] = &loss{places, left, worth - left}
	}
	for range c.leaders * n {
		best, price := -1, never
		for i, l := range h.led {
			if -l.worth >= price {
				break
			}
			if used[i] >= min(n, l.count) {
				continue
			}
			if losses[l.unit] == nil {
				take(l.unit, 0, worth)
			}
			if x := losses[l.unit].next - l.worth; x < price {
				best, price = i, x
			}
		}
		if best < 0 || price >= never/2 {
			return never
		}
		used[best]++
		cost += price
		u := h.led[best].unit
		take(u, losses[u].places+1, losses[u].worth)
	}
	return cost
}

// worth is the most that those in n seminars can be worth: at most maxAway of a
// unit in each, less the places taken from one of them; those beyond crowdMax at
// the price of crowding; the first mixMin of each sector with the price of the gap
// they fill; within the seats, and no fewer than seats.min in each. Units lie
// inside sectors inside the whole, so taking the best first is exact.
func (w *world) worth(c *course, h *hosting, n int, from *unit, places int) (sum int64) {
	if from != nil && places > from.limit*n {
		return -never
	}
	crowd, mix := int64(w.prices.Crowd)*Scale, int64(w.prices.Mix)*Scale
	s := &w.scratch
	clear(s.inUnit)
	clear(s.inSector)
	s.plain, s.filling = s.plain[:0], s.filling[:0]
	crowded := false
	for _, o := range h.come {
		limit := o.unit.limit * n
		if o.unit == from {
			limit -= places
		}
		o.count = max(0, min(o.count, limit-s.inUnit[o.unit.number]))
		easy := min(o.count, max(0, w.prices.CrowdMax*n-s.inUnit[o.unit.number]))
		s.inUnit[o.unit.number] += o.count
		if s.plain = append(s.plain, offer{o.unit, o.worth, easy}); o.count > easy {
			s.plain, crowded = append(s.plain, offer{o.unit, o.worth - crowd, o.count - easy}), true
		}
	}
	if crowded {
		slices.SortStableFunc(s.plain, byWorth)
	}
	for i := range s.plain {
		o := &s.plain[i]
		filling := min(o.count, max(0, w.prices.MixMin*n-s.inSector[o.unit.sector]))
		s.inSector[o.unit.sector] += filling
		o.count -= filling
		s.filling = append(s.filling, offer{o.unit, o.worth + mix, filling})
	}
	left, wanted := h.seats*n, c.least*n
	for i, j := 0, 0; left > 0 && (i < len(s.plain) || j < len(s.filling)); {
		var o offer
		if j < len(s.filling) && (i == len(s.plain) || s.filling[j].worth >= s.plain[i].worth) {
			o, j = s.filling[j], j+1
		} else {
			o, i = s.plain[i], i+1
		}
		if o.worth <= 0 {
			if o.count = min(o.count, wanted); wanted <= 0 {
				break
			}
		}
		o.count = min(o.count, left)
		sum += int64(o.count) * o.worth
		left, wanted = left-o.count, max(0, wanted-o.count)
	}
	if wanted > 0 {
		return -never
	}
	return sum
}

// scratch is what worth uses again and again.
type scratch struct {
	inUnit, inSector       []int
	offers, plain, filling []offer
}
