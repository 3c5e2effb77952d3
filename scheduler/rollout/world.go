package rollout

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"kaskad/model"
)

// Week is a column of the calendar, Monday to Sunday in the programme's zone.
type Week struct {
	Monday time.Time
	Slots  int // times at which seminars may run; 0 in a break
}

// world is a problem in sums.
type world struct {
	p     *model.Problem
	zone  *time.Location
	weeks []Week
	slots []int   // week of each slot of the problem
	tiers []level // as the problem lists them
	cells []*cell // by area and wave
	// roaming are the leaders who belong to no cell, such as outside experts: they go everywhere.
	roaming force
}

// level is one tier with what a seminar of it takes.
type level struct {
	*model.Tier
	group int // people in an ordinary seminar
	seats int // the most it can hold in an ordinary room
}

// cell is the part of an area that belongs to one wave: what is moved as one.
type cell struct {
	area, wave string
	units      []string
	lat, lon   float64 // mean of its people's workplaces
	needs      [][]int // tier, module of the tier → people who need it
	people     []int   // tier → people who need something
	force
	spare []unitLoad
	rooms []int // week → seminars its rooms can hold
}

// unitLoad is what a unit is asked to spare: attendances against maxAway at a time.
type unitLoad struct{ away, maxAway int }

// force is who can lead, by tier led.
type force struct{ led []leaders }

// leaders of one tier, module by module of that tier.
type leaders struct {
	count    int
	total    int   // seminars they may lead in all; negative: not limited
	ready    []int // may lead the module without further training: seminars a week
	training []int // must be trained in it first: seminars a week
	able     []int // people behind ready
	learning []int // people behind training
}

// usualPerWeek is how many seminars a leader without a weekly limit leads in a week.
const usualPerWeek = 5

// fill is how full seminars get in practice, in percent of what a room holds:
// groups follow places and shifts, so that some seats stay empty.
const fill = 90

func read(p *model.Problem) *world {
	w := &world{p: p, zone: time.UTC}
	if zone, err := time.LoadLocation(p.Programme.Timezone); err == nil {
		w.zone = zone
	}
	w.readWeeks()
	w.readTiers()
	w.readCells()
	w.readRooms()
	return w
}

func (w *world) readWeeks() {
	if len(w.p.Slots) == 0 {
		return
	}
	first, last := w.p.Slots[0].Start, w.p.Slots[0].Start
	for _, s := range w.p.Slots {
		if s.Start.Before(first) {
			first = s.Start
		}
		if s.Start.After(last) {
			last = s.Start
		}
	}
	start := model.Monday(first, w.zone)
	for at := start; !at.After(last); at = at.AddDate(0, 0, 7) {
		w.weeks = append(w.weeks, Week{Monday: at})
	}
	w.slots = make([]int, len(w.p.Slots))
	for i, s := range w.p.Slots {
		w.slots[i] = model.CalendarDays(start, s.Start, w.zone) / 7
		w.weeks[w.slots[i]].Slots++
	}
}

func (w *world) readTiers() {
	for i := range w.p.Tiers {
		t := &w.p.Tiers[i]
		seats, rooms := 0, 0
		for _, v := range w.p.Venues {
			if !v.Online {
				seats += min(v.Capacity, t.Seats.Max)
				rooms++
			}
		}
		l := level{Tier: t, seats: t.Seats.Max}
		if rooms > 0 {
			l.seats = max(1, seats/rooms)
		}
		l.group = max(1, t.Seats.Min, l.seats*fill/100)
		w.tiers = append(w.tiers, l)
	}
}

func (w *world) tierIndex(id string) int {
	return slices.IndexFunc(w.tiers, func(t level) bool { return t.ID == id })
}

func (w *world) newForce() force {
	f := force{led: make([]leaders, len(w.tiers))}
	for t := range f.led {
		n := len(w.tiers[t].Modules)
		f.led[t] = leaders{ready: make([]int, n), training: make([]int, n), able: make([]int, n), learning: make([]int, n)}
	}
	return f
}

func (w *world) readCells() {
	units := map[string]*model.Unit{}
	for i := range w.p.Units {
		units[w.p.Units[i].ID] = &w.p.Units[i]
	}
	inNeed := map[string]bool{} // units with somebody to train
	for i := range w.p.People {
		if x := &w.p.People[i]; x.Tier != "" {
			inNeed[x.Unit] = true
		}
	}
	index := map[[2]string]*cell{}
	for i := range w.p.Units {
		u := &w.p.Units[i]
		if !inNeed[u.ID] {
			continue
		}
		key := [2]string{u.Area, u.Wave}
		if index[key] == nil {
			c := &cell{area: u.Area, wave: u.Wave, people: make([]int, len(w.tiers)), force: w.newForce()}
			for _, t := range w.tiers {
				c.needs = append(c.needs, make([]int, len(t.Modules)))
			}
			index[key] = c
		}
		index[key].units = append(index[key].units, u.ID)
	}
	w.roaming = w.newForce()
	w.readPeople(units, index)
	w.cells = slices.SortedFunc(maps.Values(index), func(a, b *cell) int {
		return cmp.Or(cmp.Compare(a.area, b.area), cmp.Compare(a.wave, b.wave))
	})
}

