package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/web"
	"kaskad/ui"
)

// settingsForm is the form of a new scenario as the page has it.
func settingsForm(name string, change ...string) url.Values {
	form := url.Values{"name": {name}, "seconds": {"1"}, "maxMoved": {""}}
	for _, key := range []string{"travel", "leaderTravel", "prep", "mixMin", "mix", "crowdMax", "crowd", "continuity", "paceDays", "pace",
		"earliness", "fairness", "preference", "movedSlot", "movedVenue", "movedLeader"} {
		form.Set(key, "2")
	}
	for i := 0; i+1 < len(change); i += 2 {
		form.Set(change[i], change[i+1])
	}
	return form
}

func TestScenariosAreSavedComparedAdoptedAndDropped(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.expect(v.submit("/scenarios", url.Values{"name": {"First <one>"}}), http.StatusSeeOther)
	kept := s.service.State().Scenarios[0]
	if kept.Name != "First <one>" || kept.Ref != s.service.State().Draft.Ref {
		t.Fatalf("kept %q of plan %s", kept.Name, kept.Ref)
	}
	lessons := lessons()
	lessons[1].Slot, lessons[1].Venue = "2027-02-04", "barn"
	s.draft(lessons...)
	list := v.expect(v.get("/scenarios"), http.StatusOK).body
	for _, want := range []string{"First &lt;one&gt;", `value="draft"`, `value="` + kept.ID + `"`, "/scenarios/" + kept.ID + "/adopt"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %s", want)
		}
	}
	compared := v.expect(v.get("/scenarios/compare?with=draft&with="+kept.ID+"&from=draft&to="+kept.ID), http.StatusOK).body
	if !strings.Contains(compared, "Enheten") || !strings.Contains(compared, "2 places at another time") {
		t.Errorf("what differs is not said by unit: %s", compared)
	}
	lines := v.expect(v.get("/scenarios/compare?with=draft&with="+kept.ID+"&from=draft&to="+kept.ID+"&group=u"), http.StatusOK).body
	if !strings.Contains(strings.ReplaceAll(lines, "\u00a0", " "), "Namn annason, Etik: Wed 3 Feb 09:00, Salen instead of Thu 4 Feb 09:00, Ladan.") {
		t.Errorf("what differs for Anna is not said: %s", lines)
	}
	if !strings.Contains(lines, "One person with a protected identity is not shown.") {
		t.Error("nothing is said of the person who is left out")
	}
	for _, by := range []string{"unit", "area", "leader", "unit&group=u", "area&group=1480", "leader&group=shadow", "leader&group=hidden"} {
		body := v.expect(v.get("/scenarios/compare?with=draft&with="+kept.ID+"&by="+by), http.StatusOK).body
		expectNoSecrets(t, "the comparison by "+by, body)
	}
	v.expect(v.submit("/scenarios/"+kept.ID+"/adopt", nil), http.StatusSeeOther)
	if got := s.service.State().Draft.Ref; got != kept.Ref {
		t.Errorf("the draft is %s, want the scenario's plan %s", got, kept.Ref)
	}
	v.expect(v.submit("/scenarios/"+kept.ID+"/drop", nil), http.StatusSeeOther)
	v.expect(v.submit("/scenarios/"+kept.ID+"/drop", nil), http.StatusNotFound)
	if left := s.service.State().Scenarios; len(left) != 1 || left[0].Name != "Before First <one>" {
		t.Errorf("%d scenarios are left, want the draft that was replaced", len(left))
	}
}

// Whoever leads is said by leader, and filters leave out what they say.
func TestDifferencesAreFiltered(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.expect(v.submit("/scenarios", url.Values{"name": {"A"}}), http.StatusSeeOther)
	lessons := lessons()
	lessons[3].Slot = "2027-02-15" // Cilla, in another municipality, led by Lena
	s.draft(lessons...)
	at := "/scenarios/compare?with=draft&with=" + s.service.State().Scenarios[0].ID
	for query, want := range map[string]string{
		"":                      "1 place at another time",
		"&by=leader":            "2 led seminars change",
		"&by=area&area=1480":    "2 led seminars change", // Lena works there
		"&by=area&area=1490":    "1 place at another time",
		"&area=1490&by=leader":  english(t, "compare.same.title"),
		"&q=no+such+unit":       english(t, "compare.same.title"),
		"&by=something&area=99": english(t, "compare.same.title"),
	} {
		if body := v.expect(v.get(at+query), http.StatusOK).body; !strings.Contains(body, want) {
			t.Errorf("%q: the page does not say %q", query, want)
		}
	}
	for _, address := range []string{"/scenarios/compare", "/scenarios/compare?with=draft", "/scenarios/compare?with=draft&with=c99"} {
		if body := v.expect(v.get(address), http.StatusOK).body; !strings.Contains(body, english(t, "compare.empty.title")) {
			t.Errorf("%s compares something", address)
		}
	}
}

