package certificate

import (
	"cmp"
	"slices"

	"kaskad/model"
)

// alike are people of one unit to whom the relaxation's prices are the same.
type alike struct {
	unit  *model.Unit
	limit int // of travel
	worth []int64
	count int
}

// offer is some people who may come to a venue and what each is worth there.
type offer struct {
	unit  *model.Unit
	worth int64
	count int
}

// hosting is a venue over one or more windows in which its leaders cost the same.
type hosting struct {
	venue    *venue
	price    int64 // of a seminar with nobody in it
	from, to int   // windows
	seats    int
	most     int // seminars it has slots and rooms for
}

// seminars is the least over all ways to hold seminars for one group: price of
// the seminars less worth of those who come, venue by venue.
func (w *world) seminars(c *course, group []member) (units int64) {
	starts := groupStarts(group)
	kinds, last := w.kinds(c, group, starts), w.lastSlot(group)
	for i := range w.venues {
		if v := &w.venues[i]; c.seats(v.Venue) > 0 {
			for _, h := range w.hostings(c, v, starts, last) {
				units += w.least(c, h, w.offers(h, kinds))
			}
		}
	}
	return units
}

// groupStarts lists the slots at which the group's windows begin: 0 and where a
// price of its people changes.
func groupStarts(group []member) []int {
	starts, seen := []int{0}, map[*step]bool{}
	for _, m := range group {
		steps := m.who.needs[m.need].steps
		if len(steps) == 0 || seen[&steps[0]] {
			continue
		}
		seen[&steps[0]] = true
		for _, s := range steps {
			if !slices.Contains(starts, s.from) {
				starts = append(starts, s.from)
			}
		}
	}
	slices.Sort(starts)
	return starts
}

// lastSlot is the last slot that somebody of the group's wave may attend.
func (w *world) lastSlot(group []member) (last int) {
	seen := map[*model.Wave]bool{}
	for _, m := range group {
		v := m.who.wave
		if seen[v] {
			continue
		}
		seen[v] = true
		for t := len(w.slots) - 1; t > last; t-- {
			if v == nil || !w.slots[t].Start.Before(v.From) && !v.To.Before(w.slots[t].End) {
				last = t
			}
		}
	}
	return last
}

// kinds counts those alike. A person is worth nothing in a window in which the
// need cannot be met.
func (w *world) kinds(c *course, group []member, starts []int) []alike {
	type key struct {
		unit    *model.Unit
		limit   int
		windows uint64
		steps   *step
	}
	of := map[key]int{}
	var kinds []alike
	for _, m := range group {
		n := &m.who.needs[m.need]
		k := key{unit: m.who.unit, limit: m.who.maxTravel, windows: n.windows}
		if len(n.steps) > 0 {
			k.steps = &n.steps[0]
		}
		i, ok := of[k]
		if !ok {
			i = len(kinds)
			of[k] = i
			worth := make([]int64, len(starts))
			for x, t := range starts {
				next := len(m.who.there)
				if x+1 < len(starts) {
					next = starts[x+1]
				}
				if worth[x] = -never; c.anyWindow(n.windows, t, next) {
					worth[x] = n.price(t)
				}
			}
			kinds = append(kinds, alike{unit: k.unit, limit: k.limit, worth: worth})
		}
		kinds[i].count++
	}
	return kinds
}

// anyWindow: one of the marked windows of the course begins in slots from..to-1.
func (c *course) anyWindow(marked uint64, from, to int) bool {
	if marked>>c.window(from)&1 != 0 {
		return true
	}
	return slices.ContainsFunc(c.breaks, func(b int) bool { return b > from && b < to && marked>>c.window(b)&1 != 0 })
}

