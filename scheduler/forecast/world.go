package forecast

import (
	"cmp"
	"slices"
	"time"

	"kaskad/model"
)

// nearby is how far, in minutes one way, leaders and participants are thought to
// go beyond their own area.
const nearby = 60

// world is the input counted by week.
type world struct {
	r      *model.Roster
	plan   *model.Plan
	now    time.Time
	tier   *model.Tier // the last, whose hours are the goal
	goal   int
	rate   int
	last   time.Time
	weeks  []weekOf
	first  int // number of the first week
	cells  []cell
	byCell map[[2]string]int
	near   map[string][]string // areas near to an area, itself first and then by distance

	leaderSeats pools             // seats the leaders can fill
	roomSeats   pools             // seats the rooms have
	group       int               // attendees of a usual seminar
	leaders     map[string][2]int // area → leaders, ready by now
}

// weekOf is one calendar week with slots.
type weekOf struct {
	monday, end, lastEnd      time.Time // lastEnd: of its last slot
	slots                     []*model.Slot
	ready, possible, seminars int
}

// cell is one sector of one area.
type cell struct {
	area, sector string
	goal, left   int // needs
	minutes      int // of a need, on average
	plan, held   []int
	spare        []int  // by week: seats the units can spare beyond the plan
	all          []int  // by week: seats the units can spare at all
	open         []bool // by week: some unit may attend
	modules      int    // needs one person can meet in a week
	people       int
	short        map[Kind]int
	reached      time.Time
	rest         int // of hundredths not given out by share
}

// share is the part of seats whose holders come; what is lost in rounding is
// carried over to the next week.
func (c *cell) share(seats, rate int) int {
	c.rest += seats * rate
	n := c.rest / 100
	c.rest -= 100 * n
	return n
}

// waiting are the needs that could be met in a week were there seats.
func (c *cell) waiting(week int) int {
	later := 0
	for i := week + 1; i < len(c.plan); i++ {
		later += c.plan[i] - c.held[i]
	}
	return max(0, min(c.left-later, c.people*c.modules))
}

// touch notes when a cell has nothing left.
func (c *cell) touch(got int, end time.Time) {
	if got > 0 && c.left == 0 && c.reached.IsZero() {
		c.reached = end
	}
}

func newWorld(in Input) *world {
	r := model.NewRoster(in.Problem, "")
	w := &world{r: r, plan: in.Plan, now: in.Now, tier: &in.Problem.Tiers[len(in.Problem.Tiers)-1], byCell: map[[2]string]int{},
		leaderSeats: pools{}, roomSeats: pools{}, leaders: map[string][2]int{}}
	w.readWeeks()
	w.readNeeds()
	w.readPlan(in.Missed)
	w.readNear()
	w.readUnits()
	w.readRooms()
	w.readLeaders()
	return w
}

func (w *world) readWeeks() {
	list := w.r.Problem.Slots
	if len(list) == 0 {
		return
	}
	w.first = w.number(&list[0])
	final := w.first
	for i := range list {
		n := w.number(&list[i])
		w.first, final = min(w.first, n), max(final, n)
	}
	for n := w.first; n <= final; n++ {
		w.weeks = append(w.weeks, weekOf{monday: model.Midnight(model.FirstDay(n), w.r.Zone), end: model.Midnight(model.FirstDay(n+1), w.r.Zone)})
	}
	for i := range list {
		week := &w.weeks[w.weekOf(&list[i])]
		week.slots = append(week.slots, &list[i])
		if list[i].End.After(week.lastEnd) {
			week.lastEnd = list[i].End
		}
		if list[i].End.After(w.last) {
			w.last = list[i].End
		}
	}
	for i := range w.weeks {
		slices.SortFunc(w.weeks[i].slots, func(a, b *model.Slot) int { return cmp.Or(a.End.Compare(b.End), cmp.Compare(a.ID, b.ID)) })
	}
}

func (w *world) number(s *model.Slot) int {
	return model.WeekNumber(model.DayNumber(s.Start, w.r.Zone))
}

func (w *world) weekOf(s *model.Slot) int { return w.number(s) - w.first }

// readNeeds makes the cells.
func (w *world) readNeeds() {
	minutes := map[int]int{}
	for i := range w.r.Problem.People {
		x := &w.r.Problem.People[i]
		needs := w.r.Needs(x)
		if x.Tier != w.tier.ID || len(needs) == 0 {
			continue
		}
		at := w.cellOf(x)
		c := &w.cells[at]
		c.people++
		c.goal += len(needs)
		for _, m := range needs {
			minutes[at] += w.r.Modules[m].Minutes
		}
	}
	for i := range w.cells {
		c := &w.cells[i]
		c.left, c.minutes = c.goal, minutes[i]/max(c.goal, 1)
		w.goal += c.goal * c.minutes
	}
}

func (w *world) cellOf(x *model.Person) int {
	u := w.r.Units[x.Unit]
	key := [2]string{u.Area, u.Sector}
	if at, ok := w.byCell[key]; ok {
		return at
	}
	n := len(w.weeks)
	modules := 5
	if w.tier.GapDays > 0 {
		modules = max(1, 7/w.tier.GapDays)
	}
	w.byCell[key] = len(w.cells)
	w.cells = append(w.cells, cell{area: u.Area, sector: u.Sector, plan: make([]int, n), held: make([]int, n), spare: make([]int, n), all: make([]int, n),
		open: make([]bool, n), modules: modules, short: map[Kind]int{}})
	return len(w.cells) - 1
}

// readPlan counts seats by week, and learns from them how large a group is and
// how many come.
func (w *world) readPlan(missed int) {
	seats, seminars, held := 0, 0, 0
	for i := range w.plan.Seminars {
		s := &w.plan.Seminars[i]
		slot := w.r.Slots[s.Slot]
		if s.Tier != w.tier.ID || slot == nil {
			continue
		}
		seminars++
		week := w.weekOf(slot)
		w.weeks[week].seminars++
		for _, id := range s.Attendees {
			x := w.r.People[id]
			if x == nil || !slices.Contains(w.r.Needs(x), s.Module) {
				continue
			}
			seats++
			c := &w.cells[w.cellOf(x)]
			c.plan[week]++
			if !slot.End.After(w.now) {
				c.held[week]++
				held++
			}
		}
	}
	w.rate = observed(held, missed)
	w.group = w.tier.Seats.Max
	if seminars > 0 {
		w.group = max(1, seats/seminars)
	}
}

// readNear sorts the areas around each by how far apart their units' middles are.
func (w *world) readNear() {
	type middle struct {
		lat, lon float64
		n        int
	}
	found := map[string]*middle{}
	var names []string
	for _, u := range w.r.Problem.Units {
		if found[u.Area] == nil {
			found[u.Area] = &middle{}
			names = append(names, u.Area)
		}
		m := found[u.Area]
		m.lat, m.lon, m.n = m.lat+u.Lat, m.lon+u.Lon, m.n+1
	}
	slices.Sort(names)
	w.near = map[string][]string{}
	for _, a := range names {
		way := func(b string) int {
			x, y := found[a], found[b]
			if a == b {
				return -1
			}
			return w.r.Problem.Programme.Travel.Minutes(x.lat/float64(x.n), x.lon/float64(x.n), y.lat/float64(y.n), y.lon/float64(y.n))
		}
		list := slices.DeleteFunc(slices.Clone(names), func(b string) bool { return way(b) > nearby })
		slices.SortStableFunc(list, func(b, c string) int { return way(b) - way(c) })
		w.near[a] = list
	}
}
