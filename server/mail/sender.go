package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kaskad/server/wholefile"
)

// Sender takes mails away. Its methods may be called from any goroutine.
type Sender interface {
	// Send returns nil when the mail is accepted. A *PermanentError means that
	// this mail will never be; any other error that it may be later, or that
	// nobody knows: send the same Message again.
	Send(ctx context.Context, m Message) error
	// Describe says in English where mails go, without any secret.
	Describe() string
}

// PermanentError tells that a mail will not be accepted however often it is sent.
type PermanentError struct {
	Code int // the mail server's answer, 500 to 599; 0 when the Message itself is unfit
	Err  error
}

func (e *PermanentError) Error() string {
	return fmt.Sprintf("the mail is refused for good: %v", e.Err)
}

func (e *PermanentError) Unwrap() error { return e.Err }

// NewOutbox is a Sender that writes every mail to <dir>/<yyyy-mm-dd>/<id>.eml,
// by its Date in UTC. The file is there whole or not at all; the same mail
// again replaces it by itself.
func NewOutbox(dir string) Sender { return outbox{dir} }

type outbox struct{ dir string }

func (o outbox) Describe() string { return "files in " + o.dir }

func (o outbox) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	data, err := m.Bytes()
	if err != nil {
		return &PermanentError{Err: err}
	}
	dir := filepath.Join(o.dir, m.Date.UTC().Format(time.DateOnly))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	if err := wholefile.Write(filepath.Join(dir, m.ID+".eml"), data); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return nil
}
