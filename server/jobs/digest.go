package jobs

import (
	"context"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/server/mail"
)

// Digest writes to the coordinators every working day after six what has
// happened since the last working day and what needs somebody; nothing when
// there is nothing. A coordinator gets one letter a day, whenever the job runs.
func (l *Letters) Digest(ctx context.Context) (string, error) { return l.send(ctx, l.dueToDigest) }

func (l *Letters) dueToDigest(ctx context.Context, state *model.State) ([]letter, error) {
	now := l.Invites.Programme.Now().In(state.Roster.Zone)
	if now.Hour() < digestHour || now.Weekday() == time.Saturday || now.Weekday() == time.Sunday {
		return nil, nil
	}
	since := now.AddDate(0, 0, -1)
	if now.Weekday() == time.Monday {
		since = now.AddDate(0, 0, -3)
	}
	figures, err := l.figures(ctx, state, since, now)
	if err != nil || figures.Nothing() {
		return nil, err
	}
	var list []letter
	for _, address := range l.Coordinators {
		contact, known := l.Invites.Programme.People.ByEmail(address)
		if !known {
			contact = model.Contact{Email: strings.TrimSpace(address), Language: "sv"}
		}
		list = append(list, letter{id: named(Digest, strings.ToLower(address), []string{now.Format(time.DateOnly)}), to: contact,
			receipt: Receipt{Person: contact.ID, Kind: Digest},
			compose: func() (mail.Note, error) {
				return mail.DayInFigures(figures, state.Calendars.LanguageOf(contact.ID, contact.Language), l.Invites.Base+"/overview"), nil
			}})
	}
	return list, nil
}

func (l *Letters) figures(ctx context.Context, state *model.State, since, now time.Time) (mail.Figures, error) {
	if err := l.Intake.Load(ctx); err != nil {
		return mail.Figures{}, err
	}
	tally := l.Invites.Counts()
	f := mail.Figures{Waiting: len(state.Waiting()), ToRead: l.Intake.Waiting(), Failed: tally.Failed, Queued: tally.Queued}
	for _, seats := range state.Seats {
		for _, seat := range seats {
			if seat.Answered < since.Unix() {
				continue
			}
			switch seat.Answer {
			case model.Accepted:
				f.Yes++
			case model.Declined:
				f.No++
			case model.Tentative:
				f.Maybe++
			}
		}
	}
	for _, x := range state.Seminars {
		start, _ := state.Roster.Span(&x.Seminar)
		if x.Cancelled || !start.After(now) {
			continue
		}
		if x.Open(state.Roster) {
			f.Open++
		}
		if start.Before(now.AddDate(0, 0, 7)) {
			f.Seminars++
			f.Attending += len(x.Attendees)
		}
	}
	return f, nil
}
