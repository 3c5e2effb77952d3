package corpus

// edges are problems at the ends of what a problem may be.
func edges() []Entry {
	return []Entry{
		{"empty", "A problem with nothing in it.", begin("empty").Problem},
		{"no-slots", "People and places but no time at all: every need stays unmet.",
			begin("no-slots").teach(2).tier("staff", 8).towns(8).staff("home", "staff", 3).expert("x", "centre", "staff").Problem},
		{"no-leaders", "Nobody may lead.",
			begin("no-leaders").teach(1).tier("staff", 8).towns(8).slots("03-01 08:30", "03-02 08:30").staff("home", "staff", 3).Problem},
		{"no-needs", "People of the tier who all need nothing, and an expert.",
			begin("no-needs").teach(1).tier("staff", 8).towns(8).slots("03-01 08:30").staff("home", "staff", 3, needs()).expert("x", "home", "staff").Problem},
		{"one-person", "One person, one module, one slot, one venue.",
			begin("one-person").teach(1).tier("staff", 8).unit("home", "municipal", 0).venue("hall", 3, 5).slots("03-01 08:30").
				staff("home", "staff", 1).expert("x", "home", "staff").Problem},
		{"one-slot", "Three modules in order and one slot: two of three stay unmet.",
			begin("one-slot").teach(3).tier("staff", 4).towns(6).slots("03-01 08:30").
				staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff").Problem},
		{"one-slot-free", "Three modules in any order and one slot: as many as there are leaders for.",
			begin("one-slot-free").teach(3).tier("staff", 4, free).towns(6).slots("03-01 08:30").
				staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").expert("y", "ward", "staff").Problem},
		{"one-venue", "One venue of four seats for eight people and two modules.",
			begin("one-venue").teach(2).tier("staff", 8).unit("home", "municipal", 0).unit("ward", "hospital", 12).venue("hall", 5, 4).
				slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-04 08:30").staff("home", "staff", 4).staff("ward", "staff", 4).expert("x", "home", "staff").Problem},
		{"venue-too-small", "Nobody fits in the near venue once seats.min is kept.",
			begin("venue-too-small").teach(1).tier("staff", 8, least(3)).unit("home", "municipal", 0).venue("cell", 0, 2).venue("hall", 30, 8).
				slots("03-01 08:30", "03-02 08:30").staff("home", "staff", 5).expert("x", "home", "staff").Problem},
		{"seats-min", "Seven people, 4 to 5 seats: one seminar is full and two people are too few for another.",
			begin("seats-min").teach(1).tier("staff", 5, least(4)).towns(8).slots("03-01 08:30", "03-02 08:30").
				staff("home", "staff", 4).staff("ward", "staff", 3).expert("x", "home", "staff").Problem},
		{"seats-min-chain", "Four are needed each time, and one of five is away for the second module.",
			begin("seats-min-chain").teach(2).tier("staff", 5, least(4)).towns(8).slots("03-01 08:30", "03-02 08:30", "03-03 08:30").
				staff("home", "staff", 4).staff("ward", "staff", 1, absent("03-02 00:00", "03-05 00:00")).expert("x", "home", "staff").Problem},
		{"slot-too-short", "The early slot is too short for one of the modules.",
			begin("slot-too-short").teach(2).tier("staff", 8).towns(8).slot("03-01 08:30", 90).slot("03-02 08:30", 180).slot("03-03 08:30", 90).slot("03-04 08:30", 120).
				staff("home", "staff", 2).staff("centre", "staff", 2).expert("x", "home", "staff").Problem},
		{"sixty-people", "Sixty people, one module, three venues: who goes where.", sixty().Problem},
	}
}

func sixty() builder {
	b := begin("sixty-people").teach(1).tier("staff", 20, least(5)).venue("west", 0, 20).venue("middle", 20, 16).venue("east", 40, 20).
		slots("03-01 08:30", "03-02 08:30")
	for i, sector := range []string{"municipal", "primary", "hospital", "municipal", "municipal", "hospital"} {
		id := string(rune('q' + i))
		b = b.unit(id, sector, float64(8*i)).staff(id, "staff", 10)
	}
	return b.expert("x", "q", "staff").expert("y", "v", "staff").expert("z", "t", "staff")
}
