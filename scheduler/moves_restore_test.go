package scheduler_test

import (
	"testing"

	"kaskad/scheduler"
)

// A published seminar that has been given up comes back with all its people:
// the plan is worth what it was.
func TestWhatWasPublishedIsBroughtBack(t *testing.T) {
	for _, name := range []string{"published-still-best", "max-moved"} {
		p := readCorpusProblem(t, name)
		for seed := range uint64(10) {
			stood, without, back, err := scheduler.Restore(p, seed, 500)
			if err != nil {
				t.Fatal(err)
			}
			if without <= stood {
				t.Fatalf("%s: the plan is worth %d without a published seminar and %d with it: nothing was lost", name, without, stood)
			}
			if back > stood {
				t.Errorf("%s, seed %d: worth %d at first, %d without a published seminar, %d when it should be back", name, seed, stood, without, back)
			}
		}
	}
}
