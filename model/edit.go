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
	EditLock    EditKind = "lock"
	EditRepair  EditKind = "repair"
	EditPublish EditKind = "publish" // a wave
	EditDrop    EditKind = "drop"    // a scenario
	EditMerge   EditKind = "merge"   // two records of one person
	EditUndo    EditKind = "undo"
)

// Edit is one change by hand, with what was before, so that it can be undone:
// of published seminars, and of some other things that coordinators take away.
type Edit struct {
	ID     string             `json:"id"`
	Kind   EditKind           `json:"kind"`
	Seq    uint64             `json:"seq,omitempty"` // of its entry; set when folded
	At     int64              `json:"at,omitempty"`  // milliseconds since 1970; set when folded
	By     string             `json:"by,omitempty"`  // who did it; set when folded
	Before []PublishedSeminar `json:"before"`
	After  []PublishedSeminar `json:"after"`            // the same seminars in the same order
	Undoes string             `json:"undoes,omitempty"` // the edit that an undo takes back; undoing an undo is redoing
	// Locks are the lock of the one seminar before and after, of an edit that sets it; else nil.
	Locks *[2]Lock `json:"locks,omitempty"`

	Draft    bool      `json:"draft,omitempty"`    // of seminars of the draft, that nobody has been told of
	Wave     string    `json:"wave,omitempty"`     // of a publication
	Scenario *Scenario `json:"scenario,omitempty"` // that was dropped, or with Back put back
	Merge    *Merge    `json:"merge,omitempty"`    // of two records, or with Back their parting
	Back     bool      `json:"back,omitempty"`

	// Seats are those that the edit changed or cancelled; set when folded.
	Seats []SeatStep `json:"seats,omitempty"`
	// Untold are seats that are cancelled and whose holders have not been told so,
	// nor will be: undoing gives them back as if nothing had been.
	Untold []SeatKey `json:"untold,omitempty"`
}

// nobodyKnew tells whether the edit's i-th seminar was new by it.
func (e *Edit) nobodyKnew(i int) bool { return e.Before[i].Cancelled }

// moves tells whether a seminar gets another time.
func (e *Edit) moves() bool {
	for i := range e.After {
		if e.Before[i].Slot != e.After[i].Slot {
			return true
		}
	}
	return false
}

// keptEdits is how many edits can still be undone.
const keptEdits = 50

// SeminarsEdited records an edit.
type SeminarsEdited struct {
	Edit Edit `json:"edit"`
}

func (SeminarsEdited) eventType() string { return "seminars.edited" }

// MoveSeminar gives a published seminar another slot, another venue, other
// leaders, or all of it, with everybody in it. Slot or Venue empty, or Leaders nil: as it is. Now is the caller's
// time: nothing that has begun is moved, nor to a time that has passed. Refused
// with a *Refusal that names every rule, person and place that stands against it.
type MoveSeminar struct {
	Seminar, Slot, Venue string
	Leaders              []string
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
		if c.Leaders == nil {
			return s.placeExists(x)
		}
		return firstError(s.placeExists(x), s.giveLeaders(x, c.Leaders))
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
		return s.giveLeaders(x, c.Leaders)
	}, c.Seminar)
}

func (s *State) giveLeaders(x *PublishedSeminar, leaders []string) error {
	if n := s.Roster.LeadersPerSeminar(x.Tier); len(leaders) > n {
		return Errorf(Invalid, "error.too-many-leaders", "this seminar is led by %d at most", n)
	}
	x.Leaders = slices.Clone(leaders)
	return nil
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
	if err := s.Trial().Refuses(&e, now); err != nil {
		return Decision{}, err
	}
	e.ID = fmt.Sprintf("E%05d", s.Edited+1)
	return Decision{Events: []Event{SeminarsEdited{e}}}, nil
}

// Refuses tells why an edit may not be made as the State is now: a lock, a time
// that has passed, or a *Refusal with every rule that stands against it. Nil: it may.
func (t *Trial) Refuses(e *Edit, now time.Time) error { return t.refuses(e, now, false) }

