package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"kaskad/server/store"
)

// sendBoundaries sends a file as the form does.
func (v *visitor) sendBoundaries(content, source string) answer {
	v.site.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	v.site.must(form.WriteField("csrf", v.formToken()))
	v.site.must(form.WriteField("source", source))
	part, err := form.CreateFormFile("file", "kommuner.geojson")
	v.site.must(err)
	_, err = part.Write([]byte(content))
	v.site.must(err)
	v.site.must(form.Close())
	return v.ask(http.MethodPost, "/map/boundaries", b.String(), "Content-Type", form.FormDataContentType())
}

const goteborg = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kommunkod":"1480"},` +
	`"geometry":{"type":"Polygon","coordinates":[[[11.8,57.6],[12.1,57.6],[12.1,57.8],[11.8,57.8],[11.8,57.6]]]}}]}`

func TestOfficialBoundariesAreTakenInAndRemoved(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	schematic := v.expect(v.get("/map"), http.StatusOK, "Schematic map", "Take in official boundaries")
	v.expect(v.get("/map/boundaries"), http.StatusOK, "The map is schematic")
	v.leads(v.sendBoundaries(goteborg, "SCB <2026>"), "/map/boundaries")
	v.expect(v.get("/map/boundaries"), http.StatusOK, "The boundary of one municipality has been taken in.", "Boundaries: SCB &lt;2026&gt;, taken in on", "drawn as dots: Ale, Alingsås")
	official := v.expect(v.get("/map"), http.StatusOK, "Boundaries: SCB &lt;2026&gt;", "Change or remove")
	if strings.Contains(official.body, "Schematic") || areaPath(t, schematic.body) == areaPath(t, official.body) {
		t.Error("the map is drawn as before")
	}
	if got := strings.Count(areaPath(t, official.body), "L"); got != 3 {
		t.Errorf("a square is drawn with %d sides and the closing one", got)
	}
	v.leads(v.submit("/map/boundaries/remove", nil), "/map/boundaries")
	v.expect(v.get("/map/boundaries"), http.StatusOK, "The boundaries have been removed.")
	if again := v.get("/map"); areaPath(t, again.body) != areaPath(t, schematic.body) {
		t.Error("without boundaries the map is not as it was")
	}
}

// areaPath is how Göteborg is drawn.
func areaPath(t *testing.T, page string) string {
	t.Helper()
	_, after, found := strings.Cut(page, `data-area="1480"`)
	_, after, drawn := strings.Cut(after, ` d="`)
	path, _, _ := strings.Cut(after, `"`)
	if !found || !drawn {
		t.Fatal("Göteborg is not on the map")
	}
	return path
}

func TestBoundariesThatCannotBeTakenInChangeNothing(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.leads(v.sendBoundaries(goteborg, "SCB"), "/map/boundaries")
	for content, want := range map[string]string{
		"": "This is no GeoJSON file with areas",
		strings.Replace(goteborg, "1480", "0180", 1):     "1 areas is a municipality of the map",
		strings.Replace(goteborg, "1480", "1490", 1):     "does not lie round Borås",
		strings.Replace(goteborg, "11.8,57.6", "1,2", 1): "Area 1 (code 1480) has the coordinates 1 2",
	} {
		v.expect(v.sendBoundaries(content, "SCB"), http.StatusUnprocessableEntity, want, "Boundaries: SCB")
	}
	for _, source := range []string{"", " ", strings.Repeat("å", 81), "\xff"} {
		v.expect(v.sendBoundaries(goteborg, source), http.StatusUnprocessableEntity, "at most 80 characters")
	}
	v.expect(v.submit("/map/boundaries", nil), http.StatusUnprocessableEntity, "at most 80 characters")
	s.store.Inject(func(method, key string) store.Fault {
		if key == "boundaries" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	if a := v.get("/map"); a.status < 500 {
		t.Errorf("a store that does not answer gives %d", a.status)
	}
}
