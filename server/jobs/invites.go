package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// receiptBucket holds one Receipt a message, by the message's id.
const receiptBucket = "receipts"

// Invites sends what people should have been told and have not: it compares
// the State's notices with the receipts. Killed anywhere, it goes on from
// there; a message whose outcome nobody knows is sent again byte for byte,
// which mail programs recognise (RFC 5546 2.1.5: same UID, SEQUENCE, DTSTAMP).
type Invites struct {
	Programme *programme.Service
	Store     store.Store
	Sender    mail.Sender
	From      calendar.Party // the organizer; answers go there
	Base      string         // this server's address, for links
	// Alone: no other server can be sending. What an earlier life of this one
	// claimed and did not get sent is then tried again at once.
	Alone bool
	Log   *slog.Logger
	// Mark makes a seat's UID one that nobody can guess, the same every time;
	// nil leaves it as it is.
	Mark func(uid string) string

	identities identities

	mu     sync.Mutex
	loaded bool
	all    map[string]Receipt // by message id
	last   map[string]string  // seat generation's UID → id of its newest message
}

// Tally counts messages by how far they have got.
type Tally struct{ Queued, Sent, Failed int }

// Job is the reconcile job, named invite.
func (i *Invites) Job(schedule string) Job {
	return Job{Name: "invite", Schedule: schedule, Run: i.Run}
}

// Run sends everything that is due and says how much it was.
func (i *Invites) Run(ctx context.Context) (string, error) {
	if err := i.Load(ctx); err != nil {
		return "", err
	}
	state := i.Programme.State()
	if state.Roster == nil {
		return "", nil
	}
	var tally Tally
	var trouble error
	for _, n := range state.Notices() {
		if ctx.Err() != nil {
			break
		}
		receipt, err := i.due(state, n)
		if err != nil {
			i.Log.Error("message not made", "person", n.Person, "seminar", n.Seminar, "error", err)
			continue
		}
		if receipt == nil {
			continue
		}
		if err := i.deliver(ctx, *receipt, &tally); err != nil {
			return "", err // the store fails: the next run goes on from here
		}
		if tally.Queued > maxDelays {
			trouble = errors.New("the mail server does not take messages at present")
			break
		}
	}
	return tally.sentence(), trouble
}

// maxDelays is how many messages in one run may be put off before the run
// stops asking a mail server that is plainly down.
const maxDelays = 5

func (t Tally) sentence() string {
	if t == (Tally{}) {
		return ""
	}
	return fmt.Sprintf("%d messages sent, %d put off, %d refused", t.Sent, t.Queued, t.Failed)
}

// Load reads the receipts of earlier runs once.
func (i *Invites) Load(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.loaded {
		return nil
	}
	i.all, i.last = map[string]Receipt{}, map[string]string{}
	err := i.Store.All(ctx, receiptBucket, func(id string, doc []byte) error { return i.read(id, doc) })
	i.loaded = err == nil
	return err
}

// read takes a stored receipt in; the caller holds the lock.
func (i *Invites) read(id string, doc []byte) error {
	var r Receipt
	if err := json.Unmarshal(doc, &r); err != nil {
		return fmt.Errorf("receipt %s: %w", id, err)
	}
	if i.Alone && !i.loaded && r.Error == "" && !r.Sent && !r.Failed {
		r.At = 0
	}
	i.keep(id, r)
	return nil
}

func (i *Invites) keep(id string, r Receipt) {
	i.all[id] = r
	before, ok := i.all[i.last[r.UID]]
	if !ok || cmp.Or(cmp.Compare(r.Sequence, before.Sequence), cmp.Compare(r.Stamp, before.Stamp)) >= 0 {
		i.last[r.UID] = id
	}
}

// due is the message to send for a notice now, nil when there is none: it has
// been told, there was nothing to take back, it is over, nobody can be
// reached, or the last attempt is too recent.
func (i *Invites) due(state *model.State, n model.Notice) (*Receipt, error) {
	uid := n.UID(state.Roster.Problem.Programme.ID, n.Generation)
	i.mu.Lock()
	before, told := i.all[i.last[uid]]
	i.mu.Unlock()
	now := i.Programme.Now()
	switch {
	case !told && n.Cancelled:
		return nil, nil
	case told && before.covers(n):
		if before.Sent || before.Failed || now.Before(before.again()) {
			return nil, nil
		}
		if before.Message != nil {
			return &before, nil
		}
	}
	contact, _ := i.Programme.People.Contact(n.Person)
	if !calendar.MayMail(contact) {
		return nil, nil
	}
	look := calendar.Look{Language: contact.Language, Base: i.Base, Name: i.Programme.People.Name, Now: now}
	event, err := calendar.EventFor(state, n, look)
	if err != nil || !event.End.After(now) {
		return nil, err
	}
	event.UID = i.invited(uid)
	once := told && before.covers(n) // sent before, and asked for again: not as a change
	r, err := i.compose(state, n, uid, event, contact, before, told && (!once || n.Cancelled))
	if once && r != nil {
		r.Attempts = before.Attempts
	}
	return r, err
}

