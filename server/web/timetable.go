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

// showing is what of the programme a timetable shows.
type showing struct {
	by, view string
	day      time.Time        // asked for
	columns  []model.Interval // the days of a week, or the weeks of a month
	cards    []*card
	held     *held // picked up to be moved; nil
}

// column is where a time stands; -1 when it is not shown.
func (t *showing) column(at time.Time) int {
	return slices.IndexFunc(t.columns, func(c model.Interval) bool { return within(c, at) })
}

// timetable is a week by days or a month by weeks: seminars by venue, leader,
// municipality or module. With one of them picked up it shows where that may go.
func (s *Server) timetable(v *visit) error {
	b := s.board(v.state)
	t := s.showing(v, b)
	page := ui.Timetable{By: t.by, Bys: timetableBys, View: t.view, Day: t.day, Selects: s.timetableSelects(v, b), Total: len(t.cards)}
	for _, c := range t.columns {
		page.Columns = append(page.Columns, s.timetableColumn(v, c))
	}
	rows := s.timetableTable(v, b, t)
	if t.held != nil {
		rows = t.held.moreRows(rows)
		page.Held = t.held.shown()
	}
	page.Pager, page.Rows = pagedBy(v, rows, timetableRows)
	if t.held != nil {
		t.held.findPlaces(page.Rows)
	}
	page.Undo, page.Redo = s.steps(v)
	return s.show(v, page)
}

func within(x model.Interval, at time.Time) bool { return !at.Before(x.From) && at.Before(x.To) }

func (s *Server) showing(v *visit, b *board) *showing {
	zone := v.state.Roster.Zone
	t := &showing{by: v.Query("by"), view: ui.WeekView, day: s.timetableDay(v, b)}
	if timetableLines[t.by] == nil {
		t.by = timetableBys[0]
	}
	if v.Query("view") == ui.MonthView {
		t.view = ui.MonthView
		first := time.Date(t.day.Year(), t.day.Month(), 1, 0, 0, 0, 0, zone)
		for at := monday(first, zone); at.Before(first.AddDate(0, 1, 0)); at = at.AddDate(0, 0, 7) {
			t.columns = append(t.columns, model.Interval{From: at, To: at.AddDate(0, 0, 7)})
		}
	} else {
		at := monday(t.day, zone)
		for d := range s.daysWithTimes(v, at) {
			t.columns = append(t.columns, model.Interval{From: at.AddDate(0, 0, d), To: at.AddDate(0, 0, d+1)})
		}
	}
	t.cards = cardsIn(v, b, t.columns[0].From, t.columns[len(t.columns)-1].To)
	t.held = s.hold(v, b, t)
	return t
}

// daysWithTimes is how many days of a week there are to show: the working days,
// and the weekend as far as there are times in it.
func (s *Server) daysWithTimes(v *visit, monday time.Time) int {
	days, sunday := 5, monday.AddDate(0, 0, 7)
	for i := range v.state.Roster.Problem.Slots {
		if at := v.state.Roster.Problem.Slots[i].Start; !at.Before(monday) && at.Before(sunday) {
			days = max(days, 1+model.CalendarDays(monday, at, v.state.Roster.Zone))
		}
	}
	return days
}

