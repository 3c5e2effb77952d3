package check_test

import (
	"reflect"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// costCase is a world in which one field of the cost table has a value
// worked out by hand.
type costCase struct {
	name string
	set  func(*world)
	want int
}

// costCases holds the tests of every field of model.Cost under its name.
var costCases = map[string][]costCase{
	"Unmet": unmetCosts, "Total": totalCosts, "Travel": travelCosts, "LeaderTravel": leaderTravelCosts,
	"Seminars": seminarCosts, "Mix": mixCosts, "Crowding": crowdingCosts, "Continuity": continuityCosts,
	"Pace": paceCosts, "Earliness": earlinessCosts, "Fairness": fairnessCosts,
	"Preference": preferenceCosts, "Disruption": disruptionCosts,
}

func TestCosts(t *testing.T) {
	for field, cases := range costCases {
		for _, c := range cases {
			t.Run(field+"/"+c.name, func(t *testing.T) {
				w := newWorld()
				c.set(w)
				w.settle()
				got := check.Check(&w.problem, &w.plan).Cost
				if v := reflect.ValueOf(got).FieldByName(field).Int(); int(v) != c.want {
					t.Errorf("%s = %d, want %d", field, v, c.want)
				}
				sum := got.Travel + got.LeaderTravel + got.Seminars + got.Mix + got.Crowding + got.Continuity +
					got.Pace + got.Earliness + got.Fairness + got.Preference + got.Disruption
				if got.Total != sum {
					t.Errorf("Total = %d, want the sum of the terms, %d", got.Total, sum)
				}
			})
		}
	}
}

// TestEveryCostIsTested fails if a field of the cost table has no test in
// which it is nil or none in which it is not.
func TestEveryCostIsTested(t *testing.T) {
	fields := reflect.TypeFor[model.Cost]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		zero, more := 0, 0
		for _, c := range costCases[name] {
			if c.want == 0 {
				zero++
			} else {
				more++
			}
		}
		if zero == 0 || more == 0 {
			t.Errorf("%s: %d tests in which it costs nothing and %d in which it costs something, want at least one of each", name, zero, more)
		}
	}
}

// weighing sets the weights before the rest of the world.
func weighing(weights model.Weights, set func(*world)) func(*world) {
	return func(w *world) {
		w.problem.Programme.Weights = weights
		set(w)
	}
}

// away30 has two people and their leader travel 30 minutes one way.
func away30(w *world) {
	oneSeminar(w, 2)
	w.plan.Seminars[0].Venue = "far"
}

var unmetCosts = []costCase{
	{"everything met", func(w *world) { oneSeminar(w, 2) }, 0},
	{"two of four needs unmet", func(w *world) {
		oneSeminar(w, 2)
		w.person("p1").Needs, w.person("p2").Needs = []string{"a", "b"}, []string{"a", "b"}
	}, 2},
	{"done modules are not unmet", func(w *world) { doneThenB(w, monday) }, 0},
	{"counted though the plan does not list it", func(w *world) { w.staff(1); w.person("p1").Needs = nil }, 2},
}

var totalCosts = []costCase{
	{"nothing planned", func(w *world) { w.staff(2, "a") }, 0},
	// seminars 120+60, mix 2−1 of municipal × 20 (no hospital staff), nobody travels: 180 + 20.
	{"one seminar for one person", func(w *world) { oneSeminar(w, 1) }, 200},
	// seminars 180, mix 0, travel 2 × 60, leader travel 60.
	{"one seminar for two people from away", away30, 360},
}

var travelCosts = []costCase{
	{"nobody travels", func(w *world) { oneSeminar(w, 2) }, 0},
	{"two return trips of 30 minutes one way", away30, 120},
	{"weight 3", weighing(model.Weights{Travel: new(3)}, away30), 360},
	{"weight 0", weighing(model.Weights{Travel: new(0)}, away30), 0},
	{"the matrix has 17 minutes", withMatrix("ward", "far", 17, away30), 68},
	{"online", func(w *world) { away30(w); w.plan.Seminars[0].Venue = "online" }, 0},
	{"the matrix speaks for an online venue too", withMatrix("ward", "online", 17, func(w *world) {
		away30(w)
		w.plan.Seminars[0].Venue = "online"
	}), 68},
	{"what H1 refuses costs nothing", func(w *world) {
		away30(w)
		w.plan.Seminars[0].Attendees = []string{"p1", "p2", "p1", "y"}
	}, 120},
}

