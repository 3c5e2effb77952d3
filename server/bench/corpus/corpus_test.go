package corpus_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"kaskad/model"
	"kaskad/server/bench/corpus"
)

func TestEveryProblemIsValidAndItsNameItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range corpus.All() {
		data, err := json.Marshal(e.Problem)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := model.DecodeProblem(data); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		if seen[e.Name] || e.Shows == "" || e.Problem.Programme.ID != e.Name {
			t.Errorf("%s: name, programme %q or explanation %q is not its own", e.Name, e.Problem.Programme.ID, e.Shows)
		}
		seen[e.Name] = true
		if n := len(e.Problem.People); n > 65 {
			t.Errorf("%s has %d people; a proof would take too long", e.Name, n)
		}
	}
	if len(seen) < 60 {
		t.Errorf("the corpus has %d problems, want at least 60", len(seen))
	}
}

func TestRandomIsTheSameForTheSameSeed(t *testing.T) {
	size := corpus.Size{People: 6, Slots: 4, Venues: 2, Modules: 2}
	for seed := range uint64(20) {
		if !reflect.DeepEqual(corpus.Random(seed, size), corpus.Random(seed, size)) {
			t.Fatalf("seed %d makes two different problems", seed)
		}
		if reflect.DeepEqual(corpus.Random(seed, size), corpus.Random(seed+1, size)) {
			t.Fatalf("seeds %d and %d make the same problem", seed, seed+1)
		}
	}
}
