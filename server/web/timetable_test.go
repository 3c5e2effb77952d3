package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func init() {
	access["GET /timetable"], access["GET /timetable/shift"], access["POST /timetable/shift"] = "coordinator", "coordinator", "coordinator"
}

func TestTimetableShowsTheWeekByAnything(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for by, label := range map[string]string{"venue": "Salen", "leader": "Namn lenason", "area": "Göteborg", "module": "Etik", "nonsense": "Salen"} {
		page := v.get("/timetable?week=2027-02-03&by=" + by)
		if page.status != http.StatusOK || !strings.Contains(page.body, `href="/seminars/`+s.named("d2")+`"`) || !strings.Contains(words(page.body), label) {
			t.Errorf("by %s the page answers %d without %s:\n%s", by, page.status, label, words(page.body))
		}
		if strings.Contains(page.body, s.named("d3")) {
			t.Errorf("by %s it shows next week's seminar", by)
		}
	}
	if page := v.get("/timetable"); !strings.Contains(page.body, s.named("d1")) {
		t.Error("without a week it does not show the week of the next seminar")
	}
	for _, odd := range []string{"0000-00-00", "99999-01-01", "%00"} {
		if page := v.get("/timetable?week=" + odd); page.status != http.StatusOK {
			t.Errorf("week %s: %d", odd, page.status)
		}
	}
}

func TestShiftingAWeekFromItsPageDoesWhatWasShownAndIsUndone(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page := v.get("/timetable/shift?week=2027-02-08&weeks=-2").body
	if !strings.Contains(page, "<h2 id=\"stuck\"") {
		t.Errorf("nothing stands in the way of two weeks earlier:\n%s", words(page))
	}
	page = v.get("/timetable/shift?week=2027-02-08&weeks=1").body
	moves := regexp.MustCompile(`name="move" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(moves) != 2 {
		t.Fatalf("%d moves offered, want the two of that week:\n%s", len(moves), words(page))
	}
	v.expect(v.submit("/timetable/shift", url.Values{"move": {moves[0][1], moves[1][1]}, "back": {"https://elsewhere.example.org"}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-17" {
		t.Errorf("moved to %s", got)
	}
	edits := s.service.State().Edits
	v.expect(v.submit("/changes/undo", url.Values{"edit": {edits[len(edits)-1].ID}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-10" {
		t.Errorf("undone, it is at %s", got)
	}
	v.expect(v.submit("/timetable/shift", url.Values{"move": {s.named("d3") + "=nowhere"}}), http.StatusSeeOther)
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-10" {
		t.Errorf("moved nowhere, it is at %s", got)
	}
}
