package e2e_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notShown are GET routes that show no page of their own, and why.
var notShown = map[string]string{
	"/":                          "leads on",
	"/revision":                  "a number",
	"/plan/progress":             "a part of /plan",
	"/plan/events":               "a stream",
	"/seminars/:id/calendar.ics": "a file", "/people/export": "a file", "/leaders/export": "a file", "/units/export": "a file", "/venues/export": "a file",
	"/hours/export": "a file", "/reports/export": "a file", "/reports/picture": "a file",
	"/waves/resume": "the page of /waves/pause, once one is paused",
}

// states are further states of pages that differ in what stands there.
var states = []string{"/no-such-page", "/people?q=nothing-at-all", "/seminars?q=nothing-at-all", "/map?colour=coverage&area=1496", "/map?show=venues&venue=v001&week=3", "/map?colour=mixed&area=1496&week=60",
	"/reports?about=travel", "/reports?about=mix", "/reports?about=leaders", "/reports?about=fairness", "/risk?runs=x", "/hours?by=person", "/outbox?state=failed"}

// pageRoute is where the site map, which is several functions, names a page.
var pageRoute = regexp.MustCompile(`app\.Get\("([^"]+)", s\.page\(`)

// shownPage is an address with something to see, and for whom.
type shownPage struct{ address, who string }

// furnished is a published demonstration in which every page has something to show.
type furnished struct {
	ids   map[string]string // first part of an address → what stands for :id there
	found map[string]string // route → address, where an id is not enough
	whose map[string]string // route → who sees it; a coordinator unless it says
}

// furnish makes what some pages are about.
func furnish(t *testing.T, p *program, v *visitor) furnished {
	t.Helper()
	first := func(list string) string {
		m := regexp.MustCompile(`class="row-link" href="/[a-z]+/([^"/?]+)"`).FindStringSubmatch(v.page(list))
		if m == nil {
			t.Fatalf("%s lists nothing", list)
		}
		return html.UnescapeString(m[1])
	}
	person, leader, unit, venue := first("/people?part=staff&wave=w1"), first("/leaders"), first("/units?wave=w1"), first("/venues?use=used")
	made := func(page, path string, form url.Values) string {
		v.page(page)
		status, where := v.post(path, form)
		if status != http.StatusSeeOther {
			t.Fatalf("%s answers %d to %v", path, status, form)
		}
		return where
	}
	made("/scenarios", "/scenarios", url.Values{"name": {"En annan"}})
	feed := made("/calendars", "/calendars", url.Values{"kind": {"venue"}, "of": {venue}})
	made("/activities/new", "/activities/new", url.Values{"type": {"mentor"}, "name": {"Mentorer i norr"}, "date": {"2027-03-22"}, "from": {"09:00"}, "to": {"12:00"}, "count": {"1"}, "every": {"1"}})
	activity := regexp.MustCompile(`href="/activities/(A[^"/]+)"`).FindStringSubmatch(v.page("/activities"))[1]
	unused, _ := strings.CutPrefix(mailedLink(t, p, coordinatorEmail), p.base())
	token := strings.TrimSuffix(strings.TrimPrefix(feedOf(t, signIn(t, p, p.links["staff member"])).path, "/cal/"), ".ics")
	wave, area := "?wave=w1", regexp.MustCompile(`name="area".*?<option value="(\d+)"`).FindStringSubmatch(strings.ReplaceAll(v.page("/units?wave=w1"), "\n", " "))[1]
	return furnished{
		ids: map[string]string{"people": person, "ask": person, "leaders": leader, "units": unit, "venues": venue, "seminars": "S00001",
			"activities": activity, "calendars": strings.TrimPrefix(feed, "/calendars/")},
		found: map[string]string{
			"/sign-in/:token": unused, "/feed/:token": "/feed/" + token, "/people/import/:token": staffList(t, v),
			"/calendars/venues/:id": "/calendars/venues/" + venue, "/calendars/venues/:id/doors": "/calendars/venues/" + venue + "/doors",
			"/calendars/units/:id": "/calendars/units/" + unit, "/changes/event": "/changes/event?kind=person-away&id=" + person,
			"/ask/what-if":        "/ask/what-if?kind=gone-for&person=" + leader + "&from=2027-01-01&to=2027-12-31",
			"/waves/publish/undo": regexp.MustCompile(`href="(/waves/publish/undo\?edit=[^"]+)"`).FindStringSubmatch(v.page("/changes"))[1],
			"/waves/publish":      "/waves/publish?wave=w2", "/waves/edit": "/waves/edit" + wave, "/waves/split": "/waves/split" + wave,
			"/waves/merge": "/waves/merge" + wave, "/waves/pause": "/waves/pause" + wave, "/waves/move": "/waves/move?from=w1&area=" + area,
			"/scenarios/compare": "/scenarios/compare?with=published&with=draft",
		},
		whose: map[string]string{"/sign-in": "visitor", "/sign-in/:token": "visitor", "/feed/:token": "visitor", "/accessibility": "visitor", "/my": "leader",
			"/my/agenda": "leader", "/my/calendar": "leader"},
	}
}

// staffList uploads a staff list and returns where its preview is.
func staffList(t *testing.T, v *visitor) string {
	t.Helper()
	v.page("/people/import")
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.WriteField("csrf", v.csrf) // a buffer takes everything
	part, err := form.CreateFormFile("file", "personal.csv")
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte("Efternamn;Förnamn;E-post;Enhet\r\nNyström;Åsa;asa@example.org;Okänd\r\n"))
	form.Close()
	resp, err := v.client.Post(v.base+"/people/import", form.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("uploading a staff list: status %d", resp.StatusCode)
	}
	return resp.Header.Get("Location")
}

// pages are all pages of the site map and their states, in a fixed order.
func (f furnished) pages(t *testing.T) []shownPage {
	t.Helper()
	files, err := filepath.Glob("../web/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var list []shownPage
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pageRoute.FindAllStringSubmatch(string(source), -1) {
			if route := m[1]; notShown[route] == "" {
				list = append(list, shownPage{f.address(route), f.who(route)})
			}
		}
	}
	if len(list) < 60 {
		t.Fatalf("the site map has %d pages; is it read where it is written?", len(list))
	}
	for _, address := range states {
		list = append(list, shownPage{address, "coordinator"})
	}
	list = append(list, shownPage{"/help", "visitor"}, shownPage{"/sign-in/used", "visitor"}, shownPage{"/overview", "leader"})
	slices.SortFunc(list, func(a, b shownPage) int { return strings.Compare(a.who+a.address, b.who+b.address) })
	return list
}

func (f furnished) address(route string) string {
	if address := f.found[route]; address != "" {
		return address
	}
	first, _, _ := strings.Cut(route[1:], "/")
	return strings.ReplaceAll(route, ":id", f.ids[first])
}

func (f furnished) who(route string) string {
	if who := f.whose[route]; who != "" {
		return who
	}
	return "coordinator"
}

func addresses(pages []shownPage, who string) (list []string) {
	for _, x := range pages {
		if x.who == who {
			list = append(list, x.address)
		}
	}
	return list
}