func (w *world) readPeople(units map[string]*model.Unit, index map[[2]string]*cell) {
	weight := map[*cell]float64{}
	away := map[string]int{}
	for i := range w.p.People {
		x := &w.p.People[i]
		u := units[x.Unit]
		c := index[[2]string{u.Area, u.Wave}]
		if x.Tier != "" {
			needs := w.countNeeds(c, x)
			away[x.Unit] += needs
			c.lat, c.lon = c.lat+u.Lat, c.lon+u.Lon
			weight[c]++
		}
		if x.Leads == nil {
			continue
		}
		if c == nil || x.Tier == "" && u.Wave == "" {
			w.enlist(&w.roaming, x)
		} else {
			w.enlist(&c.force, x)
		}
	}
	for c, n := range weight {
		c.lat, c.lon = c.lat/n, c.lon/n
		for _, id := range c.units {
			if m := units[id].MaxAway; m != nil {
				c.spare = append(c.spare, unitLoad{away[id], *m})
			}
		}
	}
}

// countNeeds adds a person's needs to the cell and returns how many there are.
func (w *world) countNeeds(c *cell, x *model.Person) int {
	t := w.tierIndex(x.Tier)
	needs := w.p.NeedsOf(x, w.tiers[t].Tier)
	for _, m := range needs {
		if k := slices.Index(w.tiers[t].Modules, m); k >= 0 {
			c.needs[t][k]++
		}
	}
	if len(needs) > 0 {
		c.people[t]++
	}
	return len(needs)
}

// enlist counts a leader among those who can lead.
func (w *world) enlist(f *force, x *model.Person) {
	t := w.tierIndex(x.Leads.Tier)
	if t < 0 {
		return
	}
	l := &f.led[t]
	l.count++
	switch {
	case x.Leads.MaxTotal == nil:
		l.total = -1
	case l.total >= 0:
		l.total += *x.Leads.MaxTotal
	}
	week := usualPerWeek
	if x.Leads.MaxPerWeek != nil {
		week = *x.Leads.MaxPerWeek
	}
	var needs []string
	if own := w.tierIndex(x.Tier); own >= 0 {
		needs = w.p.NeedsOf(x, w.tiers[own].Tier)
	}
	for k, m := range w.tiers[t].Modules {
		switch {
		case !slices.Contains(x.Leads.Modules, m):
		case slices.Contains(needs, m):
			l.training[k] += week
			l.learning[k]++
		default:
			l.ready[k] += week
			l.able[k]++
		}
	}
}

// readRooms gives each venue to the nearest cells' area, and counts the
// seminars its rooms can hold in each week.
func (w *world) readRooms() {
	for _, c := range w.cells {
		c.rooms = make([]int, len(w.weeks))
	}
	order := make([]int, len(w.p.Slots)) // slots by start
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return w.p.Slots[a].Start.Compare(w.p.Slots[b].Start) })
	closed := map[string][]model.Interval{}
	for _, c := range w.p.Calendars {
		closed[c.ID] = c.Closed
	}
	for i := range w.p.Venues {
		v := &w.p.Venues[i]
		open := w.openIn(v, order, slices.Concat(closed[v.Calendar], v.Closed))
		area, found := w.nearestArea(v)
		for _, c := range w.cells {
			if v.Online || found && c.area == area {
				for week, n := range open {
					c.rooms[week] += n
				}
			}
		}
	}
}

// openIn counts, week by week, the slots in which a venue is open, times its rooms.
func (w *world) openIn(v *model.Venue, order []int, closed []model.Interval) []int {
	merged := model.Joined(closed)
	open := make([]int, len(w.weeks))
	next := 0
	for _, i := range order {
		slot := &w.p.Slots[i]
		for next < len(merged) && !merged[next].To.After(slot.Start) {
			next++
		}
		if next == len(merged) || !merged[next].From.Before(slot.End) {
			open[w.slots[i]] += max(1, v.Rooms)
		}
	}
	return open
}

func (w *world) nearestArea(v *model.Venue) (string, bool) {
	best, at := math.Inf(1), ""
	for _, c := range w.cells {
		if km := model.Kilometres(v.Lat, v.Lon, c.lat, c.lon); km < best {
			best, at = km, c.area
		}
	}
	return at, !math.IsInf(best, 1)
}
