package corpus

import "kaskad/model"

// promised are problems in which people have been told something already.
func promised() []Entry {
	return []Entry{
		{"fixed", "A seminar fixed at a bad time and place; the rest goes around it.",
			pair("fixed").fix("kept", "staff", "a", "03-02 08:30", "clinic", []string{"x"}, "p1", "p4").Problem},
		{"fixed-takes-the-room", "A fixed seminar holds the only room when most people are free.",
			begin("fixed-takes-the-room").teach(1).tier("staff", 4).unit("home", "municipal", 0).venue("hall", 2, 6).slots("03-01 08:30", "03-02 08:30").
				staff("home", "staff", 2).staff("home", "staff", 3, absent("03-02 00:00", "03-03 00:00")).expert("x", "home", "staff").
				fix("kept", "staff", "a", "03-01 08:30", "hall", []string{"x"}, "p1", "p2").Problem},
		{"published-still-best", "What is published is good: leave it.", published("published-still-best").Problem},
		{"published-slot-lost", "The venue closes for one published seminar.", lost().Problem},
		{"published-leader-lost", "The leader of one published seminar falls ill.", ill().Problem},
		{"published-person-joins", "Three new people join; disturb the others as little as it pays.", joined("published-person-joins").Problem},
		{"max-moved", "One person at most may be moved.", limited(joined("max-moved"), 1).Problem},
		{"max-moved-none", "Nobody may be moved, and a seminar lost its leader.", limited(ill(), 0).rename("max-moved-none").Problem},
		{"frozen", "The first week is frozen; only the second may change.", frozen().Problem},
		{"frozen-and-ill", "A frozen seminar's leader is ill: nothing valid is left, and that is the answer.", frozenIll().Problem},
		{"published-and-done", "A published attendance nobody needs any more, and one in a module that has moved.", outdated().Problem},
		{"cheap-to-move", "Moving costs little: the plan is made anew.",
			published("cheap-to-move").weigh(func(w *model.Weights) { w.MovedSlot, w.MovedVenue, w.MovedLeader = new(5), new(2), new(1) }).Problem},
	}
}

func pair(id string) builder {
	return begin(id).teach(2).tier("staff", 5, gap(1)).towns(6).slots("03-01 08:30", "03-02 08:30", "03-03 08:30", "03-08 08:30", "03-09 08:30").
		staff("home", "staff", 3).staff("ward", "staff", 2).expert("x", "home", "staff").expert("y", "ward", "staff")
}

func published(id string) builder {
	return pair(id).
		told("s1", "staff", "a", "03-01 08:30", "hall", []string{"x"}, "p1", "p2", "p3").
		told("s2", "staff", "a", "03-02 08:30", "clinic", []string{"y"}, "p4", "p5").
		told("s3", "staff", "b", "03-08 08:30", "clinic", []string{"x"}, "p1", "p2", "p3", "p4", "p5")
}

func lost() builder {
	b := published("published-slot-lost")
	b.Venues[1].Closed = []model.Interval{{From: clock("2027-03-08 00:00"), To: clock("2027-03-09 00:00")}}
	return b
}

func ill() builder {
	b := published("published-leader-lost")
	for i := range b.People {
		if b.People[i].ID == "x" {
			absent("03-07 00:00", "03-20 00:00")(&b.People[i])
		}
	}
	return b
}

func joined(id string) builder {
	return published(id).staff("centre", "staff", 1, absent("03-08 00:00", "03-09 00:00")).staff("centre", "staff", 2)
}

func limited(b builder, most int) builder {
	b.Programme.MaxMoved = new(most)
	return b
}

func (b builder) rename(id string) builder {
	b.Programme.ID, b.Programme.Name = id, id
	if b.Published != nil {
		b.Published.Problem = id
	}
	return b
}

func frozen() builder {
	b := lost().rename("frozen")
	b.Programme.FrozenUntil = clock("2027-03-06 00:00")
	return b
}

func frozenIll() builder {
	b := ill().rename("frozen-and-ill")
	b.Programme.FrozenUntil = clock("2027-03-09 00:00")
	return b
}

func outdated() builder {
	b := published("published-and-done")
	needs("b")(&b.People[0])
	b.Programme.Weights = model.Weights{MovedSlot: new(60)}
	return b.told("s4", "staff", "b", "03-09 08:30", "hall", []string{"y"})
}
