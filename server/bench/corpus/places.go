package corpus

import "kaskad/model"

// places are problems about venues, travel, units and who sits with whom.
func places() []Entry {
	week := []string{"03-01 08:30", "03-02 08:30", "03-03 08:30"}
	return []Entry{
		{"all-online", "Everything online: nobody travels, seats are what there is.", allOnline().Problem},
		{"one-module-online", "One of two modules may be online.", oneOnline().Problem},
		{"split-or-gather", "Two towns: gather and drive, or pay for a second seminar and its leader's way.",
			begin("split-or-gather").teach(1).tier("staff", 12).towns(12).slots(week...).staff("home", "staff", 4).staff("ward", "staff", 4).staff("centre", "staff", 2).
				expert("x", "home", "staff").expert("y", "home", "staff").Problem},
		{"mix", "Three sectors of uneven size, two of each in every seminar wished for.",
			begin("mix").teach(1).tier("staff", 6).towns(6).slots(week...).staff("home", "staff", 6).staff("centre", "staff", 2).staff("ward", "staff", 4).
				expert("x", "centre", "staff").weigh(func(w *model.Weights) { w.Mix = new(40) }).Problem},
		{"crowding", "At most two colleagues of a unit in a seminar, at a price.",
			begin("crowding").teach(1).tier("staff", 6).towns(6).slots(week...).staff("home", "staff", 6).staff("centre", "staff", 3).staff("ward", "staff", 3).
				expert("x", "centre", "staff").weigh(func(w *model.Weights) { w.CrowdMax, w.Crowd = new(2), new(35) }).Problem},
		{"one-away", "Three units that can each spare one at a time, three slots.",
			begin("one-away").teach(1).tier("staff", 6).unit("home", "municipal", 0, away(1)).unit("centre", "primary", 6, away(1)).unit("ward", "hospital", 9, away(1)).
				venue("hall", 4, 6).slots(week...).staff("home", "staff", 3).staff("centre", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").Problem},
		{"leader-is-away-too", "Leading counts as being away from the own unit.",
			begin("leader-is-away-too").teach(1).tier("staff", 6).unit("home", "municipal", 0, away(2)).unit("ward", "hospital", 9).venue("hall", 1, 6).slots(week...).
				staff("home", "staff", 3).staff("ward", "staff", 1).expert("x", "home", "staff").expert("y", "ward", "staff").Problem},
		{"nobody-spared", "A unit that can spare nobody.",
			begin("nobody-spared").teach(1).tier("staff", 6).unit("home", "municipal", 0, away(0)).unit("ward", "hospital", 9).venue("hall", 1, 6).slots(week...).
				staff("home", "staff", 2).staff("ward", "staff", 2).expert("x", "ward", "staff").Problem},
		{"two-rooms", "A venue with two rooms, everybody free only at one time.",
			begin("two-rooms").teach(1).tier("staff", 4).unit("home", "municipal", 0).unit("ward", "hospital", 9).venue("hall", 1, 6, rooms(2)).slots("03-01 08:30").
				staff("home", "staff", 4).staff("ward", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff").Problem},
		{"max-travel", "Some go no farther than 20 minutes.",
			begin("max-travel").teach(1).tier("staff", 8).towns(8).slots(week...).staff("home", "staff", 3).staff("centre", "staff", 2, near(20)).staff("ward", "staff", 2, near(9)).
				expert("x", "home", "staff").Problem},
		{"matrix", "A ferry: the table says 75 minutes where the map says 20, and 3 for an online room.", ferry().Problem},
		{"same-place", "Two venues at one place with different seats and hours.", samePlace().Problem},
	}
}

func allOnline() builder {
	b := begin("all-online").teach(2).tier("staff", 5).unit("home", "municipal", 0).unit("ward", "hospital", 60).venue("net", 0, 5, online).venue("hall", 30, 8).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30").staff("home", "staff", 4).staff("ward", "staff", 4).expert("x", "home", "staff")
	for i := range b.Modules {
		b.Modules[i].Online = true
	}
	return b
}

func oneOnline() builder {
	b := begin("one-module-online").teach(2).tier("staff", 8).towns(8).venue("net", 0, 8, online).slots("03-01 08:30", "03-02 08:30", "03-03 08:30").
		staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff")
	b.Modules[1].Online = true
	return b
}

func ferry() builder {
	b := begin("matrix").teach(1).tier("staff", 8).towns(8).venue("net", 0, 3, online).slots("03-01 08:30", "03-02 08:30").
		staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff")
	b.Modules[0].Online = true
	b.Matrix = &model.Matrix{Units: []string{"home", "ward"}, Venues: []string{"clinic", "net"}, Minutes: [][]int{{75, 3}, {4, 40}}}
	return b
}

func samePlace() builder {
	b := begin("same-place").teach(2).tier("staff", 9).unit("home", "municipal", 0).unit("ward", "hospital", 9).venue("large", 3, 9).venue("small", 3, 4).
		slots("03-01 08:30", "03-02 08:30", "03-03 08:30").staff("home", "staff", 4).staff("ward", "staff", 2).expert("x", "home", "staff")
	b.Venues[0].Closed = []model.Interval{{From: clock("2027-03-01 00:00"), To: clock("2027-03-03 00:00")}}
	return b
}
