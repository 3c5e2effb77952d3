package scheduler_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/certificate"
)

func solveFully(t testing.TB, p *model.Problem, seed uint64, moves int64) *scheduler.Result {
	t.Helper()
	result, err := scheduler.Solve(context.Background(), p, scheduler.Options{Seed: seed, Iterations: moves})
	if err != nil {
		t.Fatalf("Solve: %v", err)
	}
	return result
}

func verify(t testing.TB, p *model.Problem, c *certificate.Certificate) model.Bound {
	t.Helper()
	bound, err := certificate.Verify(p, c)
	if err != nil {
		t.Fatalf("Verify: %v", err)
	}
	return bound
}

// below: bound a claims less than bound b.
func below(a, b model.Bound) bool {
	return model.Cost{Unmet: a.Unmet, Total: a.Total}.Less(model.Cost{Unmet: b.Unmet, Total: b.Total})
}

func TestCertificatesProveWhatThePlannerClaims(t *testing.T) {
	for seed := range uint64(200) {
		p := randomProblem(seed)
		result := solveFully(t, p, seed, 3000)
		proven := verify(t, p, result.Certificate)
		if below(proven, result.Plan.Bound) {
			t.Errorf("problem %d: the certificate proves %+v, the planner claims %+v", seed, proven, result.Plan.Bound)
		}
		if k := result.Plan.Cost; k.Less(model.Cost{Unmet: proven.Unmet, Total: proven.Total}) {
			t.Errorf("problem %d: the certificate proves %+v, but a plan costs %d unmet, %d total", seed, proven, k.Unmet, k.Total)
		}
	}
}

func TestCertificatesOfReplansHold(t *testing.T) {
	for seed := range uint64(120) {
		p := randomProblem(seed)
		first := solveFully(t, p, seed, 2000).Plan
		if len(first.Seminars) == 0 {
			continue
		}
		republish(p, first, seed)
		result := solveFully(t, p, seed, 3000)
		proven := verify(t, p, result.Certificate)
		if below(proven, result.Plan.Bound) {
			t.Errorf("replan %d: the certificate proves %+v, the planner claims %+v", seed, proven, result.Plan.Bound)
		}
		if k := result.Plan.Cost; k.Less(model.Cost{Unmet: proven.Unmet, Total: proven.Total}) {
			t.Errorf("replan %d: the certificate proves %+v, but a plan costs %d unmet, %d total", seed, proven, k.Unmet, k.Total)
		}
	}
}

// What is not looked at, in a very large programme, makes a bound lower and never false.
func TestALargeProgrammeIsProvedByWhatIsNear(t *testing.T) {
	weaker := 0
	for seed := range uint64(200) {
		p := randomProblem(seed)
		result := solveFully(t, p, seed, 1000)
		bound, c, err := scheduler.ProveNearSighted(p, int32(seed%12), 1+int(seed%3))
		if err != nil {
			t.Fatal(err)
		}
		if proven := verify(t, p, c); below(proven, bound) {
			t.Errorf("problem %d: the certificate proves %+v, the planner claims %+v", seed, proven, bound)
		}
		if below(bound, result.Plan.Bound) {
			weaker++
		}
	}
	if weaker == 0 {
		t.Error("every bound is as good as when everything is looked at")
	}
}

// Problems in which crowding moves the gap a person fills to somebody else, and
// in which leaders are ready too late for everybody: the planner and the
// verifier once came to different sums.
func TestPlannerAndVerifierAgreeWhereTheyOnceDidNot(t *testing.T) {
	for _, seed := range []uint64{20320, 32871} {
		p := randomProblem(seed)
		result := solveFully(t, p, seed, 20000)
		if proven := verify(t, p, result.Certificate); below(proven, result.Plan.Bound) {
			t.Errorf("problem %d: the certificate proves %+v, the planner claims %+v", seed, proven, result.Plan.Bound)
		}
		republish(p, result.Plan, seed)
		result = solveFully(t, p, seed, 5000)
		if proven := verify(t, p, result.Certificate); below(proven, result.Plan.Bound) {
			t.Errorf("replan %d: the certificate proves %+v, the planner claims %+v", seed, proven, result.Plan.Bound)
		}
	}
}

// Whatever prices somebody writes into a certificate, what it proves holds.
func TestTamperedCertificatesProveNothingFalse(t *testing.T) {
	for seed := range uint64(100) {
		p := randomProblem(seed)
		result := solveFully(t, p, seed, 5000)
		r := rand.New(rand.NewPCG(seed, 3))
		for range 10 {
			tamper(r, p, result.Certificate)
			proven := verify(t, p, result.Certificate)
			if k := result.Plan.Cost; k.Less(model.Cost{Unmet: proven.Unmet, Total: proven.Total}) {
				t.Errorf("problem %d: tampered prices prove %+v, but a plan costs %d unmet, %d total", seed, proven, k.Unmet, k.Total)
			}
		}
	}
}

