package certificate

import (
	"slices"
	"time"

	"kaskad/model"
)

// look finds which needs no plan can meet, and how early the others might be:
// tier by tier, with every limit on numbers left out.
func (w *world) look() {
	for ti := range w.problem.Tiers {
		for _, c := range w.courses {
			if c.tier == &w.problem.Tiers[ti] {
				w.findLed(c, ti)
			}
		}
		places := placeMemo{w: w, of: map[placeKey][]bool{}}
		for i := range w.people {
			if x := &w.people[i]; x.tier == &w.problem.Tiers[ti] {
				w.trace(x, places)
			}
		}
	}
	for _, l := range w.leaders {
		l.most = w.leadsAtMost(l)
	}
	for changed := true; changed; {
		changed = false
		for _, c := range w.courses {
			for _, group := range w.companies(c) {
				if len(group) < c.least {
					changed = true
					for _, m := range group {
						m.who.giveUp(m.need)
					}
				}
			}
		}
	}
}

// findLed marks the slots in which enough leaders of the course might be ready (H5, H7).
func (w *world) findLed(c *course, ti int) {
	c.led = make([]bool, len(w.slots))
	count := make([]int, len(w.slots))
	for _, l := range w.leaders {
		first := -1
		if from, after, ok := w.mayLead(l, c, ti); ok {
			for t := range w.slots {
				if l.free[t] && w.slots[t].date >= from && w.slots[t].Start.After(after) {
					if count[t]++; first < 0 {
						first = t
					}
				}
			}
		}
		c.ready = append(c.ready, first)
	}
	for t, n := range count {
		c.led[t] = n >= c.leaders && c.long[t]
	}
}

// mayLead: the leader may lead the course from a date on, after an instant: the
// first time they did or might have attended it, and prepared. What they learn in
// the same tier or a later one is taken to come in time.
func (w *world) mayLead(l *leader, c *course, ti int) (from int, after time.Time, ok bool) {
	q := l.leads
	none := func(limit *int) bool { return limit != nil && *limit < 1 }
	if q.Tier != c.tier.ID || !slices.Contains(q.Modules, c.module.ID) || none(q.MaxTotal) || none(q.MaxPerWeek) || none(q.MaxPerDay) {
		return 0, after, false
	}
	var learnt []time.Time
	for _, d := range l.person.Done {
		if d.Module == c.module.ID {
			learnt = append(learnt, d.Start)
		}
	}
	for a := range l.person.needs {
		n := &l.person.needs[a]
		switch {
		case n.course.module != c.module:
		case !w.upstream(n.course, ti):
			return -1 << 40, after, true
		case n.hopeless:
			return 0, after, false
		default:
			learnt = append(learnt, w.slots[n.earliest].Start)
		}
	}
	if len(learnt) == 0 {
		return -1 << 40, after, true
	}
	prep := 0
	if l.person.tier != nil {
		prep = l.person.tier.PrepDays
	}
	first := slices.MinFunc(learnt, time.Time.Compare)
	return w.date(first) + prep, first, true
}

// upstream: the course belongs to a tier before number ti.
func (w *world) upstream(c *course, ti int) bool {
	for i := range ti {
		if c.tier == &w.problem.Tiers[i] {
			return true
		}
	}
	return false
}

type placeKey struct {
	unit   string
	limit  int
	course *course
}

type placeMemo struct {
	w  *world
	of map[placeKey][]bool
}

// slots in which a venue that can hold the course is open within a person's reach.
func (m placeMemo) slots(x *person, c *course) []bool {
	key := placeKey{x.unit.ID, x.maxTravel, c}
	if row, ok := m.of[key]; ok {
		return row
	}
	row := make([]bool, len(m.w.slots))
	for i := range m.w.venues {
		v := &m.w.venues[i]
		if c.seats(v.Venue) > 0 && m.w.away(x.unit, v) <= x.maxTravel {
			for t, open := range v.open {
				row[t] = row[t] || open
			}
		}
	}
	m.of[key] = row
	return row
}

