package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kaskad/server/web"
)

func TestRiskSaysWhenEveryoneIsDone(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	calm := "absent=0&ill=0&stops=0&lost=0&snow=0&overbook=0&reserve=0&runs=5&seed=1"
	// The small plan gives six places, and its last seminar is on 12 February.
	body := strings.ReplaceAll(v.expect(v.get("/risk?"+calm), http.StatusOK).body, "\u00a0", " ")
	for _, want := range []string{"In half of 5 playings everyone is done by 12 February 2027, in nine of ten by 12 February 2027.",
		"give 6 of 6 planned places, and 0 more seminars", "Göteborg", "slack=1"} {
		if !strings.Contains(body, want) {
			t.Errorf("where nothing goes wrong the page does not say %q", want)
		}
	}
	if strings.Contains(body, "risk.") {
		t.Error("the page shows the key of a text")
	}
	expectNoSecrets(t, "the page", body)
	worst := v.expect(v.get("/risk?"+strings.Replace(calm, "absent=0", "absent=100", 1)), http.StatusOK).body
	if !strings.Contains(worst, "give 0 of 6 planned places") {
		t.Error("where nobody comes somebody has come")
	}
	again := v.get("/risk?" + strings.Replace(calm, "absent=0", "absent=100", 1)).body
	if again[strings.Index(again, "<main"):] != worst[strings.Index(worst, "<main"):] {
		t.Error("the same seed shows another page")
	}
	slack := v.expect(v.get("/risk?slack=1&"+strings.Replace(calm, "overbook=0", "overbook=7", 1)), http.StatusOK).body
	if !strings.Contains(slack, "7 invited beyond the seats") || !strings.Contains(slack, "No slack") {
		t.Error("the table of slack lacks a row")
	}
}

func TestRiskRefusesRatesBeyondTheirLimits(t *testing.T) {
	v := planned(t).signedIn(coordinator)
	for _, query := range []string{"absent=-1", "absent=101", "ill=x", "runs=0", "runs=401", "seed=1000001", "overbook=11", "snow="} {
		if body := v.get("/risk?" + query); query != "snow=" && (body.status != http.StatusUnprocessableEntity || !strings.Contains(body.body, `aria-invalid="true"`)) {
			t.Errorf("%s: status %d", query, body.status)
		}
		if query != "snow=" && strings.Contains(v.get("/risk?"+query).body, english(t, "risk.empty.title")) {
			t.Errorf("%s: the page says that there is no plan", query)
		}
	}
	empty := loaded(t).signedIn(coordinator)
	if body := empty.expect(empty.get("/risk"), http.StatusOK).body; !strings.Contains(body, english(t, "risk.empty.title")) {
		t.Error("without a plan the page shows figures")
	}
}

func TestTextsOfRiskAreInEveryLanguage(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	for _, key := range []string{"absent", "ill", "stops", "lost", "snow", "overbook", "reserve", "runs", "seed"} {
		expectText(t, renderer, "risk.field."+key, "risk.go")
	}
	for _, unit := range []string{"seats", "led", "leaders-year", "venues-year", "days", "seminar", "area", "times", "seed"} {
		expectText(t, renderer, "risk.unit."+unit, "risk.go")
	}
}
