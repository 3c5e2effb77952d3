package model

import (
	"encoding/json"
	"fmt"
	"maps"
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
}

// Empty tells whether the amendment changes nothing.
func (a *Amendment) Empty() bool { return len(a.People)+len(a.Units)+len(a.Venues)+len(a.Gone) == 0 }

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

// PeopleMerged makes one person of two records: every seat of Gone is Keep's
// from now on, but where Keep has one of the same module already.
type PeopleMerged struct {
	Keep   string `json:"keep"`
	Gone   string `json:"gone"`
	Change string `json:"change"` // Ref of an Amendment
}

func (RosterAmended) eventType() string   { return "roster.amended" }
func (ContactsChanged) eventType() string { return "contacts.changed" }
func (PeopleMerged) eventType() string    { return "people.merged" }

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
	return len(a.People)+len(a.Gone) == 0
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
		s.Roster = NewRoster(amend(s.base, s.Circumstances), s.Roster.Ref)
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

// MergePeople makes one person of two records. Needs are united less what
// either has done, absences and seats are put together. It is final: which seat
// came from which record is not kept.
type MergePeople struct{ Keep, Gone string }

func (c MergePeople) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	merged, err := s.Merged(c.Keep, c.Gone)
	if err != nil {
		return Decision{}, err
	}
	a := &Amendment{People: []Person{*merged}, Gone: []string{c.Gone}}
	trial := *s
	trial.base = a.to(s.base)
	trial.Seminars = s.mergedSeminars(c.Keep, c.Gone)
	trial.Roster = NewRoster(amend(trial.base, s.Circumstances), s.Roster.Ref)
	if err := Validate(trial.Roster.Problem); err != nil {
		return Decision{}, err
	}
	if published := trial.PublishedPlan(); published != nil {
		if err := planFits(trial.Roster.Problem, published); err != nil {
			return Decision{}, err
		}
	}
	return withBlob(func(ref string) Event { return PeopleMerged{Keep: c.Keep, Gone: c.Gone, Change: ref} }, a)
}

// Merged is the person that two records would become. An error with a sentence
// says why they cannot be one.
func (s *State) Merged(keep, gone string) (*Person, error) {
	a, err := s.loaded(keep)
	if err != nil {
		return nil, err
	}
	b, err := s.loaded(gone)
	switch {
	case err != nil:
		return nil, err
	case keep == gone:
		return nil, Errorf(Invalid, "error.merge-itself", "choose two different records")
	case a.Tier != b.Tier && a.Tier != "" && b.Tier != "":
		return nil, Errorf(Infeasible, "error.merge-tiers", "the two are in different tiers")
	case a.Leads != nil && b.Leads != nil && a.Leads.Tier != b.Leads.Tier:
		return nil, Errorf(Infeasible, "error.merge-tiers", "the two are in different tiers")
	}
	now := *a
	if now.Tier == "" {
		now.Tier, now.Needs = b.Tier, b.Needs
	}
	if now.Leads == nil {
		now.Leads = b.Leads
	}
	now.Done = slices.Clone(a.Done)
	for _, d := range b.Done {
		if !slices.ContainsFunc(now.Done, func(x Done) bool { return x.Module == d.Module }) {
			now.Done = append(now.Done, d)
		}
	}
	if a.Needs != nil || b.Needs != nil { // stated needs: what either states, less what either has done
		now.Needs = []string{}
		tier := s.Roster.Tiers[now.Tier]
		for _, m := range slices.Concat(s.base.NeedsOf(a, tier), s.base.NeedsOf(b, tier)) {
			done := slices.ContainsFunc(now.Done, func(x Done) bool { return x.Module == m })
			if !done && !slices.Contains(now.Needs, m) {
				now.Needs = append(now.Needs, m)
			}
		}
	}
	now.Closed = slices.Concat(a.Closed, b.Closed)
	return &now, nil
}

// mergedSeminars are the published seminars with one person's seats taken over
// by another. Of two seats in the same module of a tier the keeper's own stays.
func (s *State) mergedSeminars(keep, gone string) map[string]*PublishedSeminar {
	own := map[string]bool{} // tier and module the keeper attends
	for _, x := range s.SeminarsOf(keep) {
		if slices.Contains(x.Attendees, keep) {
			own[x.Tier+"\x00"+x.Module] = true
		}
	}
	all := maps.Clone(s.Seminars)
	for _, x := range s.SeminarsOf(gone) {
		now := *x
		drop := own[x.Tier+"\x00"+x.Module] || slices.Contains(x.Leaders, keep)
		now.Attendees = takenOver(x.Attendees, keep, gone, drop)
		now.Leaders = takenOver(x.Leaders, keep, gone, slices.Contains(x.Leaders, keep) || slices.Contains(x.Attendees, keep))
		all[x.ID] = &now
	}
	for id, x := range s.Seminars {
		if slices.Contains(x.Absent, gone) {
			now := *all[id]
			now.Absent = takenOver(x.Absent, keep, gone, slices.Contains(x.Absent, keep))
			all[id] = &now
		}
	}
	return all
}

// takenOver puts keep in gone's place, or takes gone out.
func takenOver(list []string, keep, gone string, drop bool) []string {
	at := slices.Index(list, gone)
	if at < 0 {
		return list
	}
	list = slices.Clone(list)
	if drop {
		return slices.Delete(list, at, at+1)
	}
	list[at] = keep
	return list
}

// mergePeople takes in a merge.
func (s *State) mergePeople(e PeopleMerged, blobs Blobs) error {
	before := s.Seminars
	s.Seminars, s.Seats = s.mergedSeminars(e.Keep, e.Gone), maps.Clone(s.Seats)
	for _, id := range sortedKeys(s.Seminars) {
		if before[id] != s.Seminars[id] {
			s.reseat(before[id], s.Seminars[id])
		}
	}
	s.Changed = s.Seq
	return s.amendRoster(e.Change, blobs)
}
