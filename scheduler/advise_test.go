package scheduler_test

import (
	"fmt"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
	"kaskad/scheduler/check"
)

// planned is a random problem with a plan of it, published in every second one;
// false if there is nothing to ask about.
func planned(t *testing.T, seed uint64) (*model.Problem, *model.Plan, bool) {
	t.Helper()
	p := randomProblem(seed)
	plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 1500})
	if len(plan.Seminars) == 0 {
		return p, plan, false
	}
	if seed%2 == 0 {
		republish(p, plan, seed)
		plan = solve(t, p, scheduler.Options{Seed: seed, Iterations: 1500})
	}
	return p, plan, len(plan.Seminars) > 0
}

func desk(t *testing.T, p *model.Problem, plan *model.Plan) *advise.Desk {
	t.Helper()
	d, err := advise.Open(p, plan, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// holds carries an answer out and has the judge look at it: no fault that the
// plan did not have, and the cost that was said, term by term.
func holds(t *testing.T, p *model.Problem, plan *model.Plan, a advise.Answer, what string) {
	t.Helper()
	before := check.Check(p, plan)
	after := check.Check(p, a.Apply(p, plan))
	if len(after.Violations) > len(before.Violations) {
		t.Errorf("%s: %d faults before, %d after: %s", what, len(before.Violations), len(after.Violations), after.Violations[0].Detail)
	}
	if want := after.Cost.Minus(before.Cost); a.Cost != want {
		t.Errorf("%s: said to cost %+v, costs %+v", what, a.Cost, want)
	}
}

func TestASketchPricesThePlanAsTheJudgeDoes(t *testing.T) {
	for seed := range uint64(120) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		k, err := scheduler.NewSketch(p, plan, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := k.Cost(), check.Check(p, plan).Cost; len(k.Odd()) == 0 && got != want {
			t.Errorf("problem %d: laid out it costs %+v, want %+v", seed, got, want)
		}
	}
}

func TestLeadersWhoAreOfferedMayLead(t *testing.T) {
	asked := 0
	for seed := range uint64(120) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		for i := range plan.Seminars {
			if i%3 == 0 {
				vacant := *plan
				vacant.Seminars = append([]model.Seminar{}, plan.Seminars...)
				vacant.Seminars[i].Leaders = nil
				asked += leadersHold(t, p, &vacant, i, seed)
			}
			asked += leadersHold(t, p, plan, i, seed)
		}
	}
	if asked < 500 {
		t.Errorf("only %d answers were tried", asked)
	}
}

func leadersHold(t *testing.T, p *model.Problem, plan *model.Plan, i int, seed uint64) int {
	t.Helper()
	answers := desk(t, p, plan).Leaders(plan.Seminars[i].ID).Answers
	for _, a := range answers {
		holds(t, p, plan, a, "problem "+itoa(seed)+", leader of "+plan.Seminars[i].ID)
	}
	return len(answers)
}

func TestPlacesThatAreOfferedAreFree(t *testing.T) {
	asked := 0
	for seed := range uint64(120) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		d := desk(t, p, plan)
		for i := range plan.Seminars {
			places := d.Places(plan.Seminars[i].ID)
			for _, list := range [][]advise.Answer{places.Venues, places.Slots, places.Both} {
				for k, a := range list {
					holds(t, p, plan, a, "problem "+itoa(seed)+", place of "+plan.Seminars[i].ID)
					if k > 0 && a.Cost.Less(list[k-1].Cost) {
						t.Errorf("problem %d: a cheaper place of %s comes later", seed, plan.Seminars[i].ID)
					}
					asked++
				}
			}
		}
	}
	if asked < 500 {
		t.Errorf("only %d answers were tried", asked)
	}
}

