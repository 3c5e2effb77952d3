package risk

import (
	"math"
	"slices"
	"time"

	"kaskad/model"
)

// never is a week no programme comes to.
const never = math.MaxInt

// game is one playing of the plan.
type game struct {
	*world
	chance
	days    [][]int          // person → day each module of their order was attended; 0: not yet
	missed  []uint64         // person → modules of their order whose planned seminar is over without them, as bits
	waiting map[int][]int    // module → people who have missed it, the first first
	stops   []int            // person → week they stop leading
	lost    []int            // venue → week it is lost
	instead map[int][]int    // person → seminars they lead instead of somebody
	moved   map[int][]int    // venue → seminars that found refuge there
	reserve map[[2]int64]int // area and start → reserves in use

	met            []int // area → needs met
	cancelled, end int
	extra          int
}

// play plays the plan once.
func (w *world) play(run int) *game {
	g := &game{world: w, chance: newChance(w.in.Seed, run), missed: make([]uint64, len(w.people)), waiting: map[int][]int{},
		instead: map[int][]int{}, moved: map[int][]int{}, reserve: map[[2]int64]int{}, met: make([]int, len(w.areas)), end: w.day(w.planned)}
	g.days = make([][]int, len(w.people))
	for i := range w.people {
		g.days[i] = make([]int, len(w.people[i].order))
	}
	g.foretell()
	for i := range w.seminars {
		g.hold(i)
	}
	g.goOn()
	return g
}

// foretell draws the week in which each leader stops and each venue is lost.
func (g *game) foretell() {
	from, to := model.WeekNumber(g.day(g.in.Now)), model.WeekNumber(g.day(g.planned))
	if len(g.seminars) > 0 {
		from = max(from, model.WeekNumber(g.seminars[0].day))
	}
	first := func(rate int, about uint64, at int) int {
		for wk := from; wk <= to; wk++ {
			if g.hits(weekly(rate), about, at, wk) {
				return wk
			}
		}
		return never
	}
	g.stops, g.lost = make([]int, len(g.people)), make([]int, len(g.in.Problem.Venues))
	for i := range g.people {
		g.stops[i] = never
		if g.people[i].leads != nil {
			g.stops[i] = first(g.in.Rates.LeaderStops, aboutStop, i)
		}
	}
	for v := range g.lost {
		g.lost[v] = first(g.in.Rates.VenueLost, aboutVenue, v)
	}
}

// hold plays one seminar.
func (g *game) hold(at int) {
	s := &g.seminars[at]
	if s.past {
		for _, a := range s.attendees {
			g.attend(a, s.module, s.day, s.counted)
		}
		return
	}
	venue, open := g.venue(at)
	if !open || g.snows(s) || !g.led(at) {
		g.cancelled++
		if !s.counted {
			g.extra++
		}
		for _, a := range s.attendees {
			g.miss(a, at)
		}
		return
	}
	seats := min(s.seats, g.in.Problem.Venues[venue].Capacity)
	came, expected := 0, 0
	for _, a := range s.attendees {
		if !g.may(a, s.module, s.day) {
			g.miss(a, at)
			continue
		}
		expected++
		if g.absent(a, at) {
			g.miss(a, at)
			continue
		}
		g.attend(a, s.module, s.day, s.counted)
		came++
	}
	g.makeUp(at, venue, expected, came, seats)
}

// makeUp invites those who wait to the seats that are left, and to as many more
// as are overbooked; whoever finds no seat in the end waits on.
func (g *game) makeUp(at, venue, expected, came, seats int) {
	s := &g.seminars[at]
	room := seats + g.in.Slack.Overbook - expected
	var still []int
	for _, p := range g.waiting[s.module] {
		if !g.misses(p, s.module) {
			continue // made up for already
		}
		if room <= 0 || !g.invited(p, at, venue) {
			still = append(still, p)
			continue
		}
		room--
		if came >= seats || g.absent(p, at) {
			still = append(still, p)
			continue
		}
		came++
		g.attend(p, s.module, s.day, s.counted)
	}
	g.waiting[s.module] = still
}

// invited tells whether somebody who waits could come to a seminar.
func (g *game) invited(p, at, venue int) bool {
	s, who := &g.seminars[at], &g.people[p]
	if who.counted != s.counted || !g.may(p, s.module, s.day) || g.way[who.unit][venue] > who.reach || !g.free(p, s) {
		return false
	}
	return who.wave == nil || !s.start.Before(who.wave.From) && !s.end.After(who.wave.To)
}

func (g *game) absent(p, at int) bool { return g.hits(g.in.Rates.Absent*10_000, aboutSeat, p, at) }

func (g *game) snows(s *seminar) bool {
	switch s.start.In(g.r.Zone).Month() {
	case time.December, time.January, time.February, time.March:
		return !g.in.Problem.Venues[s.venue].Online && g.hits(g.in.Rates.Snow*10_000, aboutSnow, s.area, s.day)
	}
	return false
}

// venue is where a seminar is held: where it was planned, or the first refuge left.
func (g *game) venue(at int) (venue int, open bool) {
	s := &g.seminars[at]
	wk := model.WeekNumber(s.day)
	if g.lost[s.venue] > wk || g.in.Problem.Venues[s.venue].Online {
		return s.venue, true
	}
	for _, v := range s.refuges {
		taken := slices.ContainsFunc(g.moved[v], func(i int) bool { return g.overlap(i, at) })
		if g.lost[v] > wk && !taken {
			g.moved[v] = append(g.moved[v], at)
			return v, true
		}
	}
	return 0, false
}

