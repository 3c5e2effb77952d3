package scheduler

import (
	"math/bits"
	"slices"
)

// passage is needs of one person that are met one after the other. At the prices
// of the groups it brings the best of all ways through them:
//
//	F_j(t) = min over allowed slots s ≥ t of  e(s) + λ_j(window of s) + F_{j+1}(first slot that keeps the gap)
type passage struct {
	from, to int32   // its stages
	costs    []int32 // by slot: earliness and preference
	settled  int64   // minutes of its best way, where prices do not change with time
}

// stage is one need of a passage: where its prices are, and its allowed slots, as
// bits of so many words of the dual's slots.
type stage struct {
	group, kind       int32
	told              int32 // what the person has been told and might stand: any other slot disturbs; none when nothing
	word, words, from int32 // the first of the calendar's words, how many, and where they are
}

// addChains lists everybody's chains and counts who might come in each window.
// When needs must be given up, or come in any order, every need is a chain of
// its own; otherwise those of one person that can be met are one chain. False when stopped.
func (d *dual) addChains(stop func() bool) bool {
	c := d.c
	var needs []int32
	for p := range c.people {
		if p%chainsAtOnce == 0 && stop() {
			return false
		}
		pe := &c.people[p]
		whole := !d.single && pe.tier >= 0 && c.tiers[pe.tier].strict
		needs = needs[:0]
		for a := pe.needFrom; a < pe.needTo; a++ {
			if d.o.hopeless[a] || d.groupOf[a] < 0 {
				continue
			}
			if needs = append(needs, a); !whole {
				d.addChain(pe, needs)
				needs = needs[:0]
			}
		}
		if len(needs) > 0 {
			d.addChain(pe, needs)
		}
	}
	return true
}

func (d *dual) addChain(pe *person, needs []int32) {
	c, from, used := d.c, len(d.stages), len(d.slots)
	ch := passage{from: int32(from), to: int32(from + len(needs)), costs: d.when.costs(pe)}
	following := d.when.following(c.tiers[pe.tier].gap)
	d.stages = slices.Grow(d.stages, len(needs))[:from+len(needs)]
	d.later = append(d.later[:0], int32(c.slots.len())) // slots of the stage after
	for j := len(needs) - 1; j >= 0; j-- {
		a := needs[j]
		k := &d.stages[from+j]
		g := d.groups[d.groupOf[a]]
		first, last := d.o.earliest[a], g.last
		*k = stage{group: d.groupOf[a], kind: d.kindOf[a], told: d.told(a), word: first >> 6, words: max(0, last>>6-first>>6+1), from: int32(len(d.slots))}
		place, leadable, there := d.when.reach.slots(pe, c.needs[a].course), d.o.leadable[c.needs[a].course], c.attendOK.row(pe.class)
		d.own = d.own[:0]
		next, seen := 0, none
		for w := k.word; w < k.word+k.words; w++ {
			allowed, kept := place[w]&leadable[w]&there[w], uint64(0)
			for ; allowed != 0; allowed &= allowed - 1 {
				t := w<<6 + int32(bits.TrailingZeros64(allowed))
				if t < first || t > last {
					continue
				}
				for j < len(needs)-1 && next < len(d.later) && d.later[next] < following[t] {
					next++
				}
				if next == len(d.later) {
					break
				}
				kept |= allowed & -allowed
				d.own = append(d.own, t)
				if x := g.windowOf[t-g.opens[0]]; x != seen {
					seen = x
					g.size[int(x)*len(g.r.types)+int(k.kind)]++
				}
			}
			d.slots = append(d.slots, kept)
		}
		d.own, d.later = d.later, d.own
	}
	if len(d.later) == 0 {
		d.stages, d.slots = d.stages[:from], d.slots[:used]
		return
	}
	if !d.timed {
		ch.settled = floorDiv(d.best(&ch, &d.hands[0].ways)-d.pay(&ch), scale)
		d.slots = d.slots[:used] // prices never choose another way
	}
	d.passages = append(d.passages, ch)
}

