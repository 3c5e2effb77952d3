package clients_test

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// postOffice is a mail server that keeps what it is given.
type postOffice struct {
	port   int
	refuse error // what it answers instead, if anything

	mu    sync.Mutex
	mails [][]byte
}

// openPostOffice speaks SMTP, or LMTP as mail servers do among themselves.
func openPostOffice(t *testing.T, lmtp bool, refuse error) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{port: listener.Addr().(*net.TCPAddr).Port, refuse: refuse}
	server := smtp.NewServer(o)
	server.Domain, server.LMTP, server.Network = "localhost", lmtp, "tcp"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return o
}

// letters are the mails that have come.
func (o *postOffice) letters(t *testing.T) []letter {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []letter
	for _, data := range o.mails {
		list = append(list, readLetter(t, data))
	}
	return list
}

func (o *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return sender{o}, nil }

// sender is one connection to a postOffice.
type sender struct{ office *postOffice }

func (s sender) Reset()                               {}
func (s sender) Logout() error                        { return nil }
func (s sender) Mail(string, *smtp.MailOptions) error { return nil }
func (s sender) Rcpt(string, *smtp.RcptOptions) error { return s.office.refuse }

func (s sender) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.mails = append(s.office.mails, data)
	return err
}
