package boundary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"path"
	"strconv"
	"strings"

	"kaskad/model"
)

const (
	// mostBytes is the most a file may hold when unpacked: all of Sweden at the
	// detail of Statistics Sweden's files, twice.
	mostBytes = 24 << 20
	// mostPoints bounds what is kept of the wanted municipalities.
	mostPoints = 300_000
	// nearBy is how far outside its boundary's box, in degrees, a main place
	// may lie: boundaries are drawn with and without islands.
	nearBy = 0.25
)

// Read finds the wanted municipalities in a GeoJSON file, plain, gzipped or in
// a ZIP archive, in WGS 84 or SWEREF 99 TM. Others are passed over. Errors are
// *model.Error; they name the feature, counted from 1.
func Read(data []byte, wanted []Place) (Set, error) {
	text, err := unpack(data)
	if err != nil {
		return nil, err
	}
	r := reader{wanted: map[string]Place{}, found: Set{}}
	for _, p := range wanted {
		r.wanted[p.Code] = p
	}
	if err := r.file(json.NewDecoder(bytes.NewReader(text))); err != nil {
		return nil, err
	}
	if len(r.found) == 0 {
		return nil, model.Errorf(model.Invalid, "boundary.none", "none of the file's %d areas is a municipality of the map", r.number)
	}
	return r.found, r.inPlace()
}

func broken() error {
	return model.Errorf(model.Invalid, "boundary.not-geojson", "this is no GeoJSON file with areas; export the boundaries as GeoJSON and choose that file")
}

func tooBig() error {
	return model.Errorf(model.Invalid, "boundary.too-big", "the file is larger than %d MB; leave out other counties or simplify it first", mostBytes>>20)
}

// unpack reads archives no further than the most a file may hold.
func unpack(data []byte) ([]byte, error) {
	var in io.Reader
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return nil, broken()
		}
		for _, f := range archive.File {
			ext := strings.ToLower(path.Ext(f.Name))
			if in != nil || ext != ".geojson" && ext != ".json" {
				continue
			}
			opened, err := f.Open()
			if err != nil {
				return nil, broken()
			}
			defer opened.Close()
			in = opened
		}
		if in == nil {
			return nil, broken()
		}
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		unzipped, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, broken()
		}
		in = unzipped
	default:
		in = bytes.NewReader(data)
	}
	text, err := io.ReadAll(io.LimitReader(in, mostBytes+1))
	if err != nil {
		return nil, broken()
	}
	if len(text) > mostBytes {
		return nil, tooBig()
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}

type reader struct {
	wanted map[string]Place
	found  Set
	number int // of the feature being read, from 1
	points int
	system *system // of the whole file, told by its first point
}

// feature is the part of RFC 7946 clause 3.2 that matters here.
type feature struct {
	ID         any            `json:"id"`
	Properties map[string]any `json:"properties"`
	Geometry   *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// file goes through the collection one feature at a time.
func (r *reader) file(in *json.Decoder) error {
	if t, err := in.Token(); err != nil || t != json.Delim('{') {
		return broken()
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return broken()
		}
		if name != "features" {
			var passed json.RawMessage
			if in.Decode(&passed) != nil {
				return broken()
			}
			continue
		}
		if t, err := in.Token(); err != nil || t != json.Delim('[') {
			return broken()
		}
		for in.More() {
			r.number++
			var f feature
			if in.Decode(&f) != nil {
				return model.Errorf(model.Invalid, "boundary.bad-feature", "area %d of the file cannot be read; export the file again", r.number)
			}
			if err := r.take(&f); err != nil {
				return err
			}
		}
		if _, err := in.Token(); err != nil {
			return broken()
		}
	}
	if _, err := in.Token(); err != nil { // cut off before its end
		return broken()
	}
	return nil
}

func (r *reader) take(f *feature) error {
	code := f.code()
	if code == "" {
		return model.Errorf(model.Invalid, "boundary.no-code", "area %d has no municipality code of four digits; it should be in a property such as kommunkod", r.number)
	}
	if _, wanted := r.wanted[code]; !wanted {
		return nil
	}
	var polygons [][][][2]float64
	switch {
	case f.Geometry == nil:
		return r.noArea(code)
	case f.Geometry.Type == "MultiPolygon":
		if json.Unmarshal(f.Geometry.Coordinates, &polygons) != nil {
			return r.noArea(code)
		}
	case f.Geometry.Type == "Polygon":
		polygons = make([][][][2]float64, 1)
		if json.Unmarshal(f.Geometry.Coordinates, &polygons[0]) != nil {
			return r.noArea(code)
		}
	default:
		return r.noArea(code)
	}
	for _, rings := range polygons {
		for _, points := range rings {
			if err := r.ring(code, points); err != nil {
				return err
			}
		}
	}
	if len(r.found[code]) == 0 {
		return r.noArea(code)
	}
	return nil
}

