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
	"kaskad/server/mail"
	"kaskad/server/store"
)

// receiptBucket holds one Receipt a message, by the message's id.
const receiptBucket = "receipts"

// Outbox is every message there is a receipt of, and the one way out for new
// ones: it claims, sends, tries again, gives up, and keeps to the limits of the
// mail server. Killed anywhere, it goes on from there; a message whose outcome
// nobody knows goes out again byte for byte.
type Outbox struct {
	Store  store.Store
	Sender mail.Sender
	Now    func() time.Time
	// Alone: no other server can be sending. What an earlier life of this one
	// claimed and did not get sent is then tried again at once.
	Alone bool
	// CatchUp takes in what other servers have changed before anything is sent:
	// a server that lags would send what another has taken back.
	CatchUp func(context.Context) error
	Limits  Limits
	Log     *slog.Logger

	running sync.Mutex // one run at a time, of whatever letters
	judging sync.Mutex // of a message that is sent and may come back
	turn    turn       // touched in a run only

	mu     sync.Mutex
	loaded bool
	asOf   time.Time          // when all was read
	all    map[string]Receipt // by message id
	last   map[string]string  // seat generation's UID → id of its newest calendar message
	tags   map[string]string  // mark of a message's envelope → its id
	tried  []int64            // milliseconds since 1970 of the attempts of the last day, in order
	sorted []Receipt          // all, newest first; nil until somebody asks after a change
	writes uint64             // how often a receipt has been read or written
}

// Tally counts messages by how far they have got.
type Tally struct{ Queued, Sent, Failed int }

// Two reasons to end a run early; neither is a fault of a message.
var (
	errFull = errors.New("the mail server's limit is reached; the rest goes out later")
	errDown = errors.New("the mail server does not take messages at present")
)

// maxDelays is how many messages in one run may be put off before the run
// stops asking a mail server that is plainly down.
const maxDelays = 5

// givenUp is how long a message is tried before it is a dead letter.
const givenUp = 3 * 24 * time.Hour

func (t Tally) sentence() string {
	if t == (Tally{}) {
		return ""
	}
	return fmt.Sprintf("%d messages sent, %d put off, %d refused", t.Sent, t.Queued, t.Failed)
}

// Load reads the receipts of earlier runs once.
func (o *Outbox) Load(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.loaded {
		return nil
	}
	return o.load(ctx)
}

// Refresh is Load for who looks: what other servers have sent is read again
// after a while.
func (o *Outbox) Refresh(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.loaded && (o.Alone || o.Now().Sub(o.asOf) < staleAfter) {
		return nil
	}
	return o.load(ctx)
}

// reload reads what other servers have written.
func (o *Outbox) reload(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.load(ctx)
}

// load reads every receipt; the caller holds the lock.
func (o *Outbox) load(ctx context.Context) error {
	o.loaded = false
	o.all, o.last, o.tags, o.tried, o.sorted = map[string]Receipt{}, map[string]string{}, map[string]string{}, nil, nil
	err := o.Store.All(ctx, receiptBucket, func(id string, doc []byte) error { return o.read(id, doc) })
	slices.Sort(o.tried)
	o.loaded, o.asOf = err == nil, o.Now()
	return err
}

// run makes a run of the outbox around the sending of some of its letters.
func (o *Outbox) run(ctx context.Context, send func(*Tally) error) (string, error) {
	o.running.Lock()
	defer o.running.Unlock()
	err := o.turn.begin(ctx, o)
	if errors.Is(err, errNotMine) {
		return "", nil
	}
	if err != nil {
		return "", errors.Join(err, o.turn.end(ctx, o))
	}
	var tally Tally
	err = send(&tally)
	said := tally.sentence()
	if errors.Is(err, errFull) {
		said = strings.TrimPrefix(said+"; "+errFull.Error(), "; ")
	}
	if errors.Is(err, errFull) || errors.Is(err, errNotMine) {
		err = nil
	}
	if err == nil && tally.Queued > maxDelays {
		err = errDown
	}
	Count(ctx, "sent", tally.Sent)
	Count(ctx, "put-off", tally.Queued)
	Count(ctx, "refused", tally.Failed)
	return said, errors.Join(err, o.turn.end(ctx, o))
}

// read takes a stored receipt in; the caller holds the lock.
func (o *Outbox) read(id string, doc []byte) error {
	var r Receipt
	if err := json.Unmarshal(doc, &r); err != nil {
		return fmt.Errorf("receipt %s: %w", id, err)
	}
	if !o.loaded && r.At > 0 {
		o.tried = append(o.tried, r.At)
	}
	if o.Alone && !o.loaded && r.Error == "" && r.open() {
		r.At = 0
	}
	o.keep(id, r)
	return nil
}

