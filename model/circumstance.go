package model

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// CircumstanceKind says what has happened. Why it happened is never kept: an
// illness is nobody's business, and the journal is for ever.
type CircumstanceKind string

const (
	PersonAway   CircumstanceKind = "person-away"   // Person is away in [From, To)
	LeaderStops  CircumstanceKind = "leader-stops"  // Person leads and attends nothing from From on
	PersonLeaves CircumstanceKind = "person-leaves" // Person needs and leads nothing from From on
	PeopleJoin   CircumstanceKind = "people-join"   // People are new
	VenueClosed  CircumstanceKind = "venue-closed"  // Venue is closed in [From, To); To zero: for good
	UnitSpares   CircumstanceKind = "unit-spares"   // Unit can spare MaxAway at once; nil: any number
)

// CircumstanceKinds lists every kind, in the order people are offered them.
func CircumstanceKinds() []CircumstanceKind {
	return []CircumstanceKind{PersonAway, LeaderStops, VenueClosed, UnitSpares, PeopleJoin, PersonLeaves}
}

// Circumstance is something that has happened to the programme after its roster
// was loaded. The roster everybody sees is the loaded one amended by all of
// them in order; taking one back leaves the others as they are.
type Circumstance struct {
	ID      string           `json:"id"`
	Kind    CircumstanceKind `json:"kind"`
	Person  string           `json:"person,omitempty"`
	Venue   string           `json:"venue,omitempty"`
	Unit    string           `json:"unit,omitempty"`
	From    time.Time        `json:"from,omitzero"` // whole minutes
	To      time.Time        `json:"to,omitzero"`
	MaxAway *int             `json:"maxAway,omitempty"`
	People  []Person         `json:"people,omitempty"`
	At      int64            `json:"at,omitempty"` // when it was recorded, milliseconds since 1970; set when folded
}

// CircumstanceRecorded adds a circumstance to those in force.
type CircumstanceRecorded struct {
	Circumstance Circumstance `json:"circumstance"`
}

// CircumstanceWithdrawn takes one back: it never held, or holds no longer.
type CircumstanceWithdrawn struct {
	ID string `json:"id"`
}

func (CircumstanceRecorded) eventType() string  { return "circumstance.recorded" }
func (CircumstanceWithdrawn) eventType() string { return "circumstance.withdrawn" }

// Record tells Kaskad that something has happened. The id is given by Kaskad;
// what is published is not touched, only what the planner and the rules see.
type Record struct{ Circumstance Circumstance }

func (c Record) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	x := c.Circumstance
	x.From, x.To = x.From.Truncate(time.Minute), x.To.Truncate(time.Minute)
	x.ID, x.At = fmt.Sprintf("C%05d", s.Recorded+1), 0
	if err := s.canRecord(&x); err != nil {
		return Decision{}, err
	}
	amended := amend(s.base, append(slices.Clone(s.Circumstances), x))
	if err := Validate(amended); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{CircumstanceRecorded{x}}}, nil
}

// canRecord asks what the kind asks for, each with a sentence.
func (s *State) canRecord(x *Circumstance) error {
	who := s.Roster.People[x.Person]
	needsTime := false
	switch x.Kind {
	case PersonAway:
		needsTime = true
		if who == nil {
			return Errorf(NotFound, "error.no-person", "there is no person %s", x.Person)
		}
	case LeaderStops, PersonLeaves:
		if who == nil {
			return Errorf(NotFound, "error.no-person", "there is no person %s", x.Person)
		}
		if x.Kind == LeaderStops && who.Leads == nil {
			return Errorf(Invalid, "lead.no-leader", "this person is not a method leader")
		}
		x.To = time.Time{}
	case VenueClosed:
		needsTime = !x.To.IsZero()
		if s.Roster.Venues[x.Venue] == nil {
			return Errorf(NotFound, "error.no-venue", "there is no venue %s", x.Venue)
		}
	case UnitSpares:
		if s.Roster.Units[x.Unit] == nil {
			return Errorf(NotFound, "error.no-unit", "there is no unit %s", x.Unit)
		}
		return nil
	case PeopleJoin:
		return s.canJoin(x.People)
	default:
		return Errorf(Invalid, "error.no-such-event", "Kaskad knows no event of kind %q", x.Kind)
	}
	switch {
	case x.From.IsZero():
		return Errorf(Invalid, "error.no-from", "say from when")
	case needsTime && !x.From.Before(x.To):
		return Errorf(Invalid, "error.from-to", "the end must come after the beginning")
	}
	return nil
}

func (s *State) canJoin(people []Person) error {
	if len(people) == 0 {
		return Errorf(Invalid, "error.nobody-joins", "name at least one person")
	}
	for _, p := range people {
		if s.Roster.People[p.ID] != nil {
			return Errorf(Conflict, "error.person-exists", "person %s takes part already", p.ID)
		}
	}
	return nil
}

// Withdraw takes a circumstance back, the inverse of Record.
type Withdraw struct{ ID string }

func (c Withdraw) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	rest := without(s.Circumstances, c.ID)
	if len(rest) == len(s.Circumstances) {
		return Decision{}, Errorf(NotFound, "error.no-event", "this event has been taken back already")
	}
	if published := s.PublishedPlan(); published != nil {
		if err := planFits(amend(s.base, rest), published); err != nil {
			return Decision{}, Errorf(Conflict, "error.joined-has-seat", "somebody who joined by this event has a seat in a published seminar; record that they leave instead")
		}
	}
	return Decision{Events: []Event{CircumstanceWithdrawn{c.ID}}}, nil
}

func without(list []Circumstance, id string) []Circumstance {
	return slices.DeleteFunc(slices.Clone(list), func(x Circumstance) bool { return x.ID == id })
}

func (s *State) record(e CircumstanceRecorded) error {
	x := e.Circumstance
	x.At = s.At
	s.Recorded++
	s.Circumstances = append(slices.Clone(s.Circumstances), x)
	s.amended()
	return nil
}

func (s *State) withdraw(e CircumstanceWithdrawn) error {
	at := slices.IndexFunc(s.Circumstances, func(x Circumstance) bool { return x.ID == e.ID })
	if at < 0 {
		return fmt.Errorf("takes back event %q, which is not in force", e.ID)
	}
	s.Circumstances = without(s.Circumstances, e.ID)
	s.amended()
	return nil
}

// setAbsent changes who was at a seminar. Seats stay as they are: calendars
// keep what people were invited to.
func (s *State) setAbsent(id string, change func(*PublishedSeminar)) error {
	before := s.Seminars[id]
	if before == nil {
		return fmt.Errorf("sets who came to seminar %q, which is not published", id)
	}
	now := *before
	change(&now)
	s.Seminars = maps.Clone(s.Seminars)
	s.Seminars[id] = &now
	return nil
}

// amended rebuilds the roster after a change of circumstances. A draft that
// names people who are gone from the roster is dropped: nobody could read it.
func (s *State) amended() {
	s.Roster = s.rosterNow(s.Roster.Ref)
	if s.Draft != nil && planFits(s.Roster.Problem, s.Draft.Plan) != nil {
		s.Draft = nil
	}
	s.Amended = s.Seq
	s.index()
}
