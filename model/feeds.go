package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// FeedKind is what a shared calendar shows.
type FeedKind string

const (
	ProgrammeFeed  FeedKind = "programme"   // every published seminar
	WaveFeed       FeedKind = "wave"        // those of a wave
	AreaFeed       FeedKind = "area"        // those with people of a municipality
	VenueFeed      FeedKind = "venue"       // those at a venue
	LeaderFeed     FeedKind = "leader"      // those somebody leads
	UnitFeed       FeedKind = "unit"        // who of a unit is away, and when
	BusyPersonFeed FeedKind = "busy-person" // when somebody is taken, and nothing else
	BusyVenueFeed  FeedKind = "busy-venue"  // when a venue is taken, and nothing else
)

// FeedKinds lists every kind: what holds of shared calendars is to hold of each.
func FeedKinds() []FeedKind {
	return []FeedKind{ProgrammeFeed, WaveFeed, AreaFeed, VenueFeed, LeaderFeed, UnitFeed, BusyPersonFeed, BusyVenueFeed}
}

// SharedFeed is a calendar that somebody has made of a part of the programme.
// Its address is derived from ID and Generation.
type SharedFeed struct {
	ID         string   `json:"id"`
	Kind       FeedKind `json:"kind"`
	Of         string   `json:"of,omitempty"` // id of the wave, area, …; "" for the programme
	Owner      string   `json:"owner"`        // who made it
	Generation int      `json:"generation,omitempty"`
	Closed     bool     `json:"closed,omitempty"`
	At         int64    `json:"at"` // when it was made, milliseconds since 1970
}

// FeedOpened records a shared calendar.
type FeedOpened struct {
	ID    string   `json:"id"`
	Kind  FeedKind `json:"kind"`
	Of    string   `json:"of,omitempty"`
	Owner string   `json:"owner"`
}

// FeedRenewed gives a shared calendar another address.
type FeedRenewed struct {
	ID string `json:"id"`
}

// FeedRemoved turns a shared calendar off for good.
type FeedRemoved struct {
	ID string `json:"id"`
}

// UnitContactSet makes a person the contact of a unit, or ends it. Who is no
// contact any more loses the calendars made as one.
type UnitContactSet struct {
	Unit   string `json:"unit"`
	Person string `json:"person"`
	Off    bool   `json:"off,omitempty"`
}

func (FeedOpened) eventType() string     { return "feed.opened" }
func (FeedRenewed) eventType() string    { return "feed.renewed" }
func (FeedRemoved) eventType() string    { return "feed.removed" }
func (UnitContactSet) eventType() string { return "unit.contact" }

// OpenFeed makes a shared calendar. Coordinators may make any, a unit's contact
// the unit's, everybody the own busy times.
type OpenFeed struct {
	Kind FeedKind
	Of   string
}

func (c OpenFeed) decide(s *State, by Actor) (Decision, error) {
	if !s.mayOpen(by, c) {
		return Decision{}, Errorf(Forbidden, "error.not-your-feed", "you may not make this calendar")
	}
	if !s.showsSomething(c) {
		return Decision{}, Errorf(NotFound, "error.no-feed-of", "there is nothing to make this calendar of")
	}
	for _, f := range s.Calendars.Shared {
		if f.Kind == c.Kind && f.Of == c.Of && f.Owner == by.Person && !f.Closed {
			return Decision{}, Errorf(Conflict, "error.feed-exists", "you have made this calendar already")
		}
	}
	id := fmt.Sprintf("K%04d", len(s.Calendars.Shared)+1)
	return Decision{Events: []Event{FeedOpened{ID: id, Kind: c.Kind, Of: c.Of, Owner: by.Person}}}, nil
}

func (s *State) mayOpen(by Actor, c OpenFeed) bool {
	return by.Role == Coordinator ||
		c.Kind == UnitFeed && s.Calendars.IsContact(c.Of, by.Person) ||
		c.Kind == BusyPersonFeed && c.Of == by.Person
}