func tamper(r *rand.Rand, p *model.Problem, c *certificate.Certificate) {
	price := func(x int64) int64 {
		switch r.IntN(4) {
		case 0:
			return x + r.Int64N(100*certificate.Scale) - 20*certificate.Scale
		case 1:
			return x * int64(r.IntN(4))
		case 2:
			return r.Int64N(2*certificate.MaxPrice) - certificate.MaxPrice
		default:
			return x
		}
	}
	for i := range c.Needs {
		n := &c.Needs[i]
		for k := range n.Prices {
			n.Prices[k].Price = max(-certificate.MaxPrice, min(certificate.MaxPrice, price(n.Prices[k].Price)))
		}
		if r.IntN(4) == 0 {
			at := p.Slots[r.IntN(len(p.Slots))].Start
			if !at.Before(n.Prices[len(n.Prices)-1].From) {
				n.Prices = append(n.Prices, certificate.Step{From: at, Price: price(n.Prices[0].Price) % certificate.MaxPrice})
			}
		}
	}
	for range min(len(p.People), r.IntN(3)) {
		who := p.People[r.IntN(len(p.People))].ID
		c.Leaders = append(c.Leaders, certificate.Load{People: []string{who}, Price: price(30*certificate.Scale) % certificate.MaxPrice})
	}
	for i := range c.Leaders {
		c.Leaders[i].Price = max(-certificate.MaxPrice, min(certificate.MaxPrice, price(c.Leaders[i].Price)))
	}
}

// At the same prices, a programme with a venue less never has a lower bound.
func TestLosingAVenueNeverLowersWhatACertificateProves(t *testing.T) {
	tried := 0
	for seed := range uint64(150) {
		p := randomProblem(seed)
		if len(p.Venues) < 2 {
			continue
		}
		tried++
		c := solveFully(t, p, seed, 1).Certificate
		before := verify(t, p, c)
		p.Venues = p.Venues[:len(p.Venues)-1]
		if after := verify(t, p, c); below(after, before) {
			t.Errorf("problem %d: without its last venue the bound is %+v, with it %+v", seed, after, before)
		}
	}
	if tried < 50 {
		t.Errorf("only %d problems had a venue to lose", tried)
	}
}

func TestSharesAddUpToCostAndBound(t *testing.T) {
	for seed := range uint64(60) {
		result := solveFully(t, randomProblem(seed), seed, 500)
		plan, bound := 0, 0
		for _, s := range result.Shares {
			plan += s.Plan
			bound += s.Bound
		}
		if plan != result.Plan.Cost.Total {
			t.Errorf("problem %d: shares of the plan add up to %d, want %d", seed, plan, result.Plan.Cost.Total)
		}
		if max(0, bound) != result.Plan.Bound.Total {
			t.Errorf("problem %d: shares of the bound add up to %d, want %d", seed, bound, result.Plan.Bound.Total)
		}
	}
}

func TestCertificatesSurviveBeingWrittenDown(t *testing.T) {
	for seed := range uint64(20) {
		p := randomProblem(seed)
		result := solveFully(t, p, seed, 500)
		written, err := json.Marshal(result.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		read, err := certificate.Decode(written)
		if err != nil {
			t.Fatalf("problem %d: %v", seed, err)
		}
		if got, want := verify(t, p, read), verify(t, p, result.Certificate); got != want {
			t.Errorf("problem %d: read back it proves %+v, want %+v", seed, got, want)
		}
		again, _ := json.Marshal(solveFully(t, p, seed, 500).Certificate)
		if !bytes.Equal(written, again) {
			t.Errorf("problem %d: two runs give different certificates", seed)
		}
	}
}

// A module done, so it says, long after the programme: whoever attends between
// two done modules divides the pace between them, so it is not yet spent.
func TestPaceBetweenDoneModulesIsNotPromisedWhereAnAttendanceMayComeBetween(t *testing.T) {
	p := small()
	p.Programme.Weights.Pace, p.Programme.Weights.PaceDays = new(1), new(35)
	for i := range 2 {
		p.People[i].Done = []model.Done{{Module: "b", Start: monday.AddDate(0, 0, -38)}, {Module: "b", Start: monday.AddDate(0, 0, 38)}}
	}
	p.Modules = append(p.Modules, model.Module{ID: "b", Minutes: 1})
	result := solveFully(t, p, 1, 1000)
	judge(t, p, result.Plan, "done after")
	if k := result.Plan.Cost; k.Pace != 0 || below(model.Bound{Unmet: k.Unmet, Total: k.Total}, verify(t, p, result.Certificate)) {
		t.Errorf("cost %+v, proven %+v: want no pace and a bound that holds", k, verify(t, p, result.Certificate))
	}
}
