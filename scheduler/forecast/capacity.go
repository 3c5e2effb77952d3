package forecast

import (
	"slices"
	"time"

	"kaskad/model"
)

// readUnits counts the seats that units can spare by week: as many as may be
// away at once, in every slot that does not overlap another, inside the wave.
func (w *world) readUnits() {
	people := map[string]int{}
	for i := range w.r.Problem.People {
		if x := &w.r.Problem.People[i]; x.Tier == w.tier.ID {
			people[x.Unit]++
		}
	}
	for i := range w.r.Problem.Units {
		u := &w.r.Problem.Units[i]
		at, known := w.byCell[[2]string{u.Area, u.Sector}]
		if people[u.ID] == 0 || !known {
			continue
		}
		c := &w.cells[at]
		away := people[u.ID]
		if u.MaxAway != nil {
			away = min(away, *u.MaxAway)
		}
		for week := range w.weeks {
			times := w.times(week, func(s *model.Slot) bool { return w.mayAttend(u, s) })
			seats := min(away*times, people[u.ID]*c.modules)
			c.all[week] += seats
			c.open[week] = c.open[week] || times > 0
		}
	}
	for i := range w.cells {
		c := &w.cells[i]
		for week := range w.weeks {
			c.spare[week] = max(0, c.all[week]-c.plan[week])
		}
	}
}

func (w *world) mayAttend(u *model.Unit, s *model.Slot) bool {
	if s.Start.Before(w.now) {
		return false
	}
	wave := w.r.Waves[u.Wave]
	return wave == nil || !s.Start.Before(wave.From) && s.End.Compare(wave.To) <= 0
}

// times counts the slots of a week that one after another can be used, of those
// that may. Slots are by their end, so taking each that starts after the last
// taken one ends takes the most.
func (w *world) times(week int, may func(*model.Slot) bool) (n int) {
	var free time.Time
	for _, s := range w.weeks[week].slots {
		if may(s) && !s.Start.Before(free) {
			free = s.End
			n++
		}
	}
	return n
}

// readRooms counts the seats of rooms by area and week, less those in use.
func (w *world) readRooms() {
	area := w.r.VenueAreas()
	for i := range w.r.Problem.Venues {
		v := &w.r.Problem.Venues[i]
		if v.Online {
			delete(area, v.ID) // takes no room of the area it is said to be in
		}
		if area[v.ID] == "" {
			continue
		}
		closed := w.r.Closed(v.Closed, v.Calendar)
		pool := w.roomSeats.of(area[v.ID], len(w.weeks))
		pool.left = plenty
		for week := range w.weeks {
			times := w.times(week, func(s *model.Slot) bool { return !s.Start.Before(w.now) && !model.Overlap(closed, s.Start, s.End) })
			pool.add(week, times*max(v.Rooms, 1)*min(v.Capacity, w.tier.Seats.Max, w.group))
		}
	}
	w.use(w.roomSeats, func(s *model.Seminar) []string { return []string{area[s.Venue]} })
}

// use takes a usual group's seats for every seminar of the plan that is still to come.
func (w *world) use(seats pools, areas func(*model.Seminar) []string) {
	for i := range w.plan.Seminars {
		s := &w.plan.Seminars[i]
		slot := w.r.Slots[s.Slot]
		if slot == nil || slot.Start.Before(w.now) {
			continue
		}
		for _, a := range areas(s) {
			if pool := seats[a]; pool != nil {
				pool.spend(w.weekOf(slot), w.group)
			}
		}
	}
}

// readLeaders counts the seats that trained leaders can fill by area and week.
func (w *world) readLeaders() {
	learned, led := w.learned(), w.led()
	for i := range w.r.Problem.People {
		x := &w.r.Problem.People[i]
		if x.Leads == nil || x.Leads.Tier != w.tier.ID || len(x.Leads.Modules) == 0 {
			continue
		}
		area := w.r.Units[x.Unit].Area
		pool := w.leaderSeats.of(area, len(w.weeks))
		if x.Leads.MaxTotal != nil {
			pool.left += max(0, *x.Leads.MaxTotal-led[x.ID]) * w.group
		} else {
			pool.left += plenty
		}
		closed := w.r.Closed(x.Closed, x.Calendar)
		count := w.leaders[area]
		count[0]++
		if w.mayLead(x, learned, w.now) > 0 {
			count[1]++
		}
		w.leaders[area] = count
		for week := range w.weeks {
			if w.mayLead(x, learned, w.weeks[week].monday) == 0 {
				continue
			}
			w.weeks[week].ready++
			seminars := w.perWeek(x, week, closed)
			w.weeks[week].possible += seminars
			pool.add(week, seminars*w.group)
		}
	}
	w.use(w.leaderSeats, func(s *model.Seminar) (areas []string) {
		for _, l := range s.Leaders {
			if x := w.r.People[l]; x != nil && s.Tier == w.tier.ID {
				areas = append(areas, w.r.Units[x.Unit].Area)
			}
		}
		return areas
	})
}

// led counts the seminars that people have led by now.
func (w *world) led() map[string]int {
	n := map[string]int{}
	for i := range w.plan.Seminars {
		s := &w.plan.Seminars[i]
		if slot := w.r.Slots[s.Slot]; slot != nil && slot.Start.Before(w.now) {
			for _, l := range s.Leaders {
				n[l]++
			}
		}
	}
	return n
}

// learned is when each person attended each module, by the plan or before it.
func (w *world) learned() map[[2]string]time.Time {
	found := map[[2]string]time.Time{}
	for i := range w.r.Problem.People {
		x := &w.r.Problem.People[i]
		for _, d := range x.Done {
			found[[2]string{x.ID, d.Module}] = d.Start
		}
	}
	for i := range w.plan.Seminars {
		s := &w.plan.Seminars[i]
		slot := w.r.Slots[s.Slot]
		if slot == nil {
			continue
		}
		for _, p := range s.Attendees {
			found[[2]string{p, s.Module}] = slot.Start
		}
	}
	return found
}

// mayLead counts the modules a person may lead at a time (H5).
func (w *world) mayLead(x *model.Person, learned map[[2]string]time.Time, at time.Time) (n int) {
	if at.Before(x.Leads.From) {
		return 0
	}
	needs := w.r.Needs(x)
	for _, m := range x.Leads.Modules {
		start, attended := learned[[2]string{x.ID, m}]
		switch {
		case !attended && slices.Contains(needs, m):
			continue
		case attended && model.CalendarDays(start, at, w.r.Zone) < w.r.Tiers[x.Tier].PrepDays:
			continue
		}
		n++
	}
	return n
}

// perWeek is how many seminars a leader's limits and absences allow in a week.
func (w *world) perWeek(x *model.Person, week int, closed []model.Interval) int {
	days := map[int]int{}
	var free time.Time
	for _, s := range w.weeks[week].slots {
		if s.Start.Before(w.now) || s.Start.Before(free) || model.Overlap(closed, s.Start, s.End) {
			continue
		}
		free = s.End
		days[s.Start.In(w.r.Zone).YearDay()]++
	}
	n := 0
	for _, times := range days {
		if x.Leads.MaxPerDay != nil {
			times = min(times, *x.Leads.MaxPerDay)
		}
		n += times
	}
	if x.Leads.MaxPerWeek != nil {
		n = min(n, *x.Leads.MaxPerWeek)
	}
	return n
}
