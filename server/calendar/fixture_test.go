package calendar_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
	"kaskad/server/calendar"
)

func stockholm(t testing.TB) *time.Location {
	t.Helper()
	return location(t, "Europe/Stockholm")
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// programme is a State with one seminar of Etik at Skövde stadshus on 2 March
// 2027, led by Bo (and, with him, by Gun, who is protected), attended by Anna and
// Gun's colleague Sara, who is protected too; and one online seminar of Juridik.
func programme(t testing.TB) *model.State {
	t.Helper()
	p := &model.Problem{
		Programme: model.Programme{ID: "direkt", Name: "DiREKT", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1.25, KmH: 60, Fixed: 4}},
		Modules:   []model.Module{{ID: "ethics", Name: "Etik", Minutes: 180}, {ID: "law", Name: "Juridik", Minutes: 120, Online: true}},
		Slots: []model.Slot{
			{ID: "tue", Start: at(t, "2027-03-02T08:30:00+01:00"), End: at(t, "2027-03-02T11:30:00+01:00")},
			{ID: "thu", Start: at(t, "2027-04-08T13:00:00+02:00"), End: at(t, "2027-04-08T15:00:00+02:00")},
		},
		Venues: []model.Venue{{ID: "hall", Name: "Skövde stadshus", Lat: 58.3910, Lon: 13.8454}, {ID: "net", Name: "Teams", Online: true}},
		Units:  []model.Unit{{ID: "home", Lat: 58.5, Lon: 13.2}},
		People: []model.Person{{ID: "anna", Unit: "home"}, {ID: "bo", Unit: "home"}, {ID: "gun", Unit: "home"}, {ID: "sara", Unit: "home"}},
	}
	s := model.NewState()
	s.Roster = model.NewRoster(p, "ref")
	s.At = at(t, "2027-01-10T12:00:00Z").UnixMilli()
	seat := func(seminar, person string, leading bool) {
		s.Seats[model.SeatKey{Person: person, Seminar: seminar}] = []model.Seat{{Leading: leading, Stamp: s.At / 1000}}
	}
	s.Seminars["S00001"] = &model.PublishedSeminar{Seminar: model.Seminar{
		ID: "S00001", Module: "ethics", Slot: "tue", Venue: "hall", Leaders: []string{"bo", "gun"}, Attendees: []string{"anna", "sara"}}}
	s.Seminars["S00002"] = &model.PublishedSeminar{Seminar: model.Seminar{
		ID: "S00002", Module: "law", Slot: "thu", Venue: "net", Leaders: []string{"bo"}, Attendees: []string{"anna"}}}
	seat("S00001", "anna", false)
	seat("S00001", "sara", false)
	seat("S00001", "bo", true)
	seat("S00001", "gun", true)
	seat("S00002", "anna", false)
	seat("S00002", "bo", true)
	return s
}

// look is Anna's, Bo's, Gun's or Sara's on 1 February 2027. Gun and Sara have protected identity.
func look(t testing.TB) calendar.Look {
	t.Helper()
	names := map[string]string{"anna": "Anna Åberg", "bo": "Bo Ek"}
	return calendar.Look{
		Language: "sv", Base: "https://kaskad.example.org",
		Name: func(person string) string { return names[person] },
		Now:  at(t, "2027-02-01T12:00:00Z"),
	}
}

// seminar is an event without anything odd about it.
func seminar(t testing.TB) calendar.Event {
	t.Helper()
	return calendar.Event{
		UID: "5f0c-invite", Sequence: 2, Stamp: at(t, "2027-01-10T12:00:00Z"),
		Start: at(t, "2027-03-02T08:30:00+01:00"), End: at(t, "2027-03-02T11:30:00+01:00"),
		Title: "Etik – seminarium (DiREKT)", Place: "Skövde stadshus, sal A; plan 2", Description: "Leds av Bo Ek.\nRestid: ungefär 45 minuter enkel väg.",
		Lat: 58.391, Lon: 13.8454, HasPosition: true, URL: "https://kaskad.example.org/my", Travel: 45, Module: "Etik", Language: "sv",
	}
}

func cancelled(e calendar.Event) calendar.Event {
	e.Cancelled, e.Sequence, e.Title = true, e.Sequence+1, "INSTÄLLD: "+e.Title
	return e
}

// parse reads a calendar with go-ical.
func parse(t testing.TB, body []byte) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(bytes.NewReader(unfolded(body))).Decode()
	if err != nil {
		t.Fatalf("go-ical cannot read the calendar: %v\n%s", err, body)
	}
	return c
}

func unfolded(body []byte) []byte { return bytes.ReplaceAll(body, []byte("\r\n "), nil) }

// lines are the content lines of a calendar, unfolded.
func lines(body []byte) []string {
	return strings.Split(strings.TrimSuffix(string(unfolded(body)), "\r\n"), "\r\n")
}

// hasLine tells whether a calendar holds a content line.
func hasLine(body []byte, line string) bool {
	for _, l := range lines(body) {
		if l == line {
			return true
		}
	}
	return false
}

// property is the text of a property as go-ical reads it.
func property(t testing.TB, c *ical.Component, name string) string {
	t.Helper()
	value, err := c.Props.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// reading is what python-icalendar understood of a calendar.
type reading struct {
	Method, Name  string
	Zones, Errors []string
	Events        []struct {
		UID                                    string
		Sequence                               int
		Summary, Location, Description, Status string
		Start, End, Stamp                      int64
		Transparent                            bool
		Alarms                                 int
		Organizer, OrganizerName               string
		Attendees, AttendeeNames, Errors       []string
	}
}

// readByPython reads a calendar with a parser that is not go-ical. Without that
// parser on the machine it returns false, except in CI, where it must be.
func readByPython(t testing.TB, body []byte) (reading, bool) {
	t.Helper()
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import icalendar").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the second parser is missing: install Debian's python3-icalendar (%v)", err)
		}
		t.Log("not read by a second parser: install Debian's python3-icalendar for it")
		return reading{}, false
	}
	run := exec.Command(python, "testdata/read.py")
	run.Stdin = bytes.NewReader(body)
	var complaint bytes.Buffer
	run.Stderr = &complaint
	out, err := run.Output()
	if err != nil {
		t.Fatalf("python-icalendar cannot read the calendar: %v\n%s\n%s", err, complaint.Bytes(), body)
	}
	var r reading
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, e := range r.Events {
		r.Errors = append(r.Errors, e.Errors...)
	}
	if len(r.Errors) > 0 {
		t.Fatalf("python-icalendar finds errors: %q\n%s", r.Errors, body)
	}
	return r, true
}

func seatOf(person, seminar string) model.SeatKey {
	return model.SeatKey{Person: person, Seminar: seminar}
}
