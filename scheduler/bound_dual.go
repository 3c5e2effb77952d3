package scheduler

import (
	"math"
	"slices"
)

// dual is the joint Lagrangian relaxation of the whole programme: everybody's
// chain of needs, bought at prices λ by the groups of every course, and led
// seminars at prices μ, which tie all groups together through the leaders' loads
// and fairness.
//
//	L(λ, μ) = Σ_chains min over ways [ Σ e + λ ] + Σ_l min_{0≤n≤cap_l} [ fair_l(n) − μ_l n ] + Σ_groups S_g(λ, μ)
//
// L is a lower bound for any λ and any μ (docs/bound.md has the proof).
type dual struct {
	c        *compiled
	o        *outlook
	single   bool // every need is a chain of its own
	when     *timing
	groups   []*group
	groupOf  []int32 // by need, none when it is left out
	kindOf   []int32 // by need
	timed    bool    // prices change with time
	passages []passage
	stages   []stage
	slots    []uint64  // allowed ones, by stage
	near     [][]int32 // by venue: leaders in order of distance, when first asked for
	ranking  ranking   // scratch
	before   *dual     // set up earlier, of the same people, or nil
	worth    []int64   // by passage, in the last solution
	late     int64     // minutes of earliness, preference and disruption in the last solution
	hands    []hand

	own, later []int32 // scratch

	times int64 // seminars that one of a group stands for

	load    []int64 // μ by leader, scaled
	most    []int32 // seminars a leader can lead at most
	led     []int64 // by leader, in the last solution
	surplus []int64 // subgradient by leader
	spent   spending
	flow    *flow // averages the solutions of the only group; nil where nobody asks
}

// newDual sets the relaxation up for companies of people by course. Without
// timed, prices do not change with time. What another dual has worked out of places
// is taken from there; before may be nil. Nil when stopped.
func newDual(c *compiled, o *outlook, companies [][][]int32, single, timed bool, stop func() bool, before *dual) *dual {
	d := &dual{c: c, o: o, single: single, timed: timed, times: 1, groupOf: make([]int32, len(c.needs)), kindOf: make([]int32, len(c.needs)), before: before}
	if before != nil {
		d.when, d.near = before.when, before.near
	} else {
		d.when = newTiming(c, o)
	}
	d.makeLeaders()
	for a := range d.groupOf {
		d.groupOf[a] = none
	}
	for co := range companies {
		for _, people := range companies[co] {
			if stop() {
				return nil
			}
			first := int32(c.slots.len())
			for _, p := range people {
				first = min(first, o.earliest[c.needOfPerson(p, int32(co))])
			}
			g := d.newGroup(int32(co), people, first, timed)
			for i := range g.r.types {
				for _, p := range g.r.types[i].people {
					a := c.needOfPerson(p, int32(co))
					d.groupOf[a], d.kindOf[a] = int32(len(d.groups)), int32(i)
				}
			}
			d.groups = append(d.groups, g)
			g.startPrices(d)
		}
	}
	if !d.addChains(stop) {
		return nil
	}
	d.worth = make([]int64, len(d.passages))
	return d
}

// makeLeaders counts what everybody can lead at most, at no price yet.
func (d *dual) makeLeaders() {
	n := len(d.c.leaders)
	d.load, d.most, d.led, d.surplus = make([]int64, n), make([]int32, n), make([]int64, n), make([]int64, n)
	for l := range d.most {
		d.most[l] = (d.c.leadsAtMost(d.o, int32(l)) + int32(d.times) - 1) / int32(d.times)
	}
	d.employ(1)
}

// leadsAtMost counts the seminars leader l can lead by H3, H5 and H7 at most.
func (c *compiled) leadsAtMost(o *outlook, l int32) int32 {
	from := int32(c.slots.len())
	for _, ready := range o.ready {
		if ready != nil && ready[l] >= 0 {
			from = min(from, ready[l])
		}
	}
	return c.leadsBetween(l, from, int32(c.slots.len()))
}

// evaluate computes L and leaves its subgradient in the groups' balances and in
// surplus. When stopped it has computed nothing, and returns false.
func (d *dual) evaluate(stop func() bool) (total int64, whole bool) {
	clear(d.led)
	for _, g := range d.groups {
		clear(g.balance)
	}
	sum, whole := d.addUp(stop)
	if !whole {
		return -never, false
	}
	for _, g := range d.groups {
		for i := range g.chosen {
			for _, x := range g.chosen[i] {
				d.led[x.leader] += int64(x.count)
			}
		}
	}
	for l := range d.load {
		sum += d.lead(l)
	}
	return sum, true
}

// lead finds the best number of seminars for leader l at the present price and
// what it comes to; of equally good numbers the one nearest to what the groups
// ask for. Fairness is convex in the number.
func (d *dual) lead(l int) int64 {
	ld := &d.c.leaders[l]
	cost := func(n int64) int64 { return d.c.unfair(ld, int(n*d.times))*scale/d.times - d.load[l]*n }
	most := int64(d.most[l])
	n := min(d.led[l], most)
	best := cost(n)
	for n < most && cost(n+1) < best {
		n++
		best = cost(n)
	}
	for n > 0 && cost(n-1) < best {
		n--
		best = cost(n)
	}
	d.surplus[l] = d.led[l] - n
	return best
}

