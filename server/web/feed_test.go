package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/store"
)

func (s *site) feedOf(person string) string {
	return "/cal/" + s.web.Secret.FeedToken("direkt", person, s.service.State().Feeds[person]) + ".ics"
}

func TestACalendarIsWhole(t *testing.T) {
	s := published(t)
	v := s.visitor()
	a := v.expect(v.get(s.feedOf("anna")), http.StatusOK)
	if got := strings.Count(a.body, "BEGIN:VEVENT"); got != 2 {
		t.Errorf("the calendar shows %d events, want anna's 2", got)
	}
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(a.header.Values("Set-Cookie")) != 0 {
		t.Error("a calendar program is given cookies")
	}
	head := v.expect(v.ask(http.MethodHead, s.feedOf("anna"), ""), http.StatusOK)
	if head.body != "" || head.header.Get("ETag") != a.header.Get("ETag") || head.header.Get("Content-Length") != a.header.Get("Content-Length") {
		t.Errorf("HEAD says %v, want what GET says and no body", head.header)
	}
}

func TestAnAddressNobodyHasLeadsNowhere(t *testing.T) {
	s := published(t)
	v := s.visitor()
	old := s.feedOf("anna")
	v.expect(v.get(old), http.StatusOK)
	me := s.signedIn(staff)
	me.leads(me.submit("/my/calendar/rotate", nil), "/my/calendar")
	me.expect(me.get("/my/calendar"), http.StatusOK, "You have a new calendar address.")
	v.expect(v.get(s.feedOf("anna")), http.StatusOK)
	token := strings.TrimSuffix(strings.TrimPrefix(old, "/cal/"), ".ics")
	for _, address := range []string{old, "/cal/x.ics", "/cal/.ics", "/cal/%00.ics", "/cal/" + strings.Repeat("a", 3000) + ".ics", "/feed/" + token, "/feed/x", s.feedOf("nobody")} {
		if a := v.get(address); a.status != http.StatusNotFound {
			t.Errorf("%.40s = %d, want 404", address, a.status)
		}
	}
	if first, second := v.get(old), v.get("/cal/never.ics"); first.body != second.body {
		t.Errorf("a retired address is told apart from one that never was: %q, %q", first.body, second.body)
	}
}

func TestAnUnchangedCalendarIsNotSentAgain(t *testing.T) {
	s := published(t)
	v := s.visitor()
	a := v.get(s.feedOf("anna"))
	tag, changed := a.header.Get("ETag"), a.header.Get("Last-Modified")
	at, err := http.ParseTime(changed)
	s.must(err)
	before, after := at.Add(-time.Second).Format(http.TimeFormat), at.Add(time.Second).Format(http.TimeFormat)
	for _, c := range []struct {
		headers []string
		want    int
	}{
		{[]string{"If-None-Match", tag}, 304},
		{[]string{"If-None-Match", "W/" + tag}, 304},
		{[]string{"If-None-Match", `"x", ` + tag}, 304},
		{[]string{"If-None-Match", "*"}, 304},
		{[]string{"If-None-Match", `"x"`}, 200},
		{[]string{"If-Modified-Since", changed}, 304},
		{[]string{"If-Modified-Since", after}, 304},
		{[]string{"If-Modified-Since", before}, 200},
		{[]string{"If-Modified-Since", "yesterday"}, 200},
		{[]string{"If-None-Match", `"x"`, "If-Modified-Since", after}, 200}, // RFC 9110 13.1.3
		{[]string{"If-None-Match", tag, "If-Modified-Since", before}, 304},
	} {
		got := v.get(s.feedOf("anna"), c.headers...)
		if got.status != c.want || c.want == 304 && (got.body != "" || got.header.Get("ETag") != tag) {
			t.Errorf("%q = %d with %d bytes, want %d", c.headers, got.status, len(got.body), c.want)
		}
	}
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")})
	if got := v.get(s.feedOf("anna"), "If-None-Match", tag); got.status != 200 {
		t.Errorf("after her leader has gone the calendar is %d, want 200", got.status)
	}
}

func TestACalendarIsTheSameWithinTheHour(t *testing.T) {
	s := published(t)
	s.clock.forward(time.Hour - 2*time.Minute - time.Duration(s.clock.Now().Minute())*time.Minute)
	v := s.visitor()
	first := v.get(s.feedOf("lena"))
	s.clock.forward(time.Minute)
	if second := v.get(s.feedOf("lena")); second.body != first.body || second.header.Get("ETag") != first.header.Get("ETag") {
		t.Error("within an hour the bytes of a calendar change")
	}
	s.clock.forward(90 * 24 * time.Hour) // every seminar is over and forgotten
	if late := v.get(s.feedOf("lena")); strings.Contains(late.body, "BEGIN:VEVENT") || late.status != 200 {
		t.Errorf("months later the calendar is %d and shows %q", late.status, late.body)
	}
}

func TestACalendarNeverFails(t *testing.T) {
	s := published(t)
	v := s.visitor()
	want := v.get(s.feedOf("anna")).body
	for _, fault := range []store.Fault{store.LoseRequest, store.LoseReply, store.CrashBefore} {
		s.store.Restart()
		s.store.Inject(func(string, string) store.Fault { return fault })
		for range 2 {
			if a := v.get(s.feedOf("anna")); a.status != 200 || a.body != want {
				t.Errorf("with a store that fails (%d) the calendar is %d", fault, a.status)
			}
			if a := v.get("/cal/none.ics"); a.status != 404 {
				t.Errorf("with a store that fails (%d) an unknown address is %d, want 404", fault, a.status)
			}
		}
		s.clock.forward(time.Hour)
	}
	bare := empty(t)
	if a := bare.visitor().get("/cal/none.ics"); a.status != 404 {
		t.Errorf("before a programme a calendar is %d, want 404", a.status)
	}
}

func TestTheLandingPageOfACalendar(t *testing.T) {
	s := published(t)
	v := s.visitor()
	token := strings.TrimSuffix(strings.TrimPrefix(s.feedOf("anna"), "/cal/"), ".ics")
	const never = "No calendar has fetched this address yet."
	page := v.expect(v.get("/feed/"+token), http.StatusOK, "This is the calendar of Namn annason.", "It holds 2 upcoming seminars.", never)
	if !strings.Contains(page.body, base+"/cal/"+token+".ics") || !strings.Contains(page.body, "webcal://kaskad.example.org/cal/"+token+".ics") {
		t.Error("the page does not give the address")
	}
	v.get(s.feedOf("anna"))
	if page := v.get("/feed/" + token); strings.Contains(words(page.body), never) {
		t.Error("the page does not say that the calendar was fetched")
	}
}
