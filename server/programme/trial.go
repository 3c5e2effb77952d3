package programme

import (
	"context"
	"time"

	"kaskad/model"
)

// Trial is a run under settings of its own. Its plan never becomes the draft by
// itself: it is kept as a scenario when the run ends.
type Trial struct {
	Name     string
	By       model.Actor
	Settings model.Settings // Seconds is counted when the run has ended
}

// task is what a run is asked for beside the usual: a plan of everything that
// waits to be the draft.
type task struct {
	trial *Trial // keep the plan as a scenario; nil: do not
	fill  bool   // plan only what the draft leaves without a place
}

// Try begins a run of at most limit under the trial's settings. It goes on from
// the draft, if that still fits, so that what differs in the end is what the
// settings make of it. Conflict if a run is under way; an error of
// model.State.MayNameScenario if the name will not do.
func (p *Planner) Try(limit time.Duration, seed uint64, t Trial) error {
	state := p.service.State()
	if state.Roster == nil {
		return model.Errorf(model.NotFound, "error.no-programme", "no programme is loaded yet")
	}
	if err := state.MayNameScenario(t.Name); err != nil {
		return err
	}
	if err := model.Validate(state.Roster.Problem.With(t.Settings)); err != nil {
		return err
	}
	return p.begin(state, limit, seed, task{trial: &t})
}

// trialStart is the plan a trial goes on from: the draft, if it still fits what
// has been published and has happened. Nil when there is none such.
func trialStart(state *model.State) *model.Plan {
	if !state.DraftCurrent() {
		return nil
	}
	return state.AsPublished(state.Draft.Plan, state.Draft.Ref)
}

// keepTrial saves the plan at hand as the trial's scenario.
func (p *Planner) keepTrial(t *Trial) {
	p.mu.Lock()
	run, plan, base := p.run, p.plan, p.base
	t.Settings.Seconds = int(run.Progress.Elapsed.Seconds() + 0.5)
	p.mu.Unlock()
	state, err := p.service.Do(context.Background(), t.By, model.SaveScenario{Name: t.Name, Plan: plan, Base: base, Settings: t.Settings})
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		run.Error = err.Error()
		p.service.log.Error("scenario not kept", "name", t.Name, "error", err)
	} else {
		run.Kept = state.Scenarios[len(state.Scenarios)-1].ID
	}
	p.tell()
}
