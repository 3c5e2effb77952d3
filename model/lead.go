package model

import (
	"slices"
	"time"
)

// ownArea is how far from the own unit, in minutes one way, an open seminar
// still counts as being in a leader's own area.
const ownArea = 60

// HandBack takes a leader off a seminar; it stands open until someone claims it.
// Now is the caller's time: what has begun stays as it was. Zero: not asked.
type HandBack struct {
	Person, Seminar string
	Now             time.Time
}

func (c HandBack) decide(s *State, by Actor) (Decision, error) {
	if !by.actsFor(c.Person) {
		return Decision{}, Errorf(Forbidden, "error.own-seminars-only", "you may hand back only your own seminars")
	}
	x, err := s.ahead(c.Seminar, c.Now)
	if err != nil {
		return Decision{}, err
	}
	if !slices.Contains(x.Leaders, c.Person) {
		return Decision{}, Errorf(Conflict, "error.not-leading", "you do not lead this seminar any more")
	}
	left := slices.DeleteFunc(slices.Clone(x.Leaders), func(p string) bool { return p == c.Person })
	return Decision{Events: []Event{LeadersSet{Seminar: x.ID, Leaders: left}}}, nil
}

// Claim makes a person lead an open seminar that has not begun by Now; zero: not asked.
type Claim struct {
	Person, Seminar string
	Now             time.Time
}

func (c Claim) decide(s *State, by Actor) (Decision, error) {
	if !by.actsFor(c.Person) {
		return Decision{}, Errorf(Forbidden, "error.own-claims-only", "you may claim seminars only for yourself")
	}
	x, err := s.ahead(c.Seminar, c.Now)
	if err != nil {
		return Decision{}, err
	}
	if !x.Open(s.Roster) {
		return Decision{}, Errorf(Conflict, "error.taken", "someone else has taken this seminar")
	}
	if reason := s.CannotLead(c.Person, x); reason != nil {
		return Decision{}, reason
	}
	return Decision{Events: []Event{LeadersSet{Seminar: x.ID, Leaders: append(slices.Clone(x.Leaders), c.Person)}}}, nil
}

// running finds a published seminar that is not cancelled.
func (s *State) running(id string) (*PublishedSeminar, error) {
	x := s.Seminars[id]
	if x == nil {
		return nil, Errorf(NotFound, "error.no-seminar", "there is no seminar %s", id)
	}
	if x.Cancelled {
		return nil, Errorf(Conflict, "error.cancelled", "this seminar has been cancelled")
	}
	return x, nil
}

// ahead is running, of a seminar that has not begun by now; zero: not asked.
func (s *State) ahead(id string, now time.Time) (*PublishedSeminar, error) {
	x, err := s.running(id)
	if err != nil || now.IsZero() {
		return x, err
	}
	if start, _ := s.Roster.Span(&x.Seminar); !start.After(now) {
		return nil, Errorf(Conflict, "error.begun", "the seminar has begun; who came is said by taking attendance")
	}
	return x, nil
}

// OpenNear lists the open seminars in a leader's own area, by time.
func (s *State) OpenNear(person string) []*PublishedSeminar {
	x := s.Roster.People[person]
	if x == nil || x.Leads == nil {
		return nil
	}
	var list []*PublishedSeminar
	for _, seminar := range s.SeminarsByTime() {
		if seminar.Open(s.Roster) && seminar.Tier == x.Leads.Tier && s.Roster.TravelMinutes(x.Unit, seminar.Venue) <= ownArea {
			list = append(list, seminar)
		}
	}
	return list
}

// CannotLead is the first planning rule that stands between a person and
// leading a published seminar, as a sentence; nil when none does. It asks the
// contract's H3, H5, H6, H7 and H9 of the published plan.
func (s *State) CannotLead(person string, x *PublishedSeminar) *Error {
	who := s.Roster.People[person]
	if who == nil || who.Leads == nil {
		return Errorf(Infeasible, "lead.no-leader", "this person is not a method leader")
	}
	start, end := s.Roster.Span(&x.Seminar)
	for _, rule := range []func(*Person, *PublishedSeminar, time.Time, time.Time) *Error{
		s.mayLead, s.hasLearned, s.isFree, s.withinLimits, s.unitCanSpare,
	} {
		if reason := rule(who, x, start, end); reason != nil {
			return reason
		}
	}
	return nil
}

// mayLead asks H5 (tier, module, from) and H6 (not an attendee, not twice).
func (s *State) mayLead(who *Person, x *PublishedSeminar, start, _ time.Time) *Error {
	switch {
	case slices.Contains(x.Leaders, who.ID), slices.Contains(x.Attendees, who.ID), slices.Contains(x.Absent, who.ID):
		return Errorf(Infeasible, "lead.in-it", "you already take part in this seminar")
	case who.Leads.Tier != x.Tier, !slices.Contains(who.Leads.Modules, x.Module):
		return Errorf(Infeasible, "lead.other-module", "you do not lead this module")
	case start.Before(who.Leads.From):
		return Errorf(Infeasible, "lead.too-early", "you may lead from %s", who.Leads.From.In(s.Roster.Zone).Format(time.DateOnly))
	}
	return nil
}

