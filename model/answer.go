package model

import (
	"maps"
	"slices"
	"time"
)

// Answer is what a person says to an invitation.
type Answer string

const (
	Accepted  Answer = "accepted"
	Tentative Answer = "tentative" // perhaps; the seat is kept
	Declined  Answer = "declined"  // the seat is given up
)

// AnswerGiven records what a person answered to an invitation. Declining gives
// the seat up: the person leaves the seminar's attendees or leaders.
type AnswerGiven struct {
	Person     string `json:"person"`
	Seminar    string `json:"seminar"`
	Generation int    `json:"generation"`
	Sequence   int    `json:"sequence"` // of the invitation that was answered
	Answer     Answer `json:"answer"`
	Stamp      int64  `json:"stamp"` // seconds since 1970: when it was given, by the answerer's clock
}

func (AnswerGiven) eventType() string { return "answer.given" }

// GiveAnswer answers an invitation. It is one command for replies by mail and
// for the buttons of the own page, so that the same rules hold for both.
type GiveAnswer struct {
	Person, Seminar      string
	Generation, Sequence int
	Answer               Answer
	Stamp                int64 // seconds since 1970; an answer older than the last one is refused
	// Now is the caller's time; zero: not asked. Who deletes a seminar that is
	// over from a calendar, which then declines it, was there all the same.
	Now time.Time
}

func (c GiveAnswer) decide(s *State, by Actor) (Decision, error) {
	if !by.actsFor(c.Person) {
		return Decision{}, Errorf(Forbidden, "error.own-answers-only", "you may answer only your own invitations")
	}
	if c.Answer != Accepted && c.Answer != Tentative && c.Answer != Declined {
		return Decision{}, Errorf(Invalid, "error.answer-unknown", "%q is no answer; answer accepted, tentative or declined", c.Answer)
	}
	if _, err := s.ahead(c.Seminar, c.Now); err != nil {
		return Decision{}, err
	}
	seats := s.Seats[SeatKey{c.Person, c.Seminar}]
	last := len(seats) - 1
	switch {
	case c.Generation < 0 || c.Generation > last:
		return Decision{}, Errorf(NotFound, "error.no-seat", "there is no seat in this seminar to answer for")
	case c.Generation < last || seats[last].Cancelled:
		return Decision{}, Errorf(Conflict, "error.seat-gone", "this seat has been given up or cancelled")
	case c.Sequence < seats[last].Sequence && (seats[last].Same == SeatVersion{} || c.Sequence != seats[last].Same.Sequence):
		return Decision{}, Errorf(Conflict, "error.answer-old", "the seminar has changed since; please answer the newer invitation")
	case c.Stamp < seats[last].Answered:
		return Decision{}, Errorf(Conflict, "error.answer-older", "a later answer has been given already")
	case c.Answer == seats[last].Answer:
		return Decision{}, nil // said before: nothing new
	}
	return Decision{Events: []Event{AnswerGiven{Person: c.Person, Seminar: c.Seminar, Generation: c.Generation,
		Sequence: c.Sequence, Answer: c.Answer, Stamp: c.Stamp}}}, nil
}

// takeAnswer keeps an answer, and frees the seat of who declines.
func (s *State) takeAnswer(e AnswerGiven) error {
	key := SeatKey{e.Person, e.Seminar}
	seats := slices.Clone(s.Seats[key])
	before := s.Seminars[e.Seminar]
	if before == nil || e.Generation < 0 || e.Generation >= len(seats) {
		return errNoSeat(key)
	}
	seat := &seats[e.Generation]
	seat.Answer, seat.Answered = e.Answer, e.Stamp
	s.Seats = maps.Clone(s.Seats)
	s.Seats[key] = seats
	if e.Answer != Declined || seat.Cancelled {
		return nil
	}
	now := *before
	now.Attendees, now.Leaders = allBut(before.Attendees, e.Person), allBut(before.Leaders, e.Person)
	s.replace(before, &now)
	if len(now.Leaders) < len(before.Leaders) {
		s.Changed = s.Seq // as a hand-back: the draft counts on a leader who is not there
	}
	return nil
}

// replace puts a published seminar in the place of its former self.
func (s *State) replace(before, now *PublishedSeminar) {
	s.Seminars, s.Seats = maps.Clone(s.Seminars), maps.Clone(s.Seats)
	s.Seminars[now.ID] = now
	s.reseat(before, now)
	s.index()
}

func allBut(list []string, person string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(p string) bool { return p == person })
}

// refused tells whether a person has declined their seat in a seminar at the
// time it has now.
func (s *State) refused(person string, x *Seminar) bool {
	seats := s.Seats[SeatKey{person, x.ID}]
	if len(seats) == 0 {
		return false
	}
	last := seats[len(seats)-1]
	return last.Cancelled && last.Answer == Declined && last.Slot == x.Slot
}

// withRefusals is people, closed at the times they have declined, so that the
// planner offers them others. A time a person has been booked at since is open.
func (s *State) withRefusals(people []Person) []Person {
	closed := map[string][]Interval{}
	for _, key := range s.seatKeys() {
		x := s.Seminars[key.Seminar]
		seats := s.Seats[key]
		last := seats[len(seats)-1]
		slot := s.Roster.Slots[last.Slot]
		if x == nil || !last.Cancelled || last.Answer != Declined || slot == nil {
			continue
		}
		if s.isFree(&Person{ID: key.Person}, nil, slot.Start, slot.End) == nil {
			closed[key.Person] = append(closed[key.Person], Interval{From: slot.Start, To: slot.End})
		}
	}
	if len(closed) == 0 {
		return people
	}
	people = slices.Clone(people)
	for i := range people {
		if more := closed[people[i].ID]; more != nil {
			people[i].Closed = slices.Concat(people[i].Closed, more)
		}
	}
	return people
}

// Live is a person's seat in a seminar and its generation; false when there is
// none that is not cancelled.
func (s *State) Live(person, seminar string) (seat Seat, generation int, ok bool) {
	seats := s.Seats[SeatKey{person, seminar}]
	if len(seats) == 0 || seats[len(seats)-1].Cancelled {
		return Seat{}, 0, false
	}
	return seats[len(seats)-1], len(seats) - 1, true
}
