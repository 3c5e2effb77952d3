package model

import (
	"slices"
	"time"
)

// forGood ends what has no end: later than any programme.
var forGood = time.Date(2999, 12, 31, 0, 0, 0, 0, time.UTC)

// amend is the loaded problem as circumstances have changed it. The problem is
// not written; a circumstance about somebody or something it does not have, as
// after a newer roster was loaded, changes nothing.
func amend(base *Problem, list []Circumstance) *Problem {
	p := *base
	p.People, p.Venues, p.Units = slices.Clone(base.People), slices.Clone(base.Venues), slices.Clone(base.Units)
	for i := range list {
		x := &list[i]
		switch x.Kind {
		case PersonAway:
			closePerson(&p, x.Person, x.From, x.To)
		case LeaderStops:
			closePerson(&p, x.Person, x.From, forGood)
		case PersonLeaves:
			if who := closePerson(&p, x.Person, x.From, forGood); who != nil && who.Tier != "" {
				who.Needs = []string{}
			}
		case PeopleJoin:
			for _, new := range x.People {
				if !slices.ContainsFunc(p.People, func(q Person) bool { return q.ID == new.ID }) {
					p.People = append(p.People, new)
				}
			}
		case VenueClosed:
			if v := find(p.Venues, func(v *Venue) bool { return v.ID == x.Venue }); v != nil {
				to := x.To
				if to.IsZero() {
					to = forGood
				}
				v.Closed = append(slices.Clone(v.Closed), Interval{x.From, to})
			}
		case UnitSpares:
			if u := find(p.Units, func(u *Unit) bool { return u.ID == x.Unit }); u != nil {
				u.MaxAway = x.MaxAway
			}
		}
	}
	return &p
}

func closePerson(p *Problem, id string, from, to time.Time) *Person {
	who := find(p.People, func(x *Person) bool { return x.ID == id })
	if who != nil {
		who.Closed = append(slices.Clone(who.Closed), Interval{from, to})
	}
	return who
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// leavers are the people who have left, and from when.
func (s *State) leavers() map[string]time.Time {
	gone := map[string]time.Time{}
	for i := range s.Circumstances {
		if x := &s.Circumstances[i]; x.Kind == PersonLeaves {
			if from, twice := gone[x.Person]; !twice || x.From.Before(from) {
				gone[x.Person] = x.From
			}
		}
	}
	return gone
}

// HasLeft tells whether a person has left the programme by an instant.
func (s *State) HasLeft(person string, at time.Time) bool {
	from, left := s.leavers()[person]
	return left && !at.Before(from)
}

// settleLeavers fits a planning problem to those who have left: they keep the
// seats they had before, and need nothing else; later seats are given up by
// their leaving, not by a re-plan (H13).
func (s *State) settleLeavers(p *Problem) {
	gone := s.leavers()
	if len(gone) == 0 || p.Published == nil {
		return
	}
	kept := map[string][]string{}
	published := *p.Published
	published.Seminars = slices.Clone(published.Seminars)
	for i := range published.Seminars {
		x := &published.Seminars[i]
		start, _ := s.Roster.Span(x)
		x.Attendees = slices.DeleteFunc(slices.Clone(x.Attendees), func(id string) bool {
			from, left := gone[id]
			if left && start.Before(from) {
				kept[id] = append(kept[id], x.Module)
			}
			return left && !start.Before(from)
		})
	}
	p.Published = &published
	p.People = slices.Clone(p.People)
	for i := range p.People {
		if who := &p.People[i]; who.Tier != "" && kept[who.ID] != nil {
			who.Needs = kept[who.ID]
		}
	}
}
