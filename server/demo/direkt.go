// Package demo makes the demonstration programmes: made-up people in real
// geography, so that every page has something true to show on the first start.
//
// Direkt is the DiREKT cascade of Västra Götaland: method leaders who train
// care staff of three sectors close to where they work. The geography and the
// calendar are facts (data/NOTICE.md names the sources); every person, unit,
// rota and opening hour is made up, and every address ends in example.org.
//
// The package never reads a clock or a global random source: the same options
// give the same bytes.
package demo

import (
	"slices"
	"time"

	"kaskad/model"
)

// Options size and seed a demonstration. Zero values take the defaults named.
type Options struct {
	Staff   int       // people to train, 40 to 400,000; default 4,000
	Leaders int       // method leaders among their colleagues; default one per 16 staff, at least 4
	Seed    uint64    // of everything made up; default 1
	Start   time.Time // first day of the first wave at the earliest; default Monday 2027-01-11
}

// MinStaff and MaxStaff bound Options.Staff; what is outside is moved to the bound.
const (
	MinStaff = 40
	MaxStaff = 400_000
)

const (
	defaultStaff   = 4000
	staffPerLeader = 16 // 250 leaders for 4,000
	minLeaders     = 4
	// threeWaves is the staff from which the region is divided in waves, and
	// wholeRegion from which every municipality takes part: below, seminars
	// near work could not be filled.
	threeWaves  = 600
	wholeRegion = 1000
)

func (o Options) withDefaults() Options {
	if o.Staff == 0 {
		o.Staff = defaultStaff
	}
	o.Staff = min(max(o.Staff, MinStaff), MaxStaff)
	if o.Leaders == 0 {
		o.Leaders = o.Staff / staffPerLeader
	}
	o.Leaders = min(max(o.Leaders, minLeaders), o.Staff)
	if o.Seed == 0 {
		o.Seed = 1
	}
	return o
}

// Direkt makes the DiREKT demonstration: a problem that can be met in full,
// with slack, and one contact for every person in it. Staff outside 40 to
// 400,000 is moved to the nearest end. Besides Staff and Leaders there are
// outside experts, one per 30 leaders and at least two, who train the leaders.
// Fewer leaders than one per 40 staff may leave needs unmet.
func Direkt(o Options) (*model.Problem, []model.Contact) {
	o = o.withDefaults()
	b := newBuilder(o)
	b.addUnits()
	b.addLeaders()
	b.limitAbsence()
	b.addVenues()
	b.addCalendars()
	b.addPeople()
	b.addExperts()
	return b.problem(), b.contacts()
}

var moduleIDs = []string{"interop", "info", "ethics", "law"}

// problem puts the made parts under the programme's settings.
func (b *builder) problem() *model.Problem {
	staff, leaders := b.byWave()
	return &model.Problem{
		Format: model.ProblemFormat,
		Programme: model.Programme{
			ID: "direkt", Name: "DiREKT", Timezone: zoneName,
			Travel: travel,
		},
		Tiers: []model.Tier{
			{
				ID: leaderTier, Modules: moduleIDs, LeadersPerSeminar: 1, Order: model.Strict,
				// Half of a small wave's leaders must be enough to meet.
				Seats: model.Seats{Min: min(max(slices.Min(leaders)/2, 1), 8), Max: 25}, GapDays: 2, PrepDays: 14,
			},
			{
				ID: staffTier, Modules: moduleIDs, LeadersPerSeminar: 1, Order: model.Strict,
				Seats: model.Seats{Min: min(max(slices.Min(staff)/10, 3), 8), Max: 20}, GapDays: 7,
			},
		},
		Modules: []model.Module{
			{ID: "interop", Name: "Interoperabilitet", Minutes: 180},
			{ID: "info", Name: "Semantik och informatik", Minutes: 180},
			{ID: "ethics", Name: "Etik", Minutes: 180},
			{ID: "law", Name: "Juridik", Minutes: 180},
		},
		Sectors:   []string{municipal, primary, hospitals},
		Waves:     b.waves,
		Calendars: b.calendars,
		Slots:     b.slots,
		Venues:    b.venues,
		Units:     b.modelUnits(),
		People:    b.people,
	}
}

// byWave counts staff and leaders of each wave.
func (b *builder) byWave() (staff, leaders []int) {
	staff, leaders = make([]int, len(b.waves)), make([]int, len(b.waves))
	for _, u := range b.units {
		staff[u.wave] += u.staff
		leaders[u.wave] += u.leaders
	}
	return staff, leaders
}
