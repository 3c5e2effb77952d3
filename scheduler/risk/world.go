package risk

import (
	"cmp"
	"slices"
	"time"

	"kaskad/model"
)

// nearby is how far, in minutes one way, somebody who has said nothing else is
// thought to go to make up for a seminar, or to lead instead of another.
const nearby = 60

// world is the problem and the plan in numbers. It is not written by playing.
type world struct {
	in        Input
	r         *model.Roster
	people    []person
	seminars  []seminar // by start
	areas     []string
	areaNeeds []int // needs of the last tier the plan meets
	areaEnd   []int // day of the last planned seminar for the area's people
	areaPace  []int // planned seminars a week, at least 1
	needs     int
	planned   time.Time
	way       [][]int // unit → venue, minutes
	busy      [][]int // person → planned seminars they are in, by start
}

// person is somebody with what they do by plan.
type person struct {
	id      string
	unit    int // place in the problem
	area    int
	wave    *model.Wave
	reach   int   // minutes one way
	order   []int // modules the plan gives them, in the order they must be attended
	strict  bool
	gap     int  // days
	counted bool // of the last tier: their needs are the report's
	leads   *model.Leads
	prep    int          // days from attending a module to leading it
	needs   map[int]bool // modules they must attend before leading them
	done    map[int]int  // module → day attended before the plan
	closed  []span       // by time, apart from each other
	led     int          // seminars by plan
	perWeek map[int]int  // week → seminars led by plan
	perDay  map[int]int
}

// seminar is one of the plan.
type seminar struct {
	module, venue, area int
	tier                string
	start, end          time.Time
	day                 int
	past                bool
	counted             bool // of the last tier
	seats               int
	leaders, attendees  []int
	substitutes         []int // people who could lead it instead, nearest first
	refuges             []int // venues it could be held in instead, nearest first
}

func newWorld(in Input) *world {
	w := &world{in: in, r: model.NewRoster(in.Problem, "")}
	w.readWays()
	w.readPeople()
	w.readSeminars()
	w.readOrders()
	w.readAreas()
	for i := range w.seminars {
		if s := &w.seminars[i]; !s.past {
			s.substitutes, s.refuges = w.substitutes(i), w.refuges(i)
		}
	}
	return w
}

func (w *world) day(t time.Time) int { return model.DayNumber(t, w.r.Zone) }

func (w *world) readWays() {
	p := w.in.Problem
	for i := range p.Units {
		row := make([]int, len(p.Venues))
		for j := range p.Venues {
			row[j] = w.r.TravelMinutes(p.Units[i].ID, p.Venues[j].ID)
		}
		w.way = append(w.way, row)
	}
}

// places is where each id stands in a list.
func places[T any](list []T, id func(*T) string) map[string]int {
	at := make(map[string]int, len(list))
	for i := range list {
		at[id(&list[i])] = i
	}
	return at
}

func (w *world) readPeople() {
	p := w.in.Problem
	units := places(p.Units, func(u *model.Unit) string { return u.ID })
	modules := places(p.Modules, func(m *model.Module) string { return m.ID })
	for i := range p.Units {
		w.areas = append(w.areas, p.Units[i].Area)
	}
	slices.Sort(w.areas)
	w.areas = slices.Compact(w.areas)
	area := places(w.areas, func(a *string) string { return *a })
	last := p.Tiers[len(p.Tiers)-1].ID
	for i := range p.People {
		x := &p.People[i]
		u := &p.Units[units[x.Unit]]
		who := person{id: x.ID, unit: units[x.Unit], area: area[u.Area], wave: w.r.Waves[u.Wave], reach: nearby, counted: x.Tier == last, leads: x.Leads,
			needs: map[int]bool{}, done: map[int]int{}, perWeek: map[int]int{}, perDay: map[int]int{}}
		if x.MaxTravel != nil {
			who.reach = *x.MaxTravel
		}
		who.closed = spans(w.r.Closed(x.Closed, x.Calendar))
		if t := w.r.Tiers[x.Tier]; t != nil {
			who.strict, who.gap, who.prep = t.Order != model.Free, t.GapDays, t.PrepDays
		}
		for _, m := range w.r.Needs(x) {
			who.needs[modules[m]] = true
		}
		for _, d := range x.Done {
			who.done[modules[d.Module]] = w.day(d.Start)
		}
		w.people = append(w.people, who)
	}
}

// readSeminars takes the plan's seminars that the problem knows, by start.
func (w *world) readSeminars() {
	p := w.in.Problem
	people := places(p.People, func(x *model.Person) string { return x.ID })
	modules := places(p.Modules, func(m *model.Module) string { return m.ID })
	venues := places(p.Venues, func(v *model.Venue) string { return v.ID })
	known := func(ids []string) (list []int) {
		for _, id := range ids {
			if at, ok := people[id]; ok {
				list = append(list, at)
			}
		}
		return list
	}
	for i := range w.in.Plan.Seminars {
		x := &w.in.Plan.Seminars[i]
		slot, tier, venue := w.r.Slots[x.Slot], w.r.Tiers[x.Tier], w.r.Venues[x.Venue]
		if slot == nil || tier == nil || venue == nil {
			continue
		}
		s := seminar{module: modules[x.Module], venue: venues[x.Venue], tier: x.Tier, start: slot.Start, end: slot.End, day: w.day(slot.Start),
			past: slot.Start.Before(w.in.Now), counted: x.Tier == p.Tiers[len(p.Tiers)-1].ID, seats: min(tier.Seats.Max, venue.Capacity),
			leaders: known(x.Leaders), attendees: known(x.Attendees)}
		w.seminars = append(w.seminars, s)
	}
	slices.SortStableFunc(w.seminars, func(a, b seminar) int { return cmp.Or(a.start.Compare(b.start), a.end.Compare(b.end)) })
	w.busy = make([][]int, len(w.people))
	nearest, areas := w.r.VenueAreas(), places(w.areas, func(a *string) string { return *a })
	for i := range w.seminars {
		s := &w.seminars[i]
		s.area = areas[nearest[p.Venues[s.venue].ID]]
		for _, l := range s.leaders {
			w.people[l].led++
			w.people[l].perWeek[model.WeekNumber(s.day)]++
			w.people[l].perDay[s.day]++
			w.busy[l] = append(w.busy[l], i)
		}
		for _, a := range s.attendees {
			w.busy[a] = append(w.busy[a], i)
		}
		if s.end.After(w.planned) {
			w.planned = s.end
		}
	}
}

