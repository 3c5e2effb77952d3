package model

import (
	"slices"
	"time"
)

// AttendanceTaken records who came to a seminar. Taking it again corrects it.
type AttendanceTaken struct {
	Seminar string   `json:"seminar"`
	Absent  []string `json:"absent"` // of those who had a seat, sorted
}

func (AttendanceTaken) eventType() string { return "attendance.taken" }

// TakeAttendance says who of those who had a seat did not come; everybody else
// did. The need of who was absent is back. A coordinator may do it, and who
// leads the seminar; not before the seminar has begun.
type TakeAttendance struct {
	Seminar string
	Absent  []string
	Now     time.Time
}

func (c TakeAttendance) decide(s *State, by Actor) (Decision, error) {
	x, err := s.running(c.Seminar)
	if err != nil {
		return Decision{}, err
	}
	if by.Role != Coordinator && !slices.Contains(x.Leaders, by.Person) {
		return Decision{}, Errorf(Forbidden, "error.not-your-seminar", "only coordinators and who leads the seminar may do this")
	}
	if start, _ := s.Roster.Span(&x.Seminar); start.After(c.Now) {
		return Decision{}, Errorf(Conflict, "error.not-begun", "the seminar has not begun yet")
	}
	absent := slices.Sorted(slices.Values(c.Absent))
	absent = slices.Compact(absent)
	invited := x.Invited()
	for _, p := range absent {
		if !slices.Contains(invited, p) {
			return Decision{}, Errorf(Conflict, "error.not-expected", "somebody chosen is not expected at this seminar any more")
		}
	}
	if len(absent) == len(invited) {
		return Decision{}, Errorf(Invalid, "error.nobody-came", "nobody came? Then cancel the seminar instead, and let the planner find everybody another one")
	}
	return Decision{Events: []Event{AttendanceTaken{Seminar: x.ID, Absent: absent}}}, nil
}

// Invited is everybody who had a seat, came or not.
func (s *PublishedSeminar) Invited() []string {
	return slices.Sorted(slices.Values(slices.Concat(s.Attendees, s.Absent)))
}

func (s *State) takeAttendance(e AttendanceTaken) error {
	changed := false
	err := s.setAbsent(e.Seminar, func(x *PublishedSeminar) {
		changed = !slices.Equal(slices.Sorted(slices.Values(x.Absent)), e.Absent)
		came := slices.DeleteFunc(x.Invited(), func(p string) bool { return slices.Contains(e.Absent, p) })
		x.Attendees, x.Absent, x.Taken = came, slices.Clone(e.Absent), s.At
	})
	if err == nil && changed {
		s.amended() // needs are back, or met after all
	}
	return err
}