// trace finds for every need of a person the first slot it might be met in.
func (w *world) trace(x *person, places placeMemo) {
	strict, last, blocked := x.tier.Order != model.Free, -1, false
	for a := range x.needs {
		n := &x.needs[a]
		x.places = append(x.places, places.slots(x, n.course))
		n.earliest = -1
		for t := last + 1; t < len(w.slots) && !blocked; t++ {
			if w.might(x, a, t) && (last < 0 || w.slots[t].date-w.slots[last].date >= x.tier.GapDays) {
				n.earliest = t
				break
			}
		}
		if n.earliest < 0 {
			n.hopeless = true
			blocked = strict
		} else if strict {
			last = n.earliest
		}
	}
}

// might: the person, a venue and enough leaders might all be there in slot t.
func (w *world) might(x *person, a, t int) bool {
	return x.there[t] && x.places[a][t] && x.needs[a].course.led[t]
}

// giveUp marks a need hopeless, and in a strict order those after it.
func (x *person) giveUp(a int) {
	x.needs[a].hopeless = true
	for b := a + 1; b < len(x.needs) && x.tier.Order != model.Free; b++ {
		x.needs[b].hopeless = true
	}
}

// member is a need in a group.
type member struct {
	who  *person
	need int
}

// companies splits those who need a course into groups that cannot share a
// seminar, because their waves lie apart; all together when some have no wave.
func (w *world) companies(c *course) (groups [][]member) {
	of := map[int][]member{}
	zones := w.zones()
	together := false
	for i := range w.people {
		x := &w.people[i]
		for a := range x.needs {
			if x.needs[a].course == c && !x.needs[a].hopeless {
				zone := -1
				if x.wave != nil {
					zone = zones[x.wave.ID]
				}
				together = together || zone < 0
				of[zone] = append(of[zone], member{x, a})
			}
		}
	}
	if together {
		var all []member
		for zone := -1; zone < len(w.problem.Waves); zone++ {
			all = append(all, of[zone]...)
		}
		return [][]member{all}
	}
	for zone := range len(w.problem.Waves) {
		if len(of[zone]) > 0 {
			groups = append(groups, of[zone])
		}
	}
	return groups
}

// zones numbers sets of waves that hang together by overlapping.
func (w *world) zones() map[string]int {
	order := slices.Clone(w.problem.Waves)
	slices.SortStableFunc(order, func(a, b model.Wave) int { return a.From.Compare(b.From) })
	zone, until, of := -1, time.Time{}, map[string]int{}
	for _, v := range order {
		if zone < 0 || !v.From.Before(until) {
			zone++
		}
		if v.To.After(until) {
			until = v.To
		}
		of[v.ID] = zone
	}
	return of
}

// leadsAtMost counts the seminars a leader can lead by H3, H5 and H7 at most.
func (w *world) leadsAtMost(l *leader) int {
	from, k := len(w.slots), slices.Index(w.leaders, l)
	for _, c := range w.courses {
		if c.ready[k] >= 0 {
			from = min(from, c.ready[k])
		}
	}
	return w.leadsBetween(l, from, len(w.slots))
}

// leadsBetween counts the seminars a leader can lead in slots from to to-1.
func (w *world) leadsBetween(l *leader, from, to int) (total int) {
	within := func(n int, limit *int) bool { return limit == nil || n < *limit }
	day, week, onDay, inWeek := -1, -1, 0, 0
	for t := from; t < to; t++ {
		s := &w.slots[t]
		if s.date != day {
			day, onDay = s.date, 0
		}
		if s.week != week {
			week, inWeek = s.week, 0
		}
		if l.free[t] && within(onDay, l.leads.MaxPerDay) && within(inWeek, l.leads.MaxPerWeek) && within(total, l.leads.MaxTotal) {
			onDay++
			inWeek++
			total++
		}
	}
	return total
}