func (i *Invites) compose(state *model.State, n model.Notice, uid string, event calendar.Event, to model.Contact, before Receipt, told bool) (*Receipt, error) {
	r := Receipt{UID: uid, Person: n.Person, Seminar: n.Seminar, Kind: Invite, Sequence: n.Sequence, Stamp: n.Stamp,
		Told: mail.Told{Start: event.Start, End: event.End, Place: event.Place}}
	var earlier *mail.Told
	if told {
		r.Kind, earlier = Update, &before.Told
	}
	if n.Cancelled {
		r.Kind = Cancel
	}
	message, err := mail.Compose(event, earlier, mail.Correspondence{Programme: state.Roster.Problem.Programme.Name, From: i.From,
		To: calendar.Party{Name: to.Name(), Email: to.Email}, Zone: state.Roster.Zone, Offers: i.offers(state, n)})
	if err != nil {
		return nil, err
	}
	r.Message, r.Subject = &message, message.Subject
	return &r, nil
}

// offers are other seats for who has declined one.
func (i *Invites) offers(state *model.State, n model.Notice) []mail.Told {
	if n.Answer != model.Declined || n.Leading {
		return nil
	}
	var list []mail.Told
	for _, x := range state.SeatsFor(n.Person, state.Seminars[n.Seminar].Module, i.Programme.Now(), mailedOffers) {
		start, end := state.Roster.Span(&x.Seminar)
		list = append(list, mail.Told{Start: start, End: end, Place: state.Roster.Venues[x.Venue].Name})
	}
	return list
}

// mailedOffers is how many other seats a letter lists; the own page has more.
const mailedOffers = 3

// again is when a message that was put off, or whose outcome nobody knows, is
// tried next: 2, 4, 8 … minutes after the last attempt, at most an hour.
func (r Receipt) again() time.Time {
	return r.Time().Add(min(time.Hour, time.Minute<<min(r.Attempts, 6)))
}

// deliver claims a message, sends it and keeps the receipt. The error is the
// store's; what the mail server says is in the receipt.
func (i *Invites) deliver(ctx context.Context, r Receipt, tally *Tally) error {
	id := r.Message.ID
	r.At, r.Attempts = i.Programme.Now().UnixMilli(), r.Attempts+1
	claimed, err := i.claim(ctx, id, r)
	if err != nil || !claimed {
		return err
	}
	err = i.Sender.Send(ctx, *r.Message)
	var refused *mail.PermanentError
	switch {
	case err == nil:
		r.Sent, r.Message, r.Error = true, nil, ""
		tally.Sent++
	case errors.As(err, &refused):
		r.Failed, r.Message, r.Error = true, nil, err.Error()
		tally.Failed++
	default:
		r.Error = err.Error()
		tally.Queued++
	}
	// The message may be out: its receipt must be kept even while the server stops.
	return i.save(context.WithoutCancel(ctx), id, r)
}

// claim stores the message before it is sent. False: another server has it.
func (i *Invites) claim(ctx context.Context, id string, r Receipt) (bool, error) {
	if r.Attempts > 1 {
		if sent, err := i.sentSince(ctx, id); sent || err != nil {
			return false, err
		}
		return true, i.save(ctx, id, r)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return false, err
	}
	err = i.Store.Insert(ctx, receiptBucket, id, doc)
	if errors.Is(err, store.ErrTaken) {
		return false, i.adopt(ctx, id)
	}
	return err == nil, err
}

// sentSince asks whether another server has sent the message since this one
// looked, or it has been refused.
func (i *Invites) sentSince(ctx context.Context, id string) (bool, error) {
	if err := i.adopt(ctx, id); err != nil {
		return false, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.all[id].Sent || i.all[id].Failed, nil
}

// adopt takes in the receipt another server, or an earlier life of this one, has written.
func (i *Invites) adopt(ctx context.Context, id string) error {
	doc, err := i.Store.Get(ctx, receiptBucket, id)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.read(id, doc)
}

func (i *Invites) save(ctx context.Context, id string, r Receipt) error {
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := i.Store.Put(ctx, receiptBucket, id, doc); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keep(id, r)
	return nil
}

// List lists every message, newest first.
func (i *Invites) List() []Receipt {
	i.mu.Lock()
	defer i.mu.Unlock()
	list := make([]Receipt, 0, len(i.all))
	for _, r := range i.all {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Receipt) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.UID, b.UID), cmp.Compare(b.Sequence, a.Sequence))
	})
	return list
}

// Counts counts the messages by how far they have got.
func (i *Invites) Counts() Tally {
	i.mu.Lock()
	defer i.mu.Unlock()
	var t Tally
	for _, r := range i.all {
		switch {
		case r.Failed:
			t.Failed++
		case r.Sent:
			t.Sent++
		default:
			t.Queued++
		}
	}
	return t
}

// Returned marks a message that its receiver's mail server has sent back.
func (i *Invites) Returned(ctx context.Context, messageID, reason string) error {
	r, ok := i.Receipt(messageID)
	if !ok || r.Failed {
		return nil
	}
	r.Failed, r.Message, r.Error = true, nil, reason
	id, _, _ := strings.Cut(messageID, "@")
	return i.save(ctx, id, r)
}

// Again sends a seat's newest message once more: the person has lost it, or it
// did not arrive and the address has been mended.
func (i *Invites) Again(ctx context.Context, place Place) error {
	state := i.Programme.State()
	uid := place.UID(state.Roster.Problem.Programme.ID, place.Generation)
	i.mu.Lock()
	id := i.last[uid]
	r, ok := i.all[id]
	i.mu.Unlock()
	if !ok {
		return nil
	}
	r.Sent, r.Failed, r.Error, r.At = false, false, "", 0
	return i.save(ctx, id, r)
}
