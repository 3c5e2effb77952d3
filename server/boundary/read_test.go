package boundary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"kaskad/model"
)

var boras = []Place{{Code: "1490", Name: "Borås", Lat: 57.72, Lon: 12.94}}

const square = `[[12.7,57.6],[13.1,57.6],[13.1,57.9],[12.7,57.9],[12.7,57.6]]`

func collection(features string) string {
	return `{"type":"FeatureCollection","features":[` + features + `]}`
}

func named(properties, geometry string) string {
	return `{"type":"Feature","properties":{` + properties + `},"geometry":` + geometry + `}`
}

func polygon(rings string) string { return `{"type":"Polygon","coordinates":[` + rings + `]}` }

func TestAMunicipalityIsFoundByItsCode(t *testing.T) {
	for _, f := range []string{
		named(`"kommunkod":"1490"`, polygon(square)),
		named(`"KnKod":"1490","id":"7"`, polygon(square)),
		named(`"id":"1490","lan_code":"14"`, polygon(square)),
		named(`"lan_code":"1490"`, polygon(square)),
		named(`"kom_code":["1490"]`, polygon(square)),
		named(`"kod":1490`, polygon(square)),
		`{"type":"Feature","id":"1490","geometry":` + polygon(square) + `}`,
		named(`"kommunkod":"1490"`, `{"type":"MultiPolygon","coordinates":[[`+square+`]]}`),
		named(`"kommunkod":"0180"`, `null`) + `,` + named(`"kommunkod":"1490"`, polygon(square)),
		// north before east, and a height
		named(`"kommunkod":"1490"`, polygon(`[[57.6,12.7,80],[57.6,13.1,80],[57.9,13.1,80],[57.9,12.7,80],[57.6,12.7,80]]`)),
		// SWEREF 99 TM
		named(`"kommunkod":"1490"`, polygon(`[[363000,6387000],[387000,6387000],[387000,6420000],[363000,6420000],[363000,6387000]]`)),
		named(`"kommunkod":"1490"`, polygon(`[[6387000,363000],[6387000,387000],[6420000,387000],[6420000,363000]]`)),
	} {
		set, err := Read([]byte(collection(f)), boras)
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		if rings := set["1490"]; len(set) != 1 || len(rings) != 1 || len(rings[0]) != 4 {
			t.Errorf("%s gives %v", f, set)
			continue
		}
		for _, p := range set["1490"][0] {
			if p[0] < 12.6 || p[0] > 13.2 || p[1] < 57.5 || p[1] > 58 {
				t.Errorf("%s has a corner at %v", f, p)
			}
		}
	}
	if code := fourDigitsOf(114.0); code != "0114" {
		t.Errorf("the number 114 is the code %q", code)
	}
}

func fourDigitsOf(value any) string {
	return (&feature{Properties: map[string]any{"KOMMUNKOD": value}}).code()
}

func TestFilesAreUnpacked(t *testing.T) {
	text := "\xef\xbb\xbf" + collection(named(`"kommunkod":"1490"`, polygon(square)))
	var gz, zipped bytes.Buffer
	w := gzip.NewWriter(&gz)
	_, errWrite := w.Write([]byte(text))
	archive := zip.NewWriter(&zipped)
	_, errReadme := archive.Create("LÄS.txt")
	f, errFile := archive.Create("karta/kommuner.GeoJSON")
	if err := errors.Join(errWrite, w.Close(), errReadme, errFile); err != nil {
		t.Fatal(err)
	}
	_, errWrite = f.Write([]byte(text))
	if err := errors.Join(errWrite, archive.Close()); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"plain": []byte(text), "gz": gz.Bytes(), "zip": zipped.Bytes()} {
		if set, err := Read(data, boras); err != nil || len(set) != 1 {
			t.Errorf("%s: %v %v", name, set, err)
		}
	}
	for name, data := range map[string][]byte{"gz": gz.Bytes(), "zip": zipped.Bytes(), "plain": []byte(text)} {
		for cut := range data {
			if _, err := Read(data[:cut], boras); err == nil && !(name == "gz" && cut > len(data)-8) {
				t.Errorf("%s cut off after %d of %d bytes is taken in", name, cut, len(data))
			}
		}
	}
	var bomb bytes.Buffer
	w = gzip.NewWriter(&bomb)
	_, errWrite = w.Write(bytes.Repeat([]byte(" "), mostBytes+1))
	if err := errors.Join(errWrite, w.Close()); err != nil {
		t.Fatal(err)
	}
	expectKey(t, "a bomb", bomb.Bytes(), "boundary.too-big", "24 MB")
}

