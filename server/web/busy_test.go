package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
)

// uploads sends a file by a form.
func (v *visitor) uploads(path, name, content string) answer {
	v.site.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	v.site.must(form.WriteField("csrf", v.formToken()))
	file, err := form.CreateFormFile("file", name)
	v.site.must(err)
	_, err = file.Write([]byte(content))
	v.site.must(err)
	v.site.must(form.Close())
	return v.ask(http.MethodPost, path, b.String(), "Content-Type", form.FormDataContentType())
}

const ownCalendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Tandläkare\r\nDTSTART:20270215T080000Z\r\nDTEND:20270215T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestALeaderGivesTheOwnBusyTimes(t *testing.T) {
	s := published(t)
	v := s.signedIn(leader)
	v.expect(v.get("/my/calendar"), http.StatusOK, "When you are taken by other things")
	v.leads(v.uploads("/my/calendar/busy", "cal.ics", ownCalendar), "/my/calendar")
	v.expect(v.get("/my/calendar"), http.StatusOK, "The calendar is read. 1 busy time concerns the programme.", "Read from a file.")
	if n := len(s.service.State().Roster.People["lena"].Closed); n != 1 {
		t.Errorf("lena is closed %d times, want 1", n)
	}
	v.leads(v.uploads("/my/calendar/busy", "page.html", "<html>"), "/my/calendar")
	page := v.expect(v.get("/my/calendar"), http.StatusOK, "This is no calendar.", "1 busy time concerns the programme.")
	if strings.Contains(page.body, "Tandläkare") {
		t.Error("the page tells what a time is taken by")
	}
	v.leads(v.submit("/my/calendar/busy", nil), "/my/calendar")
	v.expect(v.get("/my/calendar"), http.StatusOK, "Write an address or choose a file.")
	v.leads(v.submit("/my/calendar/busy/remove", nil), "/my/calendar")
	if n := len(s.service.State().Roster.People["lena"].Closed); n != 0 {
		t.Errorf("after taking it back lena is closed %d times", n)
	}
	for range 5 {
		v.uploads("/my/calendar/busy", "cal.ics", ownCalendar)
	}
	v.expect(v.get("/my/calendar"), http.StatusOK, "That was many tries.")
}

func TestAClashIsSaidToBothSides(t *testing.T) {
	s := published(t)
	v, boss := s.signedIn(leader), s.signedIn(coordinator)
	clash := strings.NewReplacer("20270215", "20270203", "090000Z", "084500Z").Replace(ownCalendar)
	v.leads(v.uploads("/my/calendar/busy", "cal.ics", clash), "/my/calendar")
	v.expect(v.get("/my/calendar"), http.StatusOK, "1 published seminar clashes with the calendar.", "Etik, Wed")
	boss.expect(boss.get("/changes"), http.StatusOK, "Etik")
	if n := strings.Count(boss.get("/overview").body, "/changes"); n == 0 {
		t.Error("the overview does not tell of a leader who is busy")
	}
}

func TestCoordinatorsGiveAVenuesBookings(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	const page = "/calendars/venues/barn"
	v.expect(v.get("/calendars?q=ladan"), http.StatusOK, "Ladan")
	v.expect(v.get(page), http.StatusOK, "When the venue is taken by other things")
	v.leads(v.uploads(page+"/busy", "cal.ics", ownCalendar), page)
	if n := len(s.service.State().Roster.Venues["barn"].Closed); n != 1 {
		t.Errorf("the venue is closed %d times, want 1", n)
	}
	v.leads(v.submit(page+"/busy/remove", nil), page)
	v.expect(v.get(page), http.StatusOK, "The calendar is not used any more.")
	v.expect(v.get("/calendars/venues/none"), http.StatusNotFound)
	staffer := s.signedIn(auth.User{Person: "anna", Role: model.Staff})
	staffer.expect(staffer.uploads("/my/calendar/busy", "cal.ics", ownCalendar), http.StatusForbidden)
}
