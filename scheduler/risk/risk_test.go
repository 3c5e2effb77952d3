package risk_test

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/risk"
	"kaskad/server/demo"
)

// example is a small demonstration with a plan.
var example = sync.OnceValues(func() (*model.Problem, *model.Plan) {
	p, _ := demo.Direkt(demo.Options{Staff: 200, Seed: 1})
	r, err := scheduler.Solve(context.Background(), p, scheduler.Options{Seed: 1, Iterations: 2000})
	if err != nil {
		panic(err)
	}
	for i := range p.People { // what this plan leaves out nobody needs
		x := &p.People[i]
		for _, u := range r.Plan.Unmet {
			if u.Person == x.ID {
				x.Needs = slices.DeleteFunc(slices.Clone(model.NewRoster(p, "").Needs(x)), func(m string) bool { return m == u.Module })
			}
		}
	}
	r.Plan.Unmet = []model.Unmet{}
	return p, r.Plan
})

func input(runs int, seed uint64, rates risk.Rates, slack risk.Slack) risk.Input {
	p, plan := example()
	return risk.Input{Problem: p, Plan: plan, Now: p.Slots[0].Start.AddDate(0, 0, -7), Rates: rates, Slack: slack, Runs: runs, Seed: seed}
}

// Where nothing goes wrong every playing is the plan itself.
func TestNothingWrongIsThePlanItself(t *testing.T) {
	p, plan := example()
	r := model.NewRoster(p, "")
	staff, last := p.Tiers[len(p.Tiers)-1].ID, time.Time{}
	seats := 0
	for i := range plan.Seminars {
		if plan.Seminars[i].Tier == staff {
			seats += len(plan.Seminars[i].Attendees)
		}
		if _, end := r.Span(&plan.Seminars[i]); end.After(last) {
			last = end
		}
	}
	for seed := range uint64(3) {
		f := risk.Simulate(input(3, seed, risk.Rates{}, risk.Slack{Overbook: int(seed), Reserve: int(seed)}))
		if f.Needs != seats || f.Met != float64(seats) || f.Cancelled != 0 || f.Extra != 0 {
			t.Errorf("%d needs, %.1f met, %.1f cancelled, %.1f further; want all %d met", f.Needs, f.Met, f.Cancelled, f.Extra, seats)
		}
		if !f.Planned.Equal(last) || f.Half != f.Most || f.Half.After(last) || last.Sub(f.Half) > 24*time.Hour || len(f.Finish) != 1 || f.Finish[0].Runs != 3 {
			t.Errorf("planned %s, half %s, most %s, %v; want the day of %s", f.Planned, f.Half, f.Most, f.Finish, last)
		}
		for _, a := range f.Areas {
			if a.Met != float64(a.Needs) || a.Low != a.Needs {
				t.Errorf("area %+v, want every need met", a)
			}
		}
	}
}

func TestTheSameSeedGivesTheSameReport(t *testing.T) {
	a, b := risk.Simulate(input(20, 7, risk.Usual, risk.Slack{})), risk.Simulate(input(20, 7, risk.Usual, risk.Slack{}))
	if !reflect.DeepEqual(a, b) {
		t.Error("the same input gives two reports")
	}
	if c := risk.Simulate(input(20, 8, risk.Usual, risk.Slack{})); reflect.DeepEqual(a, c) {
		t.Error("another seed gives the same report")
	}
	if a.Met >= float64(a.Needs) || a.Most.Before(a.Half) || a.Half.Before(a.Planned.AddDate(0, 0, -1)) {
		t.Errorf("usual rates: %+v, want needs missed and an end after the plan's", a)
	}
}

// Runs are counted, areas add up, and everything keeps within its bounds.
func TestReportsAddUp(t *testing.T) {
	rate := rapid.IntRange(0, 60)
	rapid.Check(t, func(rt *rapid.T) {
		rates := risk.Rates{Absent: rate.Draw(rt, "absent"), LeaderIll: rate.Draw(rt, "ill"), LeaderStops: rate.Draw(rt, "stops"),
			VenueLost: rate.Draw(rt, "lost"), Snow: rate.Draw(rt, "snow")}
		in := input(rapid.IntRange(1, 5).Draw(rt, "runs"), rapid.Uint64().Draw(rt, "seed"), rates, risk.Slack{Overbook: rapid.IntRange(0, 3).Draw(rt, "overbook")})
		in.Now = in.Problem.Slots[rapid.IntRange(0, len(in.Problem.Slots)-1).Draw(rt, "now")].Start
		f := risk.Simulate(in)
		needs, met, runs := 0, 0.0, 0
		for _, a := range f.Areas {
			if a.Met < 0 || a.Met > float64(a.Needs) || a.Low > a.Needs {
				rt.Fatalf("area %+v", a)
			}
			needs, met = needs+a.Needs, met+a.Met
		}
		for _, b := range f.Finish {
			runs += b.Runs
		}
		if needs != f.Needs || met-f.Met > .001 || f.Met-met > .001 || runs != f.Runs || f.Runs != in.Runs || f.Cancelled > float64(len(in.Plan.Seminars)) {
			rt.Fatalf("areas have %d needs, %.2f met; bins %d runs; report %+v", needs, met, runs, f)
		}
	})
}

