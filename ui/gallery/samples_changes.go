package gallery

import "kaskad/ui"

// changes are the pages about what has happened and what is done about it.
func (s sampler) changes() map[string]any {
	at := s.at(2027, 4, 14, 9, 12)
	label := func(sv, en string) string { return s.in(sv, en) }
	return map[string]any{
		"changes": ui.Changes{
			Kinds: []ui.Option{{Value: "person-away", Label: label("Någon är borta", "Somebody is away")}, {Value: "venue-closed", Label: label("En lokal är stängd", "A venue is closed")}},
			Broken: []ui.Broken{{ID: "s3", Start: s.at(2027, 4, 19, 8, 30), End: s.at(2027, 4, 19, 11, 30), Module: label("Etik", "Ethics"), Venue: "Kulturhuset, Borås",
				Reasons: []string{label("Metodledaren Karin Lindqvist är borta.", "The leader Karin Lindqvist is away.")}}},
			Summary:  []ui.Notice{{Kind: ui.Warning, Text: label("1 seminarium är utan metodledare som kan.", "1 seminar has no leader who can.")}},
			Outdated: true,
			Happened: []ui.Happening{{ID: "C00001", Text: label("Karin Lindqvist är borta 19 april 2027–23 april 2027.", "Karin Lindqvist is away 19 April 2027–23 April 2027."), At: at}},
			Edits: []ui.EditRow{{ID: "E00002", Text: label("Ångrat: Etik mån 19 april 08.30", "Undone: Ethics Mon 19 April 08:30"), At: at, CanUndo: true, Redo: true},
				{ID: "E00001", Text: label("Flyttat: Etik mån 19 april 08.30", "Moved: Ethics Mon 19 April 08:30"), At: at}},
		},
		"changes-calm": ui.Changes{Kinds: []ui.Option{{Value: "person-away", Label: label("Någon är borta", "Somebody is away")}}},
		"event":        ui.Event{Kind: "person-away", From: "2027-04-19", To: "2027-04-23"},
		"event-several": ui.Event{Kind: "leader-stops", Query: "karin", From: "2027-04-19", Matches: []ui.Option{{Value: "p1", Label: "Karin Lindqvist, Hemtjänsten Norrby"},
			{Value: "p2", Label: "Karin Ek, Vårdcentralen Alingsås"}}, Error: label("Flera passar. Välj en av dem.", "Several fit. Choose one of them.")},
		"event-venue":  ui.Event{Kind: "venue-closed", From: "2027-04-19", Venues: []ui.Option{{Value: "v1", Label: "Kulturhuset, Borås"}}},
		"event-absent": ui.Event{Kind: "people-absent", Seminars: []ui.Option{{Value: "s3", Label: label("mån 19 april 08.30, Etik, Kulturhuset, Borås", "Mon 19 April 08:30, Ethics, Kulturhuset, Borås")}}},
		"event-join":   ui.Event{Kind: "people-join", Chosen: ui.Option{Value: "u1", Label: "Hemtjänsten Norrby"}, Tiers: []ui.Option{{Value: "staff", Label: label("Medarbetare", "Staff")}}, Tier: "staff"},
		"event-unit":   ui.Event{Kind: "unit-spares", Query: "norrby", MaxAway: "2"},
		"rearrange":    s.rearrange(), "rearrange-shut": ui.Rearrange{SeminarRow: s.rows(1)[0], Shut: label("Seminariet är inte publicerat än.", "The seminar is not published yet.")},
		"proposal": s.proposal(), "proposal-nothing": ui.Proposal{},
	}
}

func (s sampler) proposal() ui.Proposal {
	return ui.Proposal{Revision: "419-0123", Told: 18, Moved: 1, Invites: 2, Updates: 15, Voids: 1, Files: "data/mail",
		Seminars: []ui.Difference{{Kind: "moved", Href: "/seminars/s3", Start: s.at(2027, 4, 19, 8, 30), End: s.at(2027, 4, 19, 11, 30), Module: s.in("Etik", "Ethics"), Venue: "Kulturhuset, Borås",
			Lines: []string{s.in("Leds av Bo Ek i stället för Karin Lindqvist.", "Led by Bo Ek instead of Karin Lindqvist.")}, People: 18}},
		People: []ui.PersonChange{{Name: "Siv Örtengren", Text: s.in("Etik: tors 22 april 13.00 i stället för mån 19 april 08.30", "Ethics: Thu 22 April 13:00 instead of Mon 19 April 08:30")}},
		Left:   []ui.Notice{{Kind: ui.Warning, Text: s.in("Tove Wikström får ingen plats i Juridik. Seminarierna som personen kunde gå på är fulla.", "Tove Wikström gets no seat in Law. The seminars the person could attend are full.")}},
	}
}

func (s sampler) rearrange() ui.Rearrange {
	return ui.Rearrange{SeminarRow: s.rows(3)[2], Reasons: []string{s.in("Siv Örtengren är borta då.", "Siv Örtengren is away then."), s.in("Kulturhuset har inget ledigt rum då.", "Kulturhuset has no free room then.")},
		Slots:   ui.Choices{Chosen: "t1", Free: []ui.Option{{Value: "t1", Label: s.in("mån 19 april 08.30", "Mon 19 April 08:30")}}, Other: []ui.Option{{Value: "t2", Label: s.in("tis 20 april 08.30", "Tue 20 April 08:30")}}},
		Venues:  ui.Choices{Chosen: "v1", Free: []ui.Option{{Value: "v1", Label: "Kulturhuset, Borås"}}},
		Leaders: ui.Choices{Free: []ui.Option{{Value: "p1", Label: "Karin Lindqvist, Hemtjänsten Norrby"}}}, Places: []string{"p1"},
		Swaps: ui.Choices{Free: []ui.Option{{Value: "s4", Label: s.in("ons 21 april 13.00, Etik, Kommunhuset", "Wed 21 April 13:00, Ethics, Kommunhuset")}}},
		Locks: ui.Locks{Time: true, People: []ui.LockedSeat{{ID: "p2", Name: "Siv Örtengren, Hemtjänsten Norrby", Locked: true}}},
		Costs: []ui.Notice{{Kind: ui.Info, Text: s.in("Utan låset på tiden kunde planen spara 2 h.", "Without the lock on the time the plan could save 2 h.")}},
	}
}
