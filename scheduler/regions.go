package scheduler

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"kaskad/model"
)

// Above this many people of the last tier a programme is first planned in
// regions of about regionSize, side by side on the processor's cores: what a
// plan costs is decided near home, and planning takes more than twice as long
// for twice as many people.
const (
	wholeProgramme = 8000
	regionSize     = 2500
	regionShare    = 0.6 // of the run's limits; the rest mends the seams
	cores          = 2   // fixed, so that the plan does not depend on the machine
)

// regionalPlan plans the upstream tiers of a large programme whole, then its
// last tier region by region, and returns all of it as a plan to start from.
// It need not be valid: where regions meet, what does not fit is left out when
// it is loaded. Nil when the programme is small or has a plan to keep.
func (r *run) regionalPlan(st *state, p *model.Problem) *model.Plan {
	if len(p.Tiers) == 0 || len(p.Fixed) > 0 || p.Published != nil || r.options.Start != nil {
		return nil
	}
	last := p.Tiers[len(p.Tiers)-1].ID
	staff := 0
	for i := range p.People {
		if p.People[i].Tier == last {
			staff++
		}
	}
	if staff <= wholeProgramme {
		return nil
	}
	upstream := r.part(upstreamProblem(p, last), nil, 0.1)
	regions := r.splitRegions(st, p, upstream)
	learning := takenBy(p, upstream)
	plans := make([]*model.Plan, len(regions))
	r.sideBySide(len(regions), func(i int) {
		share := regionShare * float64(len(regions[i].People)) / float64(staff) * cores
		plans[i] = r.part(regions[i], learning, share)
	})
	whole := &model.Plan{Seminars: upstream.Seminars}
	for i, plan := range plans {
		for _, s := range plan.Seminars {
			s.ID = fmt.Sprintf("r%d-%s", i, s.ID)
			whole.Seminars = append(whole.Seminars, s)
		}
	}
	return whole
}

// part plans a part of the programme within a share of the run's limits. A
// part that cannot be planned is left to the whole.
func (r *run) part(p *model.Problem, elsewhere *taken, share float64) *model.Plan {
	began := r.elapsed()
	o := Options{Seed: r.options.Seed, NotBefore: r.options.NotBefore, inPart: true, elsewhere: elsewhere}
	if r.options.Iterations > 0 {
		o.Iterations = max(1, int64(share*float64(r.options.Iterations)))
	}
	if r.options.Time > 0 {
		o.Elapsed = func() time.Duration { return r.options.Elapsed() - began }
		o.Time = max(time.Millisecond, time.Duration(share*float64(r.options.Time)))
	}
	result, err := Solve(r.ctx, p, o)
	if err != nil {
		return &model.Plan{}
	}
	return result.Plan
}

// sideBySide calls work for 0..n-1, cores at a time, and waits for all.
func (r *run) sideBySide(n int, work func(i int)) {
	queue := make(chan int)
	var all sync.WaitGroup
	for range cores {
		all.Go(func() {
			for i := range queue {
				work(i)
			}
		})
	}
	for i := range n {
		queue <- i
	}
	close(queue)
	all.Wait()
}

// upstreamProblem is the programme without its last tier: whoever learns in
// the tiers above, and whoever leads them.
func upstreamProblem(p *model.Problem, last string) *model.Problem {
	part := *p
	part.People = nil
	for _, x := range p.People {
		if x.Tier != last && x.Tier != "" || x.Leads != nil && x.Leads.Tier != last {
			if x.Tier == last {
				x.Needs = []string{}
			}
			part.People = append(part.People, x)
		}
	}
	return &part
}

// splitRegions cuts the last tier into regions. The catchment flow says how
// many people of each unit go to which venue; venues are halved on the map by
// the people who come until about regionSize are left, and a unit goes with the
// venues most of its people go to. What leaders learn upstream is done already
// in the regions, and closes their calendars.
func (r *run) splitRegions(st *state, p *model.Problem, upstream *model.Plan) []*model.Problem {
	last := p.Tiers[len(p.Tiers)-1].ID
	flow, venues := st.mainFlow(int32(len(p.Tiers)-1), r.stop)
	var parts [][]place
	halve(venues, func(part []place) { parts = append(parts, part) })
	partOf := make([]int, len(p.Venues))
	for i, part := range parts {
		for _, v := range part {
			partOf[v.index] = i
		}
	}
	units := make([][]int, len(parts))
	for u := range p.Units {
		votes := make([]int, len(parts))
		for v, n := range flow[u] {
			votes[partOf[v]] += n
		}
		best := slices.Index(votes, slices.Max(votes))
		if votes[best] == 0 {
			best = partOf[st.c.nearest(int32(u))[0]]
		}
		units[best] = append(units[best], u)
	}
	trained := trainedPeople(p, last, upstream)
	var out []*model.Problem
	for i := range parts {
		out = append(out, regionProblem(p, units[i], parts[i], trained))
	}
	return out
}

// mainFlow is, by unit and venue, how many people of a tier the catchments
// send there, and the venues with all who come to them.
func (st *state) mainFlow(ti int32, stop func() bool) (flow []map[int32]int, venues []place) {
	flow = make([]map[int32]int, len(st.c.problem.Units))
	for u := range flow {
		flow[u] = map[int32]int{}
	}
	for i, v := range st.c.problem.Venues {
		venues = append(venues, place{index: i, x: v.Lon * math.Cos(v.Lat*math.Pi/180), y: v.Lat})
	}
	for z := range st.c.slots.zones {
		people := st.untouched(ti, int32(z))
		if len(people) == 0 {
			continue
		}
		for _, k := range st.catchments(ti, people, stop) {
			for _, p := range k.people {
				flow[st.c.people[p].unit][k.venue]++
				venues[k.venue].weight++
			}
		}
	}
	return flow, venues
}

