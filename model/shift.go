package model

import (
	"slices"
	"time"
)

// EditShift is several seminars moved to other times at once.
const EditShift EditKind = "shift"

// ShiftSeminars gives several published seminars other slots in one step;
// venues, leaders and attendees stay. All or none: refused as MoveSeminar is.
type ShiftSeminars struct {
	Slots map[string]string // seminar → slot
	Now   time.Time
}

func (c ShiftSeminars) decide(s *State, by Actor) (Decision, error) {
	if len(c.Slots) == 0 {
		return Decision{}, Errorf(Invalid, "error.nothing-to-shift", "choose at least one seminar that can be moved")
	}
	return s.decideEdit(by, EditShift, c.Now, func(x *PublishedSeminar) error {
		x.Slot = c.Slots[x.ID]
		return s.placeExists(x)
	}, sortedKeys(c.Slots)...)
}

// Shift is what would become of one seminar.
type Shift struct {
	Seminar *PublishedSeminar
	Slot    string // where it goes; "" when there is no such time
	Err     error  // why it cannot; nil when it can
}

// Shifts tries to move each of the seminars by so many weeks, at the same time of
// the week, and tells which can: one after the other in the order that leaves
// room for the next. What ShiftSeminars is given of those that can, it takes.
func (s *State) Shifts(ids []string, weeks int, now time.Time) []Shift {
	slots := map[string]string{} // local time → slot
	form := func(t time.Time) string { return t.In(s.Roster.Zone).Format("2006-01-02 15:04") }
	for i := range s.Roster.Problem.Slots {
		x := &s.Roster.Problem.Slots[i]
		slots[form(x.Start)+form(x.End)] = x.ID
	}
	var list []Shift
	for _, id := range ids {
		x := s.Seminars[id]
		if x == nil || x.Cancelled {
			continue
		}
		start, end := s.Roster.Span(&x.Seminar)
		later := func(t time.Time) time.Time { return t.In(s.Roster.Zone).AddDate(0, 0, 7*weeks) }
		list = append(list, Shift{Seminar: x, Slot: slots[form(later(start))+form(later(end))]})
	}
	// Away from now first: a seminar that goes a week later frees its time for the one before it.
	slices.SortStableFunc(list, func(a, b Shift) int {
		x, _ := s.Roster.Span(&a.Seminar.Seminar)
		y, _ := s.Roster.Span(&b.Seminar.Seminar)
		if weeks > 0 {
			x, y = y, x
		}
		return x.Compare(y)
	})
	for i := range list {
		s = s.tryShift(&list[i], now)
	}
	slices.Reverse(list)
	if weeks < 0 {
		slices.Reverse(list)
	}
	return list
}

// tryShift moves one seminar in thought, and returns the State after it.
func (s *State) tryShift(x *Shift, now time.Time) *State {
	if x.Slot == "" {
		x.Err = Errorf(Conflict, "error.no-such-week", "there is no such time that week")
		return s
	}
	d, err := s.Decide(System, MoveSeminar{Seminar: x.Seminar.ID, Slot: x.Slot, Now: now})
	if err != nil {
		x.Err = err
		return s
	}
	next, err := s.Apply(Entry{Seq: s.Seq + 1, At: s.At, Actor: System.Person, Events: d.Events}, nil)
	if err != nil {
		x.Err = err
		return s
	}
	return next
}
