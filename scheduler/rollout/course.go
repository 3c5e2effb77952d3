package rollout

import "time"

// period is the time of a wave against the calendar.
type period struct {
	from, to time.Time
	open     []int // weeks with slots inside it
	slots    []int // beside open: how many
	total    int   // slots in all
}

func (w *world) period(from, to time.Time) period {
	d := period{from: from, to: to}
	count := make([]int, len(w.weeks))
	for i, s := range w.p.Slots {
		if !s.Start.Before(from) && !s.End.After(to) {
			count[w.slots[i]]++
		}
	}
	for week, n := range count {
		if n > 0 {
			d.open, d.slots, d.total = append(d.open, week), append(d.slots, n), d.total+n
		}
	}
	return d
}

// mass is what belongs to one wave, added up.
type mass struct {
	needs  [][]int
	people []int
	force
	rooms []int
	spare []unitLoad
}

func (w *world) newMass() *mass {
	m := &mass{people: make([]int, len(w.tiers)), force: w.newForce(), rooms: make([]int, len(w.weeks))}
	for _, t := range w.tiers {
		m.needs = append(m.needs, make([]int, len(t.Modules)))
	}
	return m
}

// add puts a cell in (sign 1) or takes it out (sign -1).
func (m *mass) add(c *cell, sign int) {
	for t := range m.needs {
		addTo(m.needs[t], c.needs[t], sign)
		m.people[t] += sign * c.people[t]
		m.led[t].add(&c.led[t], sign)
	}
	addTo(m.rooms, c.rooms, sign)
}

func (l *leaders) add(x *leaders, sign int) {
	l.count += sign * x.count
	addTo(l.ready, x.ready, sign)
	addTo(l.training, x.training, sign)
	addTo(l.able, x.able, sign)
	addTo(l.learning, x.learning, sign)
}

func addTo(sum, x []int, sign int) {
	for i := range x {
		sum[i] += sign * x[i]
	}
}

// course is how a wave runs: seminars week by week, tier by tier. Weeks are
// those of the calendar.
type course struct {
	seminars []int // of the last tier
	training []int // of the tiers above
	seats    []int // people in seminars of the last tier
	ready    []int // leaders of the last tier who may lead something
	can      []int // seminars of the last tier they can lead
	lacking  int   // module of the last tier that nobody will be able to lead; -1: none
	trainers bool  // somebody can train the leaders, or need not
	short    bool  // the modules do not fit in the wave one after another
}

// stretch is when a module is taught to a tier: positions in period.open, both included.
type stretch struct {
	first, last int
	prep        int // days from learning it to leading it
}

// course estimates how a wave runs. From the top of the cascade: each module
// starts when the one before it has had its gap and somebody may lead it; the
// tiers above are through as soon as their leaders can manage, the last tier
// uses all of its weeks, as many seminars a week as leaders are ready.
func (w *world) course(m *mass, d *period) course {
	c := course{seminars: make([]int, len(w.weeks)), training: make([]int, len(w.weeks)), seats: make([]int, len(w.weeks)),
		ready: make([]int, len(w.weeks)), can: make([]int, len(w.weeks)), lacking: -1, trainers: true}
	learnt := map[string]stretch{} // module → when the leaders of the next tier learn it
	for t := range w.tiers {
		taught := w.teach(&c, m, d, t, learnt)
		for k, s := range taught {
			s.prep = w.tiers[t].PrepDays
			learnt[w.tiers[t].Modules[k]] = s
		}
	}
	return c
}

// teach lays one tier's modules out and returns when each of them is taught.
func (w *world) teach(c *course, m *mass, d *period, t int, learnt map[string]stretch) []stretch {
	tier, last := &w.tiers[t], t == len(w.tiers)-1
	own, roam := &m.led[t], &w.roaming.led[t]
	ramps := make([][]int, len(tier.Modules)) // seminars a week that those who may lead the module can lead
	for k, module := range tier.Modules {
		ramps[k] = w.ramp(own.ready[k]+roam.ready[k], own.training[k]+roam.training[k], d, learnt, module)
		if last {
			able := w.ramp(own.able[k]+roam.able[k], own.learning[k]+roam.learning[k], d, learnt, module)
			w.raise(c.ready, able, d)
			w.raise(c.can, ramps[k], d)
		}
	}
	taught := w.layOut(c, m, d, t, ramps)
	into := c.training
	if last {
		into = c.seminars
	}
	for k, s := range taught {
		n := ceil(m.needs[t][k], tier.group)
		if n == 0 || len(d.open) == 0 {
			continue
		}
		w.spread(into, n, s, ramps[k], d)
		if last {
			w.spread(c.seats, m.needs[t][k], s, ramps[k], d)
		}
	}
	return taught
}

