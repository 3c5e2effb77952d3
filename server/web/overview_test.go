package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

func TestTheOverviewLeadsToWhatIsBehind(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/overview"), http.StatusOK, "2 people lack a seat in something they need. See why", "The hours: plan, actual and forecast",
		"0 have attended, 3 have a planned seat, of 4").body
	if !strings.Contains(page, `<a href="/ask">See why</a>`) || !strings.Contains(page, `class="curve-plan"`) {
		t.Errorf("the overview lacks the way to what would help, or the curve:\n%s", words(page))
	}
	if strings.Contains(page, "cannot hold what is planned") {
		t.Error("a venue is at risk that holds all it should")
	}
	s.do(model.Record{Circumstance: model.Circumstance{Kind: model.VenueClosed, Venue: "room", From: s.clock.Now(), To: s.clock.Now().Add(90 * 24 * time.Hour)}})
	page = v.expect(v.get("/overview"), http.StatusOK, "One venue cannot hold what is planned there").body
	if !strings.Contains(page, `<a href="/venues/room">Show where</a>`) {
		t.Errorf("the closed venue has no link:\n%s", words(page))
	}
	if list := words(v.get("/venues?use=risk").body); !strings.Contains(list, "Salen") || strings.Contains(list, "Ladan") {
		t.Errorf("the venues at risk are not listed alone:\n%s", list)
	}
	s.clock.forward(60 * 24 * time.Hour)
	if page = v.get("/overview").body; strings.Contains(page, "cannot hold what is planned") {
		t.Error("seminars that are over put a venue at risk")
	}
}

// A forecast is reckoned once and shown until a seminar is over.
func TestAForecastIsNoOlderThanTheLastSeminar(t *testing.T) {
	s := published(t)
	for _, x := range []struct {
		at   time.Time
		held string
	}{
		{time.Date(2027, 2, 3, 7, 59, 0, 0, time.UTC), "Hours held 0 of 8"},
		{time.Date(2027, 2, 3, 8, 59, 0, 0, time.UTC), "Hours held 0 of 8"}, // three people are in their seminar
		{time.Date(2027, 2, 3, 9, 0, 0, 0, time.UTC), "Hours held 3 of 8"},
		{time.Date(2027, 2, 10, 9, 0, 0, 0, time.UTC), "Hours held 5 of 8"},
	} {
		s.clock.forward(x.at.Sub(s.clock.Now()))
		v := s.signedIn(coordinator)
		v.expect(v.get("/forecast"), http.StatusOK, x.held)
		v.expect(v.get("/forecast"), http.StatusOK, x.held)
	}
}
