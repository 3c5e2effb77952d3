package busy_test

import (
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/busy"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// elsewhere is a calendar on somebody else's server.
type elsewhere struct {
	*httptest.Server
	mu     sync.Mutex
	body   string
	status int
	asked  int
}

func (e *elsewhere) set(status int, body string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.status, e.body = status, body
}

func newElsewhere(t *testing.T) *elsewhere {
	e := &elsewhere{status: http.StatusOK}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.asked++
		tag := fmt.Sprintf("%q", model.Ref([]byte(e.body)))
		if e.status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		if e.status == http.StatusFound {
			w.Header().Set("Location", e.body)
		}
		w.WriteHeader(e.status)
		_, _ = io.WriteString(w, e.body)
	}))
	t.Cleanup(e.Close)
	return e
}

func calendarOf(events ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + strings.Join(events, "") + "END:VCALENDAR\r\n"
}

func meeting(uid, start, length string) string {
	return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nSUMMARY:Hemligt\r\nDTSTART:" + start + "\r\nDURATION:" + length + "\r\nEND:VEVENT\r\n"
}

var (
	boss = model.Actor{Person: "boss", Role: model.Coordinator}
	lena = model.Actor{Person: "lena", Role: model.Leader}
	hers = model.BusyOwner{Person: "lena"}
)

// sources has a programme with two mornings in February 2027, one of them a published seminar lena leads.
func sources(t *testing.T, private bool) (*busy.Sources, *programme.Service) {
	t.Helper()
	at := func(day, hour int) time.Time { return time.Date(2027, 2, day, hour, 0, 0, 0, time.UTC) }
	s, log := store.OpenMemory(), slog.New(slog.DiscardHandler)
	now := func() time.Time { return time.Date(2027, 1, 4, 8, 0, 0, 0, time.UTC) }
	service, err := programme.Open(t.Context(), s, "p", now, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Planner.Stop)
	do := func(c model.Command) {
		t.Helper()
		if _, err := service.Do(t.Context(), boss, c); err != nil {
			t.Fatal(err)
		}
	}
	do(model.LoadProgramme{Problem: &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "direkt", Name: "DiREKT", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law"}, Seats: model.Seats{Max: 9}}},
		Modules:   []model.Module{{ID: "law", Name: "Juridik", Minutes: 60}},
		Sectors:   []string{"municipal"},
		Venues:    []model.Venue{{ID: "room", Name: "Salen", Lat: 57.7, Lon: 12, Capacity: 9}},
		Units:     []model.Unit{{ID: "u", Name: "Enheten", Sector: "municipal", Lat: 57.7, Lon: 12}},
		People: []model.Person{{ID: "anna", Unit: "u", Tier: "staff"},
			{ID: "lena", Unit: "u", Leads: &model.Leads{Tier: "staff", Modules: []string{"law"}}}},
		Slots: []model.Slot{{ID: "one", Start: at(1, 8), End: at(1, 11)}, {ID: "two", Start: at(8, 8), End: at(8, 11)}},
	}})
	plan := &model.Plan{Format: model.PlanFormat, Problem: "direkt", Unmet: []model.Unmet{}, Seminars: []model.Seminar{
		{ID: "n", Tier: "staff", Module: "law", Slot: "one", Venue: "room", Leaders: []string{"lena"}, Attendees: []string{"anna"}}}}
	do(model.SaveDraft{Plan: plan, Base: service.State().Seq})
	do(model.Publish{Draft: service.State().Draft.Ref})
	return &busy.Sources{Programme: service, Store: s, Private: private, Log: log}, service
}

func closed(service *programme.Service) string {
	var list []string
	for _, i := range service.State().Roster.People["lena"].Closed {
		list = append(list, i.From.UTC().Format("0102-1504")+"/"+i.To.UTC().Format("1504"))
	}
	return strings.Join(list, " ")
}

func key(err error) string {
	if e, ok := err.(*model.Error); ok {
		return e.Key
	}
	return fmt.Sprint(err)
}

