package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	netmail "net/mail"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/jobs"
	"kaskad/server/jobs/jobstest"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// TestMain makes the test program double as a Kaskad that sends what is due and
// may be killed over it: see sendAndDie.
func TestMain(m *testing.M) {
	if dir := os.Getenv("KASKAD_JOBSTEST_CHILD"); dir != "" {
		if err := sendAndDie(dir, os.Getenv("KASKAD_JOBSTEST_SMTP"), os.Getenv("KASKAD_JOBSTEST_STEPS")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// sendAndDie runs every job that sends, on two days, over the real store and
// SMTP; after so many steps the system kills the process.
func sendAndDie(dir, office, steps string) error {
	var n int64
	if _, err := fmt.Sscan(steps, &n); err != nil {
		return err
	}
	opened, err := store.OpenSQLite(dir)
	if err != nil {
		return err
	}
	smtp, err := mail.NewSMTP(mail.Options{Addr: office, Security: mail.Open})
	if err != nil {
		return err
	}
	mortal, sender := jobstest.Mortal(opened, smtp, n, func() {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		fmt.Fprintln(os.Stderr, "killed:", err)
		select {}
	})
	now := dueDays[0]
	s, err := openSending(mortal, sender, func() time.Time { return now })
	if err != nil {
		return err
	}
	for _, now = range dueDays {
		for _, run := range s.jobs() {
			if _, err := run(context.Background()); err != nil {
				return err
			}
		}
	}
	return opened.Close()
}

// dueDays: on a Friday an invitation, a change, a cancellation, reminders,
// questions and figures are due; on the Sunday a brief for who leads.
var dueDays = []time.Time{time.Date(2027, 1, 29, 9, 0, 0, 0, time.UTC), time.Date(2027, 1, 31, 12, 0, 0, 0, time.UTC)}

// sending is what sends.
type sending struct {
	programme *programme.Service
	letters   *jobs.Letters
}

func openSending(s store.Store, sender mail.Sender, now func() time.Time) (sending, error) {
	log := slog.New(slog.DiscardHandler)
	service, err := programme.Open(context.Background(), s, "p", now, log)
	if err != nil {
		return sending{}, err
	}
	invites := &jobs.Invites{Programme: service, Store: s, Sender: sender, From: calendar.Party{Name: "Kaskad", Email: "plan@kaskad.example.org"},
		Base: "https://kaskad.example.org", Alone: true, Log: log}
	intake := &jobs.Intake{Programme: service, Store: s, Invites: invites, Alone: true, Log: log}
	return sending{service, &jobs.Letters{Invites: invites, Intake: intake, Reminders: []time.Duration{72 * time.Hour},
		Coordinators: []string{"boss@kaskad.example.org"}}}, nil
}

func (s sending) jobs() []func(context.Context) (string, error) {
	return []func(context.Context) (string, error){s.letters.Invites.Run, s.letters.Remind, s.letters.Chase, s.letters.Digest}
}

// office records mails by their Message-ID, and may kill a sender that waits for its answer.
type smtpOffice struct {
	mu    sync.Mutex
	got   map[string][][]byte
	n     int
	at    int    // the mail whose sender is killed, from 1
	kill  func() // it, before it hears that its mail was accepted
	where string
}

func (o *smtpOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return smtpSession{o}, nil }

type smtpSession struct{ *smtpOffice }

func (smtpSession) Reset()                               {}
func (smtpSession) Logout() error                        { return nil }
func (smtpSession) Mail(string, *smtp.MailOptions) error { return nil }
func (smtpSession) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (o smtpSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	id := m.Header.Get("Message-Id")
	o.got[id] = append(o.got[id], data)
	if o.n++; o.n == o.at {
		o.kill()
	}
	return nil
}

func openSMTPOffice(t *testing.T) *smtpOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &smtpOffice{got: map[string][][]byte{}, where: listener.Addr().String()}
	server := smtp.NewServer(o)
	server.Domain = "localhost"
	server.ErrorLog = silence{}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return o
}

type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}

// prepared is a folder with a programme in which everything is due on dueDays.
func prepared(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	opened, err := store.OpenSQLite(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	s, err := openSending(opened, &post{got: map[string][]byte{}, times: map[string]int{}}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, service: s.programme, invites: s.letters.Invites}
	o.must(s.programme.People.Save(t.Context(), jobstest.Contacts()))
	o.do(model.LoadProgramme{Problem: jobstest.Problem()})
	o.publish(lesson("n", "one", "a", "b"), lesson("m", "two", "b"), lesson("k", "two", "a"))
	o.run()
	now = dueDays[0].Add(-time.Hour)
	o.publish(lesson("S00001", "one", "a"), lesson("S00002", "one", "b"), lesson("S00003", "two", "a", "b"))
	o.do(model.GiveAnswer{Person: "a", Seminar: "S00001", Answer: model.Accepted, Stamp: now.Unix()}) // for the figures
	o.must(opened.Close())
	return dir
}

// killed runs a copy of a folder until it is killed after so many steps, or,
// with at, when that mail has been accepted; then once more to the end. It says
// whether the process lived to its end the first time.
func killed(t *testing.T, from string, steps, at int) (o *smtpOffice, lived bool) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	o = openSMTPOffice(t)
	run := func(steps int) error {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "KASKAD_JOBSTEST_CHILD="+dir, "KASKAD_JOBSTEST_SMTP="+o.where, fmt.Sprint("KASKAD_JOBSTEST_STEPS=", steps))
		said := &bytes.Buffer{}
		child.Stderr = said
		o.mu.Lock()
		if at > 0 {
			o.at, o.kill = at, func() { child.Process.Kill() }
		}
		err := child.Start()
		o.mu.Unlock()
		if err == nil {
			err = child.Wait()
		}
		var ended *exec.ExitError
		if errors.As(err, &ended) && ended.ExitCode() > 0 {
			t.Fatalf("killed after %d steps, or at mail %d: %s", steps, at, said)
		}
		return err
	}
	lived = run(steps) == nil
	at = 0
	if err := run(1 << 40); err != nil {
		t.Fatalf("started again after %d steps: %v", steps, err)
	}
	return o, lived
}

