package corpus

import (
	"fmt"
	"math"
	"slices"
	"time"

	"kaskad/model"
)

// somewhere lies near Gothenburg, on top of another place, at a pole, or on the
// line where the date changes.
func (g *nasty) somewhere() (lat, lon float64) {
	switch g.r.IntN(120 / g.harsh) {
	case 0:
		return 90, g.r.Float64()*360 - 180
	case 1:
		return 0, one(&g.generator, []float64{180, -180})
	case 2, 3:
		return 57.7, 11.97
	}
	return 57.7 + g.r.Float64()/3, 11.9 + g.r.Float64()/2
}

func (g *nasty) places() {
	for i := range g.usually(g.between(2, 4), 0, 1) {
		v := model.Venue{ID: fmt.Sprintf("v%d", i+1), Capacity: g.usually(8, 0, 1, 2, 3, math.MaxInt32-1), Rooms: g.usually(1, 0, 2, 100_000),
			Online: g.often(g.harsh, 24), Calendar: g.rota(), Closed: g.shut(2)}
		v.Lat, v.Lon = g.somewhere()
		g.p.Venues = append(g.p.Venues, v)
	}
	g.p.Sectors = []string{"municipal", "primary", "hospital", "nobody works here"}
	for i := range g.between(1, 5) {
		u := model.Unit{ID: fmt.Sprintf("u%d", i+1), Sector: g.p.Sectors[g.r.IntN(3)], MaxAway: g.limit(1, 2, 3, 300, 70_000)}
		u.Lat, u.Lon = g.somewhere()
		if len(g.p.Waves) > 0 && g.often(1, 2) {
			u.Wave = one(&g.generator, g.p.Waves).ID
		}
		g.p.Units = append(g.p.Units, u)
	}
	if g.often(1, 3) {
		m := &model.Matrix{Units: []string{}, Venues: []string{}, Minutes: [][]int{}}
		for _, v := range g.p.Venues {
			if g.often(1, 2) {
				m.Venues = append(m.Venues, v.ID)
			}
		}
		for _, u := range g.p.Units {
			if g.often(1, 2) {
				row := []int{}
				for range m.Venues {
					row = append(row, g.of(0, 1, 30, 90, 10_000))
				}
				m.Units, m.Minutes = append(m.Units, u.ID), append(m.Minutes, row)
			}
		}
		g.p.Matrix = m
	}
}

// limit is nothing, none at all, or one of some values.
func (g *nasty) limit(values ...int) *int {
	switch {
	case g.often(12-g.harsh, 12):
		return nil
	case g.often(1, 6):
		return new(0)
	}
	return new(g.of(values...))
}

func (g *nasty) crowd() {
	for i := range g.usually(g.of(12, 25, 40), 0, 1, 2, 5) {
		x := model.Person{ID: fmt.Sprintf("p%d", i+1), Unit: one(&g.generator, g.p.Units).ID, Calendar: g.rota(), MaxTravel: g.limit(1, 20, 60, math.MaxInt32-1)}
		if g.often(1, 4) {
			x.Closed = g.shut(3)
		}
		if g.often(4, 5) {
			g.learner(&x)
		}
		if x.Tier == "" || g.often(1, 3) {
			x.Leads = g.leader()
		}
		if g.often(1, 4) {
			x.Dislikes = []model.HalfDay{"mon-am", "tue-pm", "sun-am", "sat-eve", "wed-am", "fri-pm", "fri-pm"}[:g.between(1, 7)]
		}
		g.p.People = append(g.p.People, x)
	}
}

// learner gives a person a tier, and perhaps needs of one's own choice and
// modules done: earlier, later than any slot, twice, or of another tier.
func (g *nasty) learner(x *model.Person) {
	t := one(&g.generator, g.p.Tiers)
	x.Tier = t.ID
	if g.often(1, 4) {
		x.Needs = []string{}
		for _, k := range g.r.Perm(len(t.Modules))[:g.between(0, len(t.Modules))] {
			x.Needs = append(x.Needs, t.Modules[k])
		}
	}
	for range g.of(0, 0, 0, 1, 2) {
		x.Done = append(x.Done, model.Done{Module: one(&g.generator, g.p.Modules).ID,
			Start: g.from.Add(time.Duration(g.of(-1_000_000, -2000, -24, -1, 8, 30, 100_000)) * time.Hour).UTC()})
	}
}

func (g *nasty) leader() *model.Leads {
	t := one(&g.generator, g.p.Tiers)
	l := &model.Leads{Tier: t.ID, Modules: []string{}, MaxPerDay: g.limit(1, 2, math.MaxInt32-1), MaxPerWeek: g.limit(1, 2, 40_000), MaxTotal: g.limit(1, 3, 70_000), Target: g.limit(1, 2)}
	for _, m := range g.p.Modules { // of other tiers too: that is no fault, and means nothing
		if g.often(3, 4) {
			l.Modules = append(l.Modules, m.ID)
		}
	}
	if g.often(1, 5) {
		l.From = g.offset(g.from.Add(time.Duration(g.r.IntN(100)) * time.Hour))
	}
	return l
}

// promises fixes and publishes seminars. What is fixed, frozen or must not be
// moved breaks no rule, so that there is a valid plan; what is published
// otherwise may break any.
func (g *nasty) promises() {
	var taught []model.Tier
	for _, t := range g.p.Tiers {
		if len(t.Modules) > 0 {
			taught = append(taught, t)
		}
	}
	if len(g.p.Slots) == 0 || len(g.p.Venues) == 0 || len(taught) == 0 {
		return
	}
	for i := range g.of(0, 0, 1, 3) {
		s := g.seminarOf(fmt.Sprintf("s%d", i+1), one(&g.generator, taught))
		if together := append(slices.Clone(g.p.Fixed), s); g.stands(together...) {
			g.p.Fixed = together
		}
	}
	if g.often(1, 2) {
		return
	}
	told := append([]model.Seminar{}, g.p.Fixed...)
	for i := range g.between(0, 4) {
		s := g.seminarOf(fmt.Sprintf("told%d", i+1), one(&g.generator, taught))
		if together := append(slices.Clone(told), s); g.often(1, 3) || g.stands(together...) {
			told = together
		}
	}
	g.p.Published = &model.Plan{Format: model.PlanFormat, Problem: g.p.Programme.ID, Seminars: told, Unmet: []model.Unmet{}}
	if !g.stands(told...) {
		return
	}
	g.p.Programme.MaxMoved = g.limit(1, 2, 5)
	if g.often(1, 2) {
		g.p.Programme.FrozenUntil = g.offset(one(&g.generator, g.p.Slots).Start.Add(time.Minute))
	}
}
