package clients_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

// entry is one event of a calendar as a program understands it. Times are
// seconds since 1970: what zone they were written in is no longer seen.
type entry struct {
	UID          string
	Sequence     int
	Start, End   int64
	Stamp        int64
	Status       string
	Transparency string
	Summary      string
	Location     string
	Description  string
	Alarms       int
	Organizer    string
	Attendee     string // the first one
	AttendeeName string
	Answer       string // PARTSTAT
	Attendees    int
}

// reading is what a program understood of one calendar.
type reading struct {
	Errors []string // what it finds wrong
	Method string
	Events []entry
	Busy   [][2]int64 // VFREEBUSY, from and to in seconds since 1970
}

// sorted puts the events of a reading in an order of their own.
func (r reading) sorted() reading {
	slices.SortFunc(r.Events, func(a, b entry) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.UID, b.UID)) })
	return r
}

// told is an event as the product says it is.
func told(e calendar.Event) entry {
	x := entry{UID: e.UID, Sequence: e.Sequence, Start: e.Start.Unix(), End: e.End.Unix(), Stamp: e.Stamp.Unix(),
		Status: "CONFIRMED", Transparency: "OPAQUE", Alarms: 1, Summary: e.Title, Location: e.Place, Description: e.Description}
	if e.Alarms != nil {
		x.Alarms = len(e.Alarms)
	}
	if e.Free {
		x.Transparency = "TRANSPARENT"
	}
	if e.Cancelled {
		x.Status, x.Transparency, x.Alarms = "", "TRANSPARENT", 0
	}
	if e.Cancelled && e.Strike {
		x.Status = "CANCELLED"
	}
	return x
}

// line is an entry in one line, for a story to be told in: which seat it is
// for and its generation, its sequence, when, what and where.
func (s *stage) line(e entry) string {
	s.t.Helper()
	const minute = "2006-01-02T15:04"
	place, _, _ := strings.Cut(e.Location, " ")
	when := time.Unix(e.Start, 0).UTC().Format(minute) + "/" + time.Unix(e.End, 0).UTC().Format("15:04")
	return strings.TrimSpace(fmt.Sprintf("%s s%d %s %s %s @ %s", s.seat(e.UID), e.Sequence, when, e.Status, e.Summary, place))
}

func (s *stage) lines(entries []entry) []string {
	s.t.Helper()
	var list []string
	for _, e := range entries {
		list = append(list, s.line(e))
	}
	return list
}

// seat is the seat and generation a UID stands for, such as "S00001/anna/0";
// "unknown" without one, "emptied" when it tells that seminars come by mail.
func (s *stage) seat(uid string) string {
	s.t.Helper()
	switch {
	case uid == "":
		return "unknown"
	case strings.HasSuffix(uid, "-emptied-feed"):
		return "emptied"
	}
	state := s.service.State()
	for key, seats := range state.Seats {
		for generation := range seats {
			if strings.HasPrefix(uid, key.UID(state.Roster.Problem.Programme.ID, generation)) {
				return fmt.Sprintf("%s/%s/%d", key.Seminar, key.Person, generation)
			}
		}
	}
	s.t.Errorf("UID %q is of no seat", uid)
	return uid
}

// look is how a person's calendar is looked at now.
func (s *stage) look(person string) calendar.Look {
	contact, _ := s.service.People.Contact(person)
	return calendar.Look{Language: contact.Language, Base: s.base, Name: s.service.People.Name, Now: s.clock.Now()}
}

// notice finds what the holder of a UID should have been told.
func (s *stage) notice(uid string) model.Notice {
	s.t.Helper()
	state := s.service.State()
	for _, n := range state.Notices() {
		if strings.HasPrefix(uid, n.UID(state.Roster.Problem.Programme.ID, n.Generation)) {
			return n
		}
	}
	s.t.Fatalf("UID %q is of no seat", uid)
	return model.Notice{}
}

// expectLines compares what a program shows with what the story says.
func expectLines(t *testing.T, who string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s shows\n  %s\nwant\n  %s", who, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
