package scheduler

// flow is where the people of a tier go in the relaxation without time: the
// average of its solutions over the later half of a climb.
type flow struct {
	types  []kind
	venues []int32
	seats  []float64   // by venue
	held   []float64   // by venue: series
	came   [][]float64 // by venue and type
	count  float64     // solutions
}

// flowSteps is enough to come within a percent or so of the relaxation's optimum, in
// a fraction of a second for 4,000 people.
const flowSteps = 60

// flow lets the relaxation of the tier's first course decide who goes to which venue
// for a whole series: with seats that rotas leave empty, rooms that are still free,
// and leaders who can lead as many series as they have time for.
func (st *state) flow(ti int32, people []int32, stop func() bool) *flow {
	c := st.c
	courses := c.tiers[ti].courses
	d := &dual{c: c, o: st.leadersNow(courses[0]), times: int64(len(courses))}
	if len(c.leaders) > c.sight.leaders {
		d.near = c.nearLeaders[int(courses[0])*c.nVenues : int(courses[0]+1)*c.nVenues]
	}
	d.makeLeaders()
	g := d.newGroup(courses[0], people, 0, false)
	d.groups = append(d.groups, g)
	g.startPrices(d)
	f := &flow{types: g.r.types}
	for i := range g.hostings {
		h := &g.hostings[i]
		h.seats = max(1, int32(float64(h.seats)*fullness))
		h.least = min(c.courses[courses[0]].seatsMin, h.seats)
		h.rooms = min(h.rooms, st.seriesRoom(ti, c.people[people[0]].zone, h.venue))
		f.venues, f.seats, f.held = append(f.venues, h.venue), append(f.seats, float64(h.seats)), append(f.held, 0)
		f.came = append(f.came, make([]float64, len(g.r.types)))
	}
	for k := range g.r.types {
		g.size[k] = int32(len(g.r.types[k].people))
		for range g.r.types[k].people {
			d.passages = append(d.passages, passage{from: int32(len(d.stages)), to: int32(len(d.stages)) + 1})
			d.stages = append(d.stages, stage{kind: int32(k)})
		}
	}
	d.worth = make([]int64, len(d.passages))
	d.flow = f
	d.climb(flowSteps, stop, func() float64 { return 0 }, func(int64) {})
	return f
}

// leadersNow is an outlook for what is planned already: when each leader of a course
// might first lead it.
func (st *state) leadersNow(co int32) *outlook {
	c := st.c
	ready := make([][]int32, len(c.courses))
	ready[co] = make([]int32, len(c.leaders))
	for l := range c.leaders {
		ready[co][l] = none
		for t := int32(0); int(t) < c.slots.len() && c.leaders[l].teaches[co] && int32(len(st.led[l])) < c.leaders[l].maxTotal; t++ {
			if c.leadOK.has(int32(l), t) && st.hasLearnt(int32(l), c.courses[co].module, t) {
				ready[co][l] = t
				break
			}
		}
	}
	leadable := make([][]uint64, len(c.courses))
	leadable[co] = c.courses[co].slotOK
	return &outlook{ready: ready, leadable: leadable}
}

// average takes the present solution into the flow.
func (d *dual) average() {
	f := d.flow
	if f == nil {
		return
	}
	f.count++
	w := 1 / f.count
	for i := range f.venues {
		h := &d.groups[0].hostings[i]
		f.held[i] += float64(w * (float64(h.held) - f.held[i]))
		for k := range f.came[i] {
			f.came[i][k] *= 1 - w
		}
		for _, s := range h.taken {
			f.came[i][s.kind] += float64(w * float64(s.count))
		}
	}
}
