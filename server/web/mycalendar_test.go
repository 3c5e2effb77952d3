package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/auth"
	"kaskad/server/web"
)

// subscribes chooses a channel on the own page, with a reminder an hour before.
func (v *visitor) chooses(channel string, more ...string) {
	v.site.t.Helper()
	form := url.Values{"channel": {channel}, "alarm": {"60"}, "language": {"en"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Add(more[i], more[i+1])
	}
	v.leads(v.submit("/my/calendar", form), "/my/calendar")
}

func TestNobodySeesDoubles(t *testing.T) {
	s := published(t)
	me, feed := s.signedIn(staff), s.feedOf("anna")
	me.chooses("feed")
	me.expect(me.get("/my/calendar"), http.StatusOK, "Your choices are saved.", "The calendar fetches everything by itself.")
	taken := s.send()
	if len(taken) != 2 {
		t.Fatalf("subscribing sends %d mails, want one that takes back each of anna's 2 invitations", len(taken))
	}
	for _, m := range taken {
		if m.Method != "CANCEL" || !strings.Contains(m.Text, "You keep your place") {
			t.Errorf("the mail is a %s that says %q", m.Method, m.Text)
		}
	}
	if n := strings.Count(me.get(feed).body, "BEGIN:VEVENT"); n != 2 {
		t.Errorf("the subscription shows %d events, want 2", n)
	}
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")})
	s.do(model.Claim{Person: "lena", Seminar: s.named("d2")})
	for _, m := range s.send() {
		if strings.Contains(m.To.Email, "anna") {
			t.Errorf("a change is mailed to somebody who subscribes: %s", m.Subject)
		}
	}
	me.chooses("mail")
	invited := 0
	for _, m := range s.send() {
		if strings.Contains(m.To.Email, "anna") && m.Method == "REQUEST" {
			invited++
		}
	}
	if invited != 2 {
		t.Errorf("back to mail %d invitations are sent, want 2", invited)
	}
	a := me.get(feed)
	if a.status != http.StatusOK || strings.Count(a.body, "BEGIN:VEVENT") != 1 || !strings.Contains(a.body, "-emptied-feed") {
		t.Errorf("the old subscription is %d:\n%s\nwant a whole calendar that says only that seminars come by mail", a.status, a.body)
	}
}

func TestTheCalendarFollowsWhatAPersonChooses(t *testing.T) {
	s := published(t)
	me, feed := s.signedIn(staff), s.feedOf("anna")
	before := me.get(feed)
	if !strings.Contains(before.body, "TRIGGER:-PT15M") {
		t.Errorf("without a choice there is no reminder a quarter before:\n%s", before.body)
	}
	me.chooses("feed", "alarm", "1440", "strike", "1")
	body := me.get(feed).body
	for _, want := range []string{"TRIGGER:-PT60M", "TRIGGER:-PT1440M", "SUMMARY;LANGUAGE=en:"} {
		if strings.Count(body, want) != 2 {
			t.Errorf("the calendar does not say %s in both events:\n%s", want, body)
		}
	}
	list := lessons()
	s.replan([]model.Seminar{list[0], list[1], list[3]})
	s.publish("w1")
	if body := me.get(feed).body; !strings.Contains(body, "STATUS:CANCELLED") || !strings.Contains(body, "SUMMARY;LANGUAGE=en:CANCELLED: ") || strings.Count(body, "BEGIN:VALARM") != 2 {
		t.Errorf("a cancelled seminar is not marked, or reminds:\n%s", body)
	}
	for what, form := range map[string]url.Values{"no channel": {}, "another channel": {"channel": {"pigeon"}}, "a bad reminder": {"channel": {"feed"}, "alarm": {"soon"}}} {
		seq := s.service.State().Seq
		me.leads(me.submit("/my/calendar", form), "/my/calendar")
		if s.service.State().Seq != seq {
			t.Errorf("%s is taken", what)
		}
	}
	boss := s.signedIn(coordinator)
	boss.expect(boss.get("/my/calendar"), http.StatusOK, "You have no seminars of your own")
}

func TestAnAddressTurnedOffIsGone(t *testing.T) {
	s := published(t)
	me := s.signedIn(staff)
	me.chooses("both")
	feed := s.feedOf("anna")
	me.leads(me.submit("/my/calendar/close", nil), "/my/calendar")
	for range 2 {
		if a := s.visitor().get(feed); a.status != http.StatusGone || strings.Contains(a.body, "VCALENDAR") {
			t.Errorf("an address that was turned off is %d, want 410", a.status)
		}
	}
	me.expect(me.get("/my/calendar"), http.StatusOK, "The calendar address is turned off.")
	me.chooses("feed")
	if s.feedOf("anna") == feed {
		t.Error("the address that was turned off is in use again")
	}
	s.visitor().expect(s.visitor().get(s.feedOf("anna")), http.StatusOK)
	s.visitor().expect(s.visitor().get(feed), http.StatusNotFound)
}

func TestAProtectedIdentityHasACalendarOnlyWhenAsked(t *testing.T) {
	s := published(t)
	me := s.signedIn(auth.User{Person: "hidden", Role: model.Staff})
	if a := s.visitor().get(s.feedOf("hidden")); a.status != http.StatusNotFound {
		t.Errorf("before the choice the calendar is %d, want 404", a.status)
	}
	me.expect(me.get("/my/calendar"), http.StatusOK, "Your personal data is protected.")
	me.chooses("feed")
	a := s.visitor().get(s.feedOf("hidden"))
	if a.status != http.StatusOK || strings.Count(a.body, "SUMMARY;LANGUAGE=en:Booked") != 2 {
		t.Errorf("the calendar is %d:\n%s", a.status, a.body)
	}
	for _, tells := range []string{"LOCATION", "GEO", "DESCRIPTION:L", "Etik", "Juridik", "DiREKT", "Salen", "URL:"} {
		if strings.Contains(a.body, tells) {
			t.Errorf("the calendar tells %s:\n%s", tells, a.body)
		}
	}
}

func TestACalendarIsSentSmall(t *testing.T) {
	s := published(t)
	v, feed := s.visitor(), s.feedOf("anna")
	plain := v.get(feed)
	small := v.get(feed, "Accept-Encoding", "br, gzip;q=0.8")
	r, err := gzip.NewReader(bytes.NewReader([]byte(small.body)))
	s.must(err)
	whole, err := io.ReadAll(r)
	s.must(err)
	if string(whole) != plain.body || small.header.Get("Content-Encoding") != "gzip" || len(small.body) >= len(plain.body) {
		t.Errorf("the small calendar has %d bytes and %q, the whole one %d", len(small.body), small.header.Get("Content-Encoding"), len(plain.body))
	}
	if small.header.Get("ETag") == plain.header.Get("ETag") || small.header.Get("Vary") != "Accept-Encoding" || plain.header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("the tags are %s and %s", small.header.Get("ETag"), plain.header.Get("ETag"))
	}
	for _, c := range []struct {
		accept, tag string
		want        int
	}{{"gzip", small.header.Get("ETag"), 304}, {"gzip", plain.header.Get("ETag"), 304}, {"", small.header.Get("ETag"), 304}, {"gzip", `"x-gzip"`, 200}} {
		if a := v.get(feed, "Accept-Encoding", c.accept, "If-None-Match", c.tag); a.status != c.want {
			t.Errorf("asked with %q for %q: %d, want %d", c.tag, c.accept, a.status, c.want)
		}
	}
	for _, accept := range []string{"", "identity", "gzip;q=0", "GZIP; q=0.000", "br"} {
		if a := v.get(feed, "Accept-Encoding", accept); a.body != plain.body {
			t.Errorf("asked for %q the calendar comes as %q", accept, a.header.Get("Content-Encoding"))
		}
	}
	head := v.ask(http.MethodHead, feed, "", "Accept-Encoding", "gzip")
	if head.body != "" || head.header.Get("Content-Length") != fmt.Sprint(len(small.body)) || head.header.Get("ETag") != small.header.Get("ETag") {
		t.Errorf("HEAD says %v", head.header)
	}
}

