package rollout

import (
	"cmp"
	"math"
	"slices"

	"kaskad/model"
)

// Kept are the waves that a proposal leaves as they are: somebody has been told
// of a seminar in them.
func Kept(p *model.Problem) map[string]bool { return (&world{p: p}).keepPublished() }

func (w *world) keepPublished() map[string]bool {
	kept := map[string]bool{}
	if w.p.Published == nil {
		return kept
	}
	unit, wave := map[string]string{}, map[string]string{}
	for i := range w.p.Units {
		wave[w.p.Units[i].ID] = w.p.Units[i].Wave
	}
	for i := range w.p.People {
		unit[w.p.People[i].ID] = w.p.People[i].Unit
	}
	for _, s := range w.p.Published.Seminars {
		for _, x := range s.Attendees {
			if id := wave[unit[x]]; id != "" {
				kept[id] = true
			}
		}
	}
	return kept
}

// loose are the cells to divide: those of waves that are not kept, the parts of an area as one.
func (w *world) loose(kept map[string]bool) []*cell {
	var list []*cell
	for _, c := range w.cells {
		if kept[c.wave] {
			continue
		}
		if n := len(list); n > 0 && list[n-1].area == c.area {
			list[n-1] = w.join(list[n-1], c)
			continue
		}
		list = append(list, c)
	}
	return list
}

func (w *world) join(a, b *cell) *cell {
	sum := w.newMass()
	sum.add(a, 1)
	sum.add(b, 1)
	na, nb := float64(headcount(a)), float64(headcount(b))
	if na+nb == 0 {
		na, nb = 1, 1
	}
	return &cell{area: a.area, units: slices.Concat(a.units, b.units), needs: sum.needs, people: sum.people, force: sum.force,
		lat: (a.lat*na + b.lat*nb) / (na + nb), lon: (a.lon*na + b.lon*nb) / (na + nb), rooms: a.rooms}
}

func headcount(c *cell) (n int) {
	for _, x := range c.people {
		n += x
	}
	return n
}

// division is areas in groups, with what is needed to price a change at once.
type division struct {
	w       *world
	s       *Settings
	periods []period
	cells   []*cell
	size    []int        // people of the last tier
	xy      [][2]float64 // place of each cell, in kilometres
	at      []int        // group of each cell
	groups  []group
	scale   float64 // kilometres that an ordinary area lies from the middle of all
	all     int     // people in all cells
}

type group struct {
	mass  *mass
	size  int
	count int
	x, y  float64 // sums of the people's places, in kilometres
	price float64
}

// Prices of a division, in people times kilometres where the scale stands for
// the way across the programme. A seminar too many for leaders and rooms costs
// as if its people went across ten times, one beyond the coordinator's limit
// a third of the way: a limit that cannot be held must not tear neighbours apart.
const (
	overloadPrice = 10.0
	limitPrice    = 0.3
	unevenPrice   = 4.0
	evenEnough    = 0.08 // waves that differ less from their share are even
	emptyPrice    = 1e12
)

// divide puts cells in one group for each period, so that the division's price
// is low: it starts from cuts along several axes and moves and swaps areas
// while that helps, then settles which group starts when.
func (w *world) divide(cells []*cell, periods []period, s Settings) [][]*cell {
	best, bestPrice := []int(nil), math.Inf(1)
	for _, angle := range []float64{0, math.Pi / 4, math.Pi / 2, 3 * math.Pi / 4} {
		d := w.newDivision(cells, periods, &s)
		d.cut(angle)
		d.improve()
		d.order()
		d.improve()
		if price := d.price(); price < bestPrice-1e-9 {
			best, bestPrice = d.at, price
		}
	}
	groups := make([][]*cell, len(periods))
	for i, g := range best {
		groups[g] = append(groups[g], cells[i])
	}
	return groups
}

