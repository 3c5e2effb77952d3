package model

import (
	"maps"
	"slices"
)

// AsTold is the State as if people had been told of the draft too: its seminars
// stand among the published ones under their own ids, so that the same rules,
// commands and pages serve both. Nothing may be committed that was decided by it
// but through EditDraft.
func (s *State) AsTold() *State {
	told := *s
	told.told = true
	told.Seminars, told.Locks = map[string]*PublishedSeminar{}, maps.Clone(s.Locks)
	for _, x := range s.Working() {
		now := PublishedSeminar{Seminar: x.Seminar, Wave: x.Wave, DraftID: x.DraftID}
		switch {
		case x.Standing == ToCancel:
			continue
		case x.Before != nil:
			now = *x.Before
			now.Seminar = x.Seminar
		case s.Draft.Holds(x.ID):
			told.Locks[x.ID] = heldWhole
		}
		told.Seminars[now.ID] = &now
	}
	told.index()
	return &told
}

// heldWhole is the lock of a draft's seminar: there is no other.
var heldWhole = Lock{Time: true, Place: true, Leaders: true}

// OnlyDrafted tells whether a seminar is in the draft and nobody has been told of it.
func (s *State) OnlyDrafted(id string) bool {
	if s.Draft == nil {
		return false
	}
	if x := s.Seminars[id]; x != nil && !x.Cancelled {
		return false
	}
	return slices.ContainsFunc(s.Draft.Plan.Seminars, func(x Seminar) bool { return x.ID == id })
}

// Holds tells whether a seminar of the draft is locked: the next plan has it just so.
func (d *Draft) Holds(id string) bool { return d != nil && slices.Contains(d.Held, id) }

// DraftEdited changes seminars of the draft by hand.
type DraftEdited struct {
	Plan string `json:"plan"` // Ref of the plan with them
	Edit Edit   `json:"edit"`
}

// DraftLocked locks a seminar of the draft, or unlocks it.
type DraftLocked struct {
	Seminar string `json:"seminar"`
	Hold    bool   `json:"hold"`
	Undoes  string `json:"undoes,omitempty"` // the edit this takes back
}

func (DraftEdited) eventType() string { return "draft.edited" }
func (DraftLocked) eventType() string { return "draft.locked" }

// EditDraft gives a command that changes published seminars by hand to seminars
// of the draft that nobody has been told of: MoveSeminar, ChangeLeaders, SwapSlots,
// CancelSeminar (which takes it out), or the Undo of one. A SetLock of anything
// locks the whole. Refused as the command is. Cost reckons the changed plan.
type EditDraft struct {
	Then Command
	Cost func(*Problem, *Plan) Cost
}

func (c EditDraft) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if s.Draft == nil {
		return Decision{}, Errorf(NotFound, "error.no-draft", "there is no plan to publish yet")
	}
	then := c.Then
	if u, ok := then.(Unchanged); ok {
		then = u.Then
	}
	if lock, ok := then.(SetLock); ok {
		return s.decideHold(lock.Seminar, !lock.Lock.Empty(), "")
	}
	told := s.AsTold()
	if u, ok := then.(Undo); ok {
		e := s.EditOf(u.Edit)
		if e != nil && e.Locks != nil {
			return s.undoHold(e)
		}
		told.withGone(e)
	}
	d, err := told.Decide(by, c.Then)
	if err != nil {
		return Decision{}, err
	}
	edited, ok := d.Events[0].(SeminarsEdited)
	if !ok {
		return Decision{}, Errorf(Invalid, "error.draft-told", "only what nobody has been told of is changed in the draft")
	}
	e := edited.Edit
	e.Draft = true
	for i := range e.After {
		if x := s.Seminars[e.After[i].ID]; x != nil && !x.Cancelled {
			return Decision{}, Errorf(Conflict, "error.draft-told", "only what nobody has been told of is changed in the draft")
		}
	}
	plan := s.draftWith(&e)
	plan.Cost = c.Cost(s.PlanningProblem(s.Roster.Problem.Programme.FrozenUntil), plan)
	return withBlob(func(ref string) Event { return DraftEdited{Plan: ref, Edit: e} }, plan)
}

// withGone puts what an edit took out of the draft among the seminars, as gone.
func (s *State) withGone(e *Edit) {
	for i := 0; e != nil && i < len(e.After); i++ {
		if x := e.After[i]; x.Cancelled && s.Seminars[x.ID] == nil {
			s.Seminars[x.ID] = &x
		}
	}
}