// With the same chance, more slack is never worse in expectation, and worse
// rates are never better. One seat in five hundred is let pass: who is seated
// earlier may take a seat from somebody else.
func TestMoreSlackIsNeverWorse(t *testing.T) {
	const runs = 150
	_, plan := example()
	pass := float64(len(plan.Seminars)*12) / 500
	for seed := range uint64(3) {
		last := -1.0
		for n := range 4 {
			f := risk.Simulate(input(runs, seed, risk.Usual, risk.Slack{Overbook: n}))
			if f.Met < last-pass {
				t.Errorf("seed %d: %d overbooked meet %.2f needs, %d meet %.2f", seed, n, f.Met, n-1, last)
			}
			last = f.Met
		}
		last = -1
		for n := range 3 {
			f := risk.Simulate(input(runs, seed, risk.Usual, risk.Slack{Reserve: n}))
			if f.Met < last-pass {
				t.Errorf("seed %d: %d reserves meet %.2f needs, %d meet %.2f", seed, n, f.Met, n-1, last)
			}
			last = f.Met
		}
		for name, worse := range map[string]func(*risk.Rates){
			"absent": func(r *risk.Rates) { r.Absent *= 2 }, "ill": func(r *risk.Rates) { r.LeaderIll *= 3 }, "stops": func(r *risk.Rates) { r.LeaderStops *= 3 },
			"lost": func(r *risk.Rates) { r.VenueLost *= 5 }, "snow": func(r *risk.Rates) { r.Snow *= 5 },
		} {
			rates := risk.Usual
			worse(&rates)
			base, f := risk.Simulate(input(runs, seed, risk.Usual, risk.Slack{})), risk.Simulate(input(runs, seed, rates, risk.Slack{}))
			if f.Met > base.Met+pass {
				t.Errorf("seed %d: more %s meets %.2f needs, usual rates %.2f", seed, name, f.Met, base.Met)
			}
		}
	}
}

func TestWhoCannotBeReplacedIsNamed(t *testing.T) {
	for name, keepFrom := range map[string]func(x *model.Person, led int){
		"the others are away": func(x *model.Person, _ int) {
			start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
			x.Closed = []model.Interval{{From: start, To: start.AddDate(99, 0, 0)}}
		},
		"the others lead all they may": func(x *model.Person, led int) {
			l := *x.Leads
			l.MaxTotal, x.Leads = &led, &l
		},
	} {
		t.Run(name, func(t *testing.T) { namesTheOneAlone(t, keepFrom) })
	}
}

// namesTheOneAlone keeps all but the leader with most seminars from leading
// instead of others.
func namesTheOneAlone(t *testing.T, keepFrom func(x *model.Person, led int)) {
	t.Helper()
	in := input(1, 1, risk.Rates{}, risk.Slack{})
	p := *in.Problem
	p.People = slices.Clone(p.People)
	staff := p.Tiers[len(p.Tiers)-1].ID
	leads := map[string]int{}
	for _, s := range in.Plan.Seminars {
		if s.Tier == staff {
			leads[s.Leaders[0]]++
		}
	}
	alone := ""
	for id, n := range leads {
		if alone == "" || n > leads[alone] || n == leads[alone] && id < alone {
			alone = id
		}
	}
	for i := range p.People {
		if x := &p.People[i]; x.Leads != nil && x.Leads.Tier == staff && x.ID != alone {
			keepFrom(x, leads[x.ID])
		}
	}
	in.Problem = &p
	f := risk.Simulate(in)
	found := slices.IndexFunc(f.Leaders, func(x risk.Failure) bool { return x.ID == alone })
	if found < 0 || f.Leaders[found].Lost != leads[alone] || f.Leaders[found].Seminars != leads[alone] {
		t.Errorf("%+v, want %s with all of %d seminars lost", f.Leaders, alone, leads[alone])
	}
	if !slices.IsSortedFunc(f.Leaders, func(a, b risk.Failure) int { return b.Seats - a.Seats }) {
		t.Errorf("not the worst first: %+v", f.Leaders)
	}
}

func TestComparingIsSimulatingEach(t *testing.T) {
	slacks := []risk.Slack{{}, {Overbook: 2}, {Reserve: 1}}
	for i, r := range risk.Compare(input(10, 5, risk.Usual, risk.Slack{Overbook: 9}), slacks) {
		if alone := risk.Simulate(input(10, 5, risk.Usual, slacks[i])); !reflect.DeepEqual(r, alone) {
			t.Errorf("%+v meets %.2f needs among others and %.2f alone", slacks[i], r.Met, alone.Met)
		}
	}
}

// Whoever is away is not called to make up for a seminar, to the minute.
func TestNobodyIsCalledInWhileAway(t *testing.T) {
	in := input(30, 3, risk.Rates{Absent: 30}, risk.Slack{Overbook: 5})
	p := *in.Problem
	p.People = slices.Clone(p.People)
	for i := range p.People {
		if x := &p.People[i]; x.Leads == nil {
			x.Closed = nil
			for _, slot := range p.Slots {
				if !attends(in.Plan, x.ID, slot.ID) {
					x.Closed = append(x.Closed, model.Interval{From: slot.Start, To: slot.Start.Add(time.Minute)})
				}
			}
		}
	}
	open := risk.Simulate(in)
	in.Problem = &p
	closed := risk.Simulate(in)
	in.Slack.Overbook = 0
	if none := risk.Simulate(in); closed.Met != none.Met || open.Met <= closed.Met {
		t.Errorf("%.2f needs are met when nobody can come at another time, %.2f without overbooking, %.2f when they can", closed.Met, none.Met, open.Met)
	}
}

func attends(plan *model.Plan, person, slot string) bool {
	return slices.ContainsFunc(plan.Seminars, func(s model.Seminar) bool { return s.Slot == slot && slices.Contains(s.Attendees, person) })
}

func TestAnEmptyPlanIsOver(t *testing.T) {
	in := input(2, 1, risk.Usual, risk.Slack{})
	in.Plan = &model.Plan{}
	if f := risk.Simulate(in); f.Needs != 0 || f.Met != 0 || f.Extra != 0 || len(f.Leaders) != 0 {
		t.Errorf("an empty plan gives %+v", f)
	}
}
