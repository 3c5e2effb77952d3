package gallery

import "kaskad/ui"

// options are the answers for one seminar.
func (s sampler) options() ui.Options {
	form := []ui.Option{{Value: "revision", Label: "412"}, {Value: "slot", Label: "t1"}, {Value: "venue", Label: "v1"}, {Value: "leader", Label: "p1"}}
	leader := func(i, total int, better, worse []string) ui.Choice {
		return ui.Choice{Title: names[i], Facts: []string{s.in("Hemtjänsten Norrby", "Home care Norrby"), s.in("25 min resa enkel väg", "25 min travel one way"), s.in("leder 3 av 5 seminarier", "leads 3 of 5 seminars")},
			Better: better, Worse: worse, Total: total, Told: s.in("18 personer får besked: 1 kallas, 1 avbokas, 16 ny metodledare.", "18 people will be told: 1 is invited, 1 is taken off, 16 a new leader."),
			Fields: form, Button: names[i]}
	}
	less := s.in("20 min mindre resa för metodledarna", "20 min less travel for leaders")
	more := s.in("fler byten av metodledare för deltagarna (räknas som 2 h)", "more changes of leader for participants (counts as 2 h)")
	page := ui.Options{SeminarRow: s.rows(3)[2], Action: "/seminars/s3/options",
		Notes: []ui.Notice{{Kind: ui.Info, Text: s.in("Det du väljer här ändrar det som är publicerat, och de som berörs får besked. Utkastet behöver sedan planeras om.",
			"What you choose here changes what is published, and those concerned are told. The draft then needs to be planned again.")}}}
	page.Groups = []ui.ChoiceGroup{
		{ID: "leaders", Title: s.in("Vem kan ta det här?", "Who can take this?"), Choices: []ui.Choice{leader(0, -20, []string{less}, nil), leader(1, 100, []string{less}, []string{more})},
			More: s.in("12 till kan, till ett högre pris.", "12 more can, at a higher price."), WhyTitle: s.in("Varför inte någon annan?", "Why nobody else?"),
			Why: []string{s.in("Siv Örtengren är borta då.", "Siv Örtengren is away then."), s.in("Tove Wikström leder högst 2 i veckan, och gör det redan.", "Tove Wikström leads 2 a week at most, and does so already.")}},
		{ID: "venues", Title: s.in("Var annars? Samma tid, annan lokal", "Where else? Same time, another venue"), Empty: s.in("Ingen annan lokal är ledig då.", "No other venue is free then.")},
	}
	return page
}

func (s sampler) ask() ui.Ask {
	page := ui.Ask{Total: 2, Pager: ui.Pager{Page: 1, Pages: 1}, From: "2027-03-01", To: "2027-03-31",
		Venues: []ui.Option{{Value: "v1", Label: places[0].venue}}, People: []ui.Option{{Value: "p1", Label: names[0]}}, Units: []ui.Option{{Value: "u1", Label: s.in("Hemtjänsten Norrby", "Home care Norrby")}}}
	page.Open = []ui.AskLine{{Text: s.in("Etik, tis 8 juni 08.30, Stadshuset", "Ethics, Tue 8 June 08:30, Stadshuset"), Href: "/seminars/s2/options", Why: s.in("Siv Örtengren kan ta det och passar bäst.", "Siv Örtengren can take it and suits best.")}}
	page.Unmet = []ui.AskNeed{
		{ID: "p4", Name: names[3], Unit: s.in("Hemtjänsten Norrby", "Home care Norrby"), Module: modules[3], Why: s.in("De seminarier personen kunde gå på är fulla.", "The seminars the person could attend are full.")},
		{ID: "p5", Name: s.in("Skyddade personuppgifter", "Protected identity"), Module: modules[2], Why: s.in("Ingen lokal inom personens resgräns rymmer Etik för 8 personer.", "No venue within the person's travel limit can hold Ethics for 8 people.")},
	}
	return page
}

