package model

import (
	"slices"
	"time"
)

// EditPerson changes where somebody works and how far they travel. MaxTravel
// nil: any distance. What is published stays as it is.
type EditPerson struct {
	ID, Unit  string
	MaxTravel *int // minutes one way
}

func (c EditPerson) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	before, err := s.loaded(c.ID)
	switch {
	case err != nil:
		return Decision{}, err
	case s.Roster.Units[c.Unit] == nil:
		return Decision{}, Errorf(NotFound, "error.no-unit", "there is no unit %s", c.Unit)
	case c.MaxTravel != nil && *c.MaxTravel < 0:
		return Decision{}, Errorf(Invalid, "error.negative", "the number must not be negative")
	}
	now := *before
	now.Unit, now.MaxTravel = c.Unit, c.MaxTravel
	if before.Unit == now.Unit && equalInts(before.MaxTravel, now.MaxTravel) {
		return Decision{}, nil
	}
	return s.decideAmendment(&Amendment{People: []Person{now}})
}

// EditLeader changes what a leader leads at most and aims at; nil: no limit.
type EditLeader struct {
	ID                                      string
	Target, MaxPerDay, MaxPerWeek, MaxTotal *int // seminars
}

func (c EditLeader) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	before, err := s.loaded(c.ID)
	if err != nil {
		return Decision{}, err
	}
	if before.Leads == nil {
		return Decision{}, Errorf(NotFound, "lead.no-leader", "this person is not a method leader")
	}
	leads := *before.Leads
	same := true
	for _, x := range []struct{ now, was **int }{{&c.Target, &leads.Target}, {&c.MaxPerDay, &leads.MaxPerDay}, {&c.MaxPerWeek, &leads.MaxPerWeek}, {&c.MaxTotal, &leads.MaxTotal}} {
		if *x.now != nil && **x.now < 0 {
			return Decision{}, Errorf(Invalid, "error.negative", "the number must not be negative")
		}
		same = same && equalInts(*x.now, *x.was)
		*x.was = *x.now
	}
	if same {
		return Decision{}, nil
	}
	now := *before
	now.Leads = &leads
	return s.decideAmendment(&Amendment{People: []Person{now}})
}

// EditUnit changes a unit's name and employer.
type EditUnit struct{ ID, Name, Employer string }

func (c EditUnit) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	before := find(s.base.Units, func(x *Unit) bool { return x.ID == c.ID })
	switch {
	case before == nil:
		return Decision{}, Errorf(NotFound, "error.no-unit", "there is no unit %s", c.ID)
	case c.Name == "":
		return Decision{}, Errorf(Invalid, "error.no-name", "a name is needed")
	case before.Name == c.Name && before.Employer == c.Employer:
		return Decision{}, nil
	}
	now := *before
	now.Name, now.Employer = c.Name, c.Employer
	return s.decideAmendment(&Amendment{Units: []Unit{now}})
}

// EditVenue changes a venue's name, rooms and the seats of each. Now is the
// caller's time: a venue must hold those who are coming to it.
type EditVenue struct {
	ID, Name        string
	Capacity, Rooms int
	Now             time.Time
}

func (c EditVenue) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	before := find(s.base.Venues, func(x *Venue) bool { return x.ID == c.ID })
	switch {
	case before == nil:
		return Decision{}, Errorf(NotFound, "error.no-venue", "there is no venue %s", c.ID)
	case c.Name == "":
		return Decision{}, Errorf(Invalid, "error.no-name", "a name is needed")
	case c.Capacity < 1 || c.Rooms < 1:
		return Decision{}, Errorf(Invalid, "error.at-least-one", "the number must be at least 1")
	}
	if n := s.tooLarge(&c); n > 0 {
		return Decision{}, Errorf(Infeasible, "error.venue-too-small", "%d seminars to come do not fit; move them first", n)
	}
	now := *before
	now.Name, now.Capacity = c.Name, c.Capacity
	if max(before.Rooms, 1) != c.Rooms {
		now.Rooms = c.Rooms
	}
	if before.Name == now.Name && before.Capacity == now.Capacity && before.Rooms == now.Rooms {
		return Decision{}, nil
	}
	return s.decideAmendment(&Amendment{Venues: []Venue{now}})
}

// tooLarge counts the published seminars to come that a venue could not hold
// any more: too many attendees, or too many at the same time.
func (s *State) tooLarge(c *EditVenue) (n int) {
	ahead := s.SeminarsByTime()
	ahead = slices.DeleteFunc(ahead, func(x *PublishedSeminar) bool {
		start, _ := s.Roster.Span(&x.Seminar)
		return x.Cancelled || x.Venue != c.ID || !start.After(c.Now)
	})
	for _, x := range ahead {
		from, to := s.Roster.Span(&x.Seminar)
		together := 0
		for _, y := range ahead {
			if start, end := s.Roster.Span(&y.Seminar); !start.After(from) && from.Before(end) && start.Before(to) {
				together++
			}
		}
		if len(x.Attendees) > c.Capacity || together > c.Rooms {
			n++
		}
	}
	return n
}

func equalInts(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
