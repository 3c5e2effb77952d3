package calendar_test

import (
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

func withMentors(t *testing.T) *model.State {
	t.Helper()
	s := programme(t)
	s.Activities = model.ActivityBook{
		Types: []model.ActivityType{{ID: "mentor", Name: "Mentorspar", Dated: true, Named: true, Credit: model.CreditAttendance}},
		List: []*model.Activity{{ID: "A00001", Type: "mentor", Name: "Par ett", Place: "Kafét", People: []string{"anna", "sara"}, Leaders: []string{"bo"}, Stamp: s.At / 1000,
			Times: []model.Interval{{From: at(t, "2027-03-05T12:00:00Z"), To: at(t, "2027-03-05T13:00:00Z")}, {From: at(t, "2027-03-12T12:00:00Z"), To: at(t, "2027-03-12T13:00:00Z")}}}},
	}
	return s
}

// titles are what a feed shows of the fifth and the twelfth of March.
func titles(events []calendar.Event) (list []string) {
	for _, e := range events {
		if e.Start.Month() == time.March && (e.Start.Day() == 5 || e.Start.Day() == 12) {
			list = append(list, e.Title+", "+e.Place)
		}
	}
	return list
}

func TestActivitiesAreInTheFeeds(t *testing.T) {
	s := withMentors(t)
	seen := look(t)
	for person, want := range map[string][]string{
		"anna": {"Par ett, Kafét", "Par ett, Kafét"}, "bo": {"Par ett, Kafét", "Par ett, Kafét"},
		"sara": {"Bokad, ", "Bokad, "}, "gun": nil,
	} {
		if got := titles(calendar.Events(s, person, seen)); !slices.Equal(got, want) {
			t.Errorf("%s sees %q, want %q", person, got, want)
		}
	}
	s.Calendars.Choices = map[string]model.CalendarChoice{"anna": {Channel: model.ByMail}}
	if got := calendar.Events(s, "anna", seen); len(got) != 2 || len(titles(got)) != 2 {
		t.Errorf("invited to seminars by mail, the feed has %d events, want the two of the activity", len(got))
	}
	s.Activities.List[0].Cancelled = true
	if got := titles(calendar.Events(s, "bo", seen)); !slices.Equal(got, []string{"INSTÄLLD: Par ett, Kafét", "INSTÄLLD: Par ett, Kafét"}) {
		t.Errorf("cancelled: %q", got)
	}
}

func TestActivitiesAreInSharedFeedsOfTheirArea(t *testing.T) {
	s := withMentors(t)
	s.Activities.List[0].Area = "1480"
	for of, want := range map[string]int{"1480": 2, "1490": 0} {
		got := titles(calendar.SharedEvents(s, model.SharedFeed{Kind: model.AreaFeed, Of: of}, look(t)))
		if len(got) != want {
			t.Errorf("area %s shows %q, want %d", of, got, want)
		}
	}
	uids := map[string]bool{}
	for _, e := range calendar.SharedEvents(s, model.SharedFeed{Kind: model.ProgrammeFeed}, look(t)) {
		if uids[e.UID] {
			t.Errorf("UID %s is there twice", e.UID)
		}
		uids[e.UID] = true
	}
}
