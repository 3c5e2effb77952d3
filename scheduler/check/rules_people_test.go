package check_test

import (
	"kaskad/model"
)

var timesCases = []ruleCase{
	{name: "slot a minute too short", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.problem.Modules[0].Minutes = 121 }},
	{name: "slot just long enough", set: func(w *world) { oneSeminar(w, 1); w.problem.Modules[0].Minutes = 120 }},
	{name: "slot a minute longer", set: func(w *world) { oneSeminar(w, 1); w.problem.Modules[0].Minutes = 119 }},
	{name: "attends one as the other ends", set: func(w *world) { aThenB(w, monday, "2027-03-01 10:30") }},
	{name: "attends one a minute before the other ends", breaches: 1, set: func(w *world) { aThenB(w, monday, "2027-03-01 10:29") }},
	{name: "leads one as the other ends", set: func(w *world) { twoSeminars(w, monday, "2027-03-01 10:30") }},
	{name: "leads one a minute before the other ends", breaches: 1, set: func(w *world) {
		twoSeminars(w, monday, "2027-03-01 10:29")
		w.venue("hall").Rooms = 2
	}},
	{name: "leads one while attending another", breaches: 1, set: func(w *world) {
		aThenB(w, monday, "2027-03-01 10:29")
		w.staff(1, "b")
		w.plan.Seminars[1].Attendees = []string{"p2"}
		w.plan.Seminars[1].Leaders = []string{"p1"}
		w.person("p1").Needs = []string{"a"}
		w.person("p1").Leads = &model.Leads{Tier: "staff", Modules: []string{"b"}}
	}},
	{name: "three at once are three pairs", breaches: 3, set: func(w *world) {
		w.venue("hall").Rooms = 3
		atOnce(w, 3)
		for i := range w.plan.Seminars {
			w.plan.Seminars[i].Leaders = []string{"x"}
		}
	}},
	{name: "away until it starts and after it ends", set: func(w *world) {
		oneSeminar(w, 1)
		w.person("p1").Closed = append(closed("2027-03-01 00:00", monday), closed("2027-03-01 10:30", tuesday)...)
	}},
	{name: "away during the first minute", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("p1").Closed = closed("2027-03-01 00:00", "2027-03-01 08:31")
	}},
	{name: "the calendar has the last minute closed", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.problem.Calendars = []model.Calendar{{ID: "rota", Closed: closed("2027-03-01 10:29", tuesday)}}
		w.person("p1").Calendar = "rota"
	}},
	{name: "the leader is away", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("x").Closed = closed(monday, "2027-03-01 10:30")
	}},
}

// aThenB plans modules a and b for p1, in two rooms and with two leaders.
func aThenB(w *world, a, b string) {
	w.slots(a, b)
	w.staff(1, "a", "b")
	w.venue("hall").Rooms = 2
	w.add(model.Seminar{Module: "a", Slot: a, Attendees: []string{"p1"}})
	w.add(model.Seminar{Module: "b", Slot: b, Leaders: []string{"y"}, Attendees: []string{"p1"}})
}

// apart plans a and b for p1 in a tier that wants days between them.
func apart(days int, a, b string) func(*world) {
	return func(w *world) {
		aThenB(w, a, b)
		w.tier("staff").GapDays = days
	}
}

// doneThenB has p1 done with a at a time and attend b on Wednesday.
func doneThenB(w *world, done string) {
	w.slots(wednesday)
	w.staff(1, "b")
	w.person("p1").Done = []model.Done{{Module: "a", Start: clock(done)}}
	w.add(model.Seminar{Module: "b", Slot: wednesday, Attendees: []string{"p1"}})
}

