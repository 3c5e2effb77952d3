package model

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Amendment is a change of the loaded roster: records as they are from now on,
// new ones included, and the people who are taken out of it.
type Amendment struct {
	People []Person `json:"people,omitempty"`
	Units  []Unit   `json:"units,omitempty"`
	Venues []Venue  `json:"venues,omitempty"`
	Gone   []string `json:"gone,omitempty"` // person ids
	// Rollout replaces the waves and every unit's wave; nil: they stay.
	Rollout *Rollout `json:"rollout,omitempty"`
}

// Empty tells whether the amendment changes nothing.
func (a *Amendment) Empty() bool {
	return len(a.People)+len(a.Units)+len(a.Venues)+len(a.Gone) == 0 && a.Rollout == nil
}

// RosterAmended changes the loaded roster.
type RosterAmended struct {
	Change string `json:"change"` // Ref of an Amendment
	// Staged is the id of the contacts that were taken in with it; "" for none.
	// Names live apart from the journal, so that they can be erased.
	Staged string `json:"staged,omitempty"`
}

// ContactsChanged says whose names or addresses have been changed, never to what.
type ContactsChanged struct {
	People []string `json:"people"`
}

func (RosterAmended) eventType() string   { return "roster.amended" }
func (ContactsChanged) eventType() string { return "contacts.changed" }

// to is the problem with the amendment made; base is not written.
func (a *Amendment) to(base *Problem) *Problem {
	p := *base
	p.People = replaced(base.People, a.People, func(x *Person) string { return x.ID })
	p.Units = replaced(base.Units, a.Units, func(x *Unit) string { return x.ID })
	p.Venues = replaced(base.Venues, a.Venues, func(x *Venue) string { return x.ID })
	if len(a.Gone) > 0 {
		gone := map[string]bool{}
		for _, id := range a.Gone {
			gone[id] = true
		}
		p.People = slices.DeleteFunc(slices.Clone(p.People), func(x Person) bool { return gone[x.ID] })
	}
	if a.Rollout != nil {
		return withWaves(&p, a.Rollout)
	}
	return &p
}

// replaced puts new records in the places of those with the same id, the rest at the end.
func replaced[T any](list, now []T, id func(*T) string) []T {
	if len(now) == 0 {
		return list
	}
	at := make(map[string]int, len(list))
	for i := range list {
		at[id(&list[i])] = i
	}
	list = slices.Clone(list)
	for i := range now {
		if place, known := at[id(&now[i])]; known {
			list[place] = now[i]
			continue
		}
		list = append(list, now[i])
	}
	return list
}

func readAmendment(ref string, blobs Blobs) (*Amendment, error) {
	data, err := blobs(ref)
	if err != nil {
		return nil, fmt.Errorf("amendment %s: %w", ref, err)
	}
	var a Amendment
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("amendment %s: %w", ref, err)
	}
	return &a, nil
}

// amendRoster takes in one amendment of the loaded roster.
func (s *State) amendRoster(ref string, blobs Blobs) error {
	a, err := readAmendment(ref, blobs)
	if err != nil {
		return err
	}
	planned := s.Amended
	if !a.namesOnly(s.base) {
		planned = s.Seq // a draft made before it was made for another roster
	}
	s.base = a.to(s.base)
	s.Amendments = append(slices.Clone(s.Amendments), ref)
	s.amended()
	s.Amended = planned
	return nil
}

// keptImports: whoever starts after a crash asks only for the last of them.
const keptImports = 20

// noteImport remembers the contacts that came with an import, so that they are
// taken in even if the server stops right after the entry.
func (s *State) noteImport(staged string) {
	if staged == "" {
		return
	}
	s.Imports = append(slices.Clone(s.Imports), staged)
	s.Imports = s.Imports[max(0, len(s.Imports)-keptImports):]
}

// namesOnly tells whether the amendment changes names alone, which no plan depends on.
func (a *Amendment) namesOnly(base *Problem) bool {
	for i := range a.Units {
		was := find(base.Units, func(x *Unit) bool { return x.ID == a.Units[i].ID })
		now := a.Units[i]
		if was == nil {
			return false
		}
		now.Name, now.Employer = was.Name, was.Employer
		if !reflect.DeepEqual(now, *was) {
			return false
		}
	}
	for i := range a.Venues {
		was := find(base.Venues, func(x *Venue) bool { return x.ID == a.Venues[i].ID })
		now := a.Venues[i]
		if was == nil {
			return false
		}
		now.Name = was.Name
		if !reflect.DeepEqual(now, *was) {
			return false
		}
	}
	return len(a.People)+len(a.Gone) == 0 && (a.Rollout == nil || a.Rollout.namesOnly(base))
}

