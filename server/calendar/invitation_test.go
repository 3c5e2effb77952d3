package calendar_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"kaskad/server/calendar"
)

var (
	organizer = calendar.Party{Name: "DiREKT planering", Email: "planering@direkt.example.org"}
	anna      = calendar.Party{Name: "Anna Åberg", Email: "anna@kommun.example.org"}
)

func invite(t *testing.T, e calendar.Event, to calendar.Party) []byte {
	t.Helper()
	body, err := calendar.Invitation(calendar.MethodOf(e), e, organizer, to, stockholm(t))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestInvitationGolden(t *testing.T) {
	golden(t, "request.ics", invite(t, seminar(t), anna))
	golden(t, "cancel.ics", invite(t, cancelled(seminar(t)), anna))
	if !bytes.Equal(invite(t, seminar(t), anna), invite(t, seminar(t), anna)) {
		t.Error("the same invitation has other bytes the second time")
	}
}

func TestRequestAsksOnePersonToCome(t *testing.T) {
	body := invite(t, seminar(t), anna)
	for _, want := range []string{
		"METHOD:REQUEST", "SEQUENCE:2", "DTSTAMP:20270110T120000Z", "STATUS:CONFIRMED",
		"ORGANIZER;CN=DiREKT planering:mailto:planering@direkt.example.org",
		"ATTENDEE;CN=Anna Åberg;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:anna@kommun.example.org",
	} {
		if !hasLine(body, want) {
			t.Errorf("no line %s in\n%s", want, body)
		}
	}
	event := parse(t, body).Events()[0]
	if n := len(event.Props.Values("ATTENDEE")); n != 1 {
		t.Errorf("%d attendees, want 1", n)
	}
	r, ok := readByPython(t, body)
	if !ok {
		return
	}
	e := r.Events[0]
	if r.Method != "REQUEST" || len(r.Events) != 1 || e.Organizer != "mailto:"+organizer.Email || !slices.Equal(e.Attendees, []string{"mailto:" + anna.Email}) ||
		e.AttendeeNames[0] != anna.Name || e.Alarms != 1 || e.Location != seminar(t).Place || e.Description != seminar(t).Description {
		t.Errorf("python reads %+v", r)
	}
}

func TestCancelNamesEverythingItTakesBack(t *testing.T) {
	body := invite(t, cancelled(seminar(t)), anna)
	for _, want := range []string{
		"METHOD:CANCEL", "UID:5f0c-invite", "SEQUENCE:3", "DTSTAMP:20270110T120000Z", "STATUS:CANCELLED", "TRANSP:TRANSPARENT",
		"DTSTART;TZID=Europe/Stockholm:20270302T083000", "DTEND;TZID=Europe/Stockholm:20270302T113000",
		"ORGANIZER;CN=DiREKT planering:mailto:planering@direkt.example.org", "ATTENDEE;CN=Anna Åberg:mailto:anna@kommun.example.org",
	} {
		if !hasLine(body, want) {
			t.Errorf("no line %s in\n%s", want, body)
		}
	}
	if bytes.Contains(body, []byte("VALARM")) {
		t.Error("a cancellation must not ring")
	}
	if r, ok := readByPython(t, body); ok && (r.Method != "CANCEL" || r.Events[0].Status != "CANCELLED" || !r.Events[0].Transparent) {
		t.Errorf("python reads %+v", r)
	}
}

func TestInvitationRefusesWhatClientsWouldMisread(t *testing.T) {
	for _, c := range []struct {
		name     string
		method   calendar.Method
		event    calendar.Event
		from, to calendar.Party
	}{
		{"a REQUEST of something cancelled", calendar.Request, cancelled(seminar(t)), organizer, anna},
		{"a CANCEL of something that goes on", calendar.Cancel, seminar(t), organizer, anna},
		{"the organizer as attendee", calendar.Request, seminar(t), organizer, calendar.Party{Email: "Planering@direkt.example.org"}},
		{"no address", calendar.Request, seminar(t), organizer, calendar.Party{Name: "Anna"}},
		{"two addresses", calendar.Request, seminar(t), organizer, calendar.Party{Email: "a@example.org, b@example.org"}},
		{"an address of two lines", calendar.Request, seminar(t), organizer, calendar.Party{Email: "a@example.org\r\nATTENDEE:mailto:b@example.org"}},
		{"no organizer", calendar.Request, seminar(t), calendar.Party{}, anna},
		{"no event", calendar.Request, calendar.Event{}, organizer, anna},
	} {
		if body, err := calendar.Invitation(c.method, c.event, c.from, c.to, stockholm(t)); err == nil {
			t.Errorf("%s is written:\n%s", c.name, body)
		}
	}
}

func TestAddressesAreQuotedAsURIs(t *testing.T) {
	body := invite(t, seminar(t), calendar.Party{Email: "anna+%2fdirekt&co?@example.org"})
	if !strings.Contains(string(unfolded(body)), ":mailto:anna+%252fdirekt%26co%3F@example.org\r\n") {
		t.Errorf("the address is not quoted in\n%s", body)
	}
}
