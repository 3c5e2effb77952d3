package corpus

import "kaskad/model"

// wishes are problems about preferences and about weights that pull apart.
func wishes() []Entry {
	week := []string{"03-01 08:30", "03-01 13:00", "03-01 17:30", "03-02 08:30", "03-02 13:00"}
	return []Entry{
		{"dislikes", "Mornings, afternoons and an evening, each disliked by somebody.",
			begin("dislikes").teach(2).tier("staff", 4).unit("home", "municipal", 0).unit("ward", "hospital", 9).venue("hall", 3, 6).slots(week...).
				staff("home", "staff", 2, dislikes("mon-am", "tue-am")).staff("home", "staff", 1, dislikes("mon-pm", "mon-eve")).staff("ward", "staff", 2, dislikes("tue-pm")).
				expert("x", "home", "staff").Problem},
		{"dislikes-outweighed", "A dislike is cheaper than another seminar.",
			begin("dislikes-outweighed").teach(1).tier("staff", 8).unit("home", "municipal", 0).venue("hall", 3, 8).slots(week...).
				staff("home", "staff", 3, dislikes("mon-am", "mon-pm", "mon-eve")).staff("home", "staff", 3, dislikes("tue-am", "tue-pm")).expert("x", "home", "staff").Problem},
		{"disliked-either-way", "Whichever slot it is, somebody dislikes it; some dislike both.",
			begin("disliked-either-way").teach(2).tier("staff", 8).unit("home", "municipal", 0).unit("ward", "hospital", 9).venue("hall", 3, 8).
				slots("03-01 08:30", "03-02 13:00", "03-03 17:30").staff("home", "staff", 2, dislikes("mon-am", "wed-eve")).
				staff("ward", "staff", 3, dislikes("tue-pm")).staff("home", "staff", 1, dislikes("mon-am", "tue-pm")).expert("x", "home", "staff").Problem},
		{"nothing-weighs", "Every weight is zero: only the needs and the modules' minutes count.",
			begin("nothing-weighs").teach(2).tier("staff", 4).towns(8).slots(week...).staff("home", "staff", 3).staff("ward", "staff", 3).expert("x", "home", "staff").
				weigh(func(w *model.Weights) {
					*w = model.Weights{Travel: new(0), LeaderTravel: new(0), Prep: new(0), Mix: new(0), Crowd: new(0), Continuity: new(0), Pace: new(0),
						Earliness: new(0), Fairness: new(0), Preference: new(0), MovedSlot: new(0), MovedVenue: new(0), MovedLeader: new(0)}
				}).Problem},
		{"leader-travel-dear", "The leader's travel weighs five times a participant's.",
			begin("leader-travel-dear").teach(1).tier("staff", 12).towns(12).slots(week...).staff("ward", "staff", 6).staff("centre", "staff", 2).expert("x", "home", "staff").
				weigh(func(w *model.Weights) { w.LeaderTravel = new(5) }).Problem},
		{"mix-against-travel", "Mixing sectors is worth a drive for some and not for all.",
			begin("mix-against-travel").teach(2).tier("staff", 6).towns(6).slots(week...).staff("home", "staff", 4).staff("centre", "staff", 2).staff("ward", "staff", 4).
				expert("x", "centre", "staff").weigh(func(w *model.Weights) { w.MixMin, w.Mix = new(1), new(60) }).Problem},
		{"all-at-once", "Two tiers, two modules, absences, a limit on absence and a target, together.", together().Problem},
	}
}

func together() builder {
	b := twoTiers("all-at-once")
	b.Units[0].MaxAway = new(3)
	for i := range b.People {
		x := &b.People[i]
		switch x.ID {
		case "p2":
			x.Leads.Target = new(1)
		case "p5":
			absent("03-04 00:00", "03-05 00:00")(x)
		case "p8":
			dislikes("fri-am")(x)
		}
	}
	return b.weigh(func(w *model.Weights) { w.Fairness = new(40) })
}
