package scheduler_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"kaskad/model"
)

// randomProblem makes up a small problem in which every feature of the open
// format turns up sooner or later: cascades of one to four tiers, overlapping
// slots and waves, rotas, online venues, matrix entries, done modules, limits
// of every kind, many of them too tight to meet every need.
func randomProblem(seed uint64) *model.Problem {
	g := &generator{r: rand.New(rand.NewPCG(seed, 7)), p: &model.Problem{Format: model.ProblemFormat}}
	g.programme()
	g.time()
	g.places()
	g.tiers()
	g.people()
	return g.p
}

type generator struct {
	r     *rand.Rand
	p     *model.Problem
	start time.Time
}

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

// maybe returns a pointer to a draw from low..high, or nil.
func (g *generator) maybe(percent, low, high int) *int {
	if !g.chance(percent) {
		return nil
	}
	v := low + g.r.IntN(high-low+1)
	return &v
}

func (g *generator) programme() {
	g.p.Programme = model.Programme{ID: "random", Timezone: "Europe/Stockholm",
		Travel: model.Travel{Detour: 1.25, KmH: 60, Fixed: 4},
		Weights: model.Weights{Travel: g.maybe(20, 0, 3), Mix: g.maybe(20, 0, 40), MixMin: g.maybe(20, 0, 3), CrowdMax: g.maybe(40, 0, 2),
			Crowd: g.maybe(20, 0, 30), Continuity: g.maybe(20, 0, 50), PaceDays: g.maybe(60, 0, 14), Pace: g.maybe(20, 0, 20),
			Earliness: g.maybe(30, 0, 5), Fairness: g.maybe(20, 0, 30), Preference: g.maybe(20, 0, 50), Prep: g.maybe(20, 0, 90),
			LeaderTravel: g.maybe(20, 0, 2), MovedSlot: g.maybe(30, 50, 200), MovedVenue: g.maybe(30, 0, 50), MovedLeader: g.maybe(30, 0, 40)}}
	g.p.Sectors = []string{"municipal", "primary", "hospital"}[:1+g.r.IntN(3)]
}

func (g *generator) time() {
	zone, _ := time.LoadLocation("Europe/Stockholm")
	g.start = time.Date(2027, 3, 15, 0, 0, 0, 0, zone) // summer time begins on the 28th
	days := 1 + g.r.IntN(40)
	for d := range days {
		date := g.start.AddDate(0, 0, d)
		if date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
			continue
		}
		for _, h := range []int{8, 13, 18} {
			if h == 18 && !g.chance(20) {
				continue
			}
			from := date.Add(time.Duration(h) * time.Hour)
			g.slot(from, from.Add(3*time.Hour))
			if g.chance(10) {
				g.slot(from.Add(90*time.Minute), from.Add(6*time.Hour))
			}
		}
	}
	for i := range g.r.IntN(4) {
		from := g.start.AddDate(0, 0, g.r.IntN(days))
		g.p.Waves = append(g.p.Waves, model.Wave{ID: fmt.Sprint("w", i), From: from, To: from.AddDate(0, 0, 7+g.r.IntN(30))})
	}
	for i := range 3 {
		g.p.Calendars = append(g.p.Calendars, model.Calendar{ID: fmt.Sprint("c", i), Closed: g.closed(6)})
	}
}

func (g *generator) slot(from, to time.Time) {
	g.p.Slots = append(g.p.Slots, model.Slot{ID: fmt.Sprint("t", len(g.p.Slots)), Start: from, End: to})
}

func (g *generator) closed(most int) (out []model.Interval) {
	for range g.r.IntN(most + 1) {
		from := g.start.Add(time.Duration(g.r.IntN(40*24)) * time.Hour)
		out = append(out, model.Interval{From: from, To: from.Add(time.Duration(1+g.r.IntN(30)) * time.Hour)})
	}
	return out
}

func (g *generator) calendar() string {
	if g.chance(50) {
		return ""
	}
	return g.p.Calendars[g.r.IntN(3)].ID
}

func (g *generator) lat() float64 { return 57.5 + g.r.Float64()*0.6 }
func (g *generator) lon() float64 { return 12 + g.r.Float64() }

func (g *generator) places() {
	for i := range 1 + g.r.IntN(4) {
		g.p.Venues = append(g.p.Venues, model.Venue{ID: fmt.Sprint("v", i), Lat: g.lat(), Lon: g.lon(), Capacity: 2 + g.r.IntN(8),
			Rooms: g.r.IntN(3), Online: g.chance(20), Calendar: g.calendar(), Closed: g.closed(2)})
	}
	for i := range 1 + g.r.IntN(6) {
		u := model.Unit{ID: fmt.Sprint("u", i), Sector: g.p.Sectors[g.r.IntN(len(g.p.Sectors))], Lat: g.lat(), Lon: g.lon(), MaxAway: g.maybe(60, 1, 3)}
		if len(g.p.Waves) > 0 && g.chance(70) {
			u.Wave = g.p.Waves[g.r.IntN(len(g.p.Waves))].ID
		}
		g.p.Units = append(g.p.Units, u)
	}
	if g.chance(30) {
		g.p.Matrix = &model.Matrix{Units: []string{"u0"}, Venues: []string{"v0"}, Minutes: [][]int{{g.r.IntN(120)}}}
	}
}