func (s *Server) timetableColumn(v *visit, c model.Interval) ui.TimetableColumn {
	frozen := v.state.Roster.Problem.Programme.FrozenUntil
	x := ui.TimetableColumn{Date: c.From, Last: c.To.AddDate(0, 0, -1), Frozen: !c.To.After(frozen), Closed: true}
	x.Now = within(c, s.Programme.Now())
	for i := range v.state.Roster.Problem.Slots {
		if within(c, v.state.Roster.Problem.Slots[i].Start) {
			x.Closed = false
			break
		}
	}
	return x
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

// timetableDay is the day asked for, else that of the next seminar, else today.
func (s *Server) timetableDay(v *visit, b *board) time.Time {
	zone := v.state.Roster.Zone
	day, err := time.ParseInLocation(time.DateOnly, v.Query("week"), zone)
	if err != nil || day.Year() < 1900 || day.Year() > 2999 {
		now := s.Programme.Now()
		day = now.In(zone)
		if i := slices.IndexFunc(b.seminars, func(c card) bool { return c.end.After(now) }); i >= 0 {
			day = b.seminars[i].start.In(zone)
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

// cardsIn lists the seminars of a stretch that fit the filter, by time.
func cardsIn(v *visit, b *board, from, to time.Time) (found []*card) {
	filter := ui.SeminarFilter{Wave: v.Query("wave"), Area: v.Query("area")}
	for i := range b.seminars {
		if c := &b.seminars[i]; !c.start.Before(from) && c.start.Before(to) && fits(c, filter) {
			found = append(found, c)
		}
	}
	return found
}

func (s *Server) timetableTable(v *visit, b *board, t *showing) []ui.TimetableRow {
	rows := map[string]*ui.TimetableRow{}
	wrong := s.wrongs(v, t.cards)
	for _, c := range t.cards {
		for _, l := range timetableLines[t.by](s, v, c) {
			row := rows[l.id]
			if row == nil {
				x := l.row(len(t.columns))
				row = &x
				rows[l.id] = row
			}
			cell := &row.Cells[t.column(c.start)]
			cell.Cards = append(cell.Cards, s.timetableCard(v, b, c, t.by, wrong[c.ID]))
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

func (l line) row(columns int) ui.TimetableRow {
	return ui.TimetableRow{ID: l.id, Label: l.label, Href: l.href, Cells: make([]ui.TimetableCell, columns)}
}

// wrongs are the rules that the seminars shown break, in words, by seminar.
func (s *Server) wrongs(v *visit, shown []*card) map[string][]string {
	list := map[string][]string{}
	for _, c := range shown {
		list[c.ID] = nil
	}
	now := s.Programme.Now()
	for _, x := range s.judge(v.state).each {
		if said, ok := list[x.Seminar]; !ok || len(said) > shownReasons {
			continue
		}
		if f := s.faultOf(v, x, now); f.kind != "" && !slices.Contains(list[x.Seminar], f.text) {
			list[x.Seminar] = append(list[x.Seminar], f.text)
		}
	}
	return list
}

// timetableCard says of a seminar what its line does not.
// What breaks a rule is wrong; what could be better is only noted.
func (s *Server) timetableCard(v *visit, b *board, c *card, by string, wrong []string) ui.TimetableCard {
	row := s.row(v, b, c)
	x := ui.TimetableCard{ID: url.PathEscape(c.ID), Start: c.start, End: c.end, Text: row.Module, Note: row.Venue, State: row.State}
	switch by {
	case "venue":
		x.Note = strings.Join(row.Leaders, ", ")
	case "module":
		x.Text, x.Note = row.Venue, strings.Join(row.Leaders, ", ")
	}
	lock := v.state.Locks[c.ID]
	x.Locked = lock.Time || lock.Place || lock.Leaders || c.Before == nil && v.state.Draft.Holds(c.ID)
	x.Movable = (c.Before == nil || !c.Before.Cancelled) && c.start.After(s.Programme.Now())
	for _, f := range row.Findings {
		x.Wrong = append(x.Wrong, f.Text)
	}
	x.Wrong = append(x.Wrong, wrong...)
	if row.NeedsLeader && !slices.Contains(wrong, s.text(v, "broken.no-leader")) {
		x.Wrong = append(x.Wrong, s.text(v, "seminar.needs-leader"))
	}
	if least := v.state.Roster.Tiers[c.Tier].Seats.Min; row.Attendees < least {
		x.Wrong = append(x.Wrong, s.text(v, "timetable.few", "n", row.Attendees, "least", least))
	}
	if row.Tier == "" && row.MissingSectors > 0 {
		for _, sector := range row.Sectors {
			if sector.N == 0 {
				x.Wishes = append(x.Wishes, s.text(v, "timetable.no-sector", "name", sector.Name))
			}
		}
	}
	return x
}
