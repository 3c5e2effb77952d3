package web_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
)

func init() {
	access["GET /seminars/:id/attendance"], access["POST /seminars/:id/attendance"] = own, own
	access["GET /activities/:id"], access["GET /activities/:id/participation"], access["POST /activities/:id/participation"] = own, own, own
	for _, route := range []string{"GET /hours", "GET /hours/export", "GET /activities", "GET /activities/kinds", "POST /activities/kinds", "GET /activities/new",
		"POST /activities/new", "GET /activities/:id/edit", "POST /activities/:id/edit", "POST /activities/:id/cancel"} {
		access[route] = "coordinator"
	}
}

func TestLeaderTakesAttendanceOnThePage(t *testing.T) {
	s := published(t)
	page := "/seminars/" + s.named("d2") + "/attendance"
	v := s.signedIn(leader)
	v.expect(v.get(page), http.StatusConflict)
	s.clock.forward(31 * 24 * time.Hour)
	v = s.signedIn(leader)
	if body := v.get("/my").body; !strings.Contains(body, page) {
		t.Errorf("the own page does not ask for attendance:\n%s", words(body))
	}
	form := v.get(page).body
	for _, secret := range secretNames {
		if strings.Contains(form, secret) {
			t.Errorf("the list names %q, who is protected", secret)
		}
	}
	if n := strings.Count(form, `name="here"`); n != 3 {
		t.Fatalf("%d people to tick, want 3:\n%s", n, form)
	}
	v.expect(v.submit(page, url.Values{"here": {"anna", "hidden"}}), http.StatusSeeOther)
	x := s.service.State().Seminars[s.named("d2")]
	if !slices.Equal(x.Absent, []string{"bo"}) || x.Taken == 0 {
		t.Errorf("kept: %+v", x)
	}
	stranger := s.signedIn(staff)
	stranger.expect(stranger.get(page), http.StatusNotFound)
}

// cells are the rows of an exported ledger, as numbers by label.
func cells(t *testing.T, body string) (rows map[string][]int) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = map[string][]int{}
	for _, line := range lines[1:] {
		for _, cell := range line[1:] {
			n, err := strconv.Atoi(cell)
			if err != nil {
				t.Fatalf("%q is no number", cell)
			}
			rows[line[0]] = append(rows[line[0]], n)
		}
	}
	return rows
}

func TestEveryWayToSumHoursUpComesToTheSame(t *testing.T) {
	s := published(t)
	types, err := demo.ActivityTypes()
	s.must(err)
	s.do(model.SetActivityTypes{Types: types})
	s.clock.forward(31 * 24 * time.Hour)
	now := s.clock.Now()
	s.do(model.SaveActivity{Activity: model.Activity{Type: "web", Name: "=kurs", People: []string{"anna", "cilla"}, Minutes: 45}})
	s.do(model.SaveActivity{Activity: model.Activity{Type: "mentor", Name: "Par", People: []string{"bo"}, Minutes: 60,
		Times: []model.Interval{{From: now.Add(-2 * time.Hour), To: now.Add(-time.Hour)}, {From: now.Add(time.Hour), To: now.Add(2 * time.Hour)}}}})
	s.do(model.TakeAttendance{Seminar: s.named("d2"), Absent: []string{"bo"}, Now: now})
	s.do(model.RecordParticipation{Activity: "A00001", Participation: model.Participation{People: []string{"anna"}}, Now: now})
	want := []int{2*60 + 45, 60 + 60, 3*60 + 45 + 60, 60}
	v := s.signedIn(coordinator)
	for _, by := range []string{"area", "unit", "employer", "sector", "module", "type", "funder", "month", "person"} {
		body := v.get("/hours/export?format=csv&by=" + by).body
		got := make([]int, 4)
		for _, row := range cells(t, body) {
			for i, n := range row {
				got[i] += n
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("by %s: attended, held, planned, missed = %v, want %v", by, got, want)
		}
		if strings.Contains(body, "\n=kurs") {
			t.Errorf("by %s: a cell begins with =", by)
		}
		if page := v.get("/hours?by=" + by); page.status != http.StatusOK || !strings.Contains(page.body, "<tfoot>") {
			t.Errorf("by %s: the page answers %d", by, page.status)
		}
	}
	if rows := cells(t, v.get("/hours/export?format=csv&by=person&from=2027-02&to=2027-02&sector=primary").body); len(rows) != 1 {
		t.Errorf("one person of that sector in that month, found %v", rows)
	}
}

func TestActivitiesFromTheirPages(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.expect(v.submit("/activities/kinds", url.Values{"id": {"", ""}, "name": {"Mentorspar", ""}, "credit": {"attendance", "none"}, "minutes": {"60", "0"}, "funder": {"ESF", ""},
		"dated": {"0"}, "named": {"0"}}), http.StatusSeeOther)
	form := url.Values{"type": {"kind-1"}, "name": {"Par ett"}, "date": {"2027-03-22"}, "from": {"13:00"}, "to": {"14:00"}, "count": {"2"}, "every": {"1"},
		"people": {"anna@enhet.example.org\nbo@enhet.example.org"}, "leaders": {"nobody@enhet.example.org"}}
	if page := v.submit("/activities/new", form); page.status != http.StatusOK || !strings.Contains(page.body, "nobody@enhet.example.org") || !strings.Contains(page.body, `value="Par ett"`) {
		t.Errorf("a wrong address: %d\n%s", page.status, words(page.body))
	}
	form.Set("leaders", "lena@enhet.example.org")
	v.expect(v.submit("/activities/new", form), http.StatusSeeOther)
	a := s.service.State().Activities.Find("A00001")
	if a == nil || len(a.Times) != 2 || a.Minutes != 60 || !slices.Equal(a.People, []string{"anna", "bo"}) {
		t.Fatalf("kept: %+v", a)
	}
	for i, utc := range []int{12, 11} { // summer time begins between the two
		if got := a.Times[i].From.UTC().Hour(); got != utc {
			t.Errorf("time %d begins at %d UTC, want %d: one o'clock in Sweden", i, got, utc)
		}
	}
	anna := s.signedIn(staff)
	if page := anna.get("/my").body; !strings.Contains(page, "/activities/A00001") {
		t.Error("the own page does not show the activity")
	}
	if page := anna.get("/activities/A00001"); page.status != http.StatusOK || strings.Contains(page.body, "Namn boson") {
		t.Errorf("a participant sees it as %d, and others by name: %v", page.status, strings.Contains(page.body, "Namn boson"))
	}
	s.clock.forward(90 * 24 * time.Hour)
	lena := s.signedIn(leader)
	link := "/activities/A00001/participation?occasion=" + url.QueryEscape(model.Occasion(a.Times[0]))
	if page := lena.get(link); strings.Count(page.body, `name="here"`) != 2 {
		t.Errorf("the leader is asked about:\n%s", words(page.body))
	}
	lena.expect(lena.submit("/activities/A00001/participation", url.Values{"occasion": {model.Occasion(a.Times[0])}, "here": {"bo"}}), http.StatusSeeOther)
	if held := s.service.State().Activities.Find("A00001").Held[model.Occasion(a.Times[0])]; !slices.Equal(held.People, []string{"bo"}) {
		t.Errorf("recorded: %+v", held)
	}
	boss := s.signedIn(coordinator)
	boss.expect(boss.submit("/activities/A00001/cancel", url.Values{}), http.StatusSeeOther)
	if !s.service.State().Activities.Find("A00001").Cancelled {
		t.Error("it is not cancelled")
	}
}
