package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestHelpTicksOffWhatIsDone(t *testing.T) {
	s := planned(t)
	for _, reader := range []*visitor{s.signedIn(staff), s.signedIn(leader)} {
		page := reader.expect(reader.get("/help"), http.StatusOK, "Waiting list")
		if strings.Contains(page.body, `id="steps"`) {
			t.Error("help shows a coordinator's first steps to somebody else")
		}
	}
	v := s.signedIn(coordinator)
	ticks := func() int {
		return strings.Count(v.expect(v.get("/help"), http.StatusOK, "Make a plan").body, "(Done)")
	}
	if n := ticks(); n != 1 {
		t.Errorf("with a draft alone %d steps are done, want 1", n)
	}
	s.publish("w1")
	v.expect(v.get("/overview"), http.StatusOK, "Getting started")
	v.leads(v.submit("/preferences", url.Values{"guide": {"off"}, "back": {"/overview"}}), "/overview")
	if strings.Contains(v.get("/overview").body, "Getting started") {
		t.Error("the first steps stay on the overview when put away")
	}
	v.expect(v.get("/help"), http.StatusOK, "Show on the overview")
	v.leads(v.submit("/preferences", url.Values{"guide": {"on"}, "back": {"/overview"}}), "/overview")
	v.expect(v.get("/overview"), http.StatusOK, "Getting started")
	if n := ticks(); n != 2 {
		t.Errorf("with a wave published %d steps are done, want 2", n)
	}
}
