package compare_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/scheduler/compare"
	"kaskad/server/demo"
)

// small has two units of two sectors, four people, two leaders and six slots a week apart.
func small() *model.Problem {
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "x", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law", "ethics"}, Seats: model.Seats{Max: 4}}},
		Modules:   []model.Module{{ID: "law", Minutes: 60}, {ID: "ethics", Minutes: 60}},
		Sectors:   []string{"municipal", "hospital"},
		Venues:    []model.Venue{{ID: "near", Lat: 57, Lon: 12, Capacity: 4, Rooms: 2}, {ID: "far", Lat: 57.5, Lon: 12, Capacity: 3, Rooms: 2}},
		Units:     []model.Unit{{ID: "u", Sector: "municipal", Area: "1", Lat: 57, Lon: 12}, {ID: "v", Sector: "hospital", Area: "2", Lat: 57, Lon: 12}},
		People: []model.Person{{ID: "a", Unit: "u", Tier: "staff", Dislikes: []model.HalfDay{"mon-am"}}, {ID: "b", Unit: "v", Tier: "staff"},
			{ID: "l", Unit: "u", Leads: &model.Leads{Tier: "staff", Modules: []string{"law", "ethics"}}},
			{ID: "m", Unit: "v", Leads: &model.Leads{Tier: "staff", Modules: []string{"law", "ethics"}}}},
	}
	for week := range 6 {
		at := time.Date(2027, 3, 1+7*week, 8, 0, 0, 0, time.UTC) // a Monday
		p.Slots = append(p.Slots, model.Slot{ID: at.Format("0102"), Start: at, End: at.Add(time.Hour)})
	}
	return p
}

func seminar(module, slot, venue, leader string, attendees ...string) model.Seminar {
	return model.Seminar{ID: module + slot + venue, Tier: "staff", Module: module, Slot: slot, Venue: venue, Leaders: []string{leader}, Attendees: attendees}
}

func plan(seminars ...model.Seminar) *model.Plan {
	return &model.Plan{Format: model.PlanFormat, Problem: "x", Seminars: seminars, Unmet: []model.Unmet{}}
}

func TestMeasureCountsWhatThePlanHolds(t *testing.T) {
	p := small()
	f := compare.Measure(p, plan(seminar("law", "0301", "near", "l", "a", "b"), seminar("ethics", "0308", "far", "l", "a")))
	oneWay := p.Programme.Travel.Minutes(57, 12, 57.5, 12)
	want := compare.Figures{Needs: 4, Unmet: 1, People: 2, Complete: 1, Seminars: 2, Seats: 7, Attending: 3, Travellers: 2, Travel: 2 * oneWay,
		LeaderTravel: 2 * oneWay, Mixed: 1, Leaders: 1, MostLed: 2, Disliked: 2, First: p.Slots[0].Start, Last: p.Slots[1].End, Told: 3}
	f.Cost, f.Codes = model.Cost{}, nil
	if f.Travel != want.Travel || f.First != want.First || f.Last != want.Last {
		t.Errorf("travel %d, first %v, last %v; want %d, %v, %v", f.Travel, f.First, f.Last, want.Travel, want.First, want.Last)
	}
	if got, exp := figures(f), figures(want); got != exp {
		t.Errorf("figures %v, want %v", got, exp)
	}
	if f.TravelEach() != oneWay || (compare.Figures{}).TravelEach() != 0 {
		t.Errorf("%d minutes each, want %d", f.TravelEach(), oneWay)
	}
}

func figures(f compare.Figures) [14]int {
	return [14]int{f.Needs, f.Unmet, f.People, f.Complete, f.Seminars, f.Seats, f.Attending, f.Travellers, f.Travel, f.LeaderTravel,
		f.Mixed, f.MostLed, f.Disliked, f.Told}
}

// Told counts against what has been published: nobody hears of what they know.
func TestToldIsWhoseSeatsDiffer(t *testing.T) {
	known := []model.Seminar{seminar("law", "0301", "near", "l", "a", "b")}
	for name, c := range map[string]struct {
		plan *model.Plan
		want int
	}{
		"the same under another id": {plan(model.Seminar{ID: "other", Tier: "staff", Module: "law", Slot: "0301", Venue: "near", Leaders: []string{"l"}, Attendees: []string{"b", "a"}}), 0},
		"another venue":             {plan(seminar("law", "0301", "far", "l", "a", "b")), 3},
		"another leader":            {plan(seminar("law", "0301", "near", "m", "a", "b")), 4},
		"one goes":                  {plan(seminar("law", "0301", "near", "l", "a")), 1},
		"nothing is left":           {plan(), 3},
	} {
		p := small()
		p.Published = plan(known...)
		if got := compare.Measure(p, c.plan).Told; got != c.want {
			t.Errorf("%s: %d people are told, want %d", name, got, c.want)
		}
	}
}