var orderCases = []ruleCase{
	{name: "in the listed order", set: func(w *world) { aThenB(w, monday, tuesday) }},
	{name: "against the listed order", breaches: 1, set: func(w *world) { aThenB(w, tuesday, monday) }},
	{name: "against the listed order where it is free", set: func(w *world) { aThenB(w, tuesday, monday); w.tier("staff").Order = model.Free }},
	{name: "the earlier module stays unmet", breaches: 1, set: func(w *world) {
		aThenB(w, monday, tuesday)
		w.plan.Seminars = w.plan.Seminars[1:]
	}},
	{name: "the earlier module stays unmet where order is free", set: func(w *world) {
		aThenB(w, monday, tuesday)
		w.tier("staff").Order = model.Free
		w.plan.Seminars = w.plan.Seminars[1:]
	}},
	{name: "the earlier module is not needed", set: func(w *world) {
		aThenB(w, monday, tuesday)
		w.person("p1").Needs = []string{"b"}
		w.plan.Seminars = w.plan.Seminars[1:]
	}},
	{name: "the later module stays unmet", set: func(w *world) { aThenB(w, monday, tuesday); w.plan.Seminars = w.plan.Seminars[:1] }},
	{name: "the earlier module is done", set: func(w *world) { doneThenB(w, tuesday) }},
	{name: "the earlier module was done a minute before", set: func(w *world) { doneThenB(w, "2027-03-03 08:29") }},
	{name: "the earlier module was done at the same minute", breaches: 1, set: func(w *world) { doneThenB(w, wednesday) }},
	{name: "one day short of the gap", breaches: 1, set: apart(3, monday, wednesday)},
	{name: "just the gap", set: apart(2, monday, wednesday)},
	{name: "one day beyond the gap", set: apart(1, monday, wednesday)},
	{name: "the gap holds where order is free", breaches: 1, set: func(w *world) {
		apart(3, wednesday, monday)(w)
		w.tier("staff").Order = model.Free
	}},
	{name: "the gap counts from a done module", breaches: 1, set: func(w *world) { doneThenB(w, tuesday); w.tier("staff").GapDays = 2 }},
	{name: "the gap from a done module just fits", set: func(w *world) { doneThenB(w, monday); w.tier("staff").GapDays = 2 }},
	{name: "a done module of no tier's order keeps the gap", breaches: 1, set: func(w *world) {
		doneThenB(w, tuesday)
		w.problem.Modules = append(w.problem.Modules, model.Module{ID: "c", Minutes: 60})
		w.person("p1").Done[0].Module = "c"
		w.tier("staff").GapDays = 2
	}},
	{name: "two done modules too close are not the plan's doing", set: func(w *world) {
		w.staff(1)
		w.tier("staff").GapDays = 7
		w.person("p1").Done = []model.Done{{Module: "a", Start: clock(monday)}, {Module: "b", Start: clock(tuesday)}}
	}},
	{name: "two done modules, and a third too close to both", breaches: 2, set: func(w *world) {
		doneThenB(w, monday)
		w.person("p1").Done = append(w.person("p1").Done, model.Done{Module: "c", Start: clock(tuesday)})
		w.tier("staff").GapDays = 3
	}},
	{name: "two calendar days of 43 hours as summer time begins", set: apart(2, "2027-03-27 12:00", "2027-03-29 08:00")},
	{name: "one calendar day of 40 hours as summer time ends", breaches: 1, set: apart(2, "2027-10-30 07:00", "2027-10-31 22:00")},
	{name: "the day is local: one evening and the minutes after midnight", set: apart(1, "2027-06-30 20:00", "2027-07-01 00:30")},
	{name: "the day is local: after midnight and the same evening", breaches: 1, set: apart(1, "2027-07-01 00:30", "2027-07-01 20:00")},
}

// learnsThenLeads has p1 attend a at one time and lead it for p2 at another, in one tier.
func learnsThenLeads(prepDays int, learns, leads string) func(*world) {
	return func(w *world) {
		w.slots(learns, leads)
		w.staff(2, "a")
		w.tier("staff").PrepDays = prepDays
		w.person("p1").Leads = &model.Leads{Tier: "staff", Modules: []string{"a"}}
		w.add(model.Seminar{Module: "a", Slot: learns, Attendees: []string{"p1"}})
		w.add(model.Seminar{Module: "a", Slot: leads, Leaders: []string{"p1"}, Attendees: []string{"p2"}})
	}
}

// didThenLeads has p1 done with a on Monday and lead it on Wednesday.
func didThenLeads(prepDays int) func(*world) {
	return func(w *world) {
		learnsThenLeads(prepDays, monday, wednesday)(w)
		w.plan.Seminars = w.plan.Seminars[1:]
		w.person("p1").Needs = []string{}
		w.person("p1").Done = []model.Done{{Module: "a", Start: clock(monday)}}
	}
}

