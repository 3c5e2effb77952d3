package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/compare"
)

func TestSparklineFallsWithTheTotal(t *testing.T) {
	for _, c := range []struct {
		name  string
		curve []point
		want  string
	}{
		{"nothing yet", nil, ""},
		{"one plan", []point{{0, 0, 100}}, "▁"},
		{"falling", []point{{0, 0, 800}, {1, 0, 400}, {2, 0, 100}}, "█▄▁"},
		{"what met fewer needs is no yardstick", []point{{0, 3, 50}, {1, 0, 800}, {2, 0, 100}}, "█▁"},
	} {
		if got := sparkline(c.curve); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	var long []point
	for i := range 1000 {
		long = append(long, point{time.Duration(i), 0, 1000 - i})
	}
	if got := []rune(sparkline(long)); len(got) != curveWidth || got[0] <= got[len(got)-1] {
		t.Errorf("a long curve is drawn as %q", string(got))
	}
}

func TestProgressIsALineASecondOrOneLineRewritten(t *testing.T) {
	steps := []scheduler.Progress{
		{Stage: "compile"}, {Stage: "construct", Elapsed: 100 * time.Millisecond, Cost: model.Cost{Unmet: 2}},
		{Stage: "improve", Elapsed: 1200 * time.Millisecond, Cost: model.Cost{Total: 110}, Bound: model.Bound{Total: 100}, Iterations: 5},
	}
	var plain, terminal bytes.Buffer
	a, b := progressLine{w: &plain}, progressLine{w: &terminal, rewrite: true}
	for _, p := range steps {
		a.show(p)
		b.show(p)
	}
	a.close()
	b.close()
	if got := strings.Split(strings.TrimSpace(plain.String()), "\n"); len(got) != 2 || !strings.Contains(got[1], "unmet 0, total 110, at most 10.00 % above the best, 5 moves") {
		t.Errorf("in a file: %q", got)
	}
	if got := terminal.String(); strings.Count(got, "\r") != 2 || strings.Count(got, "\n") != 1 || !strings.Contains(got, "improve") {
		t.Errorf("in a terminal: %q", got)
	}
}

func TestAStoppedSolveKeepsItsBestPlan(t *testing.T) {
	folder := t.TempDir()
	problem, plan := filepath.Join(folder, "problem.json"), filepath.Join(folder, "plan.json")
	if err := run(t.Context(), []string{"demo", "direkt", "--staff", "60", "-o", problem}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop() // as Ctrl-C does
	if err := run(ctx, []string{"solve", problem, "-o", plan, "--time", "1h"}); err != nil {
		t.Fatalf("stopped: %v", err)
	}
	if err := run(t.Context(), []string{"check", problem, plan}); err != nil {
		t.Errorf("the plan kept: %v", err)
	}
}

func TestCostTableSaysWhatPeopleCount(t *testing.T) {
	var out bytes.Buffer
	printCost(&out, model.Cost{Total: 90, Travel: 90, Preference: 20}, compare.Terms{People: 2, Travel: 190, Seminars: 3, Attending: 7, Weeks: 10, Disliked: 2})
	for _, want := range []string{"travel                90  1 h 35 min on the way for each of 2 people", "3 seminars with 7 seats taken", "1.4 weeks into the wave", "2 seats at half-days"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
