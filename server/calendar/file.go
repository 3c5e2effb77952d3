package calendar

import (
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
)

// SeatFile is one seminar as a person puts it into the own calendar by hand. It
// is the same appointment as the invitation to it, whose UID identity makes of the
// seat's: a calendar that gets both shows one. NotFound when the person has no
// place in it.
func SeatFile(s *model.State, person, seminar string, look Look, identity func(uid string) string) ([]byte, error) {
	key := model.SeatKey{Person: person, Seminar: seminar}
	seats := s.Seats[key]
	if len(seats) == 0 || s.Roster == nil {
		return nil, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", seminar)
	}
	last := len(seats) - 1
	e, err := EventFor(s, model.Notice{SeatKey: key, Generation: last, Seat: seats[last]}, look)
	if err != nil {
		return nil, err
	}
	e.UID = identity(key.UID(s.Roster.Problem.Programme.ID, last))
	return file(&e, s.Roster.Zone)
}

// SeminarFile is one published seminar for somebody who has no place in it.
func SeminarFile(s *model.State, seminar string, look Look) ([]byte, error) {
	x := s.Seminars[seminar]
	if x == nil || s.Roster == nil || look.Name == nil {
		return nil, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", seminar)
	}
	e, _ := sharedEvent(s, model.SharedFeed{Kind: model.ProgrammeFeed}, x, look.index(s).revisions[seminar], look)
	return file(&e, s.Roster.Zone)
}

func file(e *Event, zone *time.Location) ([]byte, error) {
	zone = namedZone(zone)
	event, err := feedComponent(e, languageOf(e.Language), zone)
	if err != nil {
		return nil, err
	}
	c := newCalendar()
	c.Children = []*ical.Component{zoneFor(zone, []int{e.Start.In(zone).Year(), e.End.In(zone).Year()}), event}
	return encode(c)
}
