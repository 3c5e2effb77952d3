package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/auth"
)

// examples knows an address that shows something for every page of a site, so
// that a page that is added to the site map is measured and tried with the rest.
type examples struct {
	*site
	ids    map[string]string // first part of an address → what stands for :id there
	pages  map[string]string // addresses that need more than an id
	people map[string]auth.User
	shared string // the calendar of a unit, made by its contact
}

// furnish puts what some pages are about into a published programme: an
// activity, a scenario, a shared calendar, a staff list under way; and goes to
// the day after its first seminar.
func (s *site) furnish() *examples {
	s.t.Helper()
	state := s.service.State()
	list := state.SeminarsByTime()
	held, x := list[0], list[len(list)-1]
	start, _ := state.Roster.Span(&held.Seminar)
	s.clock.forward(start.AddDate(0, 0, 1).Sub(s.clock.Now()))
	boss := s.signedIn(coordinator)
	person := x.Attendees[len(x.Attendees)-1]
	unit := state.Roster.Units[state.Roster.People[person].Unit]
	wave, moved := state.Roster.Problem.Waves[0].ID, state.Roster.Units[state.Roster.People[held.Leaders[0]].Unit]
	s.do(model.SetActivityTypes{Types: []model.ActivityType{{ID: "day", Name: "Temadag", Dated: true, Named: true, Credit: model.CreditAttendance}}})
	s.do(model.SaveActivity{Activity: model.Activity{Type: "day", Name: "Temadag", People: []string{person},
		Times: []model.Interval{{From: s.clock.Now().Add(time.Hour), To: s.clock.Now().Add(2 * time.Hour)}}}})
	s.do(model.SaveScenario{Name: "En annan"})
	s.do(model.OpenFeed{Kind: model.AreaFeed, Of: unit.Area})
	s.do(model.SetUnitContact{Unit: unit.ID, Person: person})
	_, err := s.service.Do(s.t.Context(), model.Actor{Person: person, Role: model.Staff}, model.OpenFeed{Kind: model.UnitFeed, Of: unit.ID})
	s.must(err)
	roster := boss.upload("Efternamn;Förnamn;E-post;Enhet\r\nNyström;Åsa;asa@example.org;" + unit.Name + "\r\n").header.Get("Location")
	mailed, err := s.desk.Link(s.t.Context(), staff, auth.MailedLink)
	s.must(err)
	state = s.service.State()
	activity := state.Activities.List[0]
	token := strings.TrimSuffix(strings.TrimPrefix(s.feedOf(person), "/cal/"), ".ics")
	shared := func(kind model.FeedKind) string {
		for id, feed := range state.Calendars.Shared {
			if feed.Kind == kind {
				return id
			}
		}
		return ""
	}
	return &examples{site: s,
		ids: map[string]string{"people": person, "ask": person, "leaders": x.Leaders[0], "units": unit.ID, "venues": x.Venue, "seminars": x.ID,
			"activities": activity.ID, "calendars": shared(model.AreaFeed), "cal": token, "feed": token},
		pages: map[string]string{
			"/sign-in/:token": "/sign-in/" + mailed, "/people/import/:token": roster,
			"/seminars/:id/attendance": "/seminars/" + held.ID + "/attendance", "/seminars/:id/calendar.ics": "/seminars/" + held.ID + "/calendar.ics",
			"/calendars/venues/:id": "/calendars/venues/" + x.Venue, "/calendars/venues/:id/doors": "/calendars/venues/" + x.Venue + "/doors",
			"/calendars/units/:id":          "/calendars/units/" + unit.ID,
			"/activities/:id/participation": "/activities/" + activity.ID + "/participation",
			"/changes/event":                "/changes/event?kind=person-away&id=" + person,
			"/ask/what-if":                  "/ask/what-if?kind=gone-for&person=" + x.Leaders[0] + "&from=2027-02-01&to=2027-02-28",
			"/waves/publish/undo":           "/waves/publish/undo?edit=" + publication(state),
			"/waves/publish":                "/waves/publish?wave=" + wave, "/waves/edit": "/waves/edit?wave=" + wave,
			"/waves/move":  "/waves/move?area=" + moved.Area + "&from=" + moved.Wave,
			"/waves/split": "/waves/split?wave=" + wave, "/waves/merge": "/waves/merge?wave=" + wave, "/waves/pause": "/waves/pause?wave=" + wave, "/waves/resume": "/waves/resume?wave=" + wave,
			"/scenarios/compare": "/scenarios/compare?with=published&with=" + state.Scenarios[0].ID,
			"/reports/export":    "/reports/export?about=coverage&table=coverage", "/reports/picture": "/reports/picture?about=coverage&table=coverage",
		},
		people: map[string]auth.User{"leader": {Person: x.Leaders[0], Role: model.Leader}, "staff": {Person: person, Role: model.Staff}, "trainer": {Person: held.Leaders[0], Role: model.Leader}},
		shared: shared(model.UnitFeed),
	}
}

