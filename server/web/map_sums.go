package web

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"kaskad/model"
	"kaskad/ui"
	"kaskad/ui/regionmap"
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

// areaSums adds up every area that has people. A seminar counts once in each
// area its attendees come from, as in the list an area's name leads to.
func (s *Server) areaSums(b *board) map[string]*areaSum {
	r := b.state.Roster
	sums := map[string]*areaSum{}
	for i := range b.areas {
		sums[b.areas[i].code] = &areaSum{}
	}
	seats := map[string]int{}
	for i := range b.seminars {
		c := &b.seminars[i]
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

const (
	// mostFlows is how many venues are shown by themselves: more lines from one
	// point cannot be told apart.
	mostFlows = 8
	// smallFlow is the share of the area's people, in percent, below which a
	// venue goes in with the others.
	smallFlow = 3
	// widest is the width of the line of all the area's people, in map units.
	widest = 16.0
)

// flows are the venues the people of an area go to, most people first, the
// small ones together at the end.
func (s *Server) flows(b *board, a *area, m *regionmap.Map) []ui.Flow {
	r := b.state.Roster
	type visits struct {
		people        map[string]bool
		travel, rides int
	}
	to := map[string]*visits{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Standing == model.ToCancel || c.areas[a.code] == 0 {
			continue
		}
		w := to[c.Venue]
		if w == nil {
			w = &visits{people: map[string]bool{}}
			to[c.Venue] = w
		}
		for _, p := range c.Attendees {
			if x := r.People[p]; x != nil && r.Units[x.Unit].Area == a.code {
				w.people[p] = true
				w.travel += r.TravelMinutes(x.Unit, c.Venue)
				w.rides++
			}
		}
	}
	venues := slices.SortedFunc(maps.Keys(to), func(x, y string) int {
		return cmp.Or(len(to[y].people)-len(to[x].people), cmp.Compare(x, y))
	})
	var list []ui.Flow
	others, rest := ui.Flow{}, visits{people: map[string]bool{}}
	for i, id := range venues {
		w := to[id]
		if i >= mostFlows || i > 0 && len(w.people)*100 < smallFlow*len(a.people) {
			others.Venues++
			maps.Copy(rest.people, w.people)
			rest.travel, rest.rides = rest.travel+w.travel, rest.rides+w.rides
			continue
		}
		f := ui.Flow{Venue: id, Name: r.Venues[id].Name, Venues: 1, People: len(w.people), Travel: mean(w.travel, w.rides)}
		f.Line, f.Width = flowLine(m, a.code, r.Venues[id], len(w.people), len(a.people))
		list = append(list, f)
	}
	if others.Venues > 0 {
		others.People, others.Travel = len(rest.people), mean(rest.travel, rest.rides)
		list = append(list, others)
	}
	return list
}

// flowLine is the line from an area's main place to a venue; "" for online
// venues and when the map lacks the area. The width grows with the people.
func flowLine(m *regionmap.Map, code string, venue *model.Venue, people, of int) (line string, width float64) {
	if m == nil || venue.Online {
		return "", 0
	}
	from := m.Area(code)
	if from == nil {
		return "", 0
	}
	x, y := m.At(venue.Lat, venue.Lon)
	width = max(2, math.Round(10*widest*float64(people)/float64(max(people, of)))/10)
	return fmt.Sprintf("M%g %gL%g %g", from.SeatX, from.SeatY, x, y), width
}
