package scheduler

// dual is the joint Lagrangian relaxation of the whole programme: the groups of
// every course, bought needs at prices λ, and led seminars at prices μ, which
// tie all groups together through the leaders' loads and fairness.
//
//	L(λ, μ) = Σ_l min_{0≤n≤cap_l} [ fair_l(n) − μ_l n ] + Σ_groups L_g(λ; prices f_v(μ))
//
// L is a lower bound for any λ and any μ (docs/bound.md has the proof).
type dual struct {
	c      *compiled
	o      *outlook
	single bool // every need is a chain of its own
	when   *timing
	groups []*group
	timing int64   // minutes: least timing of every chain
	base   []int64 // by need: that of the chain it begins

	load    []int64   // μ by leader, scaled
	most    []int32   // seminars a leader can lead at most
	led     []int64   // by leader, in the last solution
	surplus []int64   // subgradient by leader
	heading []float64 // direction of the climb by leader
	spent   spending
}

func newDual(c *compiled, o *outlook, single bool) *dual {
	n := len(c.leaders)
	d := &dual{c: c, o: o, single: single, when: newTiming(c, o), base: make([]int64, len(c.needs)),
		load: make([]int64, n), most: make([]int32, n), led: make([]int64, n), surplus: make([]int64, n), heading: make([]float64, n)}
	for l := range d.most {
		d.most[l] = c.leadsAtMost(o, int32(l))
	}
	return d
}

