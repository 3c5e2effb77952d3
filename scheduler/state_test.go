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
