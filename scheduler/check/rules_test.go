package check_test

import (
	"slices"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// ruleCase is the smallest world that keeps a rule or breaks it.
type ruleCase struct {
	name     string
	set      func(*world)
	breaches int      // violations of the rule; 0: it is kept
	also     []string // other codes that cannot but be broken with it
}

// ruleCases holds the tests of every rule under its code.
var ruleCases = map[string][]ruleCase{
	"F": fitCases, "H1": attendanceCases, "H2": seatsCases, "H3": timesCases, "H4": orderCases,
	"H5": qualificationCases, "H6": leadersCases, "H7": loadCases, "H8": roomsCases, "H9": awayCases,
	"H10": waveCases, "H11": reachCases, "H12": frozenCases, "H13": movedCases,
}

func TestRules(t *testing.T) {
	for _, rule := range check.Rules() {
		for _, c := range ruleCases[rule.Code] {
			t.Run(rule.Code+"/"+c.name, func(t *testing.T) { testRule(t, rule.Code, c) })
		}
	}
}

func testRule(t *testing.T, code string, c ruleCase) {
	w := newWorld()
	c.set(w)
	w.settle()
	got := check.Check(&w.problem, &w.plan)
	breaches := 0
	for _, v := range got.Violations {
		if v.Code == code {
			breaches++
		}
		if v.Detail == "" {
			t.Errorf("%+v has no sentence", v)
		}
	}
	if breaches != c.breaches {
		t.Errorf("%d breaches of %s, want %d: %+v", breaches, code, c.breaches, got.Violations)
	}
	others := slices.DeleteFunc(slices.Clone(got.Codes), func(s string) bool { return s == code })
	if !slices.Equal(others, c.also) {
		t.Errorf("other codes %v, want %v: %+v", others, c.also, got.Violations)
	}
	if got.Valid != (len(got.Violations) == 0) {
		t.Errorf("Valid = %v with %d violations", got.Valid, len(got.Violations))
	}
}

// TestEveryRuleIsTested fails if a rule has no test that breaks it or none
// that just keeps it.
func TestEveryRuleIsTested(t *testing.T) {
	for _, rule := range check.Rules() {
		kept, broken := 0, 0
		for _, c := range ruleCases[rule.Code] {
			if c.breaches == 0 {
				kept++
			} else {
				broken++
			}
		}
		if kept == 0 || broken == 0 {
			t.Errorf("%s (%s): %d tests keep it and %d break it, want at least one of each", rule.Code, rule.Sentence, kept, broken)
		}
	}
	if n := len(check.Rules()); n != 14 || len(ruleCases) != n {
		t.Errorf("%d rules and %d groups of tests, want F and H1 to H13 in both", n, len(ruleCases))
	}
}

const (
	monday    = "2027-03-01 08:30"
	mondayPM  = "2027-03-01 13:00"
	tuesday   = "2027-03-02 08:30"
	wednesday = "2027-03-03 08:30"
	friday    = "2027-03-05 08:30"
)

// oneSeminar plans module a on Monday for n people.
func oneSeminar(w *world, n int) {
	w.slots(monday)
	w.staff(n, "a")
	s := model.Seminar{Module: "a", Slot: monday}
	for i := range n {
		s.Attendees = append(s.Attendees, w.problem.People[3+i].ID)
	}
	w.add(s)
}

var fitCases = []ruleCase{
	{name: "a plan that fits", set: func(w *world) { oneSeminar(w, 2) }},
	{name: "an empty plan with everything unmet", set: func(w *world) { w.staff(2, "a", "b") }},
	{name: "wrong format", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Format = "kaskad/plan/2" }},
	{name: "another programme's plan", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Problem = "other" }},
	{name: "unknown time zone", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.problem.Programme.Timezone = "Europe/Skövde" }},
	{name: "two seminars with one id", breaches: 1, set: func(w *world) {
		oneSeminar(w, 2)
		w.slots(tuesday)
		w.plan.Seminars[0].Attendees = []string{"p1"}
		w.add(model.Seminar{ID: "s1", Module: "a", Slot: tuesday, Attendees: []string{"p2"}})
	}},
	{name: "unknown tier", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Seminars[0].Tier = "?" }},
	{name: "unknown slot", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Seminars[0].Slot = "?" }},
	{name: "unknown venue", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Seminars[0].Venue = "?" }},
	{name: "unknown module leaves the need unmet", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Seminars[0].Module = "?" }},
	{name: "unknown leader", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.plan.Seminars[0].Leaders = []string{"?"} }},
	{name: "unknown attendee beside a known one", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.plan.Seminars[0].Attendees = []string{"p1", "?"}
	}},
	{name: "everything unknown", breaches: 6, set: func(w *world) {
		w.add(model.Seminar{Tier: "?", Module: "?", Slot: "?", Venue: "?", Leaders: []string{"?"}, Attendees: []string{"!"}})
	}},
	{name: "unmet for an unknown person", breaches: 1, set: func(w *world) { w.unmet("?", "a") }},
	{name: "unmet for an unknown module", breaches: 1, set: func(w *world) { w.staff(1); w.unmet("p1", "?") }},
	{name: "unmet but not needed", breaches: 1, set: func(w *world) { w.staff(1, "b"); w.unmet("p1", "a") }},
	{name: "unmet for an expert, who needs nothing", breaches: 1, set: func(w *world) { w.unmet("x", "a") }},
	{name: "unmet twice", breaches: 1, set: func(w *world) { w.staff(1, "a"); w.unmet("p1", "a") }},
	{name: "attended and unmet", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.unmet("p1", "a") }},
	{name: "by default all modules of the tier are needed", breaches: 2, set: func(w *world) {
		w.staff(1)
		w.person("p1").Needs = nil
	}},
	{name: "by default done modules are not needed", breaches: 1, set: func(w *world) {
		w.staff(1)
		w.person("p1").Needs = nil
		w.person("p1").Done = []model.Done{{Module: "a", Start: clock(monday)}}
	}},
	{name: "an empty list of needs is no default", set: func(w *world) { w.staff(1) }},
}

