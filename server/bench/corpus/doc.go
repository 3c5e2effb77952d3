// Package corpus makes small planning problems whose optimum can be proved: by
// hand, each with one thing in it that planners get wrong, and at random, with
// everything mixed. They are the same on every machine.
package corpus

import (
	"time"
	_ "time/tzdata" // Stockholm must be known on a machine that has no zones

	"kaskad/model"
)

// world is a problem with settings and nothing else in it.
func world(id string) *model.Problem {
	return &model.Problem{
		Format: model.ProblemFormat,
		Programme: model.Programme{ID: id, Name: id, Timezone: "Europe/Stockholm",
			Travel: model.Travel{Detour: 1.25, KmH: 60, Fixed: 4}},
		Tiers: []model.Tier{}, Modules: []model.Module{}, Sectors: []string{"municipal", "primary", "hospital"},
		Slots: []model.Slot{}, Venues: []model.Venue{}, Units: []model.Unit{}, People: []model.Person{},
	}
}

var stockholm = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return zone
}()

// clock reads a wall-clock time in Stockholm.
func clock(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, stockholm)
	if err != nil {
		panic(err)
	}
	return t
}
