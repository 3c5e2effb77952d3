package clients_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"kaskad/server/calendar"
)

func TestParsersReadWhatTheProductSays(t *testing.T) {
	t.Parallel()
	var samples []sample
	for name, tale := range stories {
		t.Run(name, func(t *testing.T) { samples = append(samples, samplesOf(t, tale)...) })
	}
	expectVariety(t, samples)
	expectReadings(t, samples)
}

// samplesOf is every feed and message of a story.
func samplesOf(t *testing.T, tale []chapter) []sample {
	t.Helper()
	s := newStage(t, nil)
	var samples []sample
	for _, person := range everybody {
		samples = append(samples, s.feedSample("nothing yet", person))
	}
	sent := map[string]entry{} // by UID, what was last said of it
	for _, c := range tale {
		s.tell(c)
		var mails, feed []string // Anna's
		for _, l := range s.box.taken(t) {
			x := s.letterSample(c.name, l, sent)
			samples = append(samples, x)
			if l.to == address("anna") {
				mails = append(mails, l.method+" "+s.line(x.want.Events[0]))
			}
		}
		for _, person := range everybody {
			x := s.feedSample(c.name, person)
			samples = append(samples, x)
			if person == "anna" {
				feed = s.lines(x.want.Events)
			}
		}
		expectLines(t, c.name+": Anna's mail", mails, c.mails)
		expectLines(t, c.name+": Anna's feed", feed, c.feed)
	}
	return samples
}

// feedSample is a person's feed, and the events the product says are in it.
func (s *stage) feedSample(chapter, person string) sample {
	s.t.Helper()
	x := sample{name: chapter + ": the feed of " + person, body: s.fetch(s.feedOf(person))}
	for _, e := range calendar.Events(s.service.State(), person, s.look(person)) {
		x.want.Events = append(x.want.Events, told(e))
	}
	x.want = x.want.sorted()
	return x
}

// letterSample is the message in a mail, and what the product says of its seat.
// A cancellation speaks of what was last sent, wherever the seminar is now.
func (s *stage) letterSample(chapter string, l letter, sent map[string]entry) sample {
	s.t.Helper()
	if l.file != l.object {
		s.t.Errorf("%s: the attached file of the mail to %s is not the calendar part", chapter, l.to)
	}
	n := s.notice(uidOf(l.object))
	event, err := calendar.EventFor(s.service.State(), n, s.look(n.Person))
	s.must(err)
	want := told(event)
	seat := n.UID(s.service.State().Roster.Problem.Programme.ID, n.Generation)
	want.UID = seat + "-" + secret.SeatMark(seat) + "-invite" // a part of it is not to be guessed
	want.Organizer, want.Attendee, want.Attendees = "mailto:"+organizer, "mailto:"+address(n.Person), 1
	contact, _ := s.service.People.Contact(n.Person)
	want.AttendeeName = strings.ReplaceAll(contact.Name(), `"`, "’") // RFC 5545 3.2 has no way to write them
	want.Answer = "NEEDS-ACTION"
	if event.Cancelled {
		before := sent[want.UID]
		want.Start, want.End, want.Location, want.Description = before.Start, before.End, before.Location, ""
		want.Answer, want.Status = "", "CANCELLED"
	}
	sent[want.UID] = want
	return sample{name: fmt.Sprintf("%s: the %s to %s", chapter, l.method, n.Person), body: l.object, want: reading{Method: l.method, Events: []entry{want}}}
}

var uidLine = regexp.MustCompile(`(?m)^UID:(\S+)\r$`)

func uidOf(object string) string {
	return uidLine.FindStringSubmatch(object + "\r\nUID:none\r\n")[1]
}

// expectVariety makes sure that the samples are of every kind.
func expectVariety(t *testing.T, samples []sample) {
	t.Helper()
	count := map[string]int{}
	for _, s := range samples {
		count["METHOD:"+s.want.Method]++
		count[fmt.Sprintf("feeds of %d events", min(2, len(s.want.Events)))]++
		for _, e := range s.want.Events {
			count["STATUS:"+e.Status]++
			count[fmt.Sprintf("SEQUENCE:%d", e.Sequence)]++
			if e.Summary == "Bokad" && e.Location == "" {
				count["neutral"]++
			}
			if e.UID == "" || e.End <= e.Start {
				t.Errorf("%s: the product says nothing usable: %+v", s.name, e)
			}
		}
	}
	for _, kind := range []string{"METHOD:", "METHOD:REQUEST", "METHOD:CANCEL", "STATUS:", "STATUS:CONFIRMED", "STATUS:CANCELLED",
		"SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2", "SEQUENCE:3", "neutral", "feeds of 0 events", "feeds of 2 events"} {
		if count[kind] == 0 {
			t.Errorf("no sample is of the kind %s: %v", kind, count)
		}
	}
}

// A parser that finds nothing wrong with anything would prove nothing.
func TestParsersFindFaults(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.plan(story[0].change)
	s.mailOut()
	good := s.box.taken(t)[0].object
	for _, fault := range []struct {
		name, found string
		change      []string // text and what it becomes
	}{
		{"no sequence in a cancellation", "libical", []string{"METHOD:REQUEST", "METHOD:CANCEL", "SEQUENCE:0\r\n", ""}},
		{"no organizer", "libical", []string{"ORGANIZER", "X-ORGANIZER"}},
		{"no zone", "ical.js", []string{"TZID:Europe/Stockholm", "TZID:Europe/Elsewhere"}},
		{"not closed", "python-icalendar", []string{"END:VEVENT\r\n", ""}},
		{"no property", "sabre/vobject", []string{"STATUS:CONFIRMED", "STATUS"}},
	} {
		bad := strings.NewReplacer(fault.change...).Replace(good)
		for _, p := range readers(t) {
			if p.name != fault.found {
				continue
			}
			if r := p.readAll(t, []sample{{fault.name, bad, reading{}}}); len(r[0].Errors) == 0 {
				t.Errorf("%s: %s finds nothing wrong with\n%s", fault.name, p.name, bad)
			}
		}
	}
}