// publication is a step that published a wave.
func publication(state *model.State) string {
	i := slices.IndexFunc(state.Edits, func(e model.Edit) bool { return e.Kind == model.EditPublish })
	return state.Edits[i].ID
}

// notPages are GET routes that cannot be asked for like a page, and why.
var notPages = map[string]string{
	"/plan/events":    "a stream that lasts as long as a run",
	"/static/:hash/*": "files that stay in the browser",
	"/favicon.ico":    "a file that stays in the browser",
}

// visit is one address that somebody looks at.
type example struct {
	route, address, who string // who: a key of people, or "coordinator"
}

// all lists every page of the site map, and the ways of asking that do most work.
func (x *examples) all() []example {
	var list []example
	for _, route := range x.routes() {
		path, isGet := strings.CutPrefix(route, fiber.MethodGet+" ")
		if !isGet || notPages[path] != "" {
			continue
		}
		who := "coordinator"
		if strings.HasPrefix(path, "/my") {
			who = "leader"
		}
		list = append(list, example{path, x.address(path), who})
	}
	for route, queries := range asked {
		for _, q := range queries {
			address := x.address(route)
			if strings.Contains(address, "?") {
				q = "&" + q[1:]
			}
			q = strings.ReplaceAll(q, ":id", x.ids["seminars"])
			list = append(list, example{route, address + q, "coordinator"})
		}
	}
	for _, path := range []string{"/my", "/my/agenda", "/my/calendar", "/seminars/:id"} {
		list = append(list, example{path, x.address(path), "staff"})
	}
	list = append(list, example{"/seminars/:id", x.address("/seminars/:id"), "leader"}, example{"/seminars/:id/attendance", x.address("/seminars/:id/attendance"), "trainer"},
		example{"/calendars/:id", "/calendars/" + x.shared, "staff"}) // who is the contact of the unit
	slices.SortFunc(list, func(a, b example) int { return strings.Compare(a.address+a.who, b.address+b.who) })
	return list
}

// asked are further ways of asking for a page.
var asked = map[string][]string{
	"/people":   {"?q=lind", "?sort=-missing&page=3", "?standing=booked&sort=unit", "?q=nobody+at+all"},
	"/seminars": {"?q=lund", "?wave=w1"},
	"/map":      {"?colour=coverage", "?colour=travel"},
	"/reports":  {"?about=travel", "?about=mix", "?about=leaders", "?about=fairness"},
	"/hours":    {"?by=person", "?by=unit"},
	// A picked-up seminar is asked for at every place shown.
	"/timetable": {"?view=month&by=leader", "?move=:id", "?move=:id&by=leader", "?move=:id&view=month"},
}

func (x *examples) address(path string) string {
	if address := x.pages[path]; address != "" {
		return address
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	id := url.PathEscape(x.ids[first])
	return strings.NewReplacer(":token", id, ":id", id).Replace(path)
}

func (x *examples) visitor(who string) *visitor {
	if u, known := x.people[who]; known {
		return x.signedIn(u)
	}
	return x.signedIn(coordinator)
}

// fine tells whether an answer is what the example's page is for.
func (e example) fine(a answer) bool {
	if e.route == "/" { // leads on
		return a.status == http.StatusSeeOther
	}
	return a.status == http.StatusOK
}

// What the benchmark of pages measures shows something.
func TestEveryPageHasAnExample(t *testing.T) {
	x := published(t).furnish()
	for _, e := range x.all() {
		if a := x.visitor(e.who).get(e.address); !e.fine(a) {
			t.Errorf("%s, the example of %s, = %d\n%s", e.address, e.route, a.status, words(a.body))
		}
	}
	for path := range notPages {
		if !slices.Contains(x.routes(), "GET "+path) {
			t.Errorf("%s is no route any more", path)
		}
	}
}
