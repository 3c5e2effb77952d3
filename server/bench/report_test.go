package bench

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
	"kaskad/server/demo"
)

func TestGapIsToldOnlyWhereItMeansSomething(t *testing.T) {
	for _, c := range []struct {
		unmet, total, boundUnmet, boundTotal int
		want                                 string
	}{
		{0, 110, 0, 100, "10.00"},
		{0, 100, 0, 100, "0.00"},
		{2, 110, 2, 100, "10.00"},
		{1, 110, 0, 100, "-"}, // more unmet than proven: the totals cannot be compared
		{0, 110, 0, 0, "-"},   // nothing proven
	} {
		m := measured{cost: model.Cost{Unmet: c.unmet, Total: c.total}, plan: &model.Plan{Bound: model.Bound{Unmet: c.boundUnmet, Total: c.boundTotal}}}
		if got := percent(m.gap()); got != c.want {
			t.Errorf("gap of %+v = %s, want %s", c, got, c.want)
		}
	}
}

func TestSpreadPutsWhatNeverWasLast(t *testing.T) {
	var runs []measured
	for _, v := range []int{7, -1, 3} {
		runs = append(runs, measured{iterations: int64(v)})
	}
	value := func(m measured) float64 { return float64(m.iterations) }
	if got := spread(runs, "%.0f", value); got != "7 (3 to -)" {
		t.Errorf("spread = %q, want 7 (3 to -)", got)
	}
}

func TestTableAlignsItsColumns(t *testing.T) {
	var b strings.Builder
	table := newTable(&b, column{"name", -6}, column{"n", 4})
	table.row("é", 12)
	if want := "name       n\né         12\n"; b.String() != want {
		t.Errorf("the table is %q, want %q", b.String(), want)
	}
}

func TestComplaintFindsTheErrorLine(t *testing.T) {
	out := "at Module\nError: Cannot find module 'highs'\n    at x\nNode.js v20"
	if got := complaint(out); got != "Error: Cannot find module 'highs'" {
		t.Errorf("complaint = %q", got)
	}
	if got := complaint("one\ntwo\n"); got != "two" {
		t.Errorf("complaint = %q, want the last line", got)
	}
}

// A solver that is not there is told in its row; the others are still tried.
func TestPeersTellsWhatIsAbsent(t *testing.T) {
	absent := Solver{Name: "nowhere", version: printed("", nil, "no-such-program-anywhere")}
	if _, err := absent.Version(t.Context()); !errors.Is(err, ErrAbsent) {
		t.Fatalf("Version says %v, want ErrAbsent", err)
	}
	var b strings.Builder
	peerRow(t.Context(), newTable(&b, column{"p", -1}, column{"s", -1}, column{"c", 1}, column{"u", 1}, column{"t", 1}, column{"b", 1}, column{"r", -1}),
		corpus.All()[0], absent, nil, nil, 0)
	if !strings.Contains(b.String(), "not installed") {
		t.Errorf("the row says nothing of it: %q", b.String())
	}
}

// A part holds the times and places of the plan and no others, so that the plan
// is one for the part too.
func TestAPartKeepsThePlanAndNothingElse(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 60})
	result, err := scheduler.Solve(t.Context(), p, scheduler.Options{Seed: 1, Iterations: 2000})
	if err != nil {
		t.Fatal(err)
	}
	plan := result.Plan
	small := part(p, plan)
	if report := check.Check(small, plan); !report.Valid {
		t.Errorf("the plan breaks %s in its part: %s", report.Codes, report.Violations[0].Detail)
	}
	if len(small.Slots) >= len(p.Slots) {
		t.Errorf("%d of %d slots: the part is the whole", len(small.Slots), len(p.Slots))
	}
	moved := *plan
	moved.Seminars = slices.Clone(plan.Seminars)
	moved.Seminars[0].Slot = p.Slots[slices.IndexFunc(p.Slots, func(t model.Slot) bool { return t.ID != plan.Seminars[0].Slot })].ID
	if report := check.Check(small, &moved); report.Valid {
		t.Error("a seminar may be held where and when the plan holds none")
	}
}

// What is left out is left out, and nothing else is.
func TestGapLeavesOutWhatItSays(t *testing.T) {
	whole, _ := demo.Direkt(demo.Options{Staff: 60})
	absent := func(p *model.Problem) bool {
		return slices.ContainsFunc(p.People, func(q model.Person) bool { return q.Calendar != "" || len(q.Closed) > 0 })
	}
	limited := func(p *model.Problem) bool {
		return slices.ContainsFunc(p.Units, func(u model.Unit) bool { return u.MaxAway != nil })
	}
	late := func(p *model.Problem) bool { return p.Programme.Weights.Earliness == nil }
	if !absent(whole) || !limited(whole) || !late(whole) {
		t.Fatal("the demonstration has nothing to leave out")
	}
	for _, c := range []struct {
		name                  string
		absent, limited, late bool
	}{
		{"as it is", true, true, true}, {"lateness costs nothing", true, true, false}, {"nobody is ever absent", false, true, true},
		{"neither", false, true, false}, {"units spare any number", true, false, true},
	} {
		i := slices.IndexFunc(simplerProblems, func(s simpler) bool { return s.name == c.name })
		p, _ := demo.Direkt(demo.Options{Staff: 60})
		simplerProblems[i].leave(p)
		if absent(p) != c.absent || limited(p) != c.limited || late(p) != c.late {
			t.Errorf("%s: absences %v, limits %v, lateness priced %v", c.name, absent(p), limited(p), late(p))
		}
	}
}
