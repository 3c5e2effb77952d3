package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"kaskad/model"
)

// Nasty makes a small problem that is legal and strange: nights in which the
// clocks change, odd time zones, slots on top of each other, people who need
// nothing, venues without seats, weights of nothing and of millions. Hardly any
// has a plan that meets every need; each must be planned, judged and proved
// without a fault. The same seed gives the same problem.
func Nasty(seed uint64) *model.Problem {
	g := &nasty{generator: generator{r: rand.New(rand.NewPCG(seed, 3)), p: world(fmt.Sprintf("nasty-%d", seed))}}
	g.harsh = g.of(1, 2, 4, 8)
	g.settings()
	g.calendarYear()
	g.cascade()
	g.places()
	g.crowd()
	g.promises()
	g.shuffle()
	return g.p
}

type nasty struct {
	generator
	zone  *time.Location
	from  time.Time // local midnight before the first slot
	harsh int       // how often, in twelfths, a number is a strange one
}

// zones have offsets of quarters and halves of an hour, summer times of half an
// hour, days that do not exist, and midnights that do not.
var zones = []string{"Europe/Stockholm", "Europe/Stockholm", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Kiritimati",
	"Pacific/Apia", "Africa/Casablanca", "Asia/Beirut", "America/Havana", "UTC", "Etc/GMT+12"}

// nights are dates on which clocks change somewhere above, years end, or weeks
// 53 and 1 meet.
var nights = []string{"2027-03-26", "2027-10-29", "2026-12-28", "2027-12-29", "2028-02-28", "2027-04-02", "2027-10-01", "2011-12-28", "2027-03-12", "2027-03-26"}

func (g *nasty) settings() {
	zone, err := time.LoadLocation(one(&g.generator, zones))
	if err != nil {
		panic(err)
	}
	g.zone = zone
	day, err := time.ParseInLocation(time.DateOnly, one(&g.generator, nights), zone)
	if err != nil {
		panic(err)
	}
	g.from = day
	p := &g.p.Programme
	p.Timezone = zone.String()
	p.Travel = one(&g.generator, []model.Travel{{Detour: 1.25, KmH: 60, Fixed: 4}, {Detour: 0, KmH: 60}, {Detour: 1, KmH: 3}, {Detour: 1.3, KmH: 900, Fixed: 0.5}, {Detour: 1, KmH: 60, Fixed: 500}})
	w := &p.Weights
	for _, x := range []**int{&w.Travel, &w.LeaderTravel, &w.Prep, &w.MixMin, &w.Mix, &w.CrowdMax, &w.Crowd, &w.Continuity, &w.PaceDays, &w.Pace,
		&w.Earliness, &w.Fairness, &w.Preference, &w.MovedSlot, &w.MovedVenue, &w.MovedLeader} {
		if g.often(1, 3) {
			*x = new(g.of(0, 0, 1, 2, 7, 1000, 1_000_000))
		}
	}
	if g.often(1, 8) { // everything is free: all plans that meet as much are equal
		for _, x := range []**int{&w.Travel, &w.LeaderTravel, &w.Prep, &w.Mix, &w.Crowd, &w.Continuity, &w.Pace, &w.Earliness, &w.Fairness, &w.Preference} {
			*x = new(0)
		}
	}
}

// calendarYear makes slots, waves and calendars. Times are written with
// whatever offset, which is only a way of writing them.
func (g *nasty) calendarYear() {
	days := g.usually(g.of(20, 40), 1, 2, 4, 8, 400)
	for i := range g.usually(g.between(8, 20), 0, 1, 1, 2, 4, 7) {
		at := g.from.AddDate(0, 0, g.r.IntN(days)).Add(time.Duration(g.usually(g.of(510, 780), 0, 60, 90, 119, 120, 150, 180, 1020, 1439)) * time.Minute)
		s := model.Slot{ID: fmt.Sprintf("t%d", i+1), Start: at, End: at.Add(time.Duration(g.usually(180, 1, 59, 60, 120, 1440, 4320)) * time.Minute)}
		if n := len(g.p.Slots); n > 0 && g.often(g.harsh, 24) { // the same times again, or one that starts as another ends
			other := g.p.Slots[g.r.IntN(n)]
			s.Start, s.End = other.Start, other.End
			if g.often(1, 2) {
				s.Start, s.End = other.End, other.End.Add(2*time.Hour)
			}
		}
		s.Start, s.End = g.offset(s.Start), g.offset(s.End)
		g.p.Slots = append(g.p.Slots, s)
	}
	for i := range g.usually(0, 1, 2, 3) {
		from := g.from.AddDate(0, 0, g.r.IntN(days)-1).Add(time.Duration(g.r.IntN(48)) * 30 * time.Minute)
		g.p.Waves = append(g.p.Waves, model.Wave{ID: fmt.Sprintf("w%d", i+1), From: g.offset(from), To: g.offset(from.Add(time.Duration(1+g.r.IntN(days*24)) * time.Hour))})
	}
	for i := range g.between(0, 2) {
		g.p.Calendars = append(g.p.Calendars, model.Calendar{ID: fmt.Sprintf("c%d", i+1), Closed: g.shut(4)})
	}
}

