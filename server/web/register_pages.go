package web

import (
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/advise"
	"kaskad/server/programme"
	"kaskad/ui"
)

// pastShown and aheadShown bound the seminars of a page.
const pastShown, aheadShown = 50, 100

// person is one person in full.
func (s *Server) person(v *visit) error { return s.personPage(v, "/people/") }

// leaderPage is the same page, come to by the list of leaders.
func (s *Server) leaderPage(v *visit) error { return s.personPage(v, "/leaders/") }

func (s *Server) personPage(v *visit, path string) error {
	r := s.register(v.state)
	x := r.byPerson[v.param("id")]
	if x == nil || path == "/leaders/" && x.Leads == nil {
		return model.Errorf(model.NotFound, "error.no-person", "there is no person %s", v.param("id"))
	}
	page := s.personFacts(v, r, x)
	page.Modules = s.modulesOf(v, x)
	page.Coming, page.Past = s.seminarLists(v, r, x.seats)
	page.Leads = s.leading(v, r, x)
	if s.answers("/ask/person/:id") {
		page.Why = "/ask/person/" + url.PathEscape(x.ID)
	}
	page.Away = s.closedTimes(v, x.Closed, x.Calendar)
	if x.Leads != nil {
		page.If = s.whatIfForm(v, advise.GoneFor, "person", x.ID)
		page.Week = s.weekGrid(v, path+url.PathEscape(x.ID), slices.Concat(x.leads, x.seats), page.Away)
	}
	history, err := s.history(v, programme.PersonSubject, x.ID)
	if err != nil {
		return err
	}
	page.History = history
	return s.show(v, page)
}

func (s *Server) personFacts(v *visit, r *register, x *personEntry) ui.Person {
	page := ui.Person{ID: x.ID, Protected: x.contact.Protected, Occupation: x.contact.Occupation, Language: x.contact.Language,
		Needs: len(x.needs), Done: x.done, Booked: x.booked, Minutes: x.time}
	if !page.Protected {
		page.Name, page.Email = s.Programme.People.Name(x.ID), x.contact.Email
	}
	for _, m := range x.needs {
		page.MinutesAll += v.state.Roster.Modules[m].Minutes
	}
	if x.Tier != "" {
		page.Tier = s.tierName(v, x.Tier)
	}
	if x.MaxTravel != nil {
		page.MaxTravel = *x.MaxTravel
	}
	if u := x.unit; u != nil {
		page.Unit = ui.Link{Text: u.Name, Href: "/units/" + url.PathEscape(u.ID)}
		page.Employer, page.Sector, page.Area = u.Employer, s.sectorName(v, u.Sector), u.areaName
		page.Wave, page.WaveName = r.board.waves[u.Wave], s.waveName(v, v.state, u.Wave)
	}
	return page
}

// modulesOf lists a person's modules in the order of the tier.
func (s *Server) modulesOf(v *visit, x *personEntry) []ui.PersonModule {
	roster := v.state.Roster
	tier := roster.Tiers[x.Tier]
	if tier == nil {
		return nil
	}
	now := s.Programme.Now()
	var list []ui.PersonModule
	for _, id := range tier.Modules {
		m := ui.PersonModule{Name: roster.Modules[id].Name, State: ui.NeedMissing}
		done := slices.IndexFunc(x.Done, func(d model.Done) bool { return d.Module == id })
		if done >= 0 {
			m.State, m.At = ui.NeedEarlier, x.Done[done].Start
		} else if !slices.Contains(x.needs, id) {
			continue
		}
		for _, seat := range x.seats {
			if seat.Module != id || seat.Tier != x.Tier || seat.Standing == model.ToCancel {
				continue
			}
			m.At, m.Seminar, m.State = seat.start, seat.ID, ui.NeedDrafted
			switch {
			case seat.Before != nil && !seat.end.After(now):
				m.State = ui.NeedAttended
			case seat.Before != nil && slices.Contains(seat.Before.Attendees, x.ID):
				m.State = ui.NeedBooked
			}
		}
		if m.State == ui.NeedMissing {
			m.Reason = s.reasonFor(v, x.ID, id)
		}
		list = append(list, m)
	}
	return list
}

// reasonFor is why the draft has no seat for a need; "" when it does not say.
func (s *Server) reasonFor(v *visit, person, module string) string {
	if v.state.Draft == nil {
		return ""
	}
	for _, u := range v.state.Draft.Plan.Unmet {
		if u.Person == person && u.Module == module && u.Reason != "" {
			return s.unmetText(v, u.Reason)
		}
	}
	return ""
}

