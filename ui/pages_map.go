package ui

import (
	"time"

	"kaskad/ui/regionmap"
)

// MapPage shows the areas of the programme as a schematic map and the same
// facts as a table, in the same order.
type MapPage struct {
	Colour   string // "wave" or "coverage"
	Selected string // area code; empty for none
	Map      *regionmap.Map
	Areas    []MapArea
	Waves    []Option // legend when coloured by wave: Value is the wave's number
	// Boundaries are those the map is drawn with; nil: it is schematic.
	Boundaries *Boundaries
}

// MapArea is one municipality.
type MapArea struct {
	Code, Name, Subregion string
	Wave                  int // number of the wave, 1 and up; 0 for none
	WaveName              string
	Trained, Target       int // people
	Seminars              int
}

// Coverage is the whole percentage of the area's people that are trained.
func (a MapArea) Coverage() int { return share(a.Trained, a.Target) }

// Step is the five-step tint of the coverage: 0 for none, 1 for under 25 %,
// 2 under 50, 3 under 75, 4 under 100 and 5 for all.
func (a MapArea) Step() int {
	switch c := a.Coverage(); {
	case a.Trained <= 0:
		return 0
	case c >= 100:
		return 5
	default:
		return c/25 + 1
	}
}

// Area is the selected area; nil when none is.
func (m MapPage) Area() *MapArea {
	for i := range m.Areas {
		if m.Areas[i].Code == m.Selected {
			return &m.Areas[i]
		}
	}
	return nil
}

// Shape is the drawing of an area; nil when the map lacks it.
func (m MapPage) Shape(code string) *regionmap.Area {
	if m.Map == nil {
		return nil
	}
	return m.Map.Area(code)
}

// Boundaries are the official boundaries that have been taken in.
type Boundaries struct {
	Source  string // who they are from
	At      time.Time
	Points  int      // corners that are left of them
	Areas   int      // municipalities they cover
	Missing []string // names of the map's municipalities that they lack
}

// BoundariesPage takes official boundaries in and removes them.
type BoundariesPage struct {
	Now    *Boundaries // nil: the map is schematic
	Source string      // as it stands in the form
	Error  string
}
