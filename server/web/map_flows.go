package web

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

const (
	// mostFlows is how many are shown by themselves: more lines at one point
	// cannot be told apart.
	mostFlows = 8
	// smallFlow is the share of the people, in percent, below which a flow goes in
	// with the others.
	smallFlow = 3
	// widest is the width of the line of all the people, in map units.
	widest = 16.0
)

// visits are the people of an area who have seats at a venue.
type visits struct {
	people        map[string]bool
	travel, rides int
}

func (w *visits) enter(person string, minutes int) {
	w.people[person] = true
	w.travel, w.rides = w.travel+minutes, w.rides+1
}

// visitsBy gathers visits by what a seat is counted under; "" counts it nowhere.
func visitsBy(b *board, until time.Time, under func(c *card, x *model.Person) string) map[string]*visits {
	r := b.state.Roster
	found := map[string]*visits{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Standing == model.ToCancel || !c.over(until) {
			continue
		}
		for _, p := range c.Attendees {
			x := r.People[p]
			if x == nil {
				continue
			}
			key := under(c, x)
			if key == "" {
				continue
			}
			if found[key] == nil {
				found[key] = &visits{people: map[string]bool{}}
			}
			found[key].enter(p, r.TravelMinutes(x.Unit, c.Venue))
		}
	}
	return found
}

// flowsFrom are the venues the people of an area go to.
func (s *Server) flowsFrom(b *board, a *area, until time.Time, m *regionmap.Map) []ui.Flow {
	r := b.state.Roster
	found := visitsBy(b, until, func(c *card, x *model.Person) string {
		if r.Units[x.Unit].Area != a.code {
			return ""
		}
		return c.Venue
	})
	return fold(found, len(a.people), func(id string, people int) ui.Flow {
		venue := r.Venues[id]
		f := ui.Flow{Name: venue.Name, Param: "venue", Wave: b.waves[a.wave]}
		f.Line, f.Width = flowLine(m, a.code, venue, people, len(a.people))
		return f
	})
}

// flowsTo are the areas that the people at a venue are from.
func (s *Server) flowsTo(b *board, venue *model.Venue, until time.Time, m *regionmap.Map) []ui.Flow {
	r := b.state.Roster
	found := visitsBy(b, until, func(c *card, x *model.Person) string {
		if c.Venue != venue.ID {
			return ""
		}
		return r.Units[x.Unit].Area
	})
	all := 0
	for _, w := range found {
		all += len(w.people)
	}
	return fold(found, all, func(code string, people int) ui.Flow {
		f := ui.Flow{Name: s.areaName(code), Param: "area"}
		if a := b.byArea[code]; a != nil {
			f.Wave = b.waves[a.wave]
		}
		f.Line, f.Width = flowLine(m, code, venue, people, all)
		return f
	})
}

// fold lists flows, most people first, the small ones together at the end.
func fold(found map[string]*visits, all int, flow func(id string, people int) ui.Flow) (list []ui.Flow) {
	ids := slices.SortedFunc(maps.Keys(found), func(x, y string) int {
		return cmp.Or(len(found[y].people)-len(found[x].people), cmp.Compare(x, y))
	})
	others, rest := ui.Flow{}, visits{people: map[string]bool{}}
	for i, id := range ids {
		w := found[id]
		if i >= mostFlows || i > 0 && len(w.people)*100 < smallFlow*all {
			others.Others++
			maps.Copy(rest.people, w.people)
			rest.travel, rest.rides = rest.travel+w.travel, rest.rides+w.rides
			continue
		}
		f := flow(id, len(w.people))
		f.Value, f.People, f.Travel = id, len(w.people), mean(w.travel, w.rides)
		list = append(list, f)
	}
	if others.Others > 0 {
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
