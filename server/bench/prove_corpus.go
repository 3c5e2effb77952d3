package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
)

// CorpusOptions say how to prove the corpus again.
type CorpusOptions struct {
	Solver Solver
	Folder string        // of index.json
	Only   []string      // names; empty: all
	Limit  time.Duration // processor time for each problem
	Write  bool          // store problems, plans and index, instead of comparing with the index
}

// Corpus proves the optimum of every problem again, and says where the index
// has another. A problem not settled in the time keeps its line of the index.
func Corpus(ctx context.Context, w io.Writer, o CorpusOptions) error {
	version, err := o.Solver.Version(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", o.Solver.Name, err)
	}
	fmt.Fprintf(w, "%s, at most %.0f s each\n", version, o.Limit.Seconds())
	lib := library{o.Folder}
	known, err := lib.index()
	if err != nil && !o.Write {
		return err
	}
	t := newTable(w, column{"problem", -24}, column{"people", 6}, column{"columns", 7}, column{"rows", 7}, column{"engine", 12}, column{"proven", 12}, column{"cpu s", 7}, column{"", -1})
	differ := 0
	var all []Optimum
	for _, e := range corpus.All() {
		at := slices.IndexFunc(known, func(k Optimum) bool { return k.Name == e.Name })
		if len(o.Only) > 0 && !slices.Contains(o.Only, e.Name) {
			if at >= 0 {
				all = append(all, known[at])
			}
			continue
		}
		start, err := engineStart(ctx, e.Problem)
		if err != nil {
			return err
		}
		proof, err := Prove(ctx, o.Solver, e.Problem, start, o.Limit)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		now, remark := optimumOf(e, proof, version), ""
		switch {
		case !proof.Optimal && !proof.NoPlan:
			remark = fmt.Sprintf("not settled: the bound is %d %d", proof.Bound.Unmet, proof.Bound.Total)
			if at >= 0 {
				all = append(all, known[at])
			}
		case !o.Write && (at < 0 || known[at].Unmet != now.Unmet || known[at].Total != now.Total || known[at].NoPlan != now.NoPlan):
			remark = "the index has another"
			differ++
		default:
			all = append(all, now)
			if o.Write {
				if err := lib.store(e, proof.Plan); err != nil {
					return err
				}
			}
		}
		if start != nil && proof.Plan != nil && proof.Plan.Cost.Less(start.Cost) {
			remark += " the engine misses it"
		}
		t.row(e.Name, len(e.Problem.People), proof.Columns, proof.Rows, cost(start), cost(proof.Plan), fmt.Sprintf("%.1f", proof.Processor.Seconds()), remark)
	}
	if differ > 0 {
		return fmt.Errorf("%d problems have another optimum than index.json says", differ)
	}
	if o.Write {
		return lib.storeIndex(all)
	}
	return nil
}

// cost is a plan's two numbers, or a dash.
func cost(plan *model.Plan) string {
	if plan == nil {
		return "-"
	}
	return fmt.Sprintf("%d %d", plan.Cost.Unmet, plan.Cost.Total)
}

// engineStart is the engine's plan after a short fixed run; nil if that is not valid.
func engineStart(ctx context.Context, p *model.Problem) (*model.Plan, error) {
	result, err := scheduler.Solve(ctx, p, scheduler.Options{Seed: 1, Iterations: 400_000})
	if err != nil {
		return nil, err
	}
	if report := check.Check(p, result.Plan); report.Valid {
		result.Plan.Cost = report.Cost
		return result.Plan, nil
	}
	return nil, nil
}
