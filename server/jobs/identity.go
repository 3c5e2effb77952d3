package jobs

import (
	"strings"
	"sync"

	"kaskad/model"
)

// Place is one generation of a seat.
type Place struct {
	model.SeatKey
	Generation int
}

// identities finds seats by the UID their invitations carry. A UID never comes
// to mean another seat, so what has been found stays found.
type identities struct {
	mu    sync.Mutex
	state *model.State
	known map[string]Place
}

const invitedUID = "-invite"

// invited is the UID that invitations of a seat carry: nobody can guess it, so
// an answer that has it comes from who was sent the invitation or was given it.
func (i *Invites) invited(uid string) string {
	if i.Mark == nil {
		return uid + invitedUID
	}
	return uid + "-" + i.Mark(uid) + invitedUID
}

// Identity is the UID that invitations of a seat carry, for other ways of
// putting the same appointment into its holder's own calendar.
func (i *Invites) Identity(uid string) string { return i.invited(uid) }

// Place finds the seat an invitation's UID belongs to; false when it is none of ours.
func (i *Invites) Place(uid string) (Place, bool) {
	if !strings.HasSuffix(uid, invitedUID) {
		return Place{}, false
	}
	x := &i.identities
	x.mu.Lock()
	defer x.mu.Unlock()
	if place, ok := x.known[uid]; ok {
		return place, true
	}
	state := i.Programme.State()
	if state == x.state || state.Roster == nil {
		return Place{}, false
	}
	x.state, x.known = state, map[string]Place{}
	for key, seats := range state.Seats {
		for g := range seats {
			x.known[i.invited(key.UID(state.Roster.Problem.Programme.ID, g))] = Place{key, g}
		}
	}
	place, ok := x.known[uid]
	return place, ok
}
