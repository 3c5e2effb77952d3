package corpus

import (
	"fmt"
	"math/rand/v2"

	"kaskad/model"
)

// Varied makes a random programme in which rare features meet often: three and
// four tiers, two leaders a seminar, waves that overlap, tight units, plans that
// were published in part, frozen or may hardly be moved. The same seed and size
// give the same problem.
func Varied(seed uint64, size Size) *model.Problem {
	g := &generator{rand.New(rand.NewPCG(seed, 3)), size, world(fmt.Sprintf("varied-%d", seed))}
	g.settings()
	g.ladder()
	g.workdays()
	g.towns()
	g.overlap()
	g.ranks()
	if g.often(1, 6) {
		if s := g.seminar("fixed"); len(s.Leaders) > 0 && g.stands(s) {
			g.p.Fixed = []model.Seminar{s}
		}
	}
	if g.often(1, 2) {
		g.republish()
		if g.often(1, 3) && g.stands(g.p.Published.Seminars...) {
			g.p.Programme.FrozenUntil = g.p.Slots[1].Start
		}
	}
	return g.p
}

// ladder: one to four tiers, each of which leads the next.
func (g *generator) ladder() {
	var modules []string
	for i := range g.size.Modules {
		m := model.Module{ID: fmt.Sprintf("m%d", i+1), Minutes: one(g, []int{90, 120, 180}), Online: g.often(1, 3)}
		modules = append(modules, m.ID)
		g.p.Modules = append(g.p.Modules, m)
	}
	names := []string{"pioneers", "coaches", "leaders", "staff"}
	for _, name := range names[one(g, []int{0, 1, 1, 2, 2, 3}):] {
		t := model.Tier{ID: name, Modules: modules, Seats: model.Seats{Max: g.between(3, 7)}, GapDays: g.r.IntN(2), PrepDays: g.r.IntN(2)}
		if name == "staff" {
			t.Seats.Min = g.between(1, 3)
		}
		if g.often(1, 3) {
			t.Order = model.Free
		}
		if g.often(1, 4) {
			t.LeadersPerSeminar = 2
		}
		g.p.Tiers = append(g.p.Tiers, t)
	}
}

// overlap gives some units a wave; the two waves share their middle.
func (g *generator) overlap() {
	if !g.often(1, 2) {
		return
	}
	n := len(g.p.Slots)
	third := n / 3
	g.p.Waves = []model.Wave{
		{ID: "w1", From: g.p.Slots[0].Start, To: g.p.Slots[n-1-third].End},
		{ID: "w2", From: g.p.Slots[third].Start, To: g.p.Slots[n-1].End},
	}
	for i := range g.p.Units {
		if g.often(2, 3) {
			g.p.Units[i].Wave = one(g, g.p.Waves).ID
		}
	}
}

// ranks: two experts, a few of each upper tier, and the rest of the people as staff.
func (g *generator) ranks() {
	ids := make([]string, len(g.p.Tiers))
	for i := range g.p.Tiers {
		ids[i] = g.p.Tiers[i].ID
	}
	upper := max(2, g.size.People/8)
	for i := range g.size.People {
		x := model.Person{ID: fmt.Sprintf("p%d", i+1), Unit: one(g, g.p.Units).ID, Calendar: g.calendar()}
		switch rank := (i - 2) / upper; {
		case i < 2:
			x.Leads = g.leadsAll(ids[0])
		case rank < len(ids)-1:
			x.Tier, x.Leads = ids[rank], g.leadsAll(ids[rank+1])
		default:
			x.Tier = "staff"
		}
		if x.Tier != "" && g.often(1, 6) {
			x.Done = []model.Done{{Module: one(g, g.p.Modules).ID, Start: clock("2027-03-19 08:30").AddDate(0, 0, -g.r.IntN(60))}}
		}
		if g.often(1, 8) {
			x.Closed = g.closed()
		}
		if g.often(1, 5) {
			x.Dislikes = []model.HalfDay{one(g, []model.HalfDay{"mon-am", "tue-am", "wed-pm", "thu-pm", "fri-am"})}
		}
		if g.often(1, 10) {
			x.MaxTravel = new(g.between(20, 45))
		}
		g.p.People = append(g.p.People, x)
	}
}
