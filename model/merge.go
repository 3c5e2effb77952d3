package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// PeopleMerged makes one person of two records: every seat of Gone is Keep's
// from now on, but where Keep has one of the same module already.
type PeopleMerged struct {
	Keep   string `json:"keep"`
	Gone   string `json:"gone"`
	Change string `json:"change"`           // Ref of an Amendment
	Undoes string `json:"undoes,omitempty"` // the edit this takes back
}

// PeopleParted undoes a merge: both are there again, each with the own seats.
type PeopleParted struct {
	Keep   string    `json:"keep"`
	Gone   string    `json:"gone"`
	Change string    `json:"change"` // Ref of an Amendment
	Undoes string    `json:"undoes"` // the edit this takes back
	Untold []SeatKey `json:"untold,omitempty"`
}

func (PeopleMerged) eventType() string { return "people.merged" }
func (PeopleParted) eventType() string { return "people.parted" }

// PartedWithin is how long a merge can be undone: the address of who is gone is
// kept no longer.
const PartedWithin = 14 * 24 * time.Hour

// Merge is what a merge changed beside seminars, as it was.
type Merge struct {
	Keep string `json:"keep"`
	Gone string `json:"gone"`

	People     []Person        `json:"people"` // both records
	Merged     Person          `json:"merged"` // what became of them
	Locks      map[string]Lock `json:"locks,omitempty"`
	Activities []*Activity     `json:"activities,omitempty"`
	Draft      *Draft          `json:"draft,omitempty"`
	Changed    uint64          `json:"changed"`
	Amended    uint64          `json:"amended"`
}

