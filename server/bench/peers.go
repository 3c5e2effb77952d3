package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
	"kaskad/server/demo"
)

// PeersOptions say what Peers compares on and how long each may work.
type PeersOptions struct {
	Staff  []int         // sizes of the demonstration, beside problems of the corpus
	Corpus []string      // names of problems of the corpus
	Limit  time.Duration // processor time for each problem and solver
}

// Peers hands the same problems to Kaskad and to general solvers, with the same
// processor time and one thread each, and prints what check says of the plans.
// Solvers get the whole contract as a linear program, once from nothing and, if
// they take a start, once from Kaskad's plan. Where that is too large they get the
// part that lies at the times and places of Kaskad's plan: who comes and who
// leads is theirs to decide, and their plan is judged in the whole.
func Peers(ctx context.Context, w io.Writer, o PeersOptions) error {
	fmt.Fprintf(w, "at most %.0f s of processor time each, one thread\n", o.Limit.Seconds())
	t := newTable(w, column{"problem", -24}, column{"solver", -36}, column{"cpu s", 7}, column{"unmet", 6}, column{"total", 8}, column{"proven", 12}, column{"what it could not do", -20})
	for _, e := range o.problems() {
		ours, err := kaskadRow(ctx, t, e, o.Limit)
		if err != nil {
			return err
		}
		for _, s := range Solvers {
			peerRow(ctx, t, e, s, ours, nil, o.Limit)
			if s.TakesStart && ours != nil {
				peerRow(ctx, t, e, s, ours, ours, o.Limit)
			}
		}
	}
	return nil
}

func (o PeersOptions) problems() []corpus.Entry {
	var list []corpus.Entry
	for _, e := range corpus.All() {
		for _, name := range o.Corpus {
			if e.Name == name {
				list = append(list, e)
			}
		}
	}
	for _, n := range o.Staff {
		p, _ := demo.Direkt(demo.Options{Staff: n})
		list = append(list, corpus.Entry{Name: fmt.Sprintf("direkt-%d", n), Problem: p})
	}
	return list
}

// kaskadRow runs the engine and returns its plan if that is valid.
func kaskadRow(ctx context.Context, t *table, e corpus.Entry, limit time.Duration) (*model.Plan, error) {
	began, _ := processUse()
	m, err := measure(ctx, e.Problem, 1, limit, processorTime(began))
	if err != nil {
		return nil, err
	}
	used, _ := processUse()
	remark := "prove more than its bound"
	if m.cost.Unmet == m.plan.Bound.Unmet && m.cost.Total == m.plan.Bound.Total {
		remark = ""
	}
	if !m.valid {
		remark = "make a valid plan"
	}
	t.row(e.Name, "kaskad", fmt.Sprintf("%.1f", used-began), m.cost.Unmet, m.cost.Total, bound(m.plan.Bound), remark)
	if !m.valid {
		return nil, nil
	}
	m.plan.Cost = m.cost
	return m.plan, nil
}

// processorTime is a stopwatch of processor time since began, or of wall time
// where the system does not tell processor time.
func processorTime(began float64) func() time.Duration {
	if began == 0 {
		return sinceNow()
	}
	return func() time.Duration {
		used, _ := processUse()
		return time.Duration((used - began) * float64(time.Second))
	}
}

// peerRow runs one solver. What fails is told in the row: a table with holes
// says more than none.
func peerRow(ctx context.Context, t *table, e corpus.Entry, s Solver, ours, start *model.Plan, limit time.Duration) {
	name, err := s.Version(ctx)
	if errors.Is(err, ErrAbsent) {
		t.row(e.Name, s.Name, "-", "-", "-", "-", "run: it is not installed here")
		return
	}
	if start != nil {
		name += " + our plan"
	}
	whole := e.Problem
	proof, err := Prove(ctx, s, whole, start, limit)
	if errors.Is(err, ErrTooLarge) && ours != nil {
		name += " on a part"
		if proof, err = Prove(ctx, s, part(whole, ours), start, limit); err == nil {
			err = inTheWhole(whole, &proof)
		}
	}
	cpu := fmt.Sprintf("%.1f", proof.Processor.Seconds())
	switch {
	case err != nil:
		t.row(e.Name, name, cpu, "-", "-", "-", err)
	case proof.NoPlan:
		t.row(e.Name, name, cpu, "-", "-", "no plan", "")
	case proof.Plan == nil:
		t.row(e.Name, name, cpu, "-", "-", bound(proof.Bound), fmt.Sprintf("find a plan (%d variables)", proof.Columns))
	default:
		remark := ""
		switch {
		case strings.HasSuffix(name, " on a part"):
			remark = fmt.Sprintf("take the whole; %d variables", proof.Columns)
		case !proof.Optimal:
			remark = fmt.Sprintf("prove more (%d variables)", proof.Columns)
		}
		t.row(e.Name, name, cpu, proof.Plan.Cost.Unmet, proof.Plan.Cost.Total, bound(proof.Bound), remark)
	}
}

// part is the problem with nothing but the times and places of a plan: every
// venue is closed in every slot in which the plan holds nothing there.
func part(p *model.Problem, plan *model.Plan) *model.Problem {
	small := *p
	held := map[[2]string]bool{}
	for _, s := range plan.Seminars {
		held[[2]string{s.Slot, s.Venue}] = true
		held[[2]string{s.Slot}], held[[2]string{"", s.Venue}] = true, true
	}
	small.Slots = slices.DeleteFunc(slices.Clone(p.Slots), func(t model.Slot) bool { return !held[[2]string{t.ID}] })
	small.Venues = slices.DeleteFunc(slices.Clone(p.Venues), func(v model.Venue) bool { return !held[[2]string{"", v.ID}] })
	for i := range small.Venues {
		v := &small.Venues[i]
		v.Closed = slices.Clone(v.Closed)
		for _, t := range small.Slots {
			if !held[[2]string{t.ID, v.ID}] {
				v.Closed = append(v.Closed, model.Interval{From: t.Start, To: t.End})
			}
		}
	}
	return &small
}

// inTheWhole judges what was found in a part; what is proved there holds there only.
func inTheWhole(p *model.Problem, proof *Proof) error {
	proof.Optimal, proof.NoPlan, proof.Bound = false, false, model.Bound{}
	if proof.Plan == nil {
		return nil
	}
	report := check.Check(p, proof.Plan)
	if !report.Valid {
		return fmt.Errorf("its plan breaks %s in the whole", report.Violations[0].Code)
	}
	proof.Plan.Cost = report.Cost
	return nil
}

func bound(b model.Bound) string { return fmt.Sprintf("%d %d", b.Unmet, b.Total) }