func (w *world) newDivision(cells []*cell, periods []period, s *Settings) *division {
	d := &division{w: w, s: s, periods: periods, cells: cells, at: make([]int, len(cells)), groups: make([]group, len(periods))}
	last := len(w.tiers) - 1
	for i := range d.groups {
		d.groups[i].mass = w.newMass()
	}
	var x, y float64
	for i, c := range cells {
		d.size = append(d.size, max(c.people[last], 1))
		d.all += d.size[i]
		d.xy = append(d.xy, place(c))
		x, y = x+d.xy[i][0]*float64(d.size[i]), y+d.xy[i][1]*float64(d.size[i])
	}
	x, y = x/float64(d.all), y/float64(d.all)
	for i := range cells {
		d.scale += math.Hypot(d.xy[i][0]-x, d.xy[i][1]-y) * float64(d.size[i]) / float64(d.all)
	}
	d.scale = max(d.scale, 1)
	return d
}

// place is a cell's place on a plane, in kilometres: near enough at the size of a region.
func place(c *cell) [2]float64 {
	const degree = math.Pi / 180 * model.EarthRadiusKm
	return [2]float64{c.lon * degree * math.Cos(c.lat*math.Pi/180), c.lat * degree}
}

// cut fills the groups in the order of the cells along an axis.
func (d *division) cut(angle float64) {
	order := make([]int, len(d.cells))
	for i := range order {
		order[i] = i
	}
	along := func(i int) float64 { return d.xy[i][0]*math.Cos(angle) + d.xy[i][1]*math.Sin(angle) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(along(a), along(b)) })
	g, passed, share := 0, 0, 0.0
	for n, i := range order {
		// The next group begins when this one has its share, or when each area left is needed for a group.
		for g < len(d.groups)-1 && d.groups[g].count > 0 &&
			(float64(passed)+float64(d.size[i])/2 > share+d.share(g) || len(order)-n <= len(d.groups)-1-g) {
			share += d.share(g)
			g++
		}
		d.at[i] = g
		d.put(i, g, 1)
		passed += d.size[i]
	}
	for g := range d.groups {
		d.groups[g].price = d.priceOf(g)
	}
}

// share is how many people a group should have, by the slots of its wave.
func (d *division) share(g int) float64 {
	all := 0
	for i := range d.periods {
		all += d.periods[i].total
	}
	return float64(d.all) * float64(d.periods[g].total) / float64(all)
}

func (d *division) put(i, g, sign int) {
	x := &d.groups[g]
	x.mass.add(d.cells[i], sign)
	x.size += sign * d.size[i]
	x.count += sign
	x.x, x.y = x.x+float64(sign*d.size[i])*d.xy[i][0], x.y+float64(sign*d.size[i])*d.xy[i][1]
}

// priceOf prices one group.
func (d *division) priceOf(g int) float64 { return d.shapePrice(g) + d.overload(g) }

// shapePrice is what a group costs at least: its size and how far it spreads.
func (d *division) shapePrice(g int) float64 {
	x := &d.groups[g]
	if x.count == 0 {
		return emptyPrice
	}
	price := 0.0
	mx, my := x.x/float64(x.size), x.y/float64(x.size)
	for i, at := range d.at {
		if at == g {
			price += float64(d.size[i]) * math.Hypot(d.xy[i][0]-mx, d.xy[i][1]-my)
		}
	}
	share := d.share(g)
	return price + unevenPrice*d.scale*max(0, math.Abs(float64(x.size)-share)-evenEnough*share)
}

// overload prices the seminars that a group's leaders, rooms and the limit do not allow.
func (d *division) overload(g int) float64 {
	x := &d.groups[g]
	if x.count == 0 {
		return 0
	}
	c := d.w.course(x.mass, &d.periods[g])
	over, beyond := 0, 0
	for _, week := range d.periods[g].open {
		over += max(0, c.seminars[week]-c.can[week]) + max(0, c.seminars[week]+c.training[week]-x.mass.rooms[week])
		if d.s.MaxLoad > 0 {
			beyond += max(0, c.seminars[week]-d.s.MaxLoad)
		}
	}
	size := d.w.tiers[len(d.w.tiers)-1].group
	if few, _ := d.w.fewest(x.mass); few >= 0 || c.lacking >= 0 {
		over += ceil(x.size, size)
	}
	return d.scale * float64(size) * (overloadPrice*float64(over) + limitPrice*float64(beyond))
}

func (d *division) price() (sum float64) {
	for g := range d.groups {
		sum += d.groups[g].price
	}
	return sum
}

