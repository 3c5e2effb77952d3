package forecast_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/forecast"
	"kaskad/server/demo"
)

// example is a small demonstration with a plan that meets every need.
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

// without is a plan less its seminars that a test picks out.
func without(plan *model.Plan, drop func(*model.Seminar) bool) *model.Plan {
	less := *plan
	less.Seminars = slices.DeleteFunc(slices.Clone(plan.Seminars), func(s model.Seminar) bool { return drop(&s) })
	return &less
}

func staffTier(p *model.Problem) string { return p.Tiers[len(p.Tiers)-1].ID }

func TestACompletePlanIsItsOwnForecast(t *testing.T) {
	p, plan := example()
	if len(plan.Unmet) > 0 {
		t.Fatalf("the example leaves %d needs unmet", len(plan.Unmet))
	}
	f := forecast.Make(forecast.Input{Problem: p, Plan: plan, Now: p.Slots[0].Start.AddDate(0, 0, -7)})
	goal, last := 0, time.Time{}
	r := model.NewRoster(p, "")
	for i := range p.People {
		if x := &p.People[i]; x.Tier == staffTier(p) {
			for _, m := range r.Needs(x) {
				goal += r.Modules[m].Minutes
			}
		}
	}
	for i := range plan.Seminars {
		if _, end := r.Span(&plan.Seminars[i]); plan.Seminars[i].Tier == staffTier(p) && end.After(last) {
			last = end
		}
	}
	if f.Goal != goal || f.Planned != goal || f.Lacking != 0 || f.Done != 0 || f.Rate != 100 {
		t.Errorf("goal %d, planned %d, lacking %d, done %d at %d %%; want %d minutes planned, none done or lacking", f.Goal, f.Planned, f.Lacking, f.Done, f.Rate, goal)
	}
	if f.Reached.Before(last) || f.Reached.Sub(last) > 7*24*time.Hour {
		t.Errorf("reached %s, want in the week of the last seminar's end %s", f.Reached, last)
	}
	for _, w := range f.Weeks {
		if w.Forecast != w.Planned {
			t.Errorf("week of %s: forecast %d, planned %d", w.Monday.Format(time.DateOnly), w.Forecast, w.Planned)
		}
	}
	if f.Neck.Lacking != 0 || f.Neck.Kind == forecast.None || f.Neck.Used < 1 || f.Neck.Used > 100 {
		t.Errorf("the tightest is %+v, want what the plan uses most of", f.Neck)
	}
}

func TestTheNeckIsNamed(t *testing.T) {
	p, plan := example()
	none := without(plan, func(*model.Seminar) bool { return true })
	training := without(plan, func(s *model.Seminar) bool { return s.Tier == staffTier(p) })
	before := p.Slots[0].Start.AddDate(0, 0, -7)
	for name, c := range map[string]struct {
		change func(*model.Problem)
		plan   *model.Plan
		now    time.Time
		want   forecast.Kind
		lacks  bool
	}{
		"nobody is trained":   {func(*model.Problem) {}, none, before, forecast.Leaders, true},
		"leaders are trained": {func(*model.Problem) {}, training, before, forecast.None, false},
		"every room is closed": {func(p *model.Problem) {
			for i := range p.Venues {
				p.Venues[i].Closed = []model.Interval{{From: before, To: before.AddDate(5, 0, 0)}}
			}
		}, training, before, forecast.Rooms, true},
		"units spare nobody": {func(p *model.Problem) {
			nobody := 0
			for i := range p.Units {
				p.Units[i].MaxAway = &nobody
			}
		}, training, before, forecast.Units, true},
		"the waves are over": {func(p *model.Problem) {
			for i := range p.Waves {
				p.Waves[i].From, p.Waves[i].To = before.AddDate(0, 0, -2), before
			}
		}, training, before, forecast.Weeks, true},
		"all is over": {func(*model.Problem) {}, training, p.Slots[len(p.Slots)-1].End.AddDate(1, 0, 0), forecast.Weeks, true},
	} {
		q := *p
		q.Venues, q.Units, q.Waves = slices.Clone(p.Venues), slices.Clone(p.Units), slices.Clone(p.Waves)
		c.change(&q)
		f := forecast.Make(forecast.Input{Problem: &q, Plan: c.plan, Now: c.now})
		if (f.Lacking > 0) != c.lacks || c.lacks && (f.Neck.Kind != c.want || f.Neck.Lacking == 0 || f.Lacking != f.Goal) {
			t.Errorf("%s: %d of %d minutes lack, neck %+v; want %q", name, f.Lacking, f.Goal, f.Neck, c.want)
		}
		if c.lacks != f.Reached.IsZero() {
			t.Errorf("%s: reached %s with %d minutes lacking", name, f.Reached, f.Lacking)
		}
	}
}