// MergePeople makes one person of two records. Needs are united less what
// either has done, absences and seats are put together.
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
	trial.Seminars = s.mergedSeminars(c.Keep, c.Gone)
	if err := trial.fits(a); err != nil {
		return Decision{}, err
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
		if !slices.Contains(x.Absent, gone) && !slices.Contains(x.Absent, keep) {
			continue
		}
		now := *all[id]
		now.Absent = takenOver(x.Absent, keep, gone, slices.Contains(x.Absent, keep))
		if slices.Contains(now.Attendees, keep) || slices.Contains(now.Leaders, keep) {
			now.Absent = allBut(now.Absent, keep) // one of the two came, so they did
		}
		all[id] = &now
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

// mergePeople takes in a merge, as a step that can be undone.
func (s *State) mergePeople(e PeopleMerged, by string, blobs Blobs) error {
	was := &Merge{Keep: e.Keep, Gone: e.Gone, Draft: s.Draft, Changed: s.Changed, Amended: s.Amended}
	for _, id := range []string{e.Keep, e.Gone} {
		if x := s.LoadedPerson(id); x != nil {
			was.People = append(was.People, *x)
		}
	}
	step := Edit{ID: fmt.Sprintf("M%05d", s.Seq), Kind: EditMerge, Merge: was, Undoes: e.Undoes}
	if e.Undoes != "" {
		step.Kind = EditUndo
	}
	merged := s.mergedSeminars(e.Keep, e.Gone)
	for _, id := range sortedKeys(merged) {
		if merged[id] != s.Seminars[id] {
			step.Before, step.After = append(step.Before, *s.Seminars[id]), append(step.After, *merged[id])
		}
	}
	s.replaceBy(&step, merged)
	was.Locks, was.Activities = s.locksWith(e.Gone), s.Activities.with(e.Gone)
	s.Locks = mergedLocks(s.Locks, e.Keep, e.Gone)
	s.Activities = s.Activities.merged(e.Keep, e.Gone)
	s.Changed = s.Seq
	if err := s.amendRoster(e.Change, blobs); err != nil {
		return err
	}
	if x := s.LoadedPerson(e.Keep); x != nil {
		was.Merged = *x
	}
	s.remember(step, by)
	return nil
}

// replaceBy puts other seminars in place of the published ones, seats with them.
func (s *State) replaceBy(step *Edit, all map[string]*PublishedSeminar) {
	before := s.Seminars
	s.Seminars, s.Seats = all, maps.Clone(s.Seats)
	s.takeSteps(step, func() {
		for i := range step.After {
			id := step.After[i].ID
			s.reseat(before[id], all[id])
		}
	})
}

func (s *State) locksWith(person string) map[string]Lock {
	found := map[string]Lock{}
	for id, l := range s.Locks {
		if slices.Contains(l.People, person) {
			found[id] = l
		}
	}
	return found
}

// with are the activities somebody takes part in or leads.
func (b ActivityBook) with(person string) (list []*Activity) {
	for _, a := range b.List {
		if slices.Contains(a.People, person) || slices.Contains(a.Leaders, person) {
			list = append(list, a)
		}
	}
	return list
}

// undoMerge parts two people again, or merges them once more.
func (s *State) undoMerge(e *Edit, by Actor, c Undo) (Decision, error) {
	m := e.Merge
	if e.Back {
		d, err := MergePeople{m.Keep, m.Gone}.decide(s, by)
		if err != nil {
			return Decision{}, err
		}
		again := d.Events[0].(PeopleMerged)
		again.Undoes = e.ID
		return Decision{Events: []Event{again}, Blobs: d.Blobs}, nil
	}
	if !c.Now.IsZero() && c.Now.Sub(time.UnixMilli(e.At)) > PartedWithin {
		return Decision{}, Errorf(NotFound, "error.no-edit", "this change is too old to be undone")
	}
	if !s.stillMerged(e) {
		return Decision{}, Errorf(Conflict, "error.merge-since", "the person, or something they take part in, has been changed since the records were made one; put it right by hand")
	}
	a := &Amendment{People: m.People}
	trial := *s
	trial.Seminars = maps.Clone(s.Seminars)
	for i := range e.Before {
		trial.Seminars[e.Before[i].ID] = &e.Before[i]
	}
	if err := trial.fits(a); err != nil {
		return Decision{}, err
	}
	return withBlob(func(ref string) Event {
		return PeopleParted{Keep: m.Keep, Gone: m.Gone, Change: ref, Undoes: e.ID, Untold: c.Untold}
	}, a)
}

// stillMerged tells whether all that a merge changed is as it left it.
func (s *State) stillMerged(e *Edit) bool {
	m := e.Merge
	if x := s.LoadedPerson(m.Keep); x == nil || !sameRecord(x, &m.Merged) || s.Roster.People[m.Gone] != nil {
		return false
	}
	for i := range e.After {
		now, left := s.Seminars[e.After[i].ID], &e.After[i]
		if now == nil || !sameWord(now, left) || now.Taken != left.Taken || !slices.Equal(now.Absent, left.Absent) {
			return false
		}
	}
	merged := mergedLocks(m.Locks, m.Keep, m.Gone)
	for id := range merged {
		if !s.Locks[id].same(merged[id]) {
			return false
		}
	}
	for _, a := range (ActivityBook{List: m.Activities}).merged(m.Keep, m.Gone).List {
		if !slices.ContainsFunc(s.Activities.List, func(now *Activity) bool { return sameRecord(now, a) }) {
			return false
		}
	}
	return true
}

// sameRecord tells whether two records say the same: one may come from a checkpoint.
func sameRecord[T any](a, b *T) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// partPeople takes in the undoing of a merge.
func (s *State) partPeople(e PeopleParted, by string, blobs Blobs) error {
	of := s.EditOf(e.Undoes)
	if of == nil || of.Merge == nil {
		return fmt.Errorf("parts %q and %q, of whose merge nothing is known", e.Keep, e.Gone)
	}
	m := of.Merge
	step := Edit{ID: fmt.Sprintf("M%05d", s.Seq), Kind: EditUndo, Merge: m, Back: true, Undoes: e.Undoes, Before: of.After, After: of.Before, Untold: e.Untold}
	all := maps.Clone(s.Seminars)
	for i := range step.After {
		now := step.After[i]
		all[now.ID] = &now
	}
	s.replaceBy(&step, all)
	s.Locks, s.Activities.List = maps.Clone(s.Locks), slices.Clone(s.Activities.List)
	maps.Copy(s.Locks, m.Locks)
	for i, now := range s.Activities.List {
		if was := find(m.Activities, func(a **Activity) bool { return (*a).ID == now.ID }); was != nil {
			s.Activities.List[i] = *was
		}
	}
	alone := s.Changed == of.Seq && s.Amended == of.Seq
	s.Changed = s.Seq
	if err := s.amendRoster(e.Change, blobs); err != nil {
		return err
	}
	if d := m.Draft; s.Draft == nil && d != nil {
		if err := s.saveDraft(DraftSaved{Plan: d.Ref, Base: d.Base, Seconds: d.Seconds}, blobs); err != nil {
			return err
		}
		s.Draft.At, s.Draft.Held = d.At, d.Held
	}
	if alone && s.Draft != nil && s.Draft.Base < of.Seq { // all is as it was when it was made
		s.Changed, s.Amended = m.Changed, m.Amended
	}
	s.remember(step, by)
	return nil
}

// mergedLocks hold the keeper's seat where they held the seat of who is gone.
func mergedLocks(locks map[string]Lock, keep, gone string) map[string]Lock {
	all := maps.Clone(locks)
	for id, l := range locks {
		if slices.Contains(l.People, gone) {
			l.People = joined(l.People, keep, gone)
			all[id] = l
		}
	}
	return all
}

// merged is the book with one person in the places of another: in what they
// take part in and lead, and in what is recorded of it.
func (b ActivityBook) merged(keep, gone string) ActivityBook {
	b.List = slices.Clone(b.List)
	for i, a := range b.List {
		if !slices.Contains(a.People, gone) && !slices.Contains(a.Leaders, gone) {
			continue
		}
		now := *a
		now.People, now.Leaders, now.Held = joined(a.People, keep, gone), joined(a.Leaders, keep, gone), maps.Clone(a.Held)
		for occasion, held := range now.Held {
			held.People = joined(held.People, keep, gone)
			now.Held[occasion] = held
		}
		b.List[i] = &now
	}
	return b
}

// joined is a sorted list of people with keep in gone's place, once.
func joined(people []string, keep, gone string) []string {
	if !slices.Contains(people, gone) {
		return people
	}
	return tidy(takenOver(people, keep, gone, false))
}
