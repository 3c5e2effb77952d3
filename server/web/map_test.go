package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestAChosenAreaTellsWhereItsPeopleGo(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	near := v.expect(v.get("/map?area=1480"), http.StatusOK, "People 4", "Have a seat in all they need 3", "Where all sectors meet 0 of 3",
		"Travel one way, mean 0 min", "Seats left in those to come 21", "Where they travel", "Salen 4 –")
	far := v.expect(v.get("/map?colour=travel&area=1490"), http.StatusOK, "People 1", "mean 54 min", "Salen 1 54 min", "Borås – 0% 0 of 1 1 54")
	for _, page := range []answer{near, far} {
		if strings.Count(page.body, `class="flow"`) != 1 {
			t.Errorf("the way to one venue is drawn as %d lines", strings.Count(page.body, `class="flow"`))
		}
	}
	for _, address := range []string{"/map", "/map?area=0000", "/map?colour=seats"} {
		if page := v.expect(v.get(address), http.StatusOK); strings.Contains(page.body, "Where they travel") {
			t.Errorf("%s tells of an area nobody has chosen", address)
		}
	}
}
