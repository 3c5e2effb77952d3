package scheduler_test

import (
	"flag"
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/server/bench/corpus"
)

// moves and from are for long runs:
//
//	go test ./scheduler -run TotalEquals -timeout 0 -args -moves 1000000000 -from 1
var (
	moves = flag.Int64("moves", 60_000, "moves to make in TestTotalEqualsAFullRecountAfterEveryMove")
	from  = flag.Uint64("from", 0, "seed of its first problem")
)

// movesEach is how many moves one problem gets before the next comes.
const movesEach = 1000

// After every single move, kept or taken back, the running total is what a count
// of the whole plan from nothing gives. Runs of more than a million moves look
// after every 50th: a sum that is wrong once stays wrong.
func TestTotalEqualsAFullRecountAfterEveryMove(t *testing.T) {
	each, every := int64(movesEach), int64(1)
	if *moves > 1_000_000 {
		each, every = 100*movesEach, 50
	}
	problems := []func(uint64) *model.Problem{randomProblem, corpus.Nasty}
	for made, seed := int64(0), *from; made < *moves; made, seed = made+each, seed+1 {
		p := problems[seed%2](seed)
		if seed%3 == 0 {
			if plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 200}); len(plan.Seminars) > 0 && len(p.Slots) > 0 && p.Published == nil {
				republish(p, plan, seed)
			}
		}
		err := scheduler.Move(p, seed, each, every, func(m scheduler.Moved) {
			if m.Running != m.Recounted {
				t.Fatalf("problem %d: running total %d, recounted %d", seed, m.Running, m.Recounted)
			}
			if m.Broken != 0 && p.Published == nil && len(p.Fixed) == 0 {
				t.Fatalf("problem %d: a move has left %d rules broken", seed, m.Broken)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
