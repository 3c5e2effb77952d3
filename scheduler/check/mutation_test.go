package check_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// TestMutatedPlans bends a good plan in many ways at once: Check must not
// panic, must say the same twice, must leave its arguments alone and must be
// of one mind about validity.
func TestMutatedPlans(t *testing.T) {
	problem := vectorProblem(t, "problem.json")
	original := vectorPlan(t, "plan-valid.json")
	rapid.Check(t, func(rt *rapid.T) {
		plan := clone(t, original)
		for range rapid.IntRange(1, 8).Draw(rt, "mutations") {
			mutate(rt, problem, plan)
		}
		before := clone(t, plan)
		got := check.Check(problem, plan)
		if !reflect.DeepEqual(plan, before) {
			rt.Fatal("Check changed the plan")
		}
		if again := check.Check(problem, plan); !reflect.DeepEqual(got, again) {
			rt.Fatalf("two reports of one plan differ: %+v and %+v", got, again)
		}
		consistent(rt, got)
	})
}

func consistent(t rapid.TB, got check.Report) {
	if got.Valid != (len(got.Violations) == 0) || got.Valid != (len(got.Codes) == 0) {
		t.Fatalf("Valid = %v with codes %v and %d violations", got.Valid, got.Codes, len(got.Violations))
	}
	for _, v := range got.Violations {
		if !slices.Contains(got.Codes, v.Code) || v.Detail == "" {
			t.Fatalf("%+v is without a sentence or not among the codes %v", v, got.Codes)
		}
	}
}

func clone(t testing.TB, plan *model.Plan) *model.Plan {
	t.Helper()
	data, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	copied := new(model.Plan)
	if err := json.Unmarshal(data, copied); err != nil {
		t.Fatal(err)
	}
	return copied
}

// mutate changes one thing of the plan.
func mutate(t *rapid.T, p *model.Problem, plan *model.Plan) {
	person := func() string { return pick(t, p.People, func(x model.Person) string { return x.ID }) }
	module := func() string { return pick(t, p.Modules, func(x model.Module) string { return x.ID }) }
	if len(plan.Seminars) == 0 {
		plan.Seminars = append(plan.Seminars, model.Seminar{})
	}
	i := rapid.IntRange(0, len(plan.Seminars)-1).Draw(t, "seminar")
	s := &plan.Seminars[i]
	switch rapid.IntRange(0, 13).Draw(t, "kind") {
	case 0:
		s.Slot = pick(t, p.Slots, func(x model.Slot) string { return x.ID })
	case 1:
		s.Venue = pick(t, p.Venues, func(x model.Venue) string { return x.ID })
	case 2:
		s.Module = module()
	case 3:
		s.Tier = pick(t, p.Tiers, func(x model.Tier) string { return x.ID })
	case 4:
		s.Leaders = append(s.Leaders, person())
	case 5:
		s.Attendees = append(s.Attendees, person())
	case 6:
		s.Leaders = []string{person()}
	case 7:
		s.Leaders, s.Attendees = s.Attendees, s.Leaders
	case 8:
		s.Attendees = nil
	case 9:
		s.ID = plan.Seminars[0].ID
	case 10:
		plan.Seminars = append(plan.Seminars, *s)
	case 11:
		plan.Seminars = slices.Delete(plan.Seminars, i, i+1)
	case 12:
		plan.Unmet = append(plan.Unmet, model.Unmet{Person: person(), Module: module()})
	case 13:
		plan.Unmet = nil
	}
}

// pick draws an id of the list or one nobody has.
func pick[T any](t *rapid.T, list []T, id func(T) string) string {
	i := rapid.IntRange(-1, len(list)-1).Draw(t, "id")
	if i < 0 {
		return "nobody"
	}
	return id(list[i])
}

