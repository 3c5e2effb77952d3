package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/certificate"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
)

// FuzzOptions say how many strange problems Fuzz plans, from which seed on, and
// with how many moves each.
type FuzzOptions struct {
	Problems   int
	Seed       uint64
	Iterations int64
}

// Fuzz plans strange problems one after the other and tells of every one that
// is not planned, judged and proved as it should be, and of every spoilt text of
// one that is neither refused in words nor planned. Its error counts them.
func Fuzz(ctx context.Context, w io.Writer, o FuzzOptions) error {
	faulty, unmet, needs := 0, 0, 0
	for i := range o.Problems {
		if ctx.Err() != nil {
			break
		}
		seed := o.Seed + uint64(i)
		p := corpus.Nasty(seed)
		needs += model.NewRoster(p, "").NeedCount()
		spoilt, err := Maul(p, rand.New(rand.NewPCG(seed, 5)))
		if err != nil {
			return err
		}
		t := Torment(ctx, p, seed, o.Iterations)
		if fault := Misread(ctx, spoilt, seed, o.Iterations/10); fault != "" {
			t.Faults = append(t.Faults, "spoilt: "+fault)
		}
		unmet += t.Unmet
		if len(t.Faults) > 0 {
			faulty++
		}
		for _, fault := range t.Faults {
			fmt.Fprintf(w, "problem %d: %s\n", seed, fault)
		}
	}
	fmt.Fprintf(w, "%d problems, %d needs, %d of them unmet; %d problems with faults\n", o.Problems, needs, unmet, faulty)
	if faulty > 0 {
		return fmt.Errorf("%d of %d problems were not planned as they should be", faulty, o.Problems)
	}
	return nil
}

// Tormented is what Torment found.
type Tormented struct {
	Faults []string
	Unmet  int // of the first plan
}

// Torment writes and reads a problem, plans it twice, plans it again from what
// it then has published, and holds everything against the judge and the
// verifier. A panic is a fault too.
func Torment(ctx context.Context, p *model.Problem, seed uint64, iterations int64) (t Tormented) {
	fault := func(format string, args ...any) { t.Faults = append(t.Faults, fmt.Sprintf(format, args...)) }
	defer func() {
		if r := recover(); r != nil {
			fault("panic: %v", r)
		}
	}()
	data, err := json.Marshal(p)
	if err != nil {
		fault("cannot be written: %v", err)
		return t
	}
	read, err := model.DecodeProblem(data)
	if err != nil {
		fault("cannot be read: %v", err)
		return t
	}
	plan := tormented(ctx, read, seed, iterations, fault)
	if plan == nil {
		return t
	}
	t.Unmet = plan.Cost.Unmet
	if again := tormented(ctx, p, seed, iterations, fault); !reflect.DeepEqual(plan, again) {
		fault("two runs differ")
	}
	next := *read
	next.Published = plan
	if len(next.Slots) > 0 {
		next.Programme.FrozenUntil = next.Slots[seed%uint64(len(next.Slots))].Start
	}
	tormented(ctx, &next, seed, iterations, func(format string, args ...any) { fault("published: "+format, args...) })
	return t
}

// tormented plans once and reports everything that is not as it should be.
func tormented(ctx context.Context, p *model.Problem, seed uint64, iterations int64, fault func(string, ...any)) *model.Plan {
	result, err := scheduler.Solve(ctx, p, scheduler.Options{Seed: seed, Iterations: iterations})
	if err != nil {
		fault("cannot be planned: %v", err)
		return nil
	}
	plan := result.Plan
	report := check.Check(p, plan)
	if !report.Valid {
		fault("the plan breaks %s: %s", report.Violations[0].Code, report.Violations[0].Detail)
	}
	if !report.Claimed {
		fault("the plan says it costs %+v, and costs %+v", plan.Cost, report.Cost)
	}
	if !report.BoundHolds {
		fault("the bound %+v is above the plan's %d, %d", plan.Bound, report.Cost.Unmet, report.Cost.Total)
	}
	for _, u := range plan.Unmet {
		if u.Reason == "" {
			fault("no reason why %s misses %s", u.Person, u.Module)
		}
	}
	prove(p, result, report, fault)
	return plan
}

// prove holds the certificate, written and read, against the plan and its bound.
func prove(p *model.Problem, result *scheduler.Result, report check.Report, fault func(string, ...any)) {
	data, err := json.Marshal(result.Certificate)
	if err != nil {
		fault("the certificate cannot be written: %v", err)
		return
	}
	given, err := certificate.Decode(data)
	if err != nil {
		fault("the certificate cannot be read: %v", err)
		return
	}
	proven, err := certificate.Verify(p, given)
	if err != nil {
		fault("the certificate proves nothing: %v", err)
		return
	}
	claimed := result.Plan.Bound
	if proven.Unmet < claimed.Unmet || proven.Unmet == claimed.Unmet && proven.Total < claimed.Total {
		fault("the certificate proves %+v, the plan claims %+v", proven, claimed)
	}
	if report.Valid && report.Cost.Less(model.Cost{Unmet: proven.Unmet, Total: proven.Total}) {
		fault("the certificate proves %+v, above the plan's %d, %d", proven, report.Cost.Unmet, report.Cost.Total)
	}
}
