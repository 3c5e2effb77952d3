package scheduler_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/demo"
)

func solve(t testing.TB, p *model.Problem, o scheduler.Options) *model.Plan {
	t.Helper()
	result, err := scheduler.Solve(context.Background(), p, o)
	if err != nil {
		t.Fatalf("Solve: %v", err)
	}
	return result.Plan
}

// judge fails the test unless the plan is valid, priced right and no better
// than its bound.
func judge(t testing.TB, p *model.Problem, plan *model.Plan, name string) {
	t.Helper()
	report := check.Check(p, plan)
	for i, v := range report.Violations {
		if i < 3 {
			t.Errorf("%s: %s %s", name, v.Code, v.Detail)
		}
	}
	if !report.Claimed {
		t.Errorf("%s: cost = %+v, want %+v", name, plan.Cost, report.Cost)
	}
	if !report.BoundHolds {
		t.Errorf("%s: cost %d unmet, %d total is better than the bound %+v", name, report.Cost.Unmet, report.Cost.Total, plan.Bound)
	}
	for _, u := range plan.Unmet {
		if u.Reason == "" {
			t.Errorf("%s: no reason why %s misses %s", name, u.Person, u.Module)
		}
	}
}

func TestPlansOfRandomProblemsAreValid(t *testing.T) {
	for seed := range uint64(200) {
		p := randomProblem(seed)
		judge(t, p, solve(t, p, scheduler.Options{Seed: seed, Iterations: 3000}), "problem "+itoa(seed))
	}
}

func TestReplansOfRandomProblemsAreValid(t *testing.T) {
	for seed := range uint64(200) {
		p := randomProblem(seed)
		plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 2000})
		if len(plan.Seminars) == 0 {
			continue
		}
		republish(p, plan, seed)
		judge(t, p, solve(t, p, scheduler.Options{Seed: seed, Iterations: 2000}), "replan "+itoa(seed))
	}
}

func TestSameSeedAndIterationsGiveTheSameBytes(t *testing.T) {
	for seed := range uint64(10) {
		p := randomProblem(seed)
		a, _ := json.Marshal(solve(t, p, scheduler.Options{Seed: seed, Iterations: 6000}))
		b, _ := json.Marshal(solve(t, p, scheduler.Options{Seed: seed, Iterations: 6000}))
		if !bytes.Equal(a, b) {
			t.Errorf("problem %d: two runs differ", seed)
		}
	}
}

// odd problems: each a change of the small one that leaves something out.
var oddProblems = map[string]func(*model.Problem){
	"no people":                 func(p *model.Problem) { p.People = nil },
	"no slots":                  func(p *model.Problem) { p.Slots = nil },
	"no venues":                 func(p *model.Problem) { p.Venues = nil },
	"no leaders":                func(p *model.Problem) { p.People = p.People[:2] },
	"no modules in the tier":    func(p *model.Problem) { p.Tiers[0].Modules = nil },
	"no tiers":                  func(p *model.Problem) { p.Tiers = nil; p.People = p.People[2:]; p.People[0].Leads = nil },
	"only online venues":        func(p *model.Problem) { p.Venues[0].Online = true; p.Modules[0].Online = true },
	"nothing needed":            func(p *model.Problem) { p.People[0].Needs, p.People[1].Needs = []string{}, []string{} },
	"no room for anybody":       func(p *model.Problem) { p.Venues[0].Capacity = 0 },
	"a unit that spares nobody": func(p *model.Problem) { p.Units[0].MaxAway = new(0) },
	"a leader without seminars": func(p *model.Problem) { p.People[2].Leads.MaxTotal = new(0) },
}

func TestOddProblemsArePlanned(t *testing.T) {
	for name, change := range oddProblems {
		p := small()
		change(p)
		judge(t, p, solve(t, p, scheduler.Options{Iterations: 1000}), name)
	}
}

