package scheduler

import "slices"

// passage is needs of one person that are met one after the other. At the prices
// of the groups it brings the best of all ways through them:
//
//	F_j(t) = min over allowed slots s ≥ t of  e(s) + λ_j(window of s) + F_{j+1}(first slot that keeps the gap)
type passage struct {
	needs  []int32
	stages []stage
}

// stage is one need of a passage: where its prices are, and its allowed slots.
type stage struct {
	group, kind int32
	slots       []allowed
}

// allowed is a slot in which a need might be met.
type allowed struct {
	cost   int32 // earliness, preference and disruption, in minutes
	window int32
	next   int32 // of the next stage's slots, the first that keeps the gap
}

// addChains lists everybody's chains and counts who might come in each window.
// When needs must be given up, or come in any order, every need is a chain of
// its own; otherwise those of one person that can be met are one chain.
func (d *dual) addChains() {
	c := d.c
	d.passages = d.passages[:0]
	for p := range c.people {
		pe := &c.people[p]
		whole := !d.single && pe.tier >= 0 && c.tiers[pe.tier].strict
		var needs []int32
		for a := pe.needFrom; a < pe.needTo; a++ {
			if d.o.hopeless[a] || d.groupOf[a] < 0 {
				continue
			}
			if needs = append(needs, a); !whole {
				d.addChain(pe, needs)
				needs = nil
			}
		}
		if len(needs) > 0 {
			d.addChain(pe, needs)
		}
	}
}

func (d *dual) addChain(pe *person, needs []int32) {
	c, ch := d.c, passage{needs: needs, stages: make([]stage, len(needs))}
	following := d.when.following(c.tiers[pe.tier].gap)
	var later []int32 // slots of the stage after
	for j := len(needs) - 1; j >= 0; j-- {
		a := needs[j]
		k := &ch.stages[j]
		k.group, k.kind = d.groupOf[a], d.kindOf[a]
		g := d.groups[k.group]
		place, leadable := d.when.reach.slots(pe, c.needs[a].course), d.o.leadable[c.needs[a].course]
		var own []int32
		next, seen := 0, none
		for t := d.o.earliest[a]; t <= g.last; t++ {
			if !hasBit(place, t) || !hasBit(leadable, t) || !c.attendOK.has(pe.class, t) {
				continue
			}
			if j < len(needs)-1 {
				for next < len(later) && later[next] < following[t] {
					next++
				}
				if next == len(later) {
					break
				}
			}
			w := g.window(t)
			own = append(own, t)
			k.slots = append(k.slots, allowed{int32(d.when.price(pe, t) + c.movedFrom(&c.needs[a], t)), w, int32(next)})
			if w != seen {
				seen = w
				g.size[int(w)*len(g.r.types)+int(k.kind)]++
			}
		}
		later = own
	}
	d.passages = append(d.passages, ch)
}

// movedFrom is the price of a published slot that is given up for slot t, where the
// person has been told one that might stand.
func (c *compiled) movedFrom(nd *need, t int32) int64 {
	if nd.again >= 0 || nd.pubSlot == t || !c.mayKeep(nd) {
		return 0
	}
	return int64(c.price.MovedSlot)
}

// follow sums up the best of every chain at the present prices, counts in the
// balances who goes where, and leaves what each chain comes to in worth.
func (d *dual) follow() (total int64) {
	d.late = 0
	for i := range d.passages {
		x := d.best(&d.passages[i])
		d.worth[i] = x
		total += x
	}
	return total
}

func (d *dual) best(ch *passage) int64 {
	last := len(ch.stages) - 1
	for j := last; j >= 0; j-- {
		k := &ch.stages[j]
		g := d.groups[k.group]
		types := len(g.r.types)
		prices := g.lambda[k.kind:]
		row := d.rows[j][:len(k.slots)]
		later := d.rows[j+1]
		best := bestWay{value: never / 2}
		for i := len(k.slots) - 1; i >= 0; i-- {
			s := &k.slots[i]
			x := int64(s.cost)*scale + prices[int(s.window)*types]
			if j < last {
				x += later[s.next].value
			}
			if x <= best.value {
				best = bestWay{x, int32(i)}
			}
			row[i] = best
		}
	}
	if len(ch.stages[0].slots) == 0 {
		return 0
	}
	at := int32(0)
	for j := range ch.stages {
		k := &ch.stages[j]
		g := d.groups[k.group]
		s := &k.slots[d.rows[j][at].slot]
		g.balance[int(s.window)*len(g.r.types)+int(k.kind)]++
		d.late += int64(s.cost)
		at = s.next
	}
	return d.rows[0][0].value
}

// bestWay is the least cost from a slot on, and the slot it begins in.
type bestWay struct {
	value int64
	slot  int32
}

// makeRows makes the scratch of best.
func (d *dual) makeRows() {
	longest := 0
	for i := range d.passages {
		longest = max(longest, len(d.passages[i].stages))
	}
	d.rows = make([][]bestWay, longest+1)
	for j := range d.rows {
		d.rows[j] = make([]bestWay, d.c.slots.len()+1)
	}
	d.worth = make([]int64, len(d.passages))
}

// savedByDropping is what a plan that gives up so many needs, whichever, saves
// at most of the timing and of the needs' prices, scaled. Every need is a chain
// of its own.
func (d *dual) savedByDropping(n int) (saved int64) {
	gains := slices.Sorted(slices.Values(d.worth))
	for _, g := range gains[max(0, len(gains)-n):] {
		saved += max(0, g)
	}
	return saved
}
