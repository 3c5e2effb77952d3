package calendar_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

func TestEventsTellWhoWhatWhereAndHowFar(t *testing.T) {
	events := calendar.Events(programme(t), "anna", look(t))
	if len(events) != 2 {
		t.Fatalf("Anna has %d events, want 2", len(events))
	}
	e := events[0]
	if e.Title != "Etik – seminarium (DiREKT)" || e.Place != "Skövde stadshus" || e.Leading || e.Online || !e.HasPosition || e.Lat != 58.3910 {
		t.Errorf("the first event is %+v", e)
	}
	minutes := programme(t).Roster.TravelMinutes("home", "hall")
	want := fmt.Sprintf("Leds av Bo Ek.\nPlats: Skövde stadshus.\nRestid: ungefär %d minuter enkel väg.\nDin sida: https://kaskad.example.org/my", minutes)
	if e.Description != want || e.Travel != minutes {
		t.Errorf("Description = %q with travel %d, want %q", e.Description, e.Travel, want)
	}
	if !e.Stamp.Equal(at(t, "2027-01-10T12:00:00Z")) || e.Sequence != 0 {
		t.Errorf("Stamp, Sequence = %v, %d, not the seat's", e.Stamp, e.Sequence)
	}
	if net := events[1]; !net.Online || net.HasPosition || net.Travel != 0 || !strings.Contains(net.Description, "Seminariet är digitalt: Teams.") {
		t.Errorf("the online event is %+v", net)
	}
}

func TestLeadersReadThatTheyLead(t *testing.T) {
	s, l := programme(t), look(t)
	s.Seminars["S00001"].Leaders = []string{"bo", "anna"}
	e := calendar.Events(s, "bo", l)[0]
	if e.Title != "Du leder: Etik (DiREKT)" || !e.Leading || !strings.Contains(e.Description, "Du leder tillsammans med Anna Åberg.") {
		t.Errorf("Bo reads %q, %q", e.Title, e.Description)
	}
	l.Language = "en"
	e = calendar.Events(s, "bo", l)[0]
	if e.Title != "You lead: Etik (DiREKT)" || !strings.Contains(e.Description, "You lead it together with Anna Åberg.") {
		t.Errorf("in English Bo reads %q, %q", e.Title, e.Description)
	}
}

func TestAnUnknownLanguageReadsSwedish(t *testing.T) {
	l := look(t)
	l.Language = "fi"
	if e := calendar.Events(programme(t), "anna", l)[0]; e.Title != "Etik – seminarium (DiREKT)" || e.Language != "sv" {
		t.Errorf("Title, Language = %q, %q", e.Title, e.Language)
	}
}

func TestPeopleWithProtectedIdentityReadNeutralEvents(t *testing.T) {
	for _, person := range []string{"gun", "sara"} {
		events := calendar.Events(programme(t), person, look(t))
		if len(events) != 1 {
			t.Fatalf("%s has %d events, want 1", person, len(events))
		}
		e := events[0]
		if e.Title != "Bokad" || e.Place != "" || e.Description != "" || e.URL != "" || e.HasPosition || e.Leading || e.Travel != 0 || e.Module != "" || e.Leaders != nil {
			t.Errorf("%s reads %+v", person, e)
		}
	}
	l := look(t)
	l.Name = nil
	if e := calendar.Events(programme(t), "anna", l)[0]; e.Title != "Bokad" {
		t.Errorf("without a look-up of names Anna reads %q, want the neutral title", e.Title)
	}
	s := programme(t)
	cancelSeat(s, "S00001", "gun", at(t, "2027-01-20T00:00:00Z"))
	if e := calendar.Events(s, "gun", look(t))[0]; e.Title != "INSTÄLLD: Bokad" || e.Description != "" {
		t.Errorf("a cancelled neutral event is %+v", e)
	}
}

// cancelSeat cancels a person's last seat in a seminar, which goes on.
func cancelSeat(s *model.State, seminar, person string, when time.Time) {
	seats := s.Seats[model.SeatKey{Person: person, Seminar: seminar}]
	last := &seats[len(seats)-1]
	last.Cancelled, last.Sequence, last.Stamp = true, last.Sequence+1, when.Unix()
}

