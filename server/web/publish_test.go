package web_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/mail"
)

// announced is what a publish page says will be mailed.
type announced struct{ invites, updates, voids, people, unreachable int }

var (
	mailNote    = regexp.MustCompile(`(\d+) invitations, (\d+) changes, (\d+) cancellations`)
	toldPeople  = regexp.MustCompile(`People who are told (\d+)`)
	unreachable = regexp.MustCompile(`(\d+) cannot be reached by mail`)
)

// figures reads a publish page; one with nothing to publish announces nothing.
func (a answer) figures() (f announced) {
	text := words(a.body)
	for pattern, into := range map[*regexp.Regexp][]*int{mailNote: {&f.invites, &f.updates, &f.voids}, toldPeople: {&f.people}, unreachable: {&f.unreachable}} {
		for i, number := range pattern.FindStringSubmatch(text) {
			if i > 0 {
				*into[i-1], _ = strconv.Atoi(number)
			}
		}
	}
	return f
}

// counted is what was mailed.
func counted(mails []mail.Message) (f announced) {
	people := map[string]bool{}
	for _, m := range mails {
		people[m.To.Email] = true
		switch {
		case m.Method == "CANCEL":
			f.voids++
		case strings.HasPrefix(m.Subject, "Invitation"):
			f.invites++
		default:
			f.updates++
		}
	}
	f.people = len(people)
	return f
}

// publishes opens the page, presses the button, and expects the mails announced.
func (v *visitor) publishes(wave string) announced {
	v.site.t.Helper()
	page := v.expect(v.get("/waves/publish?wave="+url.QueryEscape(wave)), http.StatusOK)
	said := page.figures()
	v.leads(v.submit("/waves/publish?wave="+url.QueryEscape(wave), url.Values{"revision": {page.field("revision")}}), "/waves")
	v.expect(v.get("/waves"), http.StatusOK, "is published.")
	v.site.clock.forward(time.Minute)
	sent := counted(v.site.send())
	sent.unreachable = said.unreachable
	if sent != said {
		v.site.t.Errorf("the page announced %+v, the job sent %+v", said, sent)
	}
	return said
}

func TestPublishingSendsWhatThePageSaid(t *testing.T) {
	changed := func(change func(list []model.Seminar) []model.Seminar) []model.Seminar { return change(lessons()) }
	move := func(list []model.Seminar) []model.Seminar { list[1].Slot = "2027-02-04"; return list }
	cancel := func(list []model.Seminar) []model.Seminar { return slices.Delete(list, 2, 3) }
	swap := func(list []model.Seminar) []model.Seminar {
		list[1].Attendees = []string{"anna", "hidden"}
		return list
	}
	room := func(list []model.Seminar) []model.Seminar { list[1].Venue = "barn"; return list }
	replaced := func(list []model.Seminar) []model.Seminar { list[1].Leaders = []string{"shadow"}; return list }
	for name, c := range map[string]struct {
		before func(s *site) // after everything has been published and sent
		draft  []model.Seminar
		want   announced
	}{
		"nothing was published before":         {nil, lessons(), announced{invites: 5, people: 3, unreachable: 2}},
		"one is moved":                         {(*site).told, changed(move), announced{updates: 3, people: 3, unreachable: 1}},
		"one is in another room":               {(*site).told, changed(room), announced{updates: 3, people: 3, unreachable: 1}},
		"one is cancelled":                     {(*site).told, changed(cancel), announced{voids: 1, people: 1, unreachable: 2}},
		"one has no seat any more":             {(*site).told, changed(swap), announced{voids: 1, people: 1}},
		"one has another leader":               {(*site).told, changed(replaced), announced{updates: 2, voids: 1, people: 3, unreachable: 2}},
		"a leader has handed one back":         {(*site).handedBack, changed(replaced), announced{updates: 2, people: 2, unreachable: 2}},
		"one is moved before anybody was told": {(*site).unsent, changed(move), announced{invites: 3, people: 3, unreachable: 1}},
		"one is over by now":                   {(*site).weeksLater, changed(swap), announced{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := loaded(t)
			if c.before != nil {
				c.before(s)
			}
			s.replan(c.draft)
			if c.want == (announced{}) {
				if got := s.signedIn(coordinator).get("/waves/publish?wave=w1").figures(); got != c.want {
					t.Errorf("the page announces %+v, want nothing", got)
				}
				return
			}
			v := s.signedIn(coordinator)
			if name == "one is moved before anybody was told" {
				if got := v.get("/waves/publish?wave=w1").figures(); got != c.want {
					t.Errorf("the page announces %+v, want %+v", got, c.want)
				}
				return // the job then also sends what the first publication announced
			}
			if got := v.publishes("w1"); got != c.want {
				t.Errorf("the page announces %+v, want %+v", got, c.want)
			}
		})
	}
}

