package inbox

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kaskad/server/mail"
	"kaskad/server/mail/reply"
	"kaskad/server/store"
)

// Mailbox is a folder on an IMAP server that answers arrive in. It is read by
// the numbers of its mails, not by their flags: people may read it as well, and
// nothing in it is changed.
type Mailbox struct {
	Addr           string // host:port
	User, Password string
	Security       mail.Security
	Folder         string      // "" is INBOX
	TLS            *tls.Config // nil: the system's certificates, TLS 1.2 or newer
	Store          store.Store // remembers how far it has been read
	Take           Take
	Log            *slog.Logger
}

const (
	positionBucket = "mailbox"
	imapPatience   = 2 * time.Minute
	batch          = 50 // mails asked for at once
)

// position is how far the folder has been read. When the server gives its
// mails new numbers it starts over; mails taken in before are known again.
type position struct {
	Validity uint32 `json:"validity"`
	UID      uint32 `json:"uid"`
}

// Fetch takes in every mail that has come since the last time, and says how many.
func (b *Mailbox) Fetch(ctx context.Context) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, imapPatience)
	defer cancel()
	c, err := b.open(ctx)
	if err != nil {
		return 0, fmt.Errorf("mailbox %s: %w", b.Addr, err)
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	n, err = b.read(ctx, c)
	if err != nil {
		return n, fmt.Errorf("mailbox %s: %w", b.Addr, err)
	}
	_ = c.Logout().Wait() // everything has been read, whatever the goodbye
	return n, nil
}

func (b *Mailbox) open(ctx context.Context) (*imapclient.Client, error) {
	host, _, err := net.SplitHostPort(b.Addr)
	if err != nil {
		return nil, fmt.Errorf("write host:port, for example imap.example.org:993")
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if b.TLS != nil {
		config = b.TLS.Clone()
	}
	config.ServerName = cmp.Or(config.ServerName, host)
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", b.Addr)
	if err != nil {
		return nil, err
	}
	options := &imapclient.Options{TLSConfig: config}
	var c *imapclient.Client
	switch b.Security {
	case mail.StartTLS:
		if c, err = imapclient.NewStartTLS(conn, options); err != nil {
			return nil, err
		}
	case mail.TLS:
		c = imapclient.New(tls.Client(conn, config), options)
	default:
		c = imapclient.New(conn, options)
	}
	if err := c.Login(b.User, b.Password).Wait(); err != nil {
		c.Close()
		return nil, fmt.Errorf("signing in as %s: %w", b.User, err)
	}
	return c, nil
}

func (b *Mailbox) read(ctx context.Context, c *imapclient.Client) (n int, err error) {
	folder := cmp.Or(b.Folder, "INBOX")
	selected, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return 0, err
	}
	id := b.User + "@" + b.Addr + "/" + folder
	at, err := b.position(ctx, id)
	if err != nil {
		return 0, err
	}
	if at.Validity != selected.UIDValidity {
		at = position{Validity: selected.UIDValidity}
	}
	from := imap.UID(at.UID + 1)
	found, err := c.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: from}}}}, nil).Wait()
	if err != nil {
		return 0, err
	}
	var fresh []imap.UID
	for _, uid := range found.AllUIDs() {
		if uid >= from { // "n:*" means the last mail even when its number is lower
			fresh = append(fresh, uid)
		}
	}
	for len(fresh) > 0 {
		some := fresh[:min(batch, len(fresh))]
		fresh = fresh[len(some):]
		if err := b.takeAll(ctx, c, some); err != nil {
			return n, err
		}
		n += len(some)
		at.UID = uint32(some[len(some)-1])
		if err := b.remember(ctx, id, at); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (b *Mailbox) takeAll(ctx context.Context, c *imapclient.Client, some []imap.UID) error {
	sizes, err := c.Fetch(imap.UIDSetNum(some...), &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil {
		return err
	}
	for _, m := range sizes {
		if m.RFC822Size > reply.MaxBytes {
			b.Log.Warn("mail left in the mailbox: it is too long to be an answer", "bytes", m.RFC822Size)
			continue
		}
		whole := &imap.FetchItemBodySection{Peek: true}
		got, err := c.Fetch(imap.UIDSetNum(m.UID), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
		if err != nil {
			return err
		}
		for _, g := range got {
			if err := b.Take(ctx, g.FindBodySection(whole)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Mailbox) position(ctx context.Context, id string) (at position, err error) {
	doc, err := b.Store.Get(ctx, positionBucket, id)
	if errors.Is(err, store.ErrNotFound) {
		return position{}, nil
	}
	if err != nil {
		return position{}, err
	}
	return at, json.Unmarshal(doc, &at)
}

func (b *Mailbox) remember(ctx context.Context, id string, at position) error {
	doc, err := json.Marshal(at)
	if err != nil {
		return err
	}
	return b.Store.Put(ctx, positionBucket, id, doc)
}