func TestFeedsShowThirtyDaysBackAndFourHundredAhead(t *testing.T) {
	start, end := at(t, "2027-03-02T08:30:00+01:00"), at(t, "2027-03-02T11:30:00+01:00")
	for _, c := range []struct {
		name string
		now  time.Time
		want bool
	}{
		{"just too early", start.AddDate(0, 0, 0).Add(-400*24*time.Hour - time.Second), false},
		{"400 days before", start.Add(-400 * 24 * time.Hour), true},
		{"just under 30 days after", end.Add(30*24*time.Hour - time.Second), true},
		{"30 days after", end.Add(30 * 24 * time.Hour), false},
	} {
		l := look(t)
		l.Now = c.now
		if got := len(calendar.Events(programme(t), "sara", l)) == 1; got != c.want {
			t.Errorf("%s: shown = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCancelledEventsStayThirtyDays(t *testing.T) {
	gone := at(t, "2027-01-20T00:00:00Z")
	for _, c := range []struct {
		name string
		now  time.Time
		want int
	}{{"a second before", gone.Add(30*24*time.Hour - time.Second), 2}, {"on the day", gone.Add(30 * 24 * time.Hour), 1}} {
		s, l := programme(t), look(t)
		l.Now = c.now
		cancelSeat(s, "S00001", "anna", gone)
		events := calendar.Events(s, "anna", l)
		if len(events) != c.want {
			t.Fatalf("%s: %d events, want %d", c.name, len(events), c.want)
		}
		if e := events[0]; c.want == 2 && (e.Title != "INSTÄLLD: Etik – seminarium (DiREKT)" || !e.Cancelled || e.Sequence != 1) {
			t.Errorf("the cancelled event is %+v", e)
		}
	}
}

func TestWhatWasCancelledAfterItsTimeLeavesWithTheRest(t *testing.T) {
	s, l := programme(t), look(t)
	cancelSeat(s, "S00001", "sara", at(t, "2027-03-20T00:00:00Z"))
	end := at(t, "2027-03-02T11:30:00+01:00")
	for _, c := range []struct {
		now  time.Time
		want int
	}{{end.Add(30*24*time.Hour - time.Second), 1}, {end.Add(30 * 24 * time.Hour), 0}} {
		l.Now = c.now
		if got := len(calendar.Events(s, "sara", l)); got != c.want {
			t.Errorf("at %v: %d events, want %d", c.now, got, c.want)
		}
	}
}

func TestWithdrawnAndCancelledAreToldApart(t *testing.T) {
	s := programme(t)
	cancelSeat(s, "S00001", "anna", at(t, "2027-01-20T00:00:00Z"))
	if e := calendar.Events(s, "anna", look(t))[0]; !e.Withdrawn || !strings.HasPrefix(e.Description, "Du är inte längre bokad på seminariet.") {
		t.Errorf("the withdrawn event reads %q, Withdrawn = %v", e.Description, e.Withdrawn)
	}
	s.Seminars["S00001"].Cancelled = true
	if e := calendar.Events(s, "anna", look(t))[0]; e.Withdrawn || !strings.HasPrefix(e.Description, "Seminariet är inställt.") {
		t.Errorf("the cancelled event reads %q, Withdrawn = %v", e.Description, e.Withdrawn)
	}
}

func TestASeatGivenBackShowsOnlyItsNewLife(t *testing.T) {
	s := programme(t)
	key := model.SeatKey{Person: "anna", Seminar: "S00001"}
	before := calendar.Events(s, "anna", look(t))[0]
	cancelSeat(s, "S00001", "anna", at(t, "2027-01-20T00:00:00Z"))
	s.Seats[key] = append(s.Seats[key], model.Seat{Stamp: at(t, "2027-01-21T00:00:00Z").Unix()})
	events := calendar.Events(s, "anna", look(t))
	if len(events) != 2 || events[0].Cancelled || events[0].UID == before.UID {
		t.Errorf("events = %+v; want one live event with a new UID, and Juridik", events)
	}
}

func TestFeedAndInvitationHaveDifferentUIDs(t *testing.T) {
	s := programme(t)
	key := model.SeatKey{Person: "anna", Seminar: "S00001"}
	feed := calendar.Events(s, "anna", look(t))[0]
	invited, err := calendar.EventFor(s, model.Notice{SeatKey: key, Seat: s.Seats[key][0]}, look(t))
	if err != nil {
		t.Fatal(err)
	}
	base := key.UID("direkt", 0)
	if feed.UID != base+"-feed" || invited.UID != base+"-invite" {
		t.Errorf("UIDs are %q and %q, want those of %q with an ending each", feed.UID, invited.UID, base)
	}
}

func TestEventForTheEarlierGenerationIsItsCancellation(t *testing.T) {
	s := programme(t)
	key := model.SeatKey{Person: "anna", Seminar: "S00001"}
	cancelSeat(s, "S00001", "anna", at(t, "2027-01-20T00:00:00Z"))
	s.Seats[key] = append(s.Seats[key], model.Seat{Leading: true, Stamp: at(t, "2027-01-21T00:00:00Z").Unix()})
	first, err := calendar.EventFor(s, model.Notice{SeatKey: key, Generation: 0, Seat: s.Seats[key][0]}, look(t))
	if err != nil {
		t.Fatal(err)
	}
	second, err := calendar.EventFor(s, model.Notice{SeatKey: key, Generation: 1, Seat: s.Seats[key][1]}, look(t))
	if err != nil {
		t.Fatal(err)
	}
	if calendar.MethodOf(first) != calendar.Cancel || calendar.MethodOf(second) != calendar.Request || first.UID == second.UID || !second.Leading {
		t.Errorf("generations are %+v and %+v", first, second)
	}
}

func TestEventForSaysWhatIsGone(t *testing.T) {
	s := programme(t)
	notice := model.Notice{SeatKey: model.SeatKey{Person: "anna", Seminar: "S09999"}}
	if _, err := calendar.EventFor(s, notice, look(t)); model.CodeOf(err) != model.NotFound {
		t.Errorf("for an unknown seminar: %v", err)
	}
	s.Seminars["S00001"].Slot = "gone"
	notice.Seminar = "S00001"
	if _, err := calendar.EventFor(s, notice, look(t)); model.CodeOf(err) != model.NotFound {
		t.Errorf("for a slot that is gone: %v", err)
	}
}

func TestMayMail(t *testing.T) {
	for _, c := range []struct {
		contact model.Contact
		want    bool
	}{
		{model.Contact{Email: "anna@example.org"}, true},
		{model.Contact{Email: "anna@example.org", Protected: true}, false},
		{model.Contact{}, false},
		{model.Contact{Email: "Anna <anna@example.org>"}, false},
		{model.Contact{Email: "anna@example.org\r\nBcc: all@example.org"}, false},
		{model.Contact{Email: "åsa@example.org"}, false},
	} {
		if got := calendar.MayMail(c.contact); got != c.want {
			t.Errorf("MayMail(%+v) = %v, want %v", c.contact, got, c.want)
		}
	}
}
