package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kaskad/model"
	"kaskad/server/auth"
)

func TestPagesShowTheProgramme(t *testing.T) {
	s := published(t)
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d4")})
	v := s.signedIn(coordinator)
	for address, want := range map[string][]string{
		"/overview":                  {"DiREKT", "0 of 4", "Första"},
		"/map":                       {"Göteborg", "Första", "Borås"},
		"/map?colour=coverage":       {"Göteborg"},
		"/map?area=1480":             {"Göteborg"},
		"/waves":                     {"Första", "1 February 2027", "Göteborg"},
		"/seminars":                  {"Etik", "Juridik", "Salen", "No leader"},
		"/seminars?module=law":       {"Juridik"},
		"/seminars?q=salen+NAMN":     {"Etik"},
		"/seminars/" + s.named("d2"): {"Namn annason", "Protected identity", "Enheten"},
		"/plan":                      {"The plan is ready"},
		"/plan/progress":             {"The plan is ready"},
		"/outbox":                    {"Namn annason", "Invitation: Etik"},
		"/outbox?state=failed":       {"Messages"},
		"/my":                        {"My page"},
		"/accessibility":             {"plan@kaskad.example.org"},
		"/sign-in":                   {"E-mail address"},
		"/seminars?wave=none":        {"Show 1 seminar", "Juridik", "Borås"},
	} {
		v.expect(v.get(address), http.StatusOK, want...)
	}
	if page := v.get("/seminars?module=law"); strings.Contains(words(page.body), "Etik 3") {
		t.Error("the filter by module does not filter")
	}
	part := v.get("/seminars?q=salen", "HX-Request", "true")
	if strings.Contains(part.body, "<html") || !strings.Contains(part.body, `id="results"`) {
		t.Errorf("a partial update is not a part: %.200s", part.body)
	}
	v.expect(v.get("/seminars/none"), http.StatusNotFound, "Seminar none does not exist any more.")
}

func TestPeopleSeeTheirOwnSeminarsOnly(t *testing.T) {
	s := published(t)
	anna, lena := s.signedIn(staff), s.signedIn(leader)
	anna.expect(anna.get("/my"), http.StatusOK, "Etik", "Juridik", "0 of 2")
	page := anna.expect(anna.get("/seminars/"+s.named("d2")), http.StatusOK, "Etik", "Namn lenason")
	if strings.Contains(page.body, "boson") {
		t.Error("a participant is told who else comes")
	}
	lena.expect(lena.get("/seminars/"+s.named("d2")), http.StatusOK, "Namn boson", "Protected identity")
	for _, id := range []string{s.named("d1"), s.named("d4"), "none"} {
		anna.expect(anna.get("/seminars/"+id), http.StatusNotFound)
	}
	s.clock.forward(60 * 24 * time.Hour)
	anna = s.signedIn(staff)
	anna.expect(anna.get("/my"), http.StatusOK, "2 of 2")
}

func TestClaimAndHandBack(t *testing.T) {
	s := published(t)
	lena, shadow := s.signedIn(leader), s.signedIn(auth.User{Person: "shadow", Role: model.Leader})
	seminar := url.Values{"seminar": {s.named("d2")}}
	lena.leads(lena.submit("/my/hand-back", seminar), "/my")
	lena.expect(lena.get("/my"), http.StatusOK, "You have handed the seminar back.", "Take")
	lena.leads(lena.submit("/my/hand-back", seminar), "/my")
	lena.expect(lena.get("/my"), http.StatusOK, "You do not lead this seminar any more.")
	shadow.leads(shadow.submit("/my/claim", seminar), "/my")
	shadow.expect(shadow.get("/my"), http.StatusOK, "You now lead the seminar.")
	lena.leads(lena.submit("/my/claim", seminar), "/my")
	lena.expect(lena.get("/my"), http.StatusOK, "Someone else has taken this seminar.")
	for _, id := range []string{"", "none", strings.Repeat("x", 5000), "\xff\xfe", `<script>`} {
		lena.leads(lena.submit("/my/claim", url.Values{"seminar": {id}}), "/my")
		if page := lena.get("/my"); page.status != http.StatusOK || strings.Contains(page.body, "<script>") {
			t.Errorf("claiming %.20q ends in %d", id, page.status)
		}
	}
}

func TestTheOutboxSendsNow(t *testing.T) {
	s := planned(t)
	s.publish("w1")
	v := s.signedIn(coordinator)
	v.leads(v.submit("/outbox/run", nil), "/outbox")
	v.expect(v.get("/outbox"), http.StatusOK, "5 mails have been sent.")
	s.draft(lessons()...)
	s.publish("")
	s.post.refuse = fmt.Errorf("connection refused")
	v.leads(v.submit("/outbox/run", nil), "/outbox")
	s.clock.forward(time.Hour)
	page := v.expect(v.get("/outbox?state=queued"), http.StatusOK, "connection refused")
	if strings.Contains(page.body, "annason") {
		t.Error("the filter by state does not filter")
	}
}

