package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// The people a route is for.
const (
	all = "anonymous staff leader coordinator"
	own = "staff leader coordinator"
)

// access says for every route who may use it. Whoever may not is led to sign in
// or refused; a route that is not here fails the test.
var access = map[string]string{
	"GET /healthz":             all,
	"GET /robots.txt":          all,
	"GET /static/:hash/*":      all,
	"GET /favicon.ico":         all,
	"GET /cal/:token.ics":      all,
	"GET /feed/:token":         all,
	"GET /":                    all,
	"GET /sign-in":             all,
	"POST /sign-in":            all,
	"GET /sign-in/:token":      all,
	"POST /sign-in/:token":     all,
	"POST /sign-out":           all,
	"POST /preferences":        all,
	"GET /accessibility":       all,
	"GET /help":                all,
	"GET /help/keys":           all,
	"GET /my":                  own,
	"POST /my/claim":           "leader",
	"POST /my/hand-back":       "leader",
	"POST /my/calendar/rotate": own,
	"GET /my/calendar":         own,
	"POST /my/calendar":        own,
	"POST /my/calendar/close":  own,
	"GET /seminars/:id":        own,
	"GET /overview":            "coordinator",
	"GET /map":                 "coordinator",
	"GET /map/boundaries":      "coordinator", "POST /map/boundaries": "coordinator", "POST /map/boundaries/remove": "coordinator",
	"GET /waves":         "coordinator",
	"GET /waves/propose": "coordinator", "POST /waves/adopt": "coordinator",
	"GET /waves/edit": "coordinator", "POST /waves/edit": "coordinator",
	"GET /waves/move": "coordinator", "POST /waves/move": "coordinator",
	"GET /waves/split": "coordinator", "POST /waves/split": "coordinator",
	"GET /waves/merge": "coordinator", "POST /waves/merge": "coordinator",
	"GET /waves/pause": "coordinator", "POST /waves/pause": "coordinator",
	"GET /waves/resume": "coordinator", "POST /waves/resume": "coordinator",
	"GET /waves/publish": "coordinator", "POST /waves/publish": "coordinator",
	"GET /waves/publish/undo": "coordinator", "POST /waves/publish/undo": "coordinator",
	"GET /seminars": "coordinator",
	"GET /ask":      "coordinator", "GET /ask/what-if": "coordinator", "GET /ask/person/:id": "coordinator", "POST /ask/person/:id": "coordinator",
	"GET /seminars/:id/options": "coordinator", "POST /seminars/:id/options": "coordinator",
	"GET /cal/:token.ifb": all, "POST /calendars": own, "GET /calendars/:id": own,
	"POST /calendars/:id/renew": own, "POST /calendars/:id/remove": own,
	"GET /calendars": "coordinator", "GET /calendars/notes": "coordinator", "POST /calendars/notes": "coordinator",
	"POST /my/calendar/busy": "leader", "POST /my/calendar/busy/remove": "leader", "GET /calendars/venues/:id": "coordinator",
	"POST /calendars/venues/:id/busy": "coordinator", "POST /calendars/venues/:id/busy/remove": "coordinator",
	"GET /my/agenda": own, "GET /seminars/:id/calendar.ics": own, "GET /calendars/venues/:id/doors": "coordinator",
	"POST /calendars/links": "coordinator", "GET /calendars/units/:id": "coordinator", "POST /calendars/units/:id": "coordinator",
	"GET /plan":          "coordinator",
	"POST /plan/start":   "coordinator",
	"POST /plan/stop":    "coordinator",
	"POST /plan/use":     "coordinator",
	"GET /plan/progress": "coordinator",
	"GET /plan/events":   "coordinator",
	"POST /plan/fill":    "coordinator",
	"GET /risk":          "coordinator",
	"GET /forecast":      "coordinator", "POST /forecast/extend": "coordinator",
	"GET /scenarios": "coordinator", "POST /scenarios": "coordinator",
	"GET /scenarios/new": "coordinator", "POST /scenarios/new": "coordinator",
	"GET /scenarios/compare":    "coordinator",
	"POST /scenarios/:id/adopt": "coordinator", "POST /scenarios/:id/drop": "coordinator",
	"GET /outbox":      "coordinator",
	"POST /outbox/run": "coordinator",
}

// routes lists what the server answers, as the access table names it.
func (s *site) routes() []string {
	var list []string
	for _, r := range s.web.App().GetRoutes(true) {
		if r.Method != fiber.MethodHead { // every GET answers HEAD
			list = append(list, r.Method+" "+r.Path)
		}
	}
	return list
}

