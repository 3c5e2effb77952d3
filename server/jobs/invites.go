package jobs

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/mail"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// Invites sends what people should have been told and have not: it compares
// the State's notices with the receipts. A message whose outcome nobody knows
// is sent again byte for byte, which mail programs recognise (RFC 5546 2.1.5:
// same UID, SEQUENCE, DTSTAMP).
type Invites struct {
	Programme *programme.Service
	Store     store.Store
	Sender    mail.Sender
	From      calendar.Party // the organizer; answers go there
	Base      string         // this server's address, for links
	Alone     bool           // see Outbox
	Limits    Limits
	Log       *slog.Logger
	// Mark makes a seat's UID one that nobody can guess, the same every time;
	// nil leaves it as it is.
	Mark func(uid string) string
	// Settle is how long a seat must have been unchanged before its holder is
	// told, so that changes in a row are one mail. Gap is the least time from one
	// message of a seat to the next, and after a cancellation to the invitation
	// to the same seminar: mails overtake each other, and many calendars obey the
	// last to arrive. A coordinator who sends by hand does not wait for changes to settle.
	Settle, Gap time.Duration

	identities identities
	counted    counted
	making     sync.Once
	outbox     *Outbox
}

// Outbox is where its messages leave; other letters may leave there too.
func (i *Invites) Outbox() *Outbox {
	i.making.Do(func() {
		i.outbox = &Outbox{Store: i.Store, Sender: i.Sender, Now: i.Programme.Now, Alone: i.Alone,
			CatchUp: i.Programme.CatchUp, Limits: i.Limits, Log: i.Log}
	})
	return i.outbox
}

// Load reads the receipts of earlier runs once.
func (i *Invites) Load(ctx context.Context) error { return i.Outbox().Load(ctx) }

// List lists every message, newest first.
func (i *Invites) List() []Receipt { return i.Outbox().List() }

// Counts counts the messages by how far they have got.
func (i *Invites) Counts() Tally { return i.Outbox().Counts() }

// Job is the reconcile job, named invite.
func (i *Invites) Job(schedule string) Job {
	return Job{Name: "invite", Schedule: schedule, Run: i.Run}
}

// Run sends everything that is due, what concerns the nearest days first, and
// says how much it was.
func (i *Invites) Run(ctx context.Context) (string, error) {
	return i.Outbox().run(ctx, func(tally *Tally) error {
		state := i.Programme.State()
		if state.Roster == nil {
			return nil
		}
		for _, n := range i.pending(state, ByHand(ctx)) {
			if ctx.Err() != nil {
				return nil
			}
			if err := i.tell(ctx, state, n, tally); err != nil {
				return err
			}
		}
		return nil
	})
}

// pending are the notices whose holders are to be told now. byHand: a coordinator
// does not wait for changes to settle.
func (i *Invites) pending(state *model.State, byHand bool) []model.Notice {
	return slices.DeleteFunc(i.Pending(state), func(n model.Notice) bool { return i.waits(state, n, byHand) })
}

// Pending are the notices whose holders are to be told, now or when changes have
// settled and earlier messages arrived, by the start of their seminars.
func (i *Invites) Pending(state *model.State) []model.Notice {
	var list []model.Notice
	start := map[model.SeatKey]time.Time{}
	for _, n := range state.Notices() {
		if at, ok := i.isDue(state, n); ok {
			start[n.SeatKey] = at
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b model.Notice) int { return start[a.SeatKey].Compare(start[b.SeatKey]) })
	return list
}

// isDue tells whether a notice has yet to be told and when its seminar starts.
// Not due is what has been told, what there is nothing to take back of, what is
// over, what nobody can be reached for, and what was attempted too recently.
func (i *Invites) isDue(state *model.State, n model.Notice) (start time.Time, due bool) {
	_, before, told := i.Outbox().newest(n.UID(state.Roster.Problem.Programme.ID, n.Generation))
	now := i.Programme.Now()
	switch {
	case !told && n.Cancelled:
		return start, false
	case told && before.covers(n) && (!before.open() || now.Before(before.again())):
		return start, false
	}
	if !calendar.MayMail(i.Programme.People.Reach(n.Person)) {
		return start, false
	}
	start, end := spanOf(state, n)
	return start, end.After(now)
}

// spanOf is when a seat's seminar is, or was when the seat was cancelled.
func spanOf(state *model.State, n model.Notice) (start, end time.Time) {
	x := state.Seminars[n.Seminar].Seminar
	x.Slot = cmp.Or(n.Slot, x.Slot)
	return state.Roster.Span(&x)
}

// waits: the seat may change again, or an earlier message may still be on its way.
func (i *Invites) waits(state *model.State, n model.Notice, byHand bool) bool {
	now := i.Programme.Now()
	if !byHand && now.Sub(time.Unix(n.Stamp, 0)) < i.Settle {
		return true
	}
	id := state.Roster.Problem.Programme.ID
	if _, before, told := i.Outbox().newest(n.UID(id, n.Generation)); told && !before.covers(n) && now.Sub(before.Time()) < i.Gap {
		return true
	}
	if n.Generation == 0 {
		return false
	}
	before := model.Notice{SeatKey: n.SeatKey, Generation: n.Generation - 1, Seat: state.Seats[n.SeatKey][n.Generation-1]}
	if _, due := i.isDue(state, before); due && !before.Subscribed && i.Gap > 0 {
		return true // its cancellation leaves first
	}
	_, former, told := i.Outbox().newest(n.UID(id, n.Generation-1))
	return told && (former.open() || now.Sub(former.Time()) < i.Gap)
}