func TestACalendarElsewhereIsFollowed(t *testing.T) {
	s, service := sources(t, true)
	e := newElsewhere(t)
	e.set(200, calendarOf(meeting("a", "20270208T060000Z", "PT3H"), meeting("b", "20270208T200000Z", "PT1H"), meeting("c", "2027", "PT1H")))
	x, err := s.Subscribe(t.Context(), lena, hers, strings.Replace(e.URL, "http://", " http://", 1)+"/x?key=secret ")
	if err != nil || x.Times != 1 || x.Events != 3 || x.Dropped != 1 {
		t.Fatalf("the source is %+v, %v", x, err)
	}
	if got := closed(service); got != "0208-0800/0900" {
		t.Errorf("lena is closed at %s; want only what overlaps a time of the programme", got)
	}
	seq := service.State().Seq
	if said, err := s.Run(t.Context()); err != nil || service.State().Seq != seq || !strings.HasPrefix(said, "1 ") {
		t.Errorf("an unchanged calendar: %q, %v, revision %d → %d", said, err, seq, service.State().Seq)
	}
	e.set(500, "")
	if _, err := s.Run(t.Context()); err != nil || closed(service) != "0208-0800/0900" {
		t.Errorf("a calendar that fails: %v, and lena is closed at %q", err, closed(service))
	}
	if x, _, _ := s.Of(t.Context(), hers); x.Failed == nil || x.Failed.Key != "busy.refused" || x.Read == 0 {
		t.Errorf("its owner is not told: %+v", x)
	}
	e.set(200, "<html>Sign in</html>")
	if _, err := s.Run(t.Context()); err != nil || closed(service) != "0208-0800/0900" {
		t.Errorf("a page instead of a calendar: %v, closed %q", err, closed(service))
	}
	e.set(200, calendarOf())
	if _, err := s.Run(t.Context()); err != nil || closed(service) != "" {
		t.Errorf("an empty calendar: %v, closed %q", err, closed(service))
	}
	if x, _, _ := s.Of(t.Context(), hers); x.Failed != nil {
		t.Errorf("the failure stays: %+v", x.Failed)
	}
	if err := s.Remove(t.Context(), lena, hers); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Of(t.Context(), hers); ok || err != nil {
		t.Errorf("after removal it is still there: %v, %v", ok, err)
	}
}

