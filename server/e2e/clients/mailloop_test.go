package clients_test

import (
	"fmt"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"kaskad/model"
	"kaskad/server/mail"
	"kaskad/server/mail/inbox"
)

// The whole way: Kaskad hands its mails to Postfix, Dovecot keeps them, Anna's
// Thunderbird fetches them, answers through Postfix, and Kaskad fetches the
// answers from its own mailbox.
func TestMailGoesThereAndBack(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("thunderbird")
	if err != nil {
		missing(t, err)
		return
	}
	gone := openPostOffice(t, true, &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 6}, Message: "The mailbox has moved"})
	servers, ok := openMailServers(t, gone.port, 0)
	if !ok {
		return
	}
	sender, err := mail.NewSMTP(mail.Options{Addr: fmt.Sprintf("127.0.0.1:%d", servers.smtp), Security: mail.Open})
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, sender)
	b := startThunderbird(t, program, servers.annasAccount())
	own := &inbox.Mailbox{Addr: fmt.Sprintf("127.0.0.1:%d", servers.imap), User: organizer, Password: "any", Security: mail.Open,
		Store: s.store, Take: s.intake.Take, Log: s.log}
	for _, c := range story {
		s.tell(c)
		for _, l := range s.arriving(servers, c) {
			b.receive(t, l)
		}
		s.eventually(c.name+": the own calendar", sortedLines(c.own), func() []string { return sortedLines(s.lines(b.own(t))) })
		s.eventually(c.name+": the answers Kaskad knows", accepting(c.own), func() []string { return s.annasAnswers(own) })
	}
	s.decline(servers, b, own)
	s.expectUndelivered(own)
}

// annasAccount is a mail account of Anna's with a mailbox on the servers.
func (m *mailServers) annasAccount() map[string]any {
	return map[string]any{
		"mail.server.server1.type": "imap", "mail.server.server1.port": m.imap, "mail.server.server1.socketType": 0,
		"mail.server.server1.authMethod": 3, "mail.server.server1.userName": address("anna"), "mail.smtpserver.smtp1.port": m.smtp,
	}
}

// arriving waits for a chapter's mails in Anna's mailbox, as they are understood
// by a program that is not ours.
func (s *stage) arriving(servers *mailServers, c chapter) []letter {
	s.t.Helper()
	var letters []letter
	s.eventually(c.name+": Anna's mailbox", sortedLines(c.mails), func() []string {
		letters = append(letters, servers.mailbox(s.t, "anna")...)
		return sortedLines(s.understood(letters))
	})
	return letters
}

// understood is what python-icalendar makes of mails.
func (s *stage) understood(letters []letter) []string {
	s.t.Helper()
	python := parsers[slices.IndexFunc(parsers, func(p parser) bool { return p.name == "python-icalendar" })]
	var samples []sample
	for _, l := range letters {
		samples = append(samples, sample{body: l.object})
	}
	var list []string
	for _, r := range python.readAll(s.t, samples) {
		list = append(list, r.Method+" "+strings.Join(s.lines(r.Events), " and "))
	}
	return list
}

func sortedLines(lines []string) []string { return slices.Sorted(slices.Values(lines)) }

// annasAnswers fetches what has come to Kaskad, and lists what it then knows of
// Anna's seats: those she has, and those she has given up.
func (s *stage) annasAnswers(own *inbox.Mailbox) []string {
	s.t.Helper()
	_, err := own.Fetch(s.t.Context())
	s.must(err)
	var list []string
	state := s.service.State()
	for _, id := range slices.Sorted(maps.Keys(state.Seminars)) {
		for generation, seat := range state.Seats[model.SeatKey{Person: "anna", Seminar: id}] {
			if !seat.Cancelled || seat.Answer == model.Declined {
				list = append(list, fmt.Sprintf("%s/anna/%d %s", id, generation, seat.Answer))
			}
		}
	}
	return list
}

// accepting is what Kaskad must know when Anna has accepted all of her entries.
func accepting(own []string) []string {
	var list []string
	for _, line := range own {
		seat, _, _ := strings.Cut(line, " ")
		list = append(list, seat+" "+string(model.Accepted))
	}
	slices.Sort(list)
	return list
}

// decline invites Anna once more, and she says no.
func (s *stage) decline(servers *mailServers, b thunderbird, own *inbox.Mailbox) {
	s.t.Helper()
	s.plan(func(list []model.Seminar) []model.Seminar {
		return append(list, seminar("d10", "law", "week1", "hall", "leo", "anna"))
	})
	s.mailOut()
	for _, l := range s.arriving(servers, chapter{name: "invited once more",
		mails: []string{"REQUEST S00010/anna/0 s0 2027-01-04T07:00/10:00 CONFIRMED " + law + " @ Skövde"}}) {
		b.press(s.t, l, "Decline")
	}
	s.eventually("the answer no", []string{"S00004/anna/1 accepted", "S00010/anna/0 declined"}, func() []string { return s.annasAnswers(own) })
}

// expectUndelivered: Emil's address is unknown to Postfix, which says so at
// once; the server that Cilla's mail goes on to refuses it, and it comes back.
func (s *stage) expectUndelivered(own *inbox.Mailbox) {
	s.t.Helper()
	want := []string{"cilla S00005 mailbox has moved", "cilla S00008 mailbox has moved", "emil S00007 User unknown", "emil S00009 User unknown"}
	s.eventually("what could not be delivered", want, func() []string {
		_, err := own.Fetch(s.t.Context())
		s.must(err)
		var list []string
		for _, r := range s.invites.List() {
			if r.Failed {
				list = append(list, r.Person+" "+r.Seminar+" "+reason.FindString(r.Error))
			}
		}
		slices.Sort(list)
		return list
	})
}

var reason = regexp.MustCompile(`mailbox has moved|User unknown|$`)
