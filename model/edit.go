package model

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// EditKind is what a coordinator has done by hand.
type EditKind string

const (
	EditMove    EditKind = "move"
	EditLeaders EditKind = "leaders"
	EditCancel  EditKind = "cancel"
	EditSwap    EditKind = "swap"
	EditUndo    EditKind = "undo"
)

// Edit is one change of published seminars by hand, with what they were before,
// so that it can be undone.
type Edit struct {
	ID     string             `json:"id"`
	Kind   EditKind           `json:"kind"`
	At     int64              `json:"at,omitempty"` // milliseconds since 1970; set when folded
	Before []PublishedSeminar `json:"before"`
	After  []PublishedSeminar `json:"after"`            // the same seminars in the same order
	Undoes string             `json:"undoes,omitempty"` // the edit that an undo takes back; undoing an undo is redoing
}

// keptEdits is how many edits can still be undone.
const keptEdits = 50

// SeminarsEdited records an edit.
type SeminarsEdited struct {
	Edit Edit `json:"edit"`
}

func (SeminarsEdited) eventType() string { return "seminars.edited" }

// MoveSeminar gives a published seminar another slot, another venue, or both,
// with everybody in it. Slot or Venue empty: as it is. Now is the caller's
// time: nothing that has begun is moved, nor to a time that has passed. Refused
// with a *Refusal that names every rule, person and place that stands against it.
type MoveSeminar struct {
	Seminar, Slot, Venue string
	Now                  time.Time
}

func (c MoveSeminar) decide(s *State, by Actor) (Decision, error) {
	return s.decideEdit(by, EditMove, c.Now, func(x *PublishedSeminar) error {
		if c.Slot != "" {
			x.Slot = c.Slot
		}
		if c.Venue != "" {
			x.Venue = c.Venue
		}
		return s.placeExists(x)
	}, c.Seminar)
}

func (s *State) placeExists(x *PublishedSeminar) error {
	switch {
	case s.Roster.Slots[x.Slot] == nil:
		return Errorf(NotFound, "error.no-time", "there is no time %s to move to", x.Slot)
	case s.Roster.Venues[x.Venue] == nil:
		return Errorf(NotFound, "error.no-venue", "there is no venue %s", x.Venue)
	}
	return nil
}

// ChangeLeaders says who leads a published seminar from now on; fewer than the
// tier asks for leaves it open for claims. Refused as MoveSeminar is.
type ChangeLeaders struct {
	Seminar string
	Leaders []string
	Now     time.Time
}

func (c ChangeLeaders) decide(s *State, by Actor) (Decision, error) {
	return s.decideEdit(by, EditLeaders, c.Now, func(x *PublishedSeminar) error {
		if n := s.Roster.LeadersPerSeminar(x.Tier); len(c.Leaders) > n {
			return Errorf(Invalid, "error.too-many-leaders", "this seminar is led by %d at most", n)
		}
		x.Leaders = slices.Clone(c.Leaders)
		return nil
	}, c.Seminar)
}

// CancelSeminar calls a published seminar off: everybody in it gets a
// cancellation, and their needs wait for another seat.
type CancelSeminar struct {
	Seminar string
	Now     time.Time
}

func (c CancelSeminar) decide(s *State, by Actor) (Decision, error) {
	return s.decideEdit(by, EditCancel, c.Now, func(x *PublishedSeminar) error {
		x.Cancelled = true
		return nil
	}, c.Seminar)
}

// SwapSlots lets two published seminars change times with each other; venues,
// leaders and attendees stay. Refused as MoveSeminar is.
type SwapSlots struct {
	A, B string
	Now  time.Time
}

func (c SwapSlots) decide(s *State, by Actor) (Decision, error) {
	if c.A == c.B {
		return Decision{}, Errorf(Invalid, "error.swap-itself", "choose another seminar to change times with")
	}
	a, errA := s.running(c.A)
	b, errB := s.running(c.B)
	if errA != nil || errB != nil {
		return Decision{}, firstError(errA, errB)
	}
	slots := map[string]string{a.ID: b.Slot, b.ID: a.Slot}
	return s.decideEdit(by, EditSwap, c.Now, func(x *PublishedSeminar) error {
		x.Slot = slots[x.ID]
		return nil
	}, c.A, c.B)
}

