package gallery

import "kaskad/ui"

func (s sampler) registerPages() map[string]any {
	return map[string]any{
		"register-people": s.peopleList(), "register-empty": ui.Register{Kind: ui.Venues, Query: "Ylva", Columns: peopleColumns()},
		"person": s.person(), "person-protected": ui.Person{ID: "p7", Protected: true, Language: "sv", Unit: ui.Link{Text: "Medicinavdelning 4", Href: "/units/u4"}},
		"register-edit": s.personForm(), "register-edit-protected": ui.RegisterForm{Kind: ui.People, Back: "/people/p7", Action: "/people/p7/edit", Protected: true},
		"merge": s.merge(true), "merge-choose": s.merge(false),
		"import": ui.Import{Error: s.in("Filen är tom.", "The file is empty.")}, "import-preview": s.importPreview(),
		"import-nothing": ui.ImportPreview{Token: "x", Kind: "xlsx", Rows: 2, HeaderLine: 1, Same: 2},
		"unit":           s.unitPage(), "venue": s.venuePage(),
	}
}

func peopleColumns() []ui.Column {
	return []ui.Column{{Key: "name", Fixed: true, Shown: true}, {Key: "unit", Usual: true, Shown: true}, {Key: "area", Usual: true, Shown: true},
		{Key: "wave", Usual: true, Shown: true}, {Key: "done", Usual: true, Shown: true, Number: true},
		{Key: "missing", Usual: true, Shown: true, Number: true}, {Key: "next", Shown: true}, {Key: "occupation"}, {Key: "email"}}
}

func (s sampler) peopleList() ui.Register {
	list := ui.Register{Kind: ui.People, Sort: "-missing", Columns: peopleColumns(), Total: 4250, Pager: ui.Pager{Page: 2, Pages: 43}, Views: []ui.SavedView{{Name: s.in("Saknar plats i våg 1", "No seat in wave 1"), Href: "/people?standing=missing&wave=w1"}},
		Selects: []ui.Select{{Name: "wave", Label: s.in("Våg", "Wave"), All: s.in("Alla vågor", "All waves"), Value: "w1",
			Options: []ui.Option{{Value: "w1", Label: s.waveName(1)}, {Value: "w2", Label: s.waveName(2)}}}}}
	for i, name := range []string{"Hodžić, Mirza", "Nyberg, Johan", "Sandell, Britta", "Wikström, Tove", "Yusuf, Ahmed", "Åkesson, Elin", "Örtengren, Siv"} {
		next := s.rows(7)[i]
		list.Rows = append(list.Rows, ui.RegisterRow{Href: "/people/p1", Cells: []ui.Cell{{Text: name}, {Text: "Hemtjänsten Norrby"}, {Text: places[i%6].area},
			{Kind: ui.WaveCell, N: 1 + i%2, Text: s.waveName(1 + i%2)}, {Kind: ui.NumberCell, N: i % 5, Of: 4}, {Kind: ui.NumberCell, N: i % 3},
			{Kind: ui.DateCell, At: next.Start}}})
	}
	return list
}

func (s sampler) person() ui.Person {
	rows := s.rows(5)
	return ui.Person{ID: "p1", Name: "Siv Örtengren", Unit: ui.Link{Text: "Hemtjänsten Norrby", Href: "/units/u1"}, Employer: "Borås Stad",
		Sector: s.in("Kommun", "Municipal"), Area: "Borås", Occupation: s.in("Undersköterska", "Assistant nurse"), Email: "siv.ortengren@example.se", Language: "sv",
		Tier: s.in("Medarbetare", "Staff"), Wave: 1, WaveName: s.waveName(1), MaxTravel: 60, Needs: 3, Done: 1, Booked: 1, Minutes: 180, MinutesAll: 540,
		Modules: []ui.PersonModule{{Name: modules[0], State: ui.NeedEarlier, At: s.at(2026, 3, 2, 9, 0)}, {Name: modules[1], State: ui.NeedAttended, At: rows[0].Start, Seminar: "s1"},
			{Name: modules[2], State: ui.NeedBooked, At: rows[2].Start, Seminar: "s3"},
			{Name: modules[3], State: ui.NeedMissing, Reason: s.in("Alla tider då personen kan är fulla.", "Every time the person can is full.")}},
		Coming: rows[2:3], Past: rows[:1], Away: []ui.Period{{From: s.at(2027, 6, 28, 0, 0), To: s.at(2027, 7, 26, 0, 0)}},
		Leads: &ui.Leading{Tier: "staff", Modules: modules[:2], From: s.at(2027, 3, 1, 0, 0), Led: 3, Ahead: 4, Target: 8, MaxPerDay: 1, MaxPerWeek: 2, MaxTotal: 12, Coming: rows[3:], Past: rows[:1]},
		Week:  s.weekGrid("/leaders/p1"), History: s.historyLines(), Why: "/ask/person/p1"}
}

