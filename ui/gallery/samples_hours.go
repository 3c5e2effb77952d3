package gallery

import "kaskad/ui"

func (s sampler) attendance() ui.Attendance {
	return ui.Attendance{Title: s.in("Etik", "Ethics"), Place: "Kommunhuset, Borås", Start: s.at(2027, 6, 7, 8, 30), End: s.at(2027, 6, 7, 11, 30),
		Action: "/seminars/S00012/attendance", Back: "/seminars/S00012", Taken: s.at(2027, 6, 7, 11, 41),
		People: []ui.AttendanceRow{
			{ID: "p1", Name: "Anna Lind", Unit: "Hemtjänst Norrby", Here: true},
			{ID: "p2", Name: "Björn Öman", Unit: "Vårdcentralen Dalsjöfors"},
			{ID: "p3", Protected: 1, Here: true},
		}}
}

func (s sampler) hours() ui.Hours {
	return ui.Hours{By: "area", Bys: []string{"area", "unit", "employer", "sector", "module", "type", "funder", "month", "person"}, Goal: 48_000 * 60,
		Selects: []ui.Select{{Name: "sector", Label: s.in("Sektor", "Sector"), All: s.in("Alla", "All"), Options: []ui.Option{{Value: "municipal", Label: s.in("Kommun", "Municipal")}}}},
		Rows: []ui.HoursRow{
			{Label: "Borås", Href: "/hours?by=unit&area=1490", HoursSums: ui.HoursSums{Planned: 61_200, Held: 1_440, Attended: 122_400, Missed: 540}},
			{Label: "Göteborg", Href: "/hours?by=unit&area=1480", HoursSums: ui.HoursSums{Planned: 320_400, Held: 3_600, Attended: 240_000, Missed: 1_800}},
			{Label: "Åmål", Href: "/hours?by=unit&area=1492", HoursSums: ui.HoursSums{Planned: 21_600}},
		},
		Total: ui.HoursSums{Planned: 403_200, Held: 5_040, Attended: 362_400, Missed: 2_340}, Contributed: 4_294, Pager: ui.Pager{Page: 1, Pages: 1}}
}

func (s sampler) activities() map[string]any {
	kinds := []ui.ActivityKind{
		{ID: "fair", Name: s.in("Temadag eller minimässa", "Theme day or mini fair"), Dated: true, Credit: "none"},
		{ID: "web", Name: s.in("Webbkurs", "Web course"), Named: true, Credit: "completion", Minutes: 45},
		{ID: "mentor", Name: s.in("Mentorspar", "Mentor pair"), Dated: true, Named: true, Credit: "attendance", Minutes: 60, Funder: "ESF"},
	}
	page := ui.ActivityPage{ID: "A00001", Name: s.in("Mentorspar Lind och Öman", "Mentor pair Lind and Öman"), Kind: kinds[2].Name, Area: "Borås", Place: "Vårdcentralen Dalsjöfors",
		Credit: "attendance", Minutes: 60, Named: true, Coordinates: true, Leaders: []string{"Anna Lind"}, People: []string{"Björn Öman", "Anna Lind"},
		Times: []ui.ActivityTime{{Start: s.at(2027, 3, 1, 13, 0), End: s.at(2027, 3, 1, 14, 0), Recorded: true, Came: 2, Record: "/activities/A00001/participation?occasion=x"},
			{Start: s.at(2027, 3, 15, 13, 0), End: s.at(2027, 3, 15, 14, 0)}}}
	course := ui.ActivityPage{ID: "A00002", Name: s.in("Säker information", "Safe information"), Kind: kinds[1].Name, Link: "https://example.se/kurs", Credit: "completion", Minutes: 45,
		Cancelled: true, Finished: ui.ActivityTime{Record: "/activities/A00002/participation?occasion=", Recorded: true, Came: 12}}
	form := ui.ActivityForm{ID: "A00001", Type: "mentor", Name: page.Name, Types: []ui.Option{{Value: "mentor", Label: kinds[2].Name}}, Areas: []ui.Option{{Value: "1490", Label: "Borås"}},
		Minutes: "60", People: "bjorn.oman@example.se", Times: []ui.Option{{Value: "x", Label: s.in("mån 1 mars 13.00–14.00", "Mon 1 March 13:00–14:00")}}, From: "13:00", To: "15:00",
		Error: s.in("Två av tiderna överlappar varandra.", "Two of the times overlap.")}
	return map[string]any{
		"activities": ui.Activities{Kinds: kinds, Total: 3, Pager: ui.Pager{Page: 1, Pages: 1}, Rows: []ui.ActivityRow{
			{ID: "A00001", Name: page.Name, Kind: page.Kind, Area: "Borås", Place: page.Place, Next: s.at(2027, 3, 15, 13, 0), Times: 2, People: 2},
			{ID: "A00002", Name: course.Name, Kind: course.Kind, People: 120},
			{ID: "A00003", Name: s.in("Minimässa i Skövde", "Mini fair in Skövde"), Kind: kinds[0].Name, Next: s.at(2027, 2, 1, 9, 0), Times: 1, Over: true}}},
		"activities-none": ui.Activities{}, "activities-empty": ui.Activities{Kinds: kinds}, "activity": page, "activity-course": course, "activity-edit": form,
		"activity-kinds": ui.ActivityKinds{Rows: kinds}, "attendance-heads": ui.Attendance{Title: s.in("Minimässa i Skövde", "Mini fair in Skövde"), Drop: true, Heads: 140, Action: "/x", Back: "/x"},
	}
}
