package web

import (
	"cmp"
	"math"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

const (
	// shownVenues is how many the table lists.
	shownVenues = 100
	// leastMark and mostMark are half the side of a venue's mark, in map units.
	leastMark, mostMark = 5.0, 13.0
)

// mapVenues counts the venues that have seminars ending by a time, when they
// are what is shown or one of them is selected.
func (s *Server) mapVenues(v *visit, b *board, until time.Time, page *ui.MapPage) {
	chosen := v.state.Roster.Venues[v.Query("venue")]
	if page.Show != "venues" && chosen == nil {
		return
	}
	list := s.venueSums(b, until)
	most := 1
	for i := range list {
		most = max(most, list[i].People)
	}
	for i := range list {
		s.placeVenue(v.state, &list[i], most, page.Map)
		if chosen != nil && list[i].ID == chosen.ID {
			page.Venue = &list[i]
		}
	}
	if page.Show == "venues" {
		page.Venues = list[:min(len(list), shownVenues)]
		page.More = len(list) - len(page.Venues)
	}
	if chosen != nil && page.Venue == nil { // nothing is held there
		page.Venue = &ui.MapVenue{ID: chosen.ID}
		s.placeVenue(v.state, page.Venue, most, page.Map)
	}
	if page.Venue != nil {
		page.Selected = "" // one thing at a time
	}
}

// venueSums adds up every venue with seminars, most people first.
func (s *Server) venueSums(b *board, until time.Time) []ui.MapVenue {
	r := b.state.Roster
	sums, people := map[string]*ui.MapVenue{}, map[string]map[string]bool{}
	travel := map[string]int{}
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Standing == model.ToCancel || !c.over(until) {
			continue
		}
		sum := sums[c.Venue]
		if sum == nil {
			sum = &ui.MapVenue{ID: c.Venue}
			sums[c.Venue], people[c.Venue] = sum, map[string]bool{}
		}
		sum.Seminars++
		sum.Seats += r.SeatsIn(&c.Seminar)
		if len(c.sectors) == len(r.Problem.Sectors) {
			sum.Mixed++
		}
		for _, p := range c.Attendees {
			if x := r.People[p]; x != nil {
				sum.Taken++
				people[c.Venue][p] = true
				travel[c.Venue] += r.TravelMinutes(x.Unit, c.Venue)
			}
		}
	}
	var list []ui.MapVenue
	for id, sum := range sums {
		sum.People, sum.Travel = len(people[id]), mean(travel[id], sum.Taken)
		list = append(list, *sum)
	}
	slices.SortFunc(list, func(x, y ui.MapVenue) int { return cmp.Or(y.People-x.People, cmp.Compare(x.ID, y.ID)) })
	return list
}

// placeVenue fills in what a venue is and where its mark goes: larger with more
// people, by its surface.
func (s *Server) placeVenue(state *model.State, row *ui.MapVenue, most int, m *regionmap.Map) {
	x := state.Roster.Venues[row.ID]
	row.Name, row.Online, row.Rooms, row.Holds = x.Name, x.Online, roomsOf(x), x.Capacity
	if x.Online || m == nil {
		return
	}
	row.Area = s.areaName(s.nearestArea(x))
	row.X, row.Y = m.At(x.Lat, x.Lon)
	row.Shown = true
	row.Size = math.Round(10*(leastMark+(mostMark-leastMark)*math.Sqrt(float64(row.People)/float64(most)))) / 10
}
