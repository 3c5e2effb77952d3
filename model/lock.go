package model

import (
	"fmt"
	"slices"
)

// Lock says what of a published seminar the planner may not change, however
// much it would gain. Coordinators unlock before they change it by hand. The
// zero Lock holds nothing.
type Lock struct {
	Time    bool     `json:"time,omitempty"`    // its slot
	Place   bool     `json:"place,omitempty"`   // its venue
	Leaders bool     `json:"leaders,omitempty"` // who leads it
	People  []string `json:"people,omitempty"`  // attendees who keep their seat in it, sorted
}

// Empty tells whether the lock holds nothing.
func (l Lock) Empty() bool { return !l.Time && !l.Place && !l.Leaders && len(l.People) == 0 }

func (l Lock) same(o Lock) bool {
	return l.Time == o.Time && l.Place == o.Place && l.Leaders == o.Leaders && slices.Equal(l.People, o.People)
}

// LockSet records what of a seminar is locked from now on.
type LockSet struct {
	Seminar string `json:"seminar"`
	Lock    Lock   `json:"lock"`
	Undoes  string `json:"undoes,omitempty"` // the edit this takes back
}

func (LockSet) eventType() string { return "lock.set" }

// SetLock locks what Lock names of a published seminar and unlocks the rest.
// Its inverse is SetLock with State.Locks[Seminar] as it was before.
type SetLock struct {
	Seminar string
	Lock    Lock
}

func (c SetLock) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	x, err := s.running(c.Seminar)
	if err != nil {
		return Decision{}, err
	}
	lock := c.Lock
	lock.People = slices.Compact(slices.Sorted(slices.Values(lock.People)))
	for _, p := range lock.People {
		if !slices.Contains(x.Attendees, p) {
			return Decision{}, Errorf(Conflict, "error.no-seat-to-lock", "somebody chosen has no seat in this seminar any more")
		}
	}
	if lock.Leaders && x.Open(s.Roster) {
		return Decision{}, Errorf(Conflict, "error.no-leader-to-lock", "nobody leads this seminar yet, so there is no leader to lock")
	}
	return Decision{Events: []Event{LockSet{Seminar: x.ID, Lock: lock}}}, nil
}

func (s *State) lock(e LockSet, by string) {
	s.rememberLock(e, by)
	locks := make(map[string]Lock, len(s.Locks)+1)
	for id, l := range s.Locks {
		locks[id] = l
	}
	locks[e.Seminar] = e.Lock
	if e.Lock.Empty() {
		delete(locks, e.Seminar)
	}
	s.Locks = locks
}

// rememberLock makes a lock a step that can be undone. Its id is made from the
// entry, for entries of earlier versions named no edit.
func (s *State) rememberLock(e LockSet, by string) {
	x, before := s.Seminars[e.Seminar], s.Locks[e.Seminar]
	if x == nil || before.same(e.Lock) {
		return
	}
	edit := Edit{ID: lockID(s.Seq), Kind: EditLock, Before: []PublishedSeminar{*x}, After: []PublishedSeminar{*x}, Undoes: e.Undoes, Locks: &[2]Lock{before, e.Lock}}
	if e.Undoes != "" {
		edit.Kind = EditUndo
	}
	s.remember(edit, by)
}

func lockID(seq uint64) string { return fmt.Sprintf("L%05d", seq) }

// mayEdit asks the locks before a coordinator changes a seminar by hand.
func (s *State) mayEdit(before, after *PublishedSeminar) error {
	l := s.Locks[before.ID]
	cancels := after.Cancelled && !before.Cancelled
	switch {
	case l.Empty():
		return nil
	case cancels:
		return Errorf(Conflict, "error.locked", "something of this seminar is locked; unlock it first")
	case l.Time && before.Slot != after.Slot:
		return Errorf(Conflict, "error.locked-time", "the time of this seminar is locked; unlock it first")
	case l.Place && before.Venue != after.Venue:
		return Errorf(Conflict, "error.locked-place", "the venue of this seminar is locked; unlock it first")
	case l.Leaders && !slices.Equal(before.Leaders, after.Leaders):
		return Errorf(Conflict, "error.locked-leaders", "the leader of this seminar is locked; unlock it first")
	}
	for _, p := range l.People {
		if slices.Contains(before.Attendees, p) && !slices.Contains(after.Attendees, p) {
			return Errorf(Conflict, "error.locked-seat", "the seat of %s in this seminar is locked; unlock it first", PersonID(p))
		}
	}
	return nil
}