// Every smallest change that is offered removes the block: the judge accepts
// the plan it leads to, which meets the need, and finds fault with the same
// plan as long as nothing is changed.
func TestEveryRemedyHelps(t *testing.T) {
	asked, ways, kinds := 0, 0, map[advise.ChangeKind]int{}
	for seed := range uint64(150) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		d := desk(t, p, plan)
		before := check.Check(p, plan)
		for i, n := range d.Unmet() {
			l, ok := d.Lack(n.Person)
			if i == 4 || !ok {
				break
			}
			for _, w := range l.Ways {
				ways++
				holds(t, p, plan, w, "problem "+itoa(seed)+", way of "+n.Person)
			}
			for _, r := range l.Remedies {
				asked++
				kinds[r.Changes[0].Kind]++
				remedyHelps(t, p, plan, before, l, r, itoa(seed))
			}
		}
	}
	if asked < 100 || len(kinds) < 6 {
		t.Errorf("%d remedies were tried, of the kinds %v", asked, kinds)
	}
	t.Logf("%d remedies %v, %d ways", asked, kinds, ways)
}

func remedyHelps(t *testing.T, p *model.Problem, plan *model.Plan, before check.Report, l advise.Lack, r advise.Remedy, seed string) {
	t.Helper()
	changed := p
	for _, x := range r.Changes {
		changed = x.Apply(changed)
	}
	next := r.Apply(changed, plan)
	after := check.Check(changed, next)
	if len(after.Violations) > len(before.Violations) {
		t.Errorf("problem %s: with %+v the plan is at fault: %s", seed, r.Changes, after.Violations[0].Detail)
	}
	for _, u := range next.Unmet {
		if u.Person == l.Person && u.Module == l.Module {
			t.Errorf("problem %s: %+v leaves %s of %s unmet", seed, r.Changes, l.Module, l.Person)
		}
	}
	if len(next.Unmet) >= len(plan.Unmet) {
		t.Errorf("problem %s: %+v leaves as many needs unmet, %d", seed, r.Changes, len(next.Unmet))
	}
	if without := check.Check(p, r.Apply(p, plan)); len(without.Violations) <= len(before.Violations) {
		t.Errorf("problem %s: %+v changes nothing that stood in the way", seed, r.Changes)
	}
}

func TestBetterSeatsAndPlacesAreWeighedRightly(t *testing.T) {
	free, blocked, mended := 0, 0, 0
	for seed := range uint64(120) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		d := desk(t, p, plan)
		before := check.Check(p, plan)
		look := func(list []advise.Alternative, what string) {
			for _, a := range list {
				switch {
				case a.Block == nil:
					free++
					holds(t, p, plan, a.Answer, "problem "+itoa(seed)+", "+what)
				case a.Remedy != nil:
					mended++
					changed := p
					for _, x := range a.Remedy.Changes {
						changed = x.Apply(changed)
					}
					if after := check.Check(changed, a.Remedy.Apply(changed, plan)); len(after.Violations) > len(before.Violations) {
						t.Errorf("problem %d, %s: %+v does not allow it: %s", seed, what, a.Remedy.Changes, after.Violations[0].Detail)
					}
					fallthrough
				default:
					blocked++
					if after := check.Check(p, a.Apply(p, plan)); len(after.Violations) <= len(before.Violations) {
						t.Errorf("problem %d, %s: said to be against a rule, %+v, and is not", seed, what, *a.Block)
					}
				}
			}
		}
		for i := range plan.Seminars {
			if why, ok := d.Seminar(plan.Seminars[i].ID); ok && i%2 == 0 {
				look(why.Nearer, "nearer venue of "+plan.Seminars[i].ID)
				look(why.Sooner, "sooner time of "+plan.Seminars[i].ID)
			}
		}
		for i := range min(len(p.People), 6) {
			for _, x := range d.Seats(p.People[i].ID) {
				for _, a := range d.Swaps(p.People[i].ID, x.Seminar) {
					free++
					holds(t, p, plan, a, "problem "+itoa(seed)+", another seat of "+p.People[i].ID)
				}
				look(x.Nearer, "nearer seat of "+p.People[i].ID)
				look(x.Sooner, "sooner seat of "+p.People[i].ID)
			}
			for _, x := range d.Leader(p.People[i].ID) {
				if x.Next != nil {
					holds(t, p, plan, *x.Next, "problem "+itoa(seed)+", another leader than "+p.People[i].ID)
				}
			}
		}
	}
	if free < 50 || blocked < 100 || mended < 50 {
		t.Errorf("%d allowed, %d blocked, %d of them mended", free, blocked, mended)
	}
	t.Logf("%d allowed, %d blocked, %d of them mended", free, blocked, mended)
}