func (s *Server) leading(v *visit, r *register, x *personEntry) *ui.Leading {
	if x.Leads == nil {
		return nil
	}
	l := &ui.Leading{Tier: s.tierName(v, x.Leads.Tier), From: x.Leads.From, Led: x.led, Ahead: len(x.leads) - x.led,
		Target: deref(x.Leads.Target), MaxPerDay: deref(x.Leads.MaxPerDay), MaxPerWeek: deref(x.Leads.MaxPerWeek), MaxTotal: deref(x.Leads.MaxTotal)}
	for _, m := range x.Leads.Modules {
		l.Modules = append(l.Modules, v.state.Roster.Modules[m].Name)
	}
	l.Coming, l.Past = s.seminarLists(v, r, x.leads)
	return l
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// seminarLists are the seminars to come by time, and those held, latest first.
func (s *Server) seminarLists(v *visit, r *register, seats []seat) (coming, past []ui.SeminarRow) {
	for _, x := range seats {
		if !x.over && len(coming) < aheadShown {
			coming = append(coming, s.row(v, r.board, x.card))
		}
	}
	for _, x := range slices.Backward(seats) {
		if x.over && len(past) < pastShown {
			past = append(past, s.row(v, r.board, x.card))
		}
	}
	return coming, past
}

// closedTimes lists closed times, the own and those of a shared calendar, that are not over.
func (s *Server) closedTimes(v *visit, own []model.Interval, calendar string) []ui.Period {
	now := s.Programme.Now()
	var list []ui.Period
	add := func(closed []model.Interval, text string) {
		for _, i := range closed {
			if i.To.After(now) {
				list = append(list, ui.Period{From: i.From, To: i.To, Text: text})
			}
		}
	}
	add(own, "")
	if c := v.state.Roster.Calendars[calendar]; c != nil {
		add(c.Closed, s.text(v, "register.calendar", "name", c.ID))
	}
	slices.SortStableFunc(list, func(a, b ui.Period) int { return a.From.Compare(b.From) })
	return list
}

// answers tells whether the site map has a page at an address.
func (s *Server) answers(path string) bool {
	return slices.ContainsFunc(s.app.GetRoutes(true), func(r fiber.Route) bool { return r.Method == fiber.MethodGet && r.Path == path })
}

func (s *Server) unitPage(v *visit) error {
	r := s.register(v.state)
	u := r.byUnit[v.param("id")]
	if u == nil {
		return model.Errorf(model.NotFound, "error.no-unit", "there is no unit %s", v.param("id"))
	}
	page := ui.UnitPage{ID: u.ID, Name: u.Name, Employer: u.Employer, Sector: s.sectorName(v, u.Sector), Area: u.areaName,
		Wave: r.board.waves[u.Wave], WaveName: s.waveName(v, v.state, u.Wave), MaxAway: -1,
		Staff: u.staff, Trained: u.trained, Missing: u.missing, Minutes: u.time}
	if u.MaxAway != nil {
		page.MaxAway = *u.MaxAway
	}
	meeting := map[*card]bool{}
	for _, x := range u.people {
		row := ui.UnitPerson{Name: x.name, Href: personHref(x), Occupation: x.contact.Occupation, Protected: x.name == "", Leader: x.Leads != nil,
			Done: x.done, Booked: x.booked, Missing: x.missing(), Needs: len(x.needs)}
		if x.next != nil {
			row.Next = x.next.start
		}
		page.People = append(page.People, row)
		for _, seat := range slices.Concat(x.seats, x.leads) {
			meeting[seat.card] = meeting[seat.card] || !seat.over
		}
	}
	page.People = page.People[:min(len(page.People), listed)]
	page.Modules = unitModules(v.state.Roster, u)
	page.If = s.whatIfForm(v, advise.UnitLimit, "unit", u.ID)
	page.Coming = s.unitSeminars(v, r, meeting)
	history, err := s.history(v, programme.UnitSubject, u.ID)
	page.History = history
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// unitModules adds up how far a unit has come with each module, in the programme's order.
func unitModules(r *model.Roster, u *unitEntry) []ui.UnitModule {
	var list []ui.UnitModule
	for _, m := range r.Problem.Modules {
		row := ui.UnitModule{ID: m.ID, Name: m.Name}
		for _, x := range u.people {
			if !slices.Contains(x.needs, m.ID) {
				continue
			}
			row.Needs++
			switch seat := x.seatOf(m.ID); {
			case seat == nil:
				row.Missing++
			case seat.over:
				row.Done++
			default:
				row.Ahead++
			}
		}
		if row.Needs > 0 {
			list = append(list, row)
		}
	}
	return list
}

// unitSeminars are the seminars to come that somebody of the unit is away for, by time.
func (s *Server) unitSeminars(v *visit, r *register, meeting map[*card]bool) []ui.SeminarRow {
	var cards []*card
	for c, ahead := range meeting {
		if ahead {
			cards = append(cards, c)
		}
	}
	slices.SortFunc(cards, func(a, b *card) int {
		if n := a.start.Compare(b.start); n != 0 {
			return n
		}
		return byText(func(c *card) string { return c.ID })(a, b)
	})
	var rows []ui.SeminarRow
	for _, c := range cards[:min(len(cards), pastShown)] {
		rows = append(rows, s.row(v, r.board, c))
	}
	return rows
}

func (s *Server) venuePage(v *visit) error {
	r := s.register(v.state)
	x := r.byVenue[v.param("id")]
	if x == nil {
		return model.Errorf(model.NotFound, "error.no-venue", "there is no venue %s", v.param("id"))
	}
	page := ui.VenuePage{ID: x.ID, Name: x.Name, Area: x.areaName, Online: x.Online, Capacity: x.Capacity, Rooms: roomsOf(x.Venue),
		Held: x.held, Ahead: x.ahead, Filled: x.attendees}
	for _, seat := range x.seats {
		if !seat.over {
			page.FilledOf += v.state.Roster.SeatsIn(&seat.Seminar)
		}
	}
	if !x.Online {
		page.If = s.whatIfForm(v, advise.VenueShut, "venue", x.ID)
	}
	page.Closed = s.closedTimes(v, x.Closed, x.Calendar)
	page.Coming, page.Past = s.seminarLists(v, r, x.seats)
	page.Week = s.weekGrid(v, "/venues/"+url.PathEscape(x.ID), x.seats, page.Closed)
	history, err := s.history(v, programme.VenueSubject, x.ID)
	page.History = history
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// weekGrid is the week the address asks for, else the week of the next seminar.
func (s *Server) weekGrid(v *visit, path string, seats []seat, closed []ui.Period) *ui.WeekGrid {
	zone := v.state.Roster.Zone
	monday := s.askedWeek(v, seats, zone)
	grid := &ui.WeekGrid{Monday: monday, Prev: path + "?week=" + monday.AddDate(0, 0, -7).Format(time.DateOnly) + "#week",
		Next: path + "?week=" + monday.AddDate(0, 0, 7).Format(time.DateOnly) + "#week"}
	parts := map[string][][]ui.WeekItem{}
	days := 5
	put := func(start time.Time, item ui.WeekItem) {
		day := model.CalendarDays(monday, start, zone)
		if day < 0 || day > 6 {
			return
		}
		days = max(days, day+1)
		name := partOfDay(start.In(zone))
		if parts[name] == nil {
			parts[name] = make([][]ui.WeekItem, 7)
		}
		parts[name][day] = append(parts[name][day], item)
	}
	for _, x := range seats {
		put(x.start, ui.WeekItem{Start: x.start, End: x.end, Text: v.state.Roster.Modules[x.Module].Name, Href: "/seminars/" + x.ID,
			Note: v.state.Roster.Venues[x.Venue].Name, Draft: x.Before == nil})
	}
	for _, c := range closed {
		for from := c.From; from.Before(c.To); from = nextDay(from, zone) {
			put(from, ui.WeekItem{Start: from, End: earlier(c.To, nextDay(from, zone)), Text: s.text(v, "register.closed-item"), Note: c.Text})
		}
	}
	for d := range days {
		grid.Days = append(grid.Days, monday.AddDate(0, 0, d))
	}
	for _, name := range []string{"am", "pm", "eve"} {
		part := ui.WeekPart{Name: name, Cells: make([][]ui.WeekItem, days)}
		if parts[name] != nil {
			copy(part.Cells, parts[name])
		}
		if name != "eve" || parts[name] != nil {
			grid.Parts = append(grid.Parts, part)
		}
	}
	return grid
}

func (s *Server) askedWeek(v *visit, seats []seat, zone *time.Location) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, v.Query("week"), zone)
	if err != nil || day.Year() < 2000 || day.Year() > 2200 {
		day = s.Programme.Now().In(zone)
		for _, x := range seats {
			if !x.over && x.start.After(day) {
				day = x.start.In(zone)
				break
			}
		}
	}
	year, month, date := day.Date()
	return time.Date(year, month, date-(int(day.Weekday())+6)%7, 0, 0, 0, 0, zone)
}

// partOfDay as the open format has it: before noon, before five, the evening.
func partOfDay(t time.Time) string {
	switch h := t.Hour(); {
	case h < 12:
		return "am"
	case h < 17:
		return "pm"
	}
	return "eve"
}

func nextDay(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.In(zone).Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, zone)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
