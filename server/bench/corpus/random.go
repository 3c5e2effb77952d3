package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// Size bounds a random problem. Every number is at least 1.
type Size struct{ People, Slots, Venues, Modules int }

// Random makes a problem of mixed features from a seed: the same seed and size
// give the same problem. Not every one has a plan that meets all needs, and a
// few have no valid plan at all, because what is frozen contradicts a rule.
func Random(seed uint64, size Size) *model.Problem {
	g := &generator{rand.New(rand.NewPCG(seed, 1)), size, world(fmt.Sprintf("random-%d", seed))}
	g.settings()
	g.tiers()
	g.times()
	g.places()
	g.persons()
	g.promises()
	return g.p
}

type generator struct {
	r    *rand.Rand
	size Size
	p    *model.Problem
}

// often is true k times of n.
func (g *generator) often(k, n int) bool { return g.r.IntN(n) < k }

func (g *generator) between(from, to int) int { return from + g.r.IntN(max(1, to-from+1)) }

func one[T any](g *generator, list []T) T { return list[g.r.IntN(len(list))] }

func (g *generator) settings() {
	w := &g.p.Programme.Weights
	for _, x := range []struct {
		weight **int
		values []int
	}{
		{&w.Travel, []int{0, 1, 2}}, {&w.LeaderTravel, []int{0, 1, 3}}, {&w.Prep, []int{0, 30}}, {&w.MixMin, []int{1, 3}},
		{&w.Mix, []int{0, 50}}, {&w.CrowdMax, []int{0, 1}}, {&w.Crowd, []int{25}}, {&w.Continuity, []int{0, 70}},
		{&w.PaceDays, []int{0, 7}}, {&w.Pace, []int{11, 30}}, {&w.Earliness, []int{0, 7}}, {&w.Fairness, []int{35}},
		{&w.Preference, []int{90}}, {&w.MovedSlot, []int{30, 300}}, {&w.MovedVenue, []int{20, 100}}, {&w.MovedLeader, []int{40}},
	} {
		if g.often(1, 4) {
			*x.weight = new(one(g, x.values))
		}
	}
}

func (g *generator) tiers() {
	g.p.Tiers = nil
	names := []string{"leaders", "staff"}
	if g.often(1, 3) {
		names = names[1:]
	}
	var modules []string
	for i := range g.between(1, g.size.Modules) {
		m := model.Module{ID: fmt.Sprintf("m%d", i+1), Minutes: one(g, []int{90, 120, 180}), Online: g.often(1, 2)}
		modules = append(modules, m.ID)
		g.p.Modules = append(g.p.Modules, m)
	}
	for _, name := range names {
		t := model.Tier{ID: name, Modules: modules, Seats: model.Seats{Max: g.between(1, 6)}, GapDays: one(g, []int{0, 0, 1, 2, 7}), PrepDays: one(g, []int{0, 0, 1, 3})}
		if g.often(1, 2) {
			t.Seats.Min = g.between(1, min(2, t.Seats.Max))
		}
		if g.often(1, 4) {
			t.Order = model.Free
		}
		if g.often(1, 6) {
			t.LeadersPerSeminar = 2
		}
		g.p.Tiers = append(g.p.Tiers, t)
	}
}

// times spreads slots over a few weeks around the spring change of clocks, some
// of them overlapping.
func (g *generator) times() {
	week := one(g, []int{1, 1, 2, 7})
	for i := range g.between(1, g.size.Slots) {
		day := g.r.IntN(5) + 7*g.r.IntN(week)
		at := one(g, []string{"08:30", "08:30", "10:00", "13:00", "17:30"})
		start := clock("2027-03-22 "+at).AddDate(0, 0, day)
		g.p.Slots = append(g.p.Slots, model.Slot{ID: fmt.Sprintf("t%d", i+1), Start: start, End: start.Add(time.Duration(one(g, []int{120, 180, 180})) * time.Minute)})
	}
	if g.often(1, 3) {
		g.p.Waves = []model.Wave{
			{ID: "w1", From: clock("2027-03-22 00:00"), To: clock("2027-03-31 00:00")},
			{ID: "w2", From: clock("2027-03-24 00:00"), To: clock("2027-06-01 00:00")},
		}
	}
	if g.often(1, 3) {
		g.p.Calendars = []model.Calendar{{ID: "rota", Closed: g.closed()}}
	}
}

func (g *generator) closed() []model.Interval {
	s := one(g, g.p.Slots)
	return []model.Interval{{From: s.Start.Add(time.Hour), To: s.End.Add(time.Hour)}}
}

func (g *generator) calendar() string {
	if len(g.p.Calendars) > 0 && g.often(1, 3) {
		return g.p.Calendars[0].ID
	}
	return ""
}