func (r *reader) noArea(code string) error {
	return model.Errorf(model.Invalid, "boundary.no-area", "area %d (code %s) is no polygon; export polygons, not lines or points", r.number, code)
}

// ring takes in one ring; RFC 7946 clause 3.1.6 asks for four points, the last as the first.
func (r *reader) ring(code string, points [][2]float64) error {
	if len(points) > 0 && points[0] == points[len(points)-1] {
		points = points[:len(points)-1]
	}
	if len(points) < 3 {
		return model.Errorf(model.Invalid, "boundary.short-ring", "area %d (code %s) has a ring of fewer than three corners; export the file again", r.number, code)
	}
	if r.points += len(points); r.points > mostPoints {
		return model.Errorf(model.Invalid, "boundary.too-detailed", "the boundaries have more than %d points; simplify them to about 50 metres first", mostPoints)
	}
	if r.system == nil {
		r.system = systemOf(points[0])
	}
	ring := make(Ring, len(points))
	for i, p := range points {
		if r.system == nil || !r.system.holds(p) {
			return model.Errorf(model.Invalid, "boundary.bad-coordinates", "area %d (code %s) has the coordinates %s, which are not in Sweden; export in WGS 84 or SWEREF 99 TM", r.number, code, inWords(p))
		}
		ring[i][0], ring[i][1] = r.system.degrees(p)
	}
	r.found[code] = append(r.found[code], ring)
	return nil
}

func inWords(p [2]float64) string {
	return strconv.FormatFloat(p[0], 'g', 8, 64) + " " + strconv.FormatFloat(p[1], 'g', 8, 64)
}

// inPlace tells when a boundary lies elsewhere than its municipality.
func (r *reader) inPlace() error {
	for code, rings := range r.found {
		p := r.wanted[code]
		west, south, east, north := 180.0, 90.0, -180.0, -90.0
		for _, ring := range rings {
			for _, q := range ring {
				west, east = min(west, q[0]), max(east, q[0])
				south, north = min(south, q[1]), max(north, q[1])
			}
		}
		if p.Lon < west-2*nearBy || p.Lon > east+2*nearBy || p.Lat < south-nearBy || p.Lat > north+nearBy {
			return model.Errorf(model.Invalid, "boundary.misplaced", "the boundary with code %s does not lie round %s; check that codes and areas go together in the file", code, p.Name)
		}
	}
	return nil
}

// codeNames are the properties in which files say the code, the surest first,
// in lower case: Statistics Sweden's, Lantmäteriet's, and what open copies use.
var codeNames = []string{"kommunkod", "knkod", "kn_kod", "kom_kod", "kom_code", "kommun_kod", "municipality_code", "kommunnummer", "kod", "code", "kommun", "id", "lan_code"}

// code is the municipality's four digits, "" when the feature does not tell.
func (f *feature) code() string {
	lower := map[string]any{}
	for name, value := range f.Properties {
		lower[strings.ToLower(name)] = value
	}
	for _, name := range codeNames {
		if code := fourDigits(lower[name]); code != "" {
			return code
		}
	}
	return fourDigits(f.ID)
}

func fourDigits(value any) string {
	var text string
	switch v := value.(type) {
	case string:
		text = strings.TrimSpace(v)
	case float64: // tables lose the first zero: 0180 comes as 180
		if v == float64(int(v)) && v >= 100 && v <= 9999 {
			text = strconv.Itoa(int(v))
			text = strings.Repeat("0", 4-len(text)) + text
		}
	case []any: // some portals export every value as a list
		if len(v) == 1 {
			if s, ok := v[0].(string); ok {
				text = s
			}
		}
	}
	if len(text) != 4 || strings.Trim(text, "0123456789") != "" {
		return ""
	}
	return text
}

// system is a way to say where a point is. They are told apart by magnitude,
// which is surer than "crs": RFC 7946 has abolished it and programs still
// leave it out or wrong.
type system struct {
	x, y    [2]float64 // ranges that hold Sweden
	degrees func(p [2]float64) (lon, lat float64)
}

var systems = []*system{
	{[2]float64{9, 26}, [2]float64{54, 70}, func(p [2]float64) (lon, lat float64) { return p[0], p[1] }},
	{[2]float64{54, 70}, [2]float64{9, 26}, func(p [2]float64) (lon, lat float64) { return p[1], p[0] }},
	{[2]float64{150e3, 1000e3}, [2]float64{6000e3, 7800e3}, func(p [2]float64) (lon, lat float64) { return fromSweref(p[0], p[1]) }},
	{[2]float64{6000e3, 7800e3}, [2]float64{150e3, 1000e3}, func(p [2]float64) (lon, lat float64) { return fromSweref(p[1], p[0]) }},
}

func systemOf(p [2]float64) *system {
	for _, s := range systems {
		if s.holds(p) {
			return s
		}
	}
	return nil
}

func (s *system) holds(p [2]float64) bool {
	return p[0] >= s.x[0] && p[0] <= s.x[1] && p[1] >= s.y[0] && p[1] <= s.y[1]
}
