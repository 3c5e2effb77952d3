package scheduler

import (
	"cmp"
	"fmt"
	"math"
	"sync"
	"time"

	"kaskad/model"
)

// This file plans a programme of many people region by region: what a plan
// costs is decided near home. A region is units, the venues their people go to,
// and all seminars that nobody from outside has a part in. The rest stands
// still meanwhile, so regions planned side by side fit together exactly. Each
// round cuts the map along other lines; what was a seam lies inside a region of
// the next round.

const (
	regionPeople = 4000 // of one region, about; with twice as many who attend, or fewer, a programme is planned whole
	cores        = 2    // fixed, so that the plan does not depend on the machine
)

// rounds of improvement: what part of the run each takes, and how hot it is
// beside a programme planned whole. Later ones mend the seams of earlier ones.
var regionRounds = []struct{ share, heat float64 }{{0.6, 1}, {0.25, 0.4}, {0.15, 0.2}}

// quilt is a plan made of regions.
type quilt struct {
	r       *run
	c       *compiled
	n       *names
	known   *known
	plan    *model.Plan
	cost    model.Cost
	pinned  map[string]bool // seminars that no round may change
	given   map[string]bool // ids that come from outside
	last    int32           // the last tier that anybody attends
	sectors [][]bool        // by tier: those that have people in it
	size    int             // people of a region, about
	rounds  int             // made so far
	finish  time.Duration   // what it takes to make one plan of the regions
}

// newQuilt is nil for a programme to be planned whole: one of few people, or
// with rules that count over all of it.
func (r *run) newQuilt(c *compiled, n *names, k *known) *quilt {
	q := &quilt{r: r, c: c, n: n, known: k, last: none, size: cmp.Or(r.options.regionPeople, regionPeople)}
	if r.options.inPart {
		return nil // a region that cannot be cut, as one with a single venue, is planned as it is
	}
	attending := 0
	for p := range c.people {
		if c.people[p].needFrom < c.people[p].needTo {
			attending++
			q.last = max(q.last, c.people[p].tier)
		}
	}
	if attending <= 2*q.size || c.hasPublished || len(c.locks) > 0 || c.maxMoved < len(c.people) || c.nVenues == 0 || c.slots.len() == 0 {
		return nil
	}
	for i := range c.tiers {
		q.sectors = append(q.sectors, c.tiers[i].sectors)
	}
	return q
}

// hands that prove a bound: of a large programme as many as plan, for whom there is
// more to do than time for.
func (q *quilt) hands() int {
	if q == nil {
		return 1
	}
	return cores
}

// take makes the plan of st the quilt's.
func (q *quilt) take(st *state) {
	q.plan, q.cost = st.seminarsOf(q.n, q.known), st.recount()
	if q.given != nil {
		return
	}
	q.given, q.pinned = map[string]bool{}, map[string]bool{}
	for _, id := range q.known.ids {
		q.given[id] = true
	}
	for i := range q.c.pinned {
		q.pinned[q.c.pinned[i].seminar.ID] = true
	}
}

// begin gives st a first plan, if it has none, and seats across regions whom that
// leaves over. More is done for them region by region: each round makes others
// neighbours.
func (q *quilt) begin(st *state, bare bool) *state {
	if bare {
		st = q.first(st)
	}
	for ti := range q.c.tiers {
		st.seatAll(int32(ti), q.r.enough)
	}
	return st
}

// first plans st from nothing: the tiers above the last, whose leaders come
// from everywhere, then everybody else region by region.
func (q *quilt) first(st *state) *state {
	q.take(st)
	if above := q.above(); len(above.People) > 0 {
		plan := q.r.solvePart(above, Options{inPart: true, alone: true}, q.limitsAbove(len(above.People))).Plan
		for i := range plan.Seminars {
			plan.Seminars[i].ID = "above-" + plan.Seminars[i].ID
		}
		st.load(plan, q.n, q.known)
		q.plan, q.cost = st.seminarsOf(q.n, q.known), st.recount()
	}
	q.round(limits{iterations: 1}, 1, true)
	q.rounds = 0
	return q.state()
}