func firstError(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// Undo takes one edit back, or an undo: that is a redo. Edit is its id in
// State.Edits. Conflict when somebody has changed one of its seminars since, or
// the roster has lost somebody in it;
// refused as MoveSeminar is when the way back is blocked by now.
type Undo struct {
	Edit string
	Now  time.Time
}

func (c Undo) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	e := s.EditOf(c.Edit)
	if e == nil {
		return Decision{}, Errorf(NotFound, "error.no-edit", "this change is too old to be undone")
	}
	for i := range e.After {
		if now := s.Seminars[e.After[i].ID]; now == nil || !sameWord(now, &e.After[i]) {
			return Decision{}, Errorf(Conflict, "error.edited-since", "somebody has changed the same seminar since; look at it as it is now")
		}
	}
	if !s.knows(e.Before) {
		return Decision{}, Errorf(Conflict, "error.edit-roster", "somebody or something in the seminar as it was is not in the register any more; plan it anew")
	}
	return s.finishEdit(Edit{Kind: EditUndo, Before: e.After, After: e.Before, Undoes: e.ID}, c.Now)
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

// sameWord: people have been told the same of both.
func sameWord(a, b *PublishedSeminar) bool {
	return a.Cancelled == b.Cancelled && slices.Equal(a.Leaders, b.Leaders) && sameSeminar(&a.Seminar, &b.Seminar)
}

// decideEdit works an edit of published seminars out and asks every rule.
func (s *State) decideEdit(by Actor, kind EditKind, now time.Time, change func(*PublishedSeminar) error, ids ...string) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	e := Edit{Kind: kind}
	same := true
	for _, id := range ids {
		before, err := s.running(id)
		if err != nil {
			return Decision{}, err
		}
		after := *before
		if err := change(&after); err != nil {
			return Decision{}, err
		}
		same = same && sameWord(before, &after)
		e.Before, e.After = append(e.Before, *before), append(e.After, after)
	}
	if same {
		return Decision{}, Errorf(Conflict, "error.no-change", "nothing would change")
	}
	return s.finishEdit(e, now)
}

func (s *State) finishEdit(e Edit, now time.Time) (Decision, error) {
	var changed, were []Seminar
	moved := false
	for i := range e.After {
		before, after := &e.Before[i], &e.After[i]
		if err := s.mayEdit(before, after); err != nil {
			return Decision{}, err
		}
		from, _ := s.Roster.Span(&before.Seminar)
		to, _ := s.Roster.Span(&after.Seminar)
		if !now.IsZero() && (from.Before(now) || to.Before(now)) {
			return Decision{}, Errorf(Conflict, "error.has-begun", "a seminar that has begun cannot be changed, nor moved to a time that has passed")
		}
		if !after.Cancelled {
			changed = append(changed, after.Seminar)
		}
		if !before.Cancelled {
			were = append(were, before.Seminar)
		}
		moved = moved || before.Slot != after.Slot
	}
	if e.Kind != EditCancel {
		trial := s.Trial()
		old := trial.Obstacles(were...)
		if reasons := newReasons(trial.Obstacles(changed...), old, moved); len(reasons) > 0 {
			return Decision{}, &Refusal{reasons}
		}
	}
	e.ID = fmt.Sprintf("E%05d", s.Edited+1)
	return Decision{Events: []Event{SeminarsEdited{e}}}, nil
}

// timeless are the obstacles that hold at any time.
var timeless = []string{"edit.no-leader", "edit.other-module", "edit.in-it", "edit.not-trained", "edit.all-led", "edit.too-small", "edit.too-far", "edit.not-online"}

// newReasons leaves out what stood against the seminars before the edit too: a
// coordinator mends one thing at a time.
func newReasons(now, before []*Error, moved bool) (list []*Error) {
	for _, e := range now {
		old := slices.ContainsFunc(before, func(b *Error) bool { return b.Text == e.Text })
		if !old || moved && !slices.Contains(timeless, e.Key) {
			list = append(list, e)
		}
	}
	return list
}

func (s *State) edit(e SeminarsEdited) error {
	x := e.Edit
	x.At = s.At
	s.Seminars, s.Seats = maps.Clone(s.Seminars), maps.Clone(s.Seats)
	for i := range x.After {
		now := x.After[i]
		before := s.Seminars[now.ID]
		if before == nil {
			return fmt.Errorf("edits seminar %q, which is not published", now.ID)
		}
		s.Seminars[now.ID] = &now
		s.reseat(before, &now)
	}
	s.Edited++
	s.Edits = append(slices.Clone(s.Edits), x)
	if n := len(s.Edits) - keptEdits; n > 0 {
		s.Edits = s.Edits[n:]
	}
	s.Changed = s.Seq
	s.index()
	return nil
}

// Refusal is an error with every reason, not only the first.
type Refusal struct{ Reasons []*Error }

func (r *Refusal) Error() string {
	text := r.Reasons[0].Text
	for _, more := range r.Reasons[1:] {
		text += "; " + more.Text
	}
	return text
}

// Unwrap lets errors.As and CodeOf find the first reason.
func (r *Refusal) Unwrap() error { return r.Reasons[0] }
