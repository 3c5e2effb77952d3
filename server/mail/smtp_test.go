package mail_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"kaskad/server/mail"
)

// postOffice is a mail server in this process.
type postOffice struct {
	mechanisms                         []string // of sign-in
	refuseMail, refuseRcpt, refuseData error    // what it answers

	mu       sync.Mutex
	mails    [][]byte
	from, to []string
	utf8     bool
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: p}, nil }

// visit is one connection to a postOffice.
type visit struct {
	office   *postOffice
	signedIn bool
}

func (v *visit) Reset()                   {}
func (v *visit) Logout() error            { return nil }
func (v *visit) AuthMechanisms() []string { return v.office.mechanisms }

func (v *visit) Mail(from string, o *smtp.MailOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if len(v.office.mechanisms) > 0 && !v.signedIn {
		return smtp.ErrAuthRequired
	}
	v.office.from = append(v.office.from, from)
	v.office.utf8 = v.office.utf8 || o.UTF8
	return v.office.refuseMail
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.to = append(v.office.to, to)
	return v.office.refuseRcpt
}

func (v *visit) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if v.office.refuseData == nil {
		v.office.mails = append(v.office.mails, data)
	}
	return v.office.refuseData
}

func (v *visit) Auth(mechanism string) (sasl.Server, error) {
	check := func(_, user, password string) error {
		if user != "kaskad" || password != "hemligt" {
			return smtp.ErrAuthFailed
		}
		v.signedIn = true
		return nil
	}
	if mechanism == "LOGIN" {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(check), nil
}

// loginServer is the other end of AUTH LOGIN, which go-sasl lacks.
type loginServer struct {
	check   func(identity, user, password string) error
	answers []string
}

func (s *loginServer) Next(answer []byte) (challenge []byte, done bool, err error) {
	if answer != nil {
		s.answers = append(s.answers, string(answer))
	}
	if len(s.answers) < 2 {
		return []byte([]string{"Username:", "Password:"}[len(s.answers)]), false, nil
	}
	return nil, true, s.check("", s.answers[0], s.answers[1])
}

// certificate is one for 127.0.0.1, and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return s.TLS.Certificates[0], &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// open starts the office and says how to reach it.
func (p *postOffice) open(t *testing.T, security mail.Security) mail.Options {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := mail.Options{Addr: listener.Addr().String(), Security: security}
	server := smtp.NewServer(p)
	server.Domain, server.AllowInsecureAuth, server.EnableSMTPUTF8 = "office.example.org", true, true
	server.MaxLineLength = 1000 // RFC 5321 4.5.3.1.6
	server.ErrorLog = silent{}
	if security != mail.Open {
		cert, trust := certificate(t)
		server.TLSConfig, o.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}, trust
	}
	if security == mail.TLS {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Serve(listener)
	}()
	t.Cleanup(func() {
		server.Close()
		<-done
	})
	return o
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

func sender(t *testing.T, o mail.Options) mail.Sender {
	t.Helper()
	s, err := mail.NewSMTP(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSMTPDeliversTheBytesOfTheMessage(t *testing.T) {
	for _, security := range []mail.Security{mail.Open, mail.StartTLS, mail.TLS} {
		for _, mechanisms := range [][]string{nil, {"PLAIN"}, {"LOGIN"}} {
			p := &postOffice{mechanisms: mechanisms}
			o := p.open(t, security)
			if mechanisms != nil {
				o.User, o.Password = "kaskad", "hemligt"
			}
			m := compose(t, event(t), nil)
			for range 2 {
				if err := sender(t, o).Send(context.Background(), m); err != nil {
					t.Fatalf("%s, sign-in %v: %v", security, mechanisms, err)
				}
			}
			if len(p.mails) != 2 || !bytes.Equal(p.mails[0], rendered(t, m)) || !bytes.Equal(p.mails[1], p.mails[0]) {
				t.Errorf("%s, sign-in %v: %d mails arrived, not twice the bytes of the message", security, mechanisms, len(p.mails))
			}
			if !slices.Equal(p.from, []string{m.From.Email, m.From.Email}) || p.to[0] != m.To.Email {
				t.Errorf("the envelope is from %v to %v", p.from, p.to)
			}
			if p.utf8 {
				t.Error("the mail asks for SMTPUTF8, which a relay further on may refuse")
			}
		}
	}
}

func TestBouncesComeBackUnderTheMailsID(t *testing.T) {
	p := &postOffice{}
	o := p.open(t, mail.Open)
	o.From = "studs@direkt.example.org"
	m := compose(t, event(t), nil)
	if err := sender(t, o).Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	if want := "studs+" + mail.ReturnMark(m.ID) + "@direkt.example.org"; p.from[0] != want {
		t.Errorf("the envelope is from %s, want %s", p.from[0], want)
	}
}

func TestRefusalsForGoodAndForNowAreToldApart(t *testing.T) {
	no := func(code int) error { return &smtp.SMTPError{Code: code, Message: "no"} }
	for _, c := range []struct {
		name   string
		office *postOffice
		code   int // of the PermanentError; 0 for an error to try again after
	}{
		{"an unknown receiver", &postOffice{refuseRcpt: no(550)}, 550},
		{"a greylisted receiver", &postOffice{refuseRcpt: no(451)}, 0},
		{"a refused content", &postOffice{refuseData: no(554)}, 554},
		{"a full disk", &postOffice{refuseData: no(452)}, 0},
		{"a refused sender, for the operator to mend", &postOffice{refuseMail: no(550)}, 0},
		{"a sign-in that is missing", &postOffice{mechanisms: []string{"PLAIN"}}, 0},
	} {
		err := sender(t, c.office.open(t, mail.Open)).Send(context.Background(), compose(t, event(t), nil))
		var permanent *mail.PermanentError
		switch found := errors.As(err, &permanent); {
		case err == nil:
			t.Errorf("%s: no error", c.name)
		case found != (c.code != 0), found && permanent.Code != c.code:
			t.Errorf("%s: %v, want a permanent error of code %d", c.name, err, c.code)
		}
		if len(c.office.mails) > 0 {
			t.Errorf("%s: it arrived all the same", c.name)
		}
	}
}

func TestAWrongPasswordIsNotTheMailsFault(t *testing.T) {
	p := &postOffice{mechanisms: []string{"PLAIN"}}
	o := p.open(t, mail.StartTLS)
	o.User, o.Password = "kaskad", "s3cr3t-canary"
	err := sender(t, o).Send(context.Background(), compose(t, event(t), nil))
	var permanent *mail.PermanentError
	if err == nil || errors.As(err, &permanent) {
		t.Errorf("error = %v, want one to try again after", err)
	}
	if strings.Contains(err.Error(), "canary") || strings.Contains(sender(t, o).Describe(), "canary") {
		t.Error("the password is told")
	}
}

func TestAnUnknownSignInIsSaid(t *testing.T) {
	p := &postOffice{mechanisms: []string{"GSSAPI"}}
	o := p.open(t, mail.Open)
	o.User = "kaskad"
	if err := sender(t, o).Send(context.Background(), compose(t, event(t), nil)); err == nil || !strings.Contains(err.Error(), "GSSAPI") {
		t.Errorf("error = %v, want one that names what the server offers", err)
	}
}

func TestNothingIsSaidToAServerThatCannotEncrypt(t *testing.T) {
	p := &postOffice{}
	o := p.open(t, mail.Open)
	o.Security = mail.StartTLS
	if err := sender(t, o).Send(context.Background(), compose(t, event(t), nil)); err == nil || len(p.from) > 0 {
		t.Errorf("error = %v, sender heard = %v", err, p.from)
	}
}

func TestAnUntrustedCertificateIsRefused(t *testing.T) {
	for _, security := range []mail.Security{mail.StartTLS, mail.TLS} {
		p := &postOffice{}
		o := p.open(t, security)
		o.TLS = nil
		if err := sender(t, o).Send(context.Background(), compose(t, event(t), nil)); err == nil || len(p.from) > 0 {
			t.Errorf("%s: error = %v, sender heard = %v", security, err, p.from)
		}
	}
}

func TestASilentServerIsLeftWhenAsked(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	o := mail.Options{Addr: listener.Addr().String(), Security: mail.Open, Timeout: time.Hour}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		io.WriteString(conn, "220 office.example.org\r\n")
		conn.Read(make([]byte, 512)) // its hello, which gets no answer
		cancel()
		io.Copy(io.Discard, conn) // until the sender hangs up
	}()
	if err := sender(t, o).Send(ctx, compose(t, event(t), nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestAnUnreachableServerIsToTryAgain(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	listener.Close()
	var permanent *mail.PermanentError
	err = sender(t, mail.Options{Addr: addr, Security: mail.Open}).Send(context.Background(), compose(t, event(t), nil))
	if err == nil || errors.As(err, &permanent) {
		t.Errorf("error = %v, want one to try again after", err)
	}
}

func TestWrongOptionsAreNamedAtTheStart(t *testing.T) {
	for _, c := range []struct {
		options mail.Options
		names   string
	}{
		{mail.Options{Addr: "mail.example.org", Security: mail.TLS}, "host:port"},
		{mail.Options{Addr: ":587", Security: mail.TLS}, "host:port"},
		{mail.Options{Addr: "mail.example.org:587"}, "starttls, tls or none"},
		{mail.Options{Addr: "mail.example.org:587", Security: mail.StartTLS, From: "nobody"}, "nobody"},
	} {
		if _, err := mail.NewSMTP(c.options); err == nil || !strings.Contains(err.Error(), c.names) {
			t.Errorf("NewSMTP(%+v): %v, want an error with %q", c.options, err, c.names)
		}
	}
	s := sender(t, mail.Options{Addr: "mail.example.org:587", Security: mail.StartTLS, User: "kaskad", Password: "hemligt"})
	if got, want := s.Describe(), "mail server mail.example.org:587 (starttls) as kaskad"; got != want {
		t.Errorf("Describe() = %q, want %q", got, want)
	}
}
