package scheduler

import (
	"math"
	"slices"

	"kaskad/model"
)

// distances is how far it is from units to venues and from venue to venue, in
// minutes one way. A small programme has it in tables. Of a large one only the
// venues nearest to each unit are listed, and every other question is answered
// by measuring: what is looked at far from home is looked at seldom.
type distances struct {
	problem *model.Problem
	nVenues int
	table   []int32 // unit × venue; nil in a large programme
	hops    []int32 // venue × venue; nil in a large programme
	given   map[[2]int32]int32
	near    []int32 // unit × listed: venues in order of distance
	listed  int
	sight   sight
	units   []point
	venues  []point
}

// sight is how far is looked at most.
type sight struct {
	tabled  int   // unit × venue pairs up to which there is a table of everything
	around  int32 // minutes further than the nearest venue that the relaxation looks where there is none
	leaders int   // of the nearest to a venue, in the relaxation
}

var usualSight = sight{tabled: 2 << 20, around: 25, leaders: 512}

const (
	venuesKept  = 256 // venues listed for each unit of a large programme
	leadersKept = 64  // of the nearest leaders listed by course and venue, and units by venue; the others are still found where a full search is made
)

// away is the way from unit u to venue v.
func (d *distances) away(u, v int32) int32 {
	if d.table != nil {
		return d.table[int(u)*d.nVenues+int(v)]
	}
	return d.measured(u, v)
}

// nearest lists the venues nearest to unit u, all of them in a small programme.
func (d *distances) nearest(u int32) []int32 {
	return d.near[int(u)*d.listed : int(u+1)*d.listed]
}

// hop is the way from venue v to venue w, for a leader of both on one day.
func (d *distances) hop(v, w int32) int32 {
	if d.hops != nil {
		return d.hops[int(v)*d.nVenues+int(w)]
	}
	a, b := &d.problem.Venues[v], &d.problem.Venues[w]
	if b.Online || v == w {
		return 0
	}
	return int32(d.problem.Programme.Travel.Minutes(a.Lat, a.Lon, b.Lat, b.Lon))
}

// measured is the way from unit u to venue v by the matrix or the travel model
// (contract 2.1); the matrix speaks for online venues too.
func (d *distances) measured(u, v int32) int32 {
	if minutes, ok := d.given[[2]int32{u, v}]; ok {
		return minutes
	}
	a, b := &d.problem.Units[u], &d.problem.Venues[v]
	if b.Online {
		return 0
	}
	return int32(d.problem.Programme.Travel.Minutes(a.Lat, a.Lon, b.Lat, b.Lon))
}

// measure works distances out.
func measure(p *model.Problem, n *names, s sight) distances {
	U, V := len(p.Units), len(p.Venues)
	d := distances{problem: p, nVenues: V, listed: min(V, venuesKept), sight: s, given: matrixPairs(p, n)}
	if U*V <= s.tabled {
		d.listed = V
		d.fillTables()
	}
	for i := range p.Units {
		d.units = append(d.units, onEarth(p.Units[i].Lat, p.Units[i].Lon))
	}
	for i := range p.Venues {
		d.venues = append(d.venues, onEarth(p.Venues[i].Lat, p.Venues[i].Lon))
	}
	d.near = make([]int32, 0, U*d.listed)
	var r ranking
	for u := range int32(U) {
		d.near = append(d.near, r.closest(V, d.listed, func(v int32) float32 { return d.guess(u, v) }, func(v int32) int32 { return d.away(u, v) })...)
	}
	return d
}

func matrixPairs(p *model.Problem, n *names) map[[2]int32]int32 {
	if p.Matrix == nil {
		return nil
	}
	given := map[[2]int32]int32{}
	for i, uid := range p.Matrix.Units {
		for j, vid := range p.Matrix.Venues {
			u, okU := n.unit[uid]
			v, okV := n.venue[vid]
			if okU && okV && i < len(p.Matrix.Minutes) && j < len(p.Matrix.Minutes[i]) {
				given[[2]int32{u, v}] = int32(p.Matrix.Minutes[i][j])
			}
		}
	}
	return given
}

func (d *distances) fillTables() {
	hops, table := make([]int32, d.nVenues*d.nVenues), make([]int32, len(d.problem.Units)*d.nVenues)
	for i := range hops {
		hops[i] = d.hop(int32(i/d.nVenues), int32(i%d.nVenues))
	}
	for i := range table {
		table[i] = d.measured(int32(i/d.nVenues), int32(i%d.nVenues))
	}
	d.hops, d.table = hops, table
}

// point is a place on the unit sphere: the straight way between two of them
// grows with the way along the ground, and costs no trigonometry.
type point [3]float32

