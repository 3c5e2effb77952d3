package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/ui"
)

func TestCoverageHasFiveSteps(t *testing.T) {
	for _, tt := range []struct{ trained, target, percent, step int }{
		{0, 40, 0, 0}, {0, 0, 0, 0}, {1, 400, 0, 1}, {9, 40, 22, 1}, {10, 40, 25, 2}, {20, 40, 50, 3}, {30, 40, 75, 4}, {39, 40, 97, 4}, {40, 40, 100, 5},
	} {
		a := ui.MapArea{Trained: tt.trained, Target: tt.target}
		if a.Coverage() != tt.percent || a.Step() != tt.step {
			t.Errorf("%d of %d: %d %% step %d, want %d %% step %d", tt.trained, tt.target, a.Coverage(), a.Step(), tt.percent, tt.step)
		}
	}
}

func TestPageURLKeepsTheFilter(t *testing.T) {
	s := ui.Seminars{Filter: ui.SeminarFilter{Wave: "w1", Query: "å & ö"}}
	for n, want := range map[int]string{1: "/seminars?q=%C3%A5+%26+%C3%B6&wave=w1", 3: "/seminars?page=3&q=%C3%A5+%26+%C3%B6&wave=w1"} {
		if got := s.PageURL(n); got != want {
			t.Errorf("PageURL(%d) = %s, want %s", n, got, want)
		}
	}
	if got := (ui.Outbox{}).PageURL(1); got != "/outbox" {
		t.Errorf("PageURL(1) = %s, want /outbox", got)
	}
	if got := (ui.Outbox{State: ui.MessageFailed}).PageURL(2); got != "/outbox?page=2&state=failed" {
		t.Errorf("PageURL(2) = %s", got)
	}
}

func TestPagerEndsAtTheEnds(t *testing.T) {
	for _, tt := range []struct{ page, pages, previous, next int }{{1, 1, 0, 0}, {1, 3, 0, 2}, {2, 3, 1, 3}, {3, 3, 2, 0}, {0, 0, 0, 0}} {
		p := ui.Pager{Page: tt.page, Pages: tt.pages}
		if p.Previous() != tt.previous || p.Next() != tt.next {
			t.Errorf("page %d of %d: %d and %d, want %d and %d", tt.page, tt.pages, p.Previous(), p.Next(), tt.previous, tt.next)
		}
	}
}

func TestGapNeedsABoundForTheSameUnmet(t *testing.T) {
	for _, tt := range []struct {
		run  ui.PlanRun
		gap  float64
		know bool
	}{
		{ui.PlanRun{Total: 200, BoundTotal: 150}, 25, true},
		{ui.PlanRun{Total: 200, BoundTotal: 200}, 0, true},
		{ui.PlanRun{Total: 200}, 0, false},
		{ui.PlanRun{Total: 200, BoundTotal: 150, Unmet: 2, BoundUnmet: 1}, 0, false},
	} {
		if gap, know := tt.run.Gap(); gap != tt.gap || know != tt.know {
			t.Errorf("Gap of %+v = %v, %t, want %v, %t", tt.run, gap, know, tt.gap, tt.know)
		}
	}
}

func TestCurveStepsDownAndStaysInItsFrame(t *testing.T) {
	if (ui.PlanRun{}).Draw() != nil {
		t.Error("a curve without points was drawn")
	}
	run := ui.PlanRun{Elapsed: 10, Total: 100, BoundTotal: 90, Curve: []ui.CurvePoint{{Seconds: 0, Total: 300}, {Seconds: 5, Total: 100}}}
	c := run.Draw()
	// The scale is 300 to 90 with 17 on either side, over 600 by 160.
	if c.Top != 317 || c.Bottom != 73 {
		t.Errorf("scale is %d to %d, want 317 to 73", c.Top, c.Bottom)
	}
	if want := "M0.0 11.1H300.0V142.3H600.0"; c.Path != want {
		t.Errorf("path is %s, want %s", c.Path, want)
	}
	var x, y float64
	if n, _ := fmt.Sscanf(c.Bound, "M%f %fH", &x, &y); n < 2 || !strings.HasSuffix(c.Area, "V160.0H0.0Z") || y <= c.LastY || y >= 160 || !strings.HasSuffix(c.Bound, "H600.0") {
		t.Errorf("area %s, bound %s, last at %.1f: the bound must lie under the curve and in the frame", c.Area, c.Bound, c.LastY)
	}
	run.Unmet = 1 // the bound is for another number of unmet needs
	if c := run.Draw(); c.Bound != "" {
		t.Errorf("bound drawn as %s for a plan it says nothing about", c.Bound)
	}
}

