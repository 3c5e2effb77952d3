package model

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// BusyOwner is who or what a calendar of elsewhere says the busy times of: a
// person or a venue, the other empty.
type BusyOwner struct {
	Person string `json:"person,omitempty"`
	Venue  string `json:"venue,omitempty"`
}

// HasPartIn tells whether a seminar takes the owner up: it is held at the venue,
// or the person leads or attends it.
func (o BusyOwner) HasPartIn(x *Seminar) bool {
	if o.Venue != "" {
		return x.Venue == o.Venue
	}
	return slices.Contains(x.Leaders, o.Person) || slices.Contains(x.Attendees, o.Person)
}

// BusyTimes are when an owner is taken by other things. Nothing else of the
// calendar they come from is kept.
type BusyTimes struct {
	Ref   string     // of the blob that holds them
	At    int64      // when they last changed, milliseconds since 1970
	Times []Interval // by time
}

// BusyTaken replaces an owner's busy times.
type BusyTaken struct {
	BusyOwner
	Times string `json:"times,omitempty"` // Ref of a list of Intervals; "" for none any more
}

func (BusyTaken) eventType() string { return "busy.taken" }

// mostBusy bounds the busy times of one owner.
const mostBusy = 20_000

// TakeBusy makes the planner plan around an owner's busy times. People do it
// for themselves, coordinators for anybody and every venue.
type TakeBusy struct {
	Owner BusyOwner
	Times []Interval // by time and apart; none: the owner is free again
}

func (c TakeBusy) decide(s *State, by Actor) (Decision, error) {
	if err := s.mayTakeBusy(by, c.Owner); err != nil {
		return Decision{}, err
	}
	if len(c.Times) > mostBusy || slices.ContainsFunc(c.Times, func(i Interval) bool { return !i.From.Before(i.To) }) {
		return Decision{}, Errorf(Invalid, "busy.too-complex", "the calendar holds more than can be read; publish a shorter stretch of time")
	}
	before := s.Calendars.Busy[c.Owner]
	if slices.EqualFunc(before.Times, c.Times, func(a, b Interval) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }) {
		return Decision{}, nil
	}
	if len(c.Times) == 0 {
		return Decision{Events: []Event{BusyTaken{BusyOwner: c.Owner}}}, nil
	}
	return withBlob(func(ref string) Event { return BusyTaken{c.Owner, ref} }, c.Times)
}

func (s *State) mayTakeBusy(by Actor, o BusyOwner) error {
	switch {
	case by.Role != Coordinator && (o.Venue != "" || o.Person != by.Person):
		return Errorf(Forbidden, "error.own-busy-only", "you may give only your own busy times")
	case o.Venue == "" && s.Roster.People[o.Person] == nil:
		return Errorf(NotFound, "error.no-person", "there is no person %s", o.Person)
	case o.Venue != "" && (o.Person != "" || s.Roster.Venues[o.Venue] == nil):
		return Errorf(NotFound, "error.no-venue", "there is no venue %s", o.Venue)
	}
	return nil
}

func (s *State) takeBusy(e BusyTaken, blobs Blobs) error {
	s.Calendars.Busy = maps.Clone(s.Calendars.Busy)
	delete(s.Calendars.Busy, e.BusyOwner)
	if e.Times != "" {
		times, err := readBusy(e.Times, blobs)
		if err != nil {
			return err
		}
		s.Calendars.Busy[e.BusyOwner] = BusyTimes{Ref: e.Times, At: s.At, Times: times}
	}
	s.amended()
	return nil
}

func readBusy(ref string, blobs Blobs) ([]Interval, error) {
	data, err := blobs(ref)
	if err != nil {
		return nil, fmt.Errorf("busy times %s: %w", ref, err)
	}
	var times []Interval
	if err := json.Unmarshal(data, &times); err != nil {
		return nil, fmt.Errorf("busy times %s: %w", ref, err)
	}
	return times, nil
}

// rosterNow is the roster as it stands: as loaded and amended, as circumstances
// have changed it, closed where people and venues are taken elsewhere.
func (s *State) rosterNow(ref string) *Roster {
	return NewRoster(s.Calendars.closeBusy(amend(s.base, s.Circumstances)), ref)
}

// closeBusy closes people and venues of an amended problem at their busy times.
// Owners that are gone from it change nothing.
func (b CalendarBook) closeBusy(p *Problem) *Problem {
	if len(b.Busy) == 0 {
		return p
	}
	for i := range p.People {
		if x := &p.People[i]; len(b.Busy[BusyOwner{Person: x.ID}].Times) > 0 {
			x.Closed = slices.Concat(x.Closed, b.Busy[BusyOwner{Person: x.ID}].Times)
		}
	}
	for i := range p.Venues {
		if x := &p.Venues[i]; len(b.Busy[BusyOwner{Venue: x.ID}].Times) > 0 {
			x.Closed = slices.Concat(x.Closed, b.Busy[BusyOwner{Venue: x.ID}].Times)
		}
	}
	return p
}

// busyRecord is an owner's busy times in a snapshot.
type busyRecord struct {
	BusyOwner
	Times string `json:"times"`
	At    int64  `json:"at"`
}

func busyRecords(busy map[BusyOwner]BusyTimes) []busyRecord {
	var list []busyRecord
	for owner, b := range busy {
		list = append(list, busyRecord{owner, b.Ref, b.At})
	}
	slices.SortFunc(list, func(a, b busyRecord) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Venue, b.Venue))
	})
	return list
}

// BusyClashes lists the published seminars to come that an owner has a part in
// and is busy at, by start.
func (s *State) BusyClashes(o BusyOwner, now time.Time) []*PublishedSeminar {
	var list []*PublishedSeminar
	times := s.Calendars.Busy[o].Times
	if len(times) == 0 {
		return nil
	}
	for _, x := range s.SeminarsByTime() {
		start, end := s.Roster.Span(&x.Seminar)
		if o.HasPartIn(&x.Seminar) && !x.Cancelled && start.After(now) && Overlap(times, start, end) {
			list = append(list, x)
		}
	}
	return list
}
