package model

import (
	"slices"
	"time"
)

// HourState is how sure minutes are.
type HourState int

const (
	HoursPlanned  HourState = iota // still to come
	HoursHeld                      // over, attendance not taken: everybody with a seat is taken to have come
	HoursAttended                  // attendance says so
	HoursMissed                    // attendance says no; they count for nothing
)

// HourEntry is one person's minutes in one seminar, or in an activity.
type HourEntry struct {
	Person   *Person
	Seminar  *PublishedSeminar // nil for an activity
	Activity *Activity         // nil for a seminar
	Start    time.Time         // zero for an activity without times
	Minutes  int
	State    HourState
}

// Hours calls visit for every entry of the hours ledger as it stands at now:
// attendees of published seminars that are not cancelled, in the order of their
// ids, then participants of activities whose type credits minutes. People who
// have left the roster are in no entry.
func (s *State) Hours(now time.Time, visit func(HourEntry)) {
	for _, id := range sortedKeys(s.Seminars) {
		x := s.Seminars[id]
		if x.Cancelled {
			continue
		}
		start, end := s.Roster.Span(&x.Seminar)
		minutes := s.Roster.Modules[x.Module].Minutes
		state := HoursPlanned
		switch {
		case x.Taken > 0:
			state = HoursAttended
		case !end.After(now):
			state = HoursHeld
		}
		for _, p := range x.Attendees {
			s.enter(visit, HourEntry{Seminar: x, Start: start, Minutes: minutes, State: state}, p)
		}
		for _, p := range x.Absent {
			s.enter(visit, HourEntry{Seminar: x, Start: start, Minutes: minutes, State: HoursMissed}, p)
		}
	}
	for _, a := range s.Activities.List {
		s.activityHours(a, now, visit)
	}
}

func (s *State) enter(visit func(HourEntry), e HourEntry, person string) {
	if e.Person = s.Roster.People[person]; e.Person != nil {
		visit(e)
	}
}

func (s *State) activityHours(a *Activity, now time.Time, visit func(HourEntry)) {
	t := s.Activities.Type(a.Type)
	if t == nil || t.Credit == CreditNone || a.Minutes == 0 {
		return
	}
	times := a.Times
	if t.Credit == CreditCompletion {
		times = nil // finished once, whenever that was
	}
	if len(times) == 0 {
		s.occasionHours(a, "", time.Time{}, HoursPlanned, visit)
		return
	}
	for _, x := range times {
		state := HoursPlanned
		if !x.To.After(now) {
			state = HoursHeld
		}
		s.occasionHours(a, Occasion(x), x.From, state, visit)
	}
}

// occasionHours enters who took part at one time; before that is recorded, who
// is expected, unless the activity has been cancelled.
func (s *State) occasionHours(a *Activity, occasion string, start time.Time, until HourState, visit func(HourEntry)) {
	held, recorded := a.Held[occasion]
	if a.Cancelled && !recorded {
		return
	}
	for _, p := range a.People {
		e := HourEntry{Activity: a, Start: start, Minutes: a.Minutes, State: until}
		if recorded {
			e.State = HoursMissed
			if slices.Contains(held.People, p) {
				e.State = HoursAttended
			} else if occasion == "" {
				e.State = HoursPlanned // not finished yet
			}
		}
		s.enter(visit, e, p)
	}
}
