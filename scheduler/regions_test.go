package scheduler_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/server/demo"
)

// Random problems cut into regions of three people, where nearly everything is
// a seam, with fixed seminars and matrices among them.
func TestPlansMadeRegionByRegionAreValid(t *testing.T) {
	seminars := 0
	for seed := range uint64(100) {
		p := randomProblem(seed)
		p.Published, p.Programme.MaxMoved = nil, nil
		plan := solve(t, p, scheduler.InRegions(3, scheduler.Options{Seed: seed, Iterations: 1000}))
		judge(t, p, plan, "problem "+itoa(seed))
		seminars += len(plan.Seminars)
	}
	if seminars < 100 {
		t.Errorf("only %d seminars in all", seminars)
	}
}

// Regions fit together: what each says it has won is what the whole has won, so
// the cost told at the end is that of the plan. Everybody gets everything, and
// the price is close to that of a programme planned whole.
func TestRegionsFitTogether(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 1000})
	whole := solve(t, p, scheduler.Options{Seed: 1, Iterations: 200_000})
	var told, first model.Cost
	plan := solve(t, p, scheduler.InRegions(300, scheduler.Options{Seed: 1, Iterations: 200_000,
		OnProgress: func(x scheduler.Progress) {
			if x.Stage == "improve" {
				if told = x.Cost; first.Total == 0 {
					first = x.Cost
				}
			}
		}}))
	judge(t, p, plan, "in regions")
	if needs := model.NewRoster(p, "").NeedCount(); first.Unmet > needs/20 {
		t.Errorf("%d of %d needs are unmet when improvement is said to begin", first.Unmet, needs)
	}
	if plan.Cost.Unmet != 0 {
		t.Errorf("unmet = %d, want 0: %+v", plan.Cost.Unmet, plan.Unmet)
	}
	if told != plan.Cost {
		t.Errorf("the regions tell of %+v, the plan costs %+v", told, plan.Cost)
	}
	if float64(plan.Cost.Total) > 1.1*float64(whole.Cost.Total) {
		t.Errorf("total = %d in regions, %d whole", plan.Cost.Total, whole.Cost.Total)
	}
}

func TestRegionsOfTheSameSeedGiveTheSameBytes(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 200})
	var plans [2][]byte
	for i := range plans {
		plans[i], _ = json.Marshal(solve(t, p, scheduler.InRegions(60, scheduler.Options{Seed: 7, Iterations: 5000})))
	}
	if !bytes.Equal(plans[0], plans[1]) {
		t.Error("two runs differ")
	}
}

// A plan to start from is improved by region and never made worse.
func TestRegionsImproveAStart(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 400})
	start := solve(t, p, scheduler.Options{Seed: 1, Iterations: 1000})
	plan := solve(t, p, scheduler.InRegions(150, scheduler.Options{Seed: 2, Iterations: 20_000, Start: start}))
	judge(t, p, plan, "from a start")
	if !plan.Cost.Less(start.Cost) {
		t.Errorf("cost = %+v, the start's %+v", plan.Cost, start.Cost)
	}
}

// Time that is up ends the rounds with the plan there is.
func TestRegionsEndWhenTimeIsUp(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 200})
	began := time.Now()
	plan := solve(t, p, scheduler.InRegions(60, scheduler.Options{Time: 300 * time.Millisecond, Elapsed: func() time.Duration { return time.Since(began) }}))
	judge(t, p, plan, "short of time")
	if len(plan.Seminars) == 0 {
		t.Error("no plan")
	}
}
