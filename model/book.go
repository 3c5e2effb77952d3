package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// SeatBooked records that a person takes a free seat in a published seminar.
type SeatBooked struct {
	Person  string `json:"person"`
	Seminar string `json:"seminar"`
}

func (SeatBooked) eventType() string { return "seat.booked" }

// BookSeat gives a person a free seat in a published seminar that has not begun
// by Now (zero: not asked), if every rule of attending allows it.
type BookSeat struct {
	Person, Seminar string
	Now             time.Time
}

func (c BookSeat) decide(s *State, by Actor) (Decision, error) {
	if !by.actsFor(c.Person) {
		return Decision{}, Errorf(Forbidden, "error.own-seats-only", "you may book seats only for yourself")
	}
	x, err := s.ahead(c.Seminar, c.Now)
	if err != nil {
		return Decision{}, err
	}
	if reason := s.CannotAttend(c.Person, x); reason != nil {
		return Decision{}, reason
	}
	return Decision{Events: []Event{SeatBooked{Person: c.Person, Seminar: c.Seminar}}}, nil
}

func (s *State) takeBooking(e SeatBooked) error {
	before := s.Seminars[e.Seminar]
	if before == nil {
		return errNoSeat(SeatKey(e))
	}
	open := s.drafted(e.Person)
	now := *before
	now.Attendees = append(slices.Clone(before.Attendees), e.Person)
	s.replace(before, &now)
	if open {
		s.Changed = s.Seq // the draft has other plans for this person, made without the booking
	}
	seats := s.Seats[SeatKey(e)] // a list of its own since replace
	seats[len(seats)-1].Booked = s.Seq
	return nil
}

// drafted tells whether the draft has anything in mind for a person that has
// not been published.
func (s *State) drafted(person string) bool {
	if s.Draft == nil || s.DraftStale() {
		return false
	}
	return slices.ContainsFunc(s.Working(), func(x Planned) bool {
		return x.Standing != AsPublished && (slices.Contains(x.Attendees, person) || slices.Contains(x.Leaders, person) ||
			x.Before != nil && slices.Contains(x.Before.Attendees, person))
	})
}

func errNoSeat(key SeatKey) error {
	return fmt.Errorf("seat of person %q in seminar %q, which there is not", key.Person, key.Seminar)
}

// CannotAttend is the first planning rule that stands between a person and a
// seat in a published seminar, as a sentence; nil when none does. It asks the
// contract's H1, H2, H3, H4, H9, H10 and H11 of the published plan.
func (s *State) CannotAttend(person string, x *PublishedSeminar) *Error {
	who := s.Roster.People[person]
	if who == nil || who.Tier != x.Tier || !slices.Contains(s.Roster.Needs(who), x.Module) {
		return Errorf(Infeasible, "attend.no-need", "this seminar is not one of those you are to attend")
	}
	if x.Cancelled || len(x.Attendees) >= s.Roster.SeatsIn(&x.Seminar) {
		return Errorf(Infeasible, "attend.full", "every seat in this seminar is taken")
	}
	start, end := s.Roster.Span(&x.Seminar)
	for _, rule := range []func(*Person, *PublishedSeminar, time.Time, time.Time) *Error{
		s.attendsOnce, s.isFree, s.inOrder, s.unitCanSpare, s.inOwnWave, s.nearEnough,
	} {
		if reason := rule(who, x, start, end); reason != nil {
			return reason
		}
	}
	return nil
}

// attendsOnce asks H1 and H6: no module twice, and not as leader and attendee.
// Who had a seat and did not come gets no second one in the same seminar.
func (s *State) attendsOnce(who *Person, x *PublishedSeminar, _, _ time.Time) *Error {
	if slices.Contains(x.Leaders, who.ID) || slices.Contains(x.Absent, who.ID) || s.attends(who, x.Module) != nil {
		return Errorf(Infeasible, "attend.has-seat", "you have a seat in this module already")
	}
	return nil
}

