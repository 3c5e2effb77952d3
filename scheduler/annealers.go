package scheduler

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kaskad/model"
)

// annealer makes one chain of moves: over the whole plan, or of the zones it owns while the
// rest stands still.
type annealer struct {
	r           *run
	st          *state
	best, spare *state
	se          *search
	needs       int   // that it may move
	iterations  int64 // moves made
	limit       int64 // and at most, 0 for no limit
	seen        atomic.Pointer[glimpse]
}

// glimpse is what a chain shows of itself to others while it runs.
type glimpse struct {
	cost       model.Cost // of its best plan
	iterations int64
}

// batch is how many moves are made between two looks at the limits.
const batch = 10_000

// improve anneals st on two cores and returns the best state met. Waves that do
// not overlap share nothing but leaders, so two groups of them are improved side by
// side and put together; where there is only one, two chains anneal the whole
// from different seeds and the better is taken. Always two chains, so that the
// plan does not depend on the machine.
func (r *run) improve(st *state) *state {
	if len(st.at) == 0 || st.c.nVenues == 0 || st.c.slots.len() == 0 {
		return st
	}
	start := st.recount()
	groups, n := st.c.zoneGroups(), cores
	if r.options.inPart && !r.options.alone {
		groups, n = nil, 1 // its neighbour has the other core
	}
	chains := make([]*annealer, n)
	for i := range chains {
		chains[i] = r.newAnnealer(st.clone(), i, groups)
	}
	var others sync.WaitGroup
	for _, ch := range chains[1:] {
		others.Go(func() { ch.anneal(nil) })
	}
	chains[0].anneal(func() { r.tellChains(chains, start, groups != nil) })
	others.Wait()
	for _, ch := range chains {
		r.iterations += ch.iterations
	}
	return together(chains, groups, st)
}

func (r *run) newAnnealer(st *state, i int, groups [][]bool) *annealer {
	ch := &annealer{r: r, st: st, limit: r.options.Iterations, needs: len(st.at),
		se: &search{st: st, c: st.c, r: newRNG(r.options.Seed + uint64(i)<<32)}}
	if groups != nil {
		ch.own(groups[i])
	}
	ch.best, ch.spare = st.clone(), &state{c: st.c}
	ch.glance()
	return ch
}

// own leaves only the seminars and people of some zones to the chain: the
// seminars of the others are pinned in its copy.
func (ch *annealer) own(zones []bool) {
	st, c := ch.st, ch.st.c
	for _, s := range st.open {
		if !zones[c.slots.zone[st.sems[s].slot]] {
			st.sems[s].pinned = true
		}
	}
	mine := []int32{}
	for a := range c.needs {
		if zones[c.people[c.needs[a].person].zone] {
			mine = append(mine, int32(a))
		}
	}
	ch.needs, ch.se.mine, ch.se.zones = len(mine), mine, zones
}

// anneal cools the chain until a limit is reached. Small problems are cooled
// again and again, each time from the best state; a large one is cooled once,
// over all the time there is. tell, if any, is called a few times a second.
func (ch *annealer) anneal(tell func()) {
	r, st := ch.r, ch.st
	at := st.standing()
	for k := 0; ch.more(); k++ {
		cool := ch.cooling(k)
		if k > 0 {
			st.copyFrom(ch.best)
		}
		for share := 0.0; share < 1 && ch.more(); share = cool.share(ch) {
			ch.se.prices = cool.prices(share)
			n := ch.batch(cool)
			ch.se.run(n, cool.temperature(share))
			ch.iterations += n
			at = remember(st, ch.best, ch.spare, at)
			if r.options.OnProgress != nil && ch.iterations%(8*batch) < n {
				ch.glance()
			}
			if tell != nil && r.elapsed()-r.reported >= 300*time.Millisecond {
				tell()
			}
		}
	}
}

func (ch *annealer) glance() { ch.seen.Store(&glimpse{ch.best.recount(), ch.iterations}) }

// tellChains reports what the chains have reached together.
func (r *run) tellChains(chains []*annealer, start model.Cost, apart bool) {
	var sum model.Cost
	moves := int64(0)
	for i, ch := range chains {
		g := ch.seen.Load()
		moves += g.iterations
		switch {
		case i == 0:
			sum = g.cost
		case apart:
			sum = sum.Plus(g.cost.Minus(start)) // what this chain has made of what both started from
		case g.cost.Less(sum):
			sum = g.cost
		}
	}
	r.tell("improve", sum, moves)
}

