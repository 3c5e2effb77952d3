// Package risk plays a plan through many times with what goes wrong in life:
// people who do not come, leaders who fall ill or stop, venues that are lost and
// days of snow. Simulate and Compare are the names to know.
//
// Each playing goes through the plan's seminars in order of time. Whoever misses
// a seminar waits for a free seat in a later one of the same module within reach,
// and meanwhile does not go on to the next module where the order is strict. A
// leader who is away is replaced by a trained one near by who is free, then by a
// reserve; a venue by another in its area. Otherwise the seminar falls. When an
// area's planned seminars are over, those who still wait are given further ones,
// as many a week as the area had before. Training of leaders that is missed or
// falls is made up for a week later.
//
// Chance is a function of seed, playing and what it is about, never of what has
// been drawn before: two simulations with different slack meet the same illness
// and the same snow, so that their difference is the slack's.
package risk

import (
	"cmp"
	"slices"
	"time"

	"kaskad/model"
)

// Rates say how often things go wrong. Each is in percent, from 0 to 100.
type Rates struct {
	Absent      int // of seats: their holder does not come
	LeaderIll   int // of seminars led: the leader cannot come that day
	LeaderStops int // of leaders, in a year: stop leading for good
	VenueLost   int // of venues, in a year: cannot be used any more
	Snow        int // of days from December to March, by area: seminars of the day fall
}

// Usual are rates to begin with; they are ours, not measured in any programme.
// Absent is near the share of working time that Swedish municipal care staff are
// ill, LeaderStops near how many change their job in a year.
var Usual = Rates{Absent: 8, LeaderIll: 4, LeaderStops: 8, VenueLost: 3, Snow: 2}

// Slack is what is kept in hand.
type Slack struct {
	Overbook int // people invited to a seminar beyond its seats, of those who wait
	Reserve  int // leaders in each area who lead nothing by plan
}

// Input is what is played through.
type Input struct {
	Problem *model.Problem
	Plan    *model.Plan
	Now     time.Time // seminars that start before it were held as planned
	Rates   Rates
	Slack   Slack
	Runs    int // playings, at least 1
	Seed    uint64
}

// Report is what came of the playings. Needs are those of the last tier that the plan meets.
type Report struct {
	Runs           int
	Needs          int
	Met            float64 // of them, met in the plan's own seminars: mean
	Cancelled      float64 // seminars that fell: mean
	Extra          float64 // further seminars, and training held once more: mean
	Planned        time.Time
	Half, Most     time.Time // half, and nine in ten, of the playings were over by then
	Finish         []Bin     // by week, without gaps
	Areas          []Area    // by code
	Leaders        []Failure // the twenty without whom most seats are lost, worst first
	Venues         []Failure
	WithoutSubsts  int // planned seminars nobody could take over
	WithoutRefuges int // planned seminars that could be held nowhere else
}

// Bin counts the playings that were over in a week.
type Bin struct {
	Monday time.Time
	Runs   int
}

// Area is the needs of one area.
type Area struct {
	ID    string
	Needs int
	Met   float64 // mean
	Low   int     // in one playing of ten no more than so many were met
}

// Failure is what the plan loses with one leader or venue.
type Failure struct {
	ID       string
	Seminars int // led, or held there
	Lost     int // of them, seminars that nobody and nothing could replace
	Seats    int // in those
}

// shownFailures bounds Report.Leaders and Report.Venues.
const shownFailures = 20

// Simulate plays the plan through. The same input gives the same report.
func Simulate(in Input) *Report { return Compare(in, []Slack{in.Slack})[0] }

// Compare plays the plan through with each slack; Input.Slack plays no part.
func Compare(in Input, slacks []Slack) []*Report {
	var reports []*Report
	if len(in.Problem.Tiers) == 0 { // nobody needs anything
		for range slacks {
			reports = append(reports, &Report{Runs: max(in.Runs, 1)})
		}
		return reports
	}
	w := newWorld(in)
	for _, slack := range slacks {
		w.in.Slack = slack
		reports = append(reports, w.simulate())
	}
	return reports
}

func (w *world) simulate() *Report {
	report := &Report{Runs: max(w.in.Runs, 1), Needs: w.needs, Planned: w.planned}
	var ends []int
	met := make([][]int, len(w.areas))
	for run := range report.Runs {
		g := w.play(run)
		ends = append(ends, g.end)
		report.Cancelled += float64(g.cancelled)
		report.Extra += float64(g.extra)
		for a, n := range g.met {
			met[a] = append(met[a], n)
			report.Met += float64(n)
		}
	}
	n := float64(report.Runs)
	report.Met, report.Cancelled, report.Extra = report.Met/n, report.Cancelled/n, report.Extra/n
	slices.Sort(ends)
	report.Half, report.Most = model.Midnight(quantile(ends, 50), w.r.Zone), model.Midnight(quantile(ends, 90), w.r.Zone)
	report.Finish = w.bins(ends)
	for a, list := range met {
		report.Areas = append(report.Areas, areaOf(w.areas[a], w.areaNeeds[a], list))
	}
	w.failures(report)
	return report
}

// quantile is the least value that p percent of a sorted list do not exceed.
func quantile(sorted []int, p int) int {
	return sorted[min(len(sorted)-1, (len(sorted)*p+99)/100-1)]
}

func areaOf(id string, needs int, met []int) Area {
	sum := 0
	for _, n := range met {
		sum += n
	}
	slices.Sort(met)
	return Area{ID: id, Needs: needs, Met: float64(sum) / float64(len(met)), Low: quantile(met, 10)}
}

// bins counts ends, which are days, by week.
func (w *world) bins(ends []int) []Bin {
	if len(w.seminars) == 0 {
		return nil
	}
	first, last := model.WeekNumber(ends[0]), model.WeekNumber(ends[len(ends)-1])
	bins := make([]Bin, last-first+1)
	for i := range bins {
		bins[i].Monday = model.Midnight(model.FirstDay(first+i), w.r.Zone)
	}
	for _, end := range ends {
		bins[model.WeekNumber(end)-first].Runs++
	}
	return bins
}

// failures looks for leaders and venues that nothing can replace, with
// everything else as planned.
func (w *world) failures(report *Report) {
	leaders, venues := map[int]*Failure{}, map[int]*Failure{}
	count := func(list map[int]*Failure, at int, id string, seats int, alone bool) {
		if list[at] == nil {
			list[at] = &Failure{ID: id}
		}
		f := list[at]
		f.Seminars++
		if alone {
			f.Lost++
			f.Seats += seats
		}
	}
	for i := range w.seminars {
		s := &w.seminars[i]
		if s.past {
			continue
		}
		noSubst, noRefuge := len(s.substitutes) == 0, len(s.refuges) == 0
		if noSubst {
			report.WithoutSubsts++
		}
		if noRefuge {
			report.WithoutRefuges++
		}
		for _, l := range s.leaders {
			count(leaders, l, w.people[l].id, len(s.attendees), noSubst)
		}
		count(venues, s.venue, w.r.Problem.Venues[s.venue].ID, len(s.attendees), noRefuge)
	}
	report.Leaders, report.Venues = worst(leaders), worst(venues)
}

func worst(found map[int]*Failure) []Failure {
	var list []Failure
	for _, f := range found {
		if f.Lost > 0 {
			list = append(list, *f)
		}
	}
	slices.SortFunc(list, func(a, b Failure) int { return cmp.Or(b.Seats-a.Seats, b.Lost-a.Lost, cmp.Compare(a.ID, b.ID)) })
	return list[:min(len(list), shownFailures)]
}
