package regionmap_test

import (
	"encoding/csv"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"kaskad/ui/regionmap"
)

func readSeats(tb testing.TB) []regionmap.Seat {
	tb.Helper()
	file, err := os.Open("../gallery/seats.csv")
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var seats []regionmap.Seat
	for _, row := range rows[1:] { // code,name,seat,lat,lon,subregion
		lat, errLat := strconv.ParseFloat(row[3], 64)
		lon, errLon := strconv.ParseFloat(row[4], 64)
		if errLat != nil || errLon != nil {
			tb.Fatalf("seat %s: %v %v", row[0], errLat, errLon)
		}
		seats = append(seats, regionmap.Seat{Code: row[0], Name: row[1], Lat: lat, Lon: lon})
	}
	return seats
}

func build(tb testing.TB) *regionmap.Map {
	tb.Helper()
	m, err := regionmap.Build(readSeats(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

type xy struct{ x, y float64 }

// parse reads the M…L…Z paths of areas that are not discs.
func parse(tb testing.TB, path string) [][]xy {
	tb.Helper()
	var rings [][]xy
	for part := range strings.SplitSeq(strings.TrimSuffix(path, "Z"), "Z") {
		var ring []xy
		for pair := range strings.SplitSeq(strings.TrimPrefix(part, "M"), "L") {
			x, y, _ := strings.Cut(pair, " ")
			px, errX := strconv.ParseFloat(x, 64)
			py, errY := strconv.ParseFloat(y, 64)
			if errX != nil || errY != nil {
				tb.Fatalf("path has %q", pair)
			}
			ring = append(ring, xy{px, py})
		}
		rings = append(rings, ring)
	}
	return rings
}

func areaOf(rings [][]xy) float64 {
	var sum float64
	for _, r := range rings {
		var twice float64
		for i, p := range r {
			q := r[(i+1)%len(r)]
			twice += p.x*q.y - q.x*p.y
		}
		sum += math.Abs(twice) / 2
	}
	return sum
}

func contains(rings [][]xy, p xy) bool {
	in := false
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
				in = !in
			}
		}
	}
	return in
}

func TestEveryMunicipalityIsDrawn(t *testing.T) {
	m := build(t)
	if len(m.Areas) != 49 {
		t.Fatalf("%d areas, want 49", len(m.Areas))
	}
	for _, s := range readSeats(t) {
		if a := m.Area(s.Code); a == nil || a.Path == "" || a.Name != s.Name {
			t.Errorf("Area(%s) = %+v, want a path named %s", s.Code, a, s.Name)
		}
	}
	if m.Area("0180") != nil {
		t.Error("Area(0180) found Stockholm on the map")
	}
}

func TestCellsFillTheOutlineWithoutOverlap(t *testing.T) {
	m := build(t)
	var sum float64
	for _, a := range m.Areas {
		if !a.Disc {
			sum += areaOf(parse(t, a.Path))
		}
	}
	whole := areaOf(parse(t, m.Outline))
	if off := math.Abs(sum-whole) / whole; off > 0.001 {
		t.Errorf("areas sum to %.0f, outline is %.0f: %.2f %% off, want at most 0.1 %%", sum, whole, off*100)
	}
}

// TestSeatLiesInItsOwnCell allows what the 1:10m coast gets wrong: a seat at
// the water's edge may lie up to ten units (3 km) off its cell.
func TestSeatLiesInItsOwnCell(t *testing.T) {
	m := build(t)
	discs, off := 0, 0
	for _, a := range m.Areas {
		if a.Disc {
			discs++
			continue
		}
		rings, seat := parse(t, a.Path), xy{a.SeatX, a.SeatY}
		if contains(rings, seat) {
			continue
		}
		off++
		if d := distance(rings, seat); d > 10 {
			t.Errorf("%s: seat is %.1f units outside its cell", a.Name, d)
		}
	}
	if discs != 1 || m.Area("1407") == nil || !m.Area("1407").Disc {
		t.Errorf("%d discs, want only Öckerö", discs)
	}
	if off > 8 {
		t.Errorf("%d seats are off their cells, want at most 8", off)
	}
}

func distance(rings [][]xy, p xy) float64 {
	nearest := math.Inf(1)
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			dx, dy := b.x-a.x, b.y-a.y
			t := max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/(dx*dx+dy*dy+1e-12)))
			nearest = min(nearest, math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy))
		}
	}
	return nearest
}

func TestLabelsLieInTheirCellsAndOnLand(t *testing.T) {
	m := build(t)
	for _, a := range m.Areas {
		if a.Disc {
			continue
		}
		label := xy{a.LabelX, a.LabelY}
		if !contains(parse(t, a.Path), label) {
			t.Errorf("%s: label outside its cell", a.Name)
		}
		for _, lake := range m.Lakes {
			if contains(parse(t, lake.Path), label) {
				t.Errorf("%s: label in %s", a.Name, lake.Name)
			}
		}
	}
}

func TestLakesAreWhereTheyShouldBe(t *testing.T) {
	m := build(t)
	if len(m.Lakes) != 2 || m.Lakes[0].Name != "Vänern" || m.Lakes[1].Name != "Vättern" {
		t.Fatalf("lakes = %+v, want Vänern and Vättern", m.Lakes)
	}
	mariestad, hjo := m.Area("1493"), m.Area("1497")
	if m.Lakes[0].LabelX > mariestad.SeatX || m.Lakes[1].LabelX < hjo.SeatX {
		t.Error("Vänern must be west of Mariestad and Vättern east of Hjo")
	}
}

func TestSameSeatsGiveTheSameDrawing(t *testing.T) {
	if !reflect.DeepEqual(build(t), build(t)) {
		t.Error("two builds of the same seats differ")
	}
}

func TestBuildRefusesSeatsItCannotDraw(t *testing.T) {
	at := func(code string, lon float64) regionmap.Seat {
		return regionmap.Seat{Code: code, Name: code, Lat: 58, Lon: lon}
	}
	for name, seats := range map[string][]regionmap.Seat{
		"no seats":        nil,
		"one code twice":  {at("1480", 12), at("1480", 13)},
		"two on the spot": {at("1480", 12), at("1481", 12)},
	} {
		if m, err := regionmap.Build(seats); err == nil {
			t.Errorf("%s: built a map with %d areas, want an error", name, len(m.Areas))
		}
	}
	if m, err := regionmap.Build([]regionmap.Seat{at("1480", 12.5)}); err != nil || m.Areas[0].Path != m.Outline {
		t.Errorf("one seat: error %v, want the whole outline as its cell", err)
	}
}
