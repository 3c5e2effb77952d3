package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"

	"kaskad/server/mail"
	"kaskad/server/mail/inbox"
	"kaskad/server/mail/reply"
	"kaskad/server/store"
)

var silent = slog.New(slog.DiscardHandler)

func letter(n int) string {
	return fmt.Sprintf("From: a@b.example\r\nSubject: %d\r\n\r\nletter %d\r\n", n, n)
}

func TestLMTPHandsMailsOver(t *testing.T) {
	var got []string
	var refuse error
	l, err := inbox.NewLMTP("127.0.0.1:0", "Planering@kaskad.example.org", func(_ context.Context, data []byte) error {
		got = append(got, string(data))
		return refuse
	}, silent)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- l.Serve() }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := smtp.NewClientLMTP(conn)
	for _, step := range []struct {
		to, data string
		refuse   error
		code     int // of the answer; 0 for accepted
	}{
		{"planering@kaskad.example.org", letter(1), nil, 0},
		{"planering+mark@kaskad.example.org", letter(2), nil, 0},
		{"planering@kaskad.example.org", letter(3), errors.New("the store is away"), 451},
		{"other@kaskad.example.org", letter(4), nil, 550},
		{"planering@kaskad.example.org", strings.Repeat("long\r\n", reply.MaxBytes/6+1), nil, 552},
	} {
		refuse = step.refuse
		err := c.SendMail("", []string{step.to}, strings.NewReader(step.data))
		var answer *smtp.SMTPError
		if step.code == 0 && err != nil || step.code != 0 && (!errors.As(err, &answer) || answer.Code != step.code) {
			t.Errorf("to %s: %v, want code %d", step.to, err, step.code)
		}
		if err := c.Reset(); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{letter(1), letter(2), letter(3)}; !slices.Equal(got, want) {
		t.Errorf("taken %q, want %q", got, want)
	}
	c.Quit()
	if err := l.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v after Close", err)
	}
}

// postOffice is an IMAP server in memory with one mailbox.
func postOffice(t *testing.T) (*imapmemserver.User, string) {
	t.Helper()
	user := imapmemserver.NewUser("planering", "hemligt")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		InsecureAuth: true, Caps: imap.CapSet{imap.CapIMAP4rev1: {}},
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { server.Close(); <-done })
	return user, l.Addr().String()
}

func drop(t *testing.T, user *imapmemserver.User, text string) {
	t.Helper()
	if _, err := user.Append("INBOX", newLiteral(text), &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func newLiteral(text string) literal { return literal{strings.NewReader(text)} }

func TestAMailboxIsReadOnce(t *testing.T) {
	user, addr := postOffice(t)
	var got []string
	var refuse error
	kept := store.OpenMemory()
	box := &inbox.Mailbox{Addr: addr, User: "planering", Password: "hemligt", Security: mail.Open, Store: kept, Log: silent,
		Take: func(_ context.Context, data []byte) error {
			if refuse == nil {
				got = append(got, string(data))
			}
			return refuse
		}}
	fetch := func(want int) {
		t.Helper()
		if n, err := box.Fetch(t.Context()); err != nil || n != want {
			t.Fatalf("Fetch = %d, %v; want %d", n, err, want)
		}
	}
	fetch(0)
	drop(t, user, letter(1))
	drop(t, user, letter(2))
	fetch(2)
	fetch(0)
	drop(t, user, letter(3))
	refuse = errors.New("the store is away")
	if _, err := box.Fetch(t.Context()); err == nil {
		t.Fatal("a mail that could not be kept is no error")
	}
	refuse = nil
	drop(t, user, strings.Repeat("long\r\n", reply.MaxBytes/6+1))
	fetch(2)
	if want := []string{letter(1), letter(2), letter(3)}; !slices.Equal(got, want) {
		t.Errorf("taken %q, want %q", got, want)
	}
}

func TestAWrongPasswordIsSaidWithoutIt(t *testing.T) {
	_, addr := postOffice(t)
	box := &inbox.Mailbox{Addr: addr, User: "planering", Password: "canary", Security: mail.Open, Store: store.OpenMemory(), Log: silent}
	if _, err := box.Fetch(t.Context()); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("error %v; want one, without the password", err)
	}
}
