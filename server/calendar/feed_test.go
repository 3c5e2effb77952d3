package calendar_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"kaskad/server/calendar"
)

var update = flag.Bool("update", false, "write what the tests see to testdata")

// golden compares bytes with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", path, got)
	}
}

const source = "https://kaskad.example.org/calendar/s3cret.ics"

// annasFeed has a live seminar, an online one and a cancelled one.
func annasFeed(t *testing.T) calendar.Feed {
	t.Helper()
	s := programme(t)
	extra := s.Seminars["S00001"].Seminar
	extra.ID, extra.Slot = "S00003", "thu"
	published := *s.Seminars["S00001"]
	published.Seminar, published.Cancelled = extra, true
	s.Seminars["S00003"] = &published
	key := seatOf("anna", "S00003")
	s.Seats[key] = append(s.Seats[seatOf("anna", "S00001")][:0:0], s.Seats[seatOf("anna", "S00001")]...)
	cancelSeat(s, "S00003", "anna", at(t, "2027-01-20T00:00:00Z"))
	return calendar.RenderFeed("DiREKT – Anna", "sv", source, s.Roster.Zone, calendar.Events(s, "anna", look(t)))
}

func TestFeedGolden(t *testing.T) {
	feed := annasFeed(t)
	golden(t, "feed.ics", feed.Body)
	if again := annasFeed(t); !bytes.Equal(again.Body, feed.Body) || again.ETag != feed.ETag {
		t.Error("the same State gives other bytes the second time")
	}
}

func TestFeedIsReadAlikeByTwoParsers(t *testing.T) {
	feed := annasFeed(t)
	c := parse(t, feed.Body)
	events := c.Events()
	if len(events) != 3 {
		t.Fatalf("go-ical reads %d events, want 3", len(events))
	}
	if got := property(t, events[0].Component, "SUMMARY"); got != "Etik – seminarium (DiREKT)" {
		t.Errorf("go-ical reads %q", got)
	}
	r, ok := readByPython(t, feed.Body)
	if !ok {
		return
	}
	if r.Method != "" || r.Name != "DiREKT – Anna" || fmt.Sprint(r.Zones) != "[Europe/Stockholm]" || len(r.Events) != 3 {
		t.Fatalf("python reads %+v", r)
	}
	e := r.Events[0]
	if e.Summary != "Etik – seminarium (DiREKT)" || e.Location != "Skövde stadshus" || e.Status != "CONFIRMED" || e.Alarms != 1 || e.Transparent ||
		e.Start != at(t, "2027-03-02T08:30:00+01:00").Unix() || e.End != at(t, "2027-03-02T11:30:00+01:00").Unix() || e.Organizer != "" || len(e.Attendees) != 0 {
		t.Errorf("python reads %+v", e)
	}
	if !strings.Contains(e.Description, "Leds av Bo Ek.\n") {
		t.Errorf("python reads the description %q", e.Description)
	}
	off := 0
	for _, e := range r.Events {
		if strings.HasPrefix(e.Summary, "INSTÄLLD: ") {
			off++
			if !e.Transparent || e.Alarms != 0 || e.Status != "" || e.Sequence != 1 {
				t.Errorf("the cancelled event is %+v; want it transparent, without alarm and status, with sequence 1", e)
			}
		}
	}
	if off != 1 {
		t.Errorf("%d cancelled events, want 1", off)
	}
}

func TestFeedSaysHowOftenToReadItAndNeverWhomItInvites(t *testing.T) {
	body := annasFeed(t).Body
	for _, want := range []string{
		"VERSION:2.0", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "X-WR-CALNAME:DiREKT – Anna", "SOURCE;VALUE=URI:" + source,
	} {
		if !hasLine(body, want) {
			t.Errorf("no line %s", want)
		}
	}
	for _, l := range lines(body) {
		for _, never := range []string{"METHOD", "ATTENDEE", "ORGANIZER"} {
			if strings.HasPrefix(l, never) {
				t.Errorf("a feed must not say %s", l)
			}
		}
	}
}

func TestAPersonWithoutSeminarsGetsAValidCalendar(t *testing.T) {
	feed := calendar.RenderFeed("DiREKT", "sv", source, stockholm(t), nil)
	c := parse(t, feed.Body)
	if len(c.Children) != 1 || c.Children[0].Name != "VTIMEZONE" || len(feed.Quarantined) != 0 {
		t.Errorf("an empty feed is\n%s", feed.Body)
	}
	if r, ok := readByPython(t, feed.Body); ok && len(r.Events) != 0 {
		t.Errorf("python reads %d events in an empty feed", len(r.Events))
	}
	if !feed.LastModified.IsZero() {
		t.Errorf("LastModified = %v, but nothing tells when an empty feed changed", feed.LastModified)
	}
}

func TestOneBadEventIsQuarantinedAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*calendar.Event)
	}{
		{"no UID", func(e *calendar.Event) { e.UID = "" }},
		{"a UID of two lines", func(e *calendar.Event) { e.UID = "a\r\nATTENDEE:mailto:evil@example.org" }},
		{"the UID of another", func(e *calendar.Event) { e.UID = "good" }},
		{"no time", func(e *calendar.Event) { e.Start, e.End = time.Time{}, time.Time{} }},
		{"no length", func(e *calendar.Event) { e.End = e.Start }},
		{"no stamp", func(e *calendar.Event) { e.Stamp = time.Time{} }},
		{"a negative sequence", func(e *calendar.Event) { e.Sequence = -1 }},
		{"the year 9999", func(e *calendar.Event) { e.End = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }},
	} {
		good, bad := seminar(t), seminar(t)
		good.UID, good.Start = "good", good.Start.Add(-time.Minute)
		bad.UID = "bad"
		c.spoil(&bad)
		feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{bad, good})
		alone := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{good})
		if len(feed.Quarantined) != 1 || !bytes.Equal(feed.Body, alone.Body) {
			t.Errorf("%s: quarantined %q; the feed must be as without it, but is\n%s", c.name, feed.Quarantined, feed.Body)
		}
	}
}

func TestAnImpossiblePositionCostsOnlyThePosition(t *testing.T) {
	for _, lat := range []float64{91, math.NaN(), math.Inf(1)} {
		e := seminar(t)
		e.Lat = lat
		feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{e})
		if len(feed.Quarantined) != 0 || bytes.Contains(feed.Body, []byte("GEO")) {
			t.Errorf("latitude %v: quarantined %q in\n%s", lat, feed.Quarantined, feed.Body)
		}
	}
	feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{seminar(t)})
	if !hasLine(feed.Body, "GEO:58.39100;13.84540") {
		t.Errorf("no GEO in\n%s", feed.Body)
	}
}

func TestETagIsTheHashOfTheBody(t *testing.T) {
	feed := annasFeed(t)
	if want := fmt.Sprintf(`"%x"`, sha256.Sum256(feed.Body)); feed.ETag != want {
		t.Errorf("ETag = %s, want %s", feed.ETag, want)
	}
}

func TestTheOrderOfEventsDoesNotMatter(t *testing.T) {
	a, b := seminar(t), seminar(t)
	b.UID, b.Start = "b", b.Start.Add(time.Minute)
	one := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{a, b})
	two := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{b, a})
	if one.ETag != two.ETag {
		t.Error("the order of the events changes the feed")
	}
}

func TestLastModifiedMovesWhenAnEventLeaves(t *testing.T) {
	s, l := programme(t), look(t)
	gone := at(t, "2027-01-20T00:00:00Z")
	cancelSeat(s, "S00001", "anna", gone)
	leaves := gone.Add(30 * 24 * time.Hour)
	modified := func(now time.Time) time.Time {
		l.Now = now
		return calendar.RenderFeed("x", "sv", "", s.Roster.Zone, calendar.Events(s, "anna", l)).LastModified
	}
	if got := modified(leaves.Add(-time.Second)); !got.Equal(gone) {
		t.Errorf("before it leaves LastModified = %v, want the stamp %v", got, gone)
	}
	if got := modified(leaves.Add(time.Hour)); !got.Equal(leaves) {
		t.Errorf("after it has left LastModified = %v, want %v", got, leaves)
	}
}

// The alarm is a hint that leaves time for the journey.
func TestTheAlarmLeavesTimeForTheJourney(t *testing.T) {
	feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{seminar(t)})
	if !hasLine(feed.Body, "TRIGGER:-PT60M") { // 45 minutes of travel and 15 to get going
		t.Errorf("no alarm an hour before in\n%s", feed.Body)
	}
}

// Canaries: nothing of protected people may stand in anybody's bytes, their own included.
func TestNothingOfProtectedPeopleIsInAnyFeed(t *testing.T) {
	s, l := programme(t), look(t)
	for _, person := range []string{"anna", "bo", "gun", "sara"} {
		feed := calendar.RenderFeed("DiREKT", "sv", "", s.Roster.Zone, calendar.Events(s, person, l))
		for _, canary := range []string{"gun", "sara", "Gun", "Sara", "S00001"} {
			if bytes.Contains(unfolded(feed.Body), []byte(canary)) {
				t.Errorf("the feed of %s holds %q", person, canary)
			}
		}
	}
	for _, person := range []string{"gun", "sara"} {
		body := string(unfolded(calendar.RenderFeed("x", "sv", "", s.Roster.Zone, calendar.Events(s, person, l)).Body))
		for _, never := range []string{"LOCATION", "GEO", "DESCRIPTION:Leds", "Skövde", "Etik", "Bo Ek", "URL"} {
			if strings.Contains(body, never) {
				t.Errorf("the neutral feed of %s holds %q", person, never)
			}
		}
	}
}

func TestTheLastWeekOfALongYear(t *testing.T) {
	e := seminar(t)
	e.Start, e.End = at(t, "2026-12-31T22:00:00+01:00"), at(t, "2027-01-01T01:00:00+01:00")
	feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{e})
	if !hasLine(feed.Body, "DTSTART;TZID=Europe/Stockholm:20261231T220000") || !hasLine(feed.Body, "DTEND;TZID=Europe/Stockholm:20270101T010000") {
		t.Errorf("week 53 is written as\n%s", feed.Body)
	}
}