var leaderTravelCosts = []costCase{
	{"the leader is there", func(w *world) { oneSeminar(w, 2) }, 0},
	{"one return trip of 30 minutes one way", away30, 60},
	{"two leaders", func(w *world) { away30(w); w.plan.Seminars[0].Leaders = []string{"x", "y"} }, 120},
	{"weight 2", weighing(model.Weights{LeaderTravel: new(2)}, away30), 120},
	{"a trip for each seminar", func(w *world) {
		twoSeminars(w, monday, mondayPM)
		w.plan.Seminars[0].Venue, w.plan.Seminars[1].Venue = "far", "far"
	}, 120},
}

var seminarCosts = []costCase{
	{"no seminar", func(w *world) { w.staff(1, "a") }, 0},
	{"120 minutes and 60 to prepare", func(w *world) { oneSeminar(w, 1) }, 180},
	{"two of them", func(w *world) { twoSeminars(w, monday, mondayPM) }, 360},
	{"two leaders asked", led(2, "x", "y"), 360},
	{"two leaders asked and one there", led(2, "x"), 360},
	{"30 minutes to prepare", weighing(model.Weights{Prep: new(30)}, func(w *world) { oneSeminar(w, 1) }), 150},
	{"the module's length, not the slot's", func(w *world) { oneSeminar(w, 1); w.problem.Modules[0].Minutes = 90 }, 150},
}

// mixed has three people of the ward attend and gives the tier hospital staff who do not.
func mixed(w *world) {
	oneSeminar(w, 3)
	w.staff(1)
	w.person("p4").Unit = "experts"
}

var mixCosts = []costCase{
	{"three of the only sector in the tier", func(w *world) { oneSeminar(w, 3) }, 0},
	{"two of the only sector in the tier", func(w *world) { oneSeminar(w, 2) }, 0},
	{"one of the only sector in the tier", func(w *world) { oneSeminar(w, 1) }, 20},
	{"none of a second sector", mixed, 40},
	{"one of a second sector", func(w *world) { mixed(w); w.person("p1").Unit = "experts" }, 20},
	{"two of a second and one of the first sector", func(w *world) {
		mixed(w)
		w.person("p1").Unit, w.person("p2").Unit = "experts", "experts"
	}, 20},
	{"a sector only another tier has", func(w *world) { mixed(w); w.person("p4").Tier = "leaders" }, 0},
	{"mixMin 3, mix 7", weighing(model.Weights{MixMin: new(3), Mix: new(7)}, mixed), 21},
	{"mixMin 0", weighing(model.Weights{MixMin: new(0)}, mixed), 0},
}

// crowd5 has five people of the ward and as many of a second unit attend.
func crowd5(w *world) {
	oneSeminar(w, 10)
	w.problem.Units = append(w.problem.Units, model.Unit{ID: "clinic", Sector: "municipal", Lat: 58, Lon: 12})
	for i := range 5 {
		w.problem.People[3+i].Unit = "clinic"
	}
}

var crowdingCosts = []costCase{
	{"three of a unit", func(w *world) { oneSeminar(w, 3) }, 0},
	{"four of a unit", func(w *world) { oneSeminar(w, 4) }, 0},
	{"five of a unit", func(w *world) { oneSeminar(w, 5) }, 10},
	{"six of a unit", func(w *world) { oneSeminar(w, 6) }, 20},
	{"five of each of two units", crowd5, 20},
	{"crowdMax 3, crowd 7", weighing(model.Weights{CrowdMax: new(3), Crowd: new(7)}, crowd5), 28},
	{"who leads is no crowd", func(w *world) { oneSeminar(w, 4); w.person("x").Unit = "ward" }, 0},
}

// sameLeader plans a and b for p1, both led by x.
func sameLeader(w *world) {
	aThenB(w, monday, tuesday)
	w.plan.Seminars[1].Leaders = []string{"x"}
}