// readOrders lists for each person the modules the plan gives them.
func (w *world) readOrders() {
	modules := places(w.in.Problem.Modules, func(m *model.Module) string { return m.ID })
	for i := range w.people {
		who := &w.people[i]
		planned := map[int]bool{}
		for _, s := range w.busy[i] {
			if slices.Contains(w.seminars[s].attendees, i) {
				planned[w.seminars[s].module] = true
			}
		}
		tier := w.r.Tiers[w.in.Problem.People[i].Tier]
		if tier == nil {
			continue
		}
		for _, m := range tier.Modules {
			if planned[modules[m]] {
				who.order = append(who.order, modules[m])
			}
		}
	}
}

func (w *world) readAreas() {
	n := len(w.areas)
	w.areaNeeds, w.areaEnd, w.areaPace = make([]int, n), make([]int, n), make([]int, n)
	weeks := make([]map[int]bool, n)
	seminars := make([]int, n)
	for i := range w.seminars {
		s := &w.seminars[i]
		if !s.counted {
			continue
		}
		if weeks[s.area] == nil {
			weeks[s.area] = map[int]bool{}
		}
		weeks[s.area][model.WeekNumber(s.day)] = true
		seminars[s.area]++
		for _, a := range s.attendees {
			at := w.people[a].area
			w.areaEnd[at] = max(w.areaEnd[at], s.day)
			w.areaNeeds[at]++
			w.needs++
		}
	}
	for a := range w.areaPace {
		w.areaPace[a] = max(1, (seminars[a]+len(weeks[a])/2)/max(len(weeks[a]), 1))
	}
}

// substitutes are those who could lead a seminar instead: who may lead the
// module, near enough and free, with room in their day, their week and in all (H7).
func (w *world) substitutes(at int) []int {
	s := &w.seminars[at]
	module := w.in.Problem.Modules[s.module].ID
	var list []int
	for i := range w.people {
		who := &w.people[i]
		l := who.leads
		switch {
		case l == nil, l.Tier != s.tier, slices.Contains(s.leaders, i), !slices.Contains(l.Modules, module):
		case w.way[who.unit][s.venue] > nearby, s.start.Before(l.From), !w.free(i, s):
		case l.MaxTotal != nil && who.led >= *l.MaxTotal:
		case l.MaxPerDay != nil && who.perDay[s.day] >= *l.MaxPerDay, l.MaxPerWeek != nil && who.perWeek[model.WeekNumber(s.day)] >= *l.MaxPerWeek:
		default:
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return w.way[w.people[a].unit][s.venue] - w.way[w.people[b].unit][s.venue] })
	return list
}

// free tells whether a person has nothing else by plan and is not away.
func (w *world) free(person int, s *seminar) bool {
	if closedDuring(w.people[person].closed, s.start.Unix(), s.end.Unix()) {
		return false
	}
	return !slices.ContainsFunc(w.busy[person], func(i int) bool {
		other := &w.seminars[i]
		return other.start.Before(s.end) && s.start.Before(other.end)
	})
}

// span is a stretch of time, in seconds since 1970.
type span struct{ from, to int64 }

// spans are intervals by time, those that overlap or meet as one.
func spans(list []model.Interval) []span {
	var all []span
	for _, c := range list {
		all = append(all, span{c.From.Unix(), c.To.Unix()})
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	apart := all[:0]
	for _, c := range all {
		if last := len(apart) - 1; last >= 0 && c.from <= apart[last].to {
			apart[last].to = max(apart[last].to, c.to)
			continue
		}
		apart = append(apart, c)
	}
	return apart
}

// closedDuring tells whether any span overlaps a stretch of time.
func closedDuring(list []span, from, to int64) bool {
	at, _ := slices.BinarySearchFunc(list, from, func(c span, t int64) int { // the first that ends after from
		if c.to <= t {
			return -1
		}
		return 1
	})
	return at < len(list) && list[at].from < to
}

// refuges are venues in the seminar's area that are open, large enough and free by plan.
func (w *world) refuges(at int) []int {
	s := &w.seminars[at]
	here := &w.in.Problem.Venues[s.venue]
	if here.Online {
		return []int{s.venue} // nothing happens to it
	}
	var list []int
	for v := range w.in.Problem.Venues {
		there := &w.in.Problem.Venues[v]
		minutes := w.in.Problem.Programme.Travel.Minutes(here.Lat, here.Lon, there.Lat, there.Lon)
		if v == s.venue || there.Online || minutes > nearby/2 || there.Capacity < len(s.attendees) || w.r.ClosedAt(there.Closed, there.Calendar, s.start, s.end) {
			continue
		}
		used := 0
		for i := range w.seminars {
			if o := &w.seminars[i]; o.venue == v && o.start.Before(s.end) && s.start.Before(o.end) {
				used++
			}
		}
		if used < max(there.Rooms, 1) {
			list = append(list, v)
		}
	}
	return list
}