func (g *game) overlap(i, j int) bool {
	a, b := &g.seminars[i], &g.seminars[j]
	return a.start.Before(b.end) && b.start.Before(a.end)
}

// led tells whether somebody leads a seminar for every leader it has by plan.
func (g *game) led(at int) bool {
	s := &g.seminars[at]
	var filled []int
	for _, l := range s.leaders {
		if g.leads(l, at) {
			continue
		}
		found := slices.IndexFunc(s.substitutes, func(p int) bool { return !slices.Contains(filled, p) && g.leads(p, at) && g.spare(p, at) })
		if found >= 0 {
			filled = append(filled, s.substitutes[found])
			continue
		}
		key := [2]int64{int64(s.area), s.start.Unix()}
		if g.reserve[key] >= g.in.Slack.Reserve {
			return false
		}
		g.reserve[key]++
	}
	for _, p := range filled {
		g.instead[p] = append(g.instead[p], at)
	}
	return true
}

// leads tells whether a leader is there and knows the module.
func (g *game) leads(p, at int) bool {
	s := &g.seminars[at]
	if g.stops[p] <= model.WeekNumber(s.day) || g.hits(g.in.Rates.LeaderIll*10_000, aboutIllness, p, at) {
		return false
	}
	who := &g.people[p]
	day, attended := who.done[s.module]
	if k := slices.Index(who.order, s.module); k >= 0 {
		day, attended = g.days[p][k], g.days[p][k] > 0
	}
	if !attended {
		return !who.needs[s.module]
	}
	return s.day-day >= who.prep
}

// spare tells whether somebody has not already been asked to lead too much instead of others.
func (g *game) spare(p, at int) bool {
	s, who := &g.seminars[at], &g.people[p]
	day, wk := who.perDay[s.day], who.perWeek[model.WeekNumber(s.day)]
	for _, i := range g.instead[p] {
		other := &g.seminars[i]
		if g.overlap(i, at) {
			return false
		}
		if other.day == s.day {
			day++
		}
		if model.WeekNumber(other.day) == model.WeekNumber(s.day) {
			wk++
		}
	}
	l := who.leads
	return (l.MaxTotal == nil || who.led+len(g.instead[p]) < *l.MaxTotal) &&
		(l.MaxPerDay == nil || day < *l.MaxPerDay) && (l.MaxPerWeek == nil || wk < *l.MaxPerWeek)
}

// may tells whether a person may attend a module on a day: not yet attended, and
// order and gap hold.
func (g *game) may(p, module, day int) bool {
	who := &g.people[p]
	for k, m := range who.order {
		attended := g.days[p][k]
		switch {
		case m == module && attended > 0:
			return false
		case m == module && who.strict:
			return true // the ones before are attended, and long enough ago
		case attended > 0 && day-attended < who.gap:
			return false
		case attended == 0 && m != module && who.strict:
			return false
		}
	}
	return slices.Contains(who.order, module)
}

func (g *game) attend(p, module, day int, counted bool) {
	k := slices.Index(g.people[p].order, module)
	if k < 0 || g.days[p][k] > 0 {
		return
	}
	g.days[p][k] = day
	g.missed[p] &^= 1 << k
	if counted {
		g.met[g.people[p].area]++
	}
}

// miss notes that somebody's seminar was held without them, or fell. Training of
// leaders, on which all else waits, is made up for a week later.
func (g *game) miss(p, at int) {
	s, who := &g.seminars[at], &g.people[p]
	module := s.module
	k := slices.Index(who.order, module)
	if k < 0 || g.days[p][k] > 0 {
		return
	}
	if !s.counted {
		g.days[p][k] = max(s.day, slices.Max(g.days[p])+who.gap) + 7
		return
	}
	g.missed[p] |= 1 << k
	g.waiting[module] = append(g.waiting[module], p)
}

func (g *game) misses(p, module int) bool {
	k := slices.Index(g.people[p].order, module)
	return k >= 0 && g.missed[p]&(1<<k) != 0
}

// longest further seminars go on, in weeks: whoever always stays away never ends.
const longest = 104

// goOn holds further seminars in each area after its planned ones, for those of
// the last tier who still wait, and finds the day on which the last one ends.
func (g *game) goOn() {
	left := make([][]int, len(g.areas))
	for p := range g.people {
		if g.missed[p] != 0 && g.people[p].counted {
			left[g.people[p].area] = append(left[g.people[p].area], p)
		}
	}
	met := slices.Clone(g.met) // the plan's own
	group := g.in.Problem.Tiers[len(g.in.Problem.Tiers)-1].Seats.Max
	for a, people := range left {
		for wk := 1; len(people) > 0 && wk <= longest; wk++ {
			day := model.FirstDay(model.WeekNumber(g.areaEnd[a]) + wk)
			people = g.further(people, day, g.areaPace[a], group)
			g.end = max(g.end, day)
		}
	}
	g.met = met
}

// further holds a week's further seminars, and returns who still waits.
func (g *game) further(people []int, day, seminars, group int) []int {
	for m := range g.in.Problem.Modules {
		var there []int
		for _, p := range people {
			if g.misses(p, m) && g.may(p, m, day) {
				there = append(there, p)
			}
		}
		held := min((len(there)+group-1)/max(group, 1), seminars)
		seminars -= held
		g.extra += held
		for _, p := range there[:min(len(there), held*group)] {
			if !g.hits(g.in.Rates.Absent*10_000, aboutExtra, p, day*64+m) {
				g.attend(p, m, day, false)
			}
		}
	}
	return slices.DeleteFunc(people, func(p int) bool { return g.missed[p] == 0 })
}