// more: neither limit is reached.
func (ch *annealer) more() bool {
	return !ch.r.stop() && (ch.limit == 0 || ch.iterations < ch.limit)
}

// batch is the number of moves until the limits are looked at again.
func (ch *annealer) batch(c cooling) int64 {
	n := min(batch, max(1, c.moves/64))
	if ch.limit > 0 {
		n = min(n, ch.limit-ch.iterations)
	}
	return n
}

// together is the best that the chains have found: the better of two, or one
// plan of the zones of each.
func together(chains []*annealer, groups [][]bool, base *state) *state {
	best := chains[0].best
	if len(chains) == 1 {
		return best
	}
	if groups == nil {
		if chains[1].best.standing().better(best.standing()) {
			return chains[1].best
		}
		return best
	}
	best.adopt(chains[1].best, groups[1], base)
	return best
}

// adopt takes over another state's seminars in some zones, in order of time, so
// that what leaders attend comes before what they lead. A leader who would lead
// too much, now that both states are one, is replaced. Seminars are pinned as in base.
func (st *state) adopt(other *state, zones []bool, base *state) {
	c := st.c
	movable := func(x *state, s int32) bool { return zones[c.slots.zone[x.sems[s].slot]] && !pinnedIn(base, s) }
	for i := len(st.open) - 1; i >= 0; i-- {
		if i < len(st.open) && movable(st, st.open[i]) {
			st.disband(st.open[i])
		}
	}
	for _, s := range st.open {
		st.sems[s].pinned = pinnedIn(base, s)
	}
	var theirs []int32
	for _, s := range other.open {
		if movable(other, s) {
			theirs = append(theirs, s)
		}
	}
	slices.SortFunc(theirs, func(a, b int32) int {
		return cmp.Or(cmp.Compare(other.sems[a].slot, other.sems[b].slot), cmp.Compare(a, b))
	})
	series := map[int32]int32{}
	for _, s := range theirs {
		id, ok := series[other.sems[s].series]
		if !ok {
			id = st.newSeries()
			series[other.sems[s].series] = id
		}
		st.copySeminar(other, s, id)
	}
}

func pinnedIn(base *state, s int32) bool {
	return int(s) < len(base.sems) && base.sems[s].live && base.sems[s].pinned
}

// copySeminar holds another state's seminar s with whoever may come.
func (st *state) copySeminar(other *state, s, series int32) {
	sm := &other.sems[s]
	x := st.hold(sm.course, sm.slot, sm.venue, series)
	st.sems[x].published = sm.published
	for j := int32(0); j < st.c.courses[sm.course].leaders; j++ {
		if l := other.leaderOf(s, j); l >= 0 && st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			st.setLeader(x, j, l)
		}
	}
	if !st.staff(x) {
		st.disband(x)
		return
	}
	for _, a := range other.members[s] {
		if st.isNext(a) && st.canJoin(a, x) {
			st.attach(a, x)
		}
	}
}

// zoneGroups cuts the zones into two groups with about as many needs each; nil
// if that cannot be: some people may attend in any of them, nearly all belong to one, or
// rules count over all of them.
func (c *compiled) zoneGroups() [][]bool {
	weight := make([]int, c.slots.zones)
	for a := range c.needs {
		weight[c.people[c.needs[a].person].zone]++
	}
	if len(c.needs) <= smallProgramme || weight[0] > 0 || c.maxMoved < len(c.people) || len(c.locks) > 0 {
		return nil
	}
	order := make([]int, 0, len(weight))
	for z := range weight {
		order = append(order, z)
	}
	slices.SortStableFunc(order, func(a, b int) int { return weight[b] - weight[a] })
	groups, load := [][]bool{make([]bool, len(weight)), make([]bool, len(weight))}, [cores]int{}
	for _, z := range order {
		i := 0
		if load[1] < load[0] {
			i = 1
		}
		groups[i][z] = true
		load[i] += weight[z]
	}
	if min(load[0], load[1])*6 < len(c.needs) {
		return nil
	}
	return groups
}
