package calendar

import (
	"fmt"
	"strings"
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
)

// Method is what an iTIP message asks for, RFC 5546 3.2.
type Method string

const (
	Request Method = "REQUEST" // invites, and updates what was invited to
	Cancel  Method = "CANCEL"  // takes it back
)

// MethodOf is the method that says what an event says. It is the only place
// where one becomes the other: a REQUEST of something cancelled is read as an
// invitation.
func MethodOf(e Event) Method {
	if e.Cancelled {
		return Cancel
	}
	return Request
}

// Party is a sender or receiver.
type Party struct{ Name, Email string }

// Invitation writes one iTIP message with one event for one attendee, who sees
// nobody else. The organizer must be the same for the whole life of an UID.
// It fails when the method is not the event's own (see MethodOf), when an
// address is none or both are one, and when the event is unfit for a calendar.
func Invitation(method Method, e Event, organizer, attendee Party, zone *time.Location) ([]byte, error) {
	if method != MethodOf(e) {
		return nil, fmt.Errorf("calendar: a %s cannot say what event %s says", method, clean(e.UID))
	}
	from, err := Address(organizer.Email)
	if err != nil {
		return nil, fmt.Errorf("calendar: organizer: %w", err)
	}
	to, err := Address(attendee.Email)
	if err != nil {
		return nil, fmt.Errorf("calendar: attendee: %w", err)
	}
	if strings.EqualFold(from, to) {
		return nil, fmt.Errorf("calendar: %s cannot invite itself", from)
	}
	zone = namedZone(zone)
	event, err := newVEvent(&e, languageOf(e.Language), zone)
	if err != nil {
		return nil, fmt.Errorf("calendar: event %s: %w", clean(e.UID), err)
	}
	raw(event, ical.PropOrganizer, mailto(from), commonName(organizer)...)
	if method == Cancel {
		raw(event, ical.PropStatus, "CANCELLED")
		raw(event, ical.PropAttendee, mailto(to), commonName(attendee)...)
	} else {
		raw(event, ical.PropStatus, "CONFIRMED")
		raw(event, ical.PropAttendee, mailto(to), append(commonName(attendee), "CUTYPE", "INDIVIDUAL",
			"ROLE", "REQ-PARTICIPANT", "PARTSTAT", status(e.Answer), "RSVP", "TRUE")...)
	}
	c := newCalendar()
	raw(c, ical.PropMethod, string(method))
	years := []int{e.Start.In(zone).Year(), e.End.In(zone).Year()}
	c.Children = []*ical.Component{zoneFor(zone, years), event}
	return encode(c)
}

// status is an answer as a PARTSTAT: what has been answered stays answered when
// only details change.
func status(a model.Answer) string {
	switch a {
	case model.Accepted:
		return "ACCEPTED"
	case model.Tentative:
		return "TENTATIVE"
	}
	return "NEEDS-ACTION"
}

// commonName is a party's common name as a parameter, if it has one.
func commonName(p Party) []string {
	if name := param(p.Name); name != "" {
		return []string{ical.ParamCommonName, name}
	}
	return nil
}