// What is held online takes no room anywhere, wherever the venue is said to be.
func TestAnOnlineSeminarTakesNoRoom(t *testing.T) {
	given, plan := example()
	p, online := *given, *plan
	here := p.Units[0]
	p.Venues = slices.Clone(p.Venues)
	for i := range p.Venues {
		p.Venues[i].Rooms, p.Venues[i].Capacity = 1, 1 // little enough to be used up
	}
	p.Venues = append(p.Venues, model.Venue{ID: "online", Online: true, Lat: here.Lat, Lon: here.Lon, Capacity: 100})
	online.Seminars = slices.Clone(plan.Seminars)
	for i := range online.Seminars {
		online.Seminars[i].Venue = "online"
	}
	f := forecast.Make(forecast.Input{Problem: &p, Plan: &online, Now: p.Slots[0].Start.AddDate(0, 0, -7)})
	for _, row := range f.Areas {
		if row.Neck.Kind == forecast.Rooms {
			t.Errorf("%s: %+v, with every seminar online", row.ID, row.Neck)
		}
	}
}

func TestMissedSeatsAreHeldAgain(t *testing.T) {
	p, plan := example()
	now := p.Slots[len(p.Slots)/2].Start
	all := forecast.Make(forecast.Input{Problem: p, Plan: plan, Now: now})
	held := all.Done / 180
	missing := forecast.Make(forecast.Input{Problem: p, Plan: plan, Now: now, Missed: held})
	if all.Rate != 100 || missing.Rate != 50 {
		t.Errorf("rates %d and %d, want 100 when all came and 50 when as many did not", all.Rate, missing.Rate)
	}
	later := false
	for i, w := range missing.Weeks {
		later = later || w.Forecast < all.Weeks[i].Forecast
		if w.Actual != all.Weeks[i].Actual || w.Planned != all.Weeks[i].Planned {
			t.Errorf("week of %s: %+v", w.Monday, w)
		}
	}
	if !later {
		t.Error("half the people stay away, and the forecast is the same")
	}
}

// Whatever is missing from the plan: curves only rise, sums agree, and a longer
// programme never lacks more.
func TestForecastsAddUp(t *testing.T) {
	p, plan := example()
	rapid.Check(t, func(rt *rapid.T) {
		gone := map[string]bool{}
		for _, s := range plan.Seminars {
			if rapid.IntRange(0, 9).Draw(rt, "die") < rapid.IntRange(0, 6).Draw(rt, "missing") {
				gone[s.ID] = true
			}
		}
		less := without(plan, func(s *model.Seminar) bool { return gone[s.ID] })
		now := p.Slots[rapid.IntRange(0, len(p.Slots)-1).Draw(rt, "now")].Start
		in := forecast.Input{Problem: p, Plan: less, Now: now, Missed: rapid.IntRange(0, 100).Draw(rt, "missed")}
		f := forecast.Make(in)
		areas, sectors := forecast.Row{}, forecast.Row{}
		for _, row := range f.Areas {
			areas.Goal, areas.Done, areas.Planned, areas.Lacking = areas.Goal+row.Goal, areas.Done+row.Done, areas.Planned+row.Planned, areas.Lacking+row.Lacking
		}
		for _, row := range f.Sectors {
			sectors.Goal, sectors.Done, sectors.Planned, sectors.Lacking = sectors.Goal+row.Goal, sectors.Done+row.Done, sectors.Planned+row.Planned, sectors.Lacking+row.Lacking
		}
		if areas != sectors || areas.Goal != f.Goal || areas.Done != f.Done || areas.Planned != f.Planned || areas.Lacking != f.Lacking {
			rt.Fatalf("areas %+v, sectors %+v, report %d %d %d %d", areas, sectors, f.Goal, f.Done, f.Planned, f.Lacking)
		}
		last := forecast.Week{}
		for _, w := range f.Weeks {
			if w.Planned < last.Planned || w.Actual < last.Actual || w.Forecast < last.Forecast || w.Forecast > f.Goal || w.Actual > w.Planned {
				rt.Fatalf("%+v after %+v", w, last)
			}
			last = w
		}
		if f.Lacking != f.Goal-last.Forecast || (f.Lacking > 0) != f.Reached.IsZero() {
			rt.Fatalf("%d lack, the last week has %d of %d, reached %s", f.Lacking, last.Forecast, f.Goal, f.Reached)
		}
		longer, err := p.Extended(f.Last.AddDate(0, 2, 0))
		if err != nil {
			rt.Fatal(err)
		}
		in.Problem = longer
		if g := forecast.Make(in); g.Lacking > f.Lacking {
			rt.Fatalf("%d minutes lack in the longer programme, %d in the shorter", g.Lacking, f.Lacking)
		}
	})
}
