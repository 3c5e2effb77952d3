package scheduler_test

import (
	"context"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/server/demo"
)

// region is the demonstration at full size with a plan that is published.
func region(b *testing.B) (*model.Problem, *model.Plan) {
	b.Helper()
	p, _ := demo.Direkt(demo.Options{})
	began := time.Now()
	result, err := scheduler.Solve(context.Background(), p, scheduler.Options{Seed: 1, Time: 2 * time.Second,
		Elapsed: func() time.Duration { return time.Since(began) }})
	if err != nil {
		b.Fatal(err)
	}
	p.Published = result.Plan
	return p, result.Plan
}

// BenchmarkAdvice asks each question of the demonstration's 4,000 staff.
func BenchmarkAdvice(b *testing.B) {
	p, plan := region(b)
	d, err := advise.Open(p, plan, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	ask := func(name string, question func(i int)) {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				question(i)
				i++
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(i), "ms/answer")
		})
	}
	seminar := func(i int) string { return plan.Seminars[i*37%len(plan.Seminars)].ID }
	ask("open", func(int) { _, _ = advise.Open(p, plan, time.Time{}) })
	ask("leaders", func(i int) { d.Leaders(seminar(i)) })
	ask("places", func(i int) { d.Places(seminar(i)) })
}
