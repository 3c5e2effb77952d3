package scheduler

import (
	"cmp"
	"math"
	"slices"

	"kaskad/model"
)

// atlas is the programme cut into regions for one round.
type atlas struct {
	q       *quilt
	regions []region
	weights []int
	ofUnit  []int32
	ofVenue []int32
	inside  []int32 // by seminar of the plan: the region that may change it, or none
}

// region is what one part of the map holds, as indices.
type region struct {
	units, venues []int32
	inner, fixed  []int32 // seminars of the plan: its own, and those it shares with others
}

// vote is how many attendances bring a unit's people to a venue.
type vote struct {
	venue int32
	n     int
}

// angles by which the map is turned before it is cut, round by round, so that
// no two rounds cut along the same lines.
var angles = []float64{0, math.Pi / 4, math.Pi / 8, 3 * math.Pi / 8}

// cut halves the venues on the map by the people who come, and again, until
// there are regions of about the size they are to have. A unit goes with the venues that most
// of its people go to.
func (q *quilt) cut(round int) *atlas {
	votes := q.votes()
	places := make([]place, q.c.nVenues)
	angle := angles[round%len(angles)]
	for i := range places {
		v := &q.c.problem.Venues[i]
		x, y := v.Lon*math.Cos(v.Lat*math.Pi/180), v.Lat
		places[i] = place{index: int32(i), x: x*math.Cos(angle) + y*math.Sin(angle), y: y*math.Cos(angle) - x*math.Sin(angle)}
	}
	for _, list := range votes {
		for _, v := range list {
			places[v.venue].weight += v.n
		}
	}
	a := &atlas{q: q, ofUnit: make([]int32, len(votes)), ofVenue: make([]int32, q.c.nVenues)}
	n := max(1, len(q.c.people)/q.size/2) * 2
	divide(places, n, func(part []place) {
		for _, v := range part {
			a.ofVenue[v.index] = int32(len(a.regions))
		}
		a.regions = append(a.regions, region{})
	})
	for v, r := range a.ofVenue {
		a.regions[r].venues = append(a.regions[r].venues, int32(v))
	}
	tally := make([]int, len(a.regions))
	for u, list := range votes {
		clear(tally)
		for _, v := range list {
			tally[a.ofVenue[v.venue]] += v.n
		}
		best := int32(slices.Index(tally, slices.Max(tally)))
		a.ofUnit[u] = best
		a.regions[best].units = append(a.regions[best].units, int32(u))
	}
	a.sortSeminars()
	for i := range a.regions {
		w := 0
		for _, u := range a.regions[i].units {
			w += len(q.c.unitPeople[u])
		}
		a.weights = append(a.weights, w)
	}
	return a
}

// votes says where each unit's people go: by the plan, or to the nearest venues
// with room as long as nobody of the last tier is seated.
func (q *quilt) votes() [][]vote {
	c := q.c
	votes := make([][]vote, len(c.unitMax))
	add := func(u, v int32, n int) {
		for i := range votes[u] {
			if votes[u][i].venue == v {
				votes[u][i].n += n
				return
			}
		}
		votes[u] = append(votes[u], vote{v, n})
	}
	for i := range q.plan.Seminars {
		s := &q.plan.Seminars[i]
		if v, ok := q.n.venue[s.Venue]; ok && q.n.tier[s.Tier] == q.last {
			for _, id := range s.Attendees {
				if p, ok := q.n.person[id]; ok {
					add(c.people[p].unit, v, 1)
				}
			}
		}
	}
	room := q.rooms()
	for u := range votes {
		if len(votes[u]) > 0 {
			continue
		}
		left, zone := len(c.unitPeople[u]), 0
		if w := c.unitWave[u]; w >= 0 {
			zone = int(c.slots.waveZone[w])
		}
		for _, v := range c.nearest(int32(u)) {
			if n := min(left, room[int(v)*c.slots.zones+zone]); n > 0 {
				add(int32(u), v, n)
				room[int(v)*c.slots.zones+zone] -= n
				left -= n
			}
		}
		if len(votes[u]) == 0 { // all are taken: anywhere, but not all of them at one place
			near := c.nearest(int32(u))
			add(int32(u), near[u%len(near)], left)
		}
	}
	return votes
}

// venueShare is the part of what a venue can hold that a first cut of the map
// counts on: where many people have few venues near, they spread over more.
const venueShare = 0.25

// rooms is by venue and zone how many people of the last tier a venue is to
// hold before others are looked at.
func (q *quilt) rooms() []int {
	c := q.c
	room := make([]int, c.nVenues*c.slots.zones)
	for v := range int32(c.nVenues) {
		seats := float64(c.seatsAt(q.last, v)) * float64(c.venueRooms[v]) * venueShare / float64(max(1, len(c.tiers[q.last].courses)))
		for z := range c.slots.zones {
			open := 0
			for t := range int32(c.slots.len()) {
				if (z == 0 || int(c.slots.zone[t]) == z) && c.venueOpen.has(v, t) {
					open++
				}
			}
			room[int(v)*c.slots.zones+z] = int(seats * float64(open))
		}
	}
	return room
}

