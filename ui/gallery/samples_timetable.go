package gallery

import (
	"time"

	"kaskad/ui"
)

func (s sampler) timetables() map[string]any {
	monday := s.at(2027, 6, 7, 0, 0)
	table := ui.Timetable{Week: "2027-06-07", Monday: monday, By: "venue", Bys: []string{"venue", "leader", "area", "module"}, Total: 3, Pager: ui.Pager{Page: 1, Pages: 1},
		Selects: []ui.Select{{Name: "wave", Label: s.in("Våg", "Wave"), All: s.in("Alla", "All"), Options: []ui.Option{{Value: "w1", Label: s.waveName(1)}}}}}
	for d := range 5 {
		table.Days = append(table.Days, ui.TimetableDay{Date: monday.AddDate(0, 0, d), Frozen: d < 1})
	}
	card := func(id string, day, hour int, state ui.SeminarState, wrong ...string) []ui.TimetableCard {
		return []ui.TimetableCard{{ID: id, Start: s.at(2027, 6, day, hour, 0), End: s.at(2027, 6, day, hour+3, 0), Text: s.in("Etik", "Ethics"), Note: "Anna Lind", State: state, Locked: len(wrong) == 0, Wrong: wrong}}
	}
	table.Rows = []ui.TimetableRow{
		{Label: "Kommunhuset, Borås", Href: "/venues/v1", Cells: [][]ui.TimetableCard{card("S00001", 7, 8, ui.SeminarPublished), nil, card("S00002", 9, 13, ui.SeminarDraft, s.in("6 av minst 8 platser fyllda", "6 of at least 8 seats filled"), s.in("Ingen från primärvård", "Nobody from primary care")), nil, nil}},
		{Label: "Åsunden, Ulricehamn", Href: "/venues/v2", Cells: [][]ui.TimetableCard{nil, card("S00003", 8, 8, ui.SeminarChanged, s.in("Saknar ledare", "Without a leader")), nil, nil, nil}},
	}
	row := func(id string, day int) ui.ShiftRow {
		return ui.ShiftRow{ID: id, Slot: "x", Text: s.in("Etik, Kommunhuset", "Ethics, Kommunhuset"), Start: s.at(2027, 6, day, 8, 0), End: s.at(2027, 6, day, 11, 0), To: s.at(2027, 6, day+7, 8, 0)}
	}
	stuck := row("S00003", 8)
	stuck.To, stuck.Reasons = time.Time{}, []string{s.in("Lokalen är stängd den veckan.", "The venue is closed that week.")}
	asked := ui.Shift{Week: table.Week, Monday: monday, Hidden: []ui.Option{{Value: "week", Label: table.Week}}, Back: "/timetable?week=2027-06-07"}
	shown := asked
	shown.Weeks, shown.Moves, shown.Stuck, shown.People = 1, []ui.ShiftRow{row("S00001", 7)}, []ui.ShiftRow{stuck}, 17
	return map[string]any{"timetable": table, "timetable-empty": ui.Timetable{Monday: monday, By: "leader"}, "shift": asked, "shift-shown": shown}
}
