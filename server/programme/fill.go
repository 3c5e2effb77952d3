package programme

import (
	"context"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// Fill begins a run of at most limit that plans only what the draft leaves
// without a place, as after a programme has been lengthened: nobody's time in the
// draft changes, and a venue or leader only where somebody would else be left
// out. NotFound without a draft; Conflict when the draft no longer fits what has
// been published or has happened, or when a run is under way.
func (p *Planner) Fill(limit time.Duration, seed uint64) error {
	state := p.service.State()
	switch {
	case state.Roster == nil || state.Draft == nil:
		return model.Errorf(model.NotFound, "error.no-draft", "there is no plan to publish yet")
	case !state.DraftCurrent():
		return model.Errorf(model.Conflict, "error.draft-stale", "published seminars have changed since this plan was made; run the planner again")
	}
	return p.begin(state, limit, seed, task{fill: true})
}

// dear is the price, in minutes, of changing a drafted seminar's venue or leader
// in a run that fills: more than it could save.
const dear = 10_000

// solveFill asks for a plan as if people had been told of the whole draft and
// nobody may be moved (H13). The plan's cost is counted by the problem itself;
// nothing is proven about it.
func solveFill(ctx context.Context, state *model.State, problem *model.Problem, o scheduler.Options) (*model.Plan, error) {
	nobody, price := 0, dear
	asked := *problem
	asked.Published = state.AsPublished(state.Draft.Plan, state.Draft.Ref)
	asked.Programme.MaxMoved = &nobody
	asked.Programme.Weights.MovedVenue, asked.Programme.Weights.MovedLeader = &price, &price
	o.Start, o.Locks = asked.Published, state.Locks
	result, err := scheduler.Solve(ctx, &asked, o)
	if err != nil {
		return nil, err
	}
	plan := result.Plan
	plan.Cost, plan.Bound = check.Check(problem, plan).Cost, model.Bound{}
	return plan, nil
}