var continuityCosts = []costCase{
	{"nobody attends", func(w *world) { w.staff(1, "a") }, 0},
	{"the same leader twice", sameLeader, 0},
	{"two leaders", func(w *world) { aThenB(w, monday, tuesday) }, 15},
	{"weight 4", weighing(model.Weights{Continuity: new(4)}, func(w *world) { aThenB(w, monday, tuesday) }), 4},
	{"three leaders of three modules", func(w *world) {
		aThenB(w, monday, tuesday)
		w.slots(wednesday)
		w.problem.Modules = append(w.problem.Modules, model.Module{ID: "c", Minutes: 120})
		w.person("p1").Needs = []string{"a", "b", "c"}
		w.add(model.Seminar{Module: "c", Slot: wednesday, Leaders: []string{"z"}, Attendees: []string{"p1"}})
	}, 30},
	{"only the first leader is compared", func(w *world) {
		sameLeader(w)
		w.plan.Seminars[0].Leaders, w.plan.Seminars[1].Leaders = []string{"x", "y"}, []string{"x", "z"}
	}, 0},
	{"a seminar without leaders adds nobody", func(w *world) { sameLeader(w); w.plan.Seminars[1].Leaders = []string{} }, 0},
}

func after(a, b string) func(*world) { return func(w *world) { aThenB(w, a, b) } }

var paceCosts = []costCase{
	{"35 days apart", after(monday, "2027-04-05 09:30"), 0},
	// Summer time takes an hour on 28 March: 42 days on the wall are an hour short of 42 × 24 h.
	{"an hour short of the week beyond", after(monday, "2027-04-12 08:30"), 0},
	{"a week beyond", after(monday, "2027-04-12 09:30"), 5},
	{"a minute short of two weeks beyond", after(monday, "2027-04-19 09:29"), 5},
	{"two weeks beyond", after(monday, "2027-04-19 09:30"), 10},
	{"paceDays 0, pace 3, one week", weighing(model.Weights{PaceDays: new(0), Pace: new(3)}, after(monday, "2027-03-08 08:30")), 3},
	{"paceDays beyond 292 years", weighing(model.Weights{PaceDays: new(2_000_000_000), Pace: new(3)}, after(monday, "2027-04-12 09:30")), 0},
	{"from a done module", func(w *world) { doneThenB(w, "2027-01-20 08:30") }, 5},
	{"from a module done 400 years ago", func(w *world) { doneThenB(w, "1627-01-20 08:30") }, 5 * 20_872},
	{"each pair for itself", func(w *world) {
		after(monday, "2027-04-12 09:30")(w)
		w.person("p1").Done = []model.Done{{Module: "c", Start: clock("2027-01-18 08:30")}}
	}, 10},
	{"the order is that of the starts", func(w *world) { aThenB(w, "2027-04-12 09:30", monday) }, 5},
	{"only one module", func(w *world) { oneSeminar(w, 1) }, 0},
}

// early has p1 attend in a slot, with a first slot on Monday listed last.
func early(start string) func(*world) {
	return func(w *world) {
		w.slots(start, monday)
		w.staff(1, "a")
		w.add(model.Seminar{Module: "a", Slot: start, Attendees: []string{"p1"}})
	}
}

var earlinessCosts = []costCase{
	{"in the first slot", early(monday), 0},
	{"a minute short of a week", early("2027-03-08 08:29"), 0},
	{"a week", early("2027-03-08 08:30"), 1},
	{"five weeks on the wall, one hour short", early("2027-04-05 08:30"), 4},
	{"weight 6", weighing(model.Weights{Earliness: new(6)}, early("2027-03-15 08:30")), 12},
	{"per attendance", func(w *world) {
		early("2027-03-08 08:30")(w)
		w.staff(1, "a")
		w.plan.Seminars[0].Attendees = []string{"p1", "p2"}
	}, 2},
	{"from the start of the wave", func(w *world) {
		inWave(w, "2027-02-15 00:00", "2027-04-01 00:00")
	}, 2},
	{"before the wave is never negative", func(w *world) {
		inWave(w, "2027-04-15 00:00", "2027-05-01 00:00")
	}, 0},
	{"no slots at all", func(w *world) { w.staff(1, "a") }, 0},
}

func targets(target *int, seminars int) func(*world) {
	return leadsAt(model.Leads{Target: target}, []string{monday, tuesday, wednesday, friday}[:seminars]...)
}