func (o *Outbox) keep(id string, r Receipt) {
	o.all[id], o.sorted, o.writes = r, nil, o.writes+1
	o.tags[mail.ReturnMark(id)] = id
	if !r.Kind.calendar() {
		return
	}
	before, ok := o.all[o.last[r.UID]]
	if !ok || cmp.Or(cmp.Compare(r.Sequence, before.Sequence), cmp.Compare(r.Stamp, before.Stamp)) >= 0 {
		o.last[r.UID] = id
	}
}

// newest is the newest calendar message of a seat's generation.
func (o *Outbox) newest(uid string) (id string, r Receipt, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	id = o.last[uid]
	r, ok = o.all[id]
	return id, r, ok
}

// Receipt finds a message by its id; the part of a Message-ID before the @ is one.
func (o *Outbox) Receipt(messageID string) (Receipt, bool) {
	id, _, _ := strings.Cut(messageID, "@")
	o.mu.Lock()
	defer o.mu.Unlock()
	r, ok := o.all[id]
	return r, ok
}

// Find is Receipt for a message that any server may have sent.
func (o *Outbox) Find(ctx context.Context, messageID string) (Receipt, bool, error) {
	r, ok := o.Receipt(messageID)
	if ok || o.Alone {
		return r, ok, nil
	}
	id, _, _ := strings.Cut(messageID, "@")
	if err := o.adopt(ctx, id); err != nil {
		if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrInvalid) {
			err = nil // no message of ours
		}
		return Receipt{}, false, err
	}
	r, ok = o.Receipt(id)
	return r, ok, nil
}

// Marked finds the id of the message whose envelope carried a mark.
func (o *Outbox) Marked(ctx context.Context, mark string) (id string, ok bool, err error) {
	find := func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		id, ok = o.tags[mark]
	}
	if find(); !ok && !o.Alone { // another server has sent it
		if err = o.reload(ctx); err == nil {
			find()
		}
	}
	return id, ok, err
}

// deliver claims a message, sends it and keeps the receipt. The error ends the
// run: the store fails, or nothing more can be sent now. What the mail server
// says of the message is in its receipt.
func (o *Outbox) deliver(ctx context.Context, r Receipt, tally *Tally) error {
	if tally.Queued > maxDelays {
		return errDown
	}
	if o.room() == 0 {
		return errFull
	}
	if err := o.turn.renew(ctx, o); err != nil {
		return err
	}
	id := r.Message.ID
	r.At, r.Attempts = o.Now().UnixMilli(), r.Attempts+1
	r.First = cmp.Or(r.First, r.At)
	claimed, err := o.claim(ctx, id, r)
	if err != nil || !claimed {
		return err
	}
	err = o.Sender.Send(ctx, *r.Message)
	var refused *mail.PermanentError
	switch {
	case err == nil:
		r.Sent, r.Message, r.Error = true, nil, ""
		tally.Sent++
	case errors.As(err, &refused), time.Duration(r.At-r.First)*time.Millisecond > givenUp:
		r.Failed, r.Error = true, err.Error()
		if r.Kind.calendar() {
			r.Message = nil // written anew if it is sent again: the plan may have moved on
		}
		tally.Failed++
	default:
		r.Error = err.Error()
		tally.Queued++
	}
	o.mu.Lock()
	o.tried = append(o.tried, r.At)
	o.mu.Unlock()
	// The message may be out: its receipt must be kept even while the server stops.
	return o.keepUnlessReturned(context.WithoutCancel(ctx), id, r)
}

// keepUnlessReturned saves what the mail server has said of a message, unless it
// has come back meanwhile: some do within the second, and to any server.
func (o *Outbox) keepUnlessReturned(ctx context.Context, id string, r Receipt) error {
	o.judging.Lock()
	defer o.judging.Unlock()
	if !o.Alone {
		if err := o.adopt(ctx, id); err != nil {
			return err
		}
	}
	if now, _ := o.Receipt(id); now.Failed {
		return nil
	}
	return o.save(ctx, id, r)
}

