package bench

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"kaskad/model"
)

const week = 7 * 24 * time.Hour

// facts is a problem with its ids looked up and everything worked out that no
// decision changes. Slots are in order of start; all else in the problem's order.
type facts struct {
	problem *model.Problem
	price   model.Prices
	zone    *time.Location
	matrix  map[[2]string]int
	modules map[string]*model.Module

	slots   []slot
	courses []course
	venues  []*model.Venue
	people  []person
	needs   []need

	slotAt, venueAt, personAt map[string]int
	courseAt                  map[[2]string]int // (tier, module)
	needAt                    map[[2]string]int // (person, module)
	shared                    map[string][]model.Interval
}

type slot struct {
	*model.Slot
	day  int    // number of the local date
	week string // ISO year and week
	half model.HalfDay
}

// course is a module as one tier learns it.
type course struct {
	tier     *model.Tier
	module   *model.Module
	rank     int // place in the tier's list
	leaders  int // per seminar
	min, max int // seats
	sectors  []string
}

type person struct {
	*model.Person
	unit   *model.Unit
	tier   *model.Tier // nil: an outside expert
	wave   *model.Wave // nil: none
	needs  []int       // in the tier's order
	closed []model.Interval
}

type need struct{ person, course int }

func read(p *model.Problem) (*facts, error) {
	zone, err := time.LoadLocation(p.Programme.Timezone)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: %w", p.Programme.Timezone, err)
	}
	f := &facts{problem: p, price: p.Programme.Weights.Prices(), zone: zone, matrix: map[[2]string]int{},
		modules: map[string]*model.Module{}, slotAt: map[string]int{}, venueAt: map[string]int{}, personAt: map[string]int{},
		courseAt: map[[2]string]int{}, needAt: map[[2]string]int{}, shared: map[string][]model.Interval{}}
	if m := p.Matrix; m != nil {
		for i, u := range m.Units {
			for j, v := range m.Venues {
				f.matrix[[2]string{u, v}] = m.Minutes[i][j]
			}
		}
	}
	for _, c := range p.Calendars {
		f.shared[c.ID] = c.Closed
	}
	for i := range p.Modules {
		f.modules[p.Modules[i].ID] = &p.Modules[i]
	}
	f.readTimes()
	for i := range p.Venues {
		f.venueAt[p.Venues[i].ID] = i
		f.venues = append(f.venues, &p.Venues[i])
	}
	f.readPeople(f.readCourses())
	return f, nil
}

func (f *facts) readTimes() {
	for i := range f.problem.Slots {
		s := &f.problem.Slots[i]
		at := s.Start.In(f.zone)
		year, isoWeek := at.ISOWeek()
		part := "eve"
		if at.Hour() < 12 {
			part = "am"
		} else if at.Hour() < 17 {
			part = "pm"
		}
		f.slots = append(f.slots, slot{Slot: s, day: f.day(s.Start), week: fmt.Sprintf("%d-%d", year, isoWeek),
			half: model.HalfDay(strings.ToLower(at.Weekday().String()[:3]) + "-" + part)})
	}
	slices.SortStableFunc(f.slots, func(a, b slot) int { return a.Start.Compare(b.Start) })
	for t := range f.slots {
		f.slotAt[f.slots[t].ID] = t
	}
}

