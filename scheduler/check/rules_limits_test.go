package check_test

import (
	"time"

	"kaskad/model"
)

// leadsAt has x lead module a at each of the times, for one person each.
func leadsAt(limits model.Leads, starts ...string) func(*world) {
	return func(w *world) {
		w.slots(starts...)
		w.staff(len(starts), "a")
		limits.Tier, limits.Modules = "staff", []string{"a"}
		w.person("x").Leads = &limits
		for i, start := range starts {
			w.add(model.Seminar{Module: "a", Slot: start, Attendees: []string{w.problem.People[3+i].ID}})
		}
	}
}

// drives has x lead at one venue and, some minutes after, at another.
func drives(minutes int, from, to string) func(*world) {
	return func(w *world) {
		leadsAt(model.Leads{}, monday)(w)
		w.problem.Modules[0].Online = true
		w.slot("next", clock(monday).Add(time.Duration(120+minutes)*time.Minute).Format("2006-01-02 15:04"), 120)
		w.staff(1, "a")
		w.plan.Seminars[0].Venue = from
		w.add(model.Seminar{Module: "a", Slot: "next", Venue: to, Attendees: []string{"p2"}})
	}
}

var loadCases = []ruleCase{
	{name: "no limits", set: leadsAt(model.Leads{}, monday, mondayPM, tuesday, wednesday)},
	{name: "as many as maxPerDay", set: leadsAt(model.Leads{MaxPerDay: new(2)}, monday, mondayPM, tuesday)},
	{name: "one more than maxPerDay", breaches: 1, set: leadsAt(model.Leads{MaxPerDay: new(1)}, monday, mondayPM, tuesday)},
	{name: "one more than maxPerDay on two days", breaches: 2, set: leadsAt(model.Leads{MaxPerDay: new(1)}, monday, mondayPM, tuesday, "2027-03-02 13:00")},
	{name: "none may be led", breaches: 1, set: leadsAt(model.Leads{MaxPerDay: new(0)}, monday)},
	{name: "the day ends at local midnight", set: leadsAt(model.Leads{MaxPerDay: new(1)}, "2027-06-30 20:00", "2027-07-01 00:00")},
	{name: "the day begins at local midnight", breaches: 1, set: leadsAt(model.Leads{MaxPerDay: new(1)}, "2027-07-01 00:00", "2027-07-01 20:00")},
	{name: "as many as maxPerWeek", set: leadsAt(model.Leads{MaxPerWeek: new(2)}, monday, "2027-03-07 20:00", "2027-03-08 08:30")},
	{name: "one more than maxPerWeek", breaches: 1, set: leadsAt(model.Leads{MaxPerWeek: new(1)}, monday, "2027-03-07 20:00", "2027-03-08 08:30")},
	{name: "week 53 has days of two years", breaches: 1, set: leadsAt(model.Leads{MaxPerWeek: new(1)}, "2026-12-31 08:30", "2027-01-02 08:30")},
	{name: "week 1 begins on Monday 4 January 2027", set: leadsAt(model.Leads{MaxPerWeek: new(1)}, "2027-01-03 20:00", "2027-01-04 00:00")},
	{name: "week 1 of two years is two weeks", set: leadsAt(model.Leads{MaxPerWeek: new(1)}, "2027-01-05 08:30", "2028-01-04 08:30")},
	{name: "as many as maxTotal", set: leadsAt(model.Leads{MaxTotal: new(2)}, monday, tuesday)},
	{name: "one more than maxTotal", breaches: 1, set: leadsAt(model.Leads{MaxTotal: new(2)}, monday, tuesday, wednesday)},
	{name: "a minute short of the trip between venues", breaches: 1, set: drives(29, "hall", "far")},
	{name: "just time for the trip", set: drives(30, "hall", "far")},
	{name: "a minute more than the trip", set: drives(31, "hall", "far")},
	{name: "no trip within a venue", set: drives(0, "hall", "hall")},
	{name: "no trip under 0.2 km", set: func(w *world) {
		drives(0, "hall", "far")(w)
		w.venue("far").Lat = 58.0017 // 0.19 km
	}},
	{name: "no trip to an online venue", set: drives(0, "far", "online")},
	{name: "a trip from where an online venue is said to be", breaches: 1, set: drives(29, "online", "far")},
	{name: "the matrix of units does not speak of trips between venues", set: func(w *world) {
		drives(30, "hall", "far")(w)
		w.problem.Units = append(w.problem.Units, model.Unit{ID: "hall", Sector: "hospital"})
		w.problem.Matrix = &model.Matrix{Units: []string{"hall"}, Venues: []string{"far"}, Minutes: [][]int{{99}}}
	}},
	{name: "no trip asked overnight", set: func(w *world) {
		leadsAt(model.Leads{}, "2027-03-01 22:00", "2027-03-02 00:00")(w)
		w.plan.Seminars[1].Venue = "far"
	}},
	{name: "at two venues at once", breaches: 1, also: []string{"H3"}, set: drives(-120, "hall", "far")},
	{name: "two trips of one day, both too short", breaches: 2, set: func(w *world) {
		leadsAt(model.Leads{}, monday, "2027-03-01 10:59", "2027-03-01 13:28")(w)
		w.plan.Seminars[1].Venue = "far"
	}},
	{name: "the second trip of one day too short", breaches: 1, set: func(w *world) {
		leadsAt(model.Leads{}, monday, "2027-03-01 10:30", "2027-03-01 12:59")(w)
		w.plan.Seminars[2].Venue = "far"
	}},
	{name: "venues next door first, then one too far", breaches: 1, set: func(w *world) {
		leadsAt(model.Leads{}, monday, "2027-03-01 10:30", "2027-03-01 12:59")(w)
		w.problem.Venues = append(w.problem.Venues, model.Venue{ID: "beside", Lat: 58.0001, Lon: 12, Capacity: 10})
		w.plan.Seminars[1].Venue, w.plan.Seminars[2].Venue = "beside", "far"
	}},
	{name: "back too late from a venue passed on the way", breaches: 2, set: func(w *world) {
		leadsAt(model.Leads{}, monday, "2027-03-01 10:30", "2027-03-01 12:30")(w)
		w.problem.Programme.Travel.Fixed = 121
		w.problem.Venues = append(w.problem.Venues, model.Venue{ID: "beside", Lat: 58.0001, Lon: 12, Capacity: 10})
		w.plan.Seminars[1].Venue, w.plan.Seminars[2].Venue = "beside", "far"
	}},
}

