// Package compare sets plans of one problem side by side: the same figures of
// each, and what differs between two for every person.
//
// Measure counts a plan, Differences lists what becomes of whom, and By adds
// that up over units, areas or leaders. Figures are people, minutes and weeks
// as they are, never weighed, so that plans made under different weights can be
// compared; Figures.Cost weighs all by the problem's own.
package compare

import (
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// Figures are one plan in numbers.
type Figures struct {
	Needs, Unmet     int
	People, Complete int // people who need something; of them, those with a seat for all of it
	Seminars         int
	Seats, Attending int       // seats the seminars have; how many are taken
	Travellers       int       // people with a seat in any seminar
	Travel           int       // their minutes on the way, there and back
	LeaderTravel     int       // the leaders' minutes on the way, there and back
	Mixed            int       // seminars with somebody of every sector the tier has
	Leaders, MostLed int       // people who lead; seminars of the one who leads most
	Disliked         int       // attendances at half-days the attendee dislikes
	First, Last      time.Time // start of the first seminar, end of the last; zero without seminars
	Told             int       // people whose seats differ from what the problem has as published
	Moved            int       // of them, with a published seat at another time or dropped (H13)
	Cost             model.Cost
	Codes            []string // rules the plan breaks, see check.Report.Codes
}

// TravelEach is the mean time on the way of those who travel, in minutes over
// the whole programme; 0 when nobody does.
func (f Figures) TravelEach() int {
	if f.Travellers == 0 {
		return 0
	}
	return f.Travel / f.Travellers
}

// Measure counts a plan. Seminars and people that the problem does not know
// are left out of everything but Seminars.
func Measure(p *model.Problem, plan *model.Plan) Figures {
	r := model.NewRoster(p, "")
	report := check.Check(p, plan)
	f := Figures{Cost: report.Cost, Unmet: report.Cost.Unmet, Moved: report.Moved, Codes: report.Codes, Needs: r.NeedCount(), Seminars: len(plan.Seminars)}
	led, attended := map[string]int{}, map[string]int{}
	sectors := sectorsOf(r)
	for i := range plan.Seminars {
		f.add(r, &plan.Seminars[i], sectors, led, attended)
	}
	for i := range p.People {
		x := &p.People[i]
		needs := len(r.Needs(x))
		if needs == 0 {
			continue
		}
		f.People++
		if attended[x.ID] >= needs {
			f.Complete++
		}
	}
	f.Travellers, f.Leaders = len(attended), len(led)
	for _, n := range led {
		f.MostLed = max(f.MostLed, n)
	}
	f.Told = told(p, plan)
	return f
}

func (f *Figures) add(r *model.Roster, s *model.Seminar, sectors map[string]map[string]bool, led, attended map[string]int) {
	slot, venue, tier := r.Slots[s.Slot], r.Venues[s.Venue], r.Tiers[s.Tier]
	if slot == nil || venue == nil || tier == nil {
		return
	}
	f.Seats += min(tier.Seats.Max, venue.Capacity)
	if f.First.IsZero() || slot.Start.Before(f.First) {
		f.First = slot.Start
	}
	if slot.End.After(f.Last) {
		f.Last = slot.End
	}
	there := map[string]bool{}
	half := model.HalfDayOf(slot.Start.In(r.Zone))
	for _, id := range s.Attendees {
		x := r.People[id]
		if x == nil {
			continue
		}
		f.Attending++
		attended[id]++
		there[r.Units[x.Unit].Sector] = true
		f.Travel += 2 * r.TravelMinutes(x.Unit, s.Venue)
		if slices.Contains(x.Dislikes, half) {
			f.Disliked++
		}
	}
	for _, id := range s.Leaders {
		if x := r.People[id]; x != nil {
			led[id]++
			f.LeaderTravel += 2 * r.TravelMinutes(x.Unit, s.Venue)
		}
	}
	if n := len(sectors[s.Tier]); n > 0 && len(there) == n {
		f.Mixed++
	}
}

// sectorsOf lists for each tier the sectors that have anybody in it.
func sectorsOf(r *model.Roster) map[string]map[string]bool {
	found := map[string]map[string]bool{}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if found[x.Tier] == nil {
			found[x.Tier] = map[string]bool{}
		}
		found[x.Tier][r.Units[x.Unit].Sector] = true
	}
	return found
}

// told counts the people who would hear of the plan: those with a seat they
// have not been told of, or with one they have been told of and lose. Without a
// publication that is everybody with a seat.
func told(p *model.Problem, plan *model.Plan) int {
	before := p.Published
	if before == nil {
		before = &model.Plan{}
	}
	was, is := placesOf(before), placesOf(plan)
	people := map[string]bool{}
	for _, pair := range [][2]map[place]bool{{was, is}, {is, was}} {
		for x := range pair[0] {
			if !pair[1][x] {
				people[x.person] = true
			}
		}
	}
	return len(people)
}

// place is all a person is told of one seminar.
type place struct {
	person, module, slot, venue, leader string
	leads                               bool
}

func placesOf(plan *model.Plan) map[place]bool {
	found := map[place]bool{}
	for _, s := range plan.Seminars {
		for _, p := range s.Attendees {
			found[place{p, s.Module, s.Slot, s.Venue, first(s.Leaders), false}] = true
		}
		for _, p := range s.Leaders {
			found[place{p, s.Module, s.Slot, s.Venue, "", true}] = true
		}
	}
	return found
}

func first(leaders []string) string {
	if len(leaders) == 0 {
		return ""
	}
	return leaders[0]
}
