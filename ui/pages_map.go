package ui

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"kaskad/ui/regionmap"
)

// MapPage shows the areas of the programme, or the venues, as a schematic map
// and the same facts as a table, in the same order.
type MapPage struct {
	Colour string // one of MapColours
	Show   string // one of MapShows: what the table lists
	Map    *regionmap.Map
	Areas  []MapArea
	Venues []MapVenue // those with seminars, most people first; empty when areas are shown
	More   int        // venues that are not in the table
	Waves  []Option   // legend when coloured by wave: Value is the wave's number
	// Boundaries are those the map is drawn with; nil: it is schematic.
	Boundaries *Boundaries

	Selected string    // area code; empty for none
	Venue    *MapVenue // the selected venue; nil for none
	// Flows are where the people of the selected area go, or where those who go
	// to the selected venue are from, most first.
	Flows []Flow

	Week  int         // of the programme, 1 and up: everything counts up to its end; 0: as things stand
	Weeks []time.Time // Mondays
}

// Flow is people of one area who have a seat at one venue.
type Flow struct {
	Name   string // of the other end
	Param  string // how the other end is selected: "area" or "venue"
	Value  string // empty for several small ones together
	Wave   int    // of the area, 0 for none: the colour of the line
	Others int    // how many small ones it stands for
	People int
	Travel int    // minutes one way, mean of their seats; 0 online
	Line   string // path between the two; empty when there is none
	Width  float64
}

// MapVenue is one venue.
type MapVenue struct {
	ID, Name, Area string
	Online, Shown  bool    // Shown: it has a place on the map
	X, Y, Size     float64 // of its mark: the middle, and half a side
	Seminars       int
	People         int // different ones
	Taken, Seats   int
	Travel         int // minutes one way, mean of its seats
	Mixed          int // of Seminars, those where all sectors meet
	Rooms, Holds   int // rooms, and seats in each
}

// Filled is the whole percentage of the seats that are taken.
func (v MapVenue) Filled() int { return share(v.Taken, v.Seats) }

// Left, Top and Side place the mark.
func (v MapVenue) Left() float64 { return v.X - v.Size }
func (v MapVenue) Top() float64  { return v.Y - v.Size }
func (v MapVenue) Side() float64 { return 2 * v.Size }

// MapShows are what the table beside the map can list.
var MapShows = []string{"areas", "venues"}

// Shows lists them for the template.
func (MapPage) Shows() []string { return MapShows }

// With is the address of the map with one choice changed; "" unmakes it. An area
// and a venue are not selected at once.
func (m MapPage) With(name, value string) string {
	chosen := map[string]string{"colour": m.Colour, "area": m.Selected}
	if m.Show != MapShows[0] {
		chosen["show"] = m.Show
	}
	if m.Venue != nil {
		chosen["venue"] = m.Venue.ID
	}
	if m.Week > 0 {
		chosen["week"] = strconv.Itoa(m.Week)
	}
	switch name {
	case "area":
		delete(chosen, "venue")
	case "venue":
		delete(chosen, "area")
	}
	chosen[name] = value
	query := url.Values{}
	for name, value := range chosen {
		if value != "" {
			query.Set(name, value)
		}
	}
	return "/map?" + query.Encode()
}

// At is the Monday of the chosen week.
func (m MapPage) At() time.Time { return m.Weeks[m.Week-1] }

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
		if m.Week > 0 && !a.Begun {
			return "w0"
		}
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

// Patterned tells whether a wave's pattern lies over an area.
func (m MapPage) Patterned(a MapArea) bool {
	return m.Colour == "wave" && a.Wave >= 2 && a.Wave <= 6 && m.Class(a) != "w0"
}

// Label is the number written on an area; empty for none.
func (m MapPage) Label(a MapArea) string {
	switch {
	case a.Seminars == 0 && (m.Colour == "travel" || m.Colour == "mixed"):
		return "–"
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
	Begun                 bool // its wave begins by the end of the chosen week
	Trained, Target       int  // people
	Seminars              int  // that its people go to
	Planned               int  // people with a seat for everything they need
	Travel                int  // minutes one way, mean of its people's seats that are not online
	Seats                 int  // left in seminars to come that its people go to
	Mixed                 int  // of Seminars, those where all sectors meet
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