// travels has p1 attend in the venue with at most so many minutes of travel.
func travels(most int, venue string) func(*world) {
	return func(w *world) {
		oneSeminar(w, 1)
		w.plan.Seminars[0].Venue = venue
		w.person("p1").MaxTravel = new(most)
	}
}

// travelsTo has p1 travel from 58°N 12°E, or from the given place, to another under the usual travel model.
func travelsTo(most int, fromLat, lat, lon float64) func(*world) {
	return func(w *world) {
		travels(most, "far")(w)
		w.problem.Programme.Travel = model.Travel{Detour: 1.25, KmH: 60, Fixed: 4}
		w.unit("ward").Lat = fromLat
		w.venue("far").Lat, w.venue("far").Lon = lat, lon
	}
}

// rounded has 29 minutes and a fraction of travel.
func rounded(most int, fixed float64) func(*world) {
	return func(w *world) {
		travels(most, "far")(w)
		w.problem.Programme.Travel.Fixed = fixed
	}
}

func withMatrix(unit, venue string, minutes int, set func(*world)) func(*world) {
	return func(w *world) {
		set(w)
		w.problem.Matrix = &model.Matrix{Units: []string{"experts", unit}, Venues: []string{venue}, Minutes: [][]int{{0}, {minutes}}}
	}
}

