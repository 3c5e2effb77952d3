package web

import (
	"kaskad/model"
	"kaskad/scheduler/check"
)

// Seminars of the draft that nobody has been told of are moved, led, swapped, locked
// and taken out on the same pages as published ones: those see the programme as if
// people had been told, and the command changes the draft.

// draftView is the visit to look at a seminar of the draft by; nil for a published one.
func (s *Server) draftView(v *visit, id string) *visit {
	if !v.state.OnlyDrafted(id) {
		return nil
	}
	told := *v
	told.state = v.state.AsTold()
	return &told
}

// inDraft is a command that changes the draft.
func inDraft(c model.Command) model.Command {
	return model.EditDraft{Then: c, Cost: func(p *model.Problem, plan *model.Plan) model.Cost { return check.Check(p, plan).Cost }}
}
