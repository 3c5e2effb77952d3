package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// shiftPage shows what moving a week's published seminars would do.
func (s *Server) shiftPage(v *visit) error {
	b := s.board(v.state)
	page := ui.Shift{Monday: monday(s.timetableDay(v, b), v.state.Roster.Zone), Weeks: min(max(v.QueryInt("weeks", 0), -20), 20)}
	page.Week = page.Monday.Format(time.DateOnly)
	q := url.Values{}
	for _, name := range []string{"week", "wave", "area"} {
		value := v.Query(name)
		if name == "week" {
			value = page.Week
		}
		if value != "" {
			page.Hidden = append(page.Hidden, ui.Option{Value: name, Label: value})
			q.Set(name, value)
		}
	}
	page.Back = "/timetable?" + q.Encode()
	if page.Weeks == 0 {
		return s.show(v, page)
	}
	var ids []string
	for _, c := range cardsIn(v, b, page.Monday, page.Monday.AddDate(0, 0, 7)) {
		if c.Before != nil && !c.Before.Cancelled {
			ids = append(ids, c.ID)
		}
	}
	told := map[string]bool{}
	for _, x := range v.state.Shifts(ids, page.Weeks, s.Programme.Now()) {
		row := ui.ShiftRow{ID: url.PathEscape(x.Seminar.ID), Slot: x.Slot, Text: v.state.Roster.Modules[x.Seminar.Module].Name + ", " + v.state.Roster.Venues[x.Seminar.Venue].Name}
		row.Start, row.End = v.state.Roster.Span(&x.Seminar.Seminar)
		if x.Err != nil {
			row.Reasons = s.reasonsOf(v, x.Err)
			page.Stuck = append(page.Stuck, row)
			continue
		}
		row.To = v.state.Roster.Slots[x.Slot].Start
		page.Moves = append(page.Moves, row)
		for _, p := range slices.Concat(x.Seminar.Attendees, x.Seminar.Leaders) {
			told[p] = true
		}
	}
	page.People = len(told)
	return s.show(v, page)
}

// shift moves exactly what was shown, or nothing.
func (s *Server) shift(v *visit) error {
	c := model.ShiftSeminars{Slots: map[string]string{}, Now: s.Programme.Now()}
	for _, move := range formValues(v, "move") {
		if id, slot, ok := strings.Cut(move, "="); ok {
			if plain, err := url.PathUnescape(id); err == nil {
				id = plain
			}
			c.Slots[id] = slot
		}
	}
	back := s.backTo(v, "/timetable")
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), c)
	if err == nil {
		return s.back(v, back, ui.Success, s.text(v, "shift.done", "n", len(c.Slots)))
	}
	if reasons := s.reasonsOf(v, err); len(reasons) > 0 {
		return s.back(v, back, ui.Failure, strings.Join(reasons, " "))
	}
	return err
}
