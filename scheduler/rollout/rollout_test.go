package rollout_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/rollout"
	"kaskad/server/demo"
)

func mustPropose(t testing.TB, p *model.Problem, s rollout.Settings) *rollout.Proposal {
	t.Helper()
	made, err := rollout.Propose(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// A proposal is as good as the best of all divisions, or nearly: all of them
// are tried, in every order of waves.
func TestProposalIsNearTheBestDivision(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	worst, best := 1.0, 0
	const cases = 60
	for range cases {
		towns, waves := 4+r.IntN(4), 2+r.IntN(2)
		p := scattered(r, towns)
		s := rollout.Settings{Waves: waves, First: at(1, 0), Weeks: 10 / waves, Apart: 10 / waves}
		made := mustPropose(t, p, s)
		groups := make([]int, towns)
		for i := range groups {
			groups[i] = slices.IndexFunc(made.Waves, func(w model.Wave) bool { return w.ID == made.Units[p.Units[i].ID] })
		}
		least := math.Inf(1)
		for n := range int(math.Pow(float64(waves), float64(towns))) {
			all := make([]int, towns)
			for i := range all {
				all[i], n = n%waves, n/waves
			}
			least = min(least, rollout.PriceOf(p, s, all))
		}
		got := rollout.PriceOf(p, s, groups)
		worst = max(worst, got/least)
		if got < least*1.0001 {
			best++
		}
	}
	t.Logf("best of all in %d of %d cases, at worst %.2f times the best", best, cases, worst)
	if best < cases*9/10 || worst > 1.25 {
		t.Errorf("best of all in %d of %d cases, at worst %.2f times the best", best, cases, worst)
	}
}

func TestProposalHoldsTogether(t *testing.T) {
	for _, staff := range []int{1000, 4000} {
		p, _ := demo.Direkt(demo.Options{Staff: staff})
		for _, s := range []rollout.Settings{
			{Waves: 1, Weeks: 20, Apart: 20}, {Waves: 3, Weeks: 20, Apart: 20}, {Waves: 5, Weeks: 18, Apart: 9}, {Waves: 12, Weeks: 8, Apart: 4, MaxLoad: 60},
		} {
			made := mustPropose(t, p, s)
			if len(made.Waves) != s.Waves {
				t.Fatalf("%d waves, want %d", len(made.Waves), s.Waves)
			}
			adopted := rollout.WithWaves(p, made.Waves, made.Units)
			if err := model.Validate(adopted); err != nil {
				t.Fatal(err)
			}
			people := 0
			for i, w := range made.Figures.Waves {
				people += w.Staff
				if len(w.Areas) == 0 {
					t.Errorf("wave %s has no areas", w.ID)
				}
				open := 0
				for _, l := range w.Loads {
					if l.Open {
						open++
					}
				}
				if open != s.Weeks {
					t.Errorf("wave %s has %d open weeks, want %d", w.ID, open, s.Weeks)
				}
				if i > 0 && w.From.Before(made.Figures.Waves[i-1].From) {
					t.Errorf("wave %s starts before the one listed earlier", w.ID)
				}
			}
			if people != staff {
				t.Errorf("%d of %d staff are in waves", people, staff)
			}
			area := map[string]string{}
			for i := range p.Units {
				u := &p.Units[i]
				if wave, in := made.Units[u.ID]; in {
					if area[u.Area] == "" {
						area[u.Area] = wave
					}
					if area[u.Area] != wave {
						t.Errorf("area %s is in two waves", u.Area)
					}
				}
			}
		}
	}
}

func TestProposalIsTheSameEachTime(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 1000})
	s := rollout.Settings{Waves: 4, Weeks: 15, Apart: 12}
	first, err := json.Marshal(mustPropose(t, p, s))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if again, _ := json.Marshal(mustPropose(t, p, s)); string(again) != string(first) {
			t.Fatal("the same problem and settings gave another proposal")
		}
	}
}

