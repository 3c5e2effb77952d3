package scheduler

import (
	"context"
	"time"

	"kaskad/model"
)

// run is one call of Solve: its limits and what it has reported.
type run struct {
	ctx        context.Context
	options    Options
	iterations int64
	bound      model.Bound
	reported   time.Duration
}

// stop: the context is cancelled or the time is up.
func (r *run) stop() bool {
	return r.ctx.Err() != nil || r.options.Time > 0 && r.options.Elapsed() >= r.options.Time
}

func (r *run) elapsed() time.Duration {
	if r.options.Elapsed == nil {
		return 0
	}
	return r.options.Elapsed()
}

// report tells the caller where the run stands; st may be nil.
func (r *run) report(stage string, st *state) {
	if r.options.OnProgress == nil {
		return
	}
	p := Progress{Stage: stage, Elapsed: r.elapsed(), Iterations: r.iterations, Bound: r.bound}
	if st != nil {
		p.Cost = st.recount()
	}
	r.reported = p.Elapsed
	r.options.OnProgress(p)
}

// share is how much of the run is done, 0 to 1, by the limit that was given:
// iterations if there are any, so that time only ever cuts a run short.
func (r *run) share() float64 {
	if r.options.Iterations > 0 {
		return float64(r.iterations) / float64(r.options.Iterations)
	}
	if r.options.Time > 0 {
		return float64(r.options.Elapsed()) / float64(r.options.Time)
	}
	return float64(r.iterations%openEnded) / openEnded
}

// openEnded is the length of one cooling when only ctx ends the run.
const openEnded = 50_000_000

// batch is how many moves are made between two looks at the limits: about a
// hundredth of a second.
const batch = 20_000

const (
	hot  = 15.0
	cold = 0.6
)

// improve anneals st and returns the best state met.
func (r *run) improve(st *state) *state {
	se := &search{st: st, c: st.c, r: newRNG(r.options.Seed)}
	best, at := st.clone(), st.standing()
	start := r.share()
	for !r.stop() && (r.options.Iterations == 0 || r.iterations < r.options.Iterations) {
		n := int64(batch)
		if left := r.options.Iterations - r.iterations; r.options.Iterations > 0 {
			n = min(n, left)
		}
		se.run(n, temperature(hot, cold, (r.share()-start)/max(1e-9, 1-start)))
		r.iterations += n
		if now := st.standing(); now.better(at) {
			best.copyFrom(st)
			at = now
		}
		if r.elapsed()-r.reported >= 300*time.Millisecond {
			r.report("improve", best)
		}
	}
	return best
}
