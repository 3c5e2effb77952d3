package web_test

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/mail"
)

// Who may answer, and see what came back.
func init() {
	access["POST /my/answer"], access["POST /my/book"] = own, own
	for _, route := range []string{"POST /outbox/messages/:id/again", "GET /outbox/preview", "GET /jobs", "POST /jobs/:name/run"} {
		access[route] = "coordinator"
	}
	access["GET /outbox/replies"], access["POST /outbox/replies/:id"] = "coordinator", "coordinator"
}

func (s *site) seatOf(person, draftID string) model.Seat {
	s.t.Helper()
	seats := s.service.State().Seats[model.SeatKey{Person: person, Seminar: s.named(draftID)}]
	if len(seats) == 0 {
		s.t.Fatalf("%s has no seat in %s", person, draftID)
	}
	return seats[len(seats)-1]
}

func (s *site) form(v *visitor, draftID string, more url.Values) url.Values {
	more.Set("csrf", v.formToken())
	more.Set("seminar", s.named(draftID))
	return more
}

func TestAnsweringFromTheOwnPage(t *testing.T) {
	s := published(t)
	v := s.signedIn(staff)
	v.expect(v.post("/my/answer", s.form(v, "d2", url.Values{"answer": {"accepted"}, "generation": {"0"}, "sequence": {"0"}})), http.StatusSeeOther)
	if got := s.seatOf("anna", "d2").Answer; got != model.Accepted {
		t.Fatalf("the seat says %q, want accepted", got)
	}
	if page := v.get("/my").body; !strings.Contains(page, "You have accepted") {
		t.Errorf("the own page does not say what was answered:\n%s", words(page))
	}
	boss := s.signedIn(coordinator)
	if page := words(boss.get("/seminars/" + s.named("d2")).body); !strings.Contains(page, "1 kommer, 0 kanske, 2 har inte svarat.") && !strings.Contains(page, "1 coming, 0 perhaps, 2 have not answered.") {
		t.Errorf("the seminar does not say who comes:\n%s", page)
	}
}

func TestDecliningAndChoosingAnotherSeat(t *testing.T) {
	s := planned(t)
	s.draft(append(lessons(), lesson("d5", "staff", "ethics", "2027-02-05", "lena", "cilla"))...)
	s.publish("w1")
	s.publish("")
	s.send()
	v := s.signedIn(staff)
	v.expect(v.post("/my/answer", s.form(v, "d2", url.Values{"answer": {"declined"}, "generation": {"0"}, "sequence": {"0"}})), http.StatusSeeOther)
	page := v.get("/my").body
	if !strings.Contains(page, `value="`+s.named("d5")+`"`) || !strings.Contains(page, "/my/book") {
		t.Fatalf("the own page offers no other seat:\n%s", words(page))
	}
	if sent := s.send(); len(sent) != 1 || sent[0].Method != "CANCEL" || !strings.Contains(sent[0].Text, "5 February") {
		t.Errorf("mails after the decline: %+v; want one that takes the seminar out of the calendar and names the other", sent)
	}
	v.expect(v.post("/my/book", s.form(v, "d5", url.Values{})), http.StatusSeeOther)
	if got := s.seatOf("anna", "d5"); got.Cancelled {
		t.Errorf("the seat that was booked is %+v", got)
	}
	if sent := s.send(); len(sent) != 1 || sent[0].Method != "REQUEST" {
		t.Errorf("mails after booking: %+v; want one invitation", sent)
	}
}

func TestAnOldFormAnswersNothing(t *testing.T) {
	s := published(t)
	v := s.signedIn(staff)
	moved := lessons()
	moved[1].Slot, moved[1].ID = "2027-02-04", s.named("d2")
	for i, d := range []string{"d1", "", "d3", "d4"} {
		if d != "" {
			moved[i].ID = s.named(d)
		}
	}
	id := s.named("d2")
	s.draft(moved...)
	s.publish("w1")
	v.expect(v.post("/my/answer", url.Values{"csrf": {v.formToken()}, "seminar": {id}, "answer": {"declined"}, "generation": {"0"}, "sequence": {"0"}}), http.StatusSeeOther)
	if seats := s.service.State().Seats[model.SeatKey{Person: "anna", Seminar: id}]; seats[0].Cancelled {
		t.Error("a form from before the move gave up the seat after it")
	}
}

