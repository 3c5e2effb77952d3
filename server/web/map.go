package web

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

// mapPage shows the municipalities, or the venues, as a map and as a table.
func (s *Server) mapPage(v *visit) error {
	b := s.board(v.state)
	page := ui.MapPage{Colour: v.Query("colour"), Show: v.Query("show"), Selected: v.Query("area"), Weeks: mondays(b), Week: v.QueryInt("week")}
	if !slices.Contains(ui.MapColours, page.Colour) {
		page.Colour = ui.MapColours[0]
	}
	if !slices.Contains(ui.MapShows, page.Show) {
		page.Show = ui.MapShows[0]
	}
	if page.Week < 0 || page.Week > len(page.Weeks) {
		page.Week = 0
	}
	if slices.ContainsFunc(b.areas, func(a area) bool { _, known := s.places[a.code]; return known }) {
		d, err := s.drawing(v.UserContext())
		if err != nil {
			return err
		}
		page.Map, page.Boundaries = d.shapes, d.boundaries
	}
	for i, w := range v.state.Roster.Problem.Waves {
		page.Waves = append(page.Waves, ui.Option{Value: itoa(i + 1), Label: s.waveName(v, v.state, w.ID)})
	}
	until := time.Time{}
	if page.Week > 0 {
		until = page.At().AddDate(0, 0, 7)
	}
	s.mapAreas(v, b, until, &page)
	s.mapVenues(v, b, until, &page)
	if chosen := page.Area(); chosen != nil {
		page.Flows = s.flowsFrom(b, b.byArea[chosen.Code], until, page.Map)
	} else if page.Venue != nil {
		page.Flows = s.flowsTo(b, v.state.Roster.Venues[page.Venue.ID], until, page.Map)
	}
	return s.show(v, page)
}

// mondays are those of the programme's weeks, from the first seminar to the last.
func mondays(b *board) (list []time.Time) {
	if len(b.seminars) == 0 {
		return nil
	}
	last := b.seminars[0].end
	for i := range b.seminars {
		if end := b.seminars[i].end; end.After(last) {
			last = end
		}
	}
	for week := model.Monday(b.seminars[0].start, b.state.Roster.Zone); week.Before(last); week = week.AddDate(0, 0, 7) {
		list = append(list, week)
	}
	return list
}

// mapAreas counts each area, up to a time; zero: everything planned, and who
// has been trained by now.
func (s *Server) mapAreas(v *visit, b *board, until time.Time, page *ui.MapPage) {
	now := s.Programme.Now()
	sums := s.areaSums(b, until)
	for _, a := range b.areas {
		row := ui.MapArea{Code: a.code, Name: a.name, Subregion: s.places[a.code].Area, Wave: b.waves[a.wave],
			WaveName: s.waveName(v, v.state, a.wave), Target: len(a.people)}
		sums[a.code].fill(&row)
		if w := v.state.Roster.Waves[a.wave]; w != nil {
			row.Begun = w.From.Before(until)
		}
		switch {
		case until.After(now):
			row.Trained = row.Planned
		default:
			at := now
			if !until.IsZero() {
				at = until
			}
			for _, x := range a.people {
				if trained(v.state, x, at) {
					row.Trained++
				}
			}
		}
		page.Areas = append(page.Areas, row)
	}
}

// schematic is the map for as long as no official boundaries are taken in.
var schematic = sync.OnceValues(func() (*regionmap.Map, error) { return drawRegion(nil) })

// drawRegion draws every municipality Kaskad has a place for, as cells or with boundaries.
func drawRegion(boundaries regionmap.Boundaries) (*regionmap.Map, error) {
	var seats []regionmap.Seat
	for _, m := range demo.Municipalities() {
		seats = append(seats, regionmap.Seat{Code: m.Code, Name: m.Name, Lat: m.Lat, Lon: m.Lon})
	}
	drawn, err := regionmap.BuildFrom(seats, boundaries)
	if err != nil {
		return nil, fmt.Errorf("draw the map: %w", err)
	}
	return drawn, nil
}
