package calendar_test

import (
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
	"kaskad/server/calendar"
)

func TestALeaderReadsWhoComesAndWhatToBring(t *testing.T) {
	s, l := programme(t), look(t)
	s.Calendars.Notes["ethics"] = model.ModuleNote{Everyone: "Tjänstekort", Leaders: "Nyckel"}
	s.Calendars.Links["net"] = "https://teams.example.org/abc"
	s.Roster.Units["home"].Name = "Hemtjänst Norr"
	events := calendar.Events(s, "bo", l)
	led, net := events[0], events[1]
	if led.Expected != 2 || len(led.Attendees) != 1 || !strings.Contains(led.Description, "Att ta med: Nyckel\nTjänstekort\nDeltagare: 2\nAnna Åberg (Hemtjänst Norr)\n") {
		t.Errorf("Bo reads %q", led.Description)
	}
	if net.Join != "https://teams.example.org/abc" || !strings.Contains(net.Description, "Anslut här: https://teams.example.org/abc") {
		t.Errorf("the online event is %+v", net)
	}
	feed := calendar.RenderFeed("x", "sv", source, stockholm(t), events)
	if !hasLine(feed.Body, `CONFERENCE;FEATURE=VIDEO;LABEL=Teams;VALUE=URI:https://teams.example.org/abc`) {
		t.Errorf("no conference in\n%s", feed.Body)
	}
	if own := calendar.Events(s, "anna", l)[0]; own.Expected != 0 || strings.Contains(own.Description, "Deltagare") || strings.Contains(own.Description, "Nyckel") || !strings.Contains(own.Description, "Att ta med: Tjänstekort") {
		t.Errorf("Anna reads %q", own.Description)
	}
	key := seatOf("bo", "S00001")
	invited, err := calendar.EventFor(s, model.Notice{SeatKey: key, Seat: s.Seats[key][0]}, l)
	if err != nil || strings.Contains(invited.Description, "Anna") || invited.Expected != 0 {
		t.Errorf("a mail to Bo names who comes: %q, %v", invited.Description, err)
	}
}

func TestALeadersEntryFollowsWhoComes(t *testing.T) {
	s := programme(t)
	before := calendar.Events(s, "bo", look(t))[0]
	s.Seats[seatOf("carl", "S00001")] = []model.Seat{{Stamp: s.At/1000 + 60}}
	if after := calendar.Events(s, "bo", look(t))[0]; !after.Stamp.Equal(before.Stamp.Add(time.Minute)) {
		t.Errorf("a new participant leaves the stamp at %v, it was %v", after.Stamp, before.Stamp)
	}
}

func shared(kind model.FeedKind, of string) model.SharedFeed {
	return model.SharedFeed{ID: "K0001", Kind: kind, Of: of, Owner: "boss"}
}

func TestSharedCalendarsShowTheirPart(t *testing.T) {
	s := programme(t)
	s.Seminars["S00001"].Wave = "w1"
	s.Roster.Units["home"].Area = "1496"
	for _, c := range []struct {
		kind model.FeedKind
		of   string
		want int
	}{
		{model.ProgrammeFeed, "", 2}, {model.WaveFeed, "w1", 1}, {model.WaveFeed, "w2", 0}, {model.AreaFeed, "1496", 2}, {model.AreaFeed, "1480", 0},
		{model.VenueFeed, "hall", 1}, {model.VenueFeed, "net", 1}, {model.LeaderFeed, "bo", 2}, {model.LeaderFeed, "anna", 0},
		{model.UnitFeed, "home", 2}, {model.UnitFeed, "away", 0}, {"other", "", 0},
	} {
		events := calendar.SharedEvents(s, shared(c.kind, c.of), look(t))
		if len(events) != c.want {
			t.Errorf("%s %s shows %d events, want %d", c.kind, c.of, len(events), c.want)
		}
		feed := calendar.RenderFeed("x", "sv", source, stockholm(t), events)
		if len(feed.Quarantined) > 0 || strings.Contains(string(feed.Body), "VALARM") {
			t.Errorf("%s: quarantined %v, or it reminds", c.kind, feed.Quarantined)
		}
		if r, ok := readByPython(t, feed.Body); ok && len(r.Events) != c.want {
			t.Errorf("%s: python reads %d events", c.kind, len(r.Events))
		}
	}
	e := calendar.SharedEvents(s, shared(model.VenueFeed, "hall"), look(t))[0]
	if e.Title != "Etik, Skövde stadshus (2)" || e.Description != "Leds av Bo Ek.\nDeltagare: 2" || e.URL != "https://kaskad.example.org/seminars/S00001" {
		t.Errorf("a coordinator reads %q, %q, %s", e.Title, e.Description, e.URL)
	}
	s.Seminars["S00001"].Leaders = nil
	if e := calendar.SharedEvents(s, shared(model.VenueFeed, "hall"), look(t))[0]; !strings.HasPrefix(e.Description, "Saknar metodledare.") {
		t.Errorf("without a leader: %q", e.Description)
	}
	s.Seminars["S00001"].Cancelled = true
	if e := calendar.SharedEvents(s, shared(model.VenueFeed, "hall"), look(t))[0]; !e.Cancelled || !strings.HasPrefix(e.Title, "INSTÄLLD: ") {
		t.Errorf("a cancelled one is %+v", e)
	}
}

