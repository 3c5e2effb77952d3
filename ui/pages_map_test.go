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
		{"travel", ui.MapArea{Seminars: 1, Travel: 15}, "cov1", "15"},
		{"travel", ui.MapArea{Seminars: 1, Travel: 16}, "cov2", "16"},
		{"travel", ui.MapArea{Seminars: 1, Travel: 61}, "cov5", "61"},
		{"travel", ui.MapArea{Seminars: 1}, "cov0", "0"},
		{"travel", ui.MapArea{}, "cov0", "–"},
		{"mixed", ui.MapArea{}, "cov0", "–"},
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

func TestAWaveHasItsColourFromTheWeekItBegins(t *testing.T) {
	m := ui.MapPage{Colour: "wave", Week: 3}
	if before, begun := m.Class(ui.MapArea{Wave: 2}), m.Class(ui.MapArea{Wave: 2, Begun: true}); before != "w0" || begun != "w2" {
		t.Errorf("before it begins the wave is %s, then %s", before, begun)
	}
	if m.Patterned(ui.MapArea{Wave: 2}) || !m.Patterned(ui.MapArea{Wave: 2, Begun: true}) {
		t.Error("the pattern does not come with the colour")
	}
}

func TestTheMapsAddressKeepsWhatIsChosen(t *testing.T) {
	m := ui.MapPage{Colour: "travel", Show: "venues", Selected: "1490", Week: 12}
	for _, c := range []struct{ name, value, want string }{
		{"colour", "seats", "/map?area=1490&colour=seats&show=venues&week=12"},
		{"venue", "v 1", "/map?colour=travel&show=venues&venue=v+1&week=12"},
		{"area", "", "/map?colour=travel&show=venues&week=12"},
		{"show", "areas", "/map?area=1490&colour=travel&show=areas&week=12"},
	} {
		if got := m.With(c.name, c.value); got != c.want {
			t.Errorf("with %s %q it is %s, want %s", c.name, c.value, got, c.want)
		}
	}
}
