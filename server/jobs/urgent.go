package jobs

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/server/mail"
)

// urgentWithin is how near a seminar is when news of it cannot wait for a
// calendar to fetch it: some fetch once a day.
const urgentWithin = 48 * time.Hour

// urgent tells those who subscribe of what has changed for them shortly before
// a seminar. The letter changes no calendar: theirs will, when it fetches.
func (l *Letters) urgent(state *model.State) []letter {
	now := l.Invites.Programme.Now()
	var list []letter
	for key, seats := range state.Seats {
		generation := len(seats) - 1
		seat, x := seats[generation], state.Seminars[key.Seminar]
		if x == nil || !seat.Subscribed || seat.Switched || begunBySwitch(seats) {
			continue
		}
		at := x.Seminar
		if seat.Cancelled {
			at.Slot, at.Venue = seat.Slot, seat.Venue
		}
		start, _ := state.Roster.Span(&at)
		changed := time.Unix(seat.Stamp, 0)
		if !start.After(now) || start.Sub(changed) > urgentWithin || now.Sub(changed) < l.Invites.Settle {
			continue
		}
		list = l.addUrgent(list, state, model.Notice{SeatKey: key, Generation: generation, Seat: seat})
	}
	slices.SortFunc(list, func(a, b letter) int { return cmp.Compare(a.id, b.id) })
	return list
}

// begunBySwitch tells whether a seat's present life only began because its
// holder chose to subscribe, and nothing has changed since.
func begunBySwitch(seats []model.Seat) bool {
	n := len(seats)
	return n > 1 && seats[n-2].Switched && !seats[n-1].Cancelled && seats[n-1].Sequence == 0 && seats[n-1].Stamp <= seats[n-2].Stamp
}

func (l *Letters) addUrgent(list []letter, state *model.State, n model.Notice) []letter {
	contact, _ := l.Invites.Programme.People.Contact(n.Person)
	if !calendar.MayMail(contact) {
		return list
	}
	uid := n.UID(state.Roster.Problem.Programme.ID, n.Generation)
	return append(list, letter{id: fmt.Sprintf("%s.%s.%d", Urgent, l.Invites.invited(uid), n.Stamp), to: contact,
		receipt: Receipt{UID: uid, Person: n.Person, Seminar: n.Seminar, Kind: Urgent},
		compose: func() (mail.Note, error) {
			event, err := l.event(state, n, contact)
			return mail.Urgent(event, state.Roster.Zone), err
		}})
}