// day numbers local dates, so that a difference is in calendar days.
func (f *facts) day(t time.Time) int {
	y, m, d := t.In(f.zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (f *facts) readCourses() map[string]*model.Tier {
	tiers := map[string]*model.Tier{}
	sectorOf := map[string]string{}
	for _, u := range f.problem.Units {
		sectorOf[u.ID] = u.Sector
	}
	present := map[string][]string{}
	for _, x := range f.problem.People {
		if s := sectorOf[x.Unit]; !slices.Contains(present[x.Tier], s) {
			present[x.Tier] = append(present[x.Tier], s)
		}
	}
	for i := range f.problem.Tiers {
		t := &f.problem.Tiers[i]
		tiers[t.ID] = t
		for rank, id := range t.Modules {
			f.courseAt[[2]string{t.ID, id}] = len(f.courses)
			f.courses = append(f.courses, course{tier: t, module: f.modules[id], rank: rank, leaders: max(1, t.LeadersPerSeminar),
				min: max(1, t.Seats.Min), max: t.Seats.Max, sectors: present[t.ID]})
		}
	}
	return tiers
}

func (f *facts) readPeople(tiers map[string]*model.Tier) {
	units, waves := map[string]*model.Unit{}, map[string]*model.Wave{}
	for i := range f.problem.Units {
		units[f.problem.Units[i].ID] = &f.problem.Units[i]
	}
	for i := range f.problem.Waves {
		waves[f.problem.Waves[i].ID] = &f.problem.Waves[i]
	}
	for i := range f.problem.People {
		x := &f.problem.People[i]
		who := person{Person: x, unit: units[x.Unit], tier: tiers[x.Tier],
			closed: slices.Concat(x.Closed, f.shared[x.Calendar])}
		who.wave = waves[who.unit.Wave]
		f.personAt[x.ID] = i
		if who.tier != nil {
			for _, m := range f.problem.NeedsOf(x, who.tier) {
				f.needAt[[2]string{x.ID, m}] = len(f.needs)
				who.needs = append(who.needs, len(f.needs))
				f.needs = append(f.needs, need{i, f.courseAt[[2]string{x.Tier, m}]})
			}
		}
		slices.SortStableFunc(who.needs, func(a, b int) int { return f.courses[f.needs[a].course].rank - f.courses[f.needs[b].course].rank })
		f.people = append(f.people, who)
	}
}

// oneWay is the travel from a unit to a venue in minutes. The matrix overrides
// all else, an online venue's 0 included (contract 2.1).
func (f *facts) oneWay(u *model.Unit, v *model.Venue) int {
	if minutes, named := f.matrix[[2]string{u.ID, v.ID}]; named {
		return minutes
	}
	if v.Online {
		return 0
	}
	return f.road(u.Lat, u.Lon, v.Lat, v.Lon)
}

// between is the travel of a leader from one venue to the next (H7).
func (f *facts) between(from, to *model.Venue) int {
	if to.Online {
		return 0
	}
	return f.road(from.Lat, from.Lon, to.Lat, to.Lon)
}

func (f *facts) road(lat1, lon1, lat2, lon2 float64) int {
	rad := func(x float64) float64 { return x * math.Pi / 180 }
	a, b := math.Sin(rad(lat2-lat1)/2), math.Sin(rad(lon2-lon1)/2)
	km := 2 * model.EarthRadiusKm * math.Asin(math.Min(1, math.Sqrt(a*a+math.Cos(rad(lat1))*math.Cos(rad(lat2))*b*b)))
	if km < 0.2 {
		return 0
	}
	t := f.problem.Programme.Travel
	return int(math.Floor(t.Fixed + km*t.Detour/t.KmH*60 + 0.5))
}

func (s slot) during(closed []model.Interval) bool {
	return slices.ContainsFunc(closed, func(c model.Interval) bool { return s.Start.Before(c.To) && c.From.Before(s.End) })
}

func (s slot) overlaps(t slot) bool { return s.Start.Before(t.End) && t.Start.Before(s.End) }

func fullWeeks(d time.Duration) int { return int(max(0, d) / week) }

// instants lists, for every start of a slot, the slots that run then. In a set
// of intervals any that pairwise overlap share such an instant.
func (f *facts) instants() [][]int {
	var all [][]int
	for i := range f.slots {
		var at []int
		for t := range f.slots {
			if !f.slots[t].Start.After(f.slots[i].Start) && f.slots[i].Start.Before(f.slots[t].End) {
				at = append(at, t)
			}
		}
		all = append(all, at)
	}
	return all
}

// canHost: the module fits the slot, and the venue is open and may hold it.
func (f *facts) canHost(c *course, t int, v *model.Venue) bool {
	s := f.slots[t]
	long := s.End.Sub(s.Start) >= time.Duration(c.module.Minutes)*time.Minute
	return long && (c.module.Online || !v.Online) && !s.during(v.Closed) && !s.during(f.shared[v.Calendar])
}

// canAttend judges one need alone: absences, wave, travel, and what is done.
func (f *facts) canAttend(n, t int, v *model.Venue) bool {
	who, c, s := &f.people[f.needs[n].person], &f.courses[f.needs[n].course], f.slots[t]
	if s.during(who.closed) || who.MaxTravel != nil && f.oneWay(who.unit, v) > *who.MaxTravel {
		return false
	}
	if w := who.wave; w != nil && (s.Start.Before(w.From) || s.End.After(w.To)) {
		return false
	}
	for _, d := range who.Done {
		apart := s.day - f.day(d.Start)
		if d.Module != c.module.ID && max(apart, -apart) < who.tier.GapDays {
			return false
		}
		rank := slices.Index(who.tier.Modules, d.Module)
		if who.tier.Order != model.Free && rank >= 0 && rank < c.rank && !s.Start.After(d.Start) {
			return false
		}
	}
	return true
}

// readiness says how H5 binds a leader of a course in a slot.
type readiness int

const (
	never    readiness = iota
	learning           // after attending the own need of the module in time
	attested           // the module is done in time, but needed again: it must be attended at some time
	ready
)

func (f *facts) canLead(p int, c *course, t int) readiness {
	who, s := &f.people[p], f.slots[t]
	l := who.Leads
	if l == nil || l.Tier != c.tier.ID || !slices.Contains(l.Modules, c.module.ID) || s.Start.Before(l.From) || s.during(who.closed) {
		return never
	}
	before, inTime := false, false
	for _, d := range who.Done {
		if d.Module == c.module.ID {
			before = true
			inTime = inTime || s.Start.After(d.Start) && s.day-f.day(d.Start) >= who.prepDays()
		}
	}
	_, needed := f.needAt[[2]string{who.ID, c.module.ID}]
	switch {
	case needed && inTime:
		return attested
	case needed:
		return learning
	case before && !inTime:
		return never
	}
	return ready
}

func (p *person) prepDays() int {
	if p.tier == nil {
		return 0
	}
	return p.tier.PrepDays
}
