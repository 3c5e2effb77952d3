package forecast_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/forecast"
)

// Every plan of the contract's vectors, broken ones too, has a forecast.
func TestEveryPlanOfTheVectorsHasAForecast(t *testing.T) {
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
		for _, now := range []time.Time{{}, p.Slots[len(p.Slots)/2].Start, p.Slots[len(p.Slots)-1].End.AddDate(1, 0, 0)} {
			f := forecast.Make(forecast.Input{Problem: p, Plan: plan, Now: now})
			if f.Goal <= 0 || f.Lacking < 0 || f.Lacking > f.Goal || f.Done > f.Planned {
				t.Errorf("%s at %s: %d of %d minutes lack, %d held, %d planned", path, now, f.Lacking, f.Goal, f.Done, f.Planned)
			}
		}
	}
}

func TestAProgrammeWithoutTiersHasNoGoal(t *testing.T) {
	if f := forecast.Make(forecast.Input{Problem: &model.Problem{}, Plan: &model.Plan{}}); f.Goal != 0 || f.Lacking != 0 || len(f.Weeks) != 0 {
		t.Errorf("%+v", f)
	}
	p := &model.Problem{Tiers: []model.Tier{{ID: "staff"}}}
	if f := forecast.Make(forecast.Input{Problem: p, Plan: &model.Plan{}}); f.Goal != 0 || len(f.Weeks) != 0 {
		t.Errorf("without slots: %+v", f)
	}
}
