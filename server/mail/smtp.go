package mail

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"kaskad/server/calendar"
)

// Security is how the connection to a mail server is protected.
type Security string

const (
	StartTLS Security = "starttls" // encrypted before anything is said; refused by a server that cannot
	TLS      Security = "tls"      // encrypted from the first byte
	Open     Security = "none"     // not encrypted: for a server on the same machine
)

// Options say how to reach a mail server.
type Options struct {
	Addr           string // host:port
	User, Password string // no User: no sign-in
	Security       Security
	// From is the address that mails which cannot be delivered come back to,
	// with "+" and the mail's ReturnMark before its @. Empty: they come back to
	// the Message's own From, as it is.
	From    string
	TLS     *tls.Config   // nil: the system's certificates, TLS 1.2 or newer
	Timeout time.Duration // for one mail; 0 is a minute
}

// NewSMTP is a Sender over one mail server, one connection a mail. The error
// tells which option is wrong; nothing is connected yet.
func NewSMTP(o Options) (Sender, error) {
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil || host == "" {
		return nil, fmt.Errorf("mail server %q: write host:port, for example mail.example.org:587", o.Addr)
	}
	switch o.Security {
	case StartTLS, TLS, Open:
	default:
		return nil, fmt.Errorf("mail server security %q: write starttls, tls or none", o.Security)
	}
	if _, err := calendar.Address(o.From); err != nil && o.From != "" {
		return nil, fmt.Errorf("mail server: sender: %w", err)
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.TLS != nil {
		config = o.TLS.Clone()
	}
	config.ServerName = cmp.Or(config.ServerName, host)
	o.TLS = config
	return &server{Options: o, host: host}, nil
}

type server struct {
	Options
	host string
}

func (s *server) Describe() string {
	who := ""
	if s.User != "" {
		who = " as " + s.User
	}
	return fmt.Sprintf("mail server %s (%s)%s", s.Addr, s.Security, who)
}

func (s *server) Send(ctx context.Context, m Message) error {
	data, err := m.Bytes()
	if err != nil {
		return &PermanentError{Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	conn, err := s.dial(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Describe(), err)
	}
	defer conn.Close()
	// The client knows no context: a closed connection ends whatever it waits for.
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	err = s.deliver(conn, m, data)
	if ctx.Err() != nil && err != nil {
		err = errors.Join(ctx.Err(), err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.Describe(), err)
	}
	return nil
}

func (s *server) dial(ctx context.Context) (net.Conn, error) {
	if s.Security == TLS {
		return (&tls.Dialer{Config: s.Options.TLS}).DialContext(ctx, "tcp", s.Addr)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", s.Addr)
}

// deliver hands one mail over. Until the mail server has heard whom it is for,
// no answer is about the mail: a wrong password is for the operator to mend,
// and the mails wait.
func (s *server) deliver(conn net.Conn, m Message, data []byte) error {
	c, err := s.greet(conn)
	if err != nil {
		return err
	}
	if err := c.Mail("<" + s.envelope(m) + ">"); err != nil {
		return err
	}
	if err := c.Rcpt("<" + m.To.Email + ">"); err != nil {
		return judged(err)
	}
	w, err := c.Data()
	if err != nil {
		return judged(err)
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return judged(err)
	}
	_ = c.Quit() // the mail is accepted, whatever the server says to the goodbye
	return nil
}

// greet says hello, encrypts and signs in.
func (s *server) greet(conn net.Conn) (*smtp.Client, error) {
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return nil, err
	}
	if name, err := os.Hostname(); err == nil && name != "" {
		if err := c.Hello(name); err != nil {
			return nil, err
		}
	}
	c.SkipSMTPUTF8(true) // every address is ASCII, and a relay further on may refuse what asks for more
	if s.Security == StartTLS {
		if err := c.StartTLS(s.Options.TLS); err != nil {
			return nil, err
		}
	}
	if s.User == "" {
		return c, nil
	}
	_, offered := c.Extension("AUTH")
	switch mechanisms := strings.Fields(strings.ToUpper(offered)); {
	case slices.Contains(mechanisms, "PLAIN"):
		return c, c.Auth(smtp.PlainAuth("", s.User, s.Password, s.host, false))
	case slices.Contains(mechanisms, "LOGIN"):
		return c, c.Auth(smtp.LoginAuth(s.User, s.Password, s.host, false))
	}
	return nil, fmt.Errorf("it offers no sign-in that Kaskad knows (PLAIN, LOGIN) but %q", offered)
}

// envelope is where the mail comes back to when it cannot be delivered.
func (s *server) envelope(m Message) string {
	if s.From == "" {
		return m.From.Email
	}
	at := strings.LastIndexByte(s.From, '@')
	return s.From[:at] + "+" + ReturnMark(m.ID) + s.From[at:]
}

// ReturnMark stands for a Message's ID in the address it comes back to: short,
// for RFC 5321 4.5.3.1.1 allows 64 octets before the @, and in one case of
// letters, for mail servers keep no other.
func ReturnMark(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:12])
}

// judged makes a refusal of the mail permanent where the server says so, RFC 5321 4.2.1.
func judged(err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 && answer.Code <= 599 {
		return &PermanentError{Code: answer.Code, Err: err}
	}
	return err
}
