package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"kaskad/model"
)

// inTwoWaves is the small programme with Borås in a second wave.
func inTwoWaves(t *testing.T) *site {
	t.Helper()
	return open(t, base, func(s *site) {
		p := problem()
		p.Waves = append(p.Waves, model.Wave{ID: "w2", Name: "Andra", From: time.Date(2027, 2, 10, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC)})
		p.Units[1].Wave = "w2"
		s.must(s.service.People.Save(t.Context(), contacts()))
		s.do(model.LoadProgramme{Problem: p})
	})
}

// hiddenFields are what a page's confirming form sends.
func hiddenFields(page answer) url.Values {
	form := page.body[strings.LastIndex(page.body, `<form class="actions" method="post"`):]
	form = form[:strings.Index(form, "</form>")]
	values := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(form, -1) {
		if m[1] != "csrf" {
			values.Add(m[1], m[2])
		}
	}
	return values
}

// Every way of changing waves shows what it brings, does nothing until it is
// confirmed, and then does exactly that.
func TestWavesAreChangedAfterALook(t *testing.T) {
	for name, c := range map[string]struct {
		look string
		says []string
		done func(r *model.Roster, s *model.State) bool
	}{
		"edit": {"/waves/edit?wave=w2&look=1&name=Ny&from=2027-02-12&until=2027-02-27", []string{"12 February 2027"},
			func(r *model.Roster, _ *model.State) bool {
				w := r.Waves["w2"]
				return w.Name == "Ny" && w.From.In(r.Zone).Format(time.RFC3339) == "2027-02-12T00:00:00+01:00" && w.To.In(r.Zone).Format(time.DateOnly) == "2027-02-28"
			}},
		"drag to another week": {"/waves/edit?wave=w2&start=2027-02-15", []string{"15 February 2027", "5 March 2027"},
			func(r *model.Roster, _ *model.State) bool {
				return r.Waves["w2"].From.In(r.Zone).Format(time.DateOnly) == "2027-02-15" && r.Waves["w2"].Name == "Andra"
			}},
		"move": {"/waves/move?area=1490&from=w2&to=w1", []string{"1 → 2", "Move Borås"},
			func(r *model.Roster, _ *model.State) bool { return r.Units["x"].Wave == "w1" }},
		"merge": {"/waves/merge?wave=w2&to=w1", []string{"goes away"},
			func(r *model.Roster, _ *model.State) bool {
				return r.Units["x"].Wave == "w1" && len(r.Problem.Waves) == 1
			}},
		"pause": {"/waves/pause?wave=w2", []string{"What is published stays"},
			func(_ *model.Roster, s *model.State) bool { return s.IsPaused("w2") }},
	} {
		t.Run(name, func(t *testing.T) {
			s := inTwoWaves(t)
			s.draft(lessons()...)
			v := s.signedIn(coordinator)
			seq := s.service.State().Seq
			page := v.expect(v.get(c.look), http.StatusOK, append(c.says, "You need to plan again afterwards.")...)
			if s.service.State().Seq != seq {
				t.Fatal("looking changes something")
			}
			form := hiddenFields(page)
			path, _, _ := strings.Cut(c.look, "?")
			late := url.Values{}
			for name, values := range form {
				late[name] = values
			}
			late.Set("revision", "1")
			v.expect(v.submit(path, late), http.StatusConflict, "Something has changed since you opened the page.")
			s.do(model.RotateFeed{Person: "anna"}) // nothing that the page is about
			v.leads(v.submit(path, form), "/waves")
			state := s.service.State()
			if !c.done(state.Roster, state) {
				t.Errorf("afterwards the waves are %+v", state.Roster.Problem.Waves)
			}
			v.expect(v.get("/waves"), http.StatusOK, "The waves have been changed since the plan was made.")
			v.expect(v.get("/waves/publish?wave=w1"), http.StatusOK, "The waves have been changed since the plan was made. Plan again first.")
		})
	}
}

