package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kaskad/model"
)

func lesson(id, slot string, attendees ...string) model.Seminar {
	return seminar(id, "staff", "law", slot, "near", "l0", attendees...)
}

// keyOf is the text key of a refusal.
func keyOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return fmt.Sprint(err)
}

func TestAScenarioIsKeptBesideTheDraft(t *testing.T) {
	w := newWorld(t, programme())
	if err := w.do(boss, model.SaveScenario{Name: "Nu"}); keyOf(err) != "error.scenario-no-draft" {
		t.Errorf("saved without a draft: %v", err)
	}
	w.draft(lesson("n1", "8-8", "s0", "s1"))
	kept := w.state.Draft.Ref
	w.must(boss, model.SaveScenario{Name: "  Våren   först "})
	w.draft(lesson("n1", "15-8", "s0"))
	x := w.state.Scenarios[0]
	if x.Name != "Våren först" || x.Ref != kept || len(x.Plan.Seminars[0].Attendees) != 2 || x.By != boss.Person || w.state.Scenario(x.ID) != x {
		t.Errorf("kept %+v, want the first draft by %s", x, boss.Person)
	}
	w.must(boss, model.AdoptScenario{Scenario: x.ID})
	if w.state.Draft.Ref != kept || len(w.state.Scenarios) != 1 {
		t.Errorf("adopted draft %s, want %s; %d scenarios are left, want it to stay", w.state.Draft.Ref, kept, len(w.state.Scenarios))
	}
	w.must(boss, model.DropScenario{Scenario: x.ID})
	if len(w.state.Scenarios) != 0 || w.state.Draft.Ref != kept {
		t.Error("dropping a scenario took more than the scenario, or less")
	}
	if err := w.do(boss, model.DropScenario{Scenario: x.ID}); keyOf(err) != "error.no-scenario" {
		t.Errorf("dropped twice: %v", err)
	}
	if err := w.do(boss, model.AdoptScenario{Scenario: x.ID}); keyOf(err) != "error.no-scenario" {
		t.Errorf("adopted what is gone: %v", err)
	}
}

// The draft that is replaced is kept once, under a name of its own.
func TestAdoptingKeepsTheDraftItReplaces(t *testing.T) {
	w := newWorld(t, programme())
	w.draft(lesson("n1", "8-8", "s0"))
	w.must(boss, model.SaveScenario{Name: "A"})
	first := w.state.Scenarios[0]
	names := func() (list []string) {
		for _, x := range w.state.Scenarios {
			list = append(list, x.Name)
		}
		return list
	}
	for _, slot := range []string{"8-13", "15-8"} {
		w.draft(lesson("n1", slot, "s0"))
		replaced := w.state.Draft.Ref
		w.must(boss, model.AdoptScenario{Scenario: first.ID, Keep: "Före A"})
		if last := w.state.Scenarios[len(w.state.Scenarios)-1]; last.Ref != replaced || w.state.Draft.Ref != first.Ref {
			t.Errorf("the last scenario is of %s and the draft %s, want %s and %s", last.Ref, w.state.Draft.Ref, replaced, first.Ref)
		}
	}
	if got := names(); !slices.Equal(got, []string{"A", "Före A", "Före A 2"}) {
		t.Errorf("scenarios %q", got)
	}
	w.must(boss, model.AdoptScenario{Scenario: w.state.Scenarios[1].ID, Keep: "Före"})
	if got := names(); len(got) != 3 {
		t.Errorf("a draft that is a scenario already is kept again: %q", got)
	}
	w.draft(lesson("n1", "1-13", "s0"))
	w.must(boss, model.AdoptScenario{Scenario: first.ID, Keep: strings.Repeat("lång ", 30)})
	if got := names(); len(got) != 4 || utf8.RuneCountInString(got[3]) > model.LongestScenarioName {
		t.Errorf("a long name keeps %q", got)
	}
	w.draft(lesson("n1", "1-8", "s0"))
	w.must(boss, model.AdoptScenario{Scenario: first.ID})
	if got := names(); len(got) != 4 {
		t.Errorf("without a name the draft is kept: %q", got)
	}
}

