package calendar_test

import (
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

func TestAFeedTellsForAWhileThatSeminarsComeByMail(t *testing.T) {
	s, seen := programme(t), look(t)
	chosen := at(t, "2027-01-20T09:30:40Z")
	s.Calendars.Choices = map[string]model.CalendarChoice{"anna": {Channel: model.ByMail, At: chosen.UnixMilli()}}
	events := calendar.Events(s, "anna", seen)
	if len(events) != 1 || events[0].Title != "Seminarierna kommer med inbjudan i stället" {
		t.Fatalf("Anna's feed shows %v", events)
	}
	if e := events[0]; !e.Start.Equal(at(t, "2027-01-20T09:30:00Z")) || !e.Free || e.Alarms == nil {
		t.Errorf("it is at %s, free %v, with alarms %v; want it when she chose, taking no time, without an alarm", e.Start, e.Free, e.Alarms)
	}
	feed := calendar.RenderFeed("Kaskad", "sv", "", stockholm(t), events)
	if !hasLine(feed.Body, "TRANSP:TRANSPARENT") || hasLine(feed.Body, "BEGIN:VALARM") || len(feed.Quarantined) > 0 {
		t.Errorf("it takes up time, or sounds:\n%s", feed.Body)
	}
	seen.Now = chosen.Add(31 * 24 * time.Hour)
	if got := calendar.Events(s, "anna", seen); len(got) > 0 {
		t.Errorf("a month later the feed still shows %v", got)
	}
}
