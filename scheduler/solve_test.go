package scheduler_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
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
	for seed := range uint64(300) {
		p := randomProblem(seed)
		judge(t, p, solve(t, p, scheduler.Options{Seed: seed, Iterations: 5000}), "problem "+itoa(seed))
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
		judge(t, p, solve(t, p, scheduler.Options{Seed: seed, Iterations: 5000}), "replan "+itoa(seed))
	}
}

func TestSameSeedAndIterationsGiveTheSameBytes(t *testing.T) {
	for seed := range uint64(10) {
		p := randomProblem(seed)
		a, _ := json.Marshal(solve(t, p, scheduler.Options{Seed: seed, Iterations: 30000}))
		b, _ := json.Marshal(solve(t, p, scheduler.Options{Seed: seed, Iterations: 30000}))
		if !bytes.Equal(a, b) {
			t.Errorf("problem %d: two runs differ", seed)
		}
	}
}

func itoa(n uint64) string { b, _ := json.Marshal(n); return string(b) }