func TestAScenarioIsPlannedUnderOtherSettings(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	before := s.service.State().Draft.Ref
	v.expect(v.submit("/scenarios/new", settingsForm("Nearer", "travel", "7", "maxMoved", "3")), http.StatusSeeOther)
	s.service.Planner.Stop()
	state := s.service.State()
	if len(state.Scenarios) != 1 || state.Draft.Ref != before {
		t.Fatalf("%d scenarios, and the draft went from %s to %s", len(state.Scenarios), before, state.Draft.Ref)
	}
	x := state.Scenarios[0]
	if got := x.Settings; got.Weights.Prices().Travel != 7 || got.Weights.Prices().Pace != 2 || *got.MaxMoved != 3 || x.By != coordinator.Person {
		t.Errorf("kept with %+v by %s", got, x.By)
	}
	if page := v.expect(v.get("/plan"), http.StatusOK).body; !strings.Contains(page, "Nearer") || strings.Contains(page, "/plan/use") {
		t.Error("the plan page does not say that the plan is a scenario, or offers it as the draft")
	}
	if err := s.service.Planner.Use(t.Context(), coordinator.Actor()); model.CodeOf(err) != model.Conflict {
		t.Errorf("the plan of a scenario is used as the draft: %v", err)
	}
	if list := v.expect(v.get("/scenarios"), http.StatusOK).body; !strings.Contains(list, "7 (in the programme 1)") || !strings.Contains(list, "At most 3 people may be moved") {
		t.Error("the list does not say what the scenario was asked for")
	}
}

func TestScenarioFormsSayWhatIsWrong(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.expect(v.submit("/scenarios", url.Values{"name": {"Taken"}}), http.StatusSeeOther)
	for _, c := range []struct {
		form url.Values
		want string
	}{
		{settingsForm("X", "pace", "-1"), "Write whole numbers"},
		{settingsForm("X", "pace", "10001"), "Write whole numbers"},
		{settingsForm("X", "pace", "a<b"), "a&lt;b"},
		{settingsForm("X", "maxMoved", "-1"), "Write whole numbers"},
		{settingsForm("X", "seconds", "0"), "Give between 1 and"},
		{settingsForm("  "), english(t, "error.scenario-name")},
		{settingsForm("taken"), "There is a scenario called taken already."},
	} {
		if body := v.expect(v.submit("/scenarios/new", c.form), http.StatusUnprocessableEntity).body; !strings.Contains(body, c.want) {
			t.Errorf("%v: the page does not say %q", c.form, c.want)
		}
	}
	if body := v.expect(v.submit("/scenarios", url.Values{"name": {"TAKEN"}}), http.StatusConflict).body; !strings.Contains(body, "TAKEN already") {
		t.Error("a name given twice is not refused in words")
	}
	if body := v.expect(v.get("/scenarios/new?preset=travel"), http.StatusOK).body; !strings.Contains(body, `name="travel" type="number" inputmode="numeric" min="0" max="10000" value="3"`) {
		t.Error("the preset does not fill in the form")
	}
	if n := len(s.service.State().Scenarios); n != 1 {
		t.Errorf("%d scenarios, want the first only", n)
	}
}

func TestAnOldScenarioSaysWhyItIsNotAdopted(t *testing.T) {
	s := planned(t)
	v := s.signedIn(coordinator)
	v.expect(v.submit("/scenarios", url.Values{"name": {"Old"}}), http.StatusSeeOther)
	id := s.service.State().Scenarios[0].ID
	lessons := lessons()
	lessons[1].ID, lessons[1].Slot = "e2", "2027-02-04"
	s.draft(lessons...)
	s.publish("w1")
	if body := v.expect(v.get("/scenarios"), http.StatusOK).body; !strings.Contains(body, "since the scenario Old was made") || strings.Contains(body, "/scenarios/"+id+"/adopt") {
		t.Error("a scenario that knows nothing of a publication may be adopted")
	}
	v.expect(v.submit("/scenarios/"+id+"/adopt", nil), http.StatusConflict)
	v.expect(v.get("/scenarios/compare?with=published&with="+id), http.StatusOK)
}

func TestTextsOfScenariosAreInEveryLanguage(t *testing.T) {
	renderer := web.Renderer(t, time.UTC)
	s := planned(t)
	page := s.signedIn(coordinator).get("/scenarios/new").body
	for _, key := range []string{"compare.part.gained", "compare.part.lost", "compare.part.time", "compare.part.place", "compare.part.leader",
		"compare.part.leads-more", "compare.part.leads-less", "compare.part.leads-other", "preset.travel", "preset.mix", "preset.early",
		"preset.leaders", "preset.calm", "scenarios.setting.free", "scenarios.setting.moved"} {
		expectText(t, renderer, key, "scenarios.go")
	}
	for _, key := range []string{"gained", "lost", "time", "place", "leader", "leads.gained", "leads.lost", "leads.place"} {
		for _, lang := range ui.Languages {
			if text := renderer.Text(lang, "compare.line."+key, "name", "Å", "module", "M", "from", "F", "to", "T"); !strings.Contains(text, "Å") || !strings.Contains(text, "M") {
				t.Errorf("%s of compare.line.%s is %q", lang, key, text)
			}
		}
	}
	if strings.Contains(page, "preset.") || strings.Contains(page, "weight.") {
		t.Error("the form shows the key of a text")
	}
}

// english is a text as a reader of English gets it.
func english(t *testing.T, key string) string {
	t.Helper()
	return web.Renderer(t, time.UTC).Text("en", key)
}
