// Package inbox is how mail comes in: handed over by a mail server (LMTP), or
// fetched from a mailbox (IMAP).
//
// Two names to know: NewLMTP and Mailbox. Both give every mail to a Take as
// bytes; one that Take could not keep comes again. Neither looks into mails.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"kaskad/server/calendar"
	"kaskad/server/mail/reply"
)

// Take takes one mail in. The error means that it must come again.
type Take func(ctx context.Context, data []byte) error

// LMTP listens for mails that a mail server on the same machine or network
// hands over (RFC 2033). It asks nobody who they are: let nobody but the mail
// server reach it.
type LMTP struct {
	server   *smtp.Server
	listener net.Listener
}

const (
	lmtpPatience = time.Minute
	lineOctets   = 64 << 10 // of a mail's line; some programs write an object in one
)

// NewLMTP opens the listener on host:port. Mail for other addresses than
// address, with or without a +mark, is refused.
func NewLMTP(listen, address string, take Take, log *slog.Logger) (*LMTP, error) {
	own, err := calendar.Address(address)
	if err != nil {
		return nil, fmt.Errorf("LMTP: %w", err)
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("LMTP: cannot listen on %s: %w; choose another address with --lmtp", listen, err)
	}
	server := smtp.NewServer(&counter{own: strings.ToLower(own), take: take, log: log})
	server.LMTP, server.Network, server.Domain = true, "tcp", "kaskad"
	server.MaxMessageBytes, server.MaxRecipients, server.MaxLineLength = reply.MaxBytes, 20, lineOctets
	server.EnableSMTPUTF8 = true // a mail with such a header would be returned to who answers
	server.ReadTimeout, server.WriteTimeout = lmtpPatience, lmtpPatience
	server.ErrorLog = quiet{log}
	return &LMTP{server, listener}, nil
}

// Addr is where it listens.
func (l *LMTP) Addr() net.Addr { return l.listener.Addr() }

// Serve answers until Close; that is no error.
func (l *LMTP) Serve() error {
	if err := l.server.Serve(l.listener); !errors.Is(err, smtp.ErrServerClosed) {
		return err
	}
	return nil
}

// Close stops listening; mails that are being handed over are answered first,
// at most until ctx ends.
func (l *LMTP) Close(ctx context.Context) error { return l.server.Shutdown(ctx) }

// counter is where mails are handed over.
type counter struct {
	own  string
	take Take
	log  *slog.Logger
}

func (c *counter) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{counter: c}, nil }

type session struct{ *counter }

func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	name, domain, _ := strings.Cut(strings.ToLower(to), "@")
	name, _, _ = strings.Cut(name, "+")
	if name+"@"+domain != s.own {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such address here"}
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err // too long, or the connection broke
	}
	ctx, cancel := context.WithTimeout(context.Background(), lmtpPatience)
	defer cancel()
	if err := s.take(ctx, data); err != nil {
		s.log.Error("mail not taken in; the mail server will hand it over again", "error", err)
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Not now, please try again"}
	}
	return nil
}

// quiet logs what the server complains about, which quotes no mails.
type quiet struct{ log *slog.Logger }

func (q quiet) Printf(format string, v ...any) { q.log.Warn("lmtp: " + fmt.Sprintf(format, v...)) }
func (q quiet) Println(v ...any)               { q.log.Warn("lmtp: " + strings.TrimSpace(fmt.Sprintln(v...))) }
