package model_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

// twoWaves has unit u of area A in wave w and unit v of area B in wave x; w runs
// in the first two weeks of March, x in the third.
func twoWaves() *model.Problem {
	p := programme()
	p.Waves = []model.Wave{{ID: "w", Name: "Ettan", From: at(1, 0), To: at(14, 0)}, {ID: "x", Name: "Tvåan", From: at(14, 0), To: at(31, 0)}}
	p.Units[0].Area, p.Units[1].Area = "A", "B"
	p.Units[1].Wave = "x"
	p.Units = append(p.Units, model.Unit{ID: "office", Name: "Kontoret", Sector: "municipal", Area: "A", Lat: 57.7, Lon: 11.97})
	p.People[len(p.People)-1].Unit = "office" // the outside expert
	return p
}

func (w *world) refused(c model.Command, key string) {
	w.t.Helper()
	err := w.do(boss, c)
	if e, ok := err.(*model.Error); !ok || e.Key != key {
		w.t.Errorf("%T%+v: %v, want %s", c, c, err, key)
	}
}

func (w *world) waveOf(unit string) string { return w.state.Roster.Units[unit].Wave }

func TestWavesAreChanged(t *testing.T) {
	w := newWorld(t, twoWaves())
	w.must(boss, model.EditWave{Wave: "w", Name: " Först ", From: at(2, 0), To: at(13, 0)})
	if got := w.state.Roster.Waves["w"]; got.Name != "Först" || !got.From.Equal(at(2, 0)) || !got.To.Equal(at(13, 0)) {
		t.Errorf("edited wave is %+v", got)
	}
	w.must(boss, model.MoveArea{Area: "A", From: "w", To: "x"})
	if w.waveOf("u") != "x" || w.waveOf("office") != "" {
		t.Errorf("after the move u is in %q, the office in %q", w.waveOf("u"), w.waveOf("office"))
	}
	w.must(boss, model.SplitWave{Wave: "x", Areas: []string{"B", "B"}, Name: "Tredje", From: at(20, 0), To: at(31, 0)})
	if got := w.state.Roster.Problem.Waves; len(got) != 3 || got[2].ID != "w1" || w.waveOf("v") != "w1" || w.waveOf("u") != "x" {
		t.Errorf("after the split the waves are %+v", got)
	}
	w.must(boss, model.MergeWaves{Wave: "w1", Into: "w"})
	if got := w.state.Roster.Waves["w"]; w.waveOf("v") != "w" || !got.To.Equal(at(31, 0)) || w.state.Roster.Waves["w1"] != nil {
		t.Errorf("after the merge v is in %q, the wave is %+v", w.waveOf("v"), got)
	}
	w.must(boss, model.AdoptWaves{Waves: []model.Wave{{ID: "n", From: at(1, 0), To: at(31, 0)}}, Units: map[string]string{"u": "n"}})
	if w.waveOf("u") != "n" || w.waveOf("v") != "" || len(w.state.Roster.Problem.Waves) != 1 {
		t.Errorf("adopted: u in %q, v in %q", w.waveOf("u"), w.waveOf("v"))
	}
}

func TestWavesThatCannotBeAreRefused(t *testing.T) {
	w := newWorld(t, twoWaves())
	long := strings.Repeat("å", 101)
	units := map[string]string{"u": "w"}
	one := model.Wave{ID: "w", From: at(1, 0), To: at(2, 0)}
	for key, list := range map[string][]model.Command{
		"error.no-wave": {model.EditWave{Wave: "z"}, model.MoveArea{Area: "A", From: "w", To: "z"}, model.MergeWaves{Wave: "z", Into: "w"},
			model.MergeWaves{Wave: "w", Into: "z"}, model.PauseWave{Wave: ""}, model.ResumeWave{Wave: "z"}, model.SplitWave{Wave: "z"},
			model.AdoptWaves{Waves: nil, Units: units}},
		"error.no-unit": {model.AdoptWaves{Waves: []model.Wave{one}, Units: map[string]string{"z": "w"}}},
		"waves.dates": {model.EditWave{Wave: "w", From: at(2, 0), To: at(2, 0)}, model.EditWave{Wave: "w"},
			model.EditWave{Wave: "w", From: at(2, 0), To: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}},
		"waves.name":           {model.EditWave{Wave: "w", Name: long, From: at(1, 0), To: at(2, 0)}},
		"waves.ids":            {model.AdoptWaves{Waves: []model.Wave{one, one}, Units: units}, model.AdoptWaves{Waves: []model.Wave{{From: at(1, 0), To: at(2, 0)}}}},
		"waves.same":           {model.MoveArea{Area: "A", From: "w", To: "w"}},
		"waves.no-area":        {model.MoveArea{Area: "A", From: "x", To: "w"}, model.MoveArea{Area: "A", From: "", To: "w"}},
		"waves.split":          {model.SplitWave{Wave: "w", Areas: []string{"A"}}, model.SplitWave{Wave: "w"}, model.SplitWave{Wave: "w", Areas: []string{"B"}}},
		"waves.merge-itself":   {model.MergeWaves{Wave: "w", Into: "w"}},
		"waves.not-paused":     {model.ResumeWave{Wave: "w"}},
		"error.wave-paused":    nil,
		"waves.paused-already": nil,
	} {
		for _, c := range list {
			w.refused(c, key)
		}
	}
	w.must(boss, model.PauseWave{Wave: "w"})
	w.refused(model.PauseWave{Wave: "w"}, "waves.paused-already")
	w.refused(model.MergeWaves{Wave: "w", Into: "x"}, "waves.merge-paused")
	w.draft(training())
	w.refused(model.Publish{Wave: "w", Draft: w.state.Draft.Ref}, "error.wave-paused")
	for _, by := range []model.Actor{{Person: "l0", Role: model.Leader}, {Person: "s0", Role: model.Staff}} {
		if err := w.do(by, model.ResumeWave{Wave: "w"}); model.CodeOf(err) != model.Forbidden {
			t.Errorf("a %s resumes a wave: %v", by.Role, err)
		}
	}
}