// visitors are one of each kind of people.
func (s *site) visitors() map[string]*visitor {
	return map[string]*visitor{"anonymous": s.visitor(), "staff": s.signedIn(staff), "leader": s.signedIn(leader), "coordinator": s.signedIn(coordinator)}
}

// example is an address of a route that leads somewhere.
func (s *site) example(route string) string {
	_, path, _ := strings.Cut(route, " ")
	state := s.service.State()
	token := s.web.Secret.FeedToken("direkt", "anna", state.Feeds["anna"])
	return strings.NewReplacer(":token", token, ":id", s.named("d2"), ":hash/*", "none/app.css").Replace(path)
}

func TestEveryRouteIsForThoseItIsFor(t *testing.T) {
	s := published(t)
	for _, route := range s.routes() {
		if access[route] == "" {
			t.Errorf("the access table does not say who may use %s", route)
		}
	}
	for route, who := range access {
		if !slices.Contains(s.routes(), route) {
			t.Errorf("the access table names %s, which is not a route", route)
		}
		method, _, _ := strings.Cut(route, " ")
		for kind, v := range s.visitors() {
			a := v.ask(method, s.example(route), url.Values{"csrf": {v.formToken()}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
			led := a.header.Get("Location") == "/sign-in" && route != "GET /" && route != "POST /sign-out"
			refused := led || a.status == http.StatusForbidden && !strings.HasPrefix(route, "POST /sign-in/")
			if allowed := slices.Contains(strings.Fields(who), kind); refused == allowed || !allowed && led != (kind == "anonymous") {
				t.Errorf("%s for %s = %d to %q, want it to be for %s only", route, kind, a.status, a.header.Get("Location"), who)
			}
			if a.status >= 500 {
				t.Errorf("%s for %s = %d\n%s", route, kind, a.status, words(a.body))
			}
		}
	}
}

func TestEveryFormNeedsItsOwnToken(t *testing.T) {
	s := published(t)
	for _, route := range s.routes() {
		method, _, _ := strings.Cut(route, " ")
		if method == fiber.MethodGet {
			continue
		}
		for kind, v := range s.visitors() {
			stranger := s.signedIn(leader)
			for what, token := range map[string]string{"no token": "", "another session's": stranger.formToken(), "a made-up one": "AAAA"} {
				seq := s.service.State().Seq
				a := v.post(s.example(route), url.Values{"csrf": {token}, "seminar": {s.named("d2")}})
				if a.status != http.StatusForbidden || s.service.State().Seq != seq {
					t.Errorf("%s by %s with %s = %d, revision %d → %d; want 403 and nothing done", route, kind, what, a.status, seq, s.service.State().Seq)
				}
			}
		}
	}
}

// headers that every answer carries.
var wanted = map[string]string{
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
	"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000",
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	answers := []answer{
		v.get("/no/such/page"), v.get("/seminars/nope"), v.post("/plan/stop", nil), v.ask("DELETE", "/my", ""), v.get("/cal/none.ics"),
		v.raw("POST /sign-in HTTP/1.1\r\nHost: kaskad\r\nContent-Length: 3000000\r\n\r\n"), // larger than any form
		v.raw("GET /my HTTP/1.1\r\nHost: kaskad\r\nX-Long: " + strings.Repeat("a", 1<<14) + "\r\n\r\n"),
		v.raw("GET /my HTTP/1.1\r\n\r\n"), // no host
	}
	for _, route := range s.routes() {
		if method, _, _ := strings.Cut(route, " "); method == fiber.MethodGet {
			answers = append(answers, v.get(s.example(route)), v.ask(fiber.MethodHead, s.example(route), ""))
		}
	}
	for _, a := range answers {
		for name, want := range wanted {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s = %d has %s %q, want %q", a.asked, a.status, name, got, want)
			}
		}
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if policy := a.header.Get("Content-Security-Policy"); !strings.Contains(policy, part) {
				t.Errorf("%s = %d has policy %q without %q", a.asked, a.status, policy, part)
			}
		}
		if html := strings.HasPrefix(a.header.Get("Content-Type"), "text/html"); html && a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s = %d is a page with Cache-Control %q, want no-store", a.asked, a.status, a.header.Get("Cache-Control"))
		}
		if a.status >= 500 {
			t.Errorf("%s = %d\n%s", a.asked, a.status, words(a.body))
		}
	}
}

