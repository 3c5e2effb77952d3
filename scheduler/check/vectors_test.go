package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// vector reads one of the contract's test vectors.
func vector(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func vectorProblem(t testing.TB, name string) *model.Problem {
	t.Helper()
	p, err := model.DecodeProblem(vector(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func vectorPlan(t testing.TB, name string) *model.Plan {
	t.Helper()
	p, err := model.DecodePlan(vector(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

type expectation struct {
	Valid               bool
	Codes               []string
	Unmet, Total, Moved int
	Problem             string
}

// TestContractVectors holds Check to every line of the contract's section 4.
func TestContractVectors(t *testing.T) {
	var expected map[string]expectation
	if err := json.Unmarshal(vector(t, "expected.json"), &expected); err != nil {
		t.Fatal(err)
	}
	if len(expected) != 15 {
		t.Errorf("%d vectors, want all 15", len(expected))
	}
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			file, _, _ := strings.Cut(name, " with ")
			plan := vectorPlan(t, file)
			got := check.Check(vectorProblem(t, want.Problem), plan)
			if got.Valid != want.Valid || !slices.Equal(got.Codes, want.Codes) {
				t.Errorf("valid %v with codes %v, want %v with %v; %+v", got.Valid, got.Codes, want.Valid, want.Codes, got.Violations)
			}
			if !want.Valid {
				return
			}
			if got.Cost.Unmet != want.Unmet || got.Cost.Total != want.Total || got.Moved != want.Moved {
				t.Errorf("unmet %d, total %d, moved %d, want %d, %d, %d", got.Cost.Unmet, got.Cost.Total, got.Moved, want.Unmet, want.Total, want.Moved)
			}
			if got.Cost != plan.Cost || !got.Claimed {
				t.Errorf("cost %+v, want the plan's own %+v", got.Cost, plan.Cost)
			}
		})
	}
}
