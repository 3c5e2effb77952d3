package e2e_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A leader who hands a seminar back gets a cancellation and the others an
// update; who claims it gets a new invitation with an identity of its own.
func TestHandBackAndClaim(t *testing.T) {
	t.Parallel()
	p := planned(t)
	coordinator := signIn(t, p, p.links["coordinator"])
	publish(t, coordinator)
	runInvites(t, coordinator)
	first := byFile(outbox(t, p))
	invitation := someLeaders(t, first)
	leader := signIn(t, p, mailedLink(t, p, invitation.to))

	seminar := handBack(t, leader, invitation)
	runInvites(t, coordinator)
	second := byFile(outbox(t, p))
	attendees := expectNews(t, first, second, invitation, "CANCEL")

	claim(t, leader, seminar)
	runInvites(t, coordinator)
	third := byFile(outbox(t, p))
	if again := expectNews(t, second, third, invitation, "REQUEST"); again != attendees {
		t.Errorf("%d attendees heard of the claim, %d of the hand-back", again, attendees)
	}
}

func byFile(letters []letter) map[string]letter {
	m := map[string]letter{}
	for _, l := range letters {
		m[l.file] = l
	}
	return m
}

// someLeaders is the invitation of somebody who is to lead near enough to be
// offered the seminar again: open seminars are shown up to 60 minutes away.
func someLeaders(t *testing.T, letters map[string]letter) letter {
	t.Helper()
	for _, l := range letters {
		far := travelTime.FindStringSubmatch(l.event["DESCRIPTION"])
		if strings.HasPrefix(l.event["SUMMARY"], "Du leder: ") && (far == nil || len(far[1]) == 1 || len(far[1]) == 2 && far[1] <= "60") {
			return l
		}
	}
	t.Fatal("nobody is invited to lead within an hour's travel")
	return letter{}
}

var travelTime = regexp.MustCompile(`Restid: ungefär (\d+) minuter`)

// mailedLink asks for a sign-in link as somebody who has none, and reads it in the mail.
func mailedLink(t *testing.T, p *program, email string) string {
	t.Helper()
	v := newVisitor(t, p)
	v.page("/sign-in")
	before := byFile(outbox(t, p))
	if status, _ := v.post("/sign-in", url.Values{"email": {email}}); status != http.StatusOK {
		t.Fatalf("asking for a sign-in link: status %d, want 200", status)
	}
	link := ""
	eventually(t, patience, "a sign-in link has come to "+email, func() bool {
		for file, l := range byFile(outbox(t, p)) {
			if _, old := before[file]; old || l.to != email {
				continue
			}
			if link = regexp.MustCompile(`http://\S+/sign-in/\S+`).FindString(l.text); link != "" {
				return true
			}
		}
		return false
	})
	return link
}

// handBack presses the button beside the seminar an invitation speaks of, and
// returns which seminar it is.
func handBack(t *testing.T, v *visitor, invitation letter) (seminar string) {
	t.Helper()
	start := invitation.start(t)
	for card := range strings.SplitSeq(v.page("/my"), `<li class="card`) {
		if m := seminarField.FindStringSubmatch(card); m != nil && strings.Contains(card, `datetime="`+start) {
			seminar = m[1]
		}
	}
	if seminar == "" {
		t.Fatalf("the own page offers no hand-back at %s: %s", start, text(v.page("/my")))
	}
	change(t, v, "/my/hand-back", seminar)
	return seminar
}

// start is when an invitation's seminar starts, as pages write it but for seconds and zone.
func (l letter) start(t *testing.T) string {
	t.Helper()
	at, err := time.Parse("20060102T150405", l.event["DTSTART"])
	if err != nil {
		t.Fatal(err)
	}
	return at.Format("2006-01-02T15:04")
}

var seminarField = regexp.MustCompile(`action="/my/hand-back".*?name="seminar" value="([^"]+)"`)

// change sends one of the own page's forms and expects it to succeed.
func change(t *testing.T, v *visitor, action, seminar string) {
	t.Helper()
	if status, where := v.post(action, url.Values{"seminar": {seminar}}); status != http.StatusSeeOther || where != "/my" {
		t.Fatalf("%s: status %d, led to %q", action, status, where)
	}
	if kind, sentence := v.flash("/my"); kind != "success" {
		t.Fatalf("%s ended in %s: %s", action, kind, sentence)
	}
}

func claim(t *testing.T, v *visitor, seminar string) {
	t.Helper()
	if page := v.page("/my"); !strings.Contains(page, `name="seminar" value="`+seminar+`"`) {
		t.Fatalf("the own page does not offer the open seminar %s: %s", seminar, text(page))
	}
	change(t, v, "/my/claim", seminar)
}

// expectNews looks at the mails that have come since: one of the method given
// to the leader, and an update of the same seat to everybody else. It returns
// how many the others were.
func expectNews(t *testing.T, before, after map[string]letter, invitation letter, method string) (others int) {
	t.Helper()
	seats := map[string]bool{}
	for _, l := range before {
		seats[l.uid()] = true
	}
	toLeader := 0
	for file, l := range after {
		if _, old := before[file]; old || l.method == "" {
			continue
		}
		if l.event["DTSTART"] != invitation.event["DTSTART"] || l.event["LOCATION"] != invitation.event["LOCATION"] {
			t.Errorf("%s speaks of another seminar than the one handed back", file)
		}
		if l.to != invitation.to {
			others++
			if l.method != "REQUEST" || !seats[l.uid()] {
				t.Errorf("%s: an attendee got %s of UID %s, want an update of the seat invited to", file, l.method, l.uid())
			}
			continue
		}
		toLeader++
		if l.method != method {
			t.Errorf("the leader got %s, want %s", l.method, method)
		}
		if sameSeat := l.uid() == invitation.uid(); sameSeat != (method == "CANCEL") {
			t.Errorf("%s to the leader has UID %s; the invitation had %s", method, l.uid(), invitation.uid())
		}
	}
	if toLeader != 1 || others == 0 {
		t.Errorf("after the change the leader got %d mails and %d went to others, want 1 and some", toLeader, others)
	}
	return others
}