func TestAPlanIsNeverWorseThanItsStart(t *testing.T) {
	for seed := range uint64(60) {
		p := randomProblem(seed)
		start := solve(t, p, scheduler.Options{Seed: seed, Iterations: 3000})
		again := solve(t, p, scheduler.Options{Seed: seed + 1, Iterations: 500, Start: start})
		if start.Cost.Less(again.Cost) {
			t.Errorf("problem %d: from %d unmet, %d total to %d unmet, %d total", seed, start.Cost.Unmet, start.Cost.Total, again.Cost.Unmet, again.Cost.Total)
		}
	}
}

func TestACancelledRunReturnsAValidPlan(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for seed := range uint64(20) {
		p := randomProblem(seed)
		result, err := scheduler.Solve(ctx, p, scheduler.Options{})
		if err != nil {
			t.Fatalf("problem %d: %v", seed, err)
		}
		judge(t, p, result.Plan, "cancelled "+itoa(seed))
	}
}

func TestARunEndsWhenItsTimeIsUp(t *testing.T) {
	var looks atomic.Int64
	result, err := scheduler.Solve(context.Background(), randomProblem(16), scheduler.Options{
		Time:    5 * time.Second,
		Elapsed: func() time.Duration { return time.Duration(looks.Add(int64(time.Millisecond))) },
	})
	if err != nil || result.Iterations == 0 {
		t.Errorf("iterations = %d, error %v; want some and none", result.Iterations, err)
	}
}

func TestTimeNeedsAWatch(t *testing.T) {
	if _, err := scheduler.Solve(context.Background(), small(), scheduler.Options{Time: time.Second}); err == nil {
		t.Error("Solve took a Time without an Elapsed")
	}
}

func TestProgressTellsEveryStage(t *testing.T) {
	var stages []string
	var at atomic.Int64
	solve(t, small(), scheduler.Options{Iterations: 1000,
		Elapsed: func() time.Duration { return time.Duration(at.Add(int64(100 * time.Millisecond))) },
		OnProgress: func(p scheduler.Progress) {
			if len(stages) == 0 || stages[len(stages)-1] != p.Stage {
				stages = append(stages, p.Stage)
			}
		}})
	if want := []string{"compile", "construct", "bound", "improve", "done"}; !slices.Equal(stages, want) {
		t.Errorf("stages = %v, want %v", stages, want)
	}
}

func TestNothingNewStartsBeforeNotBefore(t *testing.T) {
	p := small()
	p.Slots = append(p.Slots, slotAt("t1", monday.AddDate(0, 0, 7)))
	plan := solve(t, p, scheduler.Options{Iterations: 3000, NotBefore: monday.Add(time.Hour)})
	judge(t, p, plan, "not before")
	if len(plan.Seminars) != 1 || plan.Seminars[0].Slot != "t1" {
		t.Errorf("seminars = %+v, want one in t1", plan.Seminars)
	}
}

// The contract's vectors: at least as good as the valid plan given with them.
func TestTheVectorsAreBeaten(t *testing.T) {
	var p model.Problem
	var given model.Plan
	for name, into := range map[string]any{"problem.json": &p, "plan-valid.json": &given} {
		data, err := os.ReadFile("check/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
	}
	plan := solve(t, &p, scheduler.Options{Seed: 1, Iterations: 30_000})
	judge(t, &p, plan, "vectors")
	if given.Cost.Less(plan.Cost) {
		t.Errorf("cost = %d unmet, %d total; the vectors' own plan has %d, %d", plan.Cost.Unmet, plan.Cost.Total, given.Cost.Unmet, given.Cost.Total)
	}
}

// The demonstration region at a tenth of its size: everybody gets everything.
func TestTheDemonstrationIsMetInFull(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 400})
	plan := solve(t, p, scheduler.Options{Seed: 1, Iterations: 120_000})
	judge(t, p, plan, "demonstration")
	if plan.Cost.Unmet != 0 {
		t.Errorf("unmet = %d, want 0", plan.Cost.Unmet)
	}
	if gap := float64(plan.Cost.Total-plan.Bound.Total) / float64(plan.Cost.Total); gap > 0.2 {
		t.Errorf("total %d is %.0f %% above the bound %d", plan.Cost.Total, 100*gap, plan.Bound.Total)
	}
}

func itoa(n uint64) string { b, _ := json.Marshal(n); return string(b) }