// attends is the published seminar in which a person attends a module, nil for none.
func (s *State) attends(who *Person, module string) *PublishedSeminar {
	for _, mine := range s.SeminarsOf(who.ID) {
		if mine.Module == module && mine.Tier == who.Tier && slices.Contains(mine.Attendees, who.ID) {
			return mine
		}
	}
	return nil
}

// inOrder asks H4: modules in the tier's order, with its days between them.
func (s *State) inOrder(who *Person, x *PublishedSeminar, start, _ time.Time) *Error {
	tier := s.Roster.Tiers[who.Tier]
	rank := func(module string) int { return slices.Index(tier.Modules, module) }
	needs := s.Roster.Needs(who)
	held := map[string]time.Time{}
	for _, d := range who.Done {
		held[d.Module] = d.Start
	}
	for _, module := range needs {
		if mine := s.attends(who, module); mine != nil {
			held[module], _ = s.Roster.Span(&mine.Seminar)
		}
	}
	for _, module := range needs {
		at, ok := held[module]
		if module != x.Module && !ok && tier.Order != Free && rank(module) < rank(x.Module) {
			return Errorf(Infeasible, "attend.earlier-first", "an earlier module must come first")
		}
		if ok && module != x.Module && tier.Order != Free && (rank(module) < rank(x.Module)) != at.Before(start) {
			return Errorf(Infeasible, "attend.order", "the modules would come in the wrong order")
		}
	}
	for module, at := range held {
		if days := CalendarDays(at, start, s.Roster.Zone); module != x.Module && max(days, -days) < tier.GapDays {
			return Errorf(Infeasible, "attend.gap", "there must be at least %d days between two modules", tier.GapDays)
		}
	}
	return nil
}

// inOwnWave asks H10.
func (s *State) inOwnWave(who *Person, _ *PublishedSeminar, start, end time.Time) *Error {
	w := s.Roster.Waves[s.Roster.Units[who.Unit].Wave]
	if w != nil && (start.Before(w.From) || end.After(w.To)) {
		return Errorf(Infeasible, "attend.other-wave", "your unit does not go in this wave")
	}
	return nil
}

// nearEnough asks H11.
func (s *State) nearEnough(who *Person, x *PublishedSeminar, _, _ time.Time) *Error {
	if who.MaxTravel != nil && s.Roster.TravelMinutes(who.Unit, x.Venue) > *who.MaxTravel {
		return Errorf(Infeasible, "attend.too-far", "it is farther away than you may travel")
	}
	return nil
}

// SeatsFor lists up to limit published seminars after now that a person who
// lacks a seat in the module could attend, nearest in time first.
func (s *State) SeatsFor(person, module string, now time.Time, limit int) []*PublishedSeminar {
	var list []*PublishedSeminar
	for _, x := range s.SeminarsByTime() {
		start, _ := s.Roster.Span(&x.Seminar)
		if len(list) == limit {
			break
		}
		if x.Module == module && !x.Cancelled && start.After(now) && !s.refused(person, &x.Seminar) && s.CannotAttend(person, x) == nil {
			list = append(list, x)
		}
	}
	return list
}

// Wait is a person on the waiting list of a module: they have declined a seat
// in it and have no other.
type Wait struct {
	Person, Module string
	Since          int64 // seconds since 1970
}

// Waiting is the waiting list, longest waiting first.
func (s *State) Waiting() []Wait {
	if s.Roster == nil {
		return nil
	}
	since := map[[2]string]int64{}
	for key, seats := range s.Seats {
		last := seats[len(seats)-1]
		x, who := s.Seminars[key.Seminar], s.Roster.People[key.Person]
		if x == nil || who == nil || !last.Cancelled || last.Leading || last.Answer != Declined ||
			!slices.Contains(s.Roster.Needs(who), x.Module) || s.attends(who, x.Module) != nil {
			continue
		}
		k := [2]string{key.Person, x.Module}
		since[k] = max(since[k], last.Stamp)
	}
	list := make([]Wait, 0, len(since))
	for k, at := range since {
		list = append(list, Wait{k[0], k[1], at})
	}
	slices.SortFunc(list, func(a, b Wait) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Module, b.Module))
	})
	return list
}
