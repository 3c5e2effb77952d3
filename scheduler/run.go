package scheduler

import (
	"context"
	"sync/atomic"
	"time"

	"kaskad/model"
)

// run is one call of Solve: its limits and what it has reported.
type run struct {
	ctx        context.Context
	options    Options
	iterations int64 // of all chains that have ended
	proof      proof
	reported   time.Duration

	proofs chan proof                  // where the bound will arrive; nil when none is awaited
	rising atomic.Pointer[model.Bound] // what of it is proved so far
	hurry  atomic.Bool                 // tells the proof to end with what it has
}

// stop: the context is cancelled or the time is up.
func (r *run) stop() bool {
	return r.ctx.Err() != nil || r.options.Time > 0 && r.options.Elapsed() >= r.options.Time
}

// inHaste: the time is up, or others will see to the last few who are left.
func (r *run) inHaste() bool { return r.options.rough || r.stop() }

// overdue: what finishes a plan is to end too, a moment after the time is up.
func (r *run) overdue() bool {
	o := &r.options
	return r.cancelled() || o.rough || o.Time > 0 && o.Elapsed() >= o.Time+min(o.Time/finishShare, finishMost)
}

// How long finishing a plan may last beyond the time of the run.
const (
	finishShare = 20
	finishMost  = time.Second
)

// enough: construction is to end. A region's is not cut short by time: without
// a first plan of every region there would be nothing to show for the rest.
func (r *run) enough() bool {
	if r.options.inPart {
		return r.cancelled()
	}
	return r.stop()
}

// cancelled: the caller waits for an answer now.
func (r *run) cancelled() bool { return r.ctx.Err() != nil }

func (r *run) elapsed() time.Duration {
	if r.options.Elapsed == nil {
		return 0
	}
	return r.options.Elapsed()
}

// costBefore is what a part of a larger run starts from.
func (r *run) costBefore(st *state) (cost model.Cost) {
	if r.options.inPart {
		cost = st.recount()
	}
	return cost
}

// improveAll improves a large programme region by region, any other whole.
func (r *run) improveAll(st *state, large *quilt) *state {
	if large != nil {
		return large.improve(st)
	}
	return r.improve(st)
}

// report tells the caller where the run stands; st may be nil.
func (r *run) report(stage string, st *state) {
	if r.options.OnProgress == nil {
		return
	}
	var cost model.Cost
	if st != nil {
		cost = st.recount()
	}
	r.tell(stage, cost, r.iterations)
}

// tell reports a cost that the caller has counted.
func (r *run) tell(stage string, cost model.Cost, iterations int64) {
	if r.options.OnProgress == nil {
		return
	}
	r.takeProof()
	r.reported = r.elapsed()
	r.options.OnProgress(Progress{Stage: stage, Elapsed: r.reported, Iterations: iterations, Cost: cost, Bound: r.proof.bound})
}

// proveBeside starts proving the bound beside the planning, with so many hands. A part
// of a larger run needs no bound.
func (r *run) proveBeside(c *compiled, hands int) {
	if r.options.inPart {
		return
	}
	r.proofs = make(chan proof, 1)
	proofs, e := r.proofs, effort{
		hands: hands,
		stop:  func() bool { return r.hurry.Load() || r.ctx.Err() != nil },
		rise:  func(b model.Bound) { r.rising.Store(&b) },
	}
	if began := r.elapsed(); r.options.Time > 0 && r.options.Iterations == 0 {
		spell := max(1, proofShare*float64(r.options.Time-began))
		e.share = func() float64 { return float64(r.elapsed()-began) / spell }
	}
	go func() { proofs <- c.prove(e) }()
}

// proofShare is the share of the time that the proof plans with.
const proofShare = 0.9

// takeProof takes in the bound if it has arrived, or how far it has risen.
func (r *run) takeProof() {
	select {
	case r.proof = <-r.proofs:
		r.proofs = nil
	default:
		if b := r.rising.Load(); b != nil && r.proofs != nil {
			r.proof.bound = *b
		}
	}
}

// finishProof waits for the bound. A run that time has ended hurries it; one
// limited by iterations waits to the end, so that its bound can be repeated.
func (r *run) finishProof() {
	if r.proofs == nil {
		return
	}
	if r.stop() {
		r.hurry.Store(true)
	}
	r.proof = <-r.proofs
	r.proofs = nil
}

// remember copies st to best if it is better, and returns what best is worth.
// In a large programme some seminar is nearly always a person short; then what
// is left when such seminars are given up is compared, on spare.
func remember(st, best, spare *state, at standing) standing {
	now := st.standing()
	if now.short > 0 && at.short == 0 {
		now.short = 0
		if !now.better(at) {
			return at
		}
		spare.copyFrom(st)
		spare.repair()
		st, now = spare, spare.standing()
	}
	if !now.better(at) {
		return at
	}
	best.copyFrom(st)
	return now
}