func TestWhoHasLeftLeavesNoAddressBehind(t *testing.T) {
	s, service := sources(t, true)
	e := newElsewhere(t)
	e.set(200, calendarOf(meeting("a", "20270208T060000Z", "PT3H")))
	hall := model.BusyOwner{Venue: "hall"}
	load := func(venues ...model.Venue) {
		t.Helper()
		p := *service.State().Roster.Problem
		p.Venues = append(venues, p.Venues[0])
		if _, err := service.Do(t.Context(), boss, model.LoadProgramme{Problem: &p}); err != nil {
			t.Fatal(err)
		}
	}
	load(model.Venue{ID: "hall", Name: "Hallen", Lat: 57.7, Lon: 12, Capacity: 9})
	if _, err := s.Subscribe(t.Context(), boss, hall, e.URL); err != nil {
		t.Fatal(err)
	}
	p := *service.State().Roster.Problem
	p.Venues = []model.Venue{*service.State().Roster.Venues["room"]}
	if _, err := service.Do(t.Context(), boss, model.LoadProgramme{Problem: &p}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Of(t.Context(), hall); ok || err != nil {
		t.Errorf("the address of a venue that is gone is kept: %v, %v", ok, err)
	}
}

func TestTheOwnSeminarsDoNotMakeBusy(t *testing.T) {
	s, service := sources(t, true)
	uid := model.SeatKey{Person: "lena", Seminar: "S00001"}.UID("direkt", 0)
	exchange := "040000008200E00074C5B7101A82E008" + hex.EncodeToString([]byte("\x00\x00vCal-Uid\x01\x00\x00\x00"+uid+"-invite\x00"))
	for what, c := range map[string]struct{ event, want string }{
		"an invitation":            {meeting(uid+"-invite", "20270201T080000Z", "PT3H"), ""},
		"one with a mark":          {meeting(uid+"-a_-BcdEfghIjk0-9-invite", "20270208T080000Z", "PT1H"), ""},
		"one that has moved":       {meeting(uid+"-feed", "20270208T080000Z", "PT1H"), ""},
		"one that Exchange wraps":  {meeting(exchange, "20270208T080000Z", "PT1H"), ""},
		"a shared calendar's":      {meeting(uid+"-shared", "20270208T080000Z", "PT1H"), ""},
		"its very times":           {meeting("x", "20270201T080000Z", "PT3H"), ""},
		"a clash":                  {meeting("x", "20270201T080000Z", "PT2H"), "0201-0800/1000"},
		"another programme's seat": {meeting(strings.Repeat("0", 32)+"-invite", "20270208T080000Z", "PT1H"), "0208-0800/0900"},
	} {
		if _, err := s.Upload(t.Context(), lena, hers, []byte(calendarOf(c.event))); err != nil || closed(service) != c.want {
			t.Errorf("%s: closed %q, %v; want %q", what, closed(service), err, c.want)
		}
	}
	if x, _, _ := s.Of(t.Context(), hers); x.Address != "" || x.Read == 0 {
		t.Errorf("an upload is kept as %+v", x)
	}
}

func TestAnAddressIsLookedAtBeforeItIsFetched(t *testing.T) {
	s, _ := sources(t, false)
	for address, want := range map[string]string{
		"": "busy.bad-address", "file:///etc/passwd": "busy.bad-address", "https://": "busy.bad-address", "gopher://x.se/": "busy.bad-address",
		"https://user:pass@x.se/": "busy.bad-address", "x.se/cal.ics": "busy.bad-address",
		"http://127.0.0.1:1/": "busy.private-address", "http://[::1]:1/": "busy.private-address", "http://localhost:1/": "busy.private-address",
		"http://169.254.169.254/latest": "busy.private-address", "http://10.0.0.1/": "busy.private-address", "webcal://192.168.1.1/": "busy.private-address",
		"http://[::ffff:127.0.0.1]:1/": "busy.private-address", "http://100.64.0.1/": "busy.private-address", "http://0.0.0.0:1/": "busy.private-address",
		"http://[64:ff9b::7f00:1]:1/": "busy.private-address", "http://[fd00::1]/": "busy.private-address",
	} {
		if _, err := s.Subscribe(t.Context(), lena, hers, address); key(err) != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	if _, ok, _ := s.Of(t.Context(), hers); ok {
		t.Error("a refused address is kept")
	}
}

func TestARedirectInsideIsRefusedToo(t *testing.T) {
	s, _ := sources(t, true)
	e := newElsewhere(t)
	e.set(http.StatusFound, e.URL+"/again")
	if _, err := s.Subscribe(t.Context(), lena, hers, e.URL); key(err) != "busy.unreachable" || e.asked > 6 {
		t.Errorf("a redirect in circles: %v after %d requests", err, e.asked)
	}
	e.set(http.StatusFound, "file:///etc/passwd")
	if _, err := s.Subscribe(t.Context(), lena, hers, e.URL); key(err) != "busy.unreachable" {
		t.Errorf("a redirect to a file: %v", err)
	}
	guarded, _ := sources(t, false)
	if _, err := guarded.Subscribe(t.Context(), lena, hers, e.URL); key(err) != "busy.private-address" {
		t.Errorf("the own network: %v", err)
	}
}

func TestALargeCalendarIsNotTakenIn(t *testing.T) {
	s, _ := sources(t, true)
	e := newElsewhere(t)
	e.set(200, "BEGIN:VCALENDAR\r\n"+strings.Repeat("X-FILL:0123456789012345678901234567890123456789\r\n", 120_000)+"END:VCALENDAR\r\n")
	if _, err := s.Subscribe(t.Context(), lena, hers, e.URL); key(err) != "busy.too-large" {
		t.Errorf("6 MB: %v", err)
	}
}

func TestOthersMayNotGiveSomebodysTimes(t *testing.T) {
	s, _ := sources(t, true)
	for _, owner := range []model.BusyOwner{{Person: "anna"}, {Venue: "room"}} {
		if _, err := s.Upload(t.Context(), lena, owner, []byte(calendarOf(meeting("a", "20270208T080000Z", "PT1H")))); model.CodeOf(err) != model.Forbidden {
			t.Errorf("lena gives the times of %+v: %v", owner, err)
		}
		if _, ok, _ := s.Of(t.Context(), owner); ok {
			t.Errorf("the times of %+v are kept", owner)
		}
	}
	if _, err := s.Upload(t.Context(), boss, model.BusyOwner{Venue: "room"}, []byte(calendarOf(meeting("a", "20270208T080000Z", "PT1H")))); err != nil {
		t.Errorf("a coordinator gives a venue's: %v", err)
	}
}