func TestWavesAreSplitAndResumed(t *testing.T) {
	s := inTwoWaves(t)
	v := s.signedIn(coordinator)
	s.do(model.MoveArea{Area: "1490", From: "w2", To: "w1"})
	page := v.expect(v.get("/waves/split?wave=w1&look=1&area=1490&name=Tredje&from=2027-02-10&until=2027-02-20"), http.StatusOK, "new", "Tredje")
	v.leads(v.submit("/waves/split", hiddenFields(page)), "/waves")
	if r := s.service.State().Roster; r.Units["x"].Wave != "w3" || r.Waves["w3"].Name != "Tredje" {
		t.Errorf("after splitting the waves are %+v", r.Problem.Waves)
	}
	s.do(model.PauseWave{Wave: "w3"})
	v.expect(v.get("/waves"), http.StatusOK, "Paused")
	v.leads(v.submit("/waves/resume", hiddenFields(v.get("/waves/resume?wave=w3"))), "/waves")
	if s.service.State().IsPaused("w3") {
		t.Error("the wave is still paused")
	}
}

// What cannot be done is said on the page that asks for it, and offers no button.
func TestChangesOfWavesThatCannotBeMade(t *testing.T) {
	s := inTwoWaves(t)
	s.draft(lessons()...)
	s.publish("w1")
	v := s.signedIn(coordinator)
	for address, says := range map[string]string{
		"/waves/edit?wave=w1&look=1&from=2027-02-20&until=2027-02-27":                                  "Published seminars that would lie outside",
		"/waves/edit?wave=w1&look=1&from=2027-02-20&until=2027-02-19":                                  "The last day of a wave must not come before its first.",
		"/waves/edit?wave=w1&look=1&from=soon&until=later":                                             "Write the days as dates",
		"/waves/edit?wave=w1&look=1&from=2027-02-20&until=9999-12-31":                                  "The last day of a wave",
		"/waves/move?area=1480&from=w1&to=w1":                                                          "The municipality is in that wave already.",
		"/waves/move?area=1480&from=w1&to=%ff":                                                         "There is no wave",
		"/waves/merge?wave=w1&to=w1":                                                                   "Choose another wave to merge with.",
		"/waves/resume?wave=w1":                                                                        "The wave is not paused.",
		"/waves/split?wave=w1&look=1&from=2027-02-01&until=2027-02-02":                                 "leave at least one",
		"/waves/split?wave=w1&look=1&area=1480&from=x&until=":                                          "Write the days as dates",
		"/waves/edit?wave=w1&look=1&from=2027-02-01&until=2027-02-28&name=" + strings.Repeat("x", 101): "at most 100 letters",
	} {
		page := v.expect(v.get(address), http.StatusOK, says)
		if strings.Contains(page.body, `class="actions" method="post"`) {
			t.Errorf("%s offers to do what cannot be done", address)
		}
	}
	for _, address := range []string{"/waves/edit?wave=w9", "/waves/edit", "/waves/move?area=1480&from=w2", "/waves/move?area=9&from=w1", "/waves/pause?wave=%ff", "/waves/split?wave="} {
		v.expect(v.get(address), http.StatusNotFound)
	}
	v.leads(v.submit("/waves/move", url.Values{"area": {"1480"}, "from": {"w1"}}), "/waves")
}

