package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// SeatKey names one person's place in one seminar, attending or leading.
type SeatKey struct {
	Person  string `json:"person"`
	Seminar string `json:"seminar"`
}

// Seat is what a person's calendar must say about one seminar. Each life of a
// seat is a generation with an identity of its own: a seat given back after it
// was cancelled is a new one, so a late cancellation hits a dead identity.
type Seat struct {
	Leading   bool  `json:"leading,omitempty"`
	Cancelled bool  `json:"cancelled,omitempty"`
	Sequence  int   `json:"sequence"` // RFC 5546 2.1.4: rises on a change of time or place and on cancellation
	Stamp     int64 `json:"stamp"`    // seconds since 1970; strictly rising with every change of content
	// Slot and Venue are what the seat was for when it was cancelled: the
	// seminar may move on without this person. Empty while the seat lives.
	Slot  string `json:"slot,omitempty"`
	Venue string `json:"venue,omitempty"`
	// Subscribed: the person's calendar fetches this life of the seat; no mail
	// may tell of it. Switched: this life ended because the person has chosen
	// another channel, on which the next goes on.
	Subscribed bool `json:"subscribed,omitempty"`
	Switched   bool `json:"switched,omitempty"`
	// Answer is the last one to the present time and place; empty before any.
	Answer   Answer `json:"answer,omitempty"`
	Answered int64  `json:"answered,omitempty"` // seconds since 1970, by the answerer's clock
	// Booked is the entry in which the person took this seat; 0 if it was planned.
	Booked uint64 `json:"booked,omitempty"`
	// Same is an earlier version that said the same, before a change that has been
	// undone: who was told that one, and none since, is told nothing.
	Same SeatVersion `json:"same,omitzero"`
}

// SeatVersion names one content of a seat's generation.
type SeatVersion struct {
	Sequence int   `json:"sequence"`
	Stamp    int64 `json:"stamp"`
}

// Version is the seat's present one.
func (s *Seat) Version() SeatVersion { return SeatVersion{s.Sequence, s.Stamp} }

// SeatStep is what an edit did to a seat.
type SeatStep struct {
	SeatKey
	Generation int         `json:"generation"`
	Was        Seat        `json:"was"`
	Left       SeatVersion `json:"left"` // as the edit left it
}

// UID is the calendar identity of a generation of a seat: opaque, and the same
// for the seat's whole life (RFC 5545 3.8.4.7).
func (k SeatKey) UID(programme string, generation int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", programme, k.Seminar, k.Person, generation))
	return hex.EncodeToString(sum[:16])
}

// Notice is what a person should have been told about one generation of a seat.
type Notice struct {
	SeatKey
	Generation int
	Seat
}

// Notices lists what everyone should have been told by mail, by seminar and
// person: the one side of the comparison an invite job makes with its receipts.
// What somebody's calendar fetches by itself is left out.
func (s *State) Notices() []Notice {
	var list []Notice
	for _, key := range s.seatKeys() {
		for generation, seat := range s.Seats[key] {
			if !seat.Subscribed {
				list = append(list, Notice{key, generation, seat})
			}
		}
	}
	return list
}