// unmet lists a need as unmet by hand, before settle adds the true ones.
func (w *world) unmet(person, module string) {
	w.plan.Unmet = append(w.plan.Unmet, model.Unmet{Person: person, Module: module})
}

var attendanceCases = []ruleCase{
	{name: "once", set: func(w *world) { oneSeminar(w, 1) }},
	{name: "twice in two seminars", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.slots(tuesday)
		w.add(model.Seminar{Module: "a", Slot: tuesday, Attendees: []string{"p1"}})
	}},
	{name: "three times", breaches: 2, set: func(w *world) {
		oneSeminar(w, 1)
		w.slots(tuesday, wednesday)
		w.add(model.Seminar{Module: "a", Slot: tuesday, Attendees: []string{"p1"}})
		w.add(model.Seminar{Module: "a", Slot: wednesday, Attendees: []string{"p1"}})
	}},
	{name: "listed twice in one seminar", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.plan.Seminars[0].Attendees = []string{"p1", "p1"}
	}},
	{name: "a module not needed", breaches: 1, set: func(w *world) {
		w.slots(monday)
		w.staff(1, "b")
		w.add(model.Seminar{Module: "a", Slot: monday, Attendees: []string{"p1"}})
	}},
	{name: "an expert attends", breaches: 1, set: func(w *world) {
		w.slots(monday)
		w.add(model.Seminar{Module: "a", Slot: monday, Attendees: []string{"y"}})
	}},
	{name: "in another tier", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.plan.Seminars[0].Tier = "leaders"
		w.person("x").Leads.Tier = "leaders"
	}},
	{name: "a second attendance is away from nothing, overlaps nothing and needs no gap", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.tier("staff").GapDays = 7
		w.unit("ward").MaxAway = new(1)
		w.add(model.Seminar{Module: "a", Slot: monday, Venue: "far", Leaders: []string{"y"}, Attendees: []string{"p1"}})
	}},
}