// tell makes the message a notice calls for, unless it is made already, and sends it.
func (i *Invites) tell(ctx context.Context, state *model.State, n model.Notice, tally *Tally) error {
	o := i.Outbox()
	id, before, told := o.newest(n.UID(state.Roster.Problem.Programme.ID, n.Generation))
	if told && before.covers(n) && before.Message != nil {
		return o.deliver(ctx, before, tally)
	}
	r, err := i.compose(state, n, before, told)
	if err != nil {
		i.Log.Error("message not made", "person", n.Person, "seminar", n.Seminar, "error", err)
		return nil
	}
	if told && before.open() && id != r.Message.ID {
		before.Replaced, before.Message = true, nil
		if err := o.save(ctx, id, before); err != nil {
			return err
		}
	}
	return o.deliver(ctx, *r, tally)
}

// KindOf is what the message a notice calls for will be.
func (i *Invites) KindOf(state *model.State, n model.Notice) Kind {
	_, before, told := i.Outbox().newest(n.UID(state.Roster.Problem.Programme.ID, n.Generation))
	switch {
	case n.Cancelled:
		return Cancel
	case told && before.Sent && !before.covers(n):
		return Update
	}
	return Invite
}

// Preview writes the message a notice calls for, and sends nothing.
func (i *Invites) Preview(state *model.State, n model.Notice) (Receipt, error) {
	_, before, told := i.Outbox().newest(n.UID(state.Roster.Problem.Programme.ID, n.Generation))
	if told && before.covers(n) && before.Message != nil {
		return before, nil
	}
	r, err := i.compose(state, n, before, told)
	if err != nil {
		return Receipt{}, err
	}
	return *r, nil
}

// compose writes the message of a notice. What people were told before is what
// was sent: a message that never left is no earlier news.
func (i *Invites) compose(state *model.State, n model.Notice, before Receipt, told bool) (*Receipt, error) {
	contact := i.Programme.People.Reach(n.Person)
	uid := n.UID(state.Roster.Problem.Programme.ID, n.Generation)
	look := calendar.Look{Language: contact.Language, Base: i.Base, Name: i.Programme.People.Name, Now: i.Programme.Now()}
	event, err := calendar.EventFor(state, n, look)
	if err != nil {
		return nil, err
	}
	event.UID = i.invited(uid)
	r := Receipt{UID: uid, Person: n.Person, Seminar: n.Seminar, Sequence: n.Sequence, Stamp: n.Stamp,
		Told: mail.Told{Start: event.Start, End: event.End, Place: event.Place}}
	var earlier *mail.Told
	r.Kind = i.KindOf(state, n)
	if r.Kind == Update || r.Kind == Cancel && told {
		earlier = &before.Told
	}
	if told && before.covers(n) {
		r.Attempts = before.Attempts // sent before, and asked for again
	}
	offers, seminars := i.offers(state, n)
	r.Covers = seminars
	message, err := mail.Compose(event, earlier, mail.Correspondence{Programme: state.Roster.Problem.Programme.Name, From: i.From,
		To: calendar.Party{Name: contact.Name(), Email: contact.Email}, Zone: state.Roster.Zone, Offers: offers})
	if err != nil {
		return nil, err
	}
	r.Message, r.Subject = &message, message.Subject
	return &r, nil
}

// offers are other seats for who has declined one, and the seminars they are in.
func (i *Invites) offers(state *model.State, n model.Notice) (list []mail.Told, seminars []string) {
	if n.Answer != model.Declined || n.Leading {
		return nil, nil
	}
	return freeSeats(state, n.Person, state.Seminars[n.Seminar].Module, i.Programme.Now())
}

// mailedOffers is how many other seats a letter lists; the own page has more.
const mailedOffers = 3

func freeSeats(state *model.State, person, module string, now time.Time) (list []mail.Told, seminars []string) {
	for _, x := range state.SeatsFor(person, module, now, mailedOffers) {
		start, end := state.Roster.Span(&x.Seminar)
		list = append(list, mail.Told{Start: start, End: end, Place: state.Roster.Venues[x.Venue].Name})
		seminars = append(seminars, x.ID)
	}
	return list, seminars
}

// Again sends a seat's newest message once more: the person has lost it.
func (i *Invites) Again(ctx context.Context, place Place) error {
	id, _, ok := i.Outbox().newest(place.UID(i.Programme.State().Roster.Problem.Programme.ID, place.Generation))
	if !ok {
		return nil
	}
	return i.Outbox().Resend(ctx, id)
}

// Waiting says how many messages are to go out, and when the last of them will
// have, by the limits of the mail server.
func (i *Invites) Waiting(more int) (n int, done time.Time) {
	if state := i.Programme.State(); state.Roster != nil {
		n = i.count(state)
	}
	return n, i.Outbox().finish(n + more)
}

// counted is how many notices of a State are to be told. What was put off is due
// again some time, so it holds for a minute.
type counted struct {
	mu  sync.Mutex
	of  countedOf
	was int
}

// countedOf is all the number depends on.
type countedOf struct {
	state            *model.State
	writes, revision uint64 // of the outbox and of the directory
	minute           int64
}

// count is how many Pending lists.
func (i *Invites) count(state *model.State) int {
	of := countedOf{state, i.Outbox().Writes(), i.Programme.People.Revision(), i.Programme.Now().Unix() / 60}
	c := &i.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		c.of, c.was = of, 0
		for key, seats := range state.Seats {
			for generation, seat := range seats {
				if seat.Subscribed {
					continue
				}
				if _, due := i.isDue(state, model.Notice{SeatKey: key, Generation: generation, Seat: seat}); due {
					c.was++
				}
			}
		}
	}
	return c.was
}