// restoreAmendments makes the amendments of a checkpoint again.
func (s *State) restoreAmendments(refs []string, blobs Blobs) error {
	for _, ref := range refs {
		a, err := readAmendment(ref, blobs)
		if err != nil {
			return err
		}
		s.base = a.to(s.base)
	}
	if len(refs) > 0 {
		s.Amendments = refs
		s.Roster = s.rosterNow(s.Roster.Ref)
		s.index()
	}
	return nil
}

// fits asks whether the roster would still be valid, and hold what is published, with an amendment.
func (s *State) fits(a *Amendment) error {
	p := amend(a.to(s.base), s.Circumstances)
	if err := Validate(p); err != nil {
		return err
	}
	if published := s.PublishedPlan(); published != nil {
		return planFits(p, published)
	}
	return nil
}

func (s *State) decideAmendment(a *Amendment) (Decision, error) {
	if a.Empty() {
		return Decision{}, nil
	}
	if err := s.fits(a); err != nil {
		return Decision{}, err
	}
	return withBlob(func(ref string) Event { return RosterAmended{Change: ref} }, a)
}

// LoadedPerson is a person as loaded and edited, without what has happened since; nil for nobody.
func (s *State) LoadedPerson(id string) *Person {
	return find(s.base.People, func(x *Person) bool { return x.ID == id })
}

// Loaded is the roster as loaded and edited, with those who have joined since
// as they joined: what an import is compared with. Callers must not change it.
func (s *State) Loaded() *Problem {
	p := *s.base
	known := make(map[string]bool, len(p.People))
	for i := range p.People {
		known[p.People[i].ID] = true
	}
	for i := range s.Circumstances {
		for _, x := range s.Circumstances[i].People {
			if !known[x.ID] {
				known[x.ID] = true
				p.People = append(slices.Clip(p.People), x)
			}
		}
	}
	return &p
}

// loaded is LoadedPerson, or a sentence why there is none to edit.
func (s *State) loaded(id string) (*Person, error) {
	x := s.LoadedPerson(id)
	switch {
	case x == nil && s.Roster.People[id] != nil:
		return nil, Errorf(Conflict, "error.joined-person", "this person joined by an event; take the event back to change it")
	case x == nil:
		return nil, Errorf(NotFound, "error.no-person", "there is no person %s", id)
	}
	return x, nil
}

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

// TellContacts records that names or addresses have been changed; they themselves are kept elsewhere.
type TellContacts struct{ People []string }

func (c TellContacts) decide(_ *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{ContactsChanged{People: c.People}}}, nil
}

// ImportRoster makes an amendment somebody has looked at, together with the
// contacts staged under an id, as one entry. Base is the Seq of the State it
// was made from: Conflict when the roster has been changed since. Leaving are
// people who have seats and need none from Now on.
type ImportRoster struct {
	Amendment Amendment
	Staged    string
	Base      uint64
	Leaving   []string
	Now       time.Time
}

func (c ImportRoster) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if c.Base < s.Amended {
		return Decision{}, Errorf(Conflict, "error.roster-changed", "the register has been changed since this was looked at; look again")
	}
	if err := s.fits(&c.Amendment); err != nil {
		return Decision{}, err
	}
	decision, err := withBlob(func(ref string) Event { return RosterAmended{Change: ref, Staged: c.Staged} }, &c.Amendment)
	if err != nil {
		return Decision{}, err
	}
	for i, id := range c.Leaving {
		if s.Roster.People[id] == nil {
			return Decision{}, Errorf(NotFound, "error.no-person", "there is no person %s", id)
		}
		decision.Events = append(decision.Events, CircumstanceRecorded{Circumstance{
			ID: fmt.Sprintf("C%05d", s.Recorded+1+i), Kind: PersonLeaves, Person: id, From: c.Now.Truncate(time.Minute)}})
	}
	return decision, nil
}
