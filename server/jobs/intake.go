package jobs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/mail/reply"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// receivedBucket holds one Received a mail that came back.
const receivedBucket = "received"

// keptReceived is how long records of mails that came back are kept.
const keptReceived = 90 * 24 * time.Hour

// Intake takes in the mail that comes back. The same mail may come any number
// of times, in any order and on any number of servers: what it does is decided
// by the State, and its record is named after its content.
type Intake struct {
	Programme *programme.Service
	Store     store.Store
	Invites   *Invites
	// Results names the mail server whose Authentication-Results are believed:
	// an answer it marks dmarc=fail is left to a coordinator. Empty believes none.
	Results string
	Alone   bool // no other server takes mails in
	Log     *slog.Logger

	mu   sync.Mutex
	read time.Time // when all was read; zero before
	all  map[string]Received
}

// staleAfter is how old the records of other servers may be on this one's pages.
const staleAfter = 15 * time.Second

// Load reads the records of earlier mails; again, after a while, where other
// servers may have written some.
func (in *Intake) Load(ctx context.Context) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	now := in.Programme.Now()
	if !in.read.IsZero() && (in.Alone || now.Sub(in.read) < staleAfter) {
		return nil
	}
	all := map[string]Received{}
	err := in.Store.All(ctx, receivedBucket, func(id string, doc []byte) error {
		var r Received
		if err := json.Unmarshal(doc, &r); err != nil {
			return fmt.Errorf("received mail %s: %w", id, err)
		}
		all[id] = r
		return nil
	})
	if err == nil {
		in.read, in.all = now, all
	}
	return err
}

// Take takes in one mail. The error means that the store failed and the mail
// must come again; a mail nobody can read is no error.
func (in *Intake) Take(ctx context.Context, data []byte) error {
	if err := in.Load(ctx); err != nil {
		return err
	}
	m, err := reply.Read(data)
	if err != nil {
		in.Log.Warn("mail not read", "bytes", len(data), "error", err)
		return nil
	}
	id := nameOf(m, data)
	if _, err := in.Store.Get(ctx, receivedBucket, id); !errors.Is(err, store.ErrNotFound) {
		return err // nil: it has been taken in
	}
	r := Received{At: in.Programme.Now().UnixMilli(), Kind: m.Kind}
	if err := in.judge(ctx, m, &r); err != nil {
		return err
	}
	in.Log.Info("mail came back", "kind", r.Kind, "outcome", r.Outcome)
	return in.keep(ctx, id, r)
}

