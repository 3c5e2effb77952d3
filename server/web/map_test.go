package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAChosenAreaTellsWhereItsPeopleGo(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	near := v.expect(v.get("/map?area=1480"), http.StatusOK, "People 4", "Have a seat in all they need 3", "Where all sectors meet 0 of 3",
		"Travel one way, mean 0 min", "Seats left in those to come 21", "Where they travel", "Salen 4 –")
	far := v.expect(v.get("/map?colour=travel&area=1490"), http.StatusOK, "People 1", "mean 54 min", "Salen 1 54 min", "Borås – 0% 0 of 1 1 54")
	for _, page := range []answer{near, far} {
		if strings.Count(page.body, `class="flow `) != 1 {
			t.Errorf("the way to one venue is drawn as %d lines", strings.Count(page.body, `class="flow `))
		}
	}
	for _, address := range []string{"/map", "/map?area=0000", "/map?colour=seats"} {
		if page := v.expect(v.get(address), http.StatusOK); strings.Contains(page.body, "Where they travel") {
			t.Errorf("%s tells of an area nobody has chosen", address)
		}
	}
}

func TestAChosenVenueTellsWhereItsPeopleAreFrom(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/map?show=venues&venue=room"), http.StatusOK, "Salen", "9 rooms with 9 seats each", "Seminars 4", "People 5", "7 of 36",
		"Where they come from", "Göteborg 4", "Borås 1 54 min").body
	for _, want := range []string{`class="flow w0"`, `class="flow w1"`, `class="venue-chosen"`, `href="/map?area=1490&amp;colour=wave&amp;show=venues"`, `data-venue="room"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, words(page))
		}
	}
	if strings.Contains(page, "Ladan") {
		t.Error("a venue without seminars is listed")
	}
	v.expect(v.get("/map?venue=barn"), http.StatusOK, "Ladan", "Nobody has a seat here")
	if page := v.expect(v.get("/map?venue=gone&show=nonsense&week=x"), http.StatusOK).body; strings.Contains(page, "Where they come from") {
		t.Error("a venue that is not there is selected")
	}
}

// The week of the map counts what is over by its end, held or planned.
func TestTheMapShowsAWeek(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for _, x := range []struct{ week, want string }{
		{"", "Göteborg 1 Första 0% 0 of 4 3"},
		{"1", "Göteborg 1 Första 25% 1 of 4 2"}, // a leader is trained, and three have the first of two modules
		{"2", "Göteborg 1 Första 75% 3 of 4 3"}, // two more have both modules
		{"9", "Göteborg 1 Första 0% 0 of 4 3"},  // there is no such week
	} {
		v.expect(v.get("/map?week="+x.week), http.StatusOK, x.want)
	}
	if page := v.get("/map?week=1&area=1480").body; !strings.Contains(words(page), "week 5 2027") || !strings.Contains(page, `max="2"`) {
		t.Errorf("the week is not named, or there are not two:\n%s", words(page))
	}
	s.clock.forward(40 * 24 * time.Hour)
	v = s.signedIn(coordinator)
	v.expect(v.get("/map?week=1"), http.StatusOK, "Göteborg 1 Första 25% 1 of 4 2")
	v.expect(v.get("/map"), http.StatusOK, "Göteborg 1 Första 75% 3 of 4 3")
}