var seatsCases = []ruleCase{
	{name: "one fewer than seats.min", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.tier("staff").Seats.Min = 2 }},
	{name: "as many as seats.min", set: func(w *world) { oneSeminar(w, 2); w.tier("staff").Seats.Min = 2 }},
	{name: "seats.min is 1 by default", breaches: 1, set: func(w *world) { oneSeminar(w, 0) }},
	{name: "as many as seats.max", set: func(w *world) { oneSeminar(w, 3); w.tier("staff").Seats.Max = 3 }},
	{name: "one more than seats.max", breaches: 1, set: func(w *world) { oneSeminar(w, 4); w.tier("staff").Seats.Max = 3 }},
	{name: "as many as the venue holds", set: func(w *world) { oneSeminar(w, 2); w.venue("hall").Capacity = 2 }},
	{name: "one more than the venue holds", breaches: 1, set: func(w *world) { oneSeminar(w, 3); w.venue("hall").Capacity = 2 }},
	{name: "a roomy venue does not raise seats.max", breaches: 1, set: func(w *world) {
		oneSeminar(w, 4)
		w.tier("staff").Seats.Max, w.venue("hall").Capacity = 3, 100
	}},
}

var roomsCases = []ruleCase{
	{name: "two at once in one room", breaches: 1, set: func(w *world) { atOnce(w, 2) }},
	{name: "two at once in two rooms", set: func(w *world) { atOnce(w, 2); w.venue("hall").Rooms = 2 }},
	{name: "three at once in two rooms", breaches: 1, set: func(w *world) { atOnce(w, 3); w.venue("hall").Rooms = 2 }},
	{name: "one starts as the other ends", set: func(w *world) { twoSeminars(w, monday, "2027-03-01 10:30") }},
	{name: "one ends as the other, planned first, starts", set: func(w *world) { twoSeminars(w, "2027-03-01 10:30", monday) }},
	{name: "one ends as two others, planned first, start", breaches: 1, set: func(w *world) {
		atOnce(w, 2)
		w.slots("2027-03-01 06:30")
		w.staff(1, "a")
		w.add(model.Seminar{Module: "a", Slot: "2027-03-01 06:30", Leaders: []string{"z"}, Attendees: []string{"p3"}})
	}},
	{name: "one starts a minute before the other ends", breaches: 1, set: func(w *world) {
		twoSeminars(w, monday, "2027-03-01 10:29")
		w.plan.Seminars[1].Leaders = []string{"y"}
	}},
	{name: "never more than two of three at once in two rooms", set: func(w *world) {
		oneSeminar(w, 3)
		w.venue("hall").Rooms = 2
		w.plan.Seminars[0].Attendees = []string{"p1"}
		w.slots("2027-03-01 09:30", "2027-03-01 10:30")
		w.add(model.Seminar{Module: "a", Slot: "2027-03-01 09:30", Leaders: []string{"y"}, Attendees: []string{"p2"}})
		w.add(model.Seminar{Module: "a", Slot: "2027-03-01 10:30", Leaders: []string{"z"}, Attendees: []string{"p3"}})
	}},
	{name: "closed until it starts and after it ends", set: func(w *world) {
		oneSeminar(w, 1)
		w.venue("hall").Closed = append(closed("2027-03-01 00:00", monday), closed("2027-03-01 10:30", "2027-03-02 00:00")...)
	}},
	{name: "closed during its first minute", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.venue("hall").Closed = closed("2027-03-01 00:00", "2027-03-01 08:31")
	}},
	{name: "the calendar's closed times count too", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.problem.Calendars = []model.Calendar{{ID: "hours", Closed: closed("2027-03-01 10:29", "2027-03-02 00:00")}}
		w.venue("hall").Calendar = "hours"
	}},
}

