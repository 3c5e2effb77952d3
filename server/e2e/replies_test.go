package e2e_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// Somebody declines in their calendar: the answer comes in by LMTP, the seat is
// free, one mail clears the calendar and names other times, and the own page
// books one of them. A forwarded invitation answered by a stranger waits for a
// coordinator.
func TestAnswersByMail(t *testing.T) {
	t.Parallel()
	p := planned(t, "--lmtp", "127.0.0.1:0")
	coordinator := signIn(t, p, p.links["coordinator"])
	publish(t, coordinator)
	runInvites(t, coordinator)
	before := byFile(outbox(t, p))
	invitation := someAttendees(t, before)

	p.reply(t, invitation, "stranger@elsewhere.example.org", "DECLINED")
	if page := coordinator.page("/outbox/replies"); !strings.Contains(page, "stranger@elsewhere.example.org") {
		t.Error("the stranger's answer does not wait for a coordinator")
	}
	p.reply(t, invitation, invitation.to, "DECLINED")
	p.reply(t, invitation, invitation.to, "DECLINED") // mail comes twice
	runInvites(t, coordinator)
	var news []letter
	for file, l := range byFile(outbox(t, p)) {
		if _, old := before[file]; !old {
			news = append(news, l)
		}
	}
	if len(news) != 1 || news[0].method != "CANCEL" || news[0].uid() != invitation.uid() || news[0].to != invitation.to {
		t.Fatalf("%d mails after the decline, want one that takes %s back", len(news), invitation.uid())
	}

	person := signIn(t, p, mailedLink(t, p, invitation.to))
	page := person.page("/my")
	offered := regexp.MustCompile(`(?s)action="/my/book">.*?name="seminar" value="([^"]+)"`).FindStringSubmatch(page)
	if offered == nil { // a plan without another seat for this person
		if !strings.Contains(page, "waiting list") || !strings.Contains(news[0].text, "väntelistan") {
			t.Errorf("neither seats nor a waiting list on the own page, or the mail says otherwise:\n%s", news[0].text)
		}
		return
	}
	if status, _ := person.post("/my/book", url.Values{"seminar": {offered[1]}}); status != http.StatusSeeOther {
		t.Fatalf("booking: status %d", status)
	}
	if strings.Contains(person.page("/my"), `action="/my/book"`) {
		t.Error("the own page still offers seats in the module that has been booked")
	}
}

// someAttendees is the invitation of somebody who is to attend.
func someAttendees(t *testing.T, letters map[string]letter) letter {
	t.Helper()
	for _, l := range letters {
		if l.method == "REQUEST" && !strings.HasPrefix(l.event["SUMMARY"], "Du leder: ") && !strings.HasPrefix(l.event["SUMMARY"], "You lead") {
			return l
		}
	}
	t.Fatal("nobody is invited to attend")
	return letter{}
}

var answersAt = regexp.MustCompile(`answers come in by LMTP" at=(\S+)`)

// reply hands over an answer as a mail server does.
func (p *program) reply(t *testing.T, to letter, from, status string) {
	t.Helper()
	at := answersAt.FindStringSubmatch(p.log.String())
	if at == nil {
		t.Fatalf("the program does not say where answers come in:\n%s", p.log)
	}
	conn, err := net.Dial("tcp", at[1])
	if err != nil {
		t.Fatal(err)
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	text := fmt.Sprintf("From: <%s>\r\nTo: planering@kaskad.example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n"+
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:%s\r\nSEQUENCE:%s\r\nDTSTAMP:20260105T091500Z\r\n"+
		"ATTENDEE;PARTSTAT=%s:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", from, to.uid(), to.event["SEQUENCE"], status, from)
	if err := c.SendMail(from, []string{"planering@kaskad.example.org"}, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
}