func (s sampler) weekGrid(path string) *ui.WeekGrid {
	grid := &ui.WeekGrid{Monday: s.at(2027, 6, 7, 0, 0), Prev: path + "?week=2027-05-31#week", Next: path + "?week=2027-06-14#week"}
	for d := range 5 {
		grid.Days = append(grid.Days, s.at(2027, 6, 7+d, 0, 0))
	}
	seminar := ui.WeekItem{Start: s.at(2027, 6, 8, 8, 30), End: s.at(2027, 6, 8, 11, 30), Text: modules[2], Note: places[2].venue, Href: "/seminars/s3"}
	draft := seminar
	draft.Draft = true
	away := ui.WeekItem{Start: s.at(2027, 6, 10, 13, 0), End: s.at(2027, 6, 10, 17, 0), Text: s.in("Stängt", "Closed")}
	grid.Parts = []ui.WeekPart{{Name: "am", Cells: [][]ui.WeekItem{nil, {seminar}, nil, {draft}, nil}}, {Name: "pm", Cells: [][]ui.WeekItem{nil, nil, nil, {away}, nil}}}
	return grid
}

func (s sampler) historyLines() []ui.HistoryLine {
	return []ui.HistoryLine{
		{At: s.at(2027, 5, 21, 14, 12), Who: "Karin Lindqvist", Text: s.in("Etik flyttades från mån 7 juni 08.30 till tis 8 juni 08.30", "Ethics was moved from Mon 7 Jun 08:30 to Tue 8 Jun 08:30"), Href: "/seminars/s3"},
		{At: s.at(2027, 2, 1, 10, 0), Who: "Kaskad", Text: s.in("Kom med i registret", "Joined the register")},
	}
}

func (s sampler) unitPage() ui.UnitPage {
	u := ui.UnitPage{ID: "u1", Name: "Hemtjänsten Norrby", Employer: "Borås Stad", Sector: s.in("Kommun", "Municipal"), Area: "Borås", Wave: 1, WaveName: s.waveName(1),
		Modules: []ui.UnitModule{{ID: "ethics", Name: modules[0], Needs: 18, Done: 7, Ahead: 9, Missing: 2}}, If: &ui.WhatIfForm{Kind: "unit-limit", Field: "unit", ID: "u1"},
		MaxAway: 2, Staff: 18, Trained: 7, Missing: 3, Minutes: 5400, Coming: s.rows(4), History: s.historyLines()}
	for i, name := range names {
		u.People = append(u.People, ui.UnitPerson{Name: name, Href: "/people/p1", Occupation: s.in("Undersköterska", "Assistant nurse"), Leader: i == 1, Done: i % 5, Booked: 1, Missing: i % 2, Needs: 4, Next: s.at(2027, 6, 8, 8, 30)})
	}
	u.People = append(u.People, ui.UnitPerson{Href: "/people/p7", Protected: true, Needs: 4})
	return u
}

func (s sampler) venuePage() ui.VenuePage {
	return ui.VenuePage{ID: "v1", Name: places[1].venue, Area: "Hjo", Capacity: 20, Rooms: 2, Held: 14, Ahead: 9, Filled: 151, FilledOf: 180,
		If:     &ui.WhatIfForm{Kind: "venue-shut", Field: "venue", ID: "v1", From: "2027-06-01", To: "2027-07-01"},
		Closed: []ui.Period{{From: s.at(2027, 6, 21, 0, 0), To: s.at(2027, 8, 9, 0, 0), Text: s.in("Enligt kalendern sommar", "By the calendar summer")}},
		Coming: s.rows(3), Past: s.rows(2), Week: s.weekGrid("/venues/v1"), History: s.historyLines()}
}