func (s *State) seatKeys() []SeatKey {
	return slices.SortedFunc(maps.Keys(s.Seats), func(a, b SeatKey) int {
		return cmp.Or(cmp.Compare(a.Seminar, b.Seminar), cmp.Compare(a.Person, b.Person))
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// reseat brings the seats of a seminar from before (nil: it is new) to now.
func (s *State) reseat(before, now *PublishedSeminar) {
	var was, is map[string]bool // person → leads
	if before != nil && !before.Cancelled {
		was = places(before)
	}
	if !now.Cancelled {
		is = places(now)
	}
	for _, person := range sortedKeys(is) {
		leading, had := was[person]
		switch {
		case !had || leading != is[person]:
			if had {
				s.cancelSeat(SeatKey{person, now.ID}, before)
			}
			s.openSeat(SeatKey{person, now.ID}, is[person])
		case before.Slot != now.Slot || before.Venue != now.Venue:
			s.changeSeat(SeatKey{person, now.ID}, 1)
		case !slices.Equal(before.Leaders, now.Leaders):
			s.changeSeat(SeatKey{person, now.ID}, 0)
		}
	}
	for _, person := range sortedKeys(was) {
		if _, stays := is[person]; !stays {
			s.cancelSeat(SeatKey{person, now.ID}, before)
		}
	}
}

// places are the people who have a seat, and whether they lead. Who did not come
// had one too: a cancellation or a merge is about them as well.
func places(s *PublishedSeminar) map[string]bool {
	people := make(map[string]bool, len(s.Attendees)+len(s.Absent)+len(s.Leaders))
	for _, p := range s.Invited() {
		people[p] = false
	}
	for _, p := range s.Leaders {
		people[p] = true
	}
	return people
}

func (s *State) openSeat(key SeatKey, leading bool) {
	seats := slices.Clone(s.Seats[key])
	s.Seats[key] = append(seats, Seat{Leading: leading, Stamp: s.At / 1000, Subscribed: s.Calendars.Choices[key.Person].Channel == ByFeed})
}

func (s *State) changeSeat(key SeatKey, bump int) {
	seats := slices.Clone(s.Seats[key])
	last := &seats[len(seats)-1]
	last.Sequence += bump
	last.Same = SeatVersion{}
	if bump > 0 && last.Answer != Declined {
		last.Answer = "" // it was given to another time or place
	}
	last.Stamp = max(s.At/1000, last.Stamp+1)
	s.Seats[key] = seats
}

// takeSteps makes the change of an edit, and writes down what it does to seats
// there are. What it undoes is given back to those seats that have been left alone
// since: the answer to the old time, and that it says what it said before.
func (s *State) takeSteps(e *Edit, change func()) {
	var before []SeatStep
	for i := range e.Before {
		if e.Before[i].Cancelled {
			continue
		}
		for _, person := range sortedKeys(places(&e.Before[i])) {
			key := SeatKey{person, e.Before[i].ID}
			if n := len(s.Seats[key]); n > 0 && !s.Seats[key][n-1].Cancelled {
				before = append(before, SeatStep{SeatKey: key, Generation: n - 1, Was: s.Seats[key][n-1]})
			}
		}
	}
	var alone []SeatStep
	if of := s.EditOf(e.Undoes); of != nil {
		for _, x := range of.Seats {
			if seats := s.Seats[x.SeatKey]; len(seats) == x.Generation+1 && seats[x.Generation].Version() == x.Left {
				alone = append(alone, x)
			}
		}
	}
	change()
	for _, x := range alone {
		s.giveBack(x, slices.Contains(e.Untold, x.SeatKey))
	}
	for _, x := range before {
		if now := &s.Seats[x.SeatKey][x.Generation]; now.Version() != x.Was.Version() {
			x.Left = now.Version()
			e.Seats = append(e.Seats, x)
		}
	}
}

// giveBack makes a seat what it was before a step that has just been undone. A
// cancelled one gets its life back only if its holder has not been told: a new
// life has an identity that no late cancellation can hit.
func (s *State) giveBack(x SeatStep, untold bool) {
	seats := slices.Clone(s.Seats[x.SeatKey])
	seat := &seats[x.Generation]
	again := len(seats) == x.Generation+2 && untold && !seat.Subscribed && !seat.Switched && seats[x.Generation+1].Leading == seat.Leading
	switch {
	case again:
		seats = seats[:x.Generation+1]
		seat.Cancelled, seat.Slot, seat.Venue = false, "", ""
		seat.Sequence++
		seat.Stamp = max(s.At/1000, seat.Stamp+1)
	case len(seats) > x.Generation+1 || seat.Cancelled || seat.Version() == x.Left:
		return // another life, none, or nothing has changed
	}
	seat.Answer, seat.Answered, seat.Same = x.Was.Answer, x.Was.Answered, x.Was.Version()
	if x.Was.Same != (SeatVersion{}) {
		seat.Same = x.Was.Same
	}
	s.Seats[x.SeatKey] = seats
}

func (s *State) cancelSeat(key SeatKey, was *PublishedSeminar) {
	s.changeSeat(key, 1)
	seats := s.Seats[key]
	last := &seats[len(seats)-1]
	last.Cancelled, last.Slot, last.Venue = true, was.Slot, was.Venue
}
