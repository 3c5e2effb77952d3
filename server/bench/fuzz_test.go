package bench_test

import (
	"io"
	"math/rand/v2"
	"testing"

	"kaskad/model"
	"kaskad/server/bench"
	"kaskad/server/bench/corpus"
)

// Strange but legal problems are planned, judged and proved like all others.
// "bench fuzz" does the same with as many as there is time for.
func TestStrangeProblemsArePlannedJudgedAndProved(t *testing.T) {
	for seed := range uint64(200) {
		for _, fault := range bench.Torment(t.Context(), corpus.Nasty(seed), seed, 600).Faults {
			t.Errorf("problem %d: %s", seed, fault)
		}
	}
}

// A text that somebody has spoilt is refused with the place of the fault, or planned.
func TestSpoiltProblemsAreRefusedInWordsOrPlanned(t *testing.T) {
	for seed := range uint64(600) {
		data, err := bench.Maul(corpus.Nasty(seed), rand.New(rand.NewPCG(seed, 5)))
		if err != nil {
			t.Fatal(err)
		}
		if fault := bench.Misread(t.Context(), data, seed, 20); fault != "" {
			t.Errorf("problem %d: %s\n%.3000s", seed, fault, data)
		}
	}
}

// Torment is not blind: a problem that cannot be planned is a fault.
func TestTormentTellsWhatIsWrong(t *testing.T) {
	for name, spoil := range map[string]func(*model.Problem){
		"an unknown zone":     func(p *model.Problem) { p.Programme.Timezone = "Europe/Skövde" },
		"a negative weight":   func(p *model.Problem) { p.Programme.Weights.Mix = new(-1) },
		"a problem unwritten": func(p *model.Problem) { p.Programme.Travel.KmH = 0 },
		"a dangling id":       func(p *model.Problem) { p.People[0].Unit = "nowhere" },
		"fixed against rules": func(p *model.Problem) {
			p.Fixed = []model.Seminar{{ID: "x", Tier: p.Tiers[0].ID, Module: p.Modules[0].ID, Slot: p.Slots[0].ID, Venue: p.Venues[0].ID, Leaders: []string{}, Attendees: []string{}}}
		},
	} {
		p := corpus.Calm(1, corpus.Size{People: 12, Slots: 6, Venues: 2, Modules: 2})
		spoil(p)
		if found := bench.Torment(t.Context(), p, 1, 200); len(found.Faults) == 0 {
			t.Errorf("%s: no fault", name)
		}
	}
	if err := bench.Fuzz(t.Context(), io.Discard, bench.FuzzOptions{Problems: 3, Seed: 1, Iterations: 100}); err != nil {
		t.Error(err)
	}
}