func TestACalendarThatCannotBeMadeIsTheLastThatCould(t *testing.T) {
	s := published(t)
	v, feed := s.visitor(), s.feedOf("anna")
	want := v.get(feed)
	s.clock.forward(time.Hour)
	s.clock.broken("(*Server).renderFeed")
	if a := v.get(feed); a.status != http.StatusOK || a.body != want.body || a.header.Get("ETag") != want.header.Get("ETag") {
		t.Errorf("the calendar is %d with %d bytes, want the last good one", a.status, len(a.body))
	}
	if a := v.get(s.feedOf("bo")); a.status != http.StatusNotFound {
		t.Errorf("one that was never made is %d, want 404, on which programs keep what they have", a.status)
	}
	s.clock.broken("")
	s.clock.forward(time.Hour)
	v.expect(v.get(s.feedOf("bo")), http.StatusOK)
	if !strings.Contains(s.log.String(), "calendar not made") {
		t.Error("nobody is told")
	}
}

func TestGuessingAddressesIsHeldBack(t *testing.T) {
	s := published(t)
	v := s.visitor()
	status := func(i int) int { return v.get(fmt.Sprintf("/cal/guess%d.ics", i)).status }
	for i := range 100 {
		if got := status(i); got != http.StatusNotFound {
			t.Fatalf("the unknown address %d is %d, want 404", i+1, got)
		}
	}
	a := v.get("/cal/guess100.ics")
	if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "900" {
		t.Errorf("the next is %d, want 429", a.status)
	}
	if got := status(0); got != http.StatusNotFound {
		t.Errorf("a calendar that asks again for its own retired address gets %d, want 404", got)
	}
	v.expect(v.get(s.feedOf("anna")), http.StatusOK)
	s.clock.forward(16 * time.Minute)
	if got := status(100); got != http.StatusNotFound {
		t.Errorf("a quarter of an hour later: %d, want 404", got)
	}
}

func TestAPersonSeesWhoFetches(t *testing.T) {
	s := published(t)
	me := s.signedIn(staff)
	me.chooses("feed")
	me.expect(me.get("/my/calendar"), http.StatusOK, "No calendar has fetched this address yet.")
	for agent, want := range map[string]string{
		"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)": "Outlook",
		"Google-Calendar-Importer":         "Google Kalender",
		"iOS/17.5 (21F79) dataaccessd/1.0": "Apple Kalender",
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.7":    "Thunderbird",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36": "a web browser",
		"": "an unknown program", "Kalenderix <b>\"/2.0": "Kalenderix b",
	} {
		s.visitor().get(s.feedOf("anna"), "User-Agent", agent)
		s.clock.forward(time.Minute)
		me.expect(me.get("/my/calendar"), http.StatusOK, "Last fetched by "+want)
	}
	_, err := s.web.Fetches.Keep(t.Context())
	s.must(err)
	kept := &web.Fetches{Store: s.store}
	s.must(kept.Load(t.Context()))
	s.web.Fetches = kept
	me.expect(me.get("/my/calendar"), http.StatusOK, "Thunderbird, last", "Outlook, last")
}