// atOnce plans module a n times on Monday in the hall.
func atOnce(w *world, n int) {
	w.slots(monday)
	w.staff(n, "a")
	for i, leader := range []string{"x", "y", "z"}[:n] {
		w.add(model.Seminar{Module: "a", Slot: monday, Leaders: []string{leader}, Attendees: []string{w.problem.People[3+i].ID}})
	}
}

// twoSeminars plans module a for p1 and for p2 at the given times, both led by x.
func twoSeminars(w *world, first, second string) {
	w.slots(first, second)
	w.staff(2, "a")
	w.add(model.Seminar{Module: "a", Slot: first, Attendees: []string{"p1"}})
	w.add(model.Seminar{Module: "a", Slot: second, Attendees: []string{"p2"}})
}

var awayCases = []ruleCase{
	{name: "as many as maxAway", set: func(w *world) { oneSeminar(w, 2); w.unit("ward").MaxAway = new(2) }},
	{name: "one more than maxAway", breaches: 1, set: func(w *world) { oneSeminar(w, 3); w.unit("ward").MaxAway = new(2) }},
	{name: "nobody may be away", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.unit("ward").MaxAway = new(0) }},
	{name: "in different seminars at once", breaches: 1, set: func(w *world) {
		atOnce(w, 2)
		w.plan.Seminars[1].Venue = "far"
		w.unit("ward").MaxAway = new(1)
	}},
	{name: "one leaves as the other goes", set: func(w *world) {
		twoSeminars(w, monday, "2027-03-01 10:30")
		w.unit("ward").MaxAway = new(1)
	}},
	{name: "who leads is away too", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("x").Unit = "ward"
		w.unit("ward").MaxAway = new(1)
	}},
	{name: "only the second unit has a limit", breaches: 1, set: func(w *world) {
		atOnce(w, 2)
		w.plan.Seminars[1].Venue = "far"
		w.unit("experts").MaxAway = new(1)
	}},
	{name: "online is away too", breaches: 1, set: func(w *world) {
		oneSeminar(w, 2)
		for i := range w.problem.Modules {
			w.problem.Modules[i].Online = true
		}
		w.plan.Seminars[0].Venue = "online"
		w.unit("ward").MaxAway = new(1)
	}},
	{name: "somebody in two seminars at once is one away", also: []string{"H3"}, set: func(w *world) {
		w.slots(monday)
		w.staff(1, "a", "b")
		w.tier("staff").Order = model.Free
		w.add(model.Seminar{Module: "a", Slot: monday, Attendees: []string{"p1"}})
		w.add(model.Seminar{Module: "b", Slot: monday, Venue: "far", Leaders: []string{"y"}, Attendees: []string{"p1"}})
		w.unit("ward").MaxAway = new(1)
	}},
}

var waveCases = []ruleCase{
	{name: "from the wave's first to its last minute", set: func(w *world) { inWave(w, monday, "2027-03-01 10:30") }},
	{name: "a minute before the wave", breaches: 1, set: func(w *world) { inWave(w, "2027-03-01 08:31", friday) }},
	{name: "a minute beyond the wave", breaches: 1, set: func(w *world) { inWave(w, monday, "2027-03-01 10:29") }},
	{name: "after the wave", breaches: 1, set: func(w *world) { inWave(w, "2027-02-01 00:00", "2027-02-28 00:00") }},
	{name: "who leads is not bound to the wave", set: func(w *world) {
		inWave(w, "2027-02-01 00:00", "2027-02-28 00:00")
		w.unit("ward").Wave, w.unit("experts").Wave = "", "w"
	}},
}

func inWave(w *world, from, to string) {
	oneSeminar(w, 1)
	w.problem.Waves = []model.Wave{{ID: "w", From: clock(from), To: clock(to)}}
	w.unit("ward").Wave = "w"
}
