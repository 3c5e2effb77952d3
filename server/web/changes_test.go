package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

var sentRevision = regexp.MustCompile(`name="revision" value="([^"]+)"`)

// revision is what the proposal page sends back.
func (v *visitor) revision(path string) string {
	v.site.t.Helper()
	a := v.get(path)
	m := sentRevision.FindStringSubmatch(a.body)
	if m == nil {
		v.site.t.Fatalf("%s offers nothing to publish: %s", path, words(a.body))
	}
	return m[1]
}

// sound has a plan published that breaks no rule: e1 is led by lena, and shadow could.
func sound(t *testing.T) *site { return soundIn(t, func(*model.Problem) {}) }

// soundIn is sound in a programme that is otherwise.
func soundIn(t *testing.T, otherwise func(*model.Problem)) *site {
	t.Helper()
	s := open(t, base, func(s *site) {
		p := problem()
		p.People[0].Tier = "" // lena needs no training of her own
		otherwise(p)
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: p})
	})
	plan := &model.Plan{Format: model.PlanFormat, Problem: "direkt", Unmet: []model.Unmet{}, Seminars: []model.Seminar{
		lesson("e1", "staff", "ethics", "2027-02-03", "lena", "anna", "bo", "hidden"), lesson("e2", "staff", "ethics", "2027-02-05", "shadow", "cilla"),
		lesson("l1", "staff", "law", "2027-02-10", "shadow", "anna", "bo", "hidden"), lesson("l2", "staff", "law", "2027-02-12", "lena", "cilla")}}
	s.do(model.SaveDraft{Base: s.service.State().Seq, Plan: plan})
	s.publish("w1")
	s.publish("")
	return s
}

func TestAnIllnessIsMendedFromThePages(t *testing.T) {
	s := sound(t)
	v := s.signedIn(coordinator)
	if a := v.get("/changes"); strings.Contains(a.body, "/changes/proposal") {
		t.Errorf("nothing has happened, and something is to be mended: %s", words(a.body))
	}
	ill := s.named("e1")
	a := v.submit("/changes/event", url.Values{"kind": {"person-away"}, "who": {"lenason"}, "from": {"2027-02-03"}, "to": {"2027-02-04"}})
	v.expect(a, http.StatusSeeOther)
	a = v.get("/changes")
	for _, want := range []string{"Namn lenason is away", "has no leader who can", "/seminars/" + ill, "/changes/proposal"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page does not say %q: %s", want, words(a.body))
		}
	}
	if got := v.get("/overview"); !strings.Contains(got.body, "cannot be held as it is") {
		t.Error("the overview does not tell of it")
	}
	a = v.get("/changes/proposal")
	if !strings.Contains(a.body, "instead of Namn lenason") || !strings.Contains(a.body, "No participant gets another time") {
		t.Errorf("the proposal: %s", words(a.body))
	}
	seq := s.service.State().Seq
	v.expect(v.submit("/changes/proposal", url.Values{"revision": {"1-0"}}), http.StatusConflict)
	if s.service.State().Seq != seq {
		t.Error("a proposal nobody looked at was published")
	}
	v.expect(v.submit("/changes/proposal", url.Values{"revision": {v.revision("/changes/proposal")}}), http.StatusSeeOther)
	if x := s.service.State().Seminars[ill]; slices.Contains(x.Leaders, "lena") || x.Slot != "2027-02-03" {
		t.Errorf("published: %+v", x)
	}
	if a := v.get("/changes"); strings.Contains(a.body, "/changes/proposal") {
		t.Errorf("there is something to mend still: %s", words(a.body))
	}
	v.expect(v.submit("/changes/withdraw", url.Values{"event": {"C00001"}}), http.StatusSeeOther)
	if n := len(s.service.State().Circumstances); n != 0 {
		t.Errorf("%d events in force", n)
	}
}

// Every kind of event has a form that can be filled in and sent.
func TestEveryEventCanBeRecorded(t *testing.T) {
	for kind, form := range map[string]url.Values{
		"person-away":   {"who": {"annason"}, "from": {"2027-02-03"}, "to": {"2027-02-03"}},
		"leader-stops":  {"id": {"lena"}, "from": {"2027-02-03"}},
		"person-leaves": {"who": {"ANNA@enhet.example.org"}, "from": {"2027-02-03"}},
		"venue-closed":  {"venue": {"room"}, "from": {"2027-02-03"}, "to": {""}},
		"unit-spares":   {"who": {"Enheten"}, "most": {"1"}},
		"people-join":   {"who": {"kontor"}, "tier": {"staff"}, "list": {"Åsa Öberg; asa@enhet.example.org\nEva\tLind\teva@enhet.example.org\n\n"}},
	} {
		t.Run(kind, func(t *testing.T) {
			s := published(t)
			v := s.signedIn(coordinator)
			form.Set("kind", kind)
			if a := v.get("/changes/event?kind=" + kind); a.status != http.StatusOK {
				t.Fatalf("the form: %d", a.status)
			}
			v.expect(v.submit("/changes/event", form), http.StatusSeeOther)
			list := s.service.State().Circumstances
			if len(list) != 1 || string(list[0].Kind) != kind {
				t.Fatalf("in force: %+v", list)
			}
			if a := v.get("/changes"); a.status != http.StatusOK || !strings.Contains(a.body, `value="C00001"`) {
				t.Errorf("the list: %s", words(a.body))
			}
			if kind == "people-join" {
				for _, name := range []string{"Åsa Öberg", "Eva Lind"} {
					if !slices.ContainsFunc(list[0].People, func(p model.Person) bool { return s.service.People.Name(p.ID) == name }) {
						t.Errorf("%s is not among those who joined", name)
					}
				}
			}
			if a := v.get("/changes/proposal"); a.status != http.StatusOK {
				t.Errorf("the proposal = %d", a.status)
			}
		})
	}
}

