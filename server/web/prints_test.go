package web_test

import (
	"net/http"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
)

func TestASeminarIsPutIntoACalendarByHand(t *testing.T) {
	s := published(t)
	id := s.named("d2")
	var invited string
	for _, r := range s.invites.List() {
		if r.Person == "anna" && r.Seminar == id {
			invited = r.UID
		}
	}
	me := s.signedIn(staff)
	me.expect(me.get("/seminars/"+id), http.StatusOK, "Add to calendar")
	a := me.expect(me.get("/seminars/"+id+"/calendar.ics"), http.StatusOK)
	if !strings.Contains(a.body, "UID:"+invited+"-invite\r\n") || strings.Contains(a.body, "METHOD") || a.header.Get("Content-Type") != "text/calendar; charset=utf-8" ||
		!strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") || strings.Count(a.body, "BEGIN:VEVENT") != 1 {
		t.Errorf("the file is %v\n%s\nwant the appointment of the invitation %s", a.header, a.body, invited)
	}
	me.expect(me.get("/seminars/"+s.named("d4")+"/calendar.ics"), http.StatusNotFound)
	boss := s.signedIn(coordinator)
	if a := boss.expect(boss.get("/seminars/"+id+"/calendar.ics"), http.StatusOK); !strings.Contains(a.body, "SUMMARY;LANGUAGE=sv:Etik\\, Salen (3)") {
		t.Errorf("a coordinator's file is\n%s", a.body)
	}
	boss.expect(boss.get("/seminars/none/calendar.ics"), http.StatusNotFound)
	hidden := s.signedIn(auth.User{Person: "hidden", Role: model.Staff})
	if a := hidden.expect(hidden.get("/seminars/"+id+"/calendar.ics"), http.StatusOK); strings.Contains(a.body, "Etik") || strings.Contains(a.body, "Salen") {
		t.Errorf("the file of a protected identity tells\n%s", a.body)
	}
}

func TestPapersSayWhatIsAhead(t *testing.T) {
	s := published(t)
	v := s.signedIn(leader)
	page := v.expect(v.get("/my/agenda"), http.StatusOK, "Etik", "Salen", "You lead")
	if n := strings.Count(page.body, `role="rowheader"`); n != 3 {
		t.Errorf("lena's agenda has %d rows, want the 3 she attends or leads", n)
	}
	boss := s.signedIn(coordinator)
	boss.expect(boss.get("/my/agenda"), http.StatusOK, "Nothing booked")
	const doors = "/calendars/venues/room/doors"
	boss.expect(boss.get(doors), http.StatusOK, "Wednesday", "1 seminar")
	day := boss.expect(boss.get(doors+"?day=2027-02-03"), http.StatusOK, "Etik", "09:00–10:00", "3 participants")
	if strings.Contains(day.body, "annason") {
		t.Error("the door names who comes")
	}
	expectNoSecrets(t, "the door", day.body)
	for _, odd := range []string{"?day=x", "?day=2027-02-04", "?day=%00%ff"} {
		boss.expect(boss.get(doors+odd), http.StatusOK, "Nothing planned")
	}
}
