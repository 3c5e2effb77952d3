package model

import (
	"slices"
	"time"
)

// EditArrange is an answer to a question, taken by a coordinator.
const EditArrange EditKind = "arrange"

// Arrange gives published seminars the times, venues, leaders and attendees
// named, as MoveSeminar and ChangeLeaders do for some of them. The answer was
// worked out for the State with the revision Seq: Conflict when that is no
// longer the State. Refused as MoveSeminar is.
type Arrange struct {
	Seminars []Seminar
	Seq      uint64
	Now      time.Time
}

func (c Arrange) decide(s *State, by Actor) (Decision, error) {
	if s.Seq != c.Seq {
		return Decision{}, Errorf(Conflict, "error.arrange-changed", "something has changed since you looked; look at the answers once more")
	}
	ids := make([]string, len(c.Seminars))
	for i := range c.Seminars {
		ids[i] = c.Seminars[i].ID
	}
	return s.decideEdit(by, EditArrange, c.Now, func(x *PublishedSeminar) error {
		now := c.Seminars[slices.Index(ids, x.ID)]
		x.Slot, x.Venue, x.Leaders, x.Attendees = now.Slot, now.Venue, slices.Clone(now.Leaders), slices.Clone(now.Attendees)
		for _, p := range append(slices.Clone(now.Leaders), now.Attendees...) {
			if s.Roster.People[p] == nil {
				return Errorf(NotFound, "error.no-person", "there is no person %s", p)
			}
		}
		return s.placeExists(x)
	}, ids...)
}