// leadsAtMost counts the seminars leader l can lead by H3, H5 and H7 at most,
// day by day and week by week.
func (c *compiled) leadsAtMost(o *outlook, l int32) int32 {
	ld := &c.leaders[l]
	from := int32(c.slots.len())
	for co := range c.courses {
		if t := o.ready[co][l]; t >= 0 {
			from = min(from, t)
		}
	}
	total, inWeek, onDay := int32(0), int32(0), int32(0)
	for t := from; int(t) < c.slots.len(); t++ {
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

// add brings in the people of one course who can share seminars.
func (d *dual) add(co int32, people []int32) {
	g, timing := d.newGroup(co, people)
	d.timing += timing
	for _, k := range d.groups {
		if k.alike(g) {
			k.courses = append(k.courses, co)
			return
		}
	}
	d.groups = append(d.groups, g)
}

// evaluate computes L for some of the groups, with the leaders' share if asked
// for, and leaves its subgradient in the groups' balances and in surplus.
func (d *dual) evaluate(groups []*group, leaders bool) (total int64) {
	clear(d.led)
	for _, g := range groups {
		g.setPrices(d.load)
		times := int64(len(g.courses))
		total += times * g.r.evaluate()
		for i := range g.r.venues {
			for _, l := range g.chosen[i] {
				d.led[l.leader] += times * int64(g.r.venues[i].held)
			}
		}
	}
	if leaders {
		for l := range d.load {
			total += d.lead(l)
		}
	}
	return total
}

// lead finds the best number of seminars for leader l at the present price and
// what it comes to; of equally good numbers the one nearest to what the groups
// ask for.
func (d *dual) lead(l int) int64 {
	ld := &d.c.leaders[l]
	low, high := d.mostWorth(ld, d.load[l]-1, d.most[l]), d.mostWorth(ld, d.load[l], d.most[l])
	n := min(max(d.led[l], low), high)
	d.surplus[l] = d.led[l] - n
	return d.c.unfair(ld, int(n))*scale - d.load[l]*n
}

// mostWorth is how many seminars of at most so many cost at most price each, by
// what the last one adds to unfairness: (2k − 1) × fairness for the k-th beyond
// the target.
func (d *dual) mostWorth(ld *leader, price int64, most int32) int64 {
	switch fair := int64(d.c.price.Fairness) * scale; {
	case price < 0:
		return 0
	case fair == 0 || ld.target >= most:
		return int64(most)
	default:
		return min(int64(most), int64(ld.target)+(price/fair+1)/2)
	}
}

// loadStep is how much bolder leaders' prices move than needs': a leader's
// imbalance is counted in seminars, a need's in people.
const loadStep = 16

// momentum is the share of the last direction in the next (deflected
// subgradients, Camerini, Fratta, Maffioli 1975): prices swing less.
const momentum = 0.85

// ascent is one climb: where it has been best.
type ascent struct {
	value  int64
	lambda [][]int64
	load   []int64
}

// climb raises L by n steps of subgradient ascent (Held, Wolfe, Crowder 1974)
// with Polyak's step towards a target a little above the best value. Whenever
// the value has not risen for a while, the search returns to the best prices
// and the target comes nearer.
func (d *dual) climb(groups []*group, leaders bool, n int, ahead float64, stop func() bool) {
	best := ascent{value: -never, lambda: make([][]int64, len(groups))}
	d.halt(groups)
	failures := 0
	for k := 0; k < n && !stop(); k++ {
		x := d.evaluate(groups, leaders)
		if x > best.value {
			best.value, failures = x, 0
			d.save(groups, &best)
		} else if failures++; failures >= 10 {
			failures = 0
			ahead *= 0.6
			d.restore(groups, &best)
			continue
		}
		if leaders && k >= n/2 {
			d.spend()
		}
		if !d.step(groups, leaders, float64(best.value), float64(x), ahead) {
			break
		}
	}
	if best.value > -never {
		d.restore(groups, &best)
	}
}

// halt forgets the direction.
func (d *dual) halt(groups []*group) {
	clear(d.heading)
	for _, g := range groups {
		clear(g.heading)
	}
}

func (d *dual) save(groups []*group, a *ascent) {
	for i, g := range groups {
		a.lambda[i] = append(a.lambda[i][:0], g.r.lambda...)
	}
	a.load = append(a.load[:0], d.load...)
}

func (d *dual) restore(groups []*group, a *ascent) {
	for i, g := range groups {
		copy(g.r.lambda, a.lambda[i])
	}
	copy(d.load, a.load)
}

// step moves the prices along the subgradient; false if it is zero, which
// proves the prices optimal.
func (d *dual) step(groups []*group, leaders bool, best, x, ahead float64) bool {
	norm, guess := 0.0, 0.0
	for _, g := range groups {
		times := float64(len(g.courses))
		guess += times * g.r.guess
		for i, b := range g.r.balance {
			g.heading[i] = momentum*g.heading[i] + (1-momentum)*float64(b)
			norm += times * g.heading[i] * g.heading[i]
		}
	}
	if leaders {
		for l, s := range d.surplus {
			d.heading[l] = momentum*d.heading[l] + (1-momentum)*float64(s)
			norm += loadStep * d.heading[l] * d.heading[l]
		}
	}
	if norm == 0 {
		return false
	}
	lead := ahead * max(best, guess, scale)
	length := min(best+lead-x, 2*lead) / norm
	for _, g := range groups {
		for i, b := range g.heading {
			g.r.lambda[i] = max(-priceLimit, min(g.most[i], g.r.lambda[i]+int64(length*b)))
		}
	}
	if leaders {
		for l, s := range d.heading {
			d.load[l] = min(priceLimit, max(0, d.load[l]+int64(loadStep*length*s)))
		}
	}
	return true
}

// Steps of the two climbs, when a step is cheap: more add next to nothing to
// the bound of 4,000 people.
const (
	groupSteps = 200
	jointSteps = 300
	cheapArcs  = 500_000 // above, there are fewer steps
	leastSteps = 30
)

// ascend climbs group by group, then with everything together, and returns the
// best L found. It takes the same steps whatever the clock says, unless stopped.
func (d *dual) ascend(stop func() bool) int64 {
	arcs := 1
	for _, g := range d.groups {
		for i := range g.r.venues {
			arcs += len(g.r.venues[i].arcs)
		}
	}
	steps := func(n int) int { return min(n, max(leastSteps, n*cheapArcs/arcs)) }
	for _, g := range d.groups {
		d.climb([]*group{g}, false, steps(groupSteps), 0.2, stop)
	}
	d.climb(d.groups, true, steps(jointSteps), 0.003, stop)
	return d.evaluate(d.groups, true)
}

// prices are the multipliers by need.
func (d *dual) prices() []int64 {
	needs := make([]int64, len(d.c.needs))
	for _, g := range d.groups {
		for i := range g.r.types {
			for _, p := range g.r.types[i].people {
				for _, co := range g.courses {
					needs[d.c.needOfPerson(p, co)] = g.r.lambda[i]
				}
			}
		}
	}
	return needs
}
