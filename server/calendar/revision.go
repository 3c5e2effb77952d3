package calendar

import (
	"time"

	"kaskad/model"
)

// Revision is how far what a seminar's people were told has come. Both only rise.
type Revision struct {
	Sequence int // the sum of all its seats'
	Stamp    time.Time
}

// Index is what all feeds of a State ask of its seats, found by looking at each once.
type Index struct {
	revisions map[string]Revision // by seminar
	seminars  map[string][]string // those a person has ever had a seat in
}

// IndexOf indexes a State.
func IndexOf(s *model.State) *Index {
	x := &Index{revisions: make(map[string]Revision, len(s.Seminars)), seminars: map[string][]string{}}
	for key, seats := range s.Seats {
		x.seminars[key.Person] = append(x.seminars[key.Person], key.Seminar)
		r := x.revisions[key.Seminar]
		for generation, seat := range seats {
			r.Sequence += seat.Sequence
			if generation > 0 {
				r.Sequence++
			}
			if stamp := time.Unix(seat.Stamp, 0).UTC(); stamp.After(r.Stamp) {
				r.Stamp = stamp
			}
		}
		x.revisions[key.Seminar] = r
	}
	return x
}

// index is the one at hand, or made now.
func (l *Look) index(s *model.State) *Index {
	if l.Index == nil {
		l.Index = IndexOf(s)
	}
	return l.Index
}
