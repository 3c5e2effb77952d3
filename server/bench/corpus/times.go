package corpus

import "kaskad/model"

// times are problems about order, gaps, absences, waves and the clock.
func times() []Entry {
	return []Entry{
		{"window-too-short", "Three modules a week apart in twelve days: the third stays unmet.",
			begin("window-too-short").teach(3).tier("staff", 6, gap(7)).towns(8).slots("03-01 08:30", "03-03 08:30", "03-08 08:30", "03-10 08:30", "03-12 08:30").
				staff("home", "staff", 3).staff("centre", "staff", 2).expert("x", "home", "staff").Problem},
		{"gap-exact", "The gap of seven days is kept to the day, at an earlier hour.",
			begin("gap-exact").teach(2).tier("staff", 6, gap(7)).towns(8).slots("03-01 13:00", "03-07 13:00", "03-08 08:30").
				staff("home", "staff", 3).expert("x", "home", "staff").Problem},
		{"free-order", "Modules in any order, each leader knows one, absences cross.",
			begin("free-order").teach(3).tier("staff", 6, free, gap(1)).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30").
				staff("home", "staff", 2, absent("03-01 00:00", "03-02 00:00")).staff("centre", "staff", 2, absent("03-03 00:00", "03-04 00:00")).staff("ward", "staff", 2).
				expert("x", "home", "staff", only("a")).expert("y", "centre", "staff", only("b")).expert("z", "ward", "staff", only("c")).Problem},
		{"overlapping-slots", "Slots that overlap by half an hour: nobody is in two, no room runs two.",
			begin("overlapping-slots").teach(2).tier("staff", 3).unit("home", "municipal", 0).unit("ward", "hospital", 8).venue("hall", 2, 6).venue("clinic", 8, 6).
				slots("03-01 08:30", "03-01 10:00", "03-01 11:30", "03-01 13:00").staff("home", "staff", 3).staff("ward", "staff", 3).
				expert("x", "home", "staff").expert("y", "ward", "staff").Problem},
		{"back-to-back", "One slot starts as the other ends, which is no overlap.",
			begin("back-to-back").teach(2).tier("staff", 6).unit("home", "municipal", 0).venue("hall", 0, 8).slots("03-01 08:30", "03-01 10:30").
				staff("home", "staff", 4).expert("x", "home", "staff").Problem},
		{"rotas", "Two rotas of every other day, one person on neither.", rotas().Problem},
		{"waves-apart", "Two units in waves that do not meet: no shared seminars.", waves("waves-apart", "03-01 00:00", "03-04 00:00", "03-04 00:00", "03-10 00:00").Problem},
		{"waves-overlapping", "Two waves that share two days: meet then, or travel alone earlier.", waves("waves-overlapping", "03-01 00:00", "03-06 00:00", "03-03 00:00", "03-10 00:00").Problem},
		{"summer-time", "Weeks across the change to summer time: calendar days for the gap, elapsed hours for earliness.", summer("summer-time", "03-22 08:30", "03-29 08:30", "03-29 10:45", "04-05 08:30").Problem},
		{"winter-time", "Weeks across the change to winter time.", summer("winter-time", "10-25 00:30", "10-25 08:30", "11-01 00:00", "11-01 08:30").Problem},
		{"done-modules", "Some have done the first module: order, gap and pace count from then.",
			begin("done-modules").teach(3).tier("staff", 6, gap(7)).towns(8).slots("03-01 08:30", "03-04 08:30", "03-08 08:30", "03-11 08:30", "03-15 08:30", "03-22 08:30").
				staff("home", "staff", 2, done("a", "2027-02-25 08:30")).staff("centre", "staff", 2).staff("ward", "staff", 1, done("a", "2027-01-04 08:30"), done("b", "2027-01-11 08:30")).
				expert("x", "home", "staff").Problem},
		{"done-and-needed", "A module done long ago is needed again, by a leader too.", again().Problem},
		{"done-later-module", "The last module was done first, somewhere else.",
			begin("done-later-module").teach(3).tier("staff", 6, gap(2)).towns(8).slots("03-01 08:30", "03-03 08:30", "03-05 08:30").
				staff("home", "staff", 2, done("c", "2027-02-28 08:30")).staff("centre", "staff", 2).expert("x", "home", "staff").Problem},
		{"pace", "Beyond a week between modules every full week costs; a leader is away in the middle.",
			begin("pace").teach(2).tier("staff", 6).towns(8).slots("03-01 08:30", "03-15 08:30", "03-22 08:30", "04-05 08:30").
				staff("home", "staff", 2).staff("centre", "staff", 2, absent("03-14 00:00", "03-23 00:00")).expert("x", "home", "staff").
				weigh(func(w *model.Weights) { w.PaceDays, w.Pace = new(7), new(30) }).Problem},
		{"earliness", "Every week later costs more than the drive to the other town.",
			begin("earliness").teach(1).tier("staff", 4).towns(8).slots("03-01 08:30", "03-29 08:30", "04-26 08:30").
				staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").weigh(func(w *model.Weights) { w.Earliness = new(8) }).Problem},
	}
}

func rotas() builder {
	b := begin("rotas").teach(2).tier("staff", 6).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30")
	day := func(d string) model.Interval {
		return model.Interval{From: clock("2027-03-" + d + " 00:00"), To: clock("2027-03-" + d + " 23:59")}
	}
	b.Calendars = []model.Calendar{{ID: "odd", Closed: []model.Interval{day("01"), day("03")}}, {ID: "even", Closed: []model.Interval{day("02"), day("04")}}}
	rota := func(id string) func(*model.Person) { return func(x *model.Person) { x.Calendar = id } }
	return b.staff("home", "staff", 2, rota("odd")).staff("centre", "staff", 2, rota("even")).staff("ward", "staff", 1).
		expert("x", "home", "staff").expert("y", "ward", "staff")
}

func waves(id, from1, to1, from2, to2 string) builder {
	b := begin(id).teach(2).tier("staff", 6).slots("03-01 08:30", "03-02 08:30", "03-04 08:30", "03-05 08:30", "03-09 08:30").
		unit("home", "municipal", 0, inWave("first")).unit("ward", "hospital", 9, inWave("second")).unit("centre", "primary", 5).venue("hall", 1, 8).venue("clinic", 9, 8)
	b.Waves = []model.Wave{
		{ID: "first", From: clock("2027-" + from1), To: clock("2027-" + to1)},
		{ID: "second", From: clock("2027-" + from2), To: clock("2027-" + to2)},
	}
	return b.staff("home", "staff", 3).staff("ward", "staff", 3).staff("centre", "staff", 1).expert("x", "centre", "staff")
}

func summer(id string, starts ...string) builder {
	return begin(id).teach(2).tier("staff", 6, gap(7)).towns(8).slots(starts...).staff("home", "staff", 3).staff("centre", "staff", 1).
		expert("x", "home", "staff").weigh(func(w *model.Weights) { w.Earliness, w.Pace, w.PaceDays = new(10), new(20), new(7) })
}

func again() builder {
	b := begin("done-and-needed").teach(2).tier("leaders", 6, prep(1)).tier("staff", 6).towns(8).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30")
	return b.expert("x", "centre", "leaders").
		staff("home", "leaders", 1, b.leading("staff"), needs("a", "b"), done("a", "2026-09-01 08:30")).
		staff("ward", "leaders", 1, b.leading("staff"), done("a", "2026-09-01 08:30")).
		staff("home", "staff", 3)
}