// showsSomething tells whether what a calendar is of exists.
func (s *State) showsSomething(c OpenFeed) bool {
	r := s.Roster
	switch c.Kind {
	case ProgrammeFeed:
		return c.Of == ""
	case WaveFeed:
		return r.Waves[c.Of] != nil
	case AreaFeed:
		return c.Of != "" && slices.ContainsFunc(r.Problem.Units, func(u Unit) bool { return u.Area == c.Of })
	case VenueFeed, BusyVenueFeed:
		return r.Venues[c.Of] != nil
	case LeaderFeed:
		return r.People[c.Of] != nil && r.People[c.Of].Leads != nil
	case UnitFeed:
		return r.Units[c.Of] != nil
	case BusyPersonFeed:
		return r.People[c.Of] != nil
	}
	return false
}

// RenewFeed gives a shared calendar another address; the old one stops working.
type RenewFeed struct{ ID string }

func (c RenewFeed) decide(s *State, by Actor) (Decision, error) {
	if err := s.ownShared(by, c.ID); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{FeedRenewed(c)}}, nil
}

// RemoveFeed turns a shared calendar off for good.
type RemoveFeed struct{ ID string }

func (c RemoveFeed) decide(s *State, by Actor) (Decision, error) {
	if err := s.ownShared(by, c.ID); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{FeedRemoved(c)}}, nil
}

// ownShared finds an open shared calendar that the actor may change.
func (s *State) ownShared(by Actor, id string) error {
	f, ok := s.Calendars.Shared[id]
	switch {
	case !ok || !by.actsFor(f.Owner):
		return Errorf(NotFound, "error.no-shared-feed", "there is no calendar %s", id)
	case f.Closed:
		return Errorf(Conflict, "error.feed-removed", "this calendar has been turned off")
	}
	return nil
}

// SetUnitContact makes a person the contact of a unit, who may make its calendar, or ends it.
type SetUnitContact struct {
	Unit, Person string
	Off          bool
}

func (c SetUnitContact) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	switch {
	case s.Roster.Units[c.Unit] == nil:
		return Decision{}, Errorf(NotFound, "error.no-unit", "there is no unit %s", c.Unit)
	case !c.Off && s.Roster.People[c.Person] == nil:
		return Decision{}, Errorf(NotFound, "error.no-person", "there is no person %s", c.Person)
	case s.Calendars.IsContact(c.Unit, c.Person) != c.Off:
		return Decision{}, nil // so it is already
	}
	return Decision{Events: []Event{UnitContactSet(c)}}, nil
}

// IsContact tells whether a person is a contact of a unit.
func (b CalendarBook) IsContact(unit, person string) bool {
	return slices.Contains(b.Contacts[unit], person)
}

// SharedBy lists the calendars in use of an owner, or of everybody for "", in the order they were made.
func (b CalendarBook) SharedBy(owner string) []SharedFeed {
	var list []SharedFeed
	for _, f := range b.Shared {
		if !f.Closed && (owner == "" || f.Owner == owner) {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(x, y SharedFeed) int { return cmp.Compare(x.ID, y.ID) })
	return list
}

func (s *State) openFeed(e FeedOpened) {
	s.Calendars.Shared = maps.Clone(s.Calendars.Shared)
	s.Calendars.Shared[e.ID] = SharedFeed{ID: e.ID, Kind: e.Kind, Of: e.Of, Owner: e.Owner, At: s.At}
}

func (s *State) changeShared(id string, change func(*SharedFeed)) error {
	f, ok := s.Calendars.Shared[id]
	if !ok {
		return fmt.Errorf("changes calendar %q, which is not there", id)
	}
	change(&f)
	s.Calendars.Shared = maps.Clone(s.Calendars.Shared)
	s.Calendars.Shared[id] = f
	return nil
}

func (s *State) setContact(e UnitContactSet) error {
	s.Calendars.Contacts = maps.Clone(s.Calendars.Contacts)
	list := slices.DeleteFunc(slices.Clone(s.Calendars.Contacts[e.Unit]), func(p string) bool { return p == e.Person })
	if !e.Off {
		list = append(list, e.Person)
	}
	slices.Sort(list)
	s.Calendars.Contacts[e.Unit] = list
	if len(list) == 0 {
		delete(s.Calendars.Contacts, e.Unit)
	}
	if !e.Off {
		return nil
	}
	for _, f := range s.Calendars.SharedBy(e.Person) {
		if f.Kind == UnitFeed && f.Of == e.Unit {
			if err := s.changeShared(f.ID, func(f *SharedFeed) { f.Closed = true }); err != nil {
				return err
			}
		}
	}
	return nil
}