// FirstRefusal is Refuses with one reason, for who asks about many places.
func (t *Trial) FirstRefusal(e *Edit, now time.Time) error { return t.refuses(e, now, true) }

func (t *Trial) refuses(e *Edit, now time.Time, one bool) error {
	changed, were, err := t.compared(e, now)
	if err != nil || e.Kind == EditCancel {
		return err
	}
	t.gone = map[string]bool{}
	for i := range e.After {
		t.gone[e.After[i].ID] = e.After[i].Cancelled
	}
	defer func() { t.gone = nil }()
	if t.Allows(changed...) {
		return nil
	}
	found := t.found
	if !one {
		found = t.Obstacles(changed...)
	}
	t.gone = nil
	reasons := newReasons(found, t.before(were), e.moves())
	of := t.s.first(e)
	switch {
	case t.s.undoesRepair(e):
		reasons = slices.DeleteFunc(reasons, func(r *Error) bool { return slices.Contains(ofCircumstances, r.Key) })
	case of != nil && of.Kind == EditPublish:
		reasons = slices.DeleteFunc(reasons, func(r *Error) bool { return !slices.Contains(ofRoom, r.Key) })
	}
	if len(reasons) > 0 {
		return &Refusal{reasons}
	}
	if one { // the first stood before: another may not have
		return t.refuses(e, now, false)
	}
	return nil
}

// before are the obstacles against seminars as they are. Who asks where one may
// go asks of the same one again and again.
func (t *Trial) before(were []Seminar) []*Error {
	if len(were) != 1 || t.s.Seminars[were[0].ID] == nil || !sameSeminar(&were[0], &t.s.Seminars[were[0].ID].Seminar) {
		return t.Obstacles(were...)
	}
	found, known := t.standing[were[0].ID]
	if !known {
		found = t.Obstacles(were...)
		t.standing[were[0].ID] = found
	}
	return found
}

// compared are the seminars of an edit as they would be and as they are; or the
// lock or the time that stands against it.
func (t *Trial) compared(e *Edit, now time.Time) (changed, were []Seminar, err error) {
	for i := range e.After {
		before, after := &e.Before[i], &e.After[i]
		if err := t.s.mayEdit(before, after); err != nil {
			return nil, nil, err
		}
		from, _ := t.s.Roster.Span(&before.Seminar)
		to, _ := t.s.Roster.Span(&after.Seminar)
		if !now.IsZero() && (from.Before(now) || to.Before(now)) {
			return nil, nil, Errorf(Conflict, "error.has-begun", "a seminar that has begun cannot be changed, nor moved to a time that has passed")
		}
		if !after.Cancelled {
			changed = append(changed, after.Seminar)
		}
		if !before.Cancelled {
			were = append(were, before.Seminar)
		}
	}
	return changed, were, nil
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

func (s *State) edit(e SeminarsEdited, by string) error {
	x := e.Edit
	for i := range x.After {
		if s.Seminars[x.After[i].ID] == nil {
			return fmt.Errorf("edits seminar %q, which is not published", x.After[i].ID)
		}
	}
	s.Seminars, s.Seats = maps.Clone(s.Seminars), maps.Clone(s.Seats)
	s.takeSteps(&x, func() {
		for i := range x.After {
			now := x.After[i]
			before := s.Seminars[now.ID]
			s.Seminars[now.ID] = &now
			s.reseat(before, &now)
		}
	})
	s.Edited++
	if !s.asDrafted(&x) {
		s.Changed = s.Seq
	}
	s.remember(x, by)
	s.index()
	return nil
}

// asDrafted tells whether an edit takes a publication of the present draft back,
// or does it again: the draft is then as true as it was.
func (s *State) asDrafted(e *Edit) bool {
	of := s.first(e)
	return of != nil && of.Kind == EditPublish && s.Draft != nil && s.Draft.Base < of.Seq
}

// remember keeps an edit, so that it can be undone.
func (s *State) remember(e Edit, by string) {
	e.Seq, e.At, e.By = s.Seq, s.At, by
	s.Edits = append(slices.Clone(s.Edits), e)
	if n := len(s.Edits) - keptEdits; n > 0 {
		s.Edits = s.Edits[n:]
	}
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
