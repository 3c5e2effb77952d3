package bench

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
)

// ScaleOptions say what Scale runs. The seconds are for each size.
type ScaleOptions struct {
	Staff     []int
	Seconds   int
	Processor bool // seconds are processor time, shared by two cores
}

// Scale runs the engine once on demonstrations of growing size. The peak of
// memory is the process's so far, problem included, so sizes go upwards. Growth is
// the power of the people with which the time to a plan has grown since the row before.
func Scale(ctx context.Context, w io.Writer, o ScaleOptions) error {
	t := newTable(w, column{"staff", 8}, column{"needs", 9}, column{"seminars", 8}, column{"s to plan", 10}, column{"ms/person", 10}, column{"growth", 6}, column{"s to unmet 0", 12},
		column{"s in all", 8}, column{"unmet", 7}, column{"valid", 5}, column{"total", 11}, column{"bound", 11}, column{"gap %", 7}, column{"peak MB", 8})
	staff := slices.Sorted(slices.Values(o.Staff))
	people, took := 0, time.Duration(0)
	for _, n := range staff {
		p, _ := demo.Direkt(demo.Options{Staff: n})
		elapsed := sinceNow()
		if o.Processor {
			elapsed = sinceThen()
		}
		m, err := measure(ctx, p, 1, time.Duration(o.Seconds)*time.Second, elapsed)
		if err != nil {
			return err
		}
		_, peak := processUse()
		growth := "-"
		if people > 0 && took > 0 && m.first > 0 {
			growth = fmt.Sprintf("%.2f", math.Log(m.first.Seconds()/took.Seconds())/math.Log(float64(len(p.People))/float64(people)))
		}
		people, took = len(p.People), m.first
		t.row(n, model.NewRoster(p, "").NeedCount(), len(m.plan.Seminars), seconds(m.first), fmt.Sprintf("%.2f", 1000*m.first.Seconds()/float64(len(p.People))), growth,
			seconds(m.met), seconds(elapsed()), m.cost.Unmet, m.valid, m.cost.Total, m.plan.Bound.Total, percent(m.gap()), peak>>20)
	}
	return nil
}

// seconds and percent write a dash for what never was.
func seconds(d time.Duration) string {
	if d < 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", d.Seconds())
}

func percent(x float64) string {
	if x < 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", x)
}
