package gallery

import "kaskad/ui"

func (s sampler) running() ui.PlanRun {
	run := ui.PlanRun{
		State: ui.RunRunning, Stage: "improve", Elapsed: 42, Limit: 120, Unmet: 15, Total: 1_462_310, BoundUnmet: 15, BoundTotal: 1_391_000,
		Iterations: 184_220, Seminars: 1045, CanUse: true,
		Costs: costs(),
		Findings: []ui.Notice{
			{Kind: ui.Warning, Text: s.in("12 personer i Göteborg får inte plats i Juridik: lokalerna är fulla i våg 4. Öppna två tider till.", "12 people in Göteborg have no place in Law: the venues are full in wave 4. Open two more slots.")},
			{Kind: ui.Warning, Text: s.in("3 personer i Tranemo har längre resa än de gått med på.", "3 people in Tranemo have longer travel than they agreed to.")},
		},
	}
	total := 2_310_000
	for i := range 30 {
		run.Curve = append(run.Curve, ui.CurvePoint{Seconds: 0.4 + float64(i*i)*41/841, Total: total})
		total -= (total - 1_462_310) / 5
	}
	run.Curve = append(run.Curve, ui.CurvePoint{Seconds: 41.5, Total: 1_462_310})
	return run
}

func costs() []ui.CostRow {
	return []ui.CostRow{
		{Key: "travel", Minutes: 812_340},
		{Key: "leaderTravel", Minutes: 96_120},
		{Key: "seminars", Minutes: 250_800},
		{Key: "mix", Minutes: 1_740},
		{Key: "crowding", Minutes: 2_310},
		{Key: "continuity", Minutes: 98_400},
		{Key: "pace", Minutes: 61_200},
		{Key: "earliness", Minutes: 121_300},
		{Key: "fairness", Minutes: 3_900},
		{Key: "preference", Minutes: 14_200},
		{Key: "disruption", Minutes: 0},
	}
}

func (s sampler) done() ui.PlanRun {
	run := s.running()
	run.State, run.Elapsed, run.Used, run.CanUse = ui.RunDone, 120, true, false
	return run
}

func (s sampler) publish() ui.Publish {
	return ui.Publish{
		WaveID: "w2", WaveName: s.waveName(2), Wave: 2, From: s.at(2027, 4, 12, 0, 0), To: s.at(2027, 9, 30, 0, 0), Revision: "418",
		New: 4, Moved: 2, Cancelled: 1, Unchanged: 132, People: 87, Invites: 62, Updates: 31, Voids: 16, Unreachable: 1, Files: "data/mail",
		Changes: []ui.Change{
			{Kind: "moved", Text: s.in("Etik i Borås flyttas från måndag 7 juni kl. 08.30 till onsdag 9 juni kl. 13.00.", "Ethics in Borås moves from Monday 7 June 08:30 to Wednesday 9 June 13:00."), People: 16, Href: "/seminars/s3"},
			{Kind: "moved", Text: s.in("Juridik i Ulricehamn byter lokal till Kommunhuset, Åsunden.", "Law in Ulricehamn changes venue to Kommunhuset, Åsunden."), People: 15, Href: "/seminars/s6"},
			{Kind: "cancelled", Text: s.in("Informatik i Tranemo den 10 juni ställs in. Deltagarna går i stället i Svenljunga.", "Informatics in Tranemo on 10 June is cancelled. Participants go to Svenljunga instead."), People: 9},
			{Kind: "new", Text: s.in("Fyra nya seminarier i Svenljunga i september.", "Four new seminars in Svenljunga in September."), People: 62},
		},
		Warnings: []ui.Notice{
			{Kind: ui.Warning, Text: s.in("3 personer i Tranemo är fortfarande utan plats i Juridik.", "3 people in Tranemo still have no place in Law."), Href: "/plan", Link: s.in("Se varför", "See why")},
			{Kind: ui.Info, Text: s.in("1 person har skyddade personuppgifter och måste få besked av sin chef.", "1 person has a protected identity and must be told by their manager.")},
		},
	}
}

