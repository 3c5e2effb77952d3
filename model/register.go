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
