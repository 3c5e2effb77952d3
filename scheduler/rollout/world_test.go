package rollout_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"kaskad/model"
)

func at(day, hour int) time.Time { return time.Date(2027, 3, day, hour, 0, 0, 0, time.UTC) }

// line is a programme of towns along a road, ten kilometres apart: n[i] staff
// and one leader in town i, one room each, a morning every weekday for ten
// weeks. Leaders are trained in one module first, prep 7 days; staff take two,
// a week apart.
func line(staff ...int) *model.Problem {
	perWeek := 5
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "x", Name: "X", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers: []model.Tier{{ID: "leaders", Modules: []string{"a", "b"}, Seats: model.Seats{Max: 10}, PrepDays: 7},
			{ID: "staff", Modules: []string{"a", "b"}, Seats: model.Seats{Max: 10}, GapDays: 7}},
		Modules: []model.Module{{ID: "a", Name: "A", Minutes: 60}, {ID: "b", Name: "B", Minutes: 60}},
		Sectors: []string{"care"},
	}
	for week := range 10 {
		for day := range 5 {
			start := at(1+7*week+day, 8)
			p.Slots = append(p.Slots, model.Slot{ID: start.Format(time.DateOnly), Start: start, End: start.Add(time.Hour)})
		}
	}
	for i, n := range staff {
		unit := fmt.Sprintf("u%d", i)
		p.Units = append(p.Units, model.Unit{ID: unit, Name: unit, Sector: "care", Area: string(rune('A' + i)), Lat: 58, Lon: 12 + 0.17*float64(i)})
		p.Venues = append(p.Venues, model.Venue{ID: "v" + unit, Name: unit, Lat: 58, Lon: 12 + 0.17*float64(i), Capacity: 10})
		p.People = append(p.People, model.Person{ID: "l" + unit, Unit: unit, Tier: "leaders",
			Leads: &model.Leads{Tier: "staff", Modules: []string{"a", "b"}, MaxPerWeek: &perWeek}})
		for k := range n {
			p.People = append(p.People, model.Person{ID: fmt.Sprintf("%s-%d", unit, k), Unit: unit, Tier: "staff"})
		}
	}
	p.Units = append(p.Units, model.Unit{ID: "office", Name: "Office", Sector: "care", Area: "A", Lat: 58, Lon: 12})
	p.People = append(p.People, model.Person{ID: "expert", Unit: "office", Leads: &model.Leads{Tier: "leaders", Modules: []string{"a", "b"}, MaxPerWeek: &perWeek}})
	return p
}

// scattered is towns at random places with random staff.
func scattered(r *rand.Rand, towns int) *model.Problem {
	staff := make([]int, towns)
	for i := range staff {
		staff[i] = 1 + r.IntN(40)
	}
	p := line(staff...)
	for i := range towns {
		p.Units[i].Lat, p.Units[i].Lon = 57.5+1.5*r.Float64(), 11.5+2*r.Float64()
		p.Venues[i].Lat, p.Venues[i].Lon = p.Units[i].Lat, p.Units[i].Lon
	}
	return p
}

// inWaves puts town i into the wave named by the i-th letter.
func inWaves(p *model.Problem, waves []model.Wave, towns string) *model.Problem {
	p.Waves = waves
	for i := range towns {
		p.Units[i].Wave = towns[i : i+1]
	}
	return p
}
