package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
)

// inPlan is a seminar of the draft; nil when it is not there.
func (s *site) inPlan(id string) *model.Seminar {
	plan := s.service.State().Draft.Plan
	if i := slices.IndexFunc(plan.Seminars, func(x model.Seminar) bool { return x.ID == id }); i >= 0 {
		return &plan.Seminars[i]
	}
	return nil
}

// What nobody has been told of is changed on the same pages by the same forms, and
// nobody is told.
func TestTheDraftIsChangedByHand(t *testing.T) {
	for name, c := range map[string]struct {
		path string
		form url.Values
		done func(s *site, x *model.Seminar) bool
	}{
		"move":    {"move", url.Values{"slot": {"2027-02-04"}, "venue": {"barn"}}, func(_ *site, x *model.Seminar) bool { return x != nil && x.Slot == "2027-02-04" && x.Venue == "barn" }},
		"place":   {"move", url.Values{"to": {"slot=2027-02-04"}}, func(_ *site, x *model.Seminar) bool { return x != nil && x.Slot == "2027-02-04" }},
		"leaders": {"leaders", url.Values{"leader": {"shadow"}}, func(_ *site, x *model.Seminar) bool { return x != nil && x.Leaders[0] == "shadow" }},
		"swap": {"swap", url.Values{"with": {"e2"}}, func(s *site, x *model.Seminar) bool {
			return x != nil && x.Slot == "2027-02-05" && s.inPlan("e2").Slot == "2027-02-03"
		}},
		"drop": {"cancel", nil, func(_ *site, x *model.Seminar) bool { return x == nil }},
		"lock": {"lock", url.Values{"whole": {"lock"}}, func(s *site, _ *model.Seminar) bool { return s.service.State().Draft.Holds("e1") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := soundDraft(t)
			v := s.signedIn(coordinator)
			a := v.expect(v.get("/seminars/e1/change"), http.StatusOK, "Nobody has been told of it, and nobody is told now.")
			if !strings.Contains(a.body, `action="/seminars/e1/`+c.path+`"`) {
				t.Errorf("the page has no form to %s", c.path)
			}
			expectNoSecrets(t, "changing the draft", a.body)
			v.expect(v.submit("/seminars/e1/"+c.path, c.form), http.StatusSeeOther)
			if x := s.inPlan("e1"); !c.done(s, x) {
				t.Errorf("it is %+v", x)
			}
			if state := s.service.State(); len(state.Seminars) > 0 || name != "lock" && state.Draft.Plan.Cost.Total == 0 {
				t.Errorf("%d seminars are published, the plan costs %+v", len(state.Seminars), state.Draft.Plan.Cost)
			}
			v.expect(v.get("/changes"), http.StatusOK, ": Etik ", "Undo")
			v.expect(v.submit("/changes/undo", url.Values{"edit": {s.lastStep()}}), http.StatusSeeOther)
			if x := s.inPlan("e1"); c.done(s, x) {
				t.Errorf("undone, it is %+v", x)
			}
		})
	}
}

// soundDraft is sound before anybody has been told.
func soundDraft(t *testing.T) *site {
	s := open(t, base, func(s *site) {
		p := problem()
		p.People[0].Tier = "" // lena needs no training of her own
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: p})
	})
	s.draft(lesson("e1", "staff", "ethics", "2027-02-03", "lena", "anna", "hidden"), lesson("e2", "staff", "ethics", "2027-02-05", "shadow", "bo"),
		lesson("l1", "staff", "law", "2027-02-10", "shadow", "anna", "hidden"))
	return s
}

func TestADraftedSeminarIsPickedUpInTheTimetable(t *testing.T) {
	s := soundDraft(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/timetable?week=2027-02-03&move=e1"), http.StatusOK, "Nobody is told.").body
	for _, want := range []string{`name="to" value="slot=2027-02-04"`, `name="with" value="e2"`} {
		if !strings.Contains(page, want) {
			t.Errorf("picked up, the page lacks %q:\n%s", want, words(page))
		}
	}
	if strings.Contains(page, `value="slot=2027-02-10`) {
		t.Error("a time that the order of modules forbids is offered")
	}
	if page := v.get("/timetable?week=2027-02-03").body; !strings.Contains(page, `data-pick="/timetable?`) {
		t.Error("what is in the draft has no handle")
	}
	a := v.submit("/seminars/e1/move", url.Values{"slot": {"2027-02-12"}})
	if a.status != http.StatusConflict || s.inPlan("e1").Slot != "2027-02-03" {
		t.Errorf("moved against a rule = %d, it is at %s", a.status, s.inPlan("e1").Slot)
	}
}