func TestReadyLeadersStart(t *testing.T) {
	p := line(20, 20, 20, 20)
	for i := range p.People {
		if x := &p.People[i]; x.ID == "lu3" { // the leader of the last town has both modules behind them
			x.Done = []model.Done{{Module: "a", Start: at(1, 8).AddDate(0, -2, 0)}, {Module: "b", Start: at(1, 8).AddDate(0, -2, 0)}}
		}
	}
	made := mustPropose(t, p, rollout.Settings{Waves: 2, First: at(1, 0), Weeks: 5, Apart: 5})
	want := map[string]string{"u0": "w2", "u1": "w2", "u2": "w1", "u3": "w1"}
	for unit, wave := range want {
		if made.Units[unit] != wave {
			t.Errorf("%s is in %s, want %s: %v", unit, made.Units[unit], wave, made.Units)
		}
	}
	if w := made.Figures.Waves[0]; w.Ready != 1 || w.Leaders != 2 {
		t.Errorf("the first wave has %d of %d leaders ready, want 1 of 2", w.Ready, w.Leaders)
	}
	if _, in := made.Units["office"]; in {
		t.Error("an office where nobody is trained was given a wave")
	}
}

func TestPublishedWavesStay(t *testing.T) {
	waves := []model.Wave{{ID: "x", Name: "Ettan", From: at(1, 0), To: at(29, 0)}, {ID: "y", From: at(1, 0), To: at(29, 0)}}
	p := inWaves(line(20, 20, 20, 20), waves, "xyyx")
	p.Published = &model.Plan{Seminars: []model.Seminar{{ID: "S1", Tier: "staff", Module: "a", Slot: "2027-03-08", Venue: "vu0", Attendees: []string{"u0-1"}}}}
	made := mustPropose(t, p, rollout.Settings{Waves: 3, First: at(29, 0), Weeks: 3, Apart: 3})
	if made.Waves[0] != waves[0] || made.Units["u0"] != "x" || made.Units["u3"] != "x" {
		t.Errorf("the published wave was changed: %+v, %v", made.Waves, made.Units)
	}
	if a, b := made.Units["u1"], made.Units["u2"]; a == b || a == "y" && made.Waves[1].From.Equal(waves[1].From) {
		t.Errorf("the rest was not divided anew: %v", made.Units)
	}
	for settings, key := range map[rollout.Settings]string{
		{Waves: 1, Weeks: 3, Apart: 3}: "rollout.kept", {Waves: 4, Weeks: 1, Apart: 1}: "rollout.few-areas",
		{Waves: 0, Weeks: 3, Apart: 3}: "rollout.waves", {Waves: 13, Weeks: 3, Apart: 3}: "rollout.waves",
		{Waves: 2, Weeks: 0, Apart: 3}: "rollout.weeks", {Waves: 2, Weeks: 3}: "rollout.weeks",
		{Waves: 2, Weeks: 3, Apart: 3, MaxLoad: -1}: "rollout.limit", {Waves: 3, Weeks: 6, Apart: 5}: "rollout.short",
	} {
		_, err := rollout.Propose(p, settings)
		if e, ok := err.(*model.Error); !ok || e.Key != key {
			t.Errorf("%+v: %v, want %s", settings, err, key)
		}
	}
	if _, err := rollout.Propose(p, rollout.Settings{Waves: 3, Weeks: 5, Apart: 5}); err != nil {
		t.Errorf("ten weeks hold two waves of five: %v", err)
	}
	for i := range p.Units {
		p.Units[i].Wave = "x"
	}
	_, err := rollout.Propose(p, rollout.Settings{Waves: 2, Weeks: 1, Apart: 1})
	if e, ok := err.(*model.Error); !ok || e.Key != "rollout.all-published" {
		t.Errorf("dividing nothing: %v", err)
	}
}

// Weeks without slots are stepped over.
func TestBreaksDoNotCount(t *testing.T) {
	p := line(20, 20)
	p.Slots = slices.DeleteFunc(p.Slots, func(s model.Slot) bool { return !s.Start.Before(at(8, 0)) && s.Start.Before(at(22, 0)) })
	made := mustPropose(t, p, rollout.Settings{Waves: 2, First: at(3, 12), Weeks: 4, Apart: 4})
	stockholm, _ := time.LoadLocation("Europe/Stockholm")
	local := func(day int) time.Time { return time.Date(2027, 3, day, 0, 0, 0, 0, stockholm) }
	for i, want := range [][2]time.Time{{local(1), local(43)}, {local(43), local(71)}} {
		if w := made.Waves[i]; !w.From.Equal(want[0]) || !w.To.Equal(want[1]) {
			t.Errorf("wave %d is %s to %s, want %s to %s", i+1, w.From, w.To, want[0], want[1])
		}
	}
}
