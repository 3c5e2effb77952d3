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
// A run that ends by itself, or is taken, becomes the draft.
type Planner struct {
	service *Service

	mu      sync.Mutex
	run     *Run // the present or last run; nil before the first
	cancel  context.CancelFunc
	done    chan struct{}
	discard bool
	watch   map[chan struct{}]bool
}

// Run is a planner run as it looks at one moment.
type Run struct {
	Started   time.Time
	Limit     time.Duration
	Progress  scheduler.Progress
	Curve     []Point // cost over time, at most maxPoints
	Finished  bool
	Discarded bool
	Error     string // why no plan came of it; "" if one did
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
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running() {
		return model.Errorf(model.Conflict, "error.planner-busy", "the planner is at work already")
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.run = &Run{Started: p.service.Now(), Limit: limit}
	p.cancel, p.done, p.discard = cancel, make(chan struct{}), false
	go p.work(ctx, state, limit, seed)
	return nil
}

func (p *Planner) running() bool { return p.run != nil && !p.run.Finished }

// Take stops the run and keeps the best plan so far as the draft. It returns
// when the draft is saved, or at once when nothing is under way.
func (p *Planner) Take() { p.stop(false) }

// Discard stops the run and keeps nothing of it.
func (p *Planner) Discard() { p.stop(true) }

func (p *Planner) stop(discard bool) {
	p.mu.Lock()
	if !p.running() {
		p.mu.Unlock()
		return
	}
	p.discard = discard
	p.cancel()
	done := p.done
	p.mu.Unlock()
	<-done
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

// Close stops a run without keeping it and waits for it to end.
func (p *Planner) Close() { p.Discard() }

func (p *Planner) work(ctx context.Context, state *model.State, limit time.Duration, seed uint64) {
	defer close(p.done)
	defer p.cancel()
	began := p.service.Now()
	elapsed := func() time.Duration { return p.service.Now().Sub(began) }
	plan, err := p.solve(ctx, state, scheduler.Options{Seed: seed, Time: limit, Elapsed: elapsed, OnProgress: p.progress})
	p.mu.Lock()
	discard := p.discard
	p.mu.Unlock()
	if err == nil && !discard {
		// The run may outlive the request that stopped it, and must not lose its plan with it.
		_, err = p.service.Do(context.Background(), model.System,
			model.SaveDraft{Plan: plan, Base: state.Seq, Seconds: int(elapsed().Seconds() + 0.5)})
	}
	p.mu.Lock()
	p.run.Finished, p.run.Discarded = true, discard
	if err != nil {
		p.run.Error = err.Error()
		p.service.log.Error("planner run failed", "error", err)
	} else if !discard {
		p.service.log.Info("planner run done", "seconds", elapsed().Seconds(), "unmet", plan.Cost.Unmet, "total", plan.Cost.Total)
	}
	p.tell()
	p.mu.Unlock()
}

// solve keeps a fault of the planner from ending the server: the run fails,
// the rest of the programme goes on.
func (p *Planner) solve(ctx context.Context, state *model.State, o scheduler.Options) (plan *model.Plan, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the planner broke down: %v", r)
			p.service.log.Error("planner panic", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	result, err := scheduler.Solve(ctx, state.PlanningProblem(p.service.Now()), o)
	if err != nil {
		return nil, err
	}
	return result.Plan, nil
}

func (p *Planner) progress(now scheduler.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run.Progress = now
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