// hasLearned asks H5: a module one needs or has done is led prepDays after attending it at the earliest.
func (s *State) hasLearned(who *Person, x *PublishedSeminar, start, _ time.Time) *Error {
	if who.Tier == "" {
		return nil
	}
	var attended time.Time
	for _, d := range who.Done {
		if d.Module == x.Module {
			attended = d.Start
		}
	}
	if mine := s.attends(who, x.Module); mine != nil {
		attended, _ = s.Roster.Span(&mine.Seminar)
	}
	needs := slices.Contains(s.Roster.Needs(who), x.Module)
	if attended.IsZero() {
		if needs {
			return Errorf(Infeasible, "lead.not-trained", "you have not been trained in this module")
		}
		return nil
	}
	prep := s.Roster.Tiers[who.Tier].PrepDays
	if days := CalendarDays(attended, start, s.Roster.Zone); days < prep {
		return Errorf(Infeasible, "lead.not-ready", "you may lead this module from %s",
			attended.In(s.Roster.Zone).AddDate(0, 0, prep).Format(time.DateOnly))
	}
	return nil
}

// isFree asks H3: no absence and no other seminar overlaps.
func (s *State) isFree(who *Person, _ *PublishedSeminar, start, end time.Time) *Error {
	if s.Roster.ClosedAt(who.Closed, who.Calendar, start, end) {
		return Errorf(Infeasible, "lead.away", "you are away at this time")
	}
	for _, mine := range s.SeminarsOf(who.ID) {
		from, to := s.Roster.Span(&mine.Seminar)
		if from.Before(end) && start.Before(to) {
			return Errorf(Infeasible, "lead.busy", "you are in another seminar at this time")
		}
	}
	return nil
}

// withinLimits asks H7: seminars a day, a week and in all, and the way between two of one day.
func (s *State) withinLimits(who *Person, x *PublishedSeminar, start, end time.Time) *Error {
	day, week, total := 1, 1, 1
	for _, mine := range s.SeminarsOf(who.ID) {
		if !slices.Contains(mine.Leaders, who.ID) {
			continue
		}
		total++
		from, to := s.Roster.Span(&mine.Seminar)
		if sameWeek(from, start, s.Roster.Zone) {
			week++
		}
		if CalendarDays(from, start, s.Roster.Zone) != 0 {
			continue
		}
		day++
		gap := start.Sub(to)
		if from.After(start) {
			gap = from.Sub(end)
		}
		if mine.Venue != x.Venue && gap < time.Duration(s.Roster.betweenVenues(mine.Venue, x.Venue))*time.Minute {
			return Errorf(Infeasible, "lead.too-far", "you cannot get here in time from your other seminar that day")
		}
	}
	switch l := who.Leads; {
	case l.MaxPerDay != nil && day > *l.MaxPerDay:
		return Errorf(Infeasible, "lead.day-full", "you may lead at most %d seminars a day", *l.MaxPerDay)
	case l.MaxPerWeek != nil && week > *l.MaxPerWeek:
		return Errorf(Infeasible, "lead.week-full", "you may lead at most %d seminars a week", *l.MaxPerWeek)
	case l.MaxTotal != nil && total > *l.MaxTotal:
		return Errorf(Infeasible, "lead.all-full", "you may lead at most %d seminars in all", *l.MaxTotal)
	}
	return nil
}

// unitCanSpare asks H9: not more than maxAway colleagues away at any instant.
func (s *State) unitCanSpare(who *Person, _ *PublishedSeminar, start, end time.Time) *Error {
	unit := s.Roster.Units[who.Unit]
	if unit.MaxAway == nil {
		return nil
	}
	var busy []Interval
	for i := range s.Roster.Problem.People {
		mate := &s.Roster.Problem.People[i]
		if mate.Unit != who.Unit || mate.ID == who.ID {
			continue
		}
		for _, x := range s.SeminarsOf(mate.ID) {
			if from, to := s.Roster.Span(&x.Seminar); from.Before(end) && start.Before(to) {
				busy = append(busy, Interval{from, to})
			}
		}
	}
	// The most people are away at the start of some stretch, or when this one starts.
	for _, at := range append(busy, Interval{From: start}) {
		if at.From.Before(start) {
			at.From = start
		}
		away := 1
		for _, b := range busy {
			if !b.From.After(at.From) && at.From.Before(b.To) {
				away++
			}
		}
		if away > *unit.MaxAway {
			return Errorf(Infeasible, "lead.unit-full", "your unit cannot spare more people at this time")
		}
	}
	return nil
}

func sameWeek(a, b time.Time, zone *time.Location) bool {
	ya, wa := a.In(zone).ISOWeek()
	yb, wb := b.In(zone).ISOWeek()
	return ya == yb && wa == wb
}