func onEarth(lat, lon float64) point {
	const rad = math.Pi / 180
	s, c := math.Sincos(lat * rad)
	sl, cl := math.Sincos(lon * rad)
	return point{float32(c * cl), float32(c * sl), float32(s)}
}

func (a point) apart(b point) float32 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return x*x + y*y + z*z
}

// guess orders venues about as their distances from unit u would.
func (d *distances) guess(u, v int32) float32 {
	if minutes, ok := d.given[[2]int32{u, v}]; ok {
		t := &d.problem.Programme.Travel
		x := max(0, float64(minutes)-t.Fixed) * t.KmH / 60 / max(t.Detour, 1e-9) / model.EarthRadiusKm
		return float32(x * x)
	}
	if d.problem.Venues[v].Online {
		return 0
	}
	return d.units[u].apart(d.venues[v])
}

// around is how far from unit u the relaxation looks: everywhere, in a small programme.
func (d *distances) around(u int32) int32 {
	if d.table != nil || d.nVenues == 0 {
		return unlimited
	}
	return d.away(u, d.nearest(u)[0]) + d.sight.around
}

// beyond: venue v of a large programme is surely more than so many minutes from unit u.
func (d *distances) beyond(u, v, minutes int32) bool {
	if d.table != nil || minutes == unlimited {
		return false
	}
	t := &d.problem.Programme.Travel
	x := max(0, float64(minutes+1)-t.Fixed) * t.KmH / 60 / max(t.Detour, 1e-9) / model.EarthRadiusKm
	return float64(d.guess(u, v)) > x*x*1.001
}

// ranking is the scratch of closest.
type ranking struct {
	order   []int32
	guesses []float32
	minutes []int32
}

// closest lists the kept of 0..n-1 that are fewest minutes away, in order. Of
// many, only the most promising by guess are measured. The list is valid until
// the next call.
func (r *ranking) closest(n, kept int, guess func(int32) float32, minutes func(int32) int32) []int32 {
	r.order = r.order[:0]
	for i := range int32(n) {
		r.order = append(r.order, i)
	}
	if n > 2*kept {
		r.guesses = r.guesses[:0]
		for i := range int32(n) {
			r.guesses = append(r.guesses, guess(i))
		}
		r.promising(kept + kept/8)
		slices.Sort(r.order)
	}
	r.minutes = slices.Grow(r.minutes[:0], n)[:n]
	for _, i := range r.order {
		r.minutes[i] = minutes(i)
	}
	slices.SortStableFunc(r.order, func(a, b int32) int { return int(r.minutes[a]) - int(r.minutes[b]) })
	r.order = r.order[:min(kept, len(r.order))]
	return r.order
}

// promising cuts the order down to the n with the least guesses, in any order
// (Hoare's selection).
func (r *ranking) promising(n int) {
	from, to := 0, len(r.order)
	for to-from > 1 {
		pivot := r.guesses[r.order[from+(to-from)/2]]
		i, j := from, to-1
		for i <= j {
			for r.guesses[r.order[i]] < pivot {
				i++
			}
			for r.guesses[r.order[j]] > pivot {
				j--
			}
			if i <= j {
				r.order[i], r.order[j] = r.order[j], r.order[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			to = j + 1
		case n > i:
			from = i
		default:
			from, to = n, n
		}
	}
	r.order = r.order[:n]
}

// rankLeaders lists by course and venue the leaders who live nearest.
func (c *compiled) rankLeaders() {
	c.nearLeaders = make([][]int32, len(c.courses)*c.nVenues)
	var r ranking
	var before []int32 // teachers of the course before: mostly the same
	for co := range c.courses {
		var teachers []int32
		for l := range c.leaders {
			if c.leaders[l].teaches[co] {
				teachers = append(teachers, int32(l))
			}
		}
		for v := range int32(c.nVenues) {
			if co > 0 && slices.Equal(teachers, before) {
				c.nearLeaders[co*c.nVenues+int(v)] = c.nearLeaders[(co-1)*c.nVenues+int(v)]
				continue
			}
			home := func(i int32) int32 { return c.people[c.leaders[teachers[i]].person].unit }
			list := slices.Clone(r.closest(len(teachers), leadersKept,
				func(i int32) float32 { return c.guess(home(i), v) }, func(i int32) int32 { return c.away(home(i), v) }))
			for k, i := range list {
				list[k] = teachers[i]
			}
			c.nearLeaders[co*c.nVenues+int(v)] = list
		}
		before = teachers
	}
}

// rankUnits lists by venue the units nearest to it.
func (c *compiled) rankUnits() {
	var r ranking
	for v := range int32(c.nVenues) {
		c.nearUnits = append(c.nearUnits, slices.Clone(r.closest(len(c.unitMax), leadersKept,
			func(u int32) float32 { return c.guess(u, v) }, func(u int32) int32 { return c.away(u, v) })))
	}
}