// draftWith is the draft with an edit made: all that Working shows of it.
func (s *State) draftWith(e *Edit) *Plan {
	plan := *s.Draft.Plan
	plan.Seminars, plan.Unmet = nil, slices.Clone(s.Draft.Plan.Unmet)
	at := map[string]int{}
	for i := range e.After {
		at[e.After[i].ID] = i
	}
	for _, x := range s.Working() {
		if _, edited := at[x.ID]; !edited && x.Standing != ToCancel {
			plan.Seminars = append(plan.Seminars, x.Seminar)
		}
	}
	for i := range e.After {
		was, now := &e.Before[i], &e.After[i]
		if !now.Cancelled {
			plan.Seminars = append(plan.Seminars, now.Seminar)
		}
		plan.Unmet = unmetWith(plan.Unmet, was, now)
	}
	slices.SortStableFunc(plan.Seminars, func(a, b Seminar) int {
		from, _ := s.Roster.Span(&a)
		to, _ := s.Roster.Span(&b)
		return from.Compare(to)
	})
	return &plan
}

// unmetWith are the needs without a seat once a seminar has come or gone.
func unmetWith(list []Unmet, was, now *PublishedSeminar) []Unmet {
	if now.Cancelled == was.Cancelled {
		return list
	}
	for _, p := range now.Attendees {
		if now.Cancelled {
			list = append(list, Unmet{Person: p, Module: now.Module})
			continue
		}
		list = slices.DeleteFunc(list, func(u Unmet) bool { return u.Person == p && u.Module == now.Module })
	}
	return list
}

func (s *State) editDraft(e DraftEdited, by string, blobs Blobs) error {
	if err := s.saveDraft(DraftSaved{Plan: e.Plan, Base: s.Draft.Base, Seconds: s.Draft.Seconds}, blobs); err != nil {
		return err
	}
	s.Edited++
	s.remember(e.Edit, by)
	return nil
}

// decideHold locks or unlocks a seminar of the draft.
func (s *State) decideHold(id string, hold bool, undoes string) (Decision, error) {
	switch {
	case !s.OnlyDrafted(id):
		return Decision{}, Errorf(NotFound, "error.no-seminar", "there is no seminar %s", SeminarID(id))
	case s.Draft.Holds(id) == hold:
		return Decision{}, Errorf(Conflict, "error.no-change", "nothing would change")
	}
	return Decision{Events: []Event{DraftLocked{Seminar: id, Hold: hold, Undoes: undoes}}}, nil
}

// undoHold puts the lock of a draft's seminar back.
func (s *State) undoHold(e *Edit) (Decision, error) {
	id, was := e.After[0].ID, e.Locks[0]
	if !s.OnlyDrafted(id) || s.Draft.Holds(id) == !was.Empty() {
		return Decision{}, editedSince()
	}
	return s.decideHold(id, !was.Empty(), e.ID)
}

func (s *State) holdDraft(e DraftLocked, by string) {
	i := slices.IndexFunc(s.Draft.Plan.Seminars, func(x Seminar) bool { return x.ID == e.Seminar })
	if i < 0 {
		return // no such seminar: nothing to hold
	}
	x := PublishedSeminar{Seminar: s.Draft.Plan.Seminars[i]}
	step := Edit{ID: lockID(s.Seq), Kind: EditLock, Draft: true, Before: []PublishedSeminar{x}, After: []PublishedSeminar{x}, Undoes: e.Undoes, Locks: &[2]Lock{{}, heldWhole}}
	draft := *s.Draft
	draft.Held = slices.DeleteFunc(slices.Clone(draft.Held), func(id string) bool { return id == e.Seminar })
	if e.Hold {
		draft.Held = append(draft.Held, e.Seminar)
		slices.Sort(draft.Held)
	} else {
		step.Locks = &[2]Lock{heldWhole, {}}
	}
	if e.Undoes != "" {
		step.Kind = EditUndo
	}
	s.Draft = &draft
	s.remember(step, by)
}

// heldIn are the locked seminars of the present draft that another plan has just so.
func (s *State) heldIn(plan *Plan) (list []string) {
	for _, was := range s.heldSeminars() {
		if now := find(plan.Seminars, func(x *Seminar) bool { return x.ID == was.ID }); now != nil && sameSeminar(now, &was) {
			list = append(list, was.ID)
		}
	}
	return list
}

// heldSeminars are the seminars that the next plan must have just as the draft has
// them. Of a draft that no longer fits what has happened there are none.
func (s *State) heldSeminars() (list []Seminar) {
	if s.Draft == nil || len(s.Draft.Held) == 0 {
		return nil
	}
	for _, x := range s.Draft.Plan.Seminars {
		if s.Draft.Holds(x.ID) && s.OnlyDrafted(x.ID) && !s.IsPaused(s.Roster.WaveOf(&x)) {
			list = append(list, x)
		}
	}
	return list
}