// H10 for what people have been told: a seminar that ends with the wave is
// inside, one that ends a minute later is not.
func TestPublishedSeminarsHoldTheirWave(t *testing.T) {
	w := newWorld(t, twoWaves())
	w.publish("w", seminar("a", "staff", "law", "8-8", "near", "l0", "s0"))
	w.must(boss, model.EditWave{Wave: "w", From: at(8, 8), To: at(8, 11)})
	err := w.do(boss, model.EditWave{Wave: "w", From: at(8, 8), To: at(8, 11).Add(-time.Minute)})
	if e, ok := err.(*model.Error); !ok || e.Key != "waves.published" || e.Args[0] != 1 || e.Args[1] != model.SeminarID("S00001") {
		t.Errorf("ending a minute too early: %v", err)
	}
	w.refused(model.EditWave{Wave: "w", From: at(8, 9), To: at(8, 11)}, "waves.published")
	w.refused(model.MoveArea{Area: "A", From: "w", To: "x"}, "waves.published")
	w.must(boss, model.EditWave{Wave: "x", From: at(1, 0), To: at(31, 0)})
	w.must(boss, model.MoveArea{Area: "A", From: "w", To: "x"})
	if got := w.state.Seminars["S00001"].Wave; got != "x" {
		t.Errorf("the published seminar is in wave %q, its people in x", got)
	}
}

func TestADraftOfOtherWavesIsNotPublished(t *testing.T) {
	w := newWorld(t, twoWaves())
	w.draft(seminar("a", "staff", "law", "8-8", "near", "l0", "s0"))
	w.must(boss, model.EditWave{Wave: "x", Name: "Ny", From: at(14, 0), To: at(30, 0)})
	w.refused(model.Publish{Wave: "w", Draft: w.state.Draft.Ref}, "error.draft-waves")
	w.publish("w", seminar("a", "staff", "law", "8-8", "near", "l0", "s0"))
}

