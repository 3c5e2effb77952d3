package gallery

import "kaskad/ui"

// scenarios are the list, the form and the comparison.
func (s sampler) scenarios() map[string]any {
	return map[string]any{
		"scenarios": s.scenarioList(), "scenarios-empty": ui.Scenarios{}, "scenario-new": s.scenarioNew(),
		"compare": s.compare(), "compare-lines": s.compareLines(), "compare-empty": ui.Compare{},
	}
}

func (s sampler) scenarioList() ui.Scenarios {
	last := s.at(2028, 3, 24, 12, 0)
	return ui.Scenarios{CanSave: true, Planned: s.in("Klart tidigare", "Done earlier"), Rows: []ui.ScenarioRow{
		{ID: "published", Name: s.in("Det som är publicerat", "What is published"), Known: true, Seminars: 412, Mixed: 371, TravelEach: 96, Last: s.at(2027, 9, 30, 12, 0), Unmet: 9821},
		{ID: "draft", Name: s.in("Utkastet", "The draft"), At: s.at(2027, 5, 20, 9, 12), Chosen: true, Known: true, Seminars: 1045, Mixed: 902, TravelEach: 203, Last: last, Unmet: 15},
		{ID: "c12", Name: s.in("Kortare resor", "Shorter travel"), Kept: true, At: s.at(2027, 5, 21, 10, 0), By: "Karin Lindqvist", Chosen: true, Known: true,
			Settings: []string{s.in("En minuts restid för en deltagare räknas som: 3 (i programmet 1)", "A minute of a participant's travel counts as: 3 (in the programme 1)")},
			Seminars: 1102, Mixed: 871, TravelEach: 171, Last: last, Unmet: 15},
		{ID: "c9", Name: s.in("Före sommaren", "Before the summer"), Kept: true, At: s.at(2027, 4, 2, 10, 0), By: "Karin Lindqvist",
			Stale: s.in("Seminarier har publicerats eller ändrats sedan scenariot Före sommaren gjordes. Planera det igen.", "Seminars have been published or changed since the scenario Before the summer was made. Plan it again.")},
	}}
}

func (s sampler) scenarioNew() ui.ScenarioNew {
	field := func(key, unit, value string, usual int) ui.WeightField {
		return ui.WeightField{Key: key, Unit: unit, Value: value, Usual: usual}
	}
	wrong := field("crowd", "minutes", "tio", 10)
	wrong.Wrong = true
	return ui.ScenarioNew{Name: s.in("Kortare resor", "Shorter travel"), Seconds: "60", Published: true, Error: s.in("Skriv hela tal mellan 0 och 10 000 i alla fält.", "Write whole numbers from 0 to 10,000 in every field."),
		Presets: []ui.Option{{Value: "travel", Label: s.in("Kortare resor", "Shorter travel")}, {Value: "mix", Label: s.in("Fler blandade grupper", "More mixed groups")}},
		Groups: []ui.WeightGroup{
			{Key: "travel", Fields: []ui.WeightField{field("travel", "minutes", "3", 1), field("leaderTravel", "minutes", "1", 1)}},
			{Key: "groups", Fields: []ui.WeightField{field("mixMin", "people", "2", 2), field("mix", "minutes", "20", 20), wrong}},
			{Key: "time", Fields: []ui.WeightField{field("paceDays", "days", "35", 35)}},
		}}
}

func (s sampler) compare() ui.Compare {
	number := func(values ...int) (cells []ui.CompareCell) {
		for i, n := range values {
			c := ui.CompareCell{N: n, At: s.at(2028, 3, 24-i*14, 12, 0), Best: i == 1}
			if i > 0 && n != values[0] {
				c.Sign, c.Delta = "+", n-values[0]
				if n < values[0] {
					c.Sign, c.Delta = "−", values[0]-n
				}
			}
			cells = append(cells, c)
		}
		return cells
	}
	return ui.Compare{
		Plans: []ui.ComparedPlan{{ID: "draft", Name: s.in("Utkastet", "The draft"), Current: true}, {ID: "c12", Name: s.in("Kortare resor", "Shorter travel"), Kept: true},
			{ID: "c9", Name: s.in("Före sommaren", "Before the summer"), Kept: true, Stale: s.in("Planera det igen.", "Plan it again.")}},
		Rows: []ui.CompareRow{{Key: "unmet", Form: "number", Cells: number(15, 12, 40)}, {Key: "travelEach", Form: "minutes", Cells: number(203, 171, 230)},
			{Key: "last", Form: "date", Cells: number(100, 86, 72)}, {Key: "cost", Form: "hours", Cells: number(1_462_310, 1_433_020, 1_500_000)}},
		From: "draft", To: "c12", By: "unit", Areas: []ui.Option{{Value: "1490", Label: "Borås"}}, Count: 1204, Hidden: 2,
		Groups: []ui.CompareGroup{
			{ID: "u1", Name: s.in("Ekbackens hemtjänst", "Ekbacken home care"), Text: s.in("5 platser på annan tid, 2 platser i annan lokal, sammanlagt 3 h 20 min kortare restid", "5 places at another time, 2 places in another venue, 3 h 20 min shorter travel in all")},
			{ID: "u2", Name: s.in("Vårdcentralen Solgläntan", "Solgläntan health centre"), Text: s.in("1 plats till, 3 platser på annan tid", "1 place more, 3 places at another time")}},
		Pager: ui.Pager{Page: 1, Pages: 4},
	}
}

func (s sampler) compareLines() ui.Compare {
	page := s.compare()
	page.Group, page.Title, page.Groups, page.Count, page.Pager = "u1", page.Groups[0].Name, nil, 2, ui.Pager{Page: 1, Pages: 1}
	page.Lines = []string{
		s.in("Elin Åkesson, Etik: ons 9 juni 13.00, Folkets hus i stället för mån 7 juni 08.30, Kommunhuset.", "Elin Åkesson, Ethics: Wed 9 June 13:00, Folkets hus instead of Mon 7 June 08:30, Kommunhuset."),
		s.in("Johan Nyberg får plats i Juridik: tor 10 juni 08.30, Kommunhuset.", "Johan Nyberg gets a place in Law: Thu 10 June 08:30, Kommunhuset."),
	}
	return page
}
