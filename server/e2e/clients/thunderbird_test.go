package clients_test

import (
	_ "embed"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// thunderbird is a Thunderbird of Anna's, without a screen. Mails are opened in
// a tab, and the button above the mail is pressed.
type thunderbird struct {
	*marionette
	fetches bool // mails from Anna's mailbox; else they are put into a folder
}

//go:embed testdata/thunderbird.js
var thunderbirdScript string

func (b thunderbird) subscribe(t *testing.T, address string) {
	t.Helper()
	b.script(t, thunderbirdScript, "subscribe", map[string]any{"url": address})
}

func (b thunderbird) refresh(t *testing.T) {
	t.Helper()
	b.script(t, thunderbirdScript, "refresh", nil)
}

// receive also compares what Thunderbird says above the mail.
func (b thunderbird) receive(t *testing.T, l letter) {
	t.Helper()
	want := "This message contains an invitation to an event."
	known := slices.ContainsFunc(b.own(t), func(e entry) bool { return e.UID == uidOf(l.object) })
	switch {
	case l.method == "CANCEL":
		want = "This message contains an event cancellation."
	case known:
		want = "This message contains an update to an existing event."
	}
	if got := b.press(t, l, "Accept"); got != want {
		t.Errorf("Thunderbird says of a %s (known before: %v) %q; want %q\n%s", l.method, known, got, want, l.object)
	}
}

func (b thunderbird) again(t *testing.T, l letter) {
	t.Helper()
	if got, want := b.press(t, l, "Accept"), "This message contains an event that has already been processed."; got != want {
		t.Errorf("Thunderbird says of a %s that comes again %q; want %q", l.method, got, want)
	}
}

// press opens a mail, answers it, and returns what stands above it.
func (b thunderbird) press(t *testing.T, l letter, answer string) (label string) {
	t.Helper()
	question := map[string]any{"mail": string(l.raw), "answer": answer}
	if b.fetches {
		question = map[string]any{"id": l.id, "answer": answer}
	}
	return b.script(t, thunderbirdScript, "receive", question).Label
}

func (b thunderbird) feed(t *testing.T) []entry {
	t.Helper()
	return b.script(t, thunderbirdScript, "entries", map[string]any{"of": "feed"}).Entries
}

func (b thunderbird) own(t *testing.T) []entry {
	t.Helper()
	return b.script(t, thunderbirdScript, "entries", map[string]any{"of": "own"}).Entries
}

func TestThunderbirdFollowsTheStories(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("thunderbird")
	if err != nil {
		missing(t, err)
		return
	}
	for name, tale := range stories {
		t.Run(name, func(t *testing.T) {
			office := openPostOffice(t, false, nil)
			b := startThunderbird(t, program, map[string]any{"mail.smtpserver.smtp1.port": office.port})
			s := follow(t, tale, b, everything)
			s.eventually("the answers", acceptable(tale), func() []string { return s.accepted(office.letters(t)) })
		})
	}
}

// acceptable is what Anna can accept: each invitation, and each new time or
// place. After a change of details her answer stands.
func acceptable(tale []chapter) []string {
	var list []string
	for _, c := range tale {
		for _, line := range c.mails {
			if f := strings.Fields(line); f[0] == "REQUEST" {
				list = append(list, f[1]+" "+f[2])
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// accepted is what mails accept, which must all be such answers.
func (s *stage) accepted(mails []letter) []string {
	s.t.Helper()
	var list []string
	for _, l := range mails {
		if l.method != "REPLY" || l.to != organizer || !strings.Contains(l.object, "PARTSTAT=ACCEPTED") {
			s.t.Errorf("Thunderbird sends a %s to %s; want a REPLY that accepts to %s\n%s", l.method, l.to, organizer, l.object)
		}
		list = append(list, s.seat(uidOf(l.object))+" s"+sequenceLine.FindStringSubmatch(l.object + "\r\nSEQUENCE:none\r\n")[1])
	}
	slices.Sort(list)
	return list
}

var sequenceLine = regexp.MustCompile(`(?m)^SEQUENCE:(\S+)\r$`)

// startThunderbird starts Thunderbird with a new profile and further settings.
func startThunderbird(t *testing.T, program string, settings map[string]any) thunderbird {
	t.Helper()
	profile := t.TempDir()
	port := freePort(t)
	all := maps.Clone(annasSettings)
	maps.Copy(all, settings)
	all["marionette.port"] = port
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		value := fmt.Sprint(all[name])
		if text, ok := all[name].(string); ok {
			value = strconv.Quote(text)
		}
		fmt.Fprintf(&lines, "user_pref(%q, %s);\n", name, value)
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(program, "--headless", "--profile", profile, "--marionette", "--remote-allow-system-access")
	launch(t, run, []string{"HOME=" + profile, "LC_ALL=C.UTF-8"})
	b := thunderbird{marionette: drive(t, net.JoinHostPort("127.0.0.1", strconv.Itoa(port))), fetches: all["mail.server.server1.type"] == "imap"}
	b.script(t, thunderbirdScript, "prepare", map[string]any{"user": address("anna")})
	return b
}

// annasSettings are a mail account and a calendar in Stockholm.
var annasSettings = map[string]any{
	"calendar.timezone.local":                    "Europe/Stockholm",
	"calendar.timezone.useSystemTimezone":        false,
	"intl.locale.requested":                      "en-US",
	"mail.provider.suppress_dialog_on_startup":   true,
	"app.update.enabled":                         false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"mail.accountmanager.accounts":               "account1,account2",
	"mail.accountmanager.defaultaccount":         "account1",
	"mail.accountmanager.localfoldersserver":     "server2",
	"mail.account.account1.identities":           "id1",
	"mail.account.account1.server":               "server1",
	"mail.account.account2.server":               "server2",
	"mail.identity.id1.fullName":                 "Anna Åberg",
	"mail.identity.id1.useremail":                address("anna"),
	"mail.identity.id1.smtpServer":               "smtp1",
	"mail.identity.id1.valid":                    true,
	"mail.server.server1.type":                   "pop3", // nobody answers there: mails are put into a folder
	"mail.server.server1.hostname":               "127.0.0.1",
	"mail.server.server1.port":                   9,
	"mail.server.server1.check_new_mail":         false,
	"mail.server.server1.login_at_startup":       false,
	"mail.server.server1.name":                   "Anna",
	"mail.server.server1.userName":               "anna",
	"mail.server.server2.type":                   "none",
	"mail.server.server2.hostname":               "Local Folders",
	"mail.server.server2.name":                   "Local Folders",
	"mail.server.server2.userName":               "nobody",
	"mail.smtpservers":                           "smtp1",
	"mail.smtp.defaultserver":                    "smtp1",
	"mail.smtpserver.smtp1.type":                 "smtp",
	"mail.smtpserver.smtp1.hostname":             "127.0.0.1",
	"mail.smtpserver.smtp1.authMethod":           1, // none
	"mail.smtpserver.smtp1.try_ssl":              0,
}

// freePort is a port nobody listens on now.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