func (s sampler) outbox() ui.Outbox {
	subject := s.in("Inbjudan: Interoperabilitet 7 juni kl. 08.30", "Invitation: Interoperability 7 June 08:30")
	return ui.Outbox{
		Files:  "data/mail",
		Counts: map[ui.OutboxState]int{ui.MessageQueued: 18, ui.MessageSent: 4210, ui.MessageFile: 312, ui.MessageFailed: 2},
		Messages: []ui.Message{
			{At: s.at(2027, 5, 21, 14, 13), To: "elin.akesson@example.se", Subject: s.in("Ändrad tid: Etik 7 juni", "New time: Ethics 7 June"), Kind: ui.KindUpdate, State: ui.MessageQueued},
			{At: s.at(2027, 5, 21, 14, 12), To: "johan.nyberg@example.se", Subject: subject, Kind: ui.KindInvite, State: ui.MessageFile},
			{At: s.at(2027, 5, 21, 14, 12), To: "siv.ortengren@example.se", Subject: s.in("Inställt: Informatik 10 juni", "Cancelled: Informatics 10 June"), Kind: ui.KindCancel, State: ui.MessageSent},
			{At: s.at(2027, 5, 21, 14, 10), To: "tove.wikstrom@exmaple.se", Subject: subject, Kind: ui.KindInvite, State: ui.MessageFailed, Attempts: 5, Error: "550 5.1.2 Host unknown"},
			{At: s.at(2027, 5, 21, 8, 2), To: "karin.lindqvist@example.se", Subject: s.in("Din länk till Kaskad", "Your link to Kaskad"), Kind: ui.KindSignIn, State: ui.MessageSent},
		},
		Pager: ui.Pager{Page: 1, Pages: 92},
	}
}

func card() ui.CalendarCard {
	address := "kaskad.example.se/feed/k7Qd2mV9xW3pT5aZ8rB1.ics"
	return ui.CalendarCard{HTTPS: "https://" + address, Webcal: "webcal://" + address, Landing: "https://kaskad.example.org/feed/exempel"}
}

func (s sampler) item(i int) ui.AgendaItem {
	row := s.rows(6)[i]
	return ui.AgendaItem{ID: row.ID, Start: row.Start, End: row.End, Module: row.Module, Venue: row.Venue, Online: row.Online,
		Leaders: []string{names[i]}, TravelMinutes: 12 + i*7, Attendees: row.Attendees, Seats: row.Seats, State: row.State}
}

func (s sampler) my(leader bool) ui.My {
	first, moved, last := s.item(0), s.item(2), s.item(5)
	first.Address = "Högskolevägen 1, Skövde"
	moved.Note = s.in("Ny tid. Förut var det måndag 7 juni kl. 08.30.", "New time. It was Monday 7 June 08:30.")
	last.TravelMinutes = 0
	first.Reply, moved.Reply, last.Reply = ui.Reply{Asked: true, Answer: ui.AnswerYes}, ui.Reply{Asked: true, Sequence: 1}, ui.Reply{Asked: true, Answer: ui.AnswerMaybe}
	my := ui.My{
		Choices: s.choices(),
		Name:    "Karin Lindqvist", Leader: leader, Done: 1, Modules: 4, Minutes: 180,
		Agenda:   []ui.AgendaDay{{Date: first.Start, Items: []ui.AgendaItem{first, moved}}, {Date: last.Start, Items: []ui.AgendaItem{last}}},
		Calendar: card(),
		Past:     []ui.AgendaItem{{ID: "s0", Start: s.at(2027, 4, 20, 8, 30), End: s.at(2027, 4, 20, 11, 30), Module: modules[3], Venue: places[0].venue}},
	}
	my.Channel, my.Calendar.Seen, my.Calendar.SeenBy = ui.ByFeed, s.at(2027, 5, 21, 6, 40), "Outlook"
	if !leader {
		return my
	}
	handBack, locked := s.item(3), s.item(4)
	handBack.HandBack = true
	locked.HandBackReason = s.in("Seminariet är om mindre än 7 dagar. Ring samordnaren.", "The seminar is less than 7 days away. Call the coordinator.")
	my.Leads = []ui.AgendaDay{{Date: handBack.Start, Items: []ui.AgendaItem{handBack, locked}}}
	my.Led, my.Target = 5, 8
	my.Open = []ui.OpenSeminar{
		{AgendaItem: s.item(1), Allowed: true},
		{AgendaItem: s.item(5), Reason: s.in("Du leder redan två seminarier den veckan.", "You already lead two seminars that week.")},
	}
	return my
}
