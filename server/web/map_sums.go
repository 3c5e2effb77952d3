package web

import (
	"math"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// areaSum is what an area's seminars come to.
type areaSum struct {
	seminars, mixed, free int
	travel, rides         int // minutes one way, and the seats they belong to
	planned               int
}

func (a *areaSum) fill(row *ui.MapArea) {
	if a == nil {
		return
	}
	row.Seminars, row.Mixed, row.Seats, row.Planned = a.seminars, a.mixed, a.free, a.planned
	row.Travel = mean(a.travel, a.rides)
}

func mean(sum, n int) int {
	if n == 0 {
		return 0
	}
	return int(math.Round(float64(sum) / float64(n)))
}

// over tells whether a seminar ends by a time; zero: any does.
func (c *card) over(until time.Time) bool { return until.IsZero() || !c.end.After(until) }

// areaSums adds up every area that has people, by the seminars that end by a
// time. A seminar counts once in each area its attendees come from, as in the
// list an area's name leads to.
func (s *Server) areaSums(b *board, until time.Time) map[string]*areaSum {
	return s.sums.of(s, b.state, until.UTC(), func() map[string]*areaSum { return s.newAreaSums(b, until) })
}

func (s *Server) newAreaSums(b *board, until time.Time) map[string]*areaSum {
	r := b.state.Roster
	sums := map[string]*areaSum{}
	for i := range b.areas {
		sums[b.areas[i].code] = &areaSum{}
	}
	seats := map[string]int{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if !c.over(until) {
			continue
		}
		free := 0
		if c.Standing != model.ToCancel && c.start.After(s.Programme.Now()) {
			free = max(0, r.SeatsIn(&c.Seminar)-len(c.Attendees))
		}
		for code := range c.areas {
			if sum := sums[code]; sum != nil {
				sum.seminars++
				sum.free += free
				if len(c.sectors) == len(r.Problem.Sectors) {
					sum.mixed++
				}
			}
		}
		if c.Standing == model.ToCancel {
			continue
		}
		for _, p := range c.Attendees {
			person := r.People[p]
			if person == nil {
				continue
			}
			seats[p]++
			if sum := sums[r.Units[person.Unit].Area]; sum != nil && !r.Venues[c.Venue].Online {
				sum.travel += r.TravelMinutes(person.Unit, c.Venue)
				sum.rides++
			}
		}
	}
	for i := range b.areas {
		for _, x := range b.areas[i].people {
			if seats[x.ID] >= len(r.Needs(x)) {
				sums[b.areas[i].code].planned++
			}
		}
	}
	return sums
}