// improve makes rounds until a limit is reached and returns the plan.
func (q *quilt) improve(st *state) *state {
	q.take(st)
	for i := 0; !q.r.stop(); i++ {
		round := regionRounds[min(i, len(regionRounds)-1)]
		if i >= len(regionRounds) && q.r.options.Iterations > 0 {
			break
		}
		limit := q.limits(i)
		if q.r.options.Time > 0 && limit.time <= 0 {
			break
		}
		q.round(limit, round.heat, false)
	}
	return q.state()
}

// limits of a round or of a part of it; 0 is none.
type limits struct {
	iterations int64
	time       time.Duration
}

// rescueEach is the time set aside at the end for each need that is still unmet.
const rescueEach = 20 * time.Millisecond

// limits of round i: its share of the moves, or of the time there is left. A
// run that nothing but its caller ends makes as many moves as are of use.
func (q *quilt) limits(i int) (out limits) {
	o := &q.r.options
	i = min(i, len(regionRounds)-1)
	if out.iterations = int64(math.Ceil(float64(o.Iterations) * regionRounds[i].share)); o.Iterations == 0 && o.Time == 0 {
		out.iterations = movesPerNeed * int64(len(q.c.needs)) / cores
	}
	if o.Time > 0 {
		rescue := min(o.Time/finishShare, time.Duration(q.cost.Unmet)*rescueEach)
		out.time = o.Time - q.finish - rescue - o.Elapsed()
	}
	if o.Iterations == 0 {
		rest := 0.0
		for _, x := range regionRounds[i:] {
			rest += x.share
		}
		out.time = time.Duration(float64(out.time) * regionRounds[i].share / rest)
	}
	return out
}

// above is the programme without its last tier: whoever attends the others, and
// whoever leads them. Time is dearer in it: until leaders are trained, all who
// follow wait.
func (q *quilt) above() *model.Problem {
	p := q.c.problem
	part := *p
	part.People = nil
	last := p.Tiers[q.last].ID
	for i := range p.People {
		x := p.People[i]
		tier, attends := q.n.tier[x.Tier]
		attends = attends && tier < q.last
		leads := x.Leads != nil && x.Leads.Tier != last
		if attends || leads {
			if !attends {
				x.Needs, x.Done = []string{}, nil
			}
			part.People = append(part.People, x)
		}
	}
	dear := q.c.price.Earliness * aboveEarliness
	part.Programme.Weights.Earliness = &dear
	return &part
}

// What the tiers above may use: a share of the run, within limits for each of
// their people. A cascade whose leaders are not all trained, and soon, is not
// mended further down.
const (
	aboveEarliness = 4
	aboveShare     = 0.05
	aboveMoves     = 20_000
	aboveLeast     = 100 // moves of each chain for each person
	aboveMost      = 400
	aboveBriefly   = 300 * time.Microsecond // for each person
	aboveLong      = 2 * time.Millisecond
)

func (q *quilt) limitsAbove(people int) (out limits) {
	o := &q.r.options
	out.iterations = aboveMoves + int64(people)*aboveMost
	if o.Iterations > 0 {
		out.iterations = min(out.iterations, max(aboveMoves+int64(people)*aboveLeast, int64(aboveShare*float64(o.Iterations))))
	}
	if o.Time > 0 {
		out.time = min(time.Duration(people)*aboveLong, max(time.Duration(people)*aboveBriefly, time.Duration(aboveShare*float64(o.Time))))
	}
	return out
}

// round plans all regions once, side by side, starting from what there is. In the
// first one they only begin; in others, those stay as they are that time leaves no room for.
func (q *quilt) round(limit limits, heat float64, first bool) {
	parts := q.cut(q.rounds)
	results := make([]*Result, len(parts.regions))
	split := q.r.split(limit, parts.weights)
	done := make(chan int)
	var all sync.WaitGroup
	queue := make(chan int)
	for range cores {
		all.Go(func() {
			for i := range queue {
				began := q.r.elapsed()
				problem, start := parts.problem(i)
				if !first && q.r.stop() {
					results[i] = &Result{Plan: start}
					done <- i
					continue
				}
				share := split.next(i)
				if share.time > 0 {
					share.time = max(time.Millisecond, share.time-(q.r.elapsed()-began))
				}
				results[i] = q.r.solvePart(problem, Options{Start: start, inPart: true, rough: first, heat: heat, sectors: q.sectors, round: uint64(q.rounds*1000 + i)}, share)
				done <- i
			}
		})
	}
	go func() {
		for i := range parts.regions {
			queue <- i
		}
		close(queue)
		all.Wait()
		close(done)
	}()
	stage := "improve"
	if first {
		stage = "construct"
	}
	for i := range done {
		q.cost = q.cost.Plus(results[i].Plan.Cost.Minus(results[i].before))
		q.r.iterations += results[i].Iterations
		q.r.tell(stage, q.cost, q.r.iterations)
	}
	q.plan.Seminars = parts.together(results, q.rounds)
	q.rounds++
}

