package calendar_test

import (
	"bytes"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/server/calendar"
)

// Whatever people, venues, units, modules and notes are called: every kind of
// calendar has the events it should, in lines every program reads.
func TestNoNameBreaksAnyKindOfCalendar(t *testing.T) {
	kinds := append([]model.FeedKind{""}, model.FeedKinds()...)
	of := map[model.FeedKind]string{"": "bo", model.ProgrammeFeed: "", model.WaveFeed: "w", model.AreaFeed: "1496", model.VenueFeed: "hall", model.LeaderFeed: "bo",
		model.UnitFeed: "home", model.BusyPersonFeed: "bo", model.BusyVenueFeed: "hall"}
	want := map[model.FeedKind]int{"": 2, model.ProgrammeFeed: 2, model.WaveFeed: 2, model.AreaFeed: 2, model.VenueFeed: 1, model.LeaderFeed: 2, model.UnitFeed: 2}
	rapid.Check(t, func(rt *rapid.T) {
		s, l := programme(t), look(t)
		draw := hostile()
		s.Roster.Problem.Programme.Name = draw.Draw(rt, "programme")
		s.Roster.Units["home"].Name, s.Roster.Units["home"].Area = draw.Draw(rt, "unit"), "1496"
		s.Roster.Venues["hall"].Name, s.Roster.Modules["ethics"].Name = draw.Draw(rt, "venue"), draw.Draw(rt, "module")
		s.Roster.Waves["w"] = &model.Wave{ID: "w", Name: draw.Draw(rt, "wave")}
		s.Calendars.Notes["ethics"] = model.ModuleNote{Everyone: draw.Draw(rt, "note"), Leaders: draw.Draw(rt, "leaders' note")}
		s.Calendars.Links["net"] = "https://x.example.org/" + draw.Draw(rt, "link")
		for _, x := range s.Seminars {
			x.Wave = "w"
		}
		name := "A" + draw.Draw(rt, "name")
		l.Name = func(string) string { return name }
		kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
		f := shared(kind, of[kind])
		var feed calendar.Feed
		switch kind {
		case "":
			feed = calendar.RenderFeed(name, "sv", source, stockholm(t), calendar.Events(s, "bo", l))
		case model.BusyPersonFeed, model.BusyVenueFeed:
			times, changed := calendar.Busy(s, f, l.Now)
			feed = calendar.RenderBusy(name, "sv", source, f, times, changed, l.Now)
		default:
			feed = calendar.RenderFeed(name, "sv", source, stockholm(t), calendar.SharedEvents(s, f, l))
		}
		if len(feed.Quarantined) > 0 {
			rt.Fatalf("%q: quarantined %q", kind, feed.Quarantined)
		}
		if fault := wellFormed(feed.Body); fault != "" {
			rt.Fatalf("%q: %s", kind, fault)
		}
		c, err := ical.NewDecoder(bytes.NewReader(unfolded(feed.Body))).Decode()
		if err != nil {
			rt.Fatalf("%q: %v\n%s", kind, err, feed.Body)
		}
		events := 0
		for _, child := range c.Children {
			if child.Name == ical.CompEvent {
				events++
				if len(child.Props.Values("ATTENDEE")) > 0 {
					rt.Fatalf("%q: a name has become an attendee:\n%s", kind, feed.Body)
				}
			}
		}
		if events != want[kind] {
			rt.Fatalf("%q: %d events, want %d\n%s", kind, events, want[kind], feed.Body)
		}
	})
}

// Instants around the nights the clocks change, at the turn of a year with an
// ISO week 53 and anywhere else are read back as they were written.
func TestInstantsSurviveWritingAndReading(t *testing.T) {
	near := []string{"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z", "2027-01-01T00:00:00+01:00", "2027-06-01T00:00:00Z", "2028-02-29T12:00:00Z"}
	zones := []string{"Europe/Stockholm", "Europe/Oslo", "Europe/Helsinki", "Europe/London", "UTC", "America/New_York"}
	rapid.Check(t, func(rt *rapid.T) {
		start := at(t, rapid.SampledFrom(near).Draw(rt, "near")).Add(time.Duration(rapid.IntRange(-400, 400).Draw(rt, "minutes")) * time.Minute)
		e := seminar(t)
		e.Start, e.End = start, start.Add(time.Duration(rapid.IntRange(1, 600).Draw(rt, "length"))*time.Minute)
		zone := location(t, rapid.SampledFrom(zones).Draw(rt, "zone"))
		feed := calendar.RenderFeed("x", "sv", "", zone, []calendar.Event{e})
		r, err := calendar.ReadBusy(t.Context(), feed.Body, calendar.ReadOptions{From: start.AddDate(-1, 0, 0), To: start.AddDate(1, 0, 0), Zone: stockholm(t)})
		if err != nil || len(r.Busy) != 1 || !r.Busy[0].From.Equal(e.Start) || !r.Busy[0].To.Equal(e.End) {
			rt.Fatalf("%s: %v to %v is read as %v, %v\n%s", zone, e.Start, e.End, r.Busy, err, feed.Body)
		}
	})
}

// 2026 has a week 53, which reaches into 2027.
func TestAFeedAcrossNewYear(t *testing.T) {
	var events []calendar.Event
	for i, start := range []string{"2026-12-28T08:30:00+01:00", "2026-12-31T22:00:00+01:00", "2027-01-01T00:00:00+01:00", "2027-01-03T13:00:00+01:00", "2027-01-04T08:30:00+01:00"} {
		e := seminar(t)
		e.UID, e.Start = string(rune('a'+i))+"-feed", at(t, start)
		e.End = e.Start.Add(3 * time.Hour)
		events = append(events, e)
	}
	feed := calendar.RenderFeed("x", "sv", source, stockholm(t), events)
	for _, want := range []string{"DTSTART;TZID=Europe/Stockholm:20261231T220000", "DTEND;TZID=Europe/Stockholm:20270101T010000", "DTSTART;TZID=Europe/Stockholm:20270103T130000"} {
		if !hasLine(feed.Body, want) {
			t.Errorf("no line %s in\n%s", want, feed.Body)
		}
	}
	if r, ok := readByPython(t, feed.Body); ok {
		for i, e := range events {
			if r.Events[i].Start != e.Start.Unix() || r.Events[i].End != e.End.Unix() {
				t.Errorf("python reads event %d from %v to %v", i, time.Unix(r.Events[i].Start, 0).UTC(), time.Unix(r.Events[i].End, 0).UTC())
			}
		}
	}
}