func TestADraftOutlivesANewName(t *testing.T) {
	w := newWorld(t, twoWaves())
	w.draft(seminar("a", "staff", "law", "8-8", "near", "l0", "s0"))
	w.must(boss, model.EditWave{Wave: "w", Name: "Nytt namn", From: at(1, 0), To: at(14, 0)})
	w.refused(model.EditWave{Wave: "w", Name: "Nytt namn", From: at(1, 0), To: at(14, 0)}, "waves.no-change")
	w.refused(model.AdoptWaves{Waves: w.state.Roster.Problem.Waves, Units: map[string]string{"u": "w", "v": "x"}}, "waves.no-change")
	if w.state.DraftBeforeWaves() || w.state.DraftOutdated() || w.state.Roster.Waves["w"].Name != "Nytt namn" {
		t.Error("a new name makes a plan out of date")
	}
	w.must(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
}

func TestAPausedWaveIsNotPlanned(t *testing.T) {
	w := newWorld(t, twoWaves())
	told := seminar("a", "staff", "law", "8-8", "near", "x", "s0")
	trained := seminar("b", "leaders", "law", "15-8", "near", "x", "l0")
	w.publish("w", told)
	w.publish("x", told, trained)
	w.must(boss, model.PauseWave{Wave: "w"})
	w.must(boss, model.PauseWave{Wave: "x"})
	p := w.state.PlanningProblem(at(1, 0))
	if err := model.Validate(p); err != nil {
		t.Fatalf("the planning problem of paused waves is not valid: %v", err)
	}
	person := func(id string) model.Person {
		return p.People[slices.IndexFunc(p.People, func(x model.Person) bool { return x.ID == id })]
	}
	if got := person("s0").Needs; !slices.Equal(got, []string{"law"}) {
		t.Errorf("s0, who has been told of law, needs %v", got)
	}
	if got := person("s2"); got.Needs == nil || len(got.Needs) > 0 {
		t.Errorf("s2, who has been told nothing, needs %v", got.Needs)
	}
	if got := person("l0").Leads.Modules; !slices.Equal(got, []string{"law"}) {
		t.Errorf("l0, who is trained by what is published, leads %v", got)
	}
	if got := person("l1").Leads.Modules; len(got) > 0 {
		t.Errorf("l1, who is not trained while the wave is paused, leads %v", got)
	}
	if len(p.Fixed) != 2 || p.Fixed[0].ID != "S00001" {
		t.Errorf("fixed are %+v, want what is published", p.Fixed)
	}
	w.must(boss, model.ResumeWave{Wave: "w"})
	if p := w.state.PlanningProblem(at(1, 0)); len(p.Fixed) != 1 || p.People[0].Needs != nil {
		t.Errorf("after resuming one wave %d seminars are fixed and s0 needs %v", len(p.Fixed), p.People[0].Needs)
	}
}

func TestANewRosterBringsItsOwnWaves(t *testing.T) {
	w := newWorld(t, twoWaves())
	w.must(boss, model.PauseWave{Wave: "w"})
	w.must(boss, model.PauseWave{Wave: "x"})
	w.must(boss, model.LoadProgramme{Problem: programme()}) // has w only
	if !slices.Equal(w.state.Paused, []string{"w"}) || len(w.state.Roster.Problem.Waves) != 1 {
		t.Errorf("paused %v, %d waves", w.state.Paused, len(w.state.Roster.Problem.Waves))
	}
}

// Whatever is done to the waves, in between what happens and is published: the
// roster stays valid, what is published lies in its wave, a checkpoint holds it all.
func TestRandomChangesOfWaves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, twoWaves())
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			randomWaveChange(rt, w)
			if err := model.Validate(w.state.PlanningProblem(at(3, 0))); err != nil {
				rt.Fatal(err)
			}
		}
		for _, x := range w.state.Seminars {
			start, end := w.state.Roster.Span(&x.Seminar)
			for _, p := range x.Attendees {
				wave := w.state.Roster.Waves[w.waveOf(w.state.Roster.People[p].Unit)]
				if wave != nil && !x.Cancelled && (start.Before(wave.From) || end.After(wave.To)) {
					rt.Fatalf("%s attends %s outside of wave %s", p, x.ID, wave.ID)
				}
			}
		}
		snap, err := w.state.Snapshot()
		if err != nil {
			rt.Fatal(err)
		}
		restored, err := model.RestoreState(snap, w.blob)
		if err != nil {
			rt.Fatal(err)
		}
		again, err := restored.Snapshot()
		if err != nil || !bytes.Equal(snap, again) {
			rt.Fatalf("a checkpoint loses something: %v", err)
		}
		for _, id := range []string{"u", "v", "office"} {
			if restored.Roster.Units[id].Wave != w.waveOf(id) {
				rt.Fatalf("unit %s is in %q after restoring, was in %q", id, restored.Roster.Units[id].Wave, w.waveOf(id))
			}
		}
	})
}

func randomWaveChange(rt *rapid.T, w *world) {
	wave := func(label string) string {
		return rapid.SampledFrom([]string{"w", "x", "w1", "w2", ""}).Draw(rt, label)
	}
	day := func(label string) time.Time { return at(rapid.IntRange(1, 31).Draw(rt, label), 0) }
	area := func() string { return rapid.SampledFrom([]string{"A", "B"}).Draw(rt, "area") }
	var c model.Command
	switch rapid.IntRange(0, 8).Draw(rt, "change") {
	case 0:
		c = model.EditWave{Wave: wave("wave"), Name: "n", From: day("from"), To: day("to")}
	case 1, 2:
		c = model.MoveArea{Area: area(), From: wave("from"), To: wave("to")}
	case 3:
		c = model.SplitWave{Wave: wave("wave"), Areas: []string{area()}, From: day("from"), To: day("to")}
	case 4:
		c = model.MergeWaves{Wave: wave("wave"), Into: wave("into")}
	case 5:
		c = model.PauseWave{Wave: wave("wave")}
	case 6:
		c = model.ResumeWave{Wave: wave("wave")}
	case 7:
		c = away("s0", rapid.IntRange(1, 15).Draw(rt, "day"))
	default:
		x := rapid.SampledFrom([]model.Seminar{seminar("a", "staff", "law", "8-8", "near", "x", "s0"), seminar("b", "staff", "law", "15-8", "near", "x", "s1", "s0")}).Draw(rt, "seminar")
		plan := &model.Plan{Format: model.PlanFormat, Problem: "x", Seminars: []model.Seminar{x}, Unmet: []model.Unmet{}}
		if w.do(boss, model.SaveDraft{Plan: plan, Base: w.state.Seq}) == nil {
			roster := w.state.Roster
			start, end := roster.Span(&x)
			for _, p := range x.Attendees { // as a planner would: H10
				if in := roster.Waves[w.waveOf(roster.People[p].Unit)]; in != nil && (start.Before(in.From) || end.After(in.To)) {
					return
				}
			}
			c = model.Publish{Wave: roster.WaveOf(&x), Draft: w.state.Draft.Ref}
		}
	}
	if c != nil {
		_ = w.do(boss, c) // refused is as good
	}
}
