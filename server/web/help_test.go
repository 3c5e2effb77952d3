package web_test

import (
	"net/http"
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
	if n := ticks(); n != 2 {
		t.Errorf("with a wave published %d steps are done, want 2", n)
	}
}
