package ui

import (
	"fmt"
	"strconv"
	"time"

	"kaskad/ui/regionmap"
)

// MapPage shows the areas of the programme as a schematic map and the same
// facts as a table, in the same order.
type MapPage struct {
	Colour   string // one of MapColours
	Selected string // area code; empty for none
	Map      *regionmap.Map
	Areas    []MapArea
	Waves    []Option // legend when coloured by wave: Value is the wave's number
	// Boundaries are those the map is drawn with; nil: it is schematic.
	Boundaries *Boundaries
	// Flows are where the people of the selected area go, most first.
	Flows []Flow
}

// Flow is the people of the selected area who have a seat at a venue.
type Flow struct {
	Venue  string // id; empty for several small ones together
	Name   string // of the venue
	Venues int    // how many venues it stands for
	People int
	Travel int    // minutes one way, mean of their seats; 0 online
	Line   string // path from the area to the venue; empty when there is none
	Width  float64
}

// MapColours are what the map can be coloured by.
var MapColours = []string{"wave", "coverage", "travel", "seats", "mixed"}

// Colours lists them for the template.
func (MapPage) Colours() []string { return MapColours }

// scales say where each tint of a colour begins, in its own unit.
var scales = map[string][5]int{
	"coverage": {1, 25, 50, 75, 100}, // percent
	"mixed":    {1, 25, 50, 75, 100}, // percent
	"travel":   {1, 16, 31, 46, 61},  // minutes
	"seats":    {1, 50, 100, 200, 400},
}

// Own tells whether the table needs a column for what the map is coloured by.
func (m MapPage) Own() bool {
	return m.Colour == "travel" || m.Colour == "seats" || m.Colour == "mixed"
}

// Under is the width of the pale stroke below a flow's line.
func (f Flow) Under() float64 { return f.Width + 4 }

// value is what an area is coloured by.
func (m MapPage) value(a MapArea) int {
	switch m.Colour {
	case "travel":
		return a.Travel
	case "seats":
		return a.Seats
	case "mixed":
		return share(a.Mixed, a.Seminars)
	}
	return a.Coverage()
}

// Class is the colour of an area.
func (m MapPage) Class(a MapArea) string {
	switch m.Colour {
	case "wave":
		return "w" + strconv.Itoa(a.Wave)
	case "coverage":
		return "cov" + strconv.Itoa(a.Step())
	}
	step := 0
	for step < 5 && m.value(a) >= scales[m.Colour][step] {
		step++
	}
	return "cov" + strconv.Itoa(step)
}

// Label is the number written on an area; empty for none.
func (m MapPage) Label(a MapArea) string {
	switch {
	case m.Colour != "wave":
		return strconv.Itoa(m.value(a))
	case a.Wave > 0:
		return strconv.Itoa(a.Wave)
	}
	return ""
}

// Legend says from where to where each tint goes, the palest first.
func (m MapPage) Legend() []string {
	scale, unit := scales[m.Colour], ""
	if m.Colour == "coverage" || m.Colour == "mixed" {
		unit = "\u00a0%"
	}
	list := []string{"0" + unit}
	for i, from := range scale {
		switch {
		case i < 4:
			list = append(list, fmt.Sprintf("%d–%d%s", from, scale[i+1]-1, unit))
		case unit != "":
			list = append(list, strconv.Itoa(from)+unit)
		default:
			list = append(list, strconv.Itoa(from)+"–")
		}
	}
	return list
}

// MapArea is one municipality.
type MapArea struct {
	Code, Name, Subregion string
	Wave                  int // number of the wave, 1 and up; 0 for none
	WaveName              string
	Trained, Target       int // people
	Seminars              int // that its people go to
	Planned               int // people with a seat for everything they need
	Travel                int // minutes one way, mean of its people's seats that are not online
	Seats                 int // left in seminars to come that its people go to
	Mixed                 int // of Seminars, those where all sectors meet
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
