package certificate_test

import (
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/certificate"
)

var monday = time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC)

// four people of one unit, half an hour from the only venue, need one module of
// two hours; their one leader sits at the venue.
func fourPeople() *model.Problem {
	p := &model.Problem{Format: model.ProblemFormat,
		Programme: model.Programme{ID: "four", Timezone: "UTC"},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law"}, Seats: model.Seats{Max: 4}}},
		Modules:   []model.Module{{ID: "law", Minutes: 120}},
		Sectors:   []string{"municipal"},
		Slots:     []model.Slot{{ID: "t1", Start: monday, End: monday.Add(2 * time.Hour)}, {ID: "t2", Start: monday.AddDate(0, 0, 7), End: monday.AddDate(0, 0, 7).Add(2 * time.Hour)}},
		Venues:    []model.Venue{{ID: "hall", Capacity: 4}},
		Units:     []model.Unit{{ID: "ward", Sector: "municipal"}, {ID: "office", Sector: "municipal"}},
		Matrix:    &model.Matrix{Units: []string{"ward", "office"}, Venues: []string{"hall"}, Minutes: [][]int{{30}, {0}}},
		People:    []model.Person{{ID: "anna", Unit: "office", Leads: &model.Leads{Tier: "staff", Modules: []string{"law"}}}},
	}
	for _, id := range []string{"p1", "p2", "p3", "p4"} {
		p.People = append(p.People, model.Person{ID: id, Unit: "ward", Tier: "staff"})
	}
	return p
}

func pricedAt(minutes int64) *certificate.Certificate {
	return &certificate.Certificate{Format: certificate.Format, Problem: "four", Needs: []certificate.Worth{
		{Module: "law", People: []string{"p1", "p2", "p3", "p4"}, Prices: []certificate.Step{{Price: minutes * certificate.Scale}}}}}
}

func mustVerify(t *testing.T, p *model.Problem, c *certificate.Certificate) model.Bound {
	t.Helper()
	bound, err := certificate.Verify(p, c)
	if err != nil {
		t.Fatalf("Verify: %v", err)
	}
	return bound
}

// The best plan is one seminar: 4 × 60 minutes of travel and 120 + 60 for holding it.
func TestPricesProveBounds(t *testing.T) {
	for _, test := range []struct {
		name    string
		price   int64
		change  func(*model.Problem)
		unmet   int
		minutes int
	}{
		{"nothing at no price", 0, nil, 0, 0},
		{"what four needs are worth at half the right price", 50, nil, 0, 200},
		{"the best plan at the right price", 105, nil, 0, 420},
		{"no more at a higher price: nobody can be bought twice", 210, nil, 0, 420},
		{"earliness when the first slot is closed", 105, func(p *model.Problem) {
			p.Venues[0].Closed = []model.Interval{{From: monday, To: monday.Add(time.Hour)}}
		}, 0, 424},
		{"who can never come is unmet", 105, func(p *model.Problem) {
			p.People[4].Closed = []model.Interval{{From: monday, To: monday.AddDate(1, 0, 0)}}
		}, 1, 315},
		{"two seats in two slots for the four who share one room", 0, func(p *model.Problem) { p.Venues[0].Capacity = 1 }, 2, 0},
		{"one of a unit at a time", 0, func(p *model.Problem) { p.Units[0].MaxAway = new(1) }, 2, 0},
		{"no more than the leader leads", 0, func(p *model.Problem) {
			p.People[0].Leads.MaxTotal = new(1)
			p.Tiers[0].Seats.Max = 3
		}, 1, 0},
	} {
		p := fourPeople()
		if test.change != nil {
			test.change(p)
		}
		if got, want := mustVerify(t, p, pricedAt(test.price)), (model.Bound{Unmet: test.unmet, Total: test.minutes}); got != want {
			t.Errorf("%s: Verify = %+v, want %+v", test.name, got, want)
		}
	}
}

func TestVerifyRefusesPricesThatMeanNothing(t *testing.T) {
	for want, change := range map[string]func(*certificate.Certificate){
		"problem: the certificate is of":           func(c *certificate.Certificate) { c.Problem = "other" },
		"needs[0].module: unknown module":          func(c *certificate.Certificate) { c.Needs[0].Module = "tax" },
		"needs[0].people: unknown person":          func(c *certificate.Certificate) { c.Needs[0].People[1] = "nobody" },
		"needs[0].prices[0]: the price":            func(c *certificate.Certificate) { c.Needs[0].Prices[0].Price = certificate.MaxPrice + 1 },
		"leaders[0]: the price":                    func(c *certificate.Certificate) { c.Leaders = []certificate.Load{{Price: -certificate.MaxPrice - 1}} },
		"leaders[0].people: unknown person":        func(c *certificate.Certificate) { c.Leaders = []certificate.Load{{People: []string{"nobody"}}} },
		"needs[0].prices[2]: the steps are not in": func(c *certificate.Certificate) { c.Needs[0].Prices = append(c.Needs[0].Prices, later(7), later(0)) },
	} {
		c := pricedAt(100)
		change(c)
		if _, err := certificate.Verify(fourPeople(), c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Verify: %v, want %q", err, want)
		}
	}
}

func later(days int) certificate.Step { return certificate.Step{From: monday.AddDate(0, 0, days)} }

func TestDecodeRefusesOtherFormats(t *testing.T) {
	for _, text := range []string{`{"format":"kaskad/plan/1"}`, `{"format":"kaskad/certificate/2","extra":1}`, `{`} {
		if _, err := certificate.Decode([]byte(text)); err == nil {
			t.Errorf("Decode(%s) gives no error", text)
		}
	}
}