func (g *generator) tiers() {
	for i := range 1 + g.r.IntN(4) {
		g.p.Modules = append(g.p.Modules, model.Module{ID: fmt.Sprint("m", i), Minutes: 60 * (1 + g.r.IntN(3)), Online: g.chance(40)})
	}
	for i := range 1 + g.r.IntN(4) {
		t := model.Tier{ID: fmt.Sprint("tier", i), Seats: model.Seats{Min: g.r.IntN(4), Max: 3 + g.r.IntN(8)},
			LeadersPerSeminar: g.r.IntN(3), GapDays: g.r.IntN(5), PrepDays: g.r.IntN(6), Order: model.Strict}
		if g.chance(30) {
			t.Order = model.Free
		}
		for _, k := range g.r.Perm(len(g.p.Modules))[:1+g.r.IntN(len(g.p.Modules))] {
			t.Modules = append(t.Modules, g.p.Modules[k].ID)
		}
		g.p.Tiers = append(g.p.Tiers, t)
	}
}

func (g *generator) people() {
	for i := range g.r.IntN(60) {
		q := model.Person{ID: fmt.Sprint("p", i), Unit: g.p.Units[g.r.IntN(len(g.p.Units))].ID, Calendar: g.calendar(), Closed: g.closed(2), MaxTravel: g.maybe(20, 5, 60)}
		if g.chance(30) {
			q.Dislikes = []model.HalfDay{"mon-am", "thu-pm", "fri-pm", "tue-eve"}[:1+g.r.IntN(4)]
		}
		expert := i%8 == 0
		if !expert {
			g.learns(&q)
		}
		if expert || g.chance(30) {
			g.leads(&q)
		}
		g.p.People = append(g.p.People, q)
	}
}

func (g *generator) learns(q *model.Person) {
	tier := &g.p.Tiers[g.r.IntN(len(g.p.Tiers))]
	q.Tier = tier.ID
	if g.chance(15) {
		q.Done = []model.Done{{Module: tier.Modules[0], Start: g.start.AddDate(0, 0, -g.r.IntN(60)).Add(9 * time.Hour)}}
	}
	if g.chance(10) {
		q.Needs = []string{}
		for _, m := range tier.Modules {
			if len(q.Done) == 0 && g.chance(60) {
				q.Needs = append(q.Needs, m)
			}
		}
	}
}

func (g *generator) leads(q *model.Person) {
	tier := &g.p.Tiers[g.r.IntN(len(g.p.Tiers))]
	q.Leads = &model.Leads{Tier: tier.ID, Modules: tier.Modules[:1+g.r.IntN(len(tier.Modules))],
		MaxPerDay: g.maybe(60, 1, 2), MaxPerWeek: g.maybe(40, 1, 4), MaxTotal: g.maybe(40, 1, 8), Target: g.maybe(50, 0, 4)}
	if g.chance(20) {
		q.Leads.From = g.start.AddDate(0, 0, g.r.IntN(10))
	}
}

// republish turns a plan into the problem's published one and changes the
// problem under it: a frozen time, a limit of moves, some people newly absent.
func republish(p *model.Problem, plan *model.Plan, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 11))
	p.Published = plan
	if len(p.Slots) > 0 && r.IntN(2) == 0 {
		p.Programme.FrozenUntil = p.Slots[r.IntN(len(p.Slots))].Start
	}
	frozen := map[string]bool{}
	for _, s := range plan.Seminars {
		for _, t := range p.Slots {
			if t.ID == s.Slot && t.Start.Before(p.Programme.FrozenUntil) {
				for _, id := range append(append([]string{}, s.Attendees...), s.Leaders...) {
					frozen[id] = true
				}
			}
		}
	}
	absent := 0
	for i := range p.People {
		if r.IntN(12) == 0 && !frozen[p.People[i].ID] {
			from := p.Slots[r.IntN(len(p.Slots))].Start
			p.People[i].Closed = append(p.People[i].Closed, model.Interval{From: from, To: from.AddDate(0, 0, 3)})
			absent++
		}
	}
	if r.IntN(3) == 0 && absent == 0 {
		most := r.IntN(4)
		p.Programme.MaxMoved = &most
	}
}