// place is a venue on the map, in degrees of latitude, and how many come to it.
type place struct {
	index  int
	x, y   float64
	weight int
}

// halve cuts venues across the longer side of the map, half of the people on
// each side, until the parts are small enough.
func halve(venues []place, visit func([]place)) {
	total := 0
	for _, v := range venues {
		total += v.weight
	}
	if total <= regionSize*3/2 || len(venues) < 2 {
		visit(venues)
		return
	}
	along := func(p place) float64 { return p.x }
	if extent(venues, func(p place) float64 { return p.y }) > extent(venues, along) {
		along = func(p place) float64 { return p.y }
	}
	slices.SortStableFunc(venues, func(a, b place) int { return cmp.Compare(along(a), along(b)) })
	cut, before := 1, venues[0].weight
	for cut < len(venues)-1 && before+venues[cut].weight/2 < total/2 {
		before += venues[cut].weight
		cut++
	}
	halve(venues[:cut], visit)
	halve(venues[cut:], visit)
}

func extent(list []place, of func(place) float64) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range list {
		low, high = min(low, of(p)), max(high, of(p))
	}
	return high - low
}

// taken is what another part of the programme uses: by unit and by venue, the
// slots in which one of its people is away, or one of its rooms in use.
type taken struct{ units, venues map[string][]string }

func takenBy(p *model.Problem, plan *model.Plan) *taken {
	unit := make(map[string]string, len(p.People))
	for i := range p.People {
		unit[p.People[i].ID] = p.People[i].Unit
	}
	out := &taken{units: map[string][]string{}, venues: map[string][]string{}}
	for _, s := range plan.Seminars {
		out.venues[s.Venue] = append(out.venues[s.Venue], s.Slot)
		for _, id := range slices.Concat(s.Attendees, s.Leaders) {
			out.units[unit[id]] = append(out.units[unit[id]], s.Slot)
		}
	}
	return out
}

// trainedPeople is everybody who takes part in the last tier, as the upstream
// plan leaves them: modules attended are done, and those times are taken.
func trainedPeople(p *model.Problem, last string, upstream *model.Plan) map[string][]model.Person {
	slots := map[string]model.Slot{}
	for _, s := range p.Slots {
		slots[s.ID] = s
	}
	done, busy := map[string][]model.Done{}, map[string][]model.Interval{}
	for _, s := range upstream.Seminars {
		slot := slots[s.Slot]
		for _, id := range s.Attendees {
			done[id] = append(done[id], model.Done{Module: s.Module, Start: slot.Start})
		}
		for _, id := range slices.Concat(s.Attendees, s.Leaders) {
			busy[id] = append(busy[id], model.Interval{From: slot.Start, To: slot.End})
		}
	}
	byUnit := map[string][]model.Person{}
	for _, x := range p.People {
		if x.Tier != last && (x.Leads == nil || x.Leads.Tier != last) {
			continue
		}
		x.Closed = slices.Concat(x.Closed, busy[x.ID])
		if x.Tier != last {
			x.Done = slices.Concat(x.Done, done[x.ID])
			if x.Needs != nil {
				x.Needs = slices.DeleteFunc(slices.Clone(x.Needs), func(m string) bool {
					return slices.ContainsFunc(done[x.ID], func(d model.Done) bool { return d.Module == m })
				})
			}
		}
		byUnit[x.Unit] = append(byUnit[x.Unit], x)
	}
	return byUnit
}

func regionProblem(p *model.Problem, units []int, venues []place, people map[string][]model.Person) *model.Problem {
	part := *p
	part.Units, part.Venues, part.People, part.Matrix = nil, nil, nil, nil
	for _, u := range units {
		part.Units = append(part.Units, p.Units[u])
		part.People = append(part.People, people[p.Units[u].ID]...)
	}
	slices.SortFunc(venues, func(a, b place) int { return a.index - b.index })
	for _, v := range venues {
		part.Venues = append(part.Venues, p.Venues[v.index])
	}
	part.Matrix = partOfMatrix(p.Matrix, part.Units, part.Venues)
	return &part
}

// partOfMatrix keeps the pairs of a region.
func partOfMatrix(m *model.Matrix, units []model.Unit, venues []model.Venue) *model.Matrix {
	if m == nil {
		return nil
	}
	part := &model.Matrix{}
	var columns []int
	for j, id := range m.Venues {
		if slices.ContainsFunc(venues, func(v model.Venue) bool { return v.ID == id }) {
			part.Venues = append(part.Venues, id)
			columns = append(columns, j)
		}
	}
	for i, id := range m.Units {
		if !slices.ContainsFunc(units, func(u model.Unit) bool { return u.ID == id }) {
			continue
		}
		part.Units = append(part.Units, id)
		row := make([]int, len(columns))
		for k, j := range columns {
			row[k] = m.Minutes[i][j]
		}
		part.Minutes = append(part.Minutes, row)
	}
	return part
}

// reserve counts what another part uses as used.
func (st *state) reserve(x *taken, n *names) {
	if x == nil {
		return
	}
	count := func(slots map[string][]string, ids map[string]int32, used []uint16) {
		for id, list := range slots {
			i, here := ids[id]
			for _, slot := range list {
				t := n.slot[slot]
				for g := st.c.slots.segFrom[t]; g < st.c.slots.segTo[t] && here; g++ {
					used[int(i)*st.c.slots.segments+int(g)]++
				}
			}
		}
	}
	count(x.units, n.unit, st.away)
	count(x.venues, n.venue, st.used)
}
