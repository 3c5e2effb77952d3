package web

import (
	"fmt"
	"slices"

	"kaskad/server/demo"
	"kaskad/ui"
	"kaskad/ui/regionmap"
)

// mapPage shows the municipalities as a map and as a table.
func (s *Server) mapPage(v *visit) error {
	b := s.board(v.state)
	page := ui.MapPage{Colour: v.Query("colour", "wave"), Selected: v.Query("area")}
	if !slices.Contains(ui.MapColours, page.Colour) {
		page.Colour = "wave"
	}
	if slices.ContainsFunc(b.areas, func(a area) bool { _, known := s.places[a.code]; return known }) {
		d, err := s.drawing(v.UserContext())
		if err != nil {
			return err
		}
		page.Map, page.Boundaries = d.shapes, d.boundaries
	}
	now := s.Programme.Now()
	sums := s.areaSums(b)
	for i, w := range v.state.Roster.Problem.Waves {
		page.Waves = append(page.Waves, ui.Option{Value: itoa(i + 1), Label: s.waveName(v, v.state, w.ID)})
	}
	for _, a := range b.areas {
		row := ui.MapArea{Code: a.code, Name: a.name, Subregion: s.places[a.code].Area, Wave: b.waves[a.wave],
			WaveName: s.waveName(v, v.state, a.wave), Target: len(a.people)}
		sums[a.code].fill(&row)
		for _, x := range a.people {
			if trained(v.state, x, now) {
				row.Trained++
			}
		}
		page.Areas = append(page.Areas, row)
	}
	if chosen := page.Area(); chosen != nil {
		page.Flows = s.flows(b, b.byArea[chosen.Code], page.Map)
	}
	return s.show(v, page)
}

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
