// Package auth says who is asking: one-time sign-in links, sessions, form
// tokens and the secret addresses of calendar feeds.
//
// Three names to know: Desk hands out links and sessions, User is who is signed
// in, Secret derives what must not be guessed. Tokens are stored as hashes only, so that a copy of the
// database opens nothing (OWASP ASVS 5.0, 6.5 and 7.2).
package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/store"
)

const (
	linkBucket    = "links"
	sessionBucket = "sessions"

	// MailedLink is how long a mailed sign-in link works (ASVS 6.5.5: at most 10 minutes).
	MailedLink = 10 * time.Minute
	// PrintedLink is how long a link printed on the server's own terminal works.
	PrintedLink = time.Hour
	// SessionLength is how long a session lasts.
	SessionLength = 30 * 24 * time.Hour
)

// User is who is signed in.
type User struct {
	Person string     `json:"person"`
	Role   model.Role `json:"role"`
}

// Actor is the user as the giver of commands.
func (u User) Actor() model.Actor { return model.Actor{Person: u.Person, Role: u.Role} }

// grant is what a link or a session stands for, as stored.
type grant struct {
	User
	Expires int64 `json:"expires"` // milliseconds since 1970
}

// Desk hands out links and sessions.
type Desk struct {
	Store store.Store
	Now   func() time.Time
}

// Link makes a one-time token that signs u in.
func (d *Desk) Link(ctx context.Context, u User, lasts time.Duration) (token string, err error) {
	return d.issue(ctx, linkBucket, u, lasts)
}

// SignIn uses up a link's token and opens a session. Unauthenticated when the
// token is unknown, used or too old.
func (d *Desk) SignIn(ctx context.Context, token string) (session string, u User, err error) {
	doc, err := d.Store.Take(ctx, linkBucket, hashed(token))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", User{}, err
	}
	u, ok := d.read(doc)
	if !ok {
		return "", User{}, model.Errorf(model.Unauthenticated, "error.link-used", "this sign-in link has been used or is too old; ask for a new one")
	}
	session, err = d.issue(ctx, sessionBucket, u, SessionLength)
	return session, u, err
}

// LinkUser finds who a link's token would sign in, without using it up: mail
// scanners open links, so opening one must not. False when it is unknown, used
// or too old.
func (d *Desk) LinkUser(ctx context.Context, token string) (User, bool, error) {
	return d.find(ctx, linkBucket, token)
}

// Session finds who a session belongs to.
func (d *Desk) Session(ctx context.Context, session string) (User, bool, error) {
	if session == "" {
		return User{}, false, nil
	}
	return d.find(ctx, sessionBucket, session)
}

func (d *Desk) find(ctx context.Context, bucket, token string) (User, bool, error) {
	doc, err := d.Store.Get(ctx, bucket, hashed(token))
	if errors.Is(err, store.ErrNotFound) {
		return User{}, false, nil
	}
	if err != nil {
		return User{}, false, err
	}
	u, ok := d.read(doc)
	return u, ok, nil
}

// SignOut ends a session.
func (d *Desk) SignOut(ctx context.Context, session string) error {
	return d.Store.Delete(ctx, sessionBucket, hashed(session))
}

// Sweep deletes links and sessions that have run out, and returns how many.
func (d *Desk) Sweep(ctx context.Context) (int, error) {
	swept := 0
	for _, bucket := range []string{linkBucket, sessionBucket} {
		err := d.Store.All(ctx, bucket, func(id string, doc []byte) error {
			if _, ok := d.read(doc); ok {
				return nil
			}
			swept++
			return d.Store.Delete(ctx, bucket, id)
		})
		if err != nil {
			return swept, err
		}
	}
	return swept, nil
}

func (d *Desk) issue(ctx context.Context, bucket string, u User, lasts time.Duration) (string, error) {
	token := newToken()
	doc, err := json.Marshal(grant{u, d.Now().Add(lasts).UnixMilli()})
	if err != nil {
		return "", err
	}
	return token, d.Store.Insert(ctx, bucket, hashed(token), doc)
}

func (d *Desk) read(doc []byte) (User, bool) {
	var g grant
	if json.Unmarshal(doc, &g) != nil || g.Expires <= d.Now().UnixMilli() {
		return User{}, false
	}
	return g.User, true
}

// newToken is 256 random bits as text that fits an address.
func newToken() string {
	var b [32]byte
	rand.Read(b[:]) // never fails, says its documentation
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Secret is the server's own key. Everything derived from it changes with it.
type Secret [32]byte

func (s Secret) derive(parts ...string) string {
	mac := hmac.New(sha256.New, s[:])
	for _, p := range parts {
		mac.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// FormToken ties a form to a session, so that no other site can send it (CSRF).
func (s Secret) FormToken(session string) string { return s.derive("form", session) }

// FormTokenFits compares a sent form token with the session's, in constant time.
func (s Secret) FormTokenFits(session, token string) bool {
	return hmac.Equal([]byte(s.FormToken(session)), []byte(token))
}

// Sign puts a signature before a text that a browser keeps for us, so that only
// what Kaskad wrote for this session is read back.
func (s Secret) Sign(session, text string) string {
	return s.derive("kept", session, text) + "." + text
}

// Signed takes the text out again; false if Sign did not write it for this session.
func (s Secret) Signed(session, signed string) (text string, ok bool) {
	mark, text, ok := strings.Cut(signed, ".")
	if !ok || !hmac.Equal([]byte(mark), []byte(s.derive("kept", session, text))) {
		return "", false
	}
	return text, true
}

// Pseudonym is an opaque person id for an address: the journal, which nothing
// is erased from, must not hold addresses.
func (s Secret) Pseudonym(email string) string {
	return s.derive("person", strings.ToLower(email))[:22]
}

// FeedToken is the secret part of a person's calendar address: 256 bits, told
// apart by generation, so that rotating retires the old address. It is derived,
// not stored: the database alone opens no feed.
func (s Secret) FeedToken(programme, person string, generation int) string {
	return s.derive("feed", programme, person, strconv.Itoa(generation))
}

// SeatMark makes a calendar identity one that nobody can guess: whoever knows
// it has been sent the invitation, or been given it by who was.
func (s Secret) SeatMark(uid string) string { return s.derive("seat", uid)[:16] }

// Fingerprint names the secret without telling it: servers on one database
// compare theirs at start.
func (s Secret) Fingerprint() string { return s.derive("fingerprint")[:16] }

// SharedFeedToken is the secret part of the address of a calendar that somebody
// has made of a part of the programme, made like a person's.
func (s Secret) SharedFeedToken(programme, id string, generation int) string {
	return s.derive("shared-feed", programme, id, strconv.Itoa(generation))
}
