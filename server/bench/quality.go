package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/server/demo"
)

// measured is one run of the engine on one problem.
type measured struct {
	plan       *model.Plan
	cost       model.Cost    // by check
	valid      bool          // by check
	first      time.Duration // until the first whole plan; below 0: never told
	met        time.Duration // until no need was unmet; below 0: never
	speed      float64       // moves a second while improving
	iterations int64
}

// measure runs the engine for so long, timed by elapsed.
func measure(ctx context.Context, p *model.Problem, seed uint64, limit time.Duration, elapsed func() time.Duration) (measured, error) {
	m := measured{first: -1, met: -1}
	improving := time.Duration(-1)
	result, err := scheduler.Solve(ctx, p, scheduler.Options{Seed: seed, Time: limit, Elapsed: elapsed, OnProgress: func(at scheduler.Progress) {
		switch at.Stage {
		case "improve":
			if improving < 0 {
				improving = at.Elapsed
			}
		case "bound", "done":
		default:
			return
		}
		if m.first < 0 {
			m.first = at.Elapsed
		}
		if m.met < 0 && at.Cost.Unmet == 0 {
			m.met = at.Elapsed
		}
	}})
	if err != nil {
		return m, err
	}
	if spent := (elapsed() - improving).Seconds(); improving >= 0 && spent > 0 {
		m.speed = float64(result.Iterations) / spent
	}
	report := check.Check(p, result.Plan)
	m.plan, m.cost, m.valid, m.iterations = result.Plan, report.Cost, report.Valid, result.Iterations
	return m, nil
}

// gap is how far the total is above the bound, in percent of the bound; below
// 0 where the two cannot be compared, because more needs are unmet than proven.
func (m measured) gap() float64 {
	b := m.plan.Bound
	if m.cost.Unmet != b.Unmet || b.Total == 0 {
		return -1
	}
	return 100 * float64(m.cost.Total-b.Total) / float64(b.Total)
}

// sinceNow starts a stopwatch.
func sinceNow() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// sinceThen starts a stopwatch of half the processor time, for a machine that does other
// work too: what two cores take to themselves, as far as both have work. It is asked
// far more often than the system can be, so it looks anew a hundred times a second.
func sinceThen() func() time.Duration {
	var mu sync.Mutex
	began, _ := processUse()
	looked, spent := time.Now(), time.Duration(0)
	return func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(looked) >= 10*time.Millisecond {
			now, _ := processUse()
			looked, spent = time.Now(), time.Duration((now-began)/2*float64(time.Second))
		}
		return spent
	}
}

// QualityOptions say what Quality runs.
type QualityOptions struct {
	Staff   []int
	Seconds []int
	Seeds   int
}

// Quality runs the engine on demonstrations of each size for each time with
// each seed, and prints median, least and most of what came out.
func Quality(ctx context.Context, w io.Writer, o QualityOptions) error {
	for _, staff := range o.Staff {
		p, _ := demo.Direkt(demo.Options{Staff: staff})
		fmt.Fprintf(w, "\nDiREKT demonstration, %d staff, %d people, %d needs; %d seeds; median (least to most)\n",
			staff, len(p.People), model.NewRoster(p, "").NeedCount(), o.Seeds)
		t := newTable(w, column{"time", 5}, column{"unmet", 14}, column{"total", 26}, column{"bound", 26}, column{"gap %", 20}, column{"s to unmet 0", 20}, column{"moves/s", 10})
		var last []measured
		for _, seconds := range o.Seconds {
			var runs []measured
			for seed := range o.Seeds {
				m, err := measure(ctx, p, uint64(seed+1), time.Duration(seconds)*time.Second, sinceNow())
				if err != nil {
					return err
				}
				if !m.valid {
					fmt.Fprintf(w, "seed %d: the plan is invalid\n", seed+1)
				}
				runs = append(runs, m)
			}
			t.row(fmt.Sprintf("%d s", seconds),
				spread(runs, "%.0f", func(m measured) float64 { return float64(m.cost.Unmet) }),
				spread(runs, "%.0f", func(m measured) float64 { return float64(m.cost.Total) }),
				spread(runs, "%.0f", func(m measured) float64 { return float64(m.plan.Bound.Total) }),
				spread(runs, "%.2f", measured.gap),
				spread(runs, "%.1f", func(m measured) float64 { return m.met.Seconds() }),
				fmt.Sprintf("%.0f", median(runs, func(m measured) float64 { return m.speed })))
			last = runs
		}
		if len(last) > 0 {
			if err := printTerms(w, p, last); err != nil {
				return err
			}
		}
	}
	return nil
}

// spread writes "median (least to most)" of what can be compared; values below
// 0 cannot, and count as worse than all others.
func spread(runs []measured, format string, value func(measured) float64) string {
	values := sorted(runs, value)
	text := func(v float64) string {
		if v < 0 {
			return "-"
		}
		return fmt.Sprintf(format, v)
	}
	return fmt.Sprintf("%s (%s to %s)", text(values[len(values)/2]), text(values[0]), text(values[len(values)-1]))
}

func median(runs []measured, value func(measured) float64) float64 {
	values := sorted(runs, value)
	return values[len(values)/2]
}

func sorted(runs []measured, value func(measured) float64) []float64 {
	var values []float64
	for _, m := range runs {
		values = append(values, value(m))
	}
	slices.SortFunc(values, func(a, b float64) int {
		switch {
		case a == b:
			return 0
		case a >= 0 && (b < 0 || a < b):
			return -1
		}
		return 1
	})
	return values
}