var fairnessCosts = []costCase{
	{"below the target", targets(new(2), 1), 0},
	{"at the target", targets(new(2), 2), 0},
	{"one above the target", targets(new(2), 3), 10},
	{"two above the target", targets(new(2), 4), 40},
	{"target 0", targets(new(0), 1), 10},
	{"no target", targets(nil, 4), 0},
	{"weight 3", weighing(model.Weights{Fairness: new(3)}, targets(new(1), 3)), 12},
}

// dislikes has p1 attend in a slot.
func dislikes(start string, halfDays ...model.HalfDay) func(*world) {
	return func(w *world) {
		early(start)(w)
		w.person("p1").Dislikes = halfDays
	}
}

var preferenceCosts = []costCase{
	{"no dislikes", dislikes(monday), 0},
	{"the disliked morning", dislikes(monday, "mon-am"), 10},
	{"the same morning of another weekday", dislikes(tuesday, "mon-am"), 0},
	{"one of several", dislikes(tuesday, "mon-am", "tue-am"), 10},
	{"weight 7", weighing(model.Weights{Preference: new(7)}, dislikes(monday, "mon-am")), 7},
	{"11:59 is morning", dislikes("2027-03-06 11:59", "sat-am"), 10},
	{"12:00 is afternoon", dislikes("2027-03-06 12:00", "sat-pm"), 10},
	{"16:59 is afternoon", dislikes("2027-03-07 16:59", "sun-pm"), 10},
	{"17:00 is evening", dislikes("2027-03-07 17:00", "sun-eve"), 10},
	{"the weekday is local", dislikes("2027-07-01 00:30", "thu-am"), 10},
	{"and not that of Greenwich", dislikes("2027-07-01 00:30", "wed-eve"), 0},
}

func toLeaderY(w *world) { w.plan.Seminars[0].Leaders = []string{"y"} }

var disruptionCosts = []costCase{
	{"nothing published", func(w *world) { oneSeminar(w, 2) }, 0},
	{"nothing changed", published(2, nothing), 0},
	{"another seminar's id", published(2, func(w *world) { w.plan.Seminars[0].ID = "other" }), 0},
	{"two attendances and a leading moved", published(2, toTuesday), 360},
	{"two attendances and a leading dropped", published(2, cancel), 360},
	{"one attendance dropped", published(2, func(w *world) { w.plan.Seminars[0].Attendees = []string{"p1"} }), 120},
	{"two at another venue, and the leading is not moved", published(2, toFar), 90},
	{"two with another leader, and a leading dropped", published(2, toLeaderY), 140},
	{"slot, venue and leader: only the slot counts", published(2, func(w *world) { toFar(w); toTuesday(w); toLeaderY(w) }), 360},
	{"venue and leader: only the venue counts, and a leading dropped", published(2, func(w *world) { toFar(w); toLeaderY(w) }), 210},
	{"the second leader dropped", published(2, func(w *world) {
		w.plan.Seminars[0].Leaders = []string{"x", "y"}
		w.publish()
		w.plan.Seminars[0].Leaders = []string{"x"}
	}), 120},
	{"leaders change places", published(2, func(w *world) {
		w.plan.Seminars[0].Leaders = []string{"x", "y"}
		w.publish()
		w.plan.Seminars[0].Leaders = []string{"y", "x"}
	}), 20},
	{"the leader leads another module then", published(2, func(w *world) {
		w.plan.Seminars[0].Module = "b"
		w.person("p1").Needs, w.person("p2").Needs = []string{"b"}, []string{"b"}
	}), 360},
	{"the leader leads another tier then", published(2, func(w *world) { w.plan.Seminars[0].Tier = "leaders" }), 360},
	{"somebody the problem no longer has", published(2, func(w *world) {
		w.problem.Published.Seminars[0].Attendees = []string{"p1", "p2", "gone"}
	}), 120},
	{"weights 7, 5 and 3: slot", weighing(ownMoved, published(2, toTuesday)), 21},
	{"weights 7, 5 and 3: venue", weighing(ownMoved, published(2, toFar)), 10},
	{"weights 7, 5 and 3: leader", weighing(ownMoved, published(2, toLeaderY)), 13},
}

var ownMoved = model.Weights{MovedSlot: new(7), MovedVenue: new(5), MovedLeader: new(3)}
