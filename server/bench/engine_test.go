package bench

import (
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
)

// The engine's bound must never be above the best of all plans, nor its plan
// below, and on problems this small the plan should be the best.
func TestEngineAgainstEveryPlan(t *testing.T) {
	problems, best := 0, 0
	for seed := range *tiny {
		p := corpus.Random(uint64(seed), tinySize)
		optimal, settled := optimum(p, 1000)
		if !settled || optimal == nil {
			continue
		}
		problems++
		result, err := scheduler.Solve(t.Context(), p, scheduler.Options{Seed: 1, Iterations: 20_000})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		report := check.Check(p, result.Plan)
		if !report.Valid {
			t.Errorf("seed %d: there are valid plans, but the engine's breaks %s: %s", seed, report.Violations[0].Code, report.Violations[0].Detail)
			continue
		}
		bound := model.Cost{Unmet: result.Plan.Bound.Unmet, Total: result.Plan.Bound.Total}
		if optimal.Cost.Less(bound) {
			t.Errorf("seed %d: the bound is %d unmet, %d, but a plan has %d, %d", seed, bound.Unmet, bound.Total, optimal.Cost.Unmet, optimal.Cost.Total)
		}
		if report.Cost.Less(optimal.Cost) {
			t.Errorf("seed %d: the engine's plan is better than the best of all: %+v, %+v", seed, report.Cost, optimal.Cost)
		}
		if !optimal.Cost.Less(report.Cost) {
			best++
			continue
		}
		t.Logf("seed %d: the engine has %d unmet, %d; the best plan %d, %d", seed, report.Cost.Unmet, report.Cost.Total, optimal.Cost.Unmet, optimal.Cost.Total)
	}
	t.Logf("%d problems, %d solved to the optimum", problems, best)
	if best*100 < problems*95 {
		t.Errorf("the engine found the best plan of %d problems of %d; want at least 95 %%", best, problems)
	}
}