func (s sampler) askPerson() ui.AskPerson {
	line := ui.AskLine{Text: s.in("Etik, tis 8 juni 08.30, Stadshuset (52 min enkel väg)", "Ethics, Tue 8 June 08:30, Stadshuset (52 min one way)"), Href: "/seminars/s2",
		Why: s.in("Gränsen är 45 min.", "The limit is 45 min."), If: s.in("Det skulle gå om Johan Nyberg kan resa 52 min enkel väg.", "It would be possible if Johan Nyberg can travel 52 min one way.")}
	remedy := ui.Choice{Title: s.in("en metodledare till i Mellerud leder Etik från och med 22 mars 2027", "one more leader in Mellerud leads Ethics from 22 March 2027"),
		Facts: []string{line.Text, s.in("Nytt seminarium med 9 deltagare.", "A new seminar with 9 participants.")}, Better: []string{s.in("9 behov till får plats", "9 more needs get a seat")},
		Total: 940, Told: s.in("10 personer får besked: 10 kallas.", "10 people will be told: 10 are invited.")}
	way := remedy
	way.Title, way.Facts, way.Button = line.Text, nil, line.Text
	way.Fields = []ui.Option{{Value: "revision", Label: "412"}, {Value: "way", Label: "0"}}
	return ui.AskPerson{ID: "p4", Name: names[3], Unit: s.in("Hemtjänsten Norrby", "Home care Norrby"), Back: "/people/p4", Draft: true, Missing: modules[2],
		Rules:    []string{s.in("Reser högst 45 min enkel väg.", "Travels 45 min one way at most.")},
		Ways:     ui.ChoiceGroup{ID: "ways", Title: s.in("Vilka platser passar? Etik", "Which seats fit? Ethics"), Choices: []ui.Choice{way}},
		Near:     []ui.AskLine{line},
		Swaps:    ui.ChoiceGroup{ID: "swaps", Title: s.in("Vilka platser passar i stället?", "Which seats fit instead?"), Choices: []ui.Choice{way}},
		Facts:    []string{s.in("12 seminarier: det är fullt.", "12 seminars: it is full.")},
		Remedies: ui.ChoiceGroup{ID: "remedies", Title: s.in("Minsta ändringen som hjälper", "The smallest change that helps"), Choices: []ui.Choice{remedy}},
		Seats:    []ui.AskSeat{{AskLine: ui.AskLine{Text: line.Text, Href: line.Href}, Nearer: []ui.AskLine{line}, Sooner: []ui.AskLine{line}, Other: "/ask/person/p4?instead=s2"}, {AskLine: ui.AskLine{Text: line.Text, Href: line.Href}}},
		Leads:    []ui.AskLine{{Text: line.Text, Href: line.Href, Why: s.in("Ingen annan kan leda det då.", "Nobody else can lead it then.")}},
	}
}

func (s sampler) whatIf() ui.WhatIf {
	seminar := ui.AskLine{Text: s.in("Juridik, tors 10 juni 13.00, Medborgarhuset", "Law, Thu 10 June 13:00, Medborgarhuset"), Href: "/seminars/s4"}
	broken, moved, lost := seminar, seminar, seminar
	broken.Why = s.in("Medborgarhuset är stängd då.", "Medborgarhuset is closed then.")
	moved.Why = s.in("Flyttas till Stadshuset.", "Moves to Stadshuset.")
	lost.Text, lost.Why = names[1]+", "+modules[3], s.in("De seminarier personen kunde gå på är fulla.", "The seminars the person could attend are full.")
	return ui.WhatIf{If: s.in("Medborgarhuset är stängd 1 juni 2027 till 30 juni 2027", "Medborgarhuset is closed from 1 June 2027 to 30 June 2027"),
		Broken: []ui.AskLine{broken}, Changes: []ui.AskLine{moved}, Lost: []ui.AskLine{lost}, Total: 765, More: 3, Record: "/changes/event?kind=venue-closed&venue=v4",
		Better: []string{s.in("20 min mindre resa för deltagarna", "20 min less travel for participants")}, Worse: []string{s.in("1 behov blir utan plats", "1 need is left without a seat")},
		Told: s.in("17 personer får besked: 17 ny tid eller lokal.", "17 people will be told: 17 a new time or venue.")}
}
