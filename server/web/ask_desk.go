package web

import (
	"slices"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler/advise"
)

// adviser keeps the plans of one State laid out for questions, until the State
// changes or the hour turns.
type adviser struct {
	mu    sync.Mutex
	state *model.State
	hour  time.Time
	desks map[bool]*basis
}

// basis is a plan that questions are asked of, and what it is a plan of.
type basis struct {
	problem *model.Problem
	plan    *model.Plan
	desk    *advise.Desk
}

// ask lets a question be asked of what people have been told, or of the draft
// as coordinators see it. One question is answered at a time.
func (s *Server) ask(state *model.State, published bool, question func(*basis) error) error {
	a := &s.adviser
	a.mu.Lock()
	defer a.mu.Unlock()
	now := s.Programme.Now()
	if hour := now.Truncate(time.Hour); a.state != state || !a.hour.Equal(hour) {
		a.state, a.hour, a.desks = state, hour, map[bool]*basis{}
	}
	if a.desks[published] == nil {
		problem := state.PlanningProblem(now)
		b := &basis{problem: problem, plan: problem.Published}
		if !published || b.plan == nil {
			b.plan = workingPlan(state)
		}
		desk, err := advise.Open(problem, b.plan, now)
		if err != nil {
			return err
		}
		desk.Keep(state.Locks)
		b.desk = desk
		a.desks[published] = b
	}
	b := a.desks[published]
	// A desk that a question has broken down at is not used again.
	delete(a.desks, published)
	err := question(b)
	a.desks[published] = b
	return err
}

// openDesk lays a State out for questions before somebody asks one.
func (s *Server) openDesk(state *model.State, published bool) {
	_ = s.ask(state, published, func(*basis) error { return nil }) // who asks is told
}

// workingPlan is the plan as coordinators see it: the draft, and what is
// published beside it, under the ids that pages show.
func workingPlan(state *model.State) *model.Plan {
	plan := &model.Plan{Format: model.PlanFormat, Problem: state.Roster.Problem.Programme.ID, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}}
	for _, x := range state.Working() {
		if x.Standing != model.ToCancel {
			plan.Seminars = append(plan.Seminars, x.Seminar)
		}
	}
	if d := state.Draft; d != nil && !state.DraftStale() {
		plan.Unmet, plan.Bound = slices.Clone(d.Plan.Unmet), d.Plan.Bound
	}
	return plan
}