func TestDifferencesNameWhatBecomesOfWhom(t *testing.T) {
	p := small()
	a := plan(seminar("law", "0301", "near", "l", "a", "b"), seminar("ethics", "0308", "near", "l", "a"))
	for name, c := range map[string]struct {
		b    *model.Plan
		want map[string]compare.Kind // person and module, with "leads" for leading
	}{
		"nothing": {a, map[string]compare.Kind{}},
		"a time": {plan(seminar("law", "0301", "near", "l", "a", "b"), seminar("ethics", "0315", "near", "l", "a")),
			map[string]compare.Kind{"a ethics": compare.Time, "l ethics leads 0308": compare.Lost, "l ethics leads 0315": compare.Gained}},
		"a place": {plan(seminar("law", "0301", "far", "l", "a", "b"), a.Seminars[1]),
			map[string]compare.Kind{"a law": compare.Place, "b law": compare.Place, "l law leads 0301": compare.Place}},
		"a leader": {plan(a.Seminars[0], seminar("ethics", "0308", "near", "m", "a")),
			map[string]compare.Kind{"a ethics": compare.Leader, "l ethics leads 0308": compare.Lost, "m ethics leads 0308": compare.Gained}},
		"a seat": {plan(a.Seminars[0], seminar("ethics", "0308", "near", "l", "b")),
			map[string]compare.Kind{"a ethics": compare.Lost, "b ethics": compare.Gained}},
	} {
		got := map[string]compare.Kind{}
		for _, d := range compare.Differences(p, a, c.b) {
			key := d.Person + " " + d.Module
			if s := d.To; d.Leads {
				if s == nil {
					s = d.From
				}
				key += " leads " + s.Slot
			}
			got[key] = d.Kind
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		for key, kind := range c.want {
			if got[key] != kind {
				t.Errorf("%s: %s is %q, want %q", name, key, got[key], kind)
			}
		}
	}
}

func TestByAddsUpOverUnits(t *testing.T) {
	p := small()
	a := plan(seminar("law", "0301", "near", "l", "a", "b"))
	b := plan(seminar("law", "0308", "far", "l", "a"), seminar("law", "0315", "near", "l", "b"))
	unit := map[string]string{}
	for _, x := range p.People {
		unit[x.ID] = x.Unit
	}
	groups := compare.By(p, compare.Differences(p, a, b), func(person string) string { return unit[person] })
	oneWay := p.Programme.Travel.Minutes(57, 12, 57.5, 12)
	if len(groups) != 2 || groups[0].ID != "u" || groups[1].ID != "v" {
		t.Fatalf("groups %+v, want u with most and then v", groups)
	}
	if u := groups[0]; u.People != 2 || u.Times != 1 || u.Led != 3 || u.Leads != 1 || u.Travel != 4*oneWay || u.Changes() != 4 {
		t.Errorf("unit u: %+v, with one seat moved, one seminar lost and two gained and %d minutes further", u, 4*oneWay)
	}
	if got := compare.By(p, compare.Differences(p, a, b), func(string) string { return "" }); len(got) != 0 {
		t.Errorf("people without a group are in %+v", got)
	}
}

// Whatever two plans are, going there and back changes the same seats, and a
// plan differs from itself in nothing.
func TestDifferencesAreTheSameBothWays(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 80, Seed: 3})
	r, err := scheduler.Solve(context.Background(), p, scheduler.Options{Seed: 1, Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	plans := []*model.Plan{r.Plan, shifted(p, r.Plan, 3), shifted(p, r.Plan, 5), plan()}
	back := map[compare.Kind]compare.Kind{compare.Gained: compare.Lost, compare.Lost: compare.Gained}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := plans[rapid.IntRange(0, len(plans)-1).Draw(rt, "a")], plans[rapid.IntRange(0, len(plans)-1).Draw(rt, "b")]
		there, home := compare.Differences(p, a, b), compare.Differences(p, b, a)
		if len(there) != len(home) || (a == b) != (len(there) == 0) {
			rt.Fatalf("%d differences one way, %d the other", len(there), len(home))
		}
		for i, d := range there {
			want := d.Kind
			if k, ok := back[want]; ok {
				want = k
			}
			if e := home[i]; e.Person != d.Person || e.Module != d.Module || e.Kind != want || e.From != d.To || e.To != d.From {
				rt.Fatalf("%+v there, %+v back", d, e)
			}
		}
		f := compare.Measure(p, a)
		if report := check.Check(p, a); f.Cost != report.Cost || f.Unmet != report.Cost.Unmet || f.Needs-f.Unmet != f.Attending {
			rt.Fatalf("%d of %d needs unmet, %d attendances, cost %+v; the judge says %+v", f.Unmet, f.Needs, f.Attending, f.Cost, report.Cost)
		}
	})
}

// shifted is a plan with every nth seminar at another time, place and leader in turn.
func shifted(p *model.Problem, plan *model.Plan, n int) *model.Plan {
	other := *plan
	other.Seminars = slices.Clone(plan.Seminars)
	for i := 0; i < len(other.Seminars); i += n {
		s := &other.Seminars[i]
		switch i / n % 3 {
		case 0:
			s.Slot = p.Slots[(i*7)%len(p.Slots)].ID
		case 1:
			s.Venue = p.Venues[i%len(p.Venues)].ID
		case 2:
			s.Leaders = other.Seminars[(i+1)%len(other.Seminars)].Leaders
		}
	}
	return &other
}
