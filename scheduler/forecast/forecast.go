// Package forecast tells how far a cascade comes and when: leaders who have been
// trained make seminars possible, and seminars make staff hours, week by week.
//
// Make is the name to know. Up to now it counts what was held; from now on it
// follows the plan, as far as people come, and gives every need that is left
// over to the seats that leaders, rooms and units still have free in its area or
// near it. What is short is named: see Report.Neck.
//
// The forecast is a flow, not a plan: it pools leaders, rooms and spare staff of
// an area by week, and so tells where a plan must fail, not that one exists. It
// counts no single person's absences. Only a plan does.
package forecast

import (
	"slices"
	"time"

	"kaskad/model"
)

// Input is what a forecast looks at.
type Input struct {
	Problem *model.Problem
	Plan    *model.Plan // every seminar planned, held ones included, with who attends or attended
	Now     time.Time   // seminars that have ended by now were held
	Missed  int         // seats of held seminars whose holders did not come; they are not among the attendees
}

// Kind is what there may be too little of.
type Kind string

const (
	Leaders Kind = "leaders" // trained leaders near enough
	Rooms   Kind = "rooms"   // seats in rooms near enough
	Units   Kind = "units"   // people a unit can spare at once
	Weeks   Kind = "weeks"   // weeks in which the area may attend
	None    Kind = ""        // nothing is short
)

// Neck is where the cascade is tightest. With needs lacking it is what they lack
// most; without, what the plan uses most of.
type Neck struct {
	Kind    Kind
	Area    string
	Lacking int // minutes
	Used    int // percent of what there is; 0 when minutes lack
}

// Report is a forecast. Minutes are participants' time in the last tier's seminars.
type Report struct {
	Goal    int // minutes of every need
	Done    int // of them, held by now
	Planned int // of them, held or in the plan
	Lacking int // of them, still lacking when the last slot is over
	Reached time.Time
	Last    time.Time // end of the last slot
	Rate    int       // percent of seats whose holders come, as observed; 100 before there is anything to observe
	Neck    Neck
	Weeks   []Week
	Areas   []Row // by area code
	Sectors []Row // in the problem's order
}

// Week is one week of the curve. Minutes are summed from the start.
type Week struct {
	Monday                    time.Time
	Ready                     int // leaders of the last tier who may lead something
	Possible, Seminars        int // seminars that leaders and rooms allow; in the plan
	Planned, Actual, Forecast int // Actual counts up to now only
	Held                      bool
}

// Row is the forecast of one area or sector.
type Row struct {
	ID                           string
	Goal, Done, Planned, Lacking int // minutes, as in Report
	Reached                      time.Time
	Leaders, Ready               int // of areas: leaders who work there; of them, trained by now
	Neck                         Neck
}

// enough are the seats that must have been held before people's coming is observed.
const enough = 20

// Make forecasts. The same input gives the same report.
func Make(in Input) *Report {
	if len(in.Problem.Tiers) == 0 {
		return &Report{Rate: 100} // nobody needs anything
	}
	w := newWorld(in)
	report := &Report{Goal: w.goal, Rate: w.rate, Last: w.last}
	if len(w.weeks) == 0 {
		return report
	}
	w.run(report)
	w.rows(report)
	return report
}

// observed is the percentage of seats whose holders came.
func observed(held, missed int) int {
	if held+missed < enough {
		return 100
	}
	return 100 * held / (held + missed)
}

// run walks through the weeks and fills in the curve.
func (w *world) run(report *Report) {
	planned, actual, forecast := 0, 0, 0
	for i := range w.weeks {
		week := &w.weeks[i]
		for c := range w.cells {
			cell := &w.cells[c]
			plan, held := cell.plan[i], cell.held[i]
			planned += plan * cell.minutes
			actual += held * cell.minutes
			report.Done += held * cell.minutes
			coming := held
			if ahead := plan - held; ahead > 0 {
				coming += cell.share(ahead, w.rate)
			}
			coming = min(coming, cell.left)
			cell.left -= coming
			forecast += coming * cell.minutes
			cell.touch(coming, week.lastEnd)
		}
		if week.end.After(w.now) {
			forecast += w.fill(i)
		}
		report.Weeks = append(report.Weeks, Week{Monday: week.monday, Ready: week.ready, Possible: week.possible, Seminars: week.seminars,
			Planned: planned, Actual: actual, Forecast: forecast, Held: !week.end.After(w.now)})
		if forecast >= w.goal && report.Reached.IsZero() {
			report.Reached = week.lastEnd
		}
	}
	report.Planned, report.Lacking = planned, w.goal-forecast
}

// fill gives what is left over the seats that a week still has, the areas with
// most left first, and notes what stands in the way.
func (w *world) fill(week int) (minutes int) {
	order := make([]int, 0, len(w.cells))
	for c := range w.cells {
		if w.cells[c].waiting(week) > 0 {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return w.cells[b].left - w.cells[a].left })
	for _, c := range order {
		cell := &w.cells[c]
		want := cell.waiting(week)
		units := min(want, cell.spare[week])
		near := w.near[cell.area]
		leaders, rooms := w.leaderSeats.free(near, week), w.roomSeats.free(near, week)
		got := min(units, leaders, rooms)
		switch lack := want - got; {
		case lack <= 0:
		case !cell.open[week]:
			cell.short[Weeks] += lack
		case got == units:
			cell.short[Units] += lack
		case got == leaders:
			cell.short[Leaders] += lack
		default:
			cell.short[Rooms] += lack
		}
		if got <= 0 {
			continue
		}
		w.leaderSeats.take(near, week, got)
		w.roomSeats.take(near, week, got)
		cell.left -= got
		minutes += got * cell.minutes
		cell.touch(got, w.weeks[week].lastEnd)
	}
	return minutes
}
