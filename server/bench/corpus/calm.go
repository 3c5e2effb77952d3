package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kaskad/model"
)

// Calm makes a random problem that looks like a real programme: a cascade of
// one or two tiers with enough leaders, so that what is hard is to do it well.
// The same seed and size give the same problem.
func Calm(seed uint64, size Size) *model.Problem {
	g := &generator{rand.New(rand.NewPCG(seed, 2)), size, world(fmt.Sprintf("calm-%d", seed))}
	g.settings()
	g.cascade()
	g.workdays()
	g.towns()
	g.colleagues()
	if g.often(1, 3) {
		g.republish()
	}
	return g.p
}

func (g *generator) cascade() {
	var modules []string
	for i := range g.size.Modules {
		m := model.Module{ID: fmt.Sprintf("m%d", i+1), Minutes: one(g, []int{90, 120, 180}), Online: g.often(1, 3)}
		modules = append(modules, m.ID)
		g.p.Modules = append(g.p.Modules, m)
	}
	names := []string{"leaders", "staff"}
	if g.often(1, 2) {
		names = names[1:]
	}
	for _, name := range names {
		t := model.Tier{ID: name, Modules: modules, Seats: model.Seats{Max: g.between(3, 8)}, GapDays: g.r.IntN(2), PrepDays: g.r.IntN(2)}
		if name == "staff" {
			t.Seats.Min = g.between(1, 3)
		}
		if g.often(1, 4) {
			t.Order = model.Free
		}
		g.p.Tiers = append(g.p.Tiers, t)
	}
}

func (g *generator) workdays() {
	for i := range g.size.Slots {
		start := clock("2027-03-22 " + one(g, []string{"08:30", "08:30", "13:00"}))
		start = start.AddDate(0, 0, i+2*(i/5))
		g.p.Slots = append(g.p.Slots, model.Slot{ID: fmt.Sprintf("t%d", i+1), Start: start, End: start.Add(3 * time.Hour)})
	}
	g.p.Calendars = []model.Calendar{{ID: "rota", Closed: g.closed()}}
}

func (g *generator) towns() {
	for i := range g.size.Venues {
		g.p.Venues = append(g.p.Venues, model.Venue{ID: fmt.Sprintf("v%d", i+1), Lat: 57.7 + g.r.Float64()/4, Lon: 11.9 + g.r.Float64()/3,
			Capacity: g.between(4, 10), Rooms: g.between(1, 2), Online: g.often(1, 8), Calendar: g.calendar()})
	}
	for i := range g.between(3, 5) {
		u := model.Unit{ID: fmt.Sprintf("u%d", i+1), Sector: g.p.Sectors[i%3], Lat: 57.7 + g.r.Float64()/4, Lon: 11.9 + g.r.Float64()/3}
		if g.often(1, 3) {
			u.MaxAway = new(g.between(2, 4))
		}
		g.p.Units = append(g.p.Units, u)
	}
}

// colleagues: an expert for each tier, a leader for every four where a tier leads the next, and staff.
func (g *generator) colleagues() {
	first := g.p.Tiers[0].ID
	for i := range g.size.People {
		x := model.Person{ID: fmt.Sprintf("p%d", i+1), Unit: one(g, g.p.Units).ID, Tier: "staff", Calendar: g.calendar()}
		switch {
		case i == 0 || i == 1 && first == "staff":
			x.Tier, x.Leads = "", g.leadsAll(first)
		case first != "staff" && i <= (g.size.People+3)/4:
			x.Tier, x.Leads = first, g.leadsAll("staff")
		case g.often(1, 8):
			x.Done = []model.Done{{Module: "m1", Start: clock("2027-03-19 08:30").AddDate(0, 0, -g.r.IntN(60))}}
		}
		if g.often(1, 8) {
			x.Closed = g.closed()
		}
		if g.often(1, 5) {
			x.Dislikes = []model.HalfDay{one(g, []model.HalfDay{"mon-am", "tue-am", "wed-pm", "thu-pm", "fri-am"})}
		}
		if g.often(1, 10) {
			x.MaxTravel = new(g.between(25, 45))
		}
		g.p.People = append(g.p.People, x)
	}
}

func (g *generator) leadsAll(tier string) *model.Leads {
	l := &model.Leads{Tier: tier, Modules: []string{}}
	for _, m := range g.p.Modules {
		l.Modules = append(l.Modules, m.ID)
	}
	if g.often(1, 2) {
		l.Target = new(g.between(1, 2))
	}
	if g.often(1, 3) {
		l.MaxPerDay = new(1)
	}
	if g.often(1, 3) {
		l.MaxTotal = new(g.between(2, 4))
	}
	return l
}

// republish tells people of a plan that has aged: seminars made one at a time,
// each kept if it goes with those before, and then a venue's day closes.
func (g *generator) republish() {
	g.p.Published = &model.Plan{Format: model.PlanFormat, Problem: g.p.Programme.ID, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}}
	for i := range 40 {
		s := g.seminar(fmt.Sprintf("told%d", i+1))
		if together := append(slices.Clone(g.p.Published.Seminars), s); len(s.Leaders) > 0 && g.stands(together...) {
			g.p.Published.Seminars = together
		}
	}
	if len(g.p.Published.Seminars) > 0 {
		last := g.p.Published.Seminars[len(g.p.Published.Seminars)-1]
		for i := range g.p.Slots {
			if s := g.p.Slots[i]; s.ID == last.Slot {
				v := one(g, g.p.Venues).ID
				for j := range g.p.Venues {
					if g.p.Venues[j].ID == v {
						g.p.Venues[j].Closed = []model.Interval{{From: s.Start, To: s.End}}
					}
				}
			}
		}
	}
	if g.often(1, 2) {
		g.p.Programme.MaxMoved = new(g.between(2, 6))
	}
}