// TestAKillAtAnyStepLosesNoMessage kills a process that sends, with SIGKILL,
// after every step it takes and while the mail server has each mail but has not
// said so, and starts it again: every message of every kind goes out, and what
// goes out twice, which is one at most, has the same bytes.
func TestAKillAtAnyStepLosesNoMessage(t *testing.T) {
	from := prepared(t)
	whole, _ := killed(t, from, 1<<40, 0)
	want := slices.Sorted(maps.Keys(whole.got))
	expectEveryKind(t, want)
	expect := func(what string, o *smtpOffice) {
		t.Helper()
		if got := slices.Sorted(maps.Keys(o.got)); !slices.Equal(got, want) {
			t.Errorf("%s: %d messages, want %d: %q", what, len(got), len(want), got)
		}
		twice := 0
		for id, copies := range o.got {
			twice += len(copies) - 1
			for _, c := range copies {
				if !bytes.Equal(c, copies[0]) {
					t.Errorf("%s: message %s went out twice, with other bytes", what, id)
				}
			}
		}
		if twice > 1 {
			t.Errorf("%s: %d messages went out twice", what, twice)
		}
	}
	steps, lived := 1, false
	for ; !lived; steps++ {
		var o *smtpOffice
		o, lived = killed(t, from, steps, 0)
		expect(fmt.Sprintf("killed after step %d", steps), o)
	}
	if steps < 3*len(want) { // a claim, a mail and a receipt each
		t.Errorf("the process took %d steps for %d messages", steps, len(want))
	}
	for at := range want {
		o, lived := killed(t, from, 1<<40, at+1)
		if lived {
			t.Errorf("the process was not killed at mail %d", at+1)
		}
		expect(fmt.Sprintf("killed when mail %d was accepted", at+1), o)
	}
}

// expectEveryKind makes sure that messages are of every kind that a kill could hit.
func expectEveryKind(t *testing.T, ids []string) {
	t.Helper()
	for _, kind := range []jobs.Kind{jobs.Remind, jobs.Brief, jobs.Chase, jobs.Digest} {
		if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, "<"+string(kind)+".") }) {
			t.Errorf("no %s among %q", kind, ids)
		}
	}
	for _, sequence := range []string{".0.", ".1."} { // an invitation; a change or a cancellation
		if !slices.ContainsFunc(ids, func(id string) bool {
			return strings.Contains(id, "-invite"+sequence) && !strings.Contains(id, "reminder")
		}) {
			t.Errorf("no calendar message of sequence %s among %q", sequence, ids)
		}
	}
}
