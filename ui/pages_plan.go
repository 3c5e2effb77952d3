package ui

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// RunState is what the planner is doing.
type RunState string

const (
	RunIdle     RunState = "idle"     // nothing started yet
	RunRunning  RunState = "running"  // improving
	RunStopping RunState = "stopping" // asked to stop
	RunDone     RunState = "done"     // a finished plan waits to be used
	RunFailed   RunState = "failed"
)

// PlanRun is the planner at work. Costs are minutes as in the open format.
type PlanRun struct {
	State          RunState
	Stage          string // suffix of a text key "stage.…": build, improve, bound, polish; empty when idle
	Error          string // translated sentence when the run failed or could not start
	Elapsed, Limit int    // seconds
	Seconds        int    // value of the start form
	Unmet, Total   int    // best plan so far
	BoundUnmet     int    // proven: no plan leaves fewer needs unmet
	BoundTotal     int    // proven, for the same number of unmet needs; 0 when not known yet
	Iterations     int
	Seminars       int
	Curve          []CurvePoint // improvements in order of time
	Costs          []CostRow
	Findings       []Notice // what the plan cannot do and why, in sentences
	CanUse         bool     // there is a valid plan to take over as the draft
	Used           bool     // it has been taken over
	CanFill        bool     // the draft leaves needs without a place, and can be gone on from
	Fill           bool     // the run plans only those
	Trial          string   // name of the scenario the plan is for; "" for a plan that may become the draft
	Kept           bool     // the scenario is kept
}

// CurvePoint is the total cost of the best plan from a moment on, and what was
// proven then of every plan; Bound is 0 when that was not known yet.
type CurvePoint struct {
	Seconds float64
	Total   int
	Bound   int
}

// CostRow is one term of the cost. Key is the suffix of the text keys
// "cost.KEY" and "cost.KEY.why" and is the term's name in the open format.
type CostRow struct {
	Key     string
	Minutes int
	Means   string // what it counts in people, seminars and weeks; "" while there is no plan to count
}

// Gap is how far the plan may be from the best possible, in percent of the
// plan's own total with one decimal; false when the bound is not known.
func (p PlanRun) Gap() (percent float64, ok bool) {
	if p.BoundTotal <= 0 || p.Total <= 0 || p.Unmet != p.BoundUnmet {
		return 0, false
	}
	return float64(p.Total-p.BoundTotal) * 100 / float64(p.Total), true
}

// GapText is Gap for templates: nil when not known.
func (p PlanRun) GapText() *float64 {
	if gap, ok := p.Gap(); ok {
		return &gap
	}
	return nil
}

// Running tells whether the planner is at work, so that the page listens.
func (p PlanRun) Running() bool { return p.State == RunRunning || p.State == RunStopping }

// Size of the curve's drawing.
const curveWidth, curveHeight = 600.0, 160.0

// Curve is the drawing of the improvements.
type Curve struct {
	Path   string  // step line from left to right
	Area   string  // the same, closed along the bottom
	Bound  string  // step line of the bound as it was proven; empty when it is not known
	LastX  float64 // the newest point
	LastY  float64
	Top    int // total at the top edge
	Bottom int // total at the bottom edge
}

