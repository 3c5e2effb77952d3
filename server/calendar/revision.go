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

// Revisions are those of every seminar ever published, by id.
type Revisions map[string]Revision

// RevisionsOf looks at every seat once: one look serves all feeds of a State.
func RevisionsOf(s *model.State) Revisions {
	all := make(Revisions, len(s.Seminars))
	for key, seats := range s.Seats {
		r := all[key.Seminar]
		for generation, seat := range seats {
			r.Sequence += seat.Sequence
			if generation > 0 {
				r.Sequence++
			}
			if stamp := time.Unix(seat.Stamp, 0).UTC(); stamp.After(r.Stamp) {
				r.Stamp = stamp
			}
		}
		all[key.Seminar] = r
	}
	return all
}

func (r Revisions) of(seminar string) Revision { return r[seminar] }

func (l *Look) revisions(s *model.State) Revisions {
	if l.Revisions == nil {
		l.Revisions = RevisionsOf(s)
	}
	return l.Revisions
}
