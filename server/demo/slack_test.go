package demo_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
)

// region is a problem by wave and unit, for counting what can be met.
type region struct {
	*model.Problem
	units     map[string]model.Unit
	calendars map[string][]model.Interval
}

func readRegion(o demo.Options) region {
	p, _ := demo.Direkt(o)
	r := region{Problem: p, units: map[string]model.Unit{}, calendars: map[string][]model.Interval{}}
	for _, u := range p.Units {
		r.units[u.ID] = u
	}
	for _, c := range p.Calendars {
		r.calendars[c.ID] = c.Closed
	}
	return r
}

func (r region) tier(id string) model.Tier {
	return r.Tiers[slices.IndexFunc(r.Tiers, func(t model.Tier) bool { return t.ID == id })]
}

// members counts the people of a tier in a wave.
func (r region) members(wave model.Wave, tier string) int {
	n := 0
	for _, p := range r.People {
		if p.Tier == tier && r.units[p.Unit].Wave == wave.ID {
			n++
		}
	}
	return n
}

func (r region) experts() int {
	n := 0
	for _, p := range r.People {
		if p.Tier == "" {
			n++
		}
	}
	return n
}

// slots are the half-days in [from, to) that neither list of closed times touches.
func (r region) slots(from, to time.Time, closed ...[]model.Interval) []model.Slot {
	var open []model.Slot
	for _, s := range r.Slots {
		if s.Start.Before(from) || s.End.After(to) {
			continue
		}
		free := true
		for _, list := range closed {
			for _, i := range list {
				free = free && !(i.From.Before(s.End) && s.Start.Before(i.To))
			}
		}
		if free {
			open = append(open, s)
		}
	}
	return open
}

// spaced is the most seminars one person can attend in the slots with gap days
// between two.
func spaced(slots []model.Slot, gap int) int {
	n, earliest := 0, time.Time{}
	for _, s := range slots {
		if s.Start.Before(earliest) {
			continue
		}
		n++
		y, m, d := s.Start.Date()
		earliest = time.Date(y, m, d+gap, 0, 0, 0, 0, s.Start.Location())
	}
	return n
}

const (
	modules       = 4
	trainingWeeks = 4 // in which all leaders of a wave can be trained
)

func eachSize(t *testing.T, check func(t *testing.T, r region)) {
	for _, staff := range []int{40, 100, 400, 599, 600, 999, 1000, 4000} {
		t.Run(fmt.Sprint(staff), func(t *testing.T) { check(t, readRegion(demo.Options{Staff: staff})) })
	}
	t.Run("4000 from late winter", func(t *testing.T) {
		check(t, readRegion(demo.Options{Start: time.Date(2027, 3, 8, 0, 0, 0, 0, time.UTC), Seed: 3}))
	})
}

func TestExpertsCanTrainTheLeadersInFourWeeks(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		tier := r.tier("leaders")
		for _, w := range r.Waves {
			leaders := r.members(w, "leaders")
			if leaders < tier.Seats.Min {
				t.Errorf("%s has %d leaders, fewer than a seminar's %d", w.ID, leaders, tier.Seats.Min)
			}
			group := max(tier.Seats.Min, 12)
			seminars := modules * ((leaders + group - 1) / group)
			if can := r.experts() * 4 * trainingWeeks; can < seminars {
				t.Errorf("%s: experts lead %d seminars in %d weeks, want %d for %d leaders", w.ID, can, trainingWeeks, seminars, leaders)
			}
		}
	})
}

func TestTheWavesOwnLeadersCanTrainItsStaff(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		for _, w := range r.Waves {
			staff := r.members(w, "staff")
			first := w.From.AddDate(0, 0, 7*trainingWeeks+r.tier("leaders").PrepDays)
			can := 0
			for _, p := range r.People {
				if p.Tier != "leaders" || r.units[p.Unit].Wave != w.ID {
					continue
				}
				weeks := map[int]int{}
				for _, s := range r.slots(first, w.To, r.calendars[p.Calendar], p.Closed) {
					y, week := s.Start.ISOWeek()
					weeks[100*y+week]++
				}
				free := 0
				for _, n := range weeks {
					free += min(n, *p.Leads.MaxPerWeek)
				}
				can += min(free, *p.Leads.MaxTotal)
			}
			// 12 to a seminar leaves 8 of 20 seats empty.
			if seminars := modules * ((staff + 11) / 12); can*2 < seminars*3 {
				t.Errorf("%s: its leaders can lead %d seminars, want half as many again as %d", w.ID, can, seminars)
			}
		}
	})
}