func TestScenarioNames(t *testing.T) {
	w := newWorld(t, programme())
	w.draft(lesson("n1", "8-8", "s0"))
	w.must(boss, model.SaveScenario{Name: "Kort resväg"})
	for name, want := range map[string]string{
		"": "error.scenario-name", " \t": "error.scenario-name", "kort  RESVÄG": "error.scenario-taken",
		strings.Repeat("å", model.LongestScenarioName+1): "error.scenario-long", strings.Repeat("å", model.LongestScenarioName): "<nil>",
	} {
		if got := keyOf(w.state.MayNameScenario(name)); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
		if err := w.do(model.Actor{Person: "s0", Role: model.Staff}, model.SaveScenario{Name: name}); model.CodeOf(err) != model.Forbidden {
			t.Errorf("staff saves a scenario: %v", err)
		}
	}
	for i := 1; i < model.MostScenarios; i++ {
		w.must(boss, model.SaveScenario{Name: fmt.Sprint("nr ", i)})
	}
	if err := w.do(boss, model.SaveScenario{Name: "en till"}); keyOf(err) != "error.scenario-many" {
		t.Errorf("one too many: %v", err)
	}
}

// Adopting takes the settings along, so that the next run asks for the same.
func TestAdoptingTakesTheSettingsAlong(t *testing.T) {
	w := newWorld(t, programme())
	three, fifty := 3, 50
	settings := model.Settings{Weights: model.Weights{Travel: &three}, MaxMoved: &fifty, Seconds: 30}
	plan := &model.Plan{Format: model.PlanFormat, Problem: "x", Seminars: []model.Seminar{lesson("n1", "8-8", "s0")}, Unmet: []model.Unmet{}}
	w.must(boss, model.SaveScenario{Name: "Närmare", Plan: plan, Base: w.state.Seq, Settings: settings})
	x := w.state.Scenarios[0]
	w.must(boss, model.AdoptScenario{Scenario: x.ID})
	if got := w.state.Roster.Problem.Settings(); !got.SameAs(settings) || w.state.Draft == nil || w.state.Draft.Seconds != 30 {
		t.Errorf("settings %+v and draft %+v after adopting, want those of the scenario", got, w.state.Draft)
	}
	roster := w.state.Roster.Ref
	w.must(boss, model.AdoptScenario{Scenario: x.ID})
	if w.state.Roster.Ref != roster {
		t.Error("adopting the same settings loads the programme again")
	}
	one := 1 // the contract's price of a minute on the way
	if other := (model.Settings{Seconds: 9}); other.SameAs(settings) || !other.SameAs(model.Settings{Weights: model.Weights{Travel: &one}}) {
		t.Error("settings are the same when every price and the limit are, however long the run")
	}
}

