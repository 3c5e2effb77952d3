package ui_test

import (
	"slices"
	"testing"

	"kaskad/ui"
)

func TestEachColourHasItsOwnSteps(t *testing.T) {
	for _, c := range []struct {
		colour       string
		area         ui.MapArea
		class, label string
	}{
		{"wave", ui.MapArea{Wave: 3}, "w3", "3"},
		{"wave", ui.MapArea{}, "w0", ""},
		{"coverage", ui.MapArea{Trained: 1, Target: 200}, "cov1", "0"},
		{"travel", ui.MapArea{Travel: 15}, "cov1", "15"},
		{"travel", ui.MapArea{Travel: 16}, "cov2", "16"},
		{"travel", ui.MapArea{Travel: 61}, "cov5", "61"},
		{"travel", ui.MapArea{}, "cov0", "0"},
		{"seats", ui.MapArea{Seats: 400}, "cov5", "400"},
		{"seats", ui.MapArea{Seats: 399}, "cov4", "399"},
		{"mixed", ui.MapArea{Mixed: 3, Seminars: 4}, "cov4", "75"},
		{"mixed", ui.MapArea{Mixed: 4, Seminars: 4}, "cov5", "100"},
	} {
		m := ui.MapPage{Colour: c.colour}
		if class, label := m.Class(c.area), m.Label(c.area); class != c.class || label != c.label {
			t.Errorf("by %s %+v is %s %q, want %s %q", c.colour, c.area, class, label, c.class, c.label)
		}
	}
	if got := (ui.MapPage{Colour: "travel"}).Legend(); !slices.Equal(got, []string{"0", "1–15", "16–30", "31–45", "46–60", "61–"}) {
		t.Errorf("the legend of travel is %q", got)
	}
	if got := (ui.MapPage{Colour: "mixed"}).Legend(); got[4] != "75–99\u00a0%" || got[5] != "100\u00a0%" {
		t.Errorf("the legend of mixed is %q", got)
	}
}
