package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kaskad/server/mail"
)

var choiceForm = regexp.MustCompile(`(?s)<form method="post" action="[^"]*/(?:options|seats)">.*?</form>`)
var hiddenField = regexp.MustCompile(`name="([^"]+)" value="([^"]*)"`)

// choices reads what the buttons of a page would send.
func (a answer) choices() []url.Values {
	var list []url.Values
	for _, form := range choiceForm.FindAllString(a.body, -1) {
		values := url.Values{}
		for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
			values.Add(m[1], html.UnescapeString(m[2]))
		}
		values.Del("csrf")
		list = append(list, values)
	}
	return list
}

// choose finds the choice that a test is about.
func (s *site) choose(list []url.Values, fits func(url.Values) bool) url.Values {
	s.t.Helper()
	i := slices.IndexFunc(list, fits)
	if i < 0 {
		s.t.Fatalf("no such choice among %v", list)
	}
	return list[i]
}

func TestALeaderIsTakenFromTheAnswers(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	id := s.named("d2")
	page := v.expect(v.get("/seminars/"+id+"/options"), http.StatusOK, "Who can take this?", "Protected identity")
	shadow := s.choose(page.choices(), func(f url.Values) bool { return f.Get("leader") == "shadow" && f.Get("venue") == "room" })
	v.leads(v.submit("/seminars/"+id+"/options", shadow), "/seminars/"+id)
	if x := s.service.State().Seminars[id]; !slices.Equal(x.Leaders, []string{"shadow"}) || x.Slot != "2027-02-03" || len(x.Attendees) != 3 {
		t.Errorf("the seminar is %+v, want it led by shadow and otherwise as it was", x)
	}
	if mails := s.send(); !slices.ContainsFunc(mails, func(m mail.Message) bool {
		return m.Method == "CANCEL" && m.To.Email == "lena@enhet.example.org"
	}) {
		t.Errorf("%d mails, none of them tells lena", len(mails))
	}
	v.expect(v.submit("/seminars/"+id+"/options", shadow), http.StatusConflict, "Something has changed")
}

func TestAPlaceIsTakenFromTheAnswers(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	id := s.named("d4")
	page := v.expect(v.get("/seminars/"+id+"/options"), http.StatusOK, "Same time, another venue", "Same venue, another time")
	barn := s.choose(page.choices(), func(f url.Values) bool { return f.Get("venue") == "barn" && f.Get("slot") == "2027-02-12" })
	v.leads(v.submit("/seminars/"+id+"/options", barn), "/seminars/"+id)
	if x := s.service.State().Seminars[id]; x.Venue != "barn" || x.Slot != "2027-02-12" {
		t.Errorf("the seminar is %+v, want it in the barn at the same time", x)
	}
}

func TestADraftIsChangedAsADraft(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	barn := s.choose(v.get("/seminars/d4/options").choices(), func(f url.Values) bool { return f.Get("venue") == "barn" })
	v.leads(v.submit("/seminars/d4/options", barn), "/seminars/d4")
	state := s.service.State()
	for _, x := range state.Draft.Plan.Seminars {
		if x.ID == "d4" && x.Venue != "barn" {
			t.Errorf("the draft has %+v", x)
		}
	}
	if len(state.Seminars) != 0 || state.DraftStale() {
		t.Errorf("%d seminars are published, stale: %t; want a good draft and nothing published", len(state.Seminars), state.DraftStale())
	}
	s.publish("")
	if x := s.service.State().Seminars[s.named("d4")]; x.Venue != "barn" {
		t.Errorf("published %+v", x)
	}
}

func TestWhatTheRulesForbidIsNotTaken(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	id := s.named("d3")
	form := v.get("/seminars/" + id + "/options").choices()[0]
	for what, change := range map[string]func(url.Values){
		"before ethics":     func(f url.Values) { f.Set("slot", "2027-02-02") },
		"at no time":        func(f url.Values) { f.Set("slot", "never") },
		"without a leader":  func(f url.Values) { f.Del("leader") },
		"led by a stranger": func(f url.Values) { f.Set("leader", "anna") },
	} {
		sent := url.Values{}
		for k, values := range form {
			sent[k] = slices.Clone(values)
		}
		change(sent)
		seq := s.service.State().Seq
		v.expect(v.submit("/seminars/"+id+"/options", sent), http.StatusConflict, "That is not possible any more")
		if s.service.State().Seq != seq {
			t.Errorf("a seminar was held %s", what)
		}
	}
}

func TestASeminarThatHasBegunHasNoOptions(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	s.clock.forward(40 * 24 * 60 * 60e9)
	if page := v.get("/seminars/" + s.named("d2") + "/options"); strings.Contains(page.body, "Take this") {
		t.Error("a seminar that has begun can be changed")
	}
}