// Draw makes the step curve; nil with fewer than one point. The scale runs
// from the bound, or a little under the best total, to the first total.
func (p PlanRun) Draw() *Curve {
	if len(p.Curve) == 0 {
		return nil
	}
	last := p.Curve[len(p.Curve)-1]
	high, low := p.Curve[0].Total, last.Total
	if p.BoundTotal > 0 && p.Unmet == p.BoundUnmet {
		low = min(low, p.BoundTotal)
	}
	for _, c := range p.Curve {
		high, low = max(high, c.Total), min(low, c.Total)
		if c.Bound > 0 && p.BoundTotal > 0 && p.Unmet == p.BoundUnmet {
			low = min(low, c.Bound)
		}
	}
	pad := max((high-low)/12, 1)
	c := &Curve{Top: high + pad, Bottom: max(low-pad, 0)}
	width := max(float64(p.Elapsed), last.Seconds, 1)
	x := func(s float64) float64 { return s / width * curveWidth }
	y := func(total int) float64 {
		return float64(c.Top-total) / float64(max(c.Top-c.Bottom, 1)) * curveHeight
	}
	var line strings.Builder
	fmt.Fprintf(&line, "M%.1f %.1f", x(p.Curve[0].Seconds), y(p.Curve[0].Total))
	for _, point := range p.Curve[1:] {
		fmt.Fprintf(&line, "H%.1fV%.1f", x(point.Seconds), y(point.Total))
	}
	fmt.Fprintf(&line, "H%.1f", curveWidth)
	c.Path = line.String()
	c.Area = fmt.Sprintf("%sV%.1fH%.1fZ", c.Path, curveHeight, x(p.Curve[0].Seconds))
	c.LastX, c.LastY = curveWidth, y(last.Total)
	if p.BoundTotal > 0 && p.Unmet == p.BoundUnmet {
		c.Bound = p.drawBound(x, y)
	}
	return c
}

// drawBound draws how the bound rose, up to what is proven now.
func (p PlanRun) drawBound(x func(float64) float64, y func(int) float64) string {
	var line strings.Builder
	at := 0
	for _, point := range append(slices.Clone(p.Curve), CurvePoint{Seconds: float64(p.Elapsed), Bound: p.BoundTotal}) {
		switch {
		case point.Bound <= at:
		case at == 0:
			fmt.Fprintf(&line, "M%.1f %.1f", x(min(point.Seconds, p.Curve[0].Seconds)), y(point.Bound))
			at = point.Bound
		default:
			fmt.Fprintf(&line, "H%.1fV%.1f", x(point.Seconds), y(point.Bound))
			at = point.Bound
		}
	}
	return line.String() + fmt.Sprintf("H%.1f", curveWidth)
}

// Publish shows what publishing a wave will do, before it is done.
type Publish struct {
	WaveID, WaveName        string
	Wave                    int
	From, To                time.Time
	Revision                string // sent back, so that only what was read is published
	First                   bool   // nothing of the wave is published yet
	New, Moved, Cancelled   int    // seminars
	Unchanged               int
	People                  int       // who will be told something
	Invites, Updates, Voids int       // mails: invitations, changes, cancellations
	Finished                time.Time // when the last mail will have left
	Slow                    bool      // that takes long enough to be told
	Unreachable             int       // people without an address or with protected identity
	Unreached               []string  // their ids
	Apart                   []Notice  // the first of them by name, and why
	Files                   string
	Changes                 []Change // on this page of the list
	Pager                   Pager
	Warnings                []Notice
	Error                   string // why publishing was refused; translated

	Last *PublishBack // the latest publication of the wave; nil when there is none to take back
	Back *PublishBack // the page takes this publication back; nil: it publishes
}

// PublishBack is a publication that can be taken back.
type PublishBack struct {
	Step, Who, At string
	Again         bool // it has been taken back, and is done again
}

// URL is the page that takes it back.
func (b PublishBack) URL() string {
	return "/waves/publish/undo?" + url.Values{"edit": {b.Step}}.Encode()
}

// Mails is how many messages will go out.
func (p Publish) Mails() int { return p.Invites + p.Updates + p.Voids }

// Nothing tells whether there is nothing to publish.
func (p Publish) Nothing() bool { return p.New+p.Moved+p.Cancelled == 0 && p.Mails() == 0 }

// PageURL is the address of page n of the changes.
func (p Publish) PageURL(n int) string {
	if p.Back != nil {
		return withPage("/waves/publish/undo", url.Values{"edit": {p.Back.Step}}, n)
	}
	return withPage("/waves/publish", url.Values{"wave": {p.WaveID}}, n)
}

// Change is one seminar that changes. Lines say how.
type Change struct {
	Kind   string // "new", "moved" or "cancelled"
	Text   string // translated sentence
	Lines  []string
	People int    // who are affected
	Href   string // the seminar; optional
}