// hostings prices seminars at a venue window by window, by the nearest leaders
// who might be ready before the window ends, and joins windows of equal price.
func (w *world) hostings(c *course, v *venue, starts []int, last int) (out []hosting) {
	sectors := int64(len(w.sectorIn[c.tier.ID]))
	empty := (int64(c.leaders)*int64(c.module.Minutes+w.prices.Prep) + sectors*int64(w.prices.MixMin)*int64(w.prices.Mix)) * Scale
	costs := make([]int64, len(w.leaders))
	for k, l := range w.leaders {
		costs[k] = 2*int64(w.away(l.person.unit, v))*int64(w.prices.LeaderTravel)*Scale + l.price
	}
	for x := range starts {
		end := len(w.slots)
		if x+1 < len(starts) {
			end = starts[x+1]
		}
		var ready []int64
		for k := range w.leaders {
			if t := c.ready[k]; t >= 0 && t < end && t <= last {
				ready = append(ready, costs[k])
			}
		}
		if len(ready) < c.leaders {
			continue
		}
		slices.Sort(ready)
		h := hosting{venue: v, price: empty, from: x, to: x, seats: c.seats(v.Venue)}
		for _, cost := range ready[:c.leaders] {
			h.price += cost
		}
		for t := starts[x]; t < end; t++ {
			if v.open[t] && c.long[t] {
				h.most += v.rooms
			}
		}
		if n := len(out) - 1; n >= 0 && out[n].price == h.price {
			out[n].to, out[n].most = x, out[n].most+h.most
			continue
		}
		out = append(out, h)
	}
	return out
}

// offers lists who may come, each worth the best price of the windows less travel.
func (w *world) offers(h hosting, kinds []alike) (out []offer) {
	bonus := int64(w.prices.Mix) * Scale
	for i := range kinds {
		k := &kinds[i]
		away := w.away(k.unit, h.venue)
		worth := slices.Max(k.worth[h.from:h.to+1]) - 2*int64(away)*int64(w.prices.Travel)*Scale
		if away <= k.limit && worth+bonus > 0 {
			out = append(out, offer{k.unit, worth, k.count})
		}
	}
	slices.SortStableFunc(out, byWorth)
	return out
}

func byWorth(a, b offer) int { return cmp.Compare(b.worth, a.worth) }

// least is the least of price less worth over the number of seminars. It is
// convex in the number, so the first that is no better than the one before ends
// the search.
func (w *world) least(c *course, h hosting, offers []offer) (best int64) {
	for n := 1; n <= h.most; n++ {
		x := int64(n)*h.price - w.worth(c, h, offers, n)
		if x >= best {
			break
		}
		best = x
	}
	return best
}

// worth is the most that those in n seminars can be worth: at most maxAway of a
// unit in each, those beyond crowdMax at the price of crowding, the first
// mixMin of each sector with the price of the gap they fill, within the seats.
// Units lie inside sectors inside the whole, so taking the best first is exact.
func (w *world) worth(c *course, h hosting, offers []offer, n int) (sum int64) {
	crowd, mix := int64(w.prices.Crowd)*Scale, int64(w.prices.Mix)*Scale
	inUnit, inSector := map[*model.Unit]int{}, map[string]int{}
	var come []offer
	for _, o := range offers {
		if o.unit.MaxAway != nil {
			o.count = min(o.count, *o.unit.MaxAway*n-inUnit[o.unit])
		}
		easy := min(o.count, max(0, w.prices.CrowdMax*n-inUnit[o.unit]))
		inUnit[o.unit] += o.count
		come = append(come, offer{o.unit, o.worth, easy}, offer{o.unit, o.worth - crowd, o.count - easy})
	}
	slices.SortStableFunc(come, byWorth)
	for i := range come {
		o := &come[i]
		filling := min(o.count, max(0, w.prices.MixMin*n-inSector[o.unit.Sector]))
		inSector[o.unit.Sector] += filling
		o.count -= filling
		come = append(come, offer{o.unit, o.worth + mix, filling})
	}
	slices.SortStableFunc(come, byWorth)
	for left := h.seats * n; len(come) > 0 && left > 0 && come[0].worth > 0; come = come[1:] {
		k := min(left, come[0].count)
		sum += int64(k) * come[0].worth
		left -= k
	}
	return sum
}