func TestCookiesAreOutOfReach(t *testing.T) {
	s := published(t)
	v := s.visitor()
	var set []string
	token, err := s.desk.Link(t.Context(), leader, 1<<40)
	s.must(err)
	for _, a := range []answer{v.get("/sign-in"), v.submit("/preferences", url.Values{"theme": {"dark"}, "lang": {"en"}}), v.submit("/sign-in/"+token, nil),
		v.submit("/my/claim", url.Values{"seminar": {"none"}})} {
		set = append(set, a.header.Values("Set-Cookie")...)
	}
	if len(set) < 5 {
		t.Fatalf("only %d cookies were set: %q", len(set), set)
	}
	for _, c := range set {
		lower := strings.ToLower(c)
		for _, want := range []string{"; path=/", "; httponly", "; secure", "; samesite=lax"} {
			if !strings.Contains(lower, want) {
				t.Errorf("the cookie %q lacks %q", c, want)
			}
		}
		taste := strings.HasPrefix(c, "lang=") || strings.HasPrefix(c, "theme=")
		if !taste && !strings.HasPrefix(c, "__Host-") {
			t.Errorf("the cookie %q could be set by a neighbouring host", c)
		}
	}
}

func TestSheetsAndScriptsAreServedWithTheirType(t *testing.T) {
	s := loaded(t)
	page := s.visitor().get("/sign-in").body
	kinds := map[string]string{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
	seen := 0
	for part := range strings.SplitSeq(page, `"`) {
		if !strings.HasPrefix(part, "/static/") {
			continue
		}
		seen++
		a := s.visitor().get(part)
		want := kinds[part[strings.LastIndex(part, "."):]]
		if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), want) || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s = %d, %s, %s; want 200, %s, immutable", part, a.status, a.header.Get("Content-Type"), a.header.Get("Cache-Control"), want)
		}
	}
	if seen == 0 {
		t.Error("the page names no static file")
	}
	for _, path := range []string{"/static/", "/static/x", "/static/../go.mod", "/static/x/..%2f..%2fgo.mod", "/static/x/%00"} {
		if a := s.visitor().get(path); a.status != http.StatusNotFound {
			t.Errorf("%s = %d, want 404", path, a.status)
		}
	}
}

func TestLinksOfAPageLeadSomewhere(t *testing.T) {
	s := published(t)
	for kind, v := range s.visitors() {
		seen, asked := map[string]bool{}, map[string]int{}
		todo := []string{"/", "/my", "/sign-in"}
		if kind == "coordinator" {
			todo = append(todo, "/overview")
		}
		for len(todo) > 0 {
			address := todo[0]
			todo = todo[1:]
			if seen[address] {
				continue
			}
			seen[address] = true
			// Weeks, filters and sums lead on without end: some of each page will do.
			path, _, _ := strings.Cut(address, "?")
			if asked[path]++; asked[path] > 12 {
				continue
			}
			a := v.get(address)
			led := a.status == http.StatusSeeOther && (address == "/" || kind == "anonymous")
			if a.status != http.StatusOK && !led {
				t.Errorf("%s as %s = %d", address, kind, a.status)
			}
			todo = append(todo, links(a.body)...)
		}
		if least := map[string]int{"coordinator": 12, "leader": 5}[kind]; len(seen) < least {
			t.Errorf("%s found %d pages, want at least %d: %v", kind, len(seen), least, seen)
		}
	}
}

func links(page string) []string {
	var list []string
	for part := range strings.SplitSeq(page, `<a `) {
		_, rest, ok := strings.Cut(part, `href="`)
		address, _, _ := strings.Cut(rest, `"`)
		if ok && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "/static/") {
			list = append(list, strings.ReplaceAll(address, "&amp;", "&"))
		}
	}
	return list
}

func TestNothingIsThereBeforeAProgramme(t *testing.T) {
	s := empty(t)
	v := s.signedIn(coordinator)
	for route := range access {
		if method, path, _ := strings.Cut(route, " "); method == fiber.MethodGet {
			a := v.get(strings.NewReplacer(":token", "t", ":id", "x", ":hash/*", "h/x").Replace(path))
			if a.status >= 500 {
				t.Errorf("%s = %d without a programme", route, a.status)
			}
		}
	}
	v.expect(v.get("/overview"), http.StatusNotFound, "No programme is loaded yet")
}
