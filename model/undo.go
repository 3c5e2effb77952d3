package model

import (
	"slices"
	"time"
)

// Undo takes one edit back, or an undo: that is a redo. Edit is its id in
// State.Edits. Conflict when somebody has changed one of its seminars since, or
// the roster has lost somebody in it; refused as MoveSeminar is when the way back
// is blocked by now. A repair is taken back though what it mended breaks again.
//
// A publication is taken back as a whole: what it told people of first is
// cancelled as it is by now, claimed or answered or not.
type Undo struct {
	Edit string
	Now  time.Time
	// Untold are seats whose cancellation has not been sent, and will not be
	// before this is committed: who has them needs not be told anything.
	Untold []SeatKey
}

func (c Undo) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	e := s.EditOf(c.Edit)
	if e == nil {
		return Decision{}, Errorf(NotFound, "error.no-edit", "this change is too old to be undone")
	}
	switch {
	case e.Draft != s.told:
		return Decision{}, editedSince()
	case e.Locks != nil:
		return s.undoLock(e)
	case e.Scenario != nil:
		return s.undoDrop(e)
	case e.Merge != nil:
		return s.undoMerge(e, by, c)
	}
	u := Edit{Kind: EditUndo, Undoes: e.ID, Untold: c.Untold}
	for i := range e.After {
		now := s.Seminars[e.After[i].ID]
		switch {
		case now == nil:
			return Decision{}, editedSince()
		case e.Kind == EditPublish && e.nobodyKnew(i):
			if !now.Cancelled {
				u.Before, u.After = append(u.Before, *now), append(u.After, now.takenBack())
			}
		case !sameWord(now, &e.After[i]):
			return Decision{}, editedSince()
		default:
			u.Before, u.After = append(u.Before, e.After[i]), append(u.After, e.Before[i])
		}
	}
	if len(u.After) == 0 {
		return Decision{}, editedSince()
	}
	if !s.knows(u.After) {
		return Decision{}, Errorf(Conflict, "error.edit-roster", "somebody or something in the seminar as it was is not in the register any more; plan it anew")
	}
	return s.finishEdit(u, c.Now)
}

// takenBack is a seminar that is told of no more, and may be drafted again.
func (x *PublishedSeminar) takenBack() PublishedSeminar {
	now := *x
	now.Cancelled, now.DraftID = true, ""
	return now
}

// first is the step that an undo, or an undo of one, is about in the end; the
// step itself when it is none. Nil: it is too old.
func (s *State) first(e *Edit) *Edit {
	for e != nil && e.Undoes != "" {
		e = s.EditOf(e.Undoes)
	}
	return e
}

func editedSince() *Error {
	return Errorf(Conflict, "error.edited-since", "somebody has changed the same seminar since; look at it as it is now")
}

// undoLock puts a lock back, if it is still as the edit left it.
func (s *State) undoLock(e *Edit) (Decision, error) {
	id := e.After[0].ID
	if !s.Locks[id].same(e.Locks[1]) {
		return Decision{}, editedSince()
	}
	d, err := SetLock{Seminar: id, Lock: e.Locks[0]}.decide(s, System)
	if err != nil {
		return Decision{}, err
	}
	set := d.Events[0].(LockSet)
	set.Undoes = e.ID
	return Decision{Events: []Event{set}}, nil
}

// knows tells whether the roster has everybody and everything in seminars: a
// cancelled one does not keep its people in it, and it could come back.
func (s *State) knows(list []PublishedSeminar) bool {
	plan := &Plan{Format: PlanFormat, Problem: s.Roster.Problem.Programme.ID, Seminars: []Seminar{}, Unmet: []Unmet{}}
	for i := range list {
		plan.Seminars = append(plan.Seminars, list[i].Seminar)
	}
	return planFits(s.Roster.Problem, plan) == nil
}

// EditOf finds an edit that can still be undone; nil when it is too old.
func (s *State) EditOf(id string) *Edit {
	return find(s.Edits, func(e *Edit) bool { return e.ID == id })
}

// Steps are the edits that one coordinator takes back, and does again, next;
// nil when there is none. Who undoes takes back the own last step, never
// another's; a new step ends what could be done again.
func (s *State) Steps(by string) (undo, redo *Edit) {
	var done, undone []*Edit
	take := func(from *[]*Edit, id string) bool {
		n := len(*from)
		*from = slices.DeleteFunc(*from, func(e *Edit) bool { return e.ID == id })
		return len(*from) < n
	}
	for i := range s.Edits {
		switch e := &s.Edits[i]; {
		case e.Undoes == "" && e.By == by:
			done, undone = append(done, e), nil
		case e.Undoes == "":
		case take(&done, e.Undoes):
			undone = append(undone, e)
		case take(&undone, e.Undoes):
			done = append(done, e)
		}
	}
	return last(done), last(undone)
}

func last(list []*Edit) *Edit {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// ofCircumstances are the obstacles that a repair goes round: they do not stop
// who wants the plan back as it was, broken, to mend it otherwise.
var ofCircumstances = []string{"edit.away", "edit.venue-closed", "edit.no-leader", "edit.other-module", "edit.leads-later", "edit.unit-full"}

// ofRoom are the obstacles that stop a publication from being taken back or done
// again: somebody or some room has been taken since. Other rules were not asked
// when it was published, and what it was is put back as it was.
var ofRoom = []string{"edit.busy", "edit.venue-full"}

// undoesRepair tells whether an edit takes a repair back.
func (s *State) undoesRepair(e *Edit) bool {
	times := 0
	for ; e != nil && e.Undoes != ""; times++ {
		e = s.EditOf(e.Undoes)
	}
	return e != nil && e.Kind == EditRepair && times%2 == 1
}

// Unchanged gives a command only as long as the published seminars are what its
// giver has looked at; else Conflict.
type Unchanged struct {
	Seminars []*PublishedSeminar
	Then     Command
}

func (c Unchanged) decide(s *State, by Actor) (Decision, error) {
	for _, x := range c.Seminars {
		if now := s.Seminars[x.ID]; now == nil || !sameWord(now, x) {
			return Decision{}, editedSince()
		}
	}
	return s.Decide(by, c.Then)
}