// solvePart plans a part of the programme. A part that cannot be planned stays
// as it is.
func (r *run) solvePart(p *model.Problem, o Options, limit limits) *Result {
	began := r.elapsed()
	o.Seed, o.NotBefore, o.Iterations = r.options.Seed+o.round<<16, r.options.NotBefore, limit.iterations
	if limit.time > 0 && r.options.Elapsed != nil {
		o.Elapsed = func() time.Duration { return r.options.Elapsed() - began }
		o.Time = limit.time
	}
	result, err := Solve(r.ctx, p, o)
	if err != nil {
		result = &Result{Plan: &model.Plan{}}
		if o.Start != nil {
			result.Plan = o.Start
		}
	}
	return result
}

// splitter deals out a round's limits among its regions by their weights.
type splitter struct {
	sync.Mutex
	r       *run
	limit   limits
	ends    time.Duration // of the round
	weights []int
	left    int             // weight of the regions not begun
	busy    []time.Duration // when each core is free again
}

func (r *run) split(limit limits, weights []int) *splitter {
	s := &splitter{r: r, limit: limit, weights: weights, ends: r.elapsed() + limit.time}
	for _, w := range weights {
		s.left += w
	}
	return s
}

// next is what region i may use. Regions are begun in order. Moves are dealt by
// weight alone; of time, what the round has left is shared by the regions it
// has left.
func (s *splitter) next(i int) limits {
	s.Lock()
	defer s.Unlock()
	defer func() { s.left -= s.weights[i] }()
	total := 0
	for _, w := range s.weights {
		total += w
	}
	out := limits{}
	share := float64(max(1, s.weights[i]))
	if s.limit.iterations > 0 {
		out.iterations = max(1, int64(cores*float64(s.limit.iterations)*share/float64(max(1, total))))
	}
	if s.limit.time > 0 {
		now := s.r.elapsed()
		if out.iterations > 0 { // time only cuts it short
			out.time = max(time.Millisecond, s.ends-now)
			return out
		}
		rest := cores * (s.ends - now)
		still := s.busy[:0]
		for _, t := range s.busy {
			if t > now {
				rest -= t - now
				still = append(still, t)
			}
		}
		out.time = max(time.Millisecond, min(s.ends-now, time.Duration(float64(rest)*share/float64(max(1, s.left)))))
		s.busy = append(still, now+out.time)
	}
	return out
}

// state lays the plan out anew over the whole programme.
func (q *quilt) state() *state {
	began := q.r.elapsed()
	*q.known = *newKnown()
	st := newState(q.c)
	st.pin(q.n, q.known)
	st.load(q.plan, q.n, q.known)
	for _, s := range st.open {
		if k := st.sems[s].published; k >= 0 && !q.given[q.known.ids[k]] && !st.sems[s].pinned {
			st.sems[s].published = none // a name of ours: it is numbered with the others
		}
	}
	q.finish = 2 * (q.r.elapsed() - began)
	return st
}

// together puts the regions' seminars in one list, with those that stood still.
func (a *atlas) together(results []*Result, round int) []model.Seminar {
	var out []model.Seminar
	for i, s := range a.q.plan.Seminars {
		if a.inside[i] == none {
			out = append(out, s)
		}
	}
	for i, result := range results {
		kept := map[string]bool{}
		for _, s := range a.regions[i].inner {
			kept[a.q.plan.Seminars[s].ID] = true
		}
		still := map[string]bool{}
		for _, s := range a.regions[i].fixed {
			still[a.q.plan.Seminars[s].ID] = true
		}
		for _, s := range result.Plan.Seminars {
			if still[s.ID] {
				continue
			}
			if !kept[s.ID] {
				s.ID = fmt.Sprintf("r%d-%d-%s", round, i, s.ID)
			}
			out = append(out, s)
		}
	}
	return out
}