func TestWavesAreProposedAndAdopted(t *testing.T) {
	s := inTwoWaves(t)
	s.draft(lessons()...)
	v := s.signedIn(coordinator)
	v.expect(v.get("/waves/propose"), http.StatusOK, "The proposal", "Compared with today")
	page := v.expect(v.get("/waves/propose?waves=2&first=2027-02-01&weeks=1&apart=1&limit="), http.StatusOK, "Wave 1: ", "Wave 2: ", "Use these waves",
		"2 of 2 leaders are trained already", "Why this order", "is nearest to Wave 1")
	form := url.Values{"revision": {page.field("revision")}, "waves": {"2"}, "first": {"2027-02-01"}, "weeks": {"1"}, "apart": {"1"}, "limit": {"0"}}
	v.leads(v.submit("/waves/adopt", form), "/waves")
	r := s.service.State().Roster
	if len(r.Problem.Waves) != 2 || r.Units["u"].Wave == r.Units["x"].Wave || r.Units["u"].Wave == "" {
		t.Errorf("adopted waves %+v, u in %q, x in %q", r.Problem.Waves, r.Units["u"].Wave, r.Units["x"].Wave)
	}
	v.expect(v.get("/waves"), http.StatusOK, "The programme has 2 waves now. Plan again.")
	v.expect(v.submit("/waves/adopt", form), http.StatusConflict, "Something has changed since you opened the page.")
	for query, says := range map[string]string{
		"waves=3&first=2027-02-01&weeks=1&apart=1": "fewer than the 3 waves", "waves=13&weeks=1&apart=1": "1 to 12", "waves=x": "1 to 12", "waves=0": "1 to 12",
		"waves=2&first=2027-02-01&weeks=3&apart=1": "The waves need 4 weeks", "waves=2&weeks=-1": "at least one week", "waves=2&limit=x": "Most seminars in a week",
		"waves=2&first=tomorrow": "Write the first day as a date", "waves=2&first=%ff": "Write the first day as a date",
	} {
		page := v.expect(v.get("/waves/propose?"+query), http.StatusUnprocessableEntity, says)
		if strings.Contains(page.body, `action="/waves/adopt"`) {
			t.Errorf("%s: offers to use what there is not", query)
		}
	}
	revision := v.get("/waves/edit?wave=" + r.Problem.Waves[0].ID + "&start=2027-02-15").field("revision")
	v.expect(v.submit("/waves/adopt", url.Values{"waves": {"9"}, "revision": {revision}}), http.StatusUnprocessableEntity, "fewer than the 9 waves")
	again := v.expect(v.get("/waves/propose?waves=2&first=2027-02-01&weeks=1&apart=1"), http.StatusOK, "The programme has these waves already.")
	if strings.Contains(again.body, `action="/waves/adopt"`) {
		t.Error("offers to use what is used")
	}
}

// A wave people have been told of keeps its areas and dates in a proposal.
func TestProposalsKeepWhatIsPublished(t *testing.T) {
	s := inTwoWaves(t)
	s.draft(lessons()...)
	s.publish("w1")
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/waves/propose?waves=2&first=2027-02-08&weeks=1&apart=1"), http.StatusOK, "Första has published seminars and keeps")
	before := *s.service.State().Roster.Waves["w1"]
	v.leads(v.submit("/waves/adopt", url.Values{"revision": {page.field("revision")}, "waves": {"2"}, "first": {"2027-02-08"}, "weeks": {"1"}, "apart": {"1"}}), "/waves")
	r := s.service.State().Roster
	if !r.Waves["w1"].Same(before) || r.Units["u"].Wave != "w1" || r.Units["x"].Wave != "w2" || r.Waves["w2"].From.In(r.Zone).Format(time.DateOnly) != "2027-02-08" {
		t.Errorf("adopted waves %+v", r.Problem.Waves)
	}
}

func TestTheBoardShowsWhatIsPlannedOrReckoned(t *testing.T) {
	s := inTwoWaves(t)
	v := s.signedIn(coordinator)
	page := v.expect(v.get("/waves"), http.StatusOK, "Reckoned: the plan was not made for these waves.")
	if !strings.Contains(page.body, `class="board-bar w1 c1 s3 draft"`) {
		t.Error("without a plan, an area's bar is not its wave's three weeks")
	}
	s.draft(lessons()...)
	page = v.expect(v.get("/waves"), http.StatusOK)
	if !strings.Contains(page.body, `class="board-bar w1 c1 s2"`) {
		t.Error("with a plan, an area's bar does not run from its first seminar, on 1 February, to its last, on the 10th")
	}
	if strings.Contains(words(page.body), "Reckoned: ") {
		t.Error("what is planned is called reckoned")
	}
}
