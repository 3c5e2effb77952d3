package model

import (
	"maps"
	"slices"
)

// PeopleMerged makes one person of two records: every seat of Gone is Keep's
// from now on, but where Keep has one of the same module already.
type PeopleMerged struct {
	Keep   string `json:"keep"`
	Gone   string `json:"gone"`
	Change string `json:"change"` // Ref of an Amendment
}

func (PeopleMerged) eventType() string { return "people.merged" }

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

// mergePeople takes in a merge.
func (s *State) mergePeople(e PeopleMerged, blobs Blobs) error {
	before := s.Seminars
	s.Seminars, s.Seats = s.mergedSeminars(e.Keep, e.Gone), maps.Clone(s.Seats)
	for _, id := range sortedKeys(s.Seminars) {
		if before[id] != s.Seminars[id] {
			s.reseat(before[id], s.Seminars[id])
		}
	}
	s.Locks = mergedLocks(s.Locks, e.Keep, e.Gone)
	s.Activities = s.Activities.merged(e.Keep, e.Gone)
	s.Changed = s.Seq
	return s.amendRoster(e.Change, blobs)
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
