package ui

import (
	"fmt"
	"strings"
	"time"
)

// Forecast tells when the programme reaches its goal. Minutes are participants'.
type Forecast struct {
	Goal, Done, Planned, Lacking int // minutes
	Reached, Last                time.Time
	Rate                         int    // percent of seats whose holders come
	Sentence, Neck               string // translated
	Weeks                        []ForecastWeek
	Areas, Sectors               []ForecastRow
	CanFill                      bool    // the draft leaves needs without a place
	Longer                       *Longer // nil when there is nothing to go on from
	Error                        string  // why the programme was not lengthened; translated
}

// Longer is the forecast of the programme with more weeks.
type Longer struct {
	Until        time.Time // the day asked for
	Slots, Weeks int       // more of them
	Lacking      int
	Reached      time.Time
	Last         time.Time
	Neck         string
	Curve        []ForecastWeek
}

// ForecastWeek is one week. Minutes are summed from the start.
type ForecastWeek struct {
	Monday                    time.Time
	Ready, Possible, Seminars int
	Planned, Actual, Forecast int
	Held                      bool
}

// ForecastRow is one area or sector.
type ForecastRow struct {
	Name                         string
	Goal, Done, Planned, Lacking int
	Reached                      time.Time
	Leaders, Ready               int
	Neck                         string // translated; "" when nothing is tight
}

// Size of the forecast's drawing.
const forecastWidth, forecastHeight = 720.0, 240.0

// ForecastCurve is the drawing: one path for each line, and the goal's height.
type ForecastCurve struct {
	Plan, Actual, Forecast, Longer string
	GoalY, NowX                    float64 // NowX is negative before the first week and after the last
	From, To                       time.Time
	Top                            int // minutes at the upper edge
}

// Draw makes the curves; nil without weeks.
func (f Forecast) Draw() *ForecastCurve {
	if len(f.Weeks) == 0 {
		return nil
	}
	weeks := f.Weeks
	if f.Longer != nil && len(f.Longer.Curve) > len(weeks) {
		weeks = f.Longer.Curve
	}
	top := max(f.Goal, 1)
	for _, w := range weeks {
		top = max(top, w.Planned, w.Forecast)
	}
	top += top / 20
	point := func(i, minutes int) (x, y float64) {
		return float64(i+1) / float64(len(weeks)) * forecastWidth, (1 - float64(minutes)/float64(top)) * forecastHeight
	}
	c := &ForecastCurve{Top: top, From: weeks[0].Monday, To: weeks[len(weeks)-1].Monday, NowX: -1}
	_, c.GoalY = point(0, f.Goal)
	line := func(list []ForecastWeek, value func(ForecastWeek) (int, bool)) string {
		var path strings.Builder
		fmt.Fprintf(&path, "M0 %.1f", forecastHeight)
		for i, w := range list {
			if n, ok := value(w); ok {
				x, y := point(i, n)
				fmt.Fprintf(&path, "L%.1f %.1f", x, y)
			}
		}
		return path.String()
	}
	c.Plan = line(f.Weeks, func(w ForecastWeek) (int, bool) { return w.Planned, true })
	c.Actual = line(f.Weeks, func(w ForecastWeek) (int, bool) { return w.Actual, w.Held })
	c.Forecast = line(f.Weeks, func(w ForecastWeek) (int, bool) { return w.Forecast, true })
	if f.Longer != nil {
		c.Longer = line(f.Longer.Curve, func(w ForecastWeek) (int, bool) { return w.Forecast, true })
	}
	for i, w := range f.Weeks {
		if w.Held {
			c.NowX, _ = point(i, 0)
		}
	}
	return c
}

// mostForecastWeeks keeps the table short enough to scan and to audit.
const mostForecastWeeks = 100

// Table is the weeks that the table shows: all, or every second, third … one
// and the last, so that there are at most a hundred.
func (f Forecast) Table() []ForecastWeek {
	step := (len(f.Weeks) + mostForecastWeeks - 1) / mostForecastWeeks
	if step <= 1 {
		return f.Weeks
	}
	var list []ForecastWeek
	for i := (len(f.Weeks) - 1) % step; i < len(f.Weeks); i += step {
		list = append(list, f.Weeks[i])
	}
	return list
}
