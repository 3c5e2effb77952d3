package regionmap

import "testing"

func TestBoundariesTakeThePlaceOfCells(t *testing.T) {
	seats := []Seat{{"1480", "Göteborg", 57.71, 11.97}, {"1490", "Borås", 57.72, 12.94}}
	m, err := BuildFrom(seats, Boundaries{"1480": {
		{{8, 57.6}, {12.1, 57.6}, {12.1, 57.8}, {8, 57.8}},
		{{11.9, 57.65}, {11.95, 57.65}, {11.95, 57.7}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	drawn, without := m.Area("1480"), m.Area("1490")
	if !m.Official || drawn.Disc || !without.Disc {
		t.Errorf("official %v, disc with a boundary %v, without one %v", m.Official, drawn.Disc, without.Disc)
	}
	schematic, err := Build(seats)
	if err != nil {
		t.Fatal(err)
	}
	if schematic.Official || m.ViewBox == schematic.ViewBox || m.ViewBox[0] != '-' {
		t.Errorf("a boundary that reaches out to sea is seen in %q", m.ViewBox)
	}
	if drawn.LabelX < drawn.SeatX-250 && drawn.LabelX > drawn.SeatX {
		t.Errorf("the label is at %v", drawn.LabelX)
	}
}