// claim stores the message before it is sent. False: another server has it.
func (o *Outbox) claim(ctx context.Context, id string, r Receipt) (bool, error) {
	if r.Attempts > 1 {
		if sent, err := o.sentSince(ctx, id); sent || err != nil {
			return false, err
		}
		return true, o.save(ctx, id, r)
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return false, err
	}
	err = o.Store.Insert(ctx, receiptBucket, id, doc)
	if errors.Is(err, store.ErrTaken) {
		return false, o.adopt(ctx, id)
	}
	if err != nil {
		return false, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keep(id, r)
	return true, nil
}

// sentSince asks whether another server has sent the message since this one
// looked, or it has been refused.
func (o *Outbox) sentSince(ctx context.Context, id string) (bool, error) {
	if err := o.adopt(ctx, id); err != nil {
		return false, err
	}
	r, _ := o.Receipt(id)
	return r.Sent || r.Failed, nil
}

// adopt takes in the receipt another server, or an earlier life of this one, has written.
func (o *Outbox) adopt(ctx context.Context, id string) error {
	doc, err := o.Store.Get(ctx, receiptBucket, id)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.read(id, doc)
}

func (o *Outbox) save(ctx context.Context, id string, r Receipt) error {
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := o.Store.Put(ctx, receiptBucket, id, doc); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keep(id, r)
	return nil
}

// Returned marks a message that its receiver's mail server has sent back.
func (o *Outbox) Returned(ctx context.Context, messageID, reason string) error {
	o.judging.Lock()
	defer o.judging.Unlock()
	r, ok := o.Receipt(messageID)
	if !ok || r.Failed {
		return nil
	}
	r.Sent, r.Failed, r.Message, r.Error = false, true, nil, reason
	id, _, _ := strings.Cut(messageID, "@")
	return o.tell(ctx, id, r)
}

// tell saves a receipt outside of a run, and lets the server that sends know.
func (o *Outbox) tell(ctx context.Context, id string, r Receipt) error {
	if err := o.save(ctx, id, r); err != nil || o.Alone {
		return err
	}
	return o.turn.disturb(ctx, o)
}

// Resend queues a message once more that was refused, returned or lost: the
// address or the mail server has been mended. Its text is written anew.
func (o *Outbox) Resend(ctx context.Context, id string) error {
	if !o.Alone {
		if err := o.reload(ctx); err != nil {
			return err
		}
	}
	r, ok := o.Receipt(id)
	if !ok {
		return model.Errorf(model.NotFound, "error.no-mail", "there is no such mail any more")
	}
	if !o.resendable(id, r) {
		return model.Errorf(model.Conflict, "error.mail-past", "this mail has been replaced by a newer one, or is of no use any more")
	}
	r.Sent, r.Failed, r.Error, r.At, r.First = false, false, "", 0, 0
	if r.Kind.calendar() {
		r.Message = nil
	}
	return o.tell(ctx, id, r)
}

// resendable: a calendar message while nothing newer has been said of its
// seat, a letter while its text is kept.
func (o *Outbox) resendable(id string, r Receipt) bool {
	if r.Kind.calendar() {
		newest, _, _ := o.newest(r.UID)
		return newest == id
	}
	return r.Message != nil
}

// Resendable tells whether a message that did not arrive can be sent again.
func (o *Outbox) Resendable(r Receipt) bool { return r.Failed && o.resendable(r.ID, r) }

// leftovers are letters that were put off, or are to be sent again, by name.
func (o *Outbox) leftovers() []Receipt {
	var list []Receipt
	for _, r := range o.List() {
		if r.open() && !r.Kind.calendar() && r.Message != nil && !o.Now().Before(r.again()) {
			list = append(list, r)
		}
	}
	return list
}

// Writes rises with every receipt: what was reckoned from the outbox holds while it does not.
func (o *Outbox) Writes() uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.writes
}

// List lists every message, newest first; callers must not change the list.
func (o *Outbox) List() []Receipt {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.list()
}

// list is List for who holds the lock.
func (o *Outbox) list() []Receipt {
	if o.sorted != nil {
		return o.sorted
	}
	list := make([]Receipt, 0, len(o.all))
	for id, r := range o.all {
		r.ID = id
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Receipt) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.UID, b.UID), cmp.Compare(b.Sequence, a.Sequence), cmp.Compare(a.ID, b.ID))
	})
	o.sorted = list
	return list
}

// Counts counts the messages by how far they have got.
func (o *Outbox) Counts() Tally {
	o.mu.Lock()
	defer o.mu.Unlock()
	var t Tally
	for i := range o.list() {
		switch r := &o.sorted[i]; {
		case r.Failed:
			t.Failed++
		case r.Sent:
			t.Sent++
		case !r.Replaced:
			t.Queued++
		}
	}
	return t
}
