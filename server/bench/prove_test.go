package bench

import (
	"errors"
	"flag"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
)

var proofs = flag.Int("proofs", 6, "how many random tiny problems to hand to each solver that is installed")

// Whatever solvers are on PATH must prove the optimum that enumeration finds.
func TestSolversProveTheEnumeratedOptimum(t *testing.T) {
	for _, s := range Solvers {
		version, err := s.Version(t.Context())
		if errors.Is(err, ErrAbsent) {
			t.Logf("%s is not installed", s.Name)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Run(s.Name, func(t *testing.T) {
			t.Log(version)
			for seed, done := uint64(0), 0; done < *proofs; seed++ {
				p := corpus.Random(seed, tinySize)
				best, settled := optimum(p, 3000)
				if !settled {
					continue
				}
				done++
				proof, err := Prove(t.Context(), s, p, nil, time.Minute)
				switch {
				case err != nil:
					t.Fatalf("seed %d: %v", seed, err)
				case best == nil && !proof.NoPlan:
					t.Errorf("seed %d: no plan is valid, yet the solver has %+v", seed, proof.Plan)
				case best != nil && (!proof.Optimal || proof.Plan.Cost != best.Cost && (proof.Plan.Cost.Total != best.Cost.Total || proof.Plan.Cost.Unmet != best.Cost.Unmet)):
					t.Errorf("seed %d: proved %+v, but the best plan is %+v", seed, proof, best.Cost)
				}
			}
		})
	}
}

// optimum is the best of all plans, nil if none is valid; not settled if there
// are too many to look at.
func optimum(p *model.Problem, most int) (best *model.Plan, settled bool) {
	settled = enumerate(p, true, most, func(plan *model.Plan) {
		report := check.Check(p, plan)
		plan.Cost = report.Cost
		if report.Valid && (best == nil || plan.Cost.Less(best.Cost)) {
			copied := *plan
			best = &copied
		}
	})
	return best, settled
}
