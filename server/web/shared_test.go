package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/auth"
)

// makes makes a shared calendar and returns where its page is and its address.
func (v *visitor) makes(kind, of string) (page, address string) {
	v.site.t.Helper()
	a := v.submit("/calendars", url.Values{"kind": {kind}, "of": {of}})
	page = a.header.Get("Location")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(page, "/calendars/") {
		v.site.t.Fatalf("making a calendar of %s %s = %d, led to %s", kind, of, a.status, page)
	}
	body := v.expect(v.get(page), http.StatusOK).body
	_, rest, _ := strings.Cut(body, `value="`+base)
	address, _, _ = strings.Cut(rest, `"`)
	return page, address
}

func TestCoordinatorsMakeCalendarsOfParts(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.expect(v.get("/calendars?q=enhet"), http.StatusOK, "Enheten")
	for kind, c := range map[string]struct {
		of     string
		events int
	}{"programme": {"", 4}, "wave": {"w1", 3}, "area": {"1480", 3}, "venue": {"room", 4}, "leader": {"lena", 2}, "unit": {"u", 4}} {
		_, address := v.makes(kind, c.of)
		a := s.visitor().expect(s.visitor().get(address), http.StatusOK)
		if got := strings.Count(a.body, "BEGIN:VEVENT"); got != c.events {
			t.Errorf("the calendar of %s %s shows %d events, want %d\n%s", kind, c.of, got, c.events, a.body)
		}
		expectNoSecrets(t, "the calendar of "+kind, a.body)
		landing := strings.TrimSuffix(strings.Replace(address, "/cal/", "/feed/", 1), ".ics")
		expectNoSecrets(t, "its landing page", s.visitor().expect(s.visitor().get(landing), http.StatusOK).body)
	}
	for kind, of := range map[string]string{"busy-person": "lena", "busy-venue": "room"} {
		_, address := v.makes(kind, of)
		a := s.visitor().expect(s.visitor().get(address), http.StatusOK)
		if !strings.HasSuffix(address, ".ifb") || !strings.Contains(a.body, "BEGIN:VFREEBUSY") || strings.Contains(a.body, "Etik") {
			t.Errorf("the busy times of %s at %s are\n%s", of, address, a.body)
		}
	}
	v.expect(v.get("/calendars"), http.StatusOK, "Calendars there are", "Away from Enheten")
	for kind, of := range map[string]string{"leader": "shadow", "busy-person": "hidden", "wave": "none", "": ""} {
		v.leads(v.submit("/calendars", url.Values{"kind": {kind}, "of": {of}}), "/calendars")
		if list := s.service.State().Calendars.SharedBy(""); len(list) != 8 {
			t.Errorf("a calendar of %s %s was made", kind, of)
		}
	}
}

func TestASharedAddressIsRenewedAndTurnedOff(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	page, address := v.makes("wave", "w1")
	v.leads(v.submit(page+"/renew", nil), page)
	s.visitor().expect(s.visitor().get(address), http.StatusNotFound)
	_, rest, _ := strings.Cut(v.get(page).body, `value="`+base)
	renewed, _, _ := strings.Cut(rest, `"`)
	s.visitor().expect(s.visitor().get(renewed), http.StatusOK)
	other := s.signedIn(staff)
	other.expect(other.get(page), http.StatusNotFound)
	other.leads(other.submit(page+"/remove", nil), "/my/calendar")
	s.visitor().expect(s.visitor().get(renewed), http.StatusOK)
	v.leads(v.submit(page+"/remove", nil), "/calendars")
	s.visitor().expect(s.visitor().get(renewed), http.StatusGone)
	v.expect(v.get(page), http.StatusNotFound)
}

func TestAUnitsContactMakesItsCalendar(t *testing.T) {
	s := published(t)
	boss, me := s.signedIn(coordinator), s.signedIn(staff)
	if me.submit("/calendars", url.Values{"kind": {"unit"}, "of": {"u"}}); len(s.service.State().Calendars.Shared) != 0 {
		t.Fatal("anybody can see who of a unit is away")
	}
	const page = "/calendars/units/u"
	boss.leads(boss.submit(page, url.Values{"email": {"nobody@enhet.example.org"}}), page)
	boss.expect(boss.get(page), http.StatusOK, "Nobody in the programme has that address.")
	boss.leads(boss.submit(page, url.Values{"email": {"Anna@enhet.example.org"}}), page)
	boss.expect(boss.get(page), http.StatusOK, "Namn annason")
	me.expect(me.get("/my/calendar"), http.StatusOK, "Away from Enheten")
	_, address := me.makes("unit", "u")
	a := s.visitor().expect(s.visitor().get(address), http.StatusOK)
	if !strings.Contains(a.body, "Namn annason") {
		t.Errorf("the unit's calendar names nobody:\n%s", a.body)
	}
	expectNoSecrets(t, "the unit's calendar", a.body)
	boss.leads(boss.submit(page, url.Values{"off": {"anna"}}), page)
	s.visitor().expect(s.visitor().get(address), http.StatusGone)
	protected := s.signedIn(auth.User{Person: "hidden", Role: model.Staff})
	if protected.submit("/calendars", url.Values{"kind": {"busy-person"}, "of": {"hidden"}}); len(s.service.State().Calendars.SharedBy("hidden")) != 0 {
		t.Error("the busy times of a protected identity can be shared")
	}
}

func TestNotesReachCalendarsAndInvitations(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	v.leads(v.submit("/calendars/notes", url.Values{"module": {"ethics"}, "everyone": {"Penna & papper\r\nGott humör"}, "leaders": {"Nyckel"}}), "/calendars/notes")
	v.expect(v.get("/calendars/notes"), http.StatusOK, "Penna &amp; papper", "Saved.")
	if body := s.visitor().get(s.feedOf("lena")).body; !strings.Contains(body, "What to bring: Nyckel\\nPenna") {
		t.Errorf("the leader does not read what to bring:\n%s", body)
	}
	updates := s.send()
	if len(updates) != 4 { // lena leads and attends, anna and bo attend; nobody else may be mailed
		t.Errorf("%d mails tell of the note", len(updates))
	}
	for _, bad := range []string{"http://x.se", "https://", "nothing"} {
		v.leads(v.submit("/calendars/links", url.Values{"venue": {"room"}, "link": {bad}}), "/calendars/notes")
	}
	if links := s.service.State().Calendars.Links; len(links) != 0 {
		t.Errorf("links %v were taken", links)
	}
}
