package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/mail"
)

// Letters are the mails that change no calendar: reminders, briefs for leaders,
// questions about unanswered invitations, offers of seats and the coordinators'
// daily figures. What is due comes from the State, the clock and the receipts;
// each letter has a name of its own and is sent once.
type Letters struct {
	Invites *Invites
	Intake  *Intake
	// Reminders are how long before a seminar those who attend are reminded.
	Reminders []time.Duration
	// Coordinators are the addresses of the daily figures.
	Coordinators []string
}

const (
	briefBefore = 24 * time.Hour     // a leader hears what to expect
	chaseAfter  = 7 * 24 * time.Hour // without an answer
	chaseBefore = 2 * 24 * time.Hour // of the seminar: later it is for a telephone
	offerEvery  = 24 * time.Hour     // at most, to one person about one module
	digestHour  = 6                  // of the programme's clock
)

// Jobs are the jobs that write letters. Each runs often and finds out by itself
// what is due, so a server that was down catches up.
func (l *Letters) Jobs() []Job {
	return []Job{
		{Name: "remind", Schedule: "*/5 * * * *", Run: l.Remind},
		{Name: "chase", Schedule: "23 * * * *", Run: l.Chase},
		{Name: "digest", Schedule: "*/15 * * * *", Run: l.Digest},
	}
}

// letter is one that may be due: a receipt without its message yet.
type letter struct {
	receipt Receipt
	id      string
	to      model.Contact
	compose func() (mail.Note, error)
}

// due finds the letters that a job has to send.
type due func(context.Context, *model.State) ([]letter, error)

// send sends the letters that have not been. What is due is asked when it is
// this server's turn: until then another may send the same.
func (l *Letters) send(ctx context.Context, due due) (string, error) {
	o := l.Invites.Outbox()
	if err := o.Load(ctx); err != nil {
		return "", err
	}
	return o.run(ctx, func(tally *Tally) error {
		state := l.Invites.Programme.State()
		if state.Roster == nil {
			return nil
		}
		list, err := due(ctx, state)
		if err != nil {
			return err
		}
		for _, r := range o.leftovers() {
			if err := l.sendLeftover(ctx, state, r, list, tally); err != nil || ctx.Err() != nil {
				return err
			}
		}
		for _, x := range l.fresh(list) {
			if ctx.Err() != nil {
				return nil
			}
			before, _ := o.Receipt(x.id)
			if err := l.write(&x, before); err != nil {
				o.Log.Error("letter not made", "kind", x.receipt.Kind, "person", x.receipt.Person, "error", err)
				continue
			}
			if err := o.deliver(ctx, x.receipt, tally); err != nil {
				return err
			}
		}
		return nil
	})
}

// fresh leaves those that have not gone out and are not written yet.
func (l *Letters) fresh(list []letter) []letter {
	return slices.DeleteFunc(slices.Clone(list), func(x letter) bool {
		before, known := l.Invites.Outbox().Receipt(x.id)
		return known && (!before.open() || before.Message != nil)
	})
}

// sendLeftover tries a letter again while it is of use.
func (l *Letters) sendLeftover(ctx context.Context, state *model.State, r Receipt, list []letter, tally *Tally) error {
	o := l.Invites.Outbox()
	if !l.ofUse(state, r, list) {
		r.Replaced, r.Message = true, nil
		return o.save(ctx, r.ID, r)
	}
	return o.deliver(ctx, r, tally)
}

// ofUse tells whether a letter that was put off still is, beside the letters
// that are due: not when its seat is no more, a later reminder says the same, or
// its receiver has got a protected identity since.
func (l *Letters) ofUse(state *model.State, r Receipt, list []letter) bool {
	if contact, known := l.Invites.Programme.People.Contact(r.Person); known && !calendar.MayMail(contact) {
		return false
	}
	if r.Seminar == "" || r.Kind == Urgent { // which also tells of what is no more
		return true
	}
	x := state.Seminars[r.Seminar]
	_, _, live := state.Live(r.Person, r.Seminar)
	return x != nil && live && startOf(state, x).After(l.Invites.Programme.Now()) &&
		!slices.ContainsFunc(list, func(y letter) bool {
			return y.receipt.Kind == Remind && r.Kind == Remind && y.receipt.UID == r.UID && y.id != r.ID
		})
}

func startOf(state *model.State, x *model.PublishedSeminar) time.Time {
	start, _ := state.Roster.Span(&x.Seminar)
	return start
}

func (l *Letters) write(x *letter, before Receipt) error {
	note, err := x.compose()
	if err != nil {
		return err
	}
	r := l.Invites.Programme.State().Roster
	note.ID, note.Date = x.id, l.Invites.Programme.Now().In(r.Zone)
	message, err := mail.ComposeNote(note, mail.Correspondence{Programme: r.Problem.Programme.Name, From: l.Invites.From,
		To: calendar.Party{Name: strings.TrimSpace(x.to.Name()), Email: x.to.Email}, Zone: r.Zone})
	if err != nil {
		return err
	}
	x.receipt.Message, x.receipt.Subject, x.receipt.Attempts = &message, message.Subject, before.Attempts
	return nil
}

