package web

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/server/roster"
	"kaskad/ui"
)

// hoursBy is something the hours ledger can be summed up by.
type hoursBy struct {
	key string
	// of says which line an entry belongs to, and how the line is called.
	of func(s *Server, v *visit, e *model.HourEntry) (id, label string)
	// filter is the selection that leads to what is behind a line, and then what that is
	// summed up by; empty where the line has a page of its own.
	filter, behind string
}

func unitOf(v *visit, e *model.HourEntry) *model.Unit { return v.state.Roster.Units[e.Person.Unit] }

// hoursKinds lists the ways to sum up, in the order of their tabs.
var hoursKinds = []hoursBy{
	{"area", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		return unitOf(v, e).Area, s.areaName(unitOf(v, e).Area)
	}, "area", "unit"},
	{"unit", func(_ *Server, v *visit, e *model.HourEntry) (string, string) {
		return e.Person.Unit, unitOf(v, e).Name
	}, "unit", "person"},
	{"employer", func(_ *Server, v *visit, e *model.HourEntry) (string, string) {
		return unitOf(v, e).Employer, unitOf(v, e).Employer
	}, "employer", "unit"},
	{"sector", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		return unitOf(v, e).Sector, s.sectorName(v, unitOf(v, e).Sector)
	}, "sector", "area"},
	{"module", func(_ *Server, v *visit, e *model.HourEntry) (string, string) {
		if e.Seminar != nil {
			return e.Seminar.Module, v.state.Roster.Modules[e.Seminar.Module].Name
		}
		return "\x00" + e.Activity.ID, e.Activity.Name
	}, "", ""},
	{"type", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		if e.Seminar != nil {
			return "", s.text(v, "hours.seminars")
		}
		return e.Activity.Type, v.state.Activities.Type(e.Activity.Type).Name
	}, "", ""},
	{"funder", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		funder := ""
		if e.Activity != nil {
			funder = v.state.Activities.Type(e.Activity.Type).Funder
		}
		if funder == "" {
			return "", s.text(v, "hours.programme")
		}
		return funder, funder
	}, "", ""},
	{"month", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		if e.Start.IsZero() {
			return "~", s.text(v, "hours.no-time")
		}
		month := e.Start.In(v.state.Roster.Zone).Format(monthForm)
		return month, month
	}, "month", "area"},
	{"person", func(s *Server, v *visit, e *model.HourEntry) (string, string) {
		return e.Person.ID, s.shownName(v, e.Person.ID)
	}, "", ""},
}

const monthForm = "2006-01"

// hoursAsked is the ledger as the address asks for it.
type hoursAsked struct {
	page ui.Hours
	by   *hoursBy
	rows []ui.HoursRow
	fits map[string]string // filter → value
}

func (s *Server) hours(v *visit) error {
	ask, err := once(s, v, func() (*hoursAsked, error) { return s.askHours(v), nil })
	if err != nil {
		return err
	}
	page := ask.page
	page.Pager, page.Rows = pagedBy(v, ask.rows, 100)
	return s.show(v, page)
}

// exportHours answers with every line, in whole minutes, so that it can be reckoned with.
func (s *Server) exportHours(v *visit) error {
	ask := s.askHours(v)
	table := roster.Table{Sheet: s.text(v, "hours.sheet"), Header: []string{s.text(v, "hours.by."+ask.by.key), s.text(v, "hours.attended.minutes"),
		s.text(v, "hours.held.minutes"), s.text(v, "hours.planned.minutes"), s.text(v, "hours.missed.minutes")}}
	for _, row := range ask.rows {
		label := row.Label
		if row.Note != "" {
			label += ", " + row.Note
		}
		table.Rows = append(table.Rows, []any{label, row.Attended, row.Held, row.Planned, row.Missed})
	}
	return s.sendTable(v, table, v.Query("format"))
}

func (s *Server) askHours(v *visit) *hoursAsked {
	ask := &hoursAsked{by: &hoursKinds[0], fits: map[string]string{}}
	for i := range hoursKinds {
		ask.page.Bys = append(ask.page.Bys, hoursKinds[i].key)
		if hoursKinds[i].key == v.Query("by") {
			ask.by = &hoursKinds[i]
		}
	}
	ask.page.By = ask.by.key
	ask.page.From, ask.page.To = month(v.Query("from")), month(v.Query("to"))
	ask.page.Selects = s.hoursSelects(v)
	for _, x := range ask.page.Selects {
		ask.fits[x.Name] = x.Value
	}
	s.sumHours(v, ask)
	last := v.state.Roster.Problem.Tiers[len(v.state.Roster.Problem.Tiers)-1].ID
	if !ask.page.Narrowed() {
		ask.page.Goal = goalMinutes(v.state.Roster, last)
	}
	return ask
}

// goalMinutes is what the people of a tier are to have attended in all.
func goalMinutes(r *model.Roster, tier string) (minutes int) {
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if x.Tier != tier {
			continue
		}
		for _, m := range r.Needs(x) {
			minutes += r.Modules[m].Minutes
		}
	}
	return minutes
}