func TestVenuesHaveThreeTimesTheSeats(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		for _, w := range r.Waves {
			from := w.From.AddDate(0, 0, 7*trainingWeeks)
			seats := 0
			for _, v := range r.Venues {
				if r.inWave(v, w) {
					seats += v.Rooms * min(v.Capacity, r.tier("staff").Seats.Max) * len(r.slots(from, w.To, r.calendars[v.Calendar], v.Closed))
				}
			}
			if need := modules * r.members(w, "staff"); seats < 3*need {
				t.Errorf("%s: venues near its units have %d seats, want three times %d", w.ID, seats, need)
			}
		}
	})
}

// inWave says whether the nearest unit with a wave is in this one.
func (r region) inWave(v model.Venue, w model.Wave) bool {
	nearest, wave := 0.0, ""
	for _, u := range r.Units {
		if km := model.Kilometres(u.Lat, u.Lon, v.Lat, v.Lon); u.Wave != "" && (wave == "" || km < nearest) {
			nearest, wave = km, u.Wave
		}
	}
	return wave == w.ID
}

func TestUnitsCanSpareEverybody(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		half := map[string]int{}
		for _, w := range r.Waves {
			half[w.ID] = len(r.slots(w.From, w.To))
		}
		away := map[string]int{}
		for _, p := range r.People {
			if p.Tier != "" {
				away[p.Unit] += modules
			}
			if p.Tier == "leaders" {
				away[p.Unit] += *p.Leads.Target
			}
		}
		for _, u := range r.Units {
			if u.Wave != "" && 3*away[u.ID] > *u.MaxAway*half[u.Wave] {
				t.Errorf("%s: %d absences, %d at a time, in %d half-days", u.ID, away[u.ID], *u.MaxAway, half[u.Wave])
			}
		}
	})
}

func TestEverybodyCanAttendTwiceAsOftenAsNeeded(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		waves := map[string]model.Wave{}
		for _, w := range r.Waves {
			waves[w.ID] = w
		}
		for _, p := range r.People {
			w := waves[r.units[p.Unit].Wave]
			from, to := w.From.AddDate(0, 0, 7*trainingWeeks), w.To
			switch p.Tier {
			case "":
				continue
			case "leaders":
				from, to = w.From, w.From.AddDate(0, 0, 8*7)
			}
			if n := spaced(r.slots(from, to, r.calendars[p.Calendar], p.Closed), r.tier(p.Tier).GapDays); n < 2*modules {
				t.Errorf("%s (%s, rota %q) can attend %d times", p.ID, p.Tier, p.Calendar, n)
			}
		}
	})
}

func TestTravelLimitsLeaveVenuesWithRoom(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		for _, p := range r.People {
			if p.MaxTravel == nil {
				continue
			}
			u := r.units[p.Unit]
			room, colleagues := 0, 0
			for _, v := range r.Venues {
				if r.Programme.Travel.Minutes(u.Lat, u.Lon, v.Lat, v.Lon) <= *p.MaxTravel && v.Capacity >= r.tier("staff").Seats.Min {
					room++
				}
			}
			for _, other := range r.Units {
				if other.Wave == u.Wave && r.Programme.Travel.Minutes(u.Lat, u.Lon, other.Lat, other.Lon) <= *p.MaxTravel {
					colleagues += *other.MaxAway
				}
			}
			if *p.MaxTravel < 60 || room == 0 || colleagues < r.tier("staff").Seats.Min {
				t.Errorf("%s travels at most %d min: %d venues, %d people who can be away at once", p.ID, *p.MaxTravel, room, colleagues)
			}
		}
	})
}

func TestGroupsCanBeFilledFromTheUnits(t *testing.T) {
	eachSize(t, func(t *testing.T, r region) {
		for _, w := range r.Waves {
			spare := 0
			for _, u := range r.Units {
				if u.Wave == w.ID {
					spare += *u.MaxAway
				}
			}
			if least := r.tier("staff").Seats.Min; spare < 2*least {
				t.Errorf("%s can spare %d people at once, want twice a seminar's %d", w.ID, spare, least)
			}
		}
	})
}