func TestEventFormsSayWhatIsMissing(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for name, c := range map[string]struct {
		form url.Values
		want string
	}{
		"nobody named":   {url.Values{"kind": {"person-away"}, "from": {"2027-02-03"}, "to": {"2027-02-03"}}, "Say whom"},
		"nobody found":   {url.Values{"kind": {"person-away"}, "who": {"zzz"}}, "is called zzz"},
		"several fit":    {url.Values{"kind": {"person-away"}, "who": {"Namn"}}, "Several fit"},
		"no date":        {url.Values{"kind": {"person-away"}, "id": {"anna"}, "from": {"soon"}}, "Write the date"},
		"ends before":    {url.Values{"kind": {"person-away"}, "id": {"anna"}, "from": {"2027-02-03"}, "to": {"2027-02-01"}}, "after the beginning"},
		"no number":      {url.Values{"kind": {"unit-spares"}, "id": {"u"}, "most": {"many"}}, "whole number"},
		"no venue":       {url.Values{"kind": {"venue-closed"}, "from": {"2027-02-03"}}, "no venue"},
		"no family name": {url.Values{"kind": {"people-join"}, "id": {"u"}, "tier": {"staff"}, "list": {"Åsa"}}, "cannot be read"},
		"address taken":  {url.Values{"kind": {"people-join"}, "id": {"u"}, "tier": {"staff"}, "list": {"Åsa Ek, anna@enhet.example.org"}}, "the address"},
		"nobody joins":   {url.Values{"kind": {"people-join"}, "id": {"u"}, "tier": {"staff"}, "list": {" \n"}}, "at least one"},
	} {
		a := v.submit("/changes/event", c.form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(words(a.body), c.want) {
			t.Errorf("%s: %d, want 422 and %q: %s", name, a.status, c.want, words(a.body))
		}
	}
	if a := v.get("/changes/event?kind=rain"); a.status != http.StatusNotFound {
		t.Errorf("an unknown kind = %d", a.status)
	}
}

func TestEditsByHandAreListedAndUndone(t *testing.T) {
	s := published(t)
	id := s.named("d3")
	s.do(model.MoveSeminar{Seminar: id, Slot: "2027-02-11"})
	v := s.signedIn(coordinator)
	if a := v.get("/changes"); !strings.Contains(words(a.body), "Moved: Juridik") {
		t.Errorf("the list: %s", words(a.body))
	}
	v.expect(v.submit("/changes/undo", url.Values{"edit": {"E00001"}}), http.StatusSeeOther)
	if x := s.service.State().Seminars[id]; x.Slot != "2027-02-10" {
		t.Errorf("undone, it is %s", x.Slot)
	}
	if a := v.get("/changes"); !strings.Contains(words(a.body), "Redo") {
		t.Errorf("no way to do it again: %s", words(a.body))
	}
	v.expect(v.submit("/changes/undo", url.Values{"edit": {"E00002"}}), http.StatusSeeOther)
	if x := s.service.State().Seminars[id]; x.Slot != "2027-02-11" {
		t.Errorf("redone, it is %s", x.Slot)
	}
	s.do(model.HandBack{Person: "shadow", Seminar: id})
	v.submit("/changes/undo", url.Values{"edit": {"E00003"}})
	if a := v.get("/changes"); !strings.Contains(words(a.body), "Somebody has changed the same seminar since") {
		t.Errorf("no word of what stands against it: %s", words(a.body))
	}
}

func TestAProtectedIdentityIsNotFoundByName(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	for _, secret := range []string{"Dunkelgren", "hemlig.adress1@enhet.example.org"} {
		a := v.submit("/changes/event", url.Values{"kind": {"person-away"}, "who": {secret}, "from": {"2027-02-03"}, "to": {"2027-02-03"}})
		if a.status != http.StatusUnprocessableEntity || len(s.service.State().Circumstances) != 0 {
			t.Errorf("somebody is found by %q: %d", secret, a.status)
		}
	}
}

func TestWhoDidNotComeIsSaidWhereAttendanceIsTaken(t *testing.T) {
	s := published(t)
	v := s.signedIn(coordinator)
	if a := v.get("/changes/event?kind=people-absent"); a.status != http.StatusOK || strings.Contains(a.body, "<option") {
		t.Errorf("before any seminar: %d %s", a.status, words(a.body))
	}
	s.clock.forward(30 * 24 * time.Hour)
	v = s.signedIn(coordinator)
	if a := v.get("/changes/event?kind=people-absent"); !strings.Contains(a.body, s.named("d1")) {
		t.Errorf("after the first: %s", words(a.body))
	}
	a := v.get("/changes/event?kind=people-absent&seminar=" + s.named("d1"))
	if a.status != http.StatusSeeOther || a.header.Get("Location") != "/seminars/"+s.named("d1")+"/attendance" {
		t.Errorf("chosen: %d to %s", a.status, a.header.Get("Location"))
	}
}
