package compare_test

import (
	"testing"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
	"kaskad/scheduler/compare"
	"kaskad/server/demo"
)

func TestTermsCountWhatTheCostTablePrices(t *testing.T) {
	p := small()
	p.Programme.Weights = model.Weights{CrowdMax: new(0), PaceDays: new(14)}
	p.People[2].Leads.Target = new(0)
	p.Published = plan(seminar("law", "0308", "near", "l", "a", "b"))
	got := compare.TermsOf(model.NewRoster(p, ""), plan(seminar("law", "0301", "near", "l", "a"), seminar("ethics", "0322", "far", "m", "a"), seminar("law", "0308", "near", "l", "b")))
	oneWay := p.Programme.Travel.Minutes(57, 12, 57.5, 12)
	want := compare.Terms{People: 2, Travel: 2 * oneWay, Leaders: 2, LeaderTravel: 2 * oneWay, Seminars: 3, Attending: 3, Unmixed: 2, Crowded: 3, Changing: 1,
		Waiting: 1, Weeks: 4, Overloaded: 1, Disliked: 2, Moved: 1}
	if got != want {
		t.Errorf("terms %+v\nwant  %+v", got, want)
	}
	if got.TravelEach() != oneWay || got.TenthsOfWeeks() != 13 || (compare.Terms{}).TravelEach() != 0 {
		t.Errorf("%d minutes each, %d tenths of weeks", got.TravelEach(), got.TenthsOfWeeks())
	}
}

// At weights of 1 several terms are counted in the very minutes the judge counts.
func TestTermsAgreeWithTheJudge(t *testing.T) {
	p, _ := demo.Direkt(demo.Options{Staff: 200})
	p.Programme.Weights = model.Weights{Travel: new(1), LeaderTravel: new(1), Earliness: new(1), Preference: new(1)}
	result, err := scheduler.Solve(t.Context(), p, scheduler.Options{Seed: 1, Iterations: 2000})
	if err != nil {
		t.Fatal(err)
	}
	got, cost := compare.TermsOf(model.NewRoster(p, ""), result.Plan), check.Check(p, result.Plan).Cost
	for _, x := range []struct {
		term      string
		got, want int
	}{
		{"travel", got.Travel, cost.Travel}, {"leaderTravel", got.LeaderTravel, cost.LeaderTravel}, {"earliness", got.Weeks, cost.Earliness}, {"preference", got.Disliked, cost.Preference},
	} {
		if x.got != x.want || x.want == 0 {
			t.Errorf("%s: %d, the judge counts %d", x.term, x.got, x.want)
		}
	}
}