// Coming lists the messages that are to go out, to be written by who shows them:
// those every job would send now, and those of seats that must first be quiet.
// Nothing is sent or kept.
func (l *Letters) Coming(ctx context.Context) ([]Written, error) {
	o := l.Invites.Outbox()
	if err := o.Refresh(ctx); err != nil {
		return nil, err
	}
	state := l.Invites.Programme.State()
	if state.Roster == nil {
		return nil, nil
	}
	var list []Written
	for _, n := range l.Invites.Pending(state) {
		list = append(list, func() (Receipt, error) { return l.Invites.Preview(state, n) })
	}
	letters, err := l.all(ctx, state)
	if err != nil {
		return nil, err
	}
	for _, r := range o.leftovers() {
		if l.ofUse(state, r, letters) {
			list = append(list, func() (Receipt, error) { return r, nil })
		}
	}
	for _, x := range l.fresh(letters) {
		list = append(list, func() (Receipt, error) {
			before, _ := o.Receipt(x.id)
			err := l.write(&x, before)
			return x.receipt, err
		})
	}
	return list, nil
}

// Written writes a message as it would go out. There may be thousands, of which a page shows some.
type Written func() (Receipt, error)

// all are the letters of every job.
func (l *Letters) all(ctx context.Context, state *model.State) (list []letter, err error) {
	for _, due := range []due{l.dueToRemind, l.dueToChase, l.dueToDigest} {
		some, err := due(ctx, state)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// Remind reminds those who attend, and tells those who lead what to expect.
func (l *Letters) Remind(ctx context.Context) (string, error) { return l.send(ctx, l.dueToRemind) }

func (l *Letters) dueToRemind(_ context.Context, state *model.State) ([]letter, error) {
	return slices.Concat(l.urgent(state), l.reminders(state)), nil
}

func (l *Letters) reminders(state *model.State) []letter {
	now := l.Invites.Programme.Now()
	var list []letter
	for _, x := range state.SeminarsByTime() {
		start, _ := state.Roster.Span(&x.Seminar)
		if x.Cancelled || !start.After(now) {
			continue
		}
		if before, due := dueReminder(l.Reminders, start, now); due {
			for _, p := range x.Attendees {
				list = l.addReminder(list, state, x, p, Remind, start.Add(-before))
			}
		}
		if before, due := dueReminder([]time.Duration{briefBefore}, start, now); due {
			for _, p := range x.Leaders {
				list = l.addReminder(list, state, x, p, Brief, start.Add(-before))
			}
		}
	}
	return list
}

// dueReminder is the shortest of the times before start that has come.
func dueReminder(before []time.Duration, start, now time.Time) (time.Duration, bool) {
	best, found := time.Duration(0), false
	for _, d := range before {
		if !start.Add(-d).After(now) && (!found || d < best) {
			best, found = d, true
		}
	}
	return best, found
}

// addReminder adds the letter of one seat that was due at a time, unless the
// seat is younger: who has been told since then needs no reminder. Who
// subscribes to a calendar is reminded by it.
func (l *Letters) addReminder(list []letter, state *model.State, x *model.PublishedSeminar, person string, kind Kind, at time.Time) []letter {
	seat, generation, ok := state.Live(person, x.ID)
	contact, _ := l.Invites.Programme.People.Contact(person)
	if !ok || !calendar.MayMail(contact) || seat.Stamp >= at.Unix() || kind == Remind && seat.Subscribed {
		return list
	}
	key := model.SeatKey{Person: person, Seminar: x.ID}
	uid := key.UID(state.Roster.Problem.Programme.ID, generation)
	return append(list, letter{id: fmt.Sprintf("%s.%s.%d", kind, l.Invites.invited(uid), at.Unix()), to: contact,
		receipt: Receipt{UID: uid, Person: person, Seminar: x.ID, Kind: kind},
		compose: func() (mail.Note, error) {
			event, err := l.event(state, model.Notice{SeatKey: key, Generation: generation, Seat: seat}, contact)
			if kind == Brief {
				return mail.Brief(event, l.expected(state, x), state.Roster.Zone), err
			}
			return mail.Reminder(event, state.Roster.Zone), err
		}})
}

func (l *Letters) event(state *model.State, n model.Notice, contact model.Contact) (calendar.Event, error) {
	return calendar.EventFor(state, n, calendar.Look{Language: contact.Language, Base: l.Invites.Base, Name: l.Invites.Programme.People.Name, Now: l.Invites.Programme.Now()})
}

// expected is who comes to a seminar. People with a protected identity are
// counted and never named.
func (l *Letters) expected(state *model.State, x *model.PublishedSeminar) mail.Expected {
	var e mail.Expected
	for _, p := range x.Attendees {
		seat, _, _ := state.Live(p, x.ID)
		switch seat.Answer {
		case model.Accepted:
			e.Yes++
		case model.Tentative:
			e.Maybe++
		default:
			e.Silent++
		}
		if name := l.Invites.Programme.People.Name(p); name != "" {
			e.People = append(e.People, name+", "+state.Roster.Units[state.Roster.People[p].Unit].Name)
		}
	}
	slices.Sort(e.People)
	return e
}

// Chase asks who has not answered, once about each time and place, and offers
// seats to who waits for one.
func (l *Letters) Chase(ctx context.Context) (string, error) { return l.send(ctx, l.dueToChase) }

func (l *Letters) dueToChase(_ context.Context, state *model.State) ([]letter, error) {
	return append(l.unanswered(state), l.offered(state)...), nil
}

// unanswered is one letter a person, about all that is to be asked.
func (l *Letters) unanswered(state *model.State) []letter {
	now := l.Invites.Programme.Now()
	asked := l.covered(Chase, "")
	silent := map[string][]model.Notice{}
	for _, n := range state.Notices() {
		if n.Cancelled || n.Answer != "" {
			continue
		}
		start, _ := spanOf(state, n)
		_, told, ok := l.Invites.Outbox().newest(n.UID(state.Roster.Problem.Programme.ID, n.Generation))
		if ok && told.Sent && now.Sub(told.Time()) >= chaseAfter && start.Sub(now) >= chaseBefore && !asked[seatName(n)] {
			silent[n.Person] = append(silent[n.Person], n)
		}
	}
	var list []letter
	for _, person := range slices.Sorted(maps.Keys(silent)) {
		contact, _ := l.Invites.Programme.People.Contact(person)
		if !calendar.MayMail(contact) {
			continue
		}
		notices := silent[person]
		slices.SortStableFunc(notices, func(a, b model.Notice) int {
			x, _ := spanOf(state, a)
			y, _ := spanOf(state, b)
			return x.Compare(y)
		})
		r := Receipt{Person: person, Kind: Chase}
		for _, n := range notices {
			r.Covers = append(r.Covers, seatName(n))
		}
		list = append(list, letter{id: named(Chase, person, r.Covers), to: contact, receipt: r, compose: func() (mail.Note, error) {
			var events []calendar.Event
			for _, n := range notices {
				event, err := l.event(state, n, contact)
				if err != nil {
					return mail.Note{}, err
				}
				events = append(events, event)
			}
			return mail.Unanswered(events, state.Roster.Zone), nil
		}})
	}
	return list
}

// offered are the letters to who waits for a seat in a module and has not yet
// heard of those there are.
func (l *Letters) offered(state *model.State) []letter {
	now := l.Invites.Programme.Now()
	var list []letter
	for _, w := range state.Waiting() {
		contact, _ := l.Invites.Programme.People.Contact(w.Person)
		seats, seminars := freeSeats(state, w.Person, w.Module, now)
		known := l.covered("", w.Person)
		fresh := slices.ContainsFunc(seminars, func(id string) bool { return !known[id] })
		if !calendar.MayMail(contact) || !fresh || now.Sub(time.Unix(w.Since, 0)) < time.Hour || now.Sub(l.lastOffer(w)) < offerEvery {
			continue
		}
		list = append(list, letter{id: named(Offer, w.Person+"/"+w.Module, seminars), to: contact,
			receipt: Receipt{Person: w.Person, Kind: Offer, Told: mail.Told{Place: w.Module}, Covers: seminars},
			compose: func() (mail.Note, error) {
				return mail.Seats(state.Roster.Modules[w.Module].Name, state.Calendars.LanguageOf(contact.ID, contact.Language), l.Invites.Base+"/my", seats, state.Roster.Zone), nil
			}})
	}
	return list
}

// covered is what letters of a kind, or to a person, have been about.
func (l *Letters) covered(kind Kind, person string) map[string]bool {
	o := l.Invites.Outbox()
	o.mu.Lock()
	defer o.mu.Unlock()
	found := map[string]bool{}
	for _, r := range o.all {
		if kind != "" && r.Kind != kind || person != "" && r.Person != person || r.open() {
			continue
		}
		for _, c := range r.Covers {
			found[c] = true
		}
	}
	return found
}

func (l *Letters) lastOffer(w model.Wait) time.Time {
	o := l.Invites.Outbox()
	o.mu.Lock()
	defer o.mu.Unlock()
	var last time.Time
	for _, r := range o.all {
		if r.Kind == Offer && r.Person == w.Person && r.Told.Place == w.Module && r.Time().After(last) {
			last = r.Time()
		}
	}
	return last
}

// seatName names a seat at a time and place: a move asks for a new answer.
func seatName(n model.Notice) string {
	return fmt.Sprintf("%s/%s/%d/%d", n.Seminar, n.Person, n.Generation, n.Sequence)
}

// named is the id of a letter about several things.
func named(kind Kind, who string, about []string) string {
	sum := sha256.Sum256([]byte(who + "\n" + strings.Join(about, "\n")))
	return string(kind) + "." + hex.EncodeToString(sum[:16])
}
