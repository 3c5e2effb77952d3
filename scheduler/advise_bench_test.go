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
	ask("seminar why", func(i int) { d.Seminar(seminar(i)) })
	ask("seats of a person", func(i int) { d.Seats(plan.Seminars[i*37%len(plan.Seminars)].Attendees[0]) })
	ask("leader why", func(i int) { d.Leader(plan.Seminars[i*37%len(plan.Seminars)].Leaders[0]) })
	x := &plan.Seminars[len(plan.Seminars)/2]
	from, to := span(p, x)
	ask("what if a venue closes", func(int) {
		_, _ = d.WhatIf(b.Context(), advise.Change{Kind: advise.VenueShut, Venue: x.Venue, From: from.AddDate(0, 0, -14), To: to.AddDate(0, 0, 14)})
	})
	ask("what if a leader is away", func(int) {
		_, _ = d.WhatIf(b.Context(), advise.Change{Kind: advise.GoneFor, Person: x.Leaders[0], From: from, To: to})
	})
	lacking := emptied(plan)
	short, err := advise.Open(p, lacking, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	ask("unmet", func(int) { short.Unmet() })
	ask("lack that a seat ends", func(i int) { short.Lack(lacking.Unmet[i%len(lacking.Unmet)].Person) })
	tight, _ := demo.Direkt(demo.Options{})
	for i := range tight.Units {
		tight.Units[i].MaxAway = new(1)
	}
	began := time.Now()
	result, err := scheduler.Solve(b.Context(), tight, scheduler.Options{Seed: 1, Time: 2 * time.Second, Elapsed: func() time.Duration { return time.Since(began) }})
	if err != nil {
		b.Fatal(err)
	}
	short, err = advise.Open(tight, result.Plan, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	if unmet := result.Plan.Unmet; len(unmet) > 0 {
		ask("lack with remedies", func(i int) { short.Lack(unmet[i*7%len(unmet)].Person) })
	}
}

func span(p *model.Problem, x *model.Seminar) (from, to time.Time) {
	for _, t := range p.Slots {
		if t.ID == x.Slot {
			return t.Start, t.End
		}
	}
	return from, to
}

// emptied is a plan in which one person of every tenth seminar has lost the seat.
func emptied(plan *model.Plan) *model.Plan {
	out := *plan
	out.Seminars = append([]model.Seminar{}, plan.Seminars...)
	for i := 0; i < len(out.Seminars); i += 10 {
		x := &out.Seminars[i]
		out.Unmet = append(out.Unmet, model.Unmet{Person: x.Attendees[0], Module: x.Module})
		x.Attendees = x.Attendees[1:]
	}
	return &out
}
