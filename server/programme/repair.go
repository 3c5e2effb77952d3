package programme

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// notice is how many days people are given before a seat or a time that is new
// to them. Leaders may be asked sooner: somebody must hold what is tomorrow.
const notice = 2

// Proposal is what a repair would change of what people have been told.
type Proposal struct {
	State  *model.State // what it was made from
	Plan   *model.Plan  // of everything; what it leaves unmet is listed with reasons
	Change model.Change // the difference that publishing it makes
	Ref    string       // names the plan
	// Unlocked is the plan the same repair would make if nothing were locked;
	// nil when nothing is.
	Unlocked *model.Plan
}

// Command publishes exactly what the proposal shows.
func (p *Proposal) Command() model.PublishRepair {
	return model.PublishRepair{Plan: p.Plan, Base: p.State.Seq}
}

// proposals keeps the last proposal: everybody who looks at one State sees the
// same, worked out once.
type proposals struct {
	mu   sync.Mutex
	day  time.Time
	last *Proposal
}

// Propose mends what circumstances and edits by hand have broken, as
// scheduler.Repair does: nothing of it is published, and nothing kept. It takes
// a fraction of a second for a region.
func (s *Service) Propose(ctx context.Context) (*Proposal, error) {
	state := s.State()
	if state.Roster == nil {
		return nil, model.Errorf(model.NotFound, "error.no-programme", "no programme is loaded yet")
	}
	s.proposed.mu.Lock()
	defer s.proposed.mu.Unlock()
	day := s.earliest(state)
	if last := s.proposed.last; last != nil && last.State == state && s.proposed.day.Equal(day) {
		return last, nil
	}
	plan, err := s.mend(ctx, state, s.repairOptions(state, day))
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(plan)
	if err != nil {
		return nil, err
	}
	p := &Proposal{State: state, Plan: plan, Change: state.RepairChange(plan), Ref: model.Ref(data)}
	if len(state.Locks) > 0 {
		free := s.repairOptions(state, day)
		free.Locks = nil
		if p.Unlocked, err = s.mend(ctx, state, free); err != nil {
			return nil, err
		}
	}
	s.proposed.day, s.proposed.last = day, p
	return p, nil
}

// earliest is when something new may start: midnight some days from now, where the programme runs.
func (s *Service) earliest(state *model.State) time.Time {
	year, month, day := s.now().In(state.Roster.Zone).Date()
	return time.Date(year, month, day+notice, 0, 0, 0, 0, state.Roster.Zone)
}

// mend keeps a fault of the planner from ending the server.
func (s *Service) mend(ctx context.Context, state *model.State, o scheduler.Options) (plan *model.Plan, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the repair broke down: %v", r)
			s.log.Error("repair panic", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	result, err := scheduler.Repair(ctx, state.PlanningProblem(s.now()), o)
	if err != nil {
		return nil, err
	}
	return result.Plan, nil
}

func (s *Service) repairOptions(state *model.State, notBefore time.Time) scheduler.Options {
	return scheduler.Options{Start: state.RepairStart(), Locks: state.Locks, NotBefore: notBefore}
}
