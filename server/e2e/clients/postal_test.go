package clients_test

import (
	"fmt"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
)

// The program as it is built, with its own flags, between Postfix and Dovecot:
// its mails go out by SMTP; answers and a letter lie in a mailbox that it reads
// by IMAP with TLS; and what could not be delivered comes back to a return
// address of its own, which Postfix hands over by LMTP.
func TestTheProgramMailsThereAndBack(t *testing.T) {
	t.Parallel()
	gone := openPostOffice(t, true, &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 6}, Message: "The mailbox has moved"})
	own := freePort(t)
	servers, ok := openMailServers(t, gone.port, own)
	if !ok {
		return
	}
	p := startProgram(t, []string{"SSL_CERT_FILE=" + servers.trust, "KASKAD_IMAP_PASSWORD=any"},
		"--staff", "100", "--plan-seconds", "1", "--from", organizer, "--return-to", organizer,
		"--smtp", fmt.Sprintf("127.0.0.1:%d", servers.smtp), "--smtp-security", "none",
		"--imap", fmt.Sprintf("127.0.0.1:%d", servers.imaps), "--imap-user", organizer, "--lmtp", fmt.Sprintf("127.0.0.1:%d", own))
	link := p.await(`href="(/waves/publish\?wave=[^"]+)"`, "/waves") // until the plan is made
	p.submit(link, "/waves/publish")
	p.submit("/outbox", "/outbox/run")

	invited := servers.invited(t, 3)
	for i, status := range []string{"DECLINED", "ACCEPTED"} {
		servers.answer(t, invited[i], status)
		servers.answer(t, invited[i], status) // mail comes twice
	}
	servers.send(t, invited[2].to, "Subject: En sak\r\n\r\nFinns det parkering?\r\n")

	for end := time.Now().Add(patience); ; time.Sleep(300 * time.Millisecond) {
		p.submit("/jobs", "/jobs/replies/run")
		all, failed := p.page("/outbox/replies?all=1"), p.page("/outbox?state=failed")
		taken, letters, returned := strings.Count(all, "badge outcome-taken"), strings.Count(all, "Finns det parkering?"), strings.Count(failed, "mailbox has moved")
		if taken == 2 && letters == 1 && returned > 0 && strings.Contains(all, "badge outcome-returned") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%d answers taken in, want 2; %d letters, want 1; %d mails returned, want some\n%s", taken, letters, returned, all)
		}
	}
}

// invited waits until so many people have an invitation to attend in their mailboxes.
func (m *mailServers) invited(t *testing.T, n int) (list []letter) {
	t.Helper()
	for end := time.Now().Add(patience); len(list) < n; time.Sleep(100 * time.Millisecond) {
		boxes, err := os.ReadDir(filepath.Join(m.dir, "mail"))
		if err != nil {
			t.Fatal(err)
		}
		for _, box := range boxes {
			for _, l := range m.mailbox(t, box.Name()) {
				if l.method == "REQUEST" && !strings.Contains(l.object, "SUMMARY;LANGUAGE=sv:Du leder") {
					list = append(list, l)
					break // one of each person
				}
			}
		}
		if time.Now().After(end) {
			t.Fatalf("%d people have been invited, want %d", len(list), n)
		}
	}
	return list
}

// answer answers an invitation as its receiver's calendar program would.
func (m *mailServers) answer(t *testing.T, l letter, status string) {
	t.Helper()
	m.send(t, l.to, fmt.Sprintf("Subject: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n"+
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:%s\r\nSEQUENCE:0\r\nDTSTAMP:20260105T091500Z\r\n"+
		"ORGANIZER:mailto:%s\r\nATTENDEE;PARTSTAT=%s:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", status, uidOf(l.object), organizer, status, l.to))
}

// send hands a mail to Kaskad over to Postfix.
func (m *mailServers) send(t *testing.T, from, text string) {
	t.Helper()
	text = "From: <" + from + ">\r\nTo: <" + organizer + ">\r\n" + text
	if err := smtp.SendMail(fmt.Sprintf("127.0.0.1:%d", m.smtp), nil, from, []string{organizer}, []byte(text)); err != nil {
		t.Fatal(err)
	}
}
