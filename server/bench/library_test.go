package bench

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"kaskad/model"
	"kaskad/server/bench/corpus"
)

var kept = library{filepath.Join("..", "..", "scheduler", "testdata", "corpus")}

// The corpus in the planner's test data is the one the generator makes, so that
// proving it again proves what the planner is tested on.
func TestCorpusIsWhatTheGeneratorMakes(t *testing.T) {
	index, err := kept.index()
	if err != nil {
		t.Fatal(err)
	}
	all := corpus.All()
	if len(index) != len(all) {
		t.Errorf("the index has %d problems, the generator makes %d", len(index), len(all))
	}
	for i, e := range all {
		if i >= len(index) || index[i].Name != e.Name {
			t.Errorf("%s is not in its place in the index", e.Name)
			continue
		}
		made, err := json.Marshal(e.Problem)
		if err != nil {
			t.Fatal(err)
		}
		want, err := model.DecodeProblem(made)
		if err != nil {
			t.Fatal(err)
		}
		if got := keptProblem(t, e.Name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the stored problem is another", e.Name)
		}
	}
}

// No optimal plan that meets every need costs less in any term than the bound
// on that term alone.
func TestTermBoundsHold(t *testing.T) {
	index, err := kept.index()
	if err != nil {
		t.Fatal(err)
	}
	bounded := 0
	for _, o := range index {
		if o.NoPlan || o.Unmet > 0 {
			continue
		}
		f, err := read(keptProblem(t, o.Name))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := model.DecodePlan(keptFile(t, "plans", o.Name))
		if err != nil {
			t.Fatal(err)
		}
		least, cost := reflect.ValueOf(f.termBounds()), reflect.ValueOf(plan.Cost)
		for i := range least.NumField() {
			if least.Field(i).Int() > cost.Field(i).Int() {
				t.Errorf("%s: %s is %d, below its bound %d", o.Name, least.Type().Field(i).Name, cost.Field(i).Int(), least.Field(i).Int())
			}
			if least.Field(i).Int() > 0 {
				bounded++
			}
		}
	}
	if bounded == 0 {
		t.Error("no term of any problem has a bound above 0")
	}
}

func keptProblem(t *testing.T, name string) *model.Problem {
	t.Helper()
	p, err := model.DecodeProblem(keptFile(t, "problems", name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func keptFile(t *testing.T, folder, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(kept.folder, folder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every term of the cost table is paid by some optimal plan: a corpus in which
// one is always 0 would not notice it being counted wrong.
func TestCorpusPaysEveryCost(t *testing.T) {
	index, err := kept.index()
	if err != nil {
		t.Fatal(err)
	}
	paid := map[string]int{}
	for _, o := range index {
		if o.NoPlan {
			continue
		}
		plan, err := model.DecodePlan(keptFile(t, "plans", o.Name))
		if err != nil {
			t.Fatal(err)
		}
		cost := reflect.ValueOf(plan.Cost)
		for i := range cost.NumField() {
			if cost.Field(i).Int() > 0 {
				paid[cost.Type().Field(i).Name]++
			}
		}
	}
	for i := range reflect.TypeFor[model.Cost]().NumField() {
		if name := reflect.TypeFor[model.Cost]().Field(i).Name; paid[name] < 2 {
			t.Errorf("%s is paid in %d optimal plans, want at least 2", name, paid[name])
		}
	}
	t.Log(paid)
}