func (s sampler) personForm() ui.RegisterForm {
	return ui.RegisterForm{Kind: ui.People, Name: "Siv Örtengren", Back: "/people/p1", Action: "/people/p1/edit", Merge: "/people/p1/merge",
		Error: s.in("Någon annan har den adressen.", "Somebody else has this address."), Fields: []ui.Field{
			{Kind: ui.TextField, Name: "given", Label: "given", Value: "Siv"},
			{Kind: ui.EmailField, Name: "email", Label: "email", Value: "siv", Error: s.in("Skriv en fullständig e-postadress.", "Enter a complete e-mail address.")},
			{Kind: ui.TextField, Name: "unit", Label: "unit", Value: "Hemtjänsten Norrby", Suggestions: []string{"Hemtjänsten Norrby", "Hemtjänsten Dalsjöfors"}},
			{Kind: ui.NumberField, Name: "target", Label: "target", Value: "8", Hint: s.in("Tomt betyder ingen gräns.", "Empty means no limit.")},
			{Kind: ui.ChoiceField, Name: "language", Label: "language", Value: "sv", Options: []ui.Option{{Value: "sv", Label: "Svenska"}, {Value: "en", Label: "English"}}},
			{Kind: ui.CheckField, Name: "protected", Label: "protected"}}}
}

func (s sampler) importPreview() ui.ImportPreview {
	return ui.ImportPreview{Token: "x", Kind: "Windows-1252", Separator: ";", Rows: 214, HeaderLine: 3, Complete: true, Sum: "0",
		Columns:  []ui.ImportColumn{{Index: 0, Heading: "AnstNr", Samples: "1001 · 1002 · 1003", Meaning: "key"}, {Index: 1, Heading: "Namn", Samples: "Örtengren, Siv", Meaning: "name"}, {Index: 2, Heading: "Lön"}},
		Meanings: []ui.Option{{Value: "key", Label: s.in("Anställningsnummer eller HSA-id", "Employment number or HSA-id")}, {Value: "name", Label: s.in("Hela namnet", "Whole name")}},
		New:      []ui.ImportRow{{Line: 9, Name: "Siv Örtengren", Unit: "Hemtjänsten Norrby"}, {Line: 10, Unit: "Hemtjänsten Norrby"}}, NewN: 14,
		Changed: []ui.ImportRow{{Line: 12, Name: "Johan Nyberg", Unit: "Hemtjänsten Norrby", Changes: []ui.ImportChange{{Field: "unit", From: "Hemtjänsten Sjöbo", To: "Hemtjänsten Norrby"}, {Field: "protected"}}}}, ChangedN: 1,
		Gone: []ui.ImportRow{{Name: "Tove Wikström", Unit: "Hemtjänsten Norrby"}}, GoneN: 1, Same: 196, Units: []string{"Hemtjänsten Sjöbo, Borås, " + s.in("Kommun", "Municipal care")}, UnitsN: 1,
		Faults: []ui.ImportFault{{Line: 17, Column: "Enhet", Value: "Okänd", Text: s.in("Enheten finns inte.", "There is no such unit.")},
			{Line: 18, Column: "E-post", Value: "siv@", Text: s.in("Det här är ingen e-postadress.", "This is no e-mail address."), Note: true}}, FaultN: 1, NoteN: 1}
}

func (s sampler) merge(chosen bool) ui.Merge {
	keep := ui.MergeRecord{ID: "p1", Name: "Siv Örtengren", Unit: "Hemtjänsten Norrby", Email: "siv@example.se", Occupation: s.in("Undersköterska", "Assistant nurse"), Done: 1, Booked: 2}
	other := ui.MergeRecord{ID: "p88", Name: "Siv Örtengren", Unit: "Hemtjänsten Sjöbo", Booked: 1, Href: "/people/p1/merge?other=p88"}
	if !chosen {
		return ui.Merge{Keep: keep, Candidates: []ui.MergeRecord{other}}
	}
	return ui.Merge{Keep: keep, Other: &other, Swap: "/people/p88/merge?other=p1", Needs: modules[:2], DraftLost: true,
		Moved: []string{modules[1] + ", " + places[1].venue}, Dropped: []string{modules[2] + ", " + places[2].venue}}
}
