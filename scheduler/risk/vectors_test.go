package risk_test

import (
	"os"
	"path/filepath"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/risk"
)

// Every plan of the contract's vectors, broken ones too, can be played.
func TestEveryPlanOfTheVectorsCanBePlayed(t *testing.T) {
	read := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	p, err := model.DecodeProblem(read("../check/testdata/problem.json"))
	if err != nil {
		t.Fatal(err)
	}
	plans, err := filepath.Glob("../check/testdata/plan-*.json")
	if err != nil || len(plans) < 10 {
		t.Fatalf("found the plans %v, %v", plans, err)
	}
	for _, path := range plans {
		plan, err := model.DecodePlan(read(path))
		if err != nil {
			t.Fatal(err)
		}
		f := risk.Simulate(risk.Input{Problem: p, Plan: plan, Rates: risk.Usual, Runs: 5, Seed: 1})
		if f.Needs <= 0 || f.Met <= 0 || f.Met > float64(f.Needs) || f.Most.Before(f.Half) {
			t.Errorf("%s: %.1f of %d needs met, half over by %s, most by %s", path, f.Met, f.Needs, f.Half, f.Most)
		}
	}
	if f := risk.Simulate(risk.Input{Problem: &model.Problem{}, Plan: &model.Plan{}, Runs: 2}); f.Runs != 2 || f.Needs != 0 {
		t.Errorf("a problem without tiers gives %+v", f)
	}
}