var reachCases = []ruleCase{
	{name: "a minute below maxTravel", set: travels(31, "far")},
	{name: "at maxTravel", set: travels(30, "far")},
	{name: "a minute above maxTravel", breaches: 1, set: travels(29, "far")},
	{name: "no maxTravel", set: func(w *world) { travels(0, "far")(w); w.person("p1").MaxTravel = nil }},
	{name: "0.19 km is no travel", set: travelsTo(0, 58, 58.0017, 12)},
	{name: "0.21 km is travel", breaches: 1, set: travelsTo(3, 58, 58.0019, 12)},
	// 6371.0088 km × π/180 = 111.195 km; × 1.25 + 4 = 142.99 minutes.
	{name: "a degree of latitude is 143 minutes", set: travelsTo(143, 58, 59, 12)},
	{name: "a degree of latitude is more than 142 minutes", breaches: 1, set: travelsTo(142, 58, 59, 12)},
	// 2 × 6371.0088 km × asin(cos 60° × sin 0.5°) = 55.597 km; × 1.25 + 4 = 73.50 minutes, just below.
	{name: "a degree of longitude at 60° is 73 minutes", set: travelsTo(73, 60, 60, 13)},
	{name: "a degree of longitude at 60° is more than 72 minutes", breaches: 1, set: travelsTo(72, 60, 60, 13)},
	// A quarter of the globe: 6371.0088 km × π/2 = 10,007.557 km; × 1.25 + 4 = 12,513.45 minutes.
	{name: "a quarter of the globe is 12,513 minutes", set: travelsTo(12513, 58, -32, 12)},
	{name: "a quarter of the globe is more than 12,512 minutes", breaches: 1, set: travelsTo(12512, 58, -32, 12)},
	{name: "only the second attendee comes too far", breaches: 1, set: func(w *world) {
		oneSeminar(w, 2)
		w.plan.Seminars[0].Venue = "far"
		w.person("p2").MaxTravel = new(29)
	}},
	{name: "a matrix with more numbers than names", set: func(w *world) {
		travels(30, "far")(w)
		w.problem.Matrix = &model.Matrix{Units: []string{"ward"}, Venues: []string{"hall"}, Minutes: [][]int{{0, 99}, {99}}}
	}},
	{name: "29.49 minutes are 29", set: rounded(29, 29.49)},
	{name: "29.5 minutes are 30", breaches: 1, set: rounded(29, 29.5)},
	{name: "the matrix shortens the trip", set: withMatrix("ward", "far", 10, travels(10, "far"))},
	{name: "the matrix lengthens the trip", breaches: 1, set: withMatrix("ward", "far", 31, travels(30, "far"))},
	{name: "the matrix makes 0.19 km a trip", breaches: 1, set: withMatrix("ward", "hall", 1, travels(0, "hall"))},
	{name: "a pair the matrix does not name", set: withMatrix("ward", "hall", 99, travels(30, "far"))},
	{name: "who leads may come from further away", set: func(w *world) {
		oneSeminar(w, 1)
		w.plan.Seminars[0].Venue = "far"
		w.person("x").MaxTravel = new(1)
	}},
	{name: "an online module online, without travel", set: func(w *world) {
		travels(0, "online")(w)
		w.problem.Modules[0].Online = true
	}},
	{name: "another module online", breaches: 1, set: travels(0, "online")},
}

// published plans a on Monday for n people, publishes it, and then changes the plan.
func published(n int, change func(*world)) func(*world) {
	return func(w *world) {
		oneSeminar(w, n)
		w.slots(tuesday)
		w.publish()
		change(w)
	}
}

// frozenAt publishes, freezes until a time and then changes the plan.
func frozenAt(until string, change func(*world)) func(*world) {
	return published(1, func(w *world) {
		w.problem.Programme.FrozenUntil = clock(until)
		change(w)
	})
}

// fixedThen fixes what is planned for two people by two leaders and then changes the plan.
func fixedThen(change func(*world)) func(*world) {
	return published(2, func(w *world) {
		w.tier("staff").LeadersPerSeminar = 2
		w.plan.Seminars[0].Leaders = []string{"x", "y"}
		w.publish()
		w.problem.Fixed, w.problem.Published = w.problem.Published.Seminars, nil
		change(w)
	})
}

