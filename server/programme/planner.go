package programme

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// Planner runs the scheduler on the programme as it stands, one run at a time.
// The plan of a run that has ended waits until somebody uses it as the draft;
// the programme's very first plan becomes the draft by itself.
type Planner struct {
	service *Service

	use    sync.Mutex // held while a plan becomes the draft, which takes as long as the store does
	mu     sync.Mutex
	run    *Run // the present or last run; nil before the first
	plan   *model.Plan
	base   uint64 // the State's Seq the run began with
	cancel context.CancelFunc
	done   chan struct{}
	watch  map[chan struct{}]bool
}

// Run is a planner run as it looks at one moment.
type Run struct {
	Started  time.Time
	Limit    time.Duration
	Progress scheduler.Progress
	Curve    []Point // cost over time, at most maxPoints
	Stopping bool    // asked to stop before its time
	Finished bool
	Plan     *model.Plan // what it came to; nil until it has ended
	Used     bool        // its plan is the draft
	Fill     bool        // only what the draft leaves without a place is planned
	Trial    string      // name of the scenario its plan is kept as; "" for a run that makes a draft
	Kept     string      // id of that scenario, once it is kept
	Error    string      // why no plan came of it; "" if one did
}

// Point is one point of a run's cost curve.
type Point struct {
	Elapsed      time.Duration
	Unmet, Total int
	Bound        int
}

// maxPoints bounds a curve: when it is full every second point goes.
const maxPoints = 240

func newPlanner(s *Service) *Planner {
	return &Planner{service: s, watch: map[chan struct{}]bool{}}
}

// Start begins a run of at most limit. Conflict if one is under way.
func (p *Planner) Start(limit time.Duration, seed uint64) error {
	state := p.service.State()
	if state.Roster == nil {
		return model.Errorf(model.NotFound, "error.no-programme", "no programme is loaded yet")
	}
	return p.begin(state, limit, seed, task{})
}

// begin starts a run.
func (p *Planner) begin(state *model.State, limit time.Duration, seed uint64, what task) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy() {
		return model.Errorf(model.Conflict, "error.planner-busy", "the planner is at work already")
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.run = &Run{Started: p.service.Now(), Limit: limit}
	p.run.Fill = what.fill
	if what.trial != nil {
		p.run.Trial = what.trial.Name
	}
	p.plan, p.base, p.cancel, p.done = nil, state.Seq, cancel, make(chan struct{})
	go p.work(ctx, state, limit, seed, what)
	return nil
}

// busy tells whether a run has not come to its very end; the caller holds the lock.
func (p *Planner) busy() bool {
	if p.done == nil {
		return false
	}
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Stop ends the run and returns when its best plan so far waits to be used, or
// is the draft already.
func (p *Planner) Stop() {
	p.mu.Lock()
	if !p.busy() {
		p.mu.Unlock()
		return
	}
	p.run.Stopping = !p.run.Finished
	p.cancel()
	done := p.done
	p.tell()
	p.mu.Unlock()
	<-done
}

// Use makes the last run's plan the draft, and stops the run first if it is
// under way. Conflict when there is no plan to use.
func (p *Planner) Use(ctx context.Context, by model.Actor) error {
	p.Stop()
	return p.keep(ctx, by)
}

// keep makes the plan at hand the draft.
func (p *Planner) keep(ctx context.Context, by model.Actor) error {
	p.use.Lock()
	defer p.use.Unlock()
	p.mu.Lock()
	run, plan, base := p.run, p.plan, p.base
	if plan == nil || run.Used || run.Trial != "" {
		p.mu.Unlock()
		return model.Errorf(model.Conflict, "error.no-plan", "there is no new plan to use")
	}
	seconds := int(run.Progress.Elapsed.Seconds() + 0.5)
	p.mu.Unlock()
	_, err := p.service.Do(ctx, by, model.SaveDraft{Plan: plan, Base: base, Seconds: seconds})
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	run.Used = true
	p.tell()
	return nil
}

// Current is the present or last run; ok is false before the first.
func (p *Planner) Current() (run Run, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.run == nil {
		return Run{}, false
	}
	run = *p.run
	run.Curve = append([]Point(nil), p.run.Curve...)
	return run, true
}

// Watch returns a channel that gets a token when the run has news, and a
// function to call when no longer interested. A watcher that is slow misses
// tokens, never holds up the planner.
func (p *Planner) Watch() (news <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	p.mu.Lock()
	p.watch[ch] = true
	p.mu.Unlock()
	return ch, func() {
		p.mu.Lock()
		delete(p.watch, ch)
		p.mu.Unlock()
	}
}

func (p *Planner) work(ctx context.Context, state *model.State, limit time.Duration, seed uint64, what task) {
	defer close(p.done)
	defer p.cancel()
	began := p.service.Now()
	elapsed := func() time.Duration { return p.service.Now().Sub(began) }
	plan, err := p.solve(ctx, state, what, scheduler.Options{Seed: seed, Time: limit, Elapsed: elapsed, NotBefore: began, OnProgress: p.progress})
	p.finish(plan, elapsed(), err)
	if err == nil && what.trial != nil {
		p.keepTrial(what.trial)
		return
	}
	if err == nil && p.service.State().Draft == nil {
		if err := p.keep(context.Background(), model.System); err != nil {
			p.service.log.Error("first plan not kept", "error", err)
		}
	}
}

func (p *Planner) finish(plan *model.Plan, took time.Duration, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan, p.run.Plan, p.run.Finished = plan, plan, true
	p.run.Progress.Elapsed = took
	if err != nil {
		p.run.Error = err.Error()
		p.service.log.Error("planner run failed", "error", err)
	} else {
		p.run.Progress.Cost, p.run.Progress.Bound = plan.Cost, plan.Bound
		p.service.log.Info("planner run done", "seconds", took.Seconds(), "unmet", plan.Cost.Unmet, "total", plan.Cost.Total)
	}
	p.tell()
}

// solve keeps a fault of the planner from ending the server: the run fails,
// the rest of the programme goes on.
func (p *Planner) solve(ctx context.Context, state *model.State, what task, o scheduler.Options) (plan *model.Plan, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the planner broke down: %v", r)
			p.service.log.Error("planner panic", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	problem := state.PlanningProblem(p.service.Now())
	if what.trial != nil {
		problem, o.Start = problem.With(what.trial.Settings), trialStart(state)
	}
	if what.fill {
		return solveFill(ctx, state, problem, o)
	}
	o.Locks = state.Locks
	if problem.Published != nil && o.Start == nil {
		// What circumstances have broken is mended first: a start that breaks
		// rules would be taken apart further than it must be.
		if mended, err := scheduler.Repair(ctx, problem, p.service.repairOptions(state, o.NotBefore)); err == nil {
			o.Start = mended.Plan
		}
	}
	result, err := scheduler.Solve(ctx, problem, o)
	if err != nil {
		return nil, err
	}
	return result.Plan, nil
}

func (p *Planner) progress(now scheduler.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run.Progress = now
	if now.Cost.Total == 0 && now.Cost.Unmet == 0 {
		p.tell() // no plan yet
		return
	}
	p.run.Curve = append(p.run.Curve, Point{now.Elapsed, now.Cost.Unmet, now.Cost.Total, now.Bound.Total})
	if len(p.run.Curve) > maxPoints {
		thin := p.run.Curve[:0]
		for i := 0; i < len(p.run.Curve); i += 2 {
			thin = append(thin, p.run.Curve[i])
		}
		p.run.Curve = thin
	}
	p.tell()
}

// tell wakes the watchers; the caller holds the lock.
func (p *Planner) tell() {
	for ch := range p.watch {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}