func TestAScenarioThatNoLongerFitsIsNotAdopted(t *testing.T) {
	saved := func() (*world, *model.Scenario) {
		w := newWorld(t, programme())
		w.draft(lesson("n1", "8-8", "s0", "s1"))
		w.must(boss, model.SaveScenario{Name: "Först"})
		return w, w.state.Scenarios[0]
	}
	for name, c := range map[string]struct {
		then func(w *world)
		want string
	}{
		"nothing":                    {func(*world) {}, "<nil>"},
		"its own draft is published": {func(w *world) { w.must(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref}) }, "<nil>"},
		"another draft is published": {func(w *world) { w.publish("w", lesson("n2", "15-8", "s0")) }, "error.scenario-stale"},
		"what it knows is moved": {func(w *world) {
			w.must(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
			w.publish("w", lesson("S00001", "15-8", "s0", "s1"))
		}, "error.scenario-stale"},
		"a leader hands back": {func(w *world) {
			w.must(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
			w.must(boss, model.HandBack{Person: "l0", Seminar: "S00001"})
		}, "error.scenario-stale"},
		"somebody leaves": {func(w *world) {
			p := programme()
			p.People = append(p.People[:1:1], p.People[2:]...)
			w.must(boss, model.LoadProgramme{Problem: p})
		}, "error.scenario-roster"},
	} {
		w, x := saved()
		c.then(w)
		if got := keyOf(w.state.ScenarioStale(x)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if err := w.do(boss, model.AdoptScenario{Scenario: x.ID}); keyOf(err) != c.want {
			t.Errorf("%s: adopting says %v, want %s", name, err, c.want)
		}
	}
}

func TestAStaleDraftIsNoScenario(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", lesson("n1", "8-8", "s0"))
	w.must(boss, model.HandBack{Person: "l0", Seminar: "S00001"})
	if err := w.do(boss, model.SaveScenario{Name: "Gammalt"}); keyOf(err) != "error.draft-stale" {
		t.Errorf("saved a stale draft: %v", err)
	}
}

func TestAsPublishedKeepsWhatPeopleWereTold(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", lesson("n1", "8-8", "s0"))
	plan := w.state.AsPublished(w.state.Draft.Plan, w.state.Draft.Ref)
	if plan.Seminars[0].ID != "S00001" || w.state.Draft.Plan.Seminars[0].ID != "n1" {
		t.Errorf("ids %s and %s, want the published one in the copy only", plan.Seminars[0].ID, w.state.Draft.Plan.Seminars[0].ID)
	}
	if other := w.state.AsPublished(plan, "another"); other != plan {
		t.Error("a plan nothing is published from is copied")
	}
}

func TestScenariosSurviveTheirJournal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, programme())
		for step := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				w.draft(randomPlan(rt, w.state)...)
				_ = w.do(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref}) // refused is as good
			case 1:
				_ = w.do(boss, model.SaveScenario{Name: fmt.Sprint(step)})
			default:
				if len(w.state.Scenarios) == 0 {
					continue
				}
				x := rapid.SampledFrom(w.state.Scenarios).Draw(rt, "scenario")
				if rapid.Bool().Draw(rt, "drop") {
					w.must(boss, model.DropScenario{Scenario: x.ID})
				} else if err := w.do(boss, model.AdoptScenario{Scenario: x.ID, Keep: "före"}); (err == nil) != (w.state.Draft != nil && w.state.Draft.Ref == x.Ref && !w.state.DraftStale() && w.state.ScenarioStale(x) == nil) {
					rt.Fatalf("adopting says %v, the draft is %+v", err, w.state.Draft)
				}
			}
			checkSnapshot(rt, w)
			checkPlans(rt, w.state)
		}
		replayed := model.NewState()
		for _, e := range w.log {
			next, err := replayed.Apply(e, w.blob)
			if err != nil {
				rt.Fatal(err)
			}
			replayed = next
		}
		if !bytes.Equal(snapshot(rt, replayed), snapshot(rt, w.state)) {
			rt.Error("folding the journal again gives another State")
		}
		checkPlans(rt, replayed)
	})
}

// checkPlans holds that every scenario has the plan its ref names.
func checkPlans(rt *rapid.T, s *model.State) {
	for _, x := range s.Scenarios {
		data, err := json.Marshal(x.Plan)
		if err != nil || model.Ref(data) != x.Ref {
			rt.Fatalf("scenario %s has another plan than %s (%v)", x.Name, x.Ref, err)
		}
	}
}

func TestApplyRefusesScenariosOfADamagedJournal(t *testing.T) {
	w := newWorld(t, programme())
	for name, event := range map[string]model.Event{
		"a missing plan":   model.ScenarioSaved{Name: "x", Plan: "gone"},
		"no such scenario": model.ScenarioDropped{Scenario: "c9"},
	} {
		if _, err := w.state.Apply(model.Entry{Seq: 2, Events: []model.Event{event}}, w.blob); err == nil {
			t.Errorf("%s was taken in", name)
		}
	}
}
