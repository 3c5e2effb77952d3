package ui

import "time"

// Risk is what came of playing the plan through many times.
type Risk struct {
	Fields           []RiskField
	Error            string // translated
	Sentences        []string
	Runs             int
	Needs, Met       int // Met: mean of the playings
	Cancelled, Extra float64
	Planned, Half    time.Time
	Most             time.Time
	Bins             []RiskBin
	Areas            []RiskArea
	Leaders, Venues  []RiskFailure
	Slack            []RiskSlack // nil until it is asked for
	SlackURL         string      // where it is reckoned; "" when it is shown
}

// RiskField is one field of the form. Its texts are "risk.field.KEY" and "risk.unit.UNIT".
type RiskField struct {
	Key, Unit, Value string
	Most             int
	Wrong            bool
}

// RiskBin counts the playings that were over in a week.
type RiskBin struct {
	Monday time.Time
	Runs   int
	Until  int // percent of playings that were over by then
}

// RiskArea is the needs of one area that the plan meets.
type RiskArea struct {
	Name            string
	Needs, Met, Low int // Low: no more in one playing of ten
}

// RiskFailure is a leader or venue without whom seats are lost.
type RiskFailure struct {
	Name, Href            string
	Seminars, Lost, Seats int
}

// RiskSlack is what some slack comes to.
type RiskSlack struct {
	Overbook, Reserve int
	Met, Gained       int // needs; Gained over having none
	Half, Most        time.Time
	Now               bool // what the form asks for
}

// Some tells whether there is a plan to play.
func (r Risk) Some() bool { return r.Needs > 0 }

// Size of the histogram.
const histogramWidth, histogramHeight = 720.0, 180.0

// RiskBar is one bar of the histogram.
type RiskBar struct{ X, Y, Width, Height float64 }

// Bars draws the histogram, a bar a week.
func (r Risk) Bars() []RiskBar {
	most := 1
	for _, b := range r.Bins {
		most = max(most, b.Runs)
	}
	wide := histogramWidth / float64(max(len(r.Bins), 1))
	var bars []RiskBar
	for i, b := range r.Bins {
		high := float64(b.Runs) / float64(most) * (histogramHeight - 4)
		bars = append(bars, RiskBar{X: float64(i)*wide + wide*.08, Y: histogramHeight - high, Width: wide * .84, Height: high})
	}
	return bars
}

// First is the first week of the histogram; zero without bins.
func (r Risk) First() time.Time {
	if len(r.Bins) == 0 {
		return time.Time{}
	}
	return r.Bins[0].Monday
}

// Last is the last week of the histogram; zero without bins.
func (r Risk) Last() time.Time {
	if len(r.Bins) == 0 {
		return time.Time{}
	}
	return r.Bins[len(r.Bins)-1].Monday
}
