package model

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Role is what a signed-in person may do.
type Role string

const (
	Coordinator Role = "coordinator" // plans, publishes, sees everything
	Leader      Role = "leader"      // sees the own seminars, claims and hands back
	Staff       Role = "staff"       // sees the own seminars
)

// Actor is who gives a command.
type Actor struct {
	Person string // the person's id, or the name of a part of the system
	Role   Role
}

// System is the actor of what Kaskad does by itself, such as a job.
var System = Actor{Person: "kaskad", Role: Coordinator}

// Command asks for a change.
type Command interface {
	decide(s *State, by Actor) (Decision, error)
}

// Decision is what a command comes to: the events to commit, and the blobs
// they name, to be written before them.
type Decision struct {
	Events []Event
	Blobs  map[string][]byte // by Ref
}

// Decide checks a command against the rules. The error is an *Error with a
// sentence for the user; the State is unchanged either way.
func (s *State) Decide(by Actor, c Command) (Decision, error) {
	if _, first := c.(LoadProgramme); s.Roster == nil && !first {
		return Decision{}, Errorf(NotFound, "error.no-programme", "no programme is loaded yet")
	}
	return c.decide(s, by)
}

func (by Actor) mustCoordinate() error {
	if by.Role != Coordinator {
		return Errorf(Forbidden, "error.coordinators-only", "only coordinators may do this")
	}
	return nil
}

// actsFor tells whether the actor may answer, book and choose for a person:
// people do it for themselves, coordinators for everybody.
func (by Actor) actsFor(person string) bool { return by.Role == Coordinator || by.Person == person }

func withBlob(event func(ref string) Event, payload any) (Decision, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return Decision{}, err
	}
	ref := Ref(data)
	return Decision{Events: []Event{event(ref)}, Blobs: map[string][]byte{ref: data}}, nil
}

// LoadProgramme replaces roster and settings. What is published must still fit
// them; a draft made for the old ones is dropped.
type LoadProgramme struct{ Problem *Problem }

func (c LoadProgramme) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	problem := *c.Problem
	problem.Fixed, problem.Published = nil, nil
	if err := Validate(&problem); err != nil {
		return Decision{}, err
	}
	if len(problem.Tiers) == 0 {
		return Decision{}, Errorf(Invalid, "error.no-tiers", "the problem has no tiers; a programme needs at least one")
	}
	if published := s.PublishedPlan(); published != nil {
		if err := planFits(amend(&problem, s.Circumstances), published); err != nil {
			return Decision{}, err
		}
	}
	return withBlob(func(ref string) Event { return ProgrammeLoaded{Problem: ref} }, &problem)
}

// SaveDraft keeps a plan beside what is published. Base is the Seq of the
// State the plan was made from.
type SaveDraft struct {
	Plan    *Plan
	Base    uint64
	Seconds int
}

func (c SaveDraft) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if err := planFits(s.Roster.Problem, c.Plan); err != nil {
		return Decision{}, err
	}
	return withBlob(func(ref string) Event { return DraftSaved{Plan: ref, Base: c.Base, Seconds: c.Seconds} }, c.Plan)
}

// Publish makes one wave's part of the draft what people are told. Draft is
// the Ref of the draft the coordinator looked at.
type Publish struct{ Wave, Draft string }

func (c Publish) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	switch {
	case s.Draft == nil:
		return Decision{}, Errorf(NotFound, "error.no-draft", "there is no plan to publish yet")
	case s.Draft.Ref != c.Draft:
		return Decision{}, Errorf(Conflict, "error.draft-replaced", "the plan has been replaced by a newer one; look at that first")
	case s.IsPaused(c.Wave):
		return Decision{}, Errorf(Conflict, "error.wave-paused", "this wave is paused; resume it first")
	case s.DraftBeforeWaves():
		return Decision{}, Errorf(Conflict, "error.draft-waves", "the waves have been changed since this plan was made; run the planner again")
	case s.DraftStale():
		return Decision{}, Errorf(Conflict, "error.draft-stale", "published seminars have changed since this plan was made; run the planner again")
	case s.DraftOutdated():
		return Decision{}, Errorf(Conflict, "error.draft-outdated", "something has happened since this plan was made; ask for a proposal on the page Changes first")
	}
	change := s.changeFor(c.Wave)
	if len(change.Set)+len(change.Drop) == 0 {
		return Decision{}, Errorf(Conflict, "error.nothing-to-publish", "this wave is published as the plan has it; nothing would change")
	}
	return withBlob(func(ref string) Event { return WavePublished{Wave: c.Wave, Change: ref} }, change)
}

// DraftStale tells whether published seminars have changed since the draft was
// made by something other than publishing parts of it.
func (s *State) DraftStale() bool { return s.Draft != nil && s.Draft.Base < s.Changed }

// changeFor is the difference that publishing one wave of the draft would make.
func (s *State) changeFor(wave string) Change {
	var change Change
	if s.Draft == nil {
		return change
	}
	issued := s.Issued
	for _, x := range s.Working() {
		switch {
		case x.Wave != wave || x.Standing == AsPublished:
		case x.Standing == ToCancel:
			change.Drop = append(change.Drop, x.ID)
		default:
			now := PublishedSeminar{Seminar: x.Seminar, Wave: x.Wave, DraftID: x.DraftID}
			if x.Before != nil {
				now.Absent, now.Taken = x.Before.Absent, x.Before.Taken
			}
			if x.Standing == Drafted {
				issued++
				now.ID = fmt.Sprintf("S%05d", issued)
			}
			change.Set = append(change.Set, now)
		}
	}
	return change
}

func sameSeminar(a, b *Seminar) bool {
	return a.Tier == b.Tier && a.Module == b.Module && a.Slot == b.Slot && a.Venue == b.Venue &&
		slices.Equal(slices.Sorted(slices.Values(a.Leaders)), slices.Sorted(slices.Values(b.Leaders))) &&
		slices.Equal(slices.Sorted(slices.Values(a.Attendees)), slices.Sorted(slices.Values(b.Attendees)))
}

// RotateFeed gives a person a new calendar address; the old one stops working.
type RotateFeed struct{ Person string }

func (c RotateFeed) decide(s *State, by Actor) (Decision, error) {
	if err := s.ownCalendar(by, c.Person); err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{FeedRotated{Person: c.Person}}}, nil
}
