package bench

import (
	"context"
	"fmt"
	"math"
	"time"

	"kaskad/model"
)

// Proof is what a solver found and proved of a problem. Optimal means that both
// of the contract's objectives are settled: no valid plan is better.
type Proof struct {
	Plan      *model.Plan // best found, judged by check; nil if none was
	Optimal   bool
	NoPlan    bool        // proven: the problem has no valid plan
	Bound     model.Bound // proven: no valid plan is better
	Processor time.Duration
	Columns   int
	Rows      int
}

// Prove has a solver look for the best plan of a problem and for a proof, with
// so much processor time in all: first for the fewest unmet needs, then for
// the least total among such plans. start is a valid plan to begin from, or nil.
func Prove(ctx context.Context, s Solver, p *model.Problem, start *model.Plan, limit time.Duration) (Proof, error) {
	m, err := Build(p)
	if err != nil {
		return Proof{}, err
	}
	proof := Proof{Columns: len(m.Columns), Rows: len(m.Rows)}
	if m.Impossible != "" {
		proof.NoPlan = true
		return proof, nil
	}
	if start != nil {
		// Priced again, so that a plan by another hand cannot claim too much.
		if start, err = m.accept(start); err != nil {
			return Proof{}, err
		}
		proof.Plan = start
	}
	if start == nil || start.Cost.Unmet > 0 {
		if err := m.improve(ctx, s, &proof, m.minimiseUnmet(), limit/2); err != nil || proof.Plan == nil || proof.NoPlan {
			return proof, err
		}
	}
	least := proof.Bound.Unmet == proof.Plan.Cost.Unmet
	err = m.improve(ctx, s, &proof, m.minimiseTotal(proof.Plan.Cost.Unmet), limit-proof.Processor)
	proof.Optimal = proof.Optimal && least
	if !least {
		// A bound on total holds only for plans that attain the least unmet.
		proof.Bound.Total = 0
	}
	return proof, err
}

func (m *MIP) accept(plan *model.Plan) (*model.Plan, error) {
	ones, err := m.Start(plan)
	if err != nil {
		return nil, err
	}
	values := make([]float64, len(m.Columns))
	for _, j := range ones {
		values[j] = 1
	}
	return m.Plan(values)
}

// improve solves one of the two programs and takes over what it shows.
func (m *MIP) improve(ctx context.Context, s Solver, proof *Proof, p *Program, limit time.Duration) error {
	var ones []int
	if proof.Plan != nil && s.TakesStart {
		var err error
		if ones, err = m.Start(proof.Plan); err != nil {
			return err
		}
	}
	answer, err := s.Solve(ctx, p, ones, limit)
	proof.Processor += answer.Processor
	if err != nil {
		return err
	}
	proof.NoPlan = answer.Infeasible && proof.Plan == nil
	if answer.Values != nil {
		found, err := m.Plan(answer.Values)
		if err != nil {
			return err
		}
		if proof.Plan == nil || found.Cost.Less(proof.Plan.Cost) {
			proof.Plan = found
		}
	}
	total := len(p.Rows) > len(m.Rows)
	reached := func() int {
		if total {
			return proof.Plan.Cost.Total
		}
		return proof.Plan.Cost.Unmet
	}
	if answer.Bounded {
		// Whole numbers only; a ten-thousandth is left to the solver's rounding.
		bound := max(0, int(math.Ceil(answer.Bound-1e-4)))
		if total {
			proof.Bound.Total = bound
		} else {
			proof.Bound.Unmet = bound
		}
		if proof.Plan != nil && bound > reached() {
			return fmt.Errorf("%s: its bound %d is above a valid plan's %d", s.Name, bound, reached())
		}
		proof.Optimal = total && proof.Plan != nil && bound == reached()
	}
	return nil
}