// month is a month of an address, empty when it is none.
func month(text string) string {
	if _, err := time.Parse(monthForm, text); err != nil {
		return ""
	}
	return text
}

func (s *Server) hoursSelects(v *visit) []ui.Select {
	r := v.state.Roster
	tier := ui.Select{Name: "tier", Label: s.text(v, "hours.tier"), All: s.text(v, "hours.all"), Value: v.Query("tier")}
	for _, t := range r.Problem.Tiers {
		tier.Options = append(tier.Options, ui.Option{Value: t.ID, Label: s.tierName(v, t.ID)})
	}
	area := ui.Select{Name: "area", Label: s.text(v, "hours.by.area"), All: s.text(v, "hours.all"), Value: v.Query("area")}
	for _, a := range s.board(v.state).areas {
		area.Options = append(area.Options, ui.Option{Value: a.code, Label: a.name})
	}
	sector := ui.Select{Name: "sector", Label: s.text(v, "hours.by.sector"), All: s.text(v, "hours.all"), Value: v.Query("sector")}
	for _, x := range r.Problem.Sectors {
		sector.Options = append(sector.Options, ui.Option{Value: x, Label: s.sectorName(v, x)})
	}
	list := []ui.Select{tier, area, sector}
	// What only a line leads to is offered only once it is chosen.
	if u := r.Units[v.Query("unit")]; u != nil {
		list = append(list, ui.Select{Name: "unit", Label: s.text(v, "hours.by.unit"), All: s.text(v, "hours.all"), Value: u.ID, Options: []ui.Option{{Value: u.ID, Label: u.Name}}})
	}
	if e := v.Query("employer"); e != "" {
		list = append(list, ui.Select{Name: "employer", Label: s.text(v, "hours.by.employer"), All: s.text(v, "hours.all"), Value: e, Options: []ui.Option{{Value: e, Label: e}}})
	}
	return list
}

func (a *hoursAsked) takes(v *visit, e *model.HourEntry) bool {
	u := unitOf(v, e)
	for _, f := range []struct{ name, is string }{{"tier", e.Person.Tier}, {"area", u.Area}, {"sector", u.Sector}, {"unit", u.ID}, {"employer", u.Employer}} {
		if want := a.fits[f.name]; want != "" && want != f.is {
			return false
		}
	}
	if a.page.From == "" && a.page.To == "" {
		return true
	}
	if e.Start.IsZero() {
		return false
	}
	m := e.Start.In(v.state.Roster.Zone).Format(monthForm)
	return (a.page.From == "" || m >= a.page.From) && (a.page.To == "" || m <= a.page.To)
}

// sumHours goes through the whole ledger once.
func (s *Server) sumHours(v *visit, ask *hoursAsked) {
	lines := map[string]*ui.HoursRow{}
	v.state.Hours(s.Programme.Now(), func(e model.HourEntry) {
		if unitOf(v, &e) == nil || !ask.takes(v, &e) {
			return
		}
		id, label := ask.by.of(s, v, &e)
		line := lines[id]
		if line == nil {
			line = &ui.HoursRow{Label: label, Href: s.behindHours(ask, id)}
			if u := s.workplace(v.state, id); ask.by.key == "person" && u != nil {
				line.Note = u.Name
			}
			lines[id] = line
		}
		add(&line.HoursSums, &e)
		add(&ask.page.Total, &e)
		ask.page.Contributed++
	})
	for _, line := range lines {
		ask.rows = append(ask.rows, *line)
	}
	swedish := collate.New(language.Swedish)
	slices.SortFunc(ask.rows, func(a, b ui.HoursRow) int {
		return cmp.Or(swedish.CompareString(a.Label, b.Label), cmp.Compare(a.Href, b.Href), cmp.Compare(a.Note, b.Note))
	})
}

func add(sums *ui.HoursSums, e *model.HourEntry) {
	switch e.State {
	case model.HoursPlanned:
		sums.Planned += e.Minutes
	case model.HoursHeld:
		sums.Held += e.Minutes
	case model.HoursAttended:
		sums.Attended += e.Minutes
	case model.HoursMissed:
		sums.Missed += e.Minutes
	}
}

// behindHours is the address of what a line is made of.
func (s *Server) behindHours(ask *hoursAsked, id string) string {
	if ask.by.key == "person" {
		return "/people/" + url.PathEscape(id)
	}
	if ask.by.behind == "" {
		return ""
	}
	page := ask.page
	page.By, page.Selects = ask.by.behind, slices.Clone(page.Selects)
	switch i := slices.IndexFunc(page.Selects, func(x ui.Select) bool { return x.Name == ask.by.filter }); {
	case ask.by.filter == "month" && id == "~":
		return ""
	case ask.by.filter == "month":
		page.From, page.To = id, id
	case i >= 0:
		page.Selects[i].Value = id
	default:
		page.Selects = append(page.Selects, ui.Select{Name: ask.by.filter, Value: id})
	}
	return page.PageURL(1)
}