// What a change is said to break is what the judge finds broken, and the repair
// costs what is said.
func TestWhatIfBreaksWhatTheJudgeSees(t *testing.T) {
	broken := 0
	for seed := range uint64(100) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		d := desk(t, p, plan)
		x := &plan.Seminars[int(seed)%len(plan.Seminars)]
		slot := p.Slots[0]
		for _, s := range p.Slots {
			if s.ID == x.Slot {
				slot = s
			}
		}
		for _, c := range []advise.Change{
			{Kind: advise.VenueShut, Venue: x.Venue, From: slot.Start, To: slot.End},
			{Kind: advise.GoneFor, Person: x.Leaders[0], From: slot.Start, To: slot.End},
			{Kind: advise.GoneFor, Person: x.Attendees[0], From: slot.Start, To: slot.End},
			{Kind: advise.UnitLimit, Unit: p.Units[0].ID, Now: 0},
		} {
			whatIf(t, p, plan, d, c, itoa(seed), &broken)
		}
	}
	if broken < 100 {
		t.Errorf("only %d changes broke something", broken)
	}
}

func whatIf(t *testing.T, p *model.Problem, plan *model.Plan, d *advise.Desk, x advise.Change, seed string, broken *int) {
	t.Helper()
	e, err := d.WhatIf(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	changed := x.Apply(p)
	faults := len(check.Check(p, plan).Violations)
	if len(e.Broken) == 0 {
		// What is frozen cannot be mended, and nothing is said of it.
		if now := check.Check(changed, plan); p.Programme.FrozenUntil.IsZero() && len(now.Violations) > faults {
			t.Errorf("problem %s: %+v breaks %q, and nothing was said", seed, x, now.Violations[0].Detail)
		}
		return
	}
	*broken++
	mended := e.Repair.Apply(changed, plan)
	after := check.Check(changed, mended)
	if want := after.Cost.Minus(check.Check(p, plan).Cost); e.Repair.Cost != want {
		t.Errorf("problem %s: mending %+v is said to cost %+v, costs %+v", seed, x, e.Repair.Cost, want)
	}
	if n := len(mended.Unmet) - len(plan.Unmet); n > len(e.Lost) {
		t.Errorf("problem %s: %+v leaves %d more unmet, %d are told", seed, x, n, len(e.Lost))
	}
}

// What is laid out beside a problem compiled before is what is laid out afresh.
func TestASketchOfAChangedProblemIsTheSame(t *testing.T) {
	for seed := range uint64(60) {
		p, plan, ok := planned(t, seed)
		if !ok {
			continue
		}
		k, err := scheduler.NewSketch(p, plan, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []advise.Change{
			{Kind: advise.UnitLimit, Unit: p.Units[0].ID, Now: 1}, {Kind: advise.Rooms, Venue: p.Venues[0].ID, Now: 3},
			{Kind: advise.TravelLimit, Person: p.People[0].ID, Now: 20}, {Kind: advise.LeastSeats, Tier: p.Tiers[0].ID, Now: 2},
			{Kind: advise.NewLeader, Unit: p.Units[0].ID, Tier: p.Tiers[0].ID, Module: p.Tiers[0].Modules[0]},
			{Kind: advise.GoneFor, Person: p.People[0].ID, From: p.Slots[0].Start, To: p.Slots[0].End},
		} {
			changed := x.Apply(p)
			beside, err := k.With(changed)
			if err != nil {
				t.Fatal(err)
			}
			afresh, err := scheduler.NewSketch(changed, plan, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			if beside.Cost() != afresh.Cost() || fmt.Sprint(beside.Broken()) != fmt.Sprint(afresh.Broken()) {
				t.Errorf("problem %d, %+v: costs %+v and %+v", seed, x, beside.Cost(), afresh.Cost())
			}
			for i := range plan.Seminars {
				a, _ := beside.LeaderOffers(plan.Seminars[i].ID)
				b, _ := afresh.LeaderOffers(plan.Seminars[i].ID)
				if fmt.Sprint(a) != fmt.Sprint(b) {
					t.Errorf("problem %d, %+v: leaders of %s differ", seed, x, plan.Seminars[i].ID)
				}
			}
		}
	}
}