// told is the published slot of need a that might stand, given up for any other, or
// none.
func (d *dual) told(a int32) int32 {
	if nd := &d.c.needs[a]; nd.again < 0 && d.c.mayKeep(nd) {
		return nd.pubSlot
	}
	return none
}

// follow sums up the best of some chains at the present prices, counts for the
// balances who goes where, and leaves what each chain comes to in worth.
func (d *dual) follow(h *hand, from, to int) (total int64) {
	for i := from; i < to; i++ {
		ch := &d.passages[i]
		if d.timed {
			d.worth[i] = d.best(ch, &h.ways)
			d.walk(ch, h)
		} else {
			d.worth[i] = ch.settled*scale + d.pay(ch)
			h.late += ch.settled
			for _, k := range d.stages[ch.from:ch.to] {
				h.balance[k.group][k.kind]++
			}
		}
		total += d.worth[i]
	}
	return total
}

// pay is what the needs of a chain are worth together, where no price changes with time.
func (d *dual) pay(ch *passage) (sum int64) {
	for _, k := range d.stages[ch.from:ch.to] {
		sum += d.groups[k.group].lambda[k.kind]
	}
	return sum
}

// bestWays is, by stage and for its slots from the last one on, the best way from a slot on.
type bestWays [][]bestWay

// bestWay is the least cost from a slot on, the slot it begins in, and where it goes on
// in the stage after.
type bestWay struct {
	value       int64
	from        int32
	begin, next int32
}

// best finds the best ways through a chain at the present prices, and what the best of
// all comes to.
func (d *dual) best(ch *passage, found *bestWays) int64 {
	c := d.c
	following := d.when.following(c.tiers[c.courses[d.groups[d.stages[ch.from].group].r.course].tier].gap)
	stages := d.stages[ch.from:ch.to]
	for len(*found) <= len(stages) {
		*found = append(*found, nil)
	}
	for j := len(stages) - 1; j >= 0; j-- {
		k := &stages[j]
		g := d.groups[k.group]
		types, start := int32(len(g.r.types)), g.opens[0]
		prices, windowOf := g.lambda[k.kind:], g.windowOf
		list, later, next := (*found)[j][:0], (*found)[j+1], int32(0)
		last := j == len(stages)-1
		best := bestWay{value: never / 2}
		for w := k.words - 1; w >= 0; w-- {
			for allowed := d.slots[k.from+w]; allowed != 0; {
				b := int32(bits.Len64(allowed)) - 1
				allowed &^= 1 << uint(b)
				t := (k.word+w)<<6 + b
				cost := ch.costs[t]
				if k.told >= 0 && t != k.told {
					cost += int32(c.price.MovedSlot)
				}
				x := int64(cost)*scale + prices[windowOf[t-start]*types]
				if !last {
					for int(next+1) < len(later) && later[next+1].from >= following[t] {
						next++
					}
					x += later[next].value
				}
				if x <= best.value {
					best = bestWay{value: x, begin: t, next: next}
				}
				best.from = t
				list = append(list, best)
			}
		}
		(*found)[j] = list
	}
	first := (*found)[0]
	return first[len(first)-1].value
}

// walk counts for the balances where the best way through a chain goes, and the minutes
// of earliness, preference and disruption on it.
func (d *dual) walk(ch *passage, h *hand) {
	at := int32(len(h.ways[0])) - 1
	for j, k := range d.stages[ch.from:ch.to] {
		g := d.groups[k.group]
		x := &h.ways[j][at]
		h.balance[k.group][int(g.windowOf[x.begin-g.opens[0]])*len(g.r.types)+int(k.kind)]++
		h.late += int64(ch.costs[x.begin])
		if k.told >= 0 && x.begin != k.told {
			h.late += int64(d.c.price.MovedSlot)
		}
		at = x.next
	}
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