// nameOf is the same for the same answer however often, and by whichever way,
// it comes; other mails are named after their bytes.
func nameOf(m reply.Mail, data []byte) string {
	if m.Kind == reply.Answer {
		data = fmt.Appendf(nil, "%s\n%d\n%d\n%v\n%s", m.Calendar.UID, m.Calendar.Sequence, m.Calendar.Stamp.Unix(), m.Calendar.Attendees, m.From)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

func (in *Intake) judge(ctx context.Context, m reply.Mail, r *Received) error {
	r.Text = cmp.Or(m.Calendar.Comment, m.Text)
	switch m.Kind {
	case reply.Answer:
		return in.answer(ctx, m, r)
	case reply.Bounce:
		return in.bounce(ctx, m, r)
	}
	r.Outcome = Noted
	if m.Kind == reply.Letter || m.Kind == reply.Counter {
		r.Outcome, r.From = ToRead, m.From
	}
	if m.Kind == reply.Automatic {
		r.Text = "" // of no use to anybody, and often about people's lives
	}
	if place, ok := in.Invites.Place(m.Calendar.UID); ok {
		r.Person, r.Seminar, r.Generation = place.Person, place.Seminar, place.Generation
		contact, _ := in.Programme.People.Contact(place.Person)
		if _, own := speaker(m, contact.Email); m.Kind == reply.Refresh && own && !in.forged(m) {
			return in.Invites.Again(ctx, place)
		}
		return nil
	}
	for _, id := range m.About {
		told, ok, err := in.Invites.Outbox().Find(ctx, id)
		if err != nil {
			return err
		}
		if ok {
			r.Person, r.Seminar = told.Person, told.Seminar
			return nil
		}
	}
	if contact, ok := in.Programme.People.ByEmail(m.From); ok {
		r.Person = contact.ID
	} else if r.Outcome == ToRead {
		r.Outcome, r.Text = Unknown, m.Subject // most of these are nobody's letters: only a line is kept
	}
	return nil
}

var answers = map[string]model.Answer{"ACCEPTED": model.Accepted, "TENTATIVE": model.Tentative, "DECLINED": model.Declined}

// answer gives the command an answer stands for, if it is the invited person's.
func (in *Intake) answer(ctx context.Context, m reply.Mail, r *Received) error {
	place, ok := in.Invites.Place(m.Calendar.UID)
	if !ok {
		r.Outcome, r.Text = Unknown, ""
		return nil
	}
	r.Person, r.Seminar, r.Generation, r.Sequence = place.Person, place.Seminar, place.Generation, m.Calendar.Sequence
	contact, _ := in.Programme.People.Contact(place.Person)
	who, own := speaker(m, contact.Email)
	r.Answer = answers[who.Status]
	if !own || in.forged(m) {
		r.Outcome, r.From = Stranger, cmp.Or(m.From, who.Address)
		return nil
	}
	if r.Answer == "" {
		r.Outcome = Noted // delegated, or still undecided
		return nil
	}
	if r.Sequence < 0 { // some programs leave it out; RFC 5546 3.2.3 lets them
		seat, _, _ := in.Programme.State().Live(place.Person, place.Seminar)
		r.Sequence = seat.Sequence
	}
	return in.give(ctx, r, m.Calendar.Stamp.Unix(), model.System)
}

// speaker is the attendee an answer speaks of, and whether it is to be believed
// that the invited person speaks: the attendee is the invited address and the
// sender it too, or an alias or assistant under the same domain; or the sender
// is the invited address and names exactly one other (people have more
// addresses than we know of). RFC 6047 2.2.1 leaves it to us.
func speaker(m reply.Mail, invited string) (reply.Attendee, bool) {
	invited = strings.ToLower(strings.TrimSpace(invited))
	list := m.Calendar.Attendees
	for _, a := range list {
		if a.Address == invited {
			return a, invited != "" && domain(m.From) == domain(invited)
		}
	}
	if len(list) == 0 {
		return reply.Attendee{}, false
	}
	return list[0], len(list) == 1 && m.From == invited && invited != ""
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// forged tells whether our own mail server says that the sender is not who it seems.
func (in *Intake) forged(m reply.Mail) bool {
	for _, result := range m.Results {
		server, said, _ := strings.Cut(result, ";")
		if in.Results != "" && strings.EqualFold(strings.TrimSpace(server), in.Results) {
			return strings.Contains(strings.ToLower(said), "dmarc=fail")
		}
	}
	return false
}

// give carries an answer out. What a rule stands against is an outcome.
func (in *Intake) give(ctx context.Context, r *Received, stamp int64, by model.Actor) error {
	_, err := in.Programme.Do(ctx, by, model.GiveAnswer{Person: r.Person, Seminar: r.Seminar, Generation: r.Generation,
		Sequence: r.Sequence, Answer: r.Answer, Stamp: max(stamp, 0), Now: in.Programme.Now()})
	var refused *model.Error
	switch {
	case err == nil:
		r.Outcome = Taken
	case !errors.As(err, &refused):
		return err
	case strings.HasPrefix(refused.Key, "error.answer-old"):
		r.Outcome = Outdated
	case refused.Key == "error.begun":
		r.Outcome = Late
	default:
		r.Outcome = Gone
		return in.regret(ctx, r, stamp, by)
	}
	return nil
}

// regret takes a seat back for who has declined it and accepts after all, if
// it is still free. It is a new life of the seat, with an invitation of its own.
func (in *Intake) regret(ctx context.Context, r *Received, stamp int64, by model.Actor) error {
	seats := in.Programme.State().Seats[model.SeatKey{Person: r.Person, Seminar: r.Seminar}]
	if len(seats) == 0 || r.Generation != len(seats)-1 {
		return nil
	}
	last := seats[r.Generation]
	if r.Answer == model.Declined {
		if last.Answer == model.Declined {
			r.Outcome = Taken // said before, perhaps to another server a moment ago
		}
		return nil
	}
	if !last.Cancelled || last.Leading || last.Answer != model.Declined || stamp <= last.Answered {
		return nil
	}
	_, err := in.Programme.Do(ctx, by, model.BookSeat{Person: r.Person, Seminar: r.Seminar, Now: in.Programme.Now()})
	var refused *model.Error
	switch {
	case errors.As(err, &refused):
		return nil // somebody else has it by now, or a rule stands against it
	case err != nil:
		return err
	}
	r.Outcome, r.Generation, r.Sequence = Taken, r.Generation+1, 0
	_, err = in.Programme.Do(ctx, by, model.GiveAnswer{Person: r.Person, Seminar: r.Seminar, Generation: r.Generation, Answer: r.Answer, Stamp: stamp})
	if errors.As(err, &refused) {
		return nil // the seat is theirs; that they come can be asked again
	}
	return err
}

// bounce marks the message that did not arrive.
func (in *Intake) bounce(ctx context.Context, m reply.Mail, r *Received) error {
	r.Outcome = Unknown
	r.Text = strings.TrimSpace(m.Bounce.Status + " " + m.Bounce.Reason)
	about := m.About
	for _, mark := range m.Marks {
		id, ok, err := in.Invites.Outbox().Marked(ctx, mark)
		if err != nil {
			return err
		}
		if ok {
			about = append([]string{id}, about...)
		}
	}
	for _, id := range about {
		told, ok, err := in.Invites.Outbox().Find(ctx, id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		r.Person, r.Seminar, r.Outcome = told.Person, told.Seminar, Noted
		if m.Bounce.Failed {
			r.Outcome = Returned
			return in.Invites.Outbox().Returned(ctx, id, r.Text)
		}
	}
	return nil
}

func (in *Intake) keep(ctx context.Context, id string, r Received) error {
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := in.Store.Put(ctx, receivedBucket, id, doc); err != nil {
		return err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.all[id] = r
	return nil
}

// Record is a Received with its name.
type Record struct {
	ID string
	Received
}

// List lists what came back, newest first.
func (in *Intake) List() []Record {
	in.mu.Lock()
	defer in.mu.Unlock()
	list := make([]Record, 0, len(in.all))
	for id, r := range in.all {
		list = append(list, Record{id, r})
	}
	slices.SortFunc(list, func(a, b Record) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID)) })
	return list
}

// Handle is a coordinator's judgement of a mail: an answer counts as the
// invited person's, or, without one, the mail has been read.
func (in *Intake) Handle(ctx context.Context, id string, answer model.Answer, by model.Actor) error {
	in.mu.Lock()
	r, ok := in.all[id]
	in.mu.Unlock()
	if !ok {
		return model.Errorf(model.NotFound, "error.no-mail", "there is no such mail any more")
	}
	if answer != "" {
		seat, generation, live := in.Programme.State().Live(r.Person, r.Seminar)
		if !live {
			return model.Errorf(model.Conflict, "error.seat-gone", "this seat has been given up or cancelled")
		}
		r.Answer, r.Generation, r.Sequence = answer, generation, seat.Sequence
		if err := in.give(ctx, &r, max(in.Programme.Now().Unix(), seat.Answered), by); err != nil {
			return err
		}
	}
	r.Handled = true
	return in.keep(ctx, id, r)
}

// Sweep deletes the records that are too old, and says how many.
func (in *Intake) Sweep(ctx context.Context) (int, error) {
	if err := in.Load(ctx); err != nil {
		return 0, err
	}
	n := 0
	for _, r := range in.List() {
		if in.Programme.Now().Sub(r.Time()) < keptReceived {
			continue
		}
		if err := in.Store.Delete(ctx, receivedBucket, r.ID); err != nil {
			return n, err
		}
		in.mu.Lock()
		delete(in.all, r.ID)
		in.mu.Unlock()
		n++
	}
	return n, nil
}

// Waiting counts the mails a coordinator should look at.
func (in *Intake) Waiting() (n int) {
	for _, r := range in.List() {
		if r.Waits() {
			n++
		}
	}
	return n
}