func TestRepliesShowWhatCameBack(t *testing.T) {
	s := published(t)
	var uid string
	for _, m := range s.invites.List() {
		if m.Person == "anna" && m.Seminar == s.named("d2") {
			uid = m.UID + "-invite"
		}
	}
	reply := func(from, status string) {
		s.must(s.intake.Take(t.Context(), fmt.Appendf(nil, "From: %s\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"+
			"BEGIN:VEVENT\r\nUID:%s\r\nSEQUENCE:0\r\nDTSTAMP:20270104T090000Z\r\nATTENDEE;PARTSTAT=%s:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", from, uid, status, from)))
	}
	reply("anna@enhet.example.org", "ACCEPTED")
	reply("other@elsewhere.example.org", "DECLINED")
	boss := s.signedIn(coordinator)
	page := boss.get("/outbox/replies").body
	if !strings.Contains(page, "other@elsewhere.example.org") || strings.Count(page, "<tr role=\"row\">") != 2 {
		t.Fatalf("the page should show the stranger's answer alone:\n%s", words(page))
	}
	if all := boss.get("/outbox/replies?all=1").body; strings.Count(all, "<tr role=\"row\">") != 3 {
		t.Errorf("all answers:\n%s", words(all))
	}
	id := regexp.MustCompile(`action="(/outbox/replies/[0-9a-f]+)"`).FindStringSubmatch(page)[1]
	boss.expect(boss.post(id, url.Values{"csrf": {boss.formToken()}, "answer": {"declined"}}), http.StatusSeeOther)
	if got := s.seatOf("anna", "d2"); got.Answer != model.Declined || !got.Cancelled {
		t.Errorf("the seat is %+v after the coordinator counted the answer", got)
	}
}

func TestJobsCanBeRunFromTheirPage(t *testing.T) {
	s := planned(t)
	s.publish("w1")
	boss := s.signedIn(coordinator)
	if page := boss.get("/jobs").body; !strings.Contains(page, "/jobs/invite/run") {
		t.Fatalf("the page does not offer to run the job:\n%s", words(page))
	}
	boss.expect(boss.post("/jobs/invite/run", url.Values{"csrf": {boss.formToken()}}), http.StatusSeeOther)
	sent := len(s.post.taken())
	if page := words(boss.get("/jobs").body); sent == 0 || !strings.Contains(page, fmt.Sprintf("%d skickade", sent)) && !strings.Contains(page, fmt.Sprintf("%d sent", sent)) {
		t.Errorf("%d mails went out, and the page says\n%s", sent, page)
	}
	boss.expect(boss.post("/jobs/nothing/run", url.Values{"csrf": {boss.formToken()}}), http.StatusNotFound)
}

func TestThePreviewShowsTheMailsThatThenGoOut(t *testing.T) {
	s := planned(t)
	boss := s.signedIn(coordinator)
	before := boss.get("/outbox/preview?of=wave&wave=w1").body
	s.publish("w1")
	due := boss.get("/outbox/preview").body
	sent := s.send()
	for _, m := range sent {
		for what, page := range map[string]string{"before publishing": before, "after": due} {
			if !strings.Contains(page, m.To.Email) || !strings.Contains(html.UnescapeString(page), m.Text) {
				t.Errorf("%s the preview lacks the mail to %s:\n%s", what, m.To.Email, m.Text)
			}
		}
	}
	if n := strings.Count(due, `class="card-head"`); n != len(sent) || n == 0 {
		t.Errorf("%d mails in the preview, %d went out", n, len(sent))
	}
	if page := boss.get("/outbox/preview").body; strings.Contains(page, `class="card-head"`) {
		t.Error("the preview shows mails that have gone out")
	}
}

func TestDeadLettersAreSentAgainFromThePage(t *testing.T) {
	s := planned(t)
	s.post.refuse = &mail.PermanentError{Code: 550, Err: errors.New("no such user")}
	s.publish("w1")
	s.send()
	boss := s.signedIn(coordinator)
	page := boss.get("/outbox?state=failed").body
	again := regexp.MustCompile(`action="(/outbox/messages/[^"]+/again)"`).FindAllStringSubmatch(page, -1)
	if len(again) == 0 {
		t.Fatalf("no message can be sent again:\n%s", words(page))
	}
	s.post.refuse = nil
	boss.expect(boss.post(again[0][1], url.Values{"csrf": {boss.formToken()}}), http.StatusSeeOther)
	if sent := s.send(); len(sent) != 1 {
		t.Errorf("%d mails went out, want the one that was asked for", len(sent))
	}
}