// sortSeminars gives every seminar of the plan to the region that all its
// people and its venue belong to; the others are shared by those who have a
// part in them, and stand still.
func (a *atlas) sortSeminars() {
	q := a.q
	a.inside = make([]int32, len(q.plan.Seminars))
	for i := range q.plan.Seminars {
		s := &q.plan.Seminars[i]
		var parts []int32
		note := func(r int32) {
			if !slices.Contains(parts, r) {
				parts = append(parts, r)
			}
		}
		if v, ok := q.n.venue[s.Venue]; ok {
			note(a.ofVenue[v])
		}
		for _, ids := range [][]string{s.Leaders, s.Attendees} {
			for _, id := range ids {
				if p, ok := q.n.person[id]; ok {
					note(a.ofUnit[q.c.people[p].unit])
				}
			}
		}
		a.inside[i] = none
		if len(parts) == 1 && !q.pinned[s.ID] {
			a.inside[i] = parts[0]
			a.regions[parts[0]].inner = append(a.regions[parts[0]].inner, int32(i))
			continue
		}
		for _, r := range parts {
			a.regions[r].fixed = append(a.regions[r].fixed, int32(i))
		}
	}
}

// problem is region i as a problem of its own, and what it starts from.
func (a *atlas) problem(i int) (*model.Problem, *model.Plan) {
	q, c, p := a.q, a.q.c, a.q.c.problem
	rg := &a.regions[i]
	part := *p
	part.Units, part.Venues, part.People, part.Fixed, part.Matrix = nil, nil, nil, nil, nil
	for _, u := range rg.units {
		part.Units = append(part.Units, p.Units[u])
		for _, x := range c.unitPeople[u] {
			part.People = append(part.People, p.People[x])
		}
	}
	for _, v := range rg.venues {
		part.Venues = append(part.Venues, p.Venues[v])
	}
	whole := model.Interval{From: p.Slots[0].Start, To: p.Slots[0].End}
	for _, s := range p.Slots {
		if s.Start.Before(whole.From) {
			whole.From = s.Start
		}
		if s.End.After(whole.To) {
			whole.To = s.End
		}
	}
	venues, people, units := map[int32]bool{}, map[int32]bool{}, map[int32]bool{}
	for _, k := range rg.fixed {
		s := &q.plan.Seminars[k]
		part.Fixed = append(part.Fixed, *s)
		if v, ok := q.n.venue[s.Venue]; ok && a.ofVenue[v] != int32(i) && !venues[v] {
			venues[v] = true
			x := p.Venues[v]
			x.Closed = []model.Interval{whole} // others hold seminars here
			part.Venues = append(part.Venues, x)
		}
		for _, id := range s.Leaders {
			l, ok := q.n.person[id]
			if !ok || a.ofUnit[c.people[l].unit] == int32(i) || people[l] {
				continue
			}
			people[l] = true
			x := model.Person{ID: id, Unit: p.People[l].Unit, Leads: &model.Leads{Tier: s.Tier}} // leads this and nothing else
			part.People = append(part.People, x)
			if u := c.people[l].unit; !units[u] {
				units[u] = true
				part.Units = append(part.Units, p.Units[u])
			}
		}
	}
	part.Matrix = partOfMatrix(p.Matrix, part.Units, part.Venues)
	start := &model.Plan{}
	for _, k := range rg.inner {
		start.Seminars = append(start.Seminars, q.plan.Seminars[k])
	}
	return &part, start
}

// place is a venue on the map, in degrees of latitude, and how many come to it.
type place struct {
	index  int32
	x, y   float64
	weight int
}

// divide cuts places into n parts, each time across the longer side of the map
// and with people on both sides in proportion to the parts.
func divide(places []place, n int, visit func([]place)) {
	if n < 2 || len(places) < 2 {
		visit(places)
		return
	}
	along := func(p place) float64 { return p.x }
	if extent(places, func(p place) float64 { return p.y }) > extent(places, along) {
		along = func(p place) float64 { return p.y }
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(along(a), along(b)) })
	total := 0
	for _, p := range places {
		total += p.weight
	}
	cut, before, want := 1, places[0].weight, total*(n/2)/n
	for cut < len(places)-1 && before+places[cut].weight/2 < want {
		before += places[cut].weight
		cut++
	}
	divide(places[:cut], n/2, visit)
	divide(places[cut:], n-n/2, visit)
}

func extent(list []place, of func(place) float64) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range list {
		low, high = min(low, of(p)), max(high, of(p))
	}
	return high - low
}

// partOfMatrix keeps the pairs of a region.
func partOfMatrix(m *model.Matrix, units []model.Unit, venues []model.Venue) *model.Matrix {
	if m == nil {
		return nil
	}
	at := func(ids []string) map[string]int {
		out := make(map[string]int, len(ids))
		for i, id := range ids {
			out[id] = i
		}
		return out
	}
	part := &model.Matrix{}
	rows, columns := at(m.Units), at(m.Venues)
	var taken []int
	for i := range venues {
		if j, ok := columns[venues[i].ID]; ok {
			part.Venues = append(part.Venues, venues[i].ID)
			taken = append(taken, j)
		}
	}
	for i := range units {
		k, ok := rows[units[i].ID]
		if !ok {
			continue
		}
		row := make([]int, len(taken))
		for x, j := range taken {
			row[x] = m.Minutes[k][j]
		}
		part.Units, part.Minutes = append(part.Units, units[i].ID), append(part.Minutes, row)
	}
	return part
}
