package scheduler_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// proven is a line of the corpus: small problems whose best plan is known,
// because a solver proved it (go run ./server bench corpus proves them again).
type proven struct {
	Name   string
	NoPlan bool // the problem has no valid plan
	Unmet  int
	Total  int
}

// Each problem gets a short run, which nine in ten need, and then longer ones,
// one seed after the other, until one of them reaches the optimum.
const (
	firstIterations = 400_000
	moreIterations  = 1_500_000
	corpusSeeds     = 6
	shortCorpus     = 20 // problems with -short, for the race detector
)

// On every problem whose optimum is proven the planner finds a plan that good,
// and it claims no bound above the optimum.
func TestCorpusIsSolvedToTheProvenOptimum(t *testing.T) {
	corpus := readCorpus(t)
	if testing.Short() {
		corpus = corpus[:shortCorpus]
	}
	for _, known := range corpus {
		t.Run(known.Name, func(t *testing.T) {
			p := readCorpusProblem(t, known.Name)
			optimum := model.Cost{Unmet: known.Unmet, Total: known.Total}
			for longer := uint64(0); ; longer++ {
				o := scheduler.Options{Seed: max(1, longer), Iterations: firstIterations}
				if longer > 0 {
					o.Iterations = moreIterations
				}
				result, err := scheduler.Solve(t.Context(), p, o)
				if err != nil {
					t.Fatal(err)
				}
				report := check.Check(p, result.Plan)
				if known.NoPlan {
					if report.Valid {
						t.Errorf("the plan is valid, but none was proved to be: %+v", report.Cost)
					}
					return
				}
				if !report.Valid {
					t.Fatalf("the plan breaks %s: %s", report.Violations[0].Code, report.Violations[0].Detail)
				}
				if report.Cost.Less(optimum) {
					t.Fatalf("unmet %d, total %d, better than the optimum %+v", report.Cost.Unmet, report.Cost.Total, optimum)
				}
				if b := result.Plan.Bound; optimum.Less(model.Cost{Unmet: b.Unmet, Total: b.Total}) {
					t.Fatalf("the bound %d, %d is above the optimum %d, %d", b.Unmet, b.Total, known.Unmet, known.Total)
				}
				if !optimum.Less(report.Cost) {
					return
				}
				if longer == corpusSeeds {
					t.Fatalf("unmet %d, total %d with seed %d; %d, %d is known", report.Cost.Unmet, report.Cost.Total, o.Seed, known.Unmet, known.Total)
				}
			}
		})
	}
}

// The stored plans are what the index says: valid, and exactly as good.
func TestCorpusPlansAttainTheProvenOptimum(t *testing.T) {
	for _, known := range readCorpus(t) {
		if known.NoPlan {
			continue
		}
		plan, err := model.DecodePlan(readCorpusFile(t, "plans", known.Name))
		if err != nil {
			t.Errorf("%s: %v", known.Name, err)
			continue
		}
		report := check.Check(readCorpusProblem(t, known.Name), plan)
		if !report.Valid || !report.Claimed || report.Cost.Unmet != known.Unmet || report.Cost.Total != known.Total {
			t.Errorf("%s: valid %v, cost as claimed %v, unmet %d, total %d; the index says %d, %d",
				known.Name, report.Valid, report.Claimed, report.Cost.Unmet, report.Cost.Total, known.Unmet, known.Total)
		}
	}
}

func readCorpus(t *testing.T) []proven {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "corpus", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []proven
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 60 {
		t.Fatalf("the corpus has %d problems, want at least 60", len(all))
	}
	return all
}

func readCorpusProblem(t *testing.T, name string) *model.Problem {
	t.Helper()
	p, err := model.DecodeProblem(readCorpusFile(t, "problems", name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func readCorpusFile(t *testing.T, folder, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "corpus", folder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