func expectKey(t *testing.T, name string, data []byte, key, words string) {
	t.Helper()
	_, err := Read(data, boras)
	var e *model.Error
	if !errors.As(err, &e) || e.Key != key || !strings.Contains(e.Text, words) {
		t.Errorf("%s: %v, want %s with %q", name, err, key, words)
	}
}

func TestFaultsNameTheAreaAndTheWayOut(t *testing.T) {
	good := named(`"kommunkod":"1490"`, polygon(square))
	for _, c := range []struct{ name, text, key, words string }{
		{"nothing", ``, "boundary.not-geojson", "GeoJSON"},
		{"a list", `[]`, "boundary.not-geojson", "GeoJSON"},
		{"no features", `{"features":7}`, "boundary.not-geojson", "GeoJSON"},
		{"nobody we want", collection(named(`"kommunkod":"0180"`, polygon(square))), "boundary.none", "1 areas"},
		{"no code", collection(good + `,` + named(`"namn":"Borås"`, polygon(square))), "boundary.no-code", "area 2"},
		{"a line", collection(named(`"kommunkod":"1490"`, `{"type":"LineString","coordinates":`+square+`}`)), "boundary.no-area", "area 1 (code 1490)"},
		{"no geometry", collection(named(`"kommunkod":"1490"`, `null`)), "boundary.no-area", "area 1"},
		{"no ring", collection(named(`"kommunkod":"1490"`, polygon(``))), "boundary.no-area", "area 1"},
		{"two corners", collection(named(`"kommunkod":"1490"`, polygon(`[[12.7,57.6],[13.1,57.6],[12.7,57.6]]`))), "boundary.short-ring", "area 1"},
		{"text for numbers", collection(named(`"kommunkod":"1490"`, polygon(`[["a","b"]]`))), "boundary.no-area", "area 1"},
		{"a broken feature", collection(good + `,{"type":}`), "boundary.bad-feature", "area 2"},
		{"RT 90", collection(named(`"kommunkod":"1490"`, polygon(`[[1320000,6400000],[1340000,6400000],[1340000,6420000]]`))), "boundary.bad-coordinates", "WGS 84"},
		{"web Mercator", collection(named(`"kommunkod":"1490"`, polygon(`[[1440000,7900000],[1450000,7900000],[1450000,7910000]]`))), "boundary.bad-coordinates", "WGS 84"},
		{"one number short", collection(named(`"kommunkod":"1490"`, polygon(`[[12.7,57.6],[13.1],[12.7,57.7]]`))), "boundary.bad-coordinates", "13.1 0"},
		{"elsewhere", collection(named(`"kommunkod":"1490"`, polygon(`[[18,59.2],[18.1,59.2],[18.1,59.3]]`))), "boundary.misplaced", "Borås"},
	} {
		expectKey(t, c.name, []byte(c.text), c.key, c.words)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(collection(named(`"kommunkod":"1490"`, polygon(square)))))
	f.Add([]byte(collection(named(`"kommunkod":"1490"`, `{"type":"MultiPolygon","coordinates":[[`+square+`,`+square+`],[[[12.8,57.7],[12.8,57.7],[12.8,57.7]]]]}`))))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte{0x1f, 0x8b, 8})
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Read(data, boras)
		var e *model.Error
		if err != nil {
			if !errors.As(err, &e) {
				t.Fatalf("%v is no sentence for a coordinator", err)
			}
			return
		}
		fitted := Fit(set, 300)
		if len(fitted["1490"]) == 0 || len(fitted["1490"][0]) == 0 || fitted.Points() > set.Points() {
			t.Fatalf("%v became %v", set, fitted)
		}
	})
}
