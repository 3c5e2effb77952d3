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

// decode reads one of the contract's test vectors.
func decode[T any](t testing.TB, name string) *T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	value := new(T)
	if err := json.Unmarshal(data, value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

type expectation struct {
	Valid               bool
	Codes               []string
	Unmet, Total, Moved int
	Problem             string
}

// TestContractVectors holds Check to every line of the contract's section 4.
func TestContractVectors(t *testing.T) {
	for name, want := range *decode[map[string]expectation](t, "expected.json") {
		t.Run(name, func(t *testing.T) {
			file, _, _ := strings.Cut(name, " with ")
			plan := decode[model.Plan](t, file)
			got := check.Check(decode[model.Problem](t, want.Problem), plan)
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
