package corpus

import "kaskad/model"

// leading are problems about who leads, and the cascade from tier to tier.
func leading() []Entry {
	return []Entry{
		{"cascade-two-tiers", "Leaders learn from an expert, prepare two days, and lead their colleagues.", twoTiers("cascade-two-tiers").Problem},
		{"cascade-three-tiers", "Three tiers: each learns, prepares and leads the next.", threeTiers().Problem},
		{"cascade-four-tiers", "Four tiers in eight slots.", fourTiers().Problem},
		{"teach-while-learning", "A leader leads the first module before learning the second.", teachWhileLearning().Problem},
		{"leads-own-tier", "Two people of a tier may lead it, once each has attended.", ownTier().Problem},
		{"needs-and-never-attends", "The only local leader cannot learn in time; a distant one leads instead.", neverAttends().Problem},
		{"too-few-leaders", "One leader, three seminars at most, sixteen needs.",
			begin("too-few-leaders").teach(2).tier("staff", 4).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30", "03-05 08:30").
				staff("home", "staff", 4).staff("ward", "staff", 4).expert("x", "home", "staff", inAll(3)).Problem},
		{"caps-too-low", "At most one seminar a day and two a week, in a week and two days.",
			begin("caps-too-low").teach(2).tier("staff", 3).towns(8).slots("03-01 08:30", "03-01 13:00", "03-02 08:30", "03-03 08:30", "03-08 08:30", "03-09 08:30").
				staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff", perDay(1), perWeek(2)).Problem},
		{"cap-of-nothing", "A leader who may lead nothing at all, near by, and one far away.",
			begin("cap-of-nothing").teach(1).tier("staff", 6).towns(8).slots("03-01 08:30").staff("home", "staff", 3).
				expert("x", "home", "staff", inAll(0)).expert("y", "ward", "staff").Problem},
		{"iso-week", "The ISO week runs across the turn of the year: one seminar a week.", isoWeek().Problem},
		{"leads-from", "The near leader may lead only from the third day on.", leadsFrom().Problem},
		{"two-leaders", "Two leaders in each seminar; the first of them should stay the same.",
			begin("two-leaders").teach(2).tier("staff", 6, leaders(2)).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30").
				staff("home", "staff", 3).staff("centre", "staff", 2).expert("x", "home", "staff").expert("y", "ward", "staff", inAll(1)).expert("z", "centre", "staff").Problem},
		{"two-leaders-one-missing", "Two leaders are asked for and only one may lead the second module.",
			begin("two-leaders-one-missing").teach(2).tier("staff", 6, leaders(2)).towns(8).slots("03-01 08:30", "03-02 08:30").
				staff("home", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff", only("a")).Problem},
		{"fairness", "Three leaders, one of them near everything, targets of one.",
			begin("fairness").teach(2).tier("staff", 3).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30").
				staff("home", "staff", 3).staff("centre", "staff", 3).expert("x", "home", "staff", target(1)).expert("y", "ward", "staff", target(1)).
				expert("z", "ward", "staff", target(0)).weigh(func(w *model.Weights) { w.Fairness = new(45) }).Problem},
		{"continuity", "Two leaders share each module; people should keep theirs.",
			begin("continuity").teach(3).tier("staff", 3).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30").
				staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff").
				weigh(func(w *model.Weights) { w.Continuity = new(40) }).Problem},
		{"travel-between-venues", "A leader needs 30 minutes between two venues on one day and has 15.", between().Problem},
	}
}

func twoTiers(id string) builder {
	b := begin(id).teach(2).tier("leaders", 4, gap(1), prep(2)).tier("staff", 6, gap(1)).towns(8).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30", "03-05 08:30", "03-08 08:30")
	return b.expert("x", "centre", "leaders").staff("home", "leaders", 1, b.leading("staff")).staff("ward", "leaders", 1, b.leading("staff")).
		staff("home", "staff", 3).staff("ward", "staff", 3)
}

func threeTiers() builder {
	b := begin("cascade-three-tiers").teach(1).tier("region", 4, prep(1)).tier("leaders", 4, prep(1)).tier("staff", 4).towns(6).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-03 13:00", "03-04 08:30")
	return b.expert("x", "centre", "region").staff("centre", "region", 1, b.leading("leaders")).
		staff("home", "leaders", 1, b.leading("staff")).staff("ward", "leaders", 1, b.leading("staff")).
		staff("home", "staff", 4).staff("ward", "staff", 4)
}

func fourTiers() builder {
	b := begin("cascade-four-tiers").teach(1).tier("nation", 3, prep(1)).tier("region", 3, prep(1)).tier("leaders", 3, prep(1)).tier("staff", 3).
		unit("home", "municipal", 0).unit("ward", "hospital", 12).venue("hall", 1, 5).venue("clinic", 12, 5).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30", "03-04 13:00", "03-05 08:30")
	return b.expert("x", "home", "nation").staff("home", "nation", 1, b.leading("region")).
		staff("home", "region", 1, b.leading("leaders")).staff("ward", "region", 1, b.leading("leaders")).
		staff("ward", "leaders", 2, b.leading("staff")).staff("home", "staff", 3).staff("ward", "staff", 2)
}

func teachWhileLearning() builder {
	b := begin("teach-while-learning").teach(2).tier("leaders", 4, prep(1)).tier("staff", 6).unit("home", "municipal", 0).venue("hall", 0, 8).
		slots("03-01 08:30", "03-02 08:30", "03-02 13:00", "03-03 08:30")
	return b.expert("x", "home", "leaders").staff("home", "leaders", 1, b.leading("staff")).staff("home", "staff", 3)
}

func ownTier() builder {
	b := begin("leads-own-tier").teach(1).tier("staff", 3, prep(1)).unit("home", "municipal", 0).unit("ward", "hospital", 10).venue("hall", 2, 8).venue("clinic", 10, 8).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30")
	return b.expert("x", "ward", "staff", inAll(1)).staff("home", "staff", 2, b.leading("staff")).staff("home", "staff", 2).staff("ward", "staff", 3)
}

func neverAttends() builder {
	b := begin("needs-and-never-attends").teach(1).tier("leaders", 4, prep(7)).tier("staff", 6).towns(8).slots("03-01 08:30", "03-03 08:30", "03-05 08:30")
	return b.expert("x", "home", "leaders").staff("home", "leaders", 1, b.leading("staff")).staff("home", "staff", 4).expert("y", "ward", "staff")
}

func isoWeek() builder {
	b := begin("iso-week").teach(2).tier("staff", 6).unit("home", "municipal", 0).venue("hall", 0, 8)
	b.Slots = append(b.Slots,
		model.Slot{ID: "tue", Start: clock("2026-12-29 08:30"), End: clock("2026-12-29 10:30")},
		model.Slot{ID: "sat", Start: clock("2027-01-02 08:30"), End: clock("2027-01-02 10:30")},
		model.Slot{ID: "mon", Start: clock("2027-01-04 08:30"), End: clock("2027-01-04 10:30")})
	return b.staff("home", "staff", 4).expert("x", "home", "staff", perWeek(1))
}

func leadsFrom() builder {
	b := begin("leads-from").teach(1).tier("staff", 6).towns(8).slots("03-01 08:30", "03-02 08:30", "03-10 08:30").staff("home", "staff", 3)
	return b.expert("x", "home", "staff", func(l *model.Leads) { l.From = clock("2027-03-03 00:00") }).expert("y", "ward", "staff")
}

func between() builder {
	return begin("travel-between-venues").teach(2).tier("staff", 6).towns(8).slots("03-01 08:30", "03-01 10:45", "03-01 13:30", "03-02 08:30").
		staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "centre", "staff")
}