func TestARefusedFormLeavesTheVisitorOnItsPage(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	form := url.Values{"csrf": {v.formToken()}}.Encode()
	for referer, want := range map[string]string{
		base + "/plan?a=b": "/plan?a=b", "": "/", "https://evil.example//evil.example": "/", "%zz": "/", "mailto:x": "/",
	} {
		a := v.ask(http.MethodPost, "/plan/start", form, "Content-Type", "application/x-www-form-urlencoded", "Referer", referer)
		if got := a.field("back"); a.status != http.StatusUnprocessableEntity || got != want {
			t.Errorf("sent from %q the form's page (%d) leads back to %q, want %q", referer, a.status, got, want)
		}
	}
}

func TestHostileAddressesAreAnswered(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	long := strings.Repeat("å", 1500)
	for _, address := range []string{
		"/seminars?page=999999", "/seminars?page=-1", "/seminars?page=0", "/seminars?page=99999999999999999999999", "/seminars?page=x", "/seminars?page=%FF",
		"/seminars?q=" + url.QueryEscape(long), "/seminars?q=%ff%fe", "/seminars?q=\xff\xfe", "/seminars?q=%00", "/seminars?q=<script>alert(1)</script>",
		"/seminars?wave=%ff&area='%22><script>&module=../..", "/seminars?wave=nope&area=9999", "/seminars?q=a&q=b&q[]=c&&&=&=x&%", "/seminars?" + strings.Repeat("q=a&", 800),
		"/map?area=%ff&colour=<script>", "/map?area=0000", "/outbox?state=nope", "/outbox?state=%ff&page=-5",
		"/seminars/a%2Fb", "/seminars/%25", "/seminars/%zz", "/seminars/..%2f..%2fplan", "/seminars/%00", "/seminars/\xff", "/seminars/a/b", "/seminars/" + long,
		"/waves/publish?wave=%2e%2e", "/waves/publish?wave=%ff", "/waves//publish", "/plan/events/x", "/cal/%2e%2e.ics", "/feed/%ff", "/sign-in/%ff", "/sign-in/" + strings.Repeat("x", 3000),
		"//evil.example/", "/%2f%2fevil.example", "/overview/../plan", "/OVERVIEW", "/overview/", "/?next=//evil", "/static/%ff/%ff", "/my;x=1", "*",
	} {
		for _, who := range []*visitor{v, s.visitor()} {
			a := who.get(address)
			if a.status >= 500 || a.status == 0 {
				t.Errorf("%.60q = %d\n%s", address, a.status, words(a.body))
			}
			if !utf8.ValidString(a.body) {
				t.Errorf("%.60q is answered with bytes that are no text", address)
			}
			if strings.Contains(a.body, "<script>") {
				t.Errorf("%.60q brings a script into the page", address)
			}
			if to := a.header.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "evil") {
				t.Errorf("%.60q leads to %q", address, to)
			}
		}
	}
}

func TestFarPagesAreTheLast(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	first := words(v.get("/seminars").body)
	for _, page := range []string{"999999", "-1", "x"} {
		if got := words(v.get("/seminars?page=" + page).body); got != first {
			t.Errorf("page %s of one is not that one:\n%s", page, got)
		}
	}
}

func TestOddRequestsAreAnswered(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for _, headers := range [][]string{
		{"Accept-Language", "\xff\xfe,;;q=,"}, {"Accept-Language", strings.Repeat("sv,", 1000)}, {"Cookie", "__Host-kaskad=%00; lang=\xff; theme=\"x"},
		{"Cookie", strings.Repeat("a=b; ", 500)}, {"HX-Request", "true"}, {"If-None-Match", strings.Repeat("x,", 1000)}, {"Range", "bytes=0-1"},
		{"Content-Type", "multipart/form-data"}, {"X-Forwarded-For", "127.0.0.1"},
	} {
		for _, address := range []string{"/overview", "/seminars", "/sign-in", s.feedOf("anna")} {
			if a := v.get(address, headers...); a.status >= 400 {
				t.Errorf("%s with %.40q = %d", address, headers, a.status)
			}
		}
	}
	for _, body := range []string{"csrf=", "csrf[0]=a&csrf[9999999]=b", "%", "\xff", "csrf=a;b", strings.Repeat("a=b&", 10000)} {
		for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/xml", ""} {
			if a := v.ask(http.MethodPost, "/plan/start", body, "Content-Type", kind); a.status != http.StatusForbidden && a.status != http.StatusBadRequest {
				t.Errorf("the form %.20q of type %q = %d, want 403 or 400", body, kind, a.status)
			}
		}
	}
	for _, method := range []string{"DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"} {
		if a := v.ask(method, "/overview", ""); a.status != http.StatusNotFound {
			t.Errorf("%s /overview = %d, want 404", method, a.status)
		}
	}
}