func TestAUnitsCalendarSaysWhoIsAwayAndNamesNobodyProtected(t *testing.T) {
	s := programme(t)
	e := calendar.SharedEvents(s, shared(model.UnitFeed, "home"), look(t))[0]
	travel := time.Duration(s.Roster.TravelMinutes("home", "hall")) * time.Minute
	if e.Title != "Borta: Anna Åberg och Bo Ek" || !e.Start.Equal(at(t, "2027-03-02T08:30:00+01:00").Add(-travel)) || !e.End.Equal(at(t, "2027-03-02T11:30:00+01:00").Add(travel)) {
		t.Errorf("the unit reads %q from %v to %v", e.Title, e.Start, e.End)
	}
	s.Seminars["S00001"].Attendees, s.Seminars["S00001"].Leaders = []string{"sara"}, []string{"gun"}
	if events := calendar.SharedEvents(s, shared(model.UnitFeed, "home"), look(t)); len(events) != 1 {
		t.Errorf("a seminar only protected people are away for is shown: %+v", events)
	}
	for i := range 4 {
		s.Seminars["S00002"].Attendees = append(s.Seminars["S00002"].Attendees, string(rune('p'+i)))
		s.Roster.People[string(rune('p'+i))] = &model.Person{ID: string(rune('p' + i)), Unit: "home"}
	}
	l := look(t)
	l.Name = func(person string) string { return "Namn " + person }
	if e := calendar.SharedEvents(s, shared(model.UnitFeed, "home"), l)[1]; e.Title != "Borta: 6 personer" || !strings.Contains(e.Description, "Namn anna\n") {
		t.Errorf("many away: %q, %q", e.Title, e.Description)
	}
}

func TestASharedSequenceRisesWithEveryMove(t *testing.T) {
	s := programme(t)
	before := calendar.SharedEvents(s, shared(model.ProgrammeFeed, ""), look(t))[0]
	cancelSeat(s, "S00001", "anna", at(t, "2027-01-20T00:00:00Z"))
	left := calendar.SharedEvents(s, shared(model.ProgrammeFeed, ""), look(t))[0]
	key := seatOf("anna", "S00001")
	s.Seats[key] = append(s.Seats[key], model.Seat{Stamp: at(t, "2027-01-21T00:00:00Z").Unix()})
	back := calendar.SharedEvents(s, shared(model.ProgrammeFeed, ""), look(t))[0]
	if !(before.Sequence < left.Sequence && left.Sequence < back.Sequence) || !back.Stamp.After(left.Stamp) || before.UID != back.UID {
		t.Errorf("sequences %d, %d, %d", before.Sequence, left.Sequence, back.Sequence)
	}
}

func TestBusyTimesSayNothingElse(t *testing.T) {
	s := programme(t)
	now := at(t, "2027-02-01T12:00:00Z")
	for _, f := range []model.SharedFeed{shared(model.BusyPersonFeed, "bo"), shared(model.BusyVenueFeed, "hall")} {
		times, changed := calendar.Busy(s, f, now)
		feed := calendar.RenderBusy("x", "sv", source, f, times, changed, now)
		c := parse(t, feed.Body)
		var busy *ical.Component
		for _, child := range c.Children {
			if child.Name == ical.CompFreeBusy {
				busy = child
			}
		}
		want := map[model.FeedKind]int{model.BusyPersonFeed: 2, model.BusyVenueFeed: 1}[f.Kind]
		if busy == nil || len(busy.Props[ical.PropFreeBusy]) != want || len(c.Children) != 2 {
			t.Fatalf("%s: %d busy times, want %d in\n%s", f.Kind, len(times), want, feed.Body)
		}
		for _, tells := range []string{"Etik", "Skövde", "Bo", "VEVENT"} {
			if strings.Contains(string(feed.Body), tells) {
				t.Errorf("%s tells %s:\n%s", f.Kind, tells, feed.Body)
			}
		}
		later := calendar.RenderBusy("x", "sv", source, f, times, changed, now.Add(11*time.Hour))
		if later.ETag != feed.ETag {
			t.Errorf("%s: within a day the bytes change", f.Kind)
		}
	}
	if !hasLine(calendar.RenderBusy("x", "sv", source, shared(model.BusyVenueFeed, "hall"),
		[]model.Interval{{From: at(t, "2027-03-02T08:30:00+01:00"), To: at(t, "2027-03-02T11:30:00+01:00")}}, time.Time{}, now).Body,
		"FREEBUSY;FBTYPE=BUSY:20270302T073000Z/20270302T103000Z") {
		t.Error("a busy time is not written in UTC")
	}
}
