package certificate

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"kaskad/model"
)

// world is the problem as the formulas of docs/bound.md see it: everything
// looked up, slots in order of start and named by number.
type world struct {
	problem  *model.Problem
	prices   model.Prices
	zone     *time.Location
	slots    []slot
	venues   []venue
	courses  []*course
	people   []person
	leaders  []*leader
	sectorIn map[string]map[string]bool // tier → sectors with people in it
	personOf map[string]int
	moduleOf map[string]*model.Module
	matrix   map[[2]string]int
	scratch  scratch
	strange  int // needs of modules outside the person's tier
}

type slot struct {
	model.Slot
	date, week int // local calendar day and ISO week, as numbers that grow with time
	half       model.HalfDay
}

type venue struct {
	*model.Venue
	number int
	open   []bool // by slot
	rooms  int
}

// unit is a unit with its place among all and among the sectors.
type unit struct {
	*model.Unit
	number, sector int
	limit          int   // people away at one instant; beyond all bounds when there is none
	minutes        []int // one-way travel by venue
}

// course is a module of a tier.
type course struct {
	tier    *model.Tier
	module  *model.Module
	leaders int
	least   int
	long    []bool // by slot: it is long enough
	ready   []int  // by leader: first slot they might lead it in, or -1
	led     []bool // by slot: enough leaders might be ready
}

type person struct {
	*model.Person
	unit      *unit
	wave      *model.Wave
	tier      *model.Tier
	maxTravel int
	there     []bool // by slot: may attend
	needs     []need // in the tier's order
	leads     *leader
	places    [][]bool // by need: slots in which a venue in reach is open
}

type need struct {
	course   *course
	rank     int
	steps    []step
	hopeless bool
	earliest int   // first slot it might be met in
	slots    []int // in which it might be met, last first
	told     []int // slots published for it
}

// step: the price holds from slot from on.
type step struct {
	from  int
	price int64
}

type leader struct {
	person *person
	leads  *model.Leads
	free   []bool // by slot
	price  int64
	most   int
}

// read looks everything up. The problem must be valid (model.DecodeProblem).
func read(p *model.Problem) (*world, error) {
	zone, err := time.LoadLocation(p.Programme.Timezone)
	if err != nil {
		return nil, fmt.Errorf("programme.timezone: %v", err)
	}
	w := &world{problem: p, prices: p.Programme.Weights.Prices(), zone: zone, personOf: map[string]int{},
		moduleOf: map[string]*model.Module{}, matrix: map[[2]string]int{}, sectorIn: map[string]map[string]bool{}}
	for i := range p.Modules {
		w.moduleOf[p.Modules[i].ID] = &p.Modules[i]
	}
	if m := p.Matrix; m != nil {
		for i, u := range m.Units {
			for k, v := range m.Venues {
				w.matrix[[2]string{u, v}] = m.Minutes[i][k]
			}
		}
	}
	w.readSlots()
	closed := map[string][]model.Interval{}
	for _, c := range p.Calendars {
		closed[c.ID] = c.Closed
	}
	for i := range p.Venues {
		v := &p.Venues[i]
		w.venues = append(w.venues, venue{v, i, w.openSlots(v.Closed, closed[v.Calendar]), max(1, v.Rooms)})
	}
	w.readCourses()
	w.readPeople(closed)
	w.readPublished()
	return w, nil
}

func (w *world) readSlots() {
	for _, s := range w.problem.Slots {
		at := s.Start.In(w.zone)
		year, week := at.ISOWeek()
		part := "eve"
		if at.Hour() < 12 {
			part = "am"
		} else if at.Hour() < 17 {
			part = "pm"
		}
		day := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}[at.Weekday()]
		w.slots = append(w.slots, slot{s, w.date(s.Start), year*60 + week, model.HalfDay(day + "-" + part)})
	}
	slices.SortStableFunc(w.slots, func(a, b slot) int {
		if k := a.Start.Compare(b.Start); k != 0 {
			return k
		}
		return a.End.Compare(b.End)
	})
}