// improve moves single areas and swaps two while that lowers the price.
func (d *division) improve() {
	for range maxRounds {
		better := false
		for i := range d.cells {
			for g := range d.groups {
				better = d.try([]int{i}, []int{g}) || better
			}
		}
		for i := range d.cells {
			for _, j := range d.near(i) {
				better = d.try([]int{i, j}, []int{d.at[j], d.at[i]}) || better
			}
		}
		if !better {
			return
		}
	}
}

// maxRounds bounds the improvement; a region settles in a few.
const maxRounds = 20

// neighbours is with how many areas each area is swapped.
const neighbours = 10

// near lists the areas of other groups nearest to an area.
func (d *division) near(i int) []int {
	var list []int
	for j := range d.cells {
		if d.at[j] != d.at[i] {
			list = append(list, j)
		}
	}
	distance := func(j int) float64 { return math.Hypot(d.xy[j][0]-d.xy[i][0], d.xy[j][1]-d.xy[i][1]) }
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(distance(a), distance(b)) })
	return list[:min(len(list), neighbours)]
}

// try puts cells into groups and keeps that if it is cheaper.
func (d *division) try(cells, into []int) bool {
	var touched []int
	for n, i := range cells {
		if d.at[i] == into[n] {
			return false
		}
		touched = append(touched, d.at[i], into[n])
	}
	slices.Sort(touched)
	touched = slices.Compact(touched)
	before, from := 0.0, make([]int, len(cells))
	old := make([]float64, len(touched))
	for k, g := range touched {
		old[k] = d.groups[g].price
		before += old[k]
	}
	for n, i := range cells {
		from[n] = d.at[i]
		d.move(i, into[n])
	}
	if d.cheaper(touched, before-1e-6) {
		return true
	}
	for n, i := range cells {
		d.move(i, from[n])
	}
	for k, g := range touched {
		d.groups[g].price = old[k]
	}
	return false
}

// cheaper prices groups anew and tells whether they cost less than before
// together. Most are refused by their shape alone, which is quick to see.
func (d *division) cheaper(groups []int, before float64) bool {
	shape, all := 0.0, 0.0
	for _, g := range groups {
		shape += d.shapePrice(g)
	}
	if shape >= before {
		return false
	}
	for _, g := range groups {
		d.groups[g].price = d.priceOf(g)
		all += d.groups[g].price
	}
	return all < before
}

func (d *division) move(i, g int) {
	d.put(i, d.at[i], -1)
	d.at[i] = g
	d.put(i, g, 1)
}

// order settles which group starts when: first the one with most ready leaders
// for its people, then always the one nearest to the group before it.
func (d *division) order() {
	last := len(d.w.tiers) - 1
	readiness := func(g int) float64 {
		able, count := 0, d.groups[g].mass.led[last].count
		for _, n := range d.groups[g].mass.led[last].able {
			able += n
		}
		// Ready leaders first; of groups without any, the one with most leaders for its people.
		return float64(1000*able+count) / float64(max(d.groups[g].size, 1))
	}
	left := make([]int, len(d.groups))
	for i := range left {
		left[i] = i
	}
	slices.SortStableFunc(left, func(a, b int) int { return cmp.Compare(readiness(b), readiness(a)) })
	rank := make([]int, len(d.groups))
	for n := 0; len(left) > 0; n++ {
		g := left[0]
		rank[g] = n
		left = left[1:]
		slices.SortStableFunc(left, func(a, b int) int { return cmp.Compare(d.apart(g, a), d.apart(g, b)) })
	}
	groups := make([]group, len(d.groups))
	for g := range d.groups {
		groups[rank[g]] = d.groups[g]
	}
	d.groups = groups
	for i := range d.at {
		d.at[i] = rank[d.at[i]]
	}
	for g := range d.groups {
		d.groups[g].price = d.priceOf(g)
	}
}

// apart is the way between the middles of two groups.
func (d *division) apart(a, b int) float64 {
	x, y := &d.groups[a], &d.groups[b]
	nx, ny := float64(max(x.size, 1)), float64(max(y.size, 1))
	return math.Hypot(x.x/nx-y.x/ny, x.y/nx-y.y/ny)
}