func TestMonthsCoverTheWeeks(t *testing.T) {
	var w ui.Board
	for monday := time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC); monday.Year() < 2028 || monday.Month() < 2; monday = monday.AddDate(0, 0, 7) {
		w.Weeks = append(w.Weeks, ui.BoardWeek{Monday: monday})
	}
	var got []string
	for _, m := range w.Months() {
		got = append(got, fmt.Sprint(m.First.Month(), m.Year, m.Start, m.Span))
	}
	// Mondays: 22 and 29 November; 6, 13, 20, 27 December; 3 to 31 January.
	want := []string{"November 2027 1 2", "December 0 3 4", "January 2028 7 5"}
	if !slices.Equal(got, want) {
		t.Errorf("months = %q, want %q", got, want)
	}
}

func TestNothingToPublish(t *testing.T) {
	if !(ui.Publish{Unchanged: 5}).Nothing() || (ui.Publish{Moved: 1}).Nothing() || (ui.Publish{Updates: 1}).Nothing() {
		t.Error("Nothing must be true without seminars and mails, and only then")
	}
}

func TestLoadRowsAreTheWeeksInWhichSomethingRuns(t *testing.T) {
	b := ui.Board{Weeks: []ui.BoardWeek{{Label: "1", Past: true}, {Label: "2"}, {Label: "3"}},
		Groups: []ui.BoardGroup{{Loads: []ui.BoardLoad{{Column: 1, Seminars: 4}}}, {Loads: []ui.BoardLoad{{Column: 3, Seminars: 5}}}}}
	rows := b.LoadRows()
	if len(rows) != 2 || rows[0].Week.Label != "1" || rows[1].Week.Label != "3" || rows[0].Loads[0].Seminars != 4 || rows[0].Loads[1] != nil || rows[1].Loads[1].Seminars != 5 {
		t.Errorf("rows are %+v", rows)
	}
	if !b.Passed() || (ui.Board{Weeks: b.Weeks[1:]}).Passed() || (ui.Board{}).Passed() {
		t.Error("Passed must tell whether the first week lies back")
	}
}

func TestDatesChangeWhenEitherDoes(t *testing.T) {
	a, b := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 3, 8, 0, 0, 0, 0, time.UTC)
	for f, want := range map[ui.WaveFigures]bool{
		{From: [2]time.Time{a, a}, To: [2]time.Time{b, b}}: false, {From: [2]time.Time{a, b}, To: [2]time.Time{b, b}}: true,
		{From: [2]time.Time{a, a}, To: [2]time.Time{a, b}}: true,
	} {
		if f.DatesChange() != want {
			t.Errorf("DatesChange of %v to %v = %t", f.From, f.To, !want)
		}
	}
}

// The bound rises while the planner works, and is drawn as it was proven.
func TestTheBoundIsDrawnAsItRises(t *testing.T) {
	run := ui.PlanRun{Elapsed: 10, Total: 90, BoundTotal: 80, Curve: []ui.CurvePoint{{Seconds: 0, Total: 100}, {Seconds: 2, Total: 95, Bound: 50}, {Seconds: 5, Total: 90, Bound: 70}}}
	if got := strings.Count(run.Draw().Bound, "V"); got != 2 {
		t.Errorf("%s rises %d times, want 2", run.Draw().Bound, got)
	}
}
