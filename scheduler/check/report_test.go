package check_test

import (
	"reflect"
	"slices"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
)

func TestReportSaysWhetherTheCostIsAsClaimed(t *testing.T) {
	w := newWorld()
	away30(w)
	w.plan.Cost = model.Cost{Total: 360, Travel: 120, LeaderTravel: 60, Seminars: 180}
	if got := check.Check(&w.problem, &w.plan); !got.Claimed {
		t.Errorf("Claimed = false for the true cost, want true; counted %+v", got.Cost)
	}
	w.plan.Cost.Travel, w.plan.Cost.LeaderTravel = 60, 120
	if got := check.Check(&w.problem, &w.plan); got.Claimed || !got.Valid {
		t.Errorf("Claimed = %v, Valid = %v for two terms exchanged, want false and a valid plan", got.Claimed, got.Valid)
	}
}

func TestReportSaysWhetherTheBoundHolds(t *testing.T) {
	for _, c := range []struct {
		name  string
		bound model.Bound
		also  func(*world)
		want  bool
	}{
		{"below the cost", model.Bound{Total: 359}, nothing, true},
		{"at the cost", model.Bound{Total: 360}, nothing, true},
		{"above the cost", model.Bound{Total: 361}, nothing, false},
		{"more unmet than there are", model.Bound{Unmet: 1}, nothing, false},
		{"an invalid plan refutes nothing", model.Bound{Total: 9999}, func(w *world) { w.tier("staff").Seats.Max = 1 }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			away30(w)
			c.also(w)
			w.plan.Bound = c.bound
			if got := check.Check(&w.problem, &w.plan); got.BoundHolds != c.want {
				t.Errorf("BoundHolds = %v at cost %+v, want %v", got.BoundHolds, got.Cost, c.want)
			}
		})
	}
}

func TestReportListsCodesInTheOrderOfTheRules(t *testing.T) {
	w := newWorld()
	oneSeminar(w, 2)
	w.tier("staff").Seats.Max = 1
	w.person("p1").MaxTravel, w.person("p2").MaxTravel = new(29), new(29)
	w.plan.Seminars[0].Venue, w.plan.Problem = "far", "other"
	got := check.Check(&w.problem, &w.plan)
	if want := []string{"F", "H2", "H11"}; !slices.Equal(got.Codes, want) {
		t.Errorf("codes %v, want %v", got.Codes, want)
	}
	if n := len(got.Violations); n != 4 {
		t.Errorf("%d violations, want one of F, one of H2 and two of H11: %+v", n, got.Violations)
	}
}

func TestViolationNamesWhatItIsAbout(t *testing.T) {
	w := newWorld()
	travels(29, "far")(w)
	got := check.Check(&w.problem, &w.plan).Violations
	want := []check.Violation{{
		Code: "H11", Seminar: "s1", Person: "p1", Unit: "ward", Venue: "far",
		Detail: "p1 travels 30 minutes to far for seminar s1; at most 29 are agreed.",
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("violations %+v, want %+v", got, want)
	}
}

func TestMovedIsCountedWithoutALimit(t *testing.T) {
	w := newWorld()
	published(3, toTuesday)(w)
	if got := check.Check(&w.problem, &w.plan); got.Moved != 3 || !got.Valid {
		t.Errorf("Moved = %d, Valid = %v, want 3 in a valid plan", got.Moved, got.Valid)
	}
}

func TestFrozenViolationTellsMissingFromChanged(t *testing.T) {
	for want, change := range map[string]func(*world){
		"Seminar s1 is fixed and must stay exactly as it is, but it is missing.": cancel,
		"Seminar s1 is fixed and must stay exactly as it is, but it is changed.": toFar,
	} {
		w := newWorld()
		fixedThen(change)(w)
		w.settle()
		got := check.Check(&w.problem, &w.plan).Violations
		if len(got) != 1 || got[0].Detail != want {
			t.Errorf("violations %+v, want one: %s", got, want)
		}
	}
}
