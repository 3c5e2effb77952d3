package scheduler_test

import (
	"testing"

	"kaskad/scheduler"
)

// The running total and every counter must equal a full recount after any
// sequence of moves, kept and taken back.
func TestRunningSumsEqualAFullRecount(t *testing.T) {
	for seed := range uint64(60) {
		p := randomProblem(seed)
		if seed%3 == 0 {
			if plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 500}); len(plan.Seminars) > 0 {
				republish(p, plan, seed)
			}
		}
		err := scheduler.Shake(p, seed, 1500, func(s scheduler.Shaken) {
			if s.Running != s.Recounted {
				t.Fatalf("problem %d: running total %d, recounted %d", seed, s.Running, s.Recounted)
			}
			if s.Difference != "" {
				t.Fatalf("problem %d: %s differs from a rebuilt state", seed, s.Difference)
			}
			if s.Broken != 0 && p.Published == nil {
				t.Fatalf("problem %d: a move has left %d rules broken", seed, s.Broken)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What a forecast says a change costs at least is no more than it does cost,
// mostly exactly that, and what it says cannot be cannot.
func TestForecastsAreLimitsOfThePrice(t *testing.T) {
	made, exact, refused := 0, 0, 0
	for seed := range uint64(120) {
		p := randomProblem(seed)
		if seed%3 == 0 {
			if plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 500}); len(plan.Seminars) > 0 {
				republish(p, plan, seed)
			}
		}
		err := scheduler.Foresee(p, seed, 300, func(f scheduler.Foreseen) {
			switch {
			case f.WasPossible && !f.Possible:
				t.Fatalf("problem %d: a change that can be made was said to be impossible", seed)
			case f.WasPossible && f.Forecast > f.Price:
				t.Fatalf("problem %d: a change that costs %d was said to cost at least %d", seed, f.Price, f.Forecast)
			case f.WasPossible:
				made++
				if f.Forecast == f.Price {
					exact++
				}
			case !f.Possible:
				refused++
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if made < 200 || exact*2 < made || refused < 200 {
		t.Errorf("of %d changes %d were priced exactly and %d refused; the test or the forecast is too weak", made, exact, refused)
	}
}
