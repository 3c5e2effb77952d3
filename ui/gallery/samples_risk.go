package gallery

import "kaskad/ui"

func (s sampler) risks() map[string]any {
	slack := s.risk()
	slack.SlackURL = ""
	slack.Slack = []ui.RiskSlack{
		{Met: 15_039, Half: s.at(2028, 5, 29, 0, 0), Most: s.at(2028, 6, 5, 0, 0), Now: true},
		{Overbook: 2, Met: 15_301, Gained: 262, Half: s.at(2028, 5, 15, 0, 0), Most: s.at(2028, 5, 29, 0, 0)},
		{Overbook: 2, Reserve: 1, Met: 15_418, Gained: 379, Half: s.at(2028, 5, 8, 0, 0), Most: s.at(2028, 5, 22, 0, 0)},
	}
	return map[string]any{"risk": s.risk(), "risk-slack": slack, "risk-empty": ui.Risk{Fields: s.riskFields("8"), Error: s.in("Skriv hela tal inom gränserna i alla fält.", "Write whole numbers within the limits in every field.")}}
}

func (s sampler) riskFields(absent string) []ui.RiskField {
	return []ui.RiskField{{Key: "absent", Unit: "seats", Value: absent, Most: 100}, {Key: "ill", Unit: "led", Value: "4", Most: 100},
		{Key: "stops", Unit: "leaders-year", Value: "8", Most: 100}, {Key: "snow", Unit: "days", Value: "två", Most: 100, Wrong: true},
		{Key: "runs", Unit: "times", Value: "100", Most: 400}, {Key: "seed", Unit: "seed", Value: "1", Most: 1_000_000}}
}

func (s sampler) risk() ui.Risk {
	page := ui.Risk{
		Fields: s.riskFields("8"), Runs: 100, Needs: 16_000, Met: 15_039, Cancelled: 19.9, Extra: 196.4, SlackURL: "/risk?slack=1#slack",
		Planned: s.at(2028, 4, 10, 0, 0), Half: s.at(2028, 5, 29, 0, 0), Most: s.at(2028, 6, 5, 0, 0),
		Sentences: []string{
			s.in("I hälften av 100 genomspelningar är alla klara senast 29 maj 2028, i nio av tio senast 5 juni 2028.", "In half of 100 playings everyone is done by 29 May 2028, in nine of ten by 5 June 2028."),
			s.in("Planens egna seminarier ger 15 039 av 16 000 planerade platser, och 196 seminarier till behövs för resten.", "The plan's own seminars give 15,039 of 16,000 planned places, and 196 more seminars are needed for the rest."),
		},
		Areas:   []ui.RiskArea{{Name: "Borås", Needs: 1224, Met: 1171, Low: 1150}, {Name: "Åmål", Needs: 84, Met: 66, Low: 51}},
		Leaders: []ui.RiskFailure{{Name: "Ylva Sandström", Href: "/leaders/p04251", Seminars: 12, Lost: 10, Seats: 196}, {Name: s.in("Deltagare", "Participant"), Seminars: 8, Lost: 3, Seats: 50}},
	}
	over := 0
	for i, n := range []int{2, 9, 21, 24, 18, 12, 8, 4, 2} {
		over += n
		page.Bins = append(page.Bins, ui.RiskBin{Monday: s.at(2028, 5, 1+7*i, 0, 0), Runs: n, Until: over})
	}
	return page
}
