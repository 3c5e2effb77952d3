package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const asJSON = "application/json"

func TestEveryPageSpeaksJSON(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for _, path := range []string{"/overview", "/map", "/waves", "/seminars", "/seminars/" + s.named("d2"), "/timetable?week=2027-02-03", "/plan", "/scenarios", "/forecast", "/risk",
		"/ask", "/changes", "/people", "/units", "/venues", "/leaders", "/people/anna", "/hours", "/activities", "/outbox", "/jobs", "/calendars", "/my"} {
		a := v.get(path, "Accept", asJSON)
		var page struct {
			Page, Path, FormToken string
			Revision              uint64
			Data                  map[string]any
		}
		if err := json.Unmarshal([]byte(a.body), &page); a.status != http.StatusOK || err != nil {
			t.Errorf("%s: %d, %v:\n%.300s", path, a.status, err, a.body)
			continue
		}
		if page.Page == "" || page.Path != path || page.FormToken == "" || page.Revision != s.service.State().Seq || len(page.Data) == 0 {
			t.Errorf("%s: page %q at %q, revision %d, token %q, %d facts", path, page.Page, page.Path, page.Revision, page.FormToken, len(page.Data))
		}
	}
	if a := v.get("/overview"); !strings.HasPrefix(a.body, "<!doctype html>") {
		t.Error("a browser does not get HTML")
	}
}

func TestFormsAndErrorsSpeakJSON(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	form := url.Values{"csrf": {v.formToken()}, "slot": {"2027-02-17"}}
	answered := v.ask(http.MethodPost, "/seminars/"+s.named("d3")+"/move", form.Encode(), "Accept", asJSON, "Content-Type", "application/x-www-form-urlencoded")
	var done struct {
		Message struct{ Kind, Text string }
		Next    string
	}
	if err := json.Unmarshal([]byte(answered.body), &done); err != nil || done.Message.Kind != "success" || done.Message.Text == "" || done.Next != "/changes" {
		t.Errorf("moving a seminar: %d %s, %v", answered.status, answered.body, err)
	}
	if got := s.service.State().Seminars[s.named("d3")].Slot; got != "2027-02-17" {
		t.Errorf("it is at %s", got)
	}
	var failed struct {
		Page string
		Data struct {
			Status int
			Detail string
		}
	}
	for who, a := range map[string]answer{"anybody": s.visitor().get("/overview", "Accept", asJSON), "staff": s.signedIn(staff).get("/overview", "Accept", asJSON)} {
		if err := json.Unmarshal([]byte(a.body), &failed); err != nil || a.status != http.StatusForbidden || failed.Page != "ErrorPage" || failed.Data.Status != http.StatusForbidden || failed.Data.Detail == "" {
			t.Errorf("%s: %d %s", who, a.status, a.body)
		}
	}
	for _, secret := range secretNames {
		if a := v.get("/seminars/"+s.named("d2"), "Accept", asJSON); strings.Contains(a.body, secret) {
			t.Errorf("JSON tells %q, who is protected", secret)
		}
	}
}