func (g *generator) places() {
	for i := range g.between(1, g.size.Venues) {
		v := model.Venue{ID: fmt.Sprintf("v%d", i+1), Lat: 57.7 + g.r.Float64()/3, Lon: 11.9 + g.r.Float64()/2,
			Capacity: g.between(2, 8), Rooms: one(g, []int{0, 0, 1, 2}), Online: g.often(1, 6), Calendar: g.calendar()}
		if g.often(1, 6) {
			v.Closed = g.closed()
		}
		g.p.Venues = append(g.p.Venues, v)
	}
	for i := range g.between(1, 3) {
		u := model.Unit{ID: fmt.Sprintf("u%d", i+1), Sector: g.p.Sectors[i], Lat: 57.7 + g.r.Float64()/3, Lon: 11.9 + g.r.Float64()/2}
		if g.often(1, 4) {
			u.MaxAway = new(g.between(0, 2))
		}
		if len(g.p.Waves) > 0 && g.often(2, 3) {
			u.Wave = one(g, g.p.Waves).ID
		}
		g.p.Units = append(g.p.Units, u)
	}
	if g.often(1, 5) {
		g.p.Matrix = &model.Matrix{Units: []string{"u1"}, Venues: []string{"v1"}, Minutes: [][]int{{g.r.IntN(40)}}}
	}
}

func (g *generator) persons() {
	n := g.between(2, g.size.People)
	for i := range n {
		x := model.Person{ID: fmt.Sprintf("p%d", i+1), Unit: one(g, g.p.Units).ID, Tier: one(g, g.p.Tiers).ID, Calendar: g.calendar()}
		if i == 0 && g.often(3, 4) {
			x.Tier = ""
		}
		if x.Tier == "" || g.often(1, 3) {
			x.Leads = g.leads()
		}
		if g.often(1, 5) {
			x.Closed = g.closed()
		}
		if g.often(1, 6) {
			x.MaxTravel = new(g.between(5, 45))
		}
		if g.often(1, 4) {
			x.Dislikes = []model.HalfDay{one(g, []model.HalfDay{"mon-am", "tue-am", "wed-pm", "thu-eve", "fri-am"})}
		}
		if x.Tier != "" && g.often(1, 4) {
			x.Done = []model.Done{{Module: one(g, g.p.Modules).ID, Start: clock("2027-03-19 08:30").AddDate(0, 0, -g.r.IntN(60))}}
		}
		if x.Tier != "" && g.often(1, 6) {
			x.Needs = []string{one(g, g.p.Modules).ID}
		}
		g.p.People = append(g.p.People, x)
	}
}

func (g *generator) leads() *model.Leads {
	l := &model.Leads{Tier: one(g, g.p.Tiers).ID, Modules: []string{}}
	for _, m := range g.p.Modules {
		if g.often(4, 5) {
			l.Modules = append(l.Modules, m.ID)
		}
	}
	for _, limit := range []**int{&l.MaxPerDay, &l.MaxPerWeek, &l.MaxTotal, &l.Target} {
		if g.often(1, 4) {
			*limit = new(g.between(0, 2))
		}
	}
	if g.often(1, 6) {
		l.From = clock("2027-03-23 00:00")
	}
	return l
}

// promises adds what is fixed and published. A seminar is fixed only if it
// breaks no rule by itself; what is published may be out of date.
func (g *generator) promises() {
	if g.often(1, 5) {
		if s := g.seminar("fixed"); g.stands(s) {
			g.p.Fixed = []model.Seminar{s}
		}
	}
	if g.often(2, 3) {
		return
	}
	g.p.Published = &model.Plan{Format: model.PlanFormat, Problem: g.p.Programme.ID, Unmet: []model.Unmet{}}
	for i := range g.between(1, 3) {
		g.p.Published.Seminars = append(g.p.Published.Seminars, g.seminar(fmt.Sprintf("told%d", i+1)))
	}
	if g.often(1, 2) {
		g.p.Programme.MaxMoved = new(g.between(0, 2))
	}
	if g.often(1, 4) && g.stands(g.p.Published.Seminars...) {
		g.p.Programme.FrozenUntil = clock("2027-03-25 00:00")
	}
}

func (g *generator) stands(seminars ...model.Seminar) bool {
	report := check.Check(g.p, &model.Plan{Format: model.PlanFormat, Problem: g.p.Programme.ID, Seminars: seminars})
	return !slices.ContainsFunc(report.Violations, func(v check.Violation) bool { return v.Code != "F" && v.Code != "H12" && v.Code != "H13" })
}

func (g *generator) seminar(id string) model.Seminar { return g.seminarOf(id, one(g, g.p.Tiers)) }

// seminarOf makes up a meeting of a tier that has modules, with whoever may lead
// it and needs it.
func (g *generator) seminarOf(id string, t model.Tier) model.Seminar {
	s := model.Seminar{ID: id, Tier: t.ID, Module: one(g, t.Modules), Slot: one(g, g.p.Slots).ID, Venue: one(g, g.p.Venues).ID,
		Leaders: []string{}, Attendees: []string{}}
	for _, i := range g.r.Perm(len(g.p.People)) {
		x := &g.p.People[i]
		needs := g.p.NeedsOf(x, &t)
		switch {
		case x.Leads != nil && x.Leads.Tier == t.ID && slices.Contains(x.Leads.Modules, s.Module) && len(s.Leaders) < max(1, t.LeadersPerSeminar):
			s.Leaders = append(s.Leaders, x.ID)
		case x.Tier == t.ID && slices.Contains(needs, s.Module) && len(s.Attendees) < t.Seats.Max:
			s.Attendees = append(s.Attendees, x.ID)
		}
	}
	return s
}