// TestShufflingChangesNothing: the order of people, seminars and attendees
// carries no meaning, so the judgement of a valid plan does not depend on it.
func TestShufflingChangesNothing(t *testing.T) {
	problem := vectorProblem(t, "problem.json")
	plan := vectorPlan(t, "plan-valid.json")
	want := check.Check(problem, plan)
	rapid.Check(t, func(rt *rapid.T) {
		p, q := *problem, clone(t, plan)
		p.People = rapid.Permutation(problem.People).Draw(rt, "people")
		p.Slots = rapid.Permutation(problem.Slots).Draw(rt, "slots")
		q.Seminars = rapid.Permutation(q.Seminars).Draw(rt, "seminars")
		for i := range q.Seminars {
			slices.Reverse(q.Seminars[i].Attendees)
		}
		if got := check.Check(&p, q); !reflect.DeepEqual(got, want) {
			rt.Fatalf("%+v after shuffling, want %+v", got, want)
		}
	})
}

// FuzzCheck judges whatever JSON makes a problem and a plan, fitting or not.
func FuzzCheck(f *testing.F) {
	for _, set := range []func(*world){published(2, toTuesday), fixedThen(toFar), withMatrix("ward", "far", 10, travels(10, "far"))} {
		w := newWorld()
		set(w)
		problem, err := json.Marshal(w.problem)
		if err != nil {
			f.Fatal(err)
		}
		plan, err := json.Marshal(w.plan)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(problem, plan)
	}
	f.Fuzz(func(t *testing.T, problem, plan []byte) {
		var p model.Problem
		var q model.Plan
		if json.Unmarshal(problem, &p) != nil || json.Unmarshal(plan, &q) != nil {
			return
		}
		consistent(t, check.Check(&p, &q))
	})
}

// BenchmarkCheck judges made-up plans of DiREKT's size and of ten times it.
func BenchmarkCheck(b *testing.B) {
	for _, staff := range []int{4_000, 40_000} {
		w := cascade(staff)
		b.Run(fmt.Sprint(staff), func(b *testing.B) {
			for b.Loop() {
				if got := check.Check(&w.problem, &w.plan); got.Cost.Unmet != 0 || len(got.Violations) > 0 {
					b.Fatalf("%d unmet, %v, want a valid plan: %+v", got.Cost.Unmet, got.Codes, got.Violations[:1])
				}
			}
		})
	}
}

// cascade is a valid plan in which groups of ten, each of its own unit with a
// hall and an expert, attend four modules a week apart. Everybody has a rota of
// 200 closed times that never matter.
func cascade(staff int) *world {
	w := newWorld()
	modules := []string{"a", "b", "c", "d"}
	w.problem.Modules = append(w.problem.Modules, model.Module{ID: "c", Minutes: 120}, model.Module{ID: "d", Minutes: 120})
	*w.tier("staff") = model.Tier{ID: "staff", Modules: modules, Seats: model.Seats{Max: 10}, GapDays: 7}
	starts := []string{monday, "2027-03-08 08:30", "2027-03-15 08:30", "2027-03-22 08:30"}
	w.slots(starts...)
	rota := model.Calendar{ID: "rota"}
	for i := range 200 {
		from := clock("2027-04-01 08:30").AddDate(0, 0, i)
		rota.Closed = append(rota.Closed, model.Interval{From: from, To: from.AddDate(0, 0, 1)})
	}
	w.problem.Calendars = []model.Calendar{rota}
	for g := range staff / 10 {
		id := fmt.Sprint(g)
		w.problem.Units = append(w.problem.Units, model.Unit{ID: id, Sector: "municipal", Lat: 58 + float64(g)/1e4, Lon: 12, MaxAway: new(11)})
		w.problem.Venues = append(w.problem.Venues, model.Venue{ID: id, Lat: 58.01 + float64(g)/1e4, Lon: 12, Capacity: 10})
		leads := &model.Leads{Tier: "staff", Modules: modules, MaxPerDay: new(1), MaxPerWeek: new(1), MaxTotal: new(4), Target: new(4)}
		w.problem.People = append(w.problem.People, model.Person{ID: "leader" + id, Unit: id, Calendar: "rota", Leads: leads})
		var group []string
		for range 10 {
			w.staff(1)
			who := &w.problem.People[len(w.problem.People)-1]
			who.Needs, who.Unit, who.Calendar, who.MaxTravel = nil, id, "rota", new(30)
			group = append(group, who.ID)
		}
		for i, module := range modules {
			w.add(model.Seminar{Module: module, Slot: starts[i], Venue: id, Leaders: []string{"leader" + id}, Attendees: group})
		}
	}
	w.publish()
	return w
}