// replan makes a draft as planners do: a seminar that is published keeps its id.
func (s *site) replan(list []model.Seminar) {
	s.t.Helper()
	for i := range list {
		for id, x := range s.service.State().Seminars {
			if strings.HasSuffix(x.DraftID, "/"+list[i].ID) {
				list[i].ID = id
				break
			}
		}
	}
	s.draft(list...)
}

// told is everything published and mailed; unsent published only.
func (s *site) told() {
	s.unsent()
	s.send()
}

func (s *site) unsent() {
	s.draft(lessons()...)
	s.publish("w1")
}

func (s *site) handedBack() {
	s.told()
	s.do(model.HandBack{Person: "lena", Seminar: s.named("d2")})
	s.send()
}

func (s *site) weeksLater() {
	s.told()
	s.clock.forward(60 * 24 * time.Hour)
}

func TestEveryWaveIsPublishedOnItsOwn(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	if got, want := v.publishes(""), (announced{invites: 2, people: 2}); got != want {
		t.Errorf("people without a wave: %+v, want %+v", got, want)
	}
	v.publishes("w1")
	v.expect(v.get("/waves/publish?wave=w1"), http.StatusOK, "Nothing to publish")
	v.expect(v.submit("/waves/publish?wave=w1", url.Values{"revision": {s.revision()}}), http.StatusConflict, "is published as the plan has it already")
	for _, wave := range []string{"w2", "W1", " ", "w1/", "none"} {
		v.expect(v.get("/waves/publish?wave="+url.QueryEscape(wave)), http.StatusNotFound)
	}
}

// revision is what the form of a publish page sends back just now.
func (s *site) revision() string {
	state := s.service.State()
	return fmt.Sprint(state.Seq, "-", state.Draft.Ref[:16])
}

func TestOnlyWhatWasReadIsPublished(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	revision := v.get("/waves/publish?wave=w1").field("revision")
	s.draft(lessons()[:2]...)
	seq := s.service.State().Seq
	for _, sent := range []string{revision, "", "1-x"} {
		v.expect(v.submit("/waves/publish?wave=w1", url.Values{"revision": {sent}}), http.StatusConflict, "Something has changed since you opened the page.")
	}
	if s.service.State().Seq != seq {
		t.Error("a page that is out of date was published")
	}
	stale := published(t)
	v = stale.signedIn(coordinator)
	stale.do(model.HandBack{Person: "lena", Seminar: stale.named("d2")})
	page := v.expect(v.get("/waves/publish?wave=w1"), http.StatusOK, "Published seminars have changed since this plan was made.")
	if got := page.figures(); got != (announced{}) {
		t.Errorf("a plan out of date announces %+v", got)
	}
	v.expect(v.submit("/waves/publish?wave=w1", url.Values{"revision": {stale.revision()}}), http.StatusConflict, "Plan again first.")
	v.expect(loaded(t).signedIn(coordinator).get("/waves/publish?wave=w1"), http.StatusNotFound, "There is no plan to publish yet")
}

// Ids are anything people write; what an address cannot hold as a path must still be published.
func TestWavesMayBeCalledAnything(t *testing.T) {
	for _, id := range []string{"none", "a/b", "x?y=z&w", "/", "våg 1 %"} {
		s := open(t, base, func(s *site) {
			p := problem()
			p.Waves[0].ID, p.Units[0].Wave = id, id
			s.must(s.service.People.Save(t.Context(), contacts()))
			s.do(model.LoadProgramme{Problem: p})
		})
		s.draft(lessons()...)
		v := s.signedIn(coordinator)
		link := html.UnescapeString(regexp.MustCompile(`href="(/waves/publish\?wave=[^"]+)"`).FindStringSubmatch(v.get("/waves").body)[1])
		page := v.expect(v.get(link), http.StatusOK)
		if got := html.UnescapeString(page.field("wave")); got != id {
			t.Errorf("the page of wave %q is of %q", id, got)
		}
		v.leads(v.submit("/waves/publish", url.Values{"wave": {id}, "revision": {page.field("revision")}}), "/waves")
		if published := len(s.service.State().Seminars); published == 0 {
			t.Errorf("publishing wave %q published nothing", id)
		}
	}
}