var qualificationCases = []ruleCase{
	{name: "an expert leads", set: func(w *world) { oneSeminar(w, 1) }},
	{name: "may not lead at all", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.person("x").Leads = nil }},
	{name: "may lead another tier", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.person("x").Leads.Tier = "leaders" }},
	{name: "may lead another module", breaches: 1, set: func(w *world) { oneSeminar(w, 1); w.person("x").Leads.Modules = []string{"b"} }},
	{name: "may lead from that minute on", set: func(w *world) { oneSeminar(w, 1); w.person("x").Leads.From = clock(monday) }},
	{name: "may lead from a minute later on", breaches: 1, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("x").Leads.From = clock("2027-03-01 08:31")
	}},
	{name: "everything wrong at once", breaches: 3, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("x").Leads = &model.Leads{Tier: "leaders", Modules: []string{"b"}, From: clock(tuesday)}
	}},
	{name: "one day short of prepDays", breaches: 1, set: learnsThenLeads(3, monday, wednesday)},
	{name: "just prepDays", set: learnsThenLeads(2, monday, wednesday)},
	{name: "a day beyond prepDays", set: learnsThenLeads(1, monday, wednesday)},
	{name: "prepDays are calendar days: an evening and the morning as summer time begins", set: learnsThenLeads(1, "2027-03-27 20:00", "2027-03-28 08:00")},
	{name: "prepDays are calendar days: 24 hours of one day as summer time ends", breaches: 1, set: learnsThenLeads(1, "2027-10-31 00:00", "2027-10-31 23:00")},
	{name: "leads in the afternoon what was learned in the morning", set: learnsThenLeads(0, monday, mondayPM)},
	{name: "leads in the morning what is learned in the afternoon", breaches: 1, set: learnsThenLeads(0, mondayPM, monday)},
	{name: "one day short of prepDays since it was done", breaches: 1, set: didThenLeads(3)},
	{name: "just prepDays since it was done", set: didThenLeads(2)},
	{name: "needs the module and does not attend it", breaches: 1, set: func(w *world) {
		learnsThenLeads(0, monday, wednesday)(w)
		w.plan.Seminars = w.plan.Seminars[1:]
	}},
	{name: "neither needs nor has done the module", set: func(w *world) {
		didThenLeads(14)(w)
		w.person("p1").Done = nil
	}},
	{name: "attends another module only", set: func(w *world) {
		learnsThenLeads(14, monday, wednesday)(w)
		w.person("p1").Needs, w.person("p2").Needs = []string{"a"}, []string{"b"}
		w.person("p1").Leads.Modules = []string{"b"}
		w.plan.Seminars[1].Module = "b"
	}},
	{name: "prepDays are those of the leader's own tier", breaches: 1, set: func(w *world) {
		learnsThenLeads(0, monday, wednesday)(w)
		w.tier("leaders").PrepDays = 3
		w.person("p1").Tier, w.plan.Seminars[0].Tier = "leaders", "leaders"
		w.person("x").Leads.Tier = "leaders"
	}},
	{name: "an expert has no prepDays", set: func(w *world) {
		didThenLeads(14)(w)
		w.person("p1").Tier, w.person("p1").Needs = "", nil
	}},
	{name: "an expert does not lead before having done it", breaches: 1, set: func(w *world) {
		didThenLeads(0)(w)
		w.person("p1").Tier, w.person("p1").Needs = "", nil
		w.person("p1").Done[0].Start = clock(friday)
	}},
}

// led plans one seminar led by these.
func led(perSeminar int, by ...string) func(*world) {
	return func(w *world) {
		oneSeminar(w, 1)
		w.tier("staff").LeadersPerSeminar = perSeminar
		w.plan.Seminars[0].Leaders = append([]string{}, by...)
	}
}

var leadersCases = []ruleCase{
	{name: "one by default", set: led(0, "x")},
	{name: "none", breaches: 1, set: led(0)},
	{name: "two where one is asked", breaches: 1, set: led(1, "x", "y")},
	{name: "one where two are asked", breaches: 1, set: led(2, "x")},
	{name: "two where two are asked", set: led(2, "x", "y")},
	{name: "three where two are asked", breaches: 1, set: led(2, "x", "y", "z")},
	{name: "the same twice is one, and listed twice", breaches: 2, set: led(2, "x", "x")},
	{name: "the same twice where one is asked", breaches: 1, set: led(1, "x", "x")},
	{name: "leads what is being learned", breaches: 1, also: []string{"H5"}, set: func(w *world) {
		oneSeminar(w, 1)
		w.person("p1").Leads = &model.Leads{Tier: "staff", Modules: []string{"a"}}
		w.plan.Seminars[0].Leaders = []string{"p1"}
	}},
}