// date numbers local calendar days.
func (w *world) date(t time.Time) int {
	y, m, d := t.In(w.zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// firstFrom is the first slot that starts at t or later.
func (w *world) firstFrom(t time.Time) int {
	return sort.Search(len(w.slots), func(i int) bool { return !w.slots[i].Start.Before(t) })
}

func (w *world) openSlots(closed ...[]model.Interval) []bool {
	open := make([]bool, len(w.slots))
	for t := range open {
		open[t] = true
	}
	for _, list := range closed {
		for _, i := range list {
			for t := range w.slots {
				if !w.slots[t].Start.Before(i.To) {
					break
				}
				if i.From.Before(w.slots[t].End) {
					open[t] = false
				}
			}
		}
	}
	return open
}

func (w *world) readCourses() {
	for i := range w.problem.Tiers {
		t := &w.problem.Tiers[i]
		w.sectorIn[t.ID] = map[string]bool{}
		for _, id := range t.Modules {
			m := w.moduleOf[id]
			c := &course{tier: t, module: m, leaders: max(1, t.LeadersPerSeminar), least: max(1, t.Seats.Min)}
			for _, s := range w.slots {
				length := s.End.Sub(s.Start)
				c.long = append(c.long, length > 0 && length >= time.Duration(m.Minutes)*time.Minute)
			}
			w.courses = append(w.courses, c)
		}
	}
}

func (w *world) readPeople(closed map[string][]model.Interval) {
	p := w.problem
	units, waves, tiers := map[string]*unit{}, map[string]*model.Wave{}, map[string]*model.Tier{}
	for i := range p.Units {
		u := &unit{Unit: &p.Units[i], number: i, sector: slices.Index(p.Sectors, p.Units[i].Sector), limit: 1 << 30}
		if u.MaxAway != nil {
			u.limit = min(u.limit, *u.MaxAway)
		}
		units[u.ID] = u
	}
	for i := range p.Waves {
		waves[p.Waves[i].ID] = &p.Waves[i]
	}
	for i := range p.Tiers {
		tiers[p.Tiers[i].ID] = &p.Tiers[i]
	}
	w.scratch.inUnit, w.scratch.inSector = make([]int, len(p.Units)), make([]int, len(p.Sectors))
	shared := map[string][]bool{}
	for id, c := range closed {
		shared[id] = w.openSlots(c)
	}
	w.people = make([]person, len(p.People))
	for i := range p.People {
		q := &p.People[i]
		w.personOf[q.ID] = i
		x := &w.people[i]
		*x = person{Person: q, unit: units[q.Unit], tier: tiers[q.Tier], maxTravel: 1 << 40, there: w.openSlots(q.Closed)}
		x.wave = waves[x.unit.Wave]
		for t, open := range shared[q.Calendar] {
			x.there[t] = x.there[t] && open
		}
		if q.MaxTravel != nil {
			x.maxTravel = *q.MaxTravel
		}
		if q.Leads != nil {
			x.leads = w.newLeader(x)
		}
		for t := range x.there {
			if x.wave != nil && (w.slots[t].Start.Before(x.wave.From) || x.wave.To.Before(w.slots[t].End)) {
				x.there[t] = false
			}
		}
		if x.tier != nil {
			w.sectorIn[x.tier.ID][x.unit.Sector] = true
			w.readNeeds(x)
		}
	}
}

func (w *world) newLeader(x *person) *leader {
	l := &leader{person: x, leads: x.Leads, free: slices.Clone(x.there)}
	for t := range l.free {
		l.free[t] = l.free[t] && !w.slots[t].Start.Before(l.leads.From)
	}
	w.leaders = append(w.leaders, l)
	return l
}

func (w *world) readNeeds(x *person) {
	named := map[string]bool{}
	for _, m := range w.problem.NeedsOf(x.Person, x.tier) {
		rank := slices.Index(x.tier.Modules, m)
		if rank < 0 {
			w.strange++
		}
		if rank < 0 || named[m] {
			continue
		}
		named[m] = true
		for _, c := range w.courses {
			if c.tier == x.tier && c.module.ID == m {
				x.needs = append(x.needs, need{course: c, rank: rank, earliest: -1})
			}
		}
	}
	slices.SortStableFunc(x.needs, func(a, b need) int { return a.rank - b.rank })
}

// away is the one-way travel from a unit to a venue, contract 2.1. A matrix
// entry counts for online venues too.
func (w *world) away(u *unit, v *venue) int {
	if u.minutes == nil {
		for i := range w.venues {
			to := w.venues[i].Venue
			minutes, named := w.matrix[[2]string{u.ID, to.ID}]
			if !named && !to.Online {
				minutes = w.problem.Programme.Travel.Minutes(u.Lat, u.Lon, to.Lat, to.Lon)
			}
			u.minutes = append(u.minutes, minutes)
		}
	}
	return u.minutes[v.number]
}

// seats of a seminar of the course at a venue, 0 when it cannot be held there (H2, H11).
func (c *course) seats(v *model.Venue) int {
	n := min(c.tier.Seats.Max, v.Capacity)
	if n < c.least || v.Online && !c.module.Online {
		return 0
	}
	return n
}