// of is one of some numbers.
func (g *nasty) of(values ...int) int { return one(&g.generator, values) }

// usually is an ordinary number, or one of some strange ones.
func (g *nasty) usually(ordinary int, strange ...int) int {
	if g.often(g.harsh, 12) {
		return g.of(strange...)
	}
	return ordinary
}

func (g *nasty) offset(t time.Time) time.Time {
	switch g.r.IntN(4) {
	case 0:
		return t.UTC()
	case 1:
		return t.In(time.FixedZone("", 60*(g.r.IntN(28*60)-12*60)))
	}
	return t
}

// shut makes closed times: empty ones, the same one twice, and those that touch
// or just miss a slot.
func (g *nasty) shut(most int) (out []model.Interval) {
	out = []model.Interval{}
	for range g.between(0, most) {
		x := model.Interval{From: g.from.Add(time.Duration(g.r.IntN(200)) * time.Hour)}
		x.To = x.From.Add(time.Duration(g.of(0, 1, 60, 600, 6000)) * time.Minute)
		if len(g.p.Slots) > 0 && g.often(2, 3) {
			s := one(&g.generator, g.p.Slots)
			x = one(&g.generator, []model.Interval{{From: s.End, To: s.End.Add(time.Hour)}, {From: s.Start.Add(-time.Hour), To: s.Start}, {From: s.Start, To: s.Start},
				{From: s.Start, To: s.Start.Add(time.Minute)}, {From: s.End.Add(-time.Minute), To: s.End}, {From: s.Start.Add(-time.Hour), To: s.Start.Add(time.Minute)}})
		}
		out = append(out, x)
		if g.often(1, 4) {
			out = append(out, x)
		}
	}
	return out
}

func (g *nasty) rota() string {
	if len(g.p.Calendars) == 0 || g.often(1, 2) {
		return ""
	}
	return one(&g.generator, g.p.Calendars).ID
}

// cascade makes one to four tiers that may share modules, need any number of
// leaders, and wait no days or thousands of them.
func (g *nasty) cascade() {
	g.p.Modules, g.p.Tiers = nil, nil
	for i := range g.between(1, 4) {
		g.p.Modules = append(g.p.Modules, model.Module{ID: fmt.Sprintf("m%d", i+1), Minutes: g.usually(120, 0, 1, 60, 180, 1440), Online: g.often(1, 2)})
	}
	for i := range g.between(1, 4) {
		t := model.Tier{ID: fmt.Sprintf("tier%d", i+1), Modules: []string{}, LeadersPerSeminar: g.usually(1, 0, 2, 3),
			GapDays: g.usually(g.of(0, 1), 0, 2, 30, math.MaxInt32-1), PrepDays: g.usually(g.of(0, 1), 3, math.MaxInt32-1)}
		t.Seats.Max = g.usually(g.between(3, 8), 1, 2, math.MaxInt32-1)
		t.Seats.Min = g.between(0, min(3, t.Seats.Max))
		if g.often(1, 3) {
			t.Order = model.Free
		}
		for _, k := range g.r.Perm(len(g.p.Modules))[:g.usually(g.between(1, len(g.p.Modules)), 0)] {
			t.Modules = append(t.Modules, g.p.Modules[k].ID)
		}
		g.p.Tiers = append(g.p.Tiers, t)
	}
}

// shuffle puts lists in an order that means nothing.
func (g *nasty) shuffle() {
	g.r.Shuffle(len(g.p.Slots), func(i, j int) { g.p.Slots[i], g.p.Slots[j] = g.p.Slots[j], g.p.Slots[i] })
	g.r.Shuffle(len(g.p.People), func(i, j int) { g.p.People[i], g.p.People[j] = g.p.People[j], g.p.People[i] })
	for i := range g.p.People {
		slices.Reverse(g.p.People[i].Needs)
	}
}
