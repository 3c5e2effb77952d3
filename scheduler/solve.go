package scheduler

import (
	"context"
	"errors"
	"time"

	"kaskad/model"
	"kaskad/scheduler/certificate"
)

// Options bound a run. At least one of Iterations, Time or ctx ends it.
type Options struct {
	Seed       uint64
	Iterations int64                // improvement moves that each of the two chains evaluates; 0 = no limit
	Time       time.Duration        // wall-clock budget, measured with Elapsed; 0 = no limit. Regions of a large programme get a first plan even beyond it.
	Elapsed    func() time.Duration // time since the start: the package reads no clock. Asked from several goroutines. Nil only when Time is 0.
	Start      *model.Plan          // warm start; Problem.Published is used otherwise when present
	NotBefore  time.Time            // new and moved seminars start at or after it; zero: any slot will do
	// Locks say what may not change of seminars, by their ids in the published
	// plan, or in Start when nothing is published. A lock that cannot be kept,
	// as when a locked leader is ill, gives way only as far as the rules force it.
	Locks      map[string]model.Lock
	OnProgress func(Progress) // called a few times a second at most, from one goroutine, and at every stage change

	regionPeople int // of a region of a large programme, about; 0: as usual

	// Of a part of a larger run, which needs no bound.
	inPart  bool
	alone   bool     // no other part is planned at the same time
	rough   bool     // the plan is only begun: others will go on with it
	heat    float64  // share of the usual temperature to begin with; 0: all of it
	sectors [][]bool // by tier: those that have people in it anywhere
	round   uint64   // tells the seeds of parts apart
}

// Progress is where a run stands: the stage it is in and the best plan so far.
type Progress struct {
	Stage      string // "compile", "construct", "bound", "improve" or "done"
	Elapsed    time.Duration
	Iterations int64
	Cost       model.Cost
	Bound      model.Bound
}

// Result is the best plan found, valid whenever the problem's fixed and frozen
// seminars allow a valid plan at all, how many moves it took, and what proves
// its bound.
type Result struct {
	Plan        *model.Plan
	Iterations  int64
	Shares      []Share                  // where the gap sits; nil for a part of a larger run
	Certificate *certificate.Certificate // nil for a part of a larger run

	before model.Cost // of a part: what it started from
}

// Solve plans the cascade. Cancelling ctx ends the run with the best plan so
// far and no error; needs that cannot be met are listed in Plan.Unmet, each
// with its reason. The only errors are options without an Elapsed where one is
// needed and problems whose references lead nowhere.
//
// The same problem, seed and Iterations give the same plan, byte for byte, as
// long as Time and ctx do not cut the run short.
func Solve(ctx context.Context, p *model.Problem, o Options) (*Result, error) {
	if o.Time > 0 && o.Elapsed == nil {
		return nil, errors.New("scheduler: Options.Time needs Options.Elapsed")
	}
	run := &run{ctx: ctx, options: o}
	run.report("compile", nil)
	c, names, err := compile(p, o.NotBefore)
	if err != nil {
		return nil, err
	}
	c.countSectors(o.sectors)
	c.compileLocks(referencePlan(p, o), o.Locks, names)
	kept := newKnown()
	st := newState(c)
	st.pin(names, kept)
	start := startPlan(p, o)
	if start != nil {
		st.load(start, names, kept)
	}
	before := run.costBefore(st)
	run.report("construct", st)
	large := run.newQuilt(c, names, kept)
	run.proveBeside(c, large.hands())
	if large != nil {
		st = large.begin(st, start == nil)
	} else {
		st.construct(run.enough)
		st.rescue(run.inHaste)
	}
	run.report("bound", st)
	run.report("improve", st)
	best := run.improveAll(st, large)
	best.repair()
	best.rescue(run.overdue)
	run.finishProof()
	run.report("done", best)
	plan := best.plan(names, kept)
	plan.Bound = run.proof.bound
	return &Result{Plan: plan, Iterations: run.iterations, Shares: run.proof.shares(plan.Cost), Certificate: run.proof.certificate, before: before}, nil
}

// referencePlan is the plan that locks were set on.
func referencePlan(p *model.Problem, o Options) *model.Plan {
	if p.Published != nil {
		return p.Published
	}
	return o.Start
}

func startPlan(p *model.Problem, o Options) *model.Plan {
	if o.Start != nil {
		return o.Start
	}
	return p.Published
}
