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
