package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/ui"
)

func (s *Server) timetableRoutes() {
	app := s.app
	app.Get("/timetable", s.page(s.timetable, coordinators))
	app.Get("/timetable/shift", s.page(s.shiftPage, coordinators))
	app.Post("/timetable/shift", s.page(s.shift, coordinators))
}

// line is where in the timetable a seminar belongs.
type line struct{ id, label, href string }

// timetableLines are the lines of a seminar by what the rows are; several when it
// has several leaders.
var timetableLines = map[string]func(s *Server, v *visit, c *card) []line{
	"venue": func(_ *Server, v *visit, c *card) []line {
		return []line{{c.Venue, v.state.Roster.Venues[c.Venue].Name, "/venues/" + url.PathEscape(c.Venue)}}
	},
	"leader": func(s *Server, v *visit, c *card) (list []line) {
		for _, l := range c.Leaders {
			list = append(list, line{l, s.shownName(v, l), "/leaders/" + url.PathEscape(l)})
		}
		if len(list) == 0 {
			list = []line{{"", s.text(v, "timetable.nobody"), ""}}
		}
		return list
	},
	"area": func(s *Server, _ *visit, c *card) []line { return []line{{c.mainArea(), s.areaName(c.mainArea()), ""}} },
	"module": func(_ *Server, v *visit, c *card) []line {
		return []line{{c.Module, v.state.Roster.Modules[c.Module].Name, ""}}
	},
}

var timetableBys = []string{"venue", "leader", "area", "module"}

// timetableRows are the lines of a page: enough to scan.
const timetableRows = 40

// timetable is a week of seminars, by venue, leader, municipality or module.
func (s *Server) timetable(v *visit) error {
	b := s.board(v.state)
	page := ui.Timetable{By: v.Query("by"), Bys: timetableBys, Selects: s.timetableSelects(v, b)}
	if timetableLines[page.By] == nil {
		page.By = timetableBys[0]
	}
	page.Monday = s.timetableWeek(v, b)
	page.Week = page.Monday.Format(time.DateOnly)
	found := weekOf(v, b, page.Monday)
	page.Total = len(found)
	days := 5
	for _, c := range found {
		days = max(days, 1+model.CalendarDays(page.Monday, c.start, v.state.Roster.Zone))
	}
	frozen := v.state.Roster.Problem.Programme.FrozenUntil
	for d := range days {
		date := page.Monday.AddDate(0, 0, d)
		page.Days = append(page.Days, ui.TimetableDay{Date: date, Frozen: date.Before(frozen)})
	}
	page.Pager, page.Rows = pagedBy(v, s.timetableTable(v, b, page.By, found, page.Monday, days), timetableRows)
	return s.show(v, page)
}

func (s *Server) timetableSelects(v *visit, b *board) []ui.Select {
	wave := ui.Select{Name: "wave", Label: s.text(v, "wave"), All: s.text(v, "hours.all"), Value: v.Query("wave")}
	for _, w := range v.state.Roster.Problem.Waves {
		wave.Options = append(wave.Options, ui.Option{Value: w.ID, Label: s.waveName(v, v.state, w.ID)})
	}
	area := ui.Select{Name: "area", Label: s.text(v, "map.area"), All: s.text(v, "hours.all"), Value: v.Query("area")}
	for _, a := range b.areas {
		area.Options = append(area.Options, ui.Option{Value: a.code, Label: a.name})
	}
	return []ui.Select{wave, area}
}