// The steps of a climb: prices move by up to boldest minutes each in the first one,
// in the last by finest, in between by a geometric fall.
const (
	boldest = 8.0
	finest  = 0.25
)

// climb raises L by at most n steps of subgradient ascent, of which a share is done
// with time, and returns the best value, which rise is told now and then. Each
// price moves along its own average direction, by a length that does not depend on
// how far it is from the balance (Adam: Kingma and Ba, ICLR 2015): prices of few
// people and of many, of needs and of leaders, rise equally fast.
func (d *dual) climb(n int, stop func() bool, share func() float64, rise func(int64)) int64 {
	best := ascent{value: -never, lambda: make([][]int64, len(d.groups))}
	slopes, lead := make([]slope, len(d.groups)), newSlope(len(d.load))
	for i, g := range d.groups {
		slopes[i] = newSlope(len(g.lambda))
	}
	done := 0.0
	for k := 0; k < n && done < 1 && !stop(); k++ {
		done = max(float64(k)/float64(n), share())
		x, whole := d.evaluate(stop)
		if !whole {
			break
		}
		if x > best.value {
			best.value = x
			d.save(&best)
		}
		if done >= 0.5 {
			d.spend()
			d.average()
		}
		if k%8 == 7 || len(d.hands) > 1 {
			rise(best.value)
		}
		far := boldest * math.Pow(finest/boldest, done) * scale
		most := lead.move(d.load, d.surplus, 0, priceLimit, far, k) * int64(d.c.maxLeaders)
		for i, g := range d.groups {
			g.drift += most + slopes[i].move(g.lambda, g.balance, -g.limit, g.limit, far, k)*int64(g.seats)
			g.keepNear()
		}
	}
	if best.value > -never {
		d.restore(&best)
	}
	return best.value
}

// slope is the running mean of the balance at each price, and of its square.
type slope struct{ mean, square []float64 }

func newSlope(n int) slope { return slope{make([]float64, n), make([]float64, n)} }

// The means' memories; what they lack in the first steps is made up for.
const (
	meanMemory   = 0.9
	squareMemory = 0.98
)

// move moves prices within limits by up to about far, and returns the most that
// one of them has moved.
func (s *slope) move(prices, balance []int64, low, high int64, far float64, k int) (most int64) {
	mean, square := far/(1-math.Pow(meanMemory, float64(k+1))), 1/(1-math.Pow(squareMemory, float64(k+1)))
	for i, x := range balance {
		if x == 0 && s.mean[i] == 0 {
			continue
		}
		b := float64(x)
		// Rounded one by one: where a processor multiplies and adds at once, the same
		// problem would get other prices.
		s.mean[i] = float64(meanMemory*s.mean[i]) + float64((1-meanMemory)*b)
		s.square[i] = float64(squareMemory*s.square[i]) + float64((1-squareMemory)*b*b)
		to := min(high, max(low, prices[i]+int64(mean*s.mean[i]/(math.Sqrt(float64(square*s.square[i]))+0.1))))
		most = max(most, to-prices[i], prices[i]-to)
		prices[i] = to
	}
	return most
}

// ascent is where a climb has been best.
type ascent struct {
	value  int64
	lambda [][]int64
	load   []int64
}

func (d *dual) save(a *ascent) {
	for i, g := range d.groups {
		a.lambda[i] = append(a.lambda[i][:0], g.lambda...)
	}
	a.load = append(a.load[:0], d.load...)
}

func (d *dual) restore(a *ascent) {
	for i, g := range d.groups {
		copy(g.lambda, a.lambda[i])
		g.drift = never / 2 // nothing is known of these prices
	}
	copy(d.load, a.load)
}

// startFrom takes over the prices of a relaxation without time: in each window a
// need is worth less by what lateness costs.
func (d *dual) startFrom(flat *dual) {
	c := d.c
	copy(d.load, flat.load)
	for i, g := range d.groups {
		n := len(g.r.types)
		for k := range g.r.types {
			row := c.earliness[int(c.people[g.r.types[k].people[0]].wave+1)*c.slots.len():]
			early := int64(0)
			for _, p := range g.r.types[k].people {
				early += int64(row[d.o.earliest[c.needOfPerson(p, g.r.course)]])
			}
			early = early * scale / int64(len(g.r.types[k].people))
			for w, t := range g.opens {
				g.lambda[w*n+k] = max(-g.limit, min(g.limit, flat.groups[i].lambda[k]+early-int64(row[t])*scale))
			}
		}
		g.keepNear()
	}
}

// copyFrom gives each group the prices of the first course of its tier for the same
// people, where another relaxation has it.
func (d *dual) copyFrom(first *dual) {
	for _, g := range d.groups {
		for _, f := range first.groups {
			if d.c.courses[f.r.course].tier == d.c.courses[g.r.course].tier &&
				slices.EqualFunc(f.r.types, g.r.types, func(a, b kind) bool { return slices.Equal(a.people, b.people) }) {
				copy(g.lambda, f.lambda)
			}
		}
	}
}