func toFar(w *world)     { w.plan.Seminars[0].Venue = "far" }
func toTuesday(w *world) { w.plan.Seminars[0].Slot = tuesday }
func cancel(w *world)    { w.plan.Seminars = nil }
func nothing(*world)     {}

var frozenCases = []ruleCase{
	{name: "fixed and kept", set: fixedThen(nothing)},
	{name: "fixed, attendees in another order", set: fixedThen(func(w *world) { w.plan.Seminars[0].Attendees = []string{"p2", "p1"} })},
	{name: "fixed, leaders in another order", breaches: 1, set: fixedThen(func(w *world) { w.plan.Seminars[0].Leaders = []string{"y", "x"} })},
	{name: "fixed and cancelled", breaches: 1, set: fixedThen(cancel)},
	{name: "fixed and at another venue", breaches: 1, set: fixedThen(toFar)},
	{name: "fixed and in another slot", breaches: 1, set: fixedThen(toTuesday)},
	{name: "fixed and one attendee fewer", breaches: 1, set: fixedThen(func(w *world) { w.plan.Seminars[0].Attendees = []string{"p1"} })},
	{name: "fixed and under another id", breaches: 1, set: fixedThen(func(w *world) { w.plan.Seminars[0].ID = "other" })},
	{name: "fixed in another tier", breaches: 1, set: fixedThen(func(w *world) {
		w.problem.Fixed[0].Tier = "leaders"
	})},
	{name: "fixed for another module", breaches: 1, set: fixedThen(func(w *world) { w.problem.Fixed[0].Module = "b" })},
	{name: "frozen and kept", set: frozenAt(tuesday, nothing)},
	{name: "frozen by a minute and changed", breaches: 1, set: frozenAt("2027-03-01 08:31", toFar)},
	{name: "starts at frozenUntil and changed", set: frozenAt(monday, toFar)},
	{name: "frozen and cancelled", breaches: 1, set: frozenAt(tuesday, cancel)},
	{name: "nothing is frozen", set: published(1, cancel)},
	{name: "frozen and fixed alike is told once", breaches: 1, set: frozenAt(tuesday, func(w *world) {
		w.problem.Fixed = w.problem.Published.Seminars
		toFar(w)
	})},
	{name: "a new seminar in frozen time", set: frozenAt(friday, func(w *world) {
		w.staff(1, "a")
		w.add(model.Seminar{Module: "a", Slot: tuesday, Attendees: []string{"p2"}})
	})},
}

func atMostMoved(most, people int, change func(*world)) func(*world) {
	return published(people, func(w *world) {
		w.problem.Programme.MaxMoved = new(most)
		change(w)
	})
}

var movedCases = []ruleCase{
	{name: "nobody moved, nobody may be", set: atMostMoved(0, 2, nothing)},
	{name: "one fewer than maxMoved", set: atMostMoved(3, 2, toTuesday)},
	{name: "as many as maxMoved", set: atMostMoved(2, 2, toTuesday)},
	{name: "one more than maxMoved", breaches: 1, set: atMostMoved(1, 2, toTuesday)},
	{name: "two more than maxMoved", breaches: 1, set: atMostMoved(0, 2, toTuesday)},
	{name: "no maxMoved", set: published(5, toTuesday)},
	{name: "dropped is moved", breaches: 1, set: atMostMoved(1, 2, cancel)},
	{name: "another venue and leader is not moved", set: atMostMoved(0, 2, func(w *world) {
		toFar(w)
		w.plan.Seminars[0].Leaders = []string{"y"}
	})},
	{name: "another seminar in the same slot is not moved", set: atMostMoved(0, 2, func(w *world) { w.plan.Seminars[0].ID = "other" })},
	{name: "somebody moved twice is one person", set: func(w *world) {
		aThenB(w, monday, tuesday)
		w.slots(wednesday, friday)
		w.publish()
		w.problem.Programme.MaxMoved = new(1)
		w.plan.Seminars[0].Slot, w.plan.Seminars[1].Slot = wednesday, friday
	}},
}
