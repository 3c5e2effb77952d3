package gallery

import (
	"time"

	"kaskad/ui"
)

func (s sampler) timetables() map[string]any {
	monday := s.at(2027, 6, 7, 0, 0)
	table := ui.Timetable{Day: monday, View: ui.WeekView, By: "venue", Bys: []string{"venue", "leader", "area", "module"}, Total: 3, Pager: ui.Pager{Page: 1, Pages: 1},
		Selects: []ui.Select{{Name: "wave", Label: s.in("Våg", "Wave"), All: s.in("Alla", "All"), Options: []ui.Option{{Value: "w1", Label: s.waveName(1)}}}}}
	for d := range 5 {
		day := monday.AddDate(0, 0, d)
		table.Columns = append(table.Columns, ui.TimetableColumn{Date: day, Last: day, Frozen: d < 1, Closed: d == 4})
	}
	card := func(id string, day, hour int, state ui.SeminarState, wrong ...string) ui.TimetableCell {
		return ui.TimetableCell{Cards: []ui.TimetableCard{{ID: id, Start: s.at(2027, 6, day, hour, 0), End: s.at(2027, 6, day, hour+3, 0), Text: s.in("Etik", "Ethics"), Note: "Anna Lind", State: state, Movable: state == ui.SeminarPublished,
			Locked: len(wrong) == 0, Wrong: wrong, Wishes: wrong[:len(wrong)/2]}}}
	}
	table.Rows = []ui.TimetableRow{
		{Label: "Kommunhuset, Borås", Href: "/venues/v1", Cells: []ui.TimetableCell{card("S00001", 7, 8, ui.SeminarPublished), {}, card("S00002", 9, 13, ui.SeminarDraft, s.in("6 av minst 8 platser fyllda", "6 of at least 8 seats filled"), s.in("Ingen från primärvård", "Nobody from primary care")), {}, {}}},
		{Label: "Åsunden, Ulricehamn", Href: "/venues/v2", Cells: []ui.TimetableCell{{}, card("S00003", 8, 8, ui.SeminarChanged, s.in("Saknar ledare", "Without a leader")), {}, {}, {}}},
	}
	row := func(id string, day int) ui.ShiftRow {
		return ui.ShiftRow{ID: id, Slot: "x", Text: s.in("Etik, Kommunhuset", "Ethics, Kommunhuset"), Start: s.at(2027, 6, day, 8, 0), End: s.at(2027, 6, day, 11, 0), To: s.at(2027, 6, day+7, 8, 0)}
	}
	stuck := row("S00003", 8)
	stuck.To, stuck.Reasons = time.Time{}, []string{s.in("Lokalen är stängd den veckan.", "The venue is closed that week.")}
	asked := ui.Shift{Week: table.Week(), Monday: monday, Hidden: []ui.Option{{Value: "week", Label: table.Week()}}, Back: "/timetable?week=2027-06-07"}
	shown := asked
	shown.Weeks, shown.Moves, shown.Stuck, shown.People = 1, []ui.ShiftRow{row("S00001", 7)}, []ui.ShiftRow{stuck}, 17
	table.Undo, table.Redo = &ui.Step{ID: "E00002", Text: s.in("Flyttat: Etik mån 7 juni 08.00", "Moved: Ethics Mon 7 June 08:00")}, &ui.Step{ID: "E00001", Text: s.in("Inställt: Etik", "Cancelled: Ethics")}
	month, held := table, table
	month.View = ui.MonthView
	held.Held = &ui.HeldSeminar{ID: "S00001", Text: s.in("mån 7 juni 08.00, Etik", "Mon 7 June 08:00, Ethics"), People: 14}
	held.Rows = s.places(table.Rows)
	return map[string]any{"timetable": table, "timetable-month": month, "timetable-held": held, "timetable-empty": ui.Timetable{Day: monday, By: "leader"},
		"shift": asked, "shift-shown": shown}
}

// places are rows with a seminar picked up: it may go to the second day, and nowhere else.
func (s sampler) places(rows []ui.TimetableRow) (list []ui.TimetableRow) {
	for i, row := range rows {
		cells := append([]ui.TimetableCell{}, row.Cells...)
		for j := range cells {
			cells[j].Here = i == 0 && j == 0
			if j == 1 {
				cells[j].Places = []ui.Place{{Value: "slot=x", Start: s.at(2027, 6, 8, 8, 0)}, {Value: "slot=y", Start: s.at(2027, 6, 8, 13, 0)}}
			} else if !cells[j].Here {
				cells[j].Why = s.in("Lokalen är stängd då.", "The venue is closed then.")
			}
			if len(cells[j].Cards) > 0 {
				other := cells[j].Cards[0]
				other.Swap = &ui.Place{Value: other.ID, Start: other.Start}
				if j > 1 {
					other.Swap = &ui.Place{Why: s.in("Anna Lind är borta då.", "Anna Lind is away then.")}
				}
				cells[j].Cards = []ui.TimetableCard{other}
			}
		}
		row.Cells = cells
		list = append(list, row)
	}
	return list
}