// timetableWeek is the Monday of the day asked for, else of the next seminar, else of today.
func (s *Server) timetableWeek(v *visit, b *board) time.Time {
	zone := v.state.Roster.Zone
	day, err := time.ParseInLocation(time.DateOnly, v.Query("week"), zone)
	if err != nil || day.Year() < 1900 || day.Year() > 2999 {
		now := s.Programme.Now()
		day = now.In(zone)
		if i := slices.IndexFunc(b.seminars, func(c card) bool { return c.end.After(now) }); i >= 0 {
			day = b.seminars[i].start.In(zone)
		}
	}
	day = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

// weekOf lists the week's seminars that fit the filter, by time.
func weekOf(v *visit, b *board, monday time.Time) (found []*card) {
	filter := ui.SeminarFilter{Wave: v.Query("wave"), Area: v.Query("area")}
	sunday := monday.AddDate(0, 0, 7)
	for i := range b.seminars {
		if c := &b.seminars[i]; !c.start.Before(monday) && c.start.Before(sunday) && fits(c, filter) {
			found = append(found, c)
		}
	}
	return found
}

func (s *Server) timetableTable(v *visit, b *board, by string, found []*card, monday time.Time, days int) []ui.TimetableRow {
	rows := map[string]*ui.TimetableRow{}
	for _, c := range found {
		for _, l := range timetableLines[by](s, v, c) {
			row := rows[l.id]
			if row == nil {
				row = &ui.TimetableRow{Label: l.label, Href: l.href, Cells: make([][]ui.TimetableCard, days)}
				rows[l.id] = row
			}
			d := model.CalendarDays(monday, c.start, v.state.Roster.Zone)
			row.Cells[d] = append(row.Cells[d], s.timetableCard(v, b, c, by))
		}
	}
	var list []ui.TimetableRow
	for _, row := range rows {
		list = append(list, *row)
	}
	swedish := collate.New(language.Swedish)
	slices.SortFunc(list, func(x, y ui.TimetableRow) int {
		return cmp.Or(swedish.CompareString(x.Label, y.Label), cmp.Compare(x.Href, y.Href))
	})
	return list
}

// timetableCard says of a seminar what its line does not.
func (s *Server) timetableCard(v *visit, b *board, c *card, by string) ui.TimetableCard {
	row := s.row(v, b, c)
	x := ui.TimetableCard{ID: url.PathEscape(c.ID), Start: c.start, End: c.end, Text: row.Module, Note: row.Venue, State: row.State}
	switch by {
	case "venue":
		x.Note = strings.Join(row.Leaders, ", ")
	case "module":
		x.Text, x.Note = row.Venue, strings.Join(row.Leaders, ", ")
	}
	lock := v.state.Locks[c.ID]
	x.Locked = lock.Time || lock.Place || lock.Leaders
	for _, f := range row.Findings {
		x.Wrong = append(x.Wrong, f.Text)
	}
	if row.NeedsLeader {
		x.Wrong = append(x.Wrong, s.text(v, "seminar.needs-leader"))
	}
	if least := v.state.Roster.Tiers[c.Tier].Seats.Min; row.Attendees < least {
		x.Wrong = append(x.Wrong, s.text(v, "timetable.few", "n", row.Attendees, "least", least))
	}
	if row.Tier == "" && row.MissingSectors > 0 {
		for _, sector := range row.Sectors {
			if sector.N == 0 {
				x.Wrong = append(x.Wrong, s.text(v, "timetable.no-sector", "name", sector.Name))
			}
		}
	}
	return x
}

// shiftPage shows what moving a week's published seminars would do.
func (s *Server) shiftPage(v *visit) error {
	b := s.board(v.state)
	page := ui.Shift{Monday: s.timetableWeek(v, b), Weeks: min(max(v.QueryInt("weeks", 0), -20), 20)}
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
	for _, c := range weekOf(v, b, page.Monday) {
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
	back := v.FormValue("back")
	if !strings.HasPrefix(back, "/timetable?") {
		back = "/timetable"
	}
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), c)
	if err == nil {
		return s.back(v, "/changes", ui.Success, s.text(v, "shift.done", "n", len(c.Slots)))
	}
	if reasons := s.reasonsOf(v, err); len(reasons) > 0 {
		return s.back(v, back, ui.Failure, strings.Join(reasons, " "))
	}
	return err
}