// ramp is a number of leaders, or what they can lead, at each open week of a
// wave: those who are ready, and those who learn the module in time.
func (w *world) ramp(ready, training int, d *period, learnt map[string]stretch, module string) []int {
	list := make([]int, len(d.open))
	s, learns := learnt[module]
	for i := range list {
		list[i] = ready
		if !learns || training == 0 {
			continue
		}
		through := 0 // weeks of the learning that lie prep days back
		for j := s.first; j <= s.last; j++ {
			if w.days(d.open[j], d.open[i]) >= max(s.prep, 1) {
				through++
			}
		}
		list[i] += training * through / (s.last - s.first + 1)
	}
	return list
}

func (w *world) days(from, to int) int { return 7 * (to - from) }

// raise keeps the larger of two counts at each open week.
func (w *world) raise(sum, x []int, d *period) {
	for i, week := range d.open {
		sum[week] = max(sum[week], x[i])
	}
}

// layOut finds the weeks of each module of a tier.
func (w *world) layOut(c *course, m *mass, d *period, t int, ramps [][]int) []stretch {
	tier, last := &w.tiers[t], t == len(w.tiers)-1
	taught := make([]stretch, len(tier.Modules))
	if len(d.open) == 0 {
		c.short = true
		return taught
	}
	length := w.trainingWeeks(c, m, t, ramps)
	end := len(d.open) - 1
	day := 0 // since the Monday of the first open week: the earliest for the next module
	for k := range tier.Modules {
		first := 0
		for first <= end && (w.days(d.open[0], d.open[first])+4 < day || m.needs[t][k] > 0 && ramps[k][first] == 0) {
			first++
		}
		if first > end {
			if m.needs[t][k] > 0 && ramps[k][end] == 0 && last && c.lacking < 0 {
				c.lacking = k
			}
			c.short = c.short || m.needs[t][k] > 0
			first = end
		}
		taught[k] = stretch{first: first, last: min(first+length-1, end)}
		if last {
			taught[k].last = w.lastWeek(d, first, (len(tier.Modules)-1-k)*tier.GapDays)
		}
		if m.needs[t][k] > 0 {
			day = max(day, w.days(d.open[0], d.open[first])) + tier.GapDays
		}
	}
	return taught
}

// lastWeek is the last open week that leaves the later modules their gaps.
func (w *world) lastWeek(d *period, first, gaps int) int {
	end := len(d.open) - 1
	at := end
	for at > first && w.days(d.open[at], d.open[end])+4 < gaps {
		at--
	}
	return at
}

// trainingWeeks is how many weeks those who train a tier need for each module,
// when they take the modules side by side.
func (w *world) trainingWeeks(c *course, m *mass, t int, ramps [][]int) int {
	seminars, most := 0, 0
	for k := range ramps {
		seminars += ceil(m.needs[t][k], w.tiers[t].group)
		for _, n := range ramps[k] {
			most = max(most, n)
		}
	}
	if seminars == 0 {
		return 1
	}
	if most == 0 {
		c.trainers = c.trainers && t == len(w.tiers)-1
		return 1
	}
	return ceil(seminars, most)
}

// spread divides n over the weeks of a stretch, in proportion to leaders and slots.
func (w *world) spread(into []int, n int, s stretch, ramp []int, d *period) {
	weight := func(i int) int { return ramp[i] * d.slots[i] }
	all := 0
	for i := s.first; i <= s.last; i++ {
		all += weight(i)
	}
	if all == 0 {
		weight = func(i int) int { return d.slots[i] }
		for i := s.first; i <= s.last; i++ {
			all += weight(i)
		}
	}
	sum, given := 0, 0
	for i := s.first; i <= s.last; i++ {
		sum += weight(i)
		now := n * sum / all
		into[d.open[i]] += now - given
		given = now
	}
}

func ceil(n, by int) int { return (n + by - 1) / by }
