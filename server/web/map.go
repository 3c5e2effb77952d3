package web

import (
	"fmt"

	"kaskad/ui"
	"kaskad/ui/regionmap"
)

// mapPage shows the municipalities as a map and as a table.
func (s *Server) mapPage(v *visit) error {
	b := s.board(v.state)
	page := ui.MapPage{Colour: v.Query("colour", "wave"), Selected: v.Query("area")}
	if page.Colour != "coverage" {
		page.Colour = "wave"
	}
	drawn, err := s.drawMap(b)
	if err != nil {
		return err
	}
	page.Map = drawn
	now := s.Programme.Now()
	seminars := map[string]int{}
	for i := range b.seminars {
		seminars[b.seminars[i].mainArea()]++
	}
	for i, w := range v.state.Roster.Problem.Waves {
		page.Waves = append(page.Waves, ui.Option{Value: itoa(i + 1), Label: s.waveName(v, v.state, w.ID)})
	}
	for _, a := range b.areas {
		row := ui.MapArea{Code: a.code, Name: a.name, Subregion: s.places[a.code].Area, Wave: b.waves[a.wave],
			WaveName: s.waveName(v, v.state, a.wave), Target: len(a.people), Seminars: seminars[a.code]}
		for _, x := range a.people {
			if trained(v.state, x, now) {
				row.Trained++
			}
		}
		page.Areas = append(page.Areas, row)
	}
	return s.show(v, page)
}

// drawMap draws the municipalities of the programme that Kaskad has a place
// for; nil when there are none, and the page shows the table alone.
func (s *Server) drawMap(b *board) (*regionmap.Map, error) {
	var seats []regionmap.Seat
	for _, a := range b.areas {
		if m, ok := s.places[a.code]; ok {
			seats = append(seats, regionmap.Seat{Code: m.Code, Name: m.Name, Lat: m.Lat, Lon: m.Lon})
		}
	}
	if len(seats) < 3 {
		return nil, nil
	}
	drawn, err := regionmap.Build(seats)
	if err != nil {
		return nil, fmt.Errorf("draw the map: %w", err)
	}
	return drawn, nil
}
