package web

import (
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// perPage is the rows of a page: enough to scan, few enough to audit and to load on a phone.
const perPage = 50

// seminars is the list of all seminars, filtered by what the address says.
func (s *Server) seminars(v *visit) error {
	b := s.board(v.state)
	filter := ui.SeminarFilter{Wave: v.Query("wave"), Area: v.Query("area"), Module: v.Query("module"), Query: v.Query("q")}
	page := ui.Seminars{Filter: filter}
	for _, w := range v.state.Roster.Problem.Waves {
		page.Waves = append(page.Waves, ui.Option{Value: w.ID, Label: s.waveName(v, v.state, w.ID)})
	}
	for _, a := range b.areas {
		page.Areas = append(page.Areas, ui.Option{Value: a.code, Label: a.name})
	}
	for _, m := range v.state.Roster.Problem.Modules {
		page.Modules = append(page.Modules, ui.Option{Value: m.ID, Label: m.Name})
	}
	var found []*card
	for i := range b.seminars {
		if fits(&b.seminars[i], filter) {
			found = append(found, &b.seminars[i])
		}
	}
	page.Total = len(found)
	var shown []*card
	page.Pager, shown = paged(v, found)
	for _, c := range shown {
		page.Rows = append(page.Rows, s.row(v, b, c))
	}
	if v.Get("HX-Request") == "true" {
		return s.part(v, "results", page)
	}
	return s.show(v, page)
}

func fits(c *card, f ui.SeminarFilter) bool {
	for _, word := range strings.Fields(strings.ToLower(f.Query)) {
		if !strings.Contains(c.search, word) {
			return false
		}
	}
	wave := f.Wave == "" || c.Wave == f.Wave || f.Wave == noWave && c.Wave == ""
	return wave && (f.Area == "" || c.areas[f.Area] > 0) && (f.Module == "" || c.Module == f.Module)
}

// paged cuts out the page the address asks for.
func paged[T any](v *visit, list []T) (ui.Pager, []T) { return pagedBy(v, list, perPage) }

// pagedBy cuts out the page the address asks for, of so many rows each.
func pagedBy[T any](v *visit, list []T, rows int) (ui.Pager, []T) {
	pages := max((len(list)+rows-1)/rows, 1)
	page := min(max(v.QueryInt("page", 1), 1), pages)
	from := (page - 1) * rows
	return ui.Pager{Page: page, Pages: pages}, list[from:min(from+rows, len(list))]
}

// seminar is one seminar in full. Coordinators see it as the plan has it, those
// who are in it as it is published, and only who leads it sees who comes.
func (s *Server) seminar(v *visit) error {
	id := v.param("id")
	b := s.board(v.state)
	c := b.byID[id]
	if v.user.Role != model.Coordinator {
		c = s.ownCard(v, b, id)
	}
	if c == nil {
		return model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", id)
	}
	page := ui.Seminar{SeminarRow: s.row(v, b, c), Attendance: s.attendanceAddress(v, id)}
	if v.user.Role == model.Coordinator || slices.Contains(c.Leaders, v.user.Person) {
		page.People = s.attendees(v, c)
		page.Answers = countAnswers(page.People)
	}
	if c.Before != nil && !c.Before.Cancelled {
		page.File = "/seminars/" + url.PathEscape(id) + "/calendar.ics"
	}
	note := v.state.Calendars.Notes[c.Module]
	page.Join, page.Bring = v.state.Calendars.Links[c.Venue], strings.Split(note.Everyone, "\n")
	if slices.Contains(c.Leaders, v.user.Person) || v.user.Role == model.Coordinator {
		page.Bring = append(page.Bring, note.Leaders)
	}
	page.Bring = slices.DeleteFunc(page.Bring, func(t string) bool { return t == "" })
	if v.user.Role == model.Coordinator {
		var err error
		if page.History, err = s.history(v, programme.SeminarSubject, id); err != nil {
			return err
		}
	}
	return s.show(v, page)
}

// ownCard is a published seminar the visitor attends or leads; nil for any
// other, so that nobody learns which there are.
func (s *Server) ownCard(v *visit, b *board, id string) *card {
	for _, x := range v.state.SeminarsOf(v.user.Person) {
		if x.ID == id {
			c := s.newCard(b, model.Planned{Seminar: x.Seminar, Wave: x.Wave, Standing: model.AsPublished, Before: x})
			return &c
		}
	}
	return nil
}

func (s *Server) attendees(v *visit, c *card) []ui.Attendee {
	r := v.state.Roster
	var list []ui.Attendee
	for _, p := range c.Attendees {
		person := r.People[p]
		unit := r.Units[person.Unit]
		a := ui.Attendee{Name: s.Programme.People.Name(p), Unit: unit.Name, Sector: s.sectorName(v, unit.Sector),
			TravelMinutes: r.TravelMinutes(person.Unit, c.Venue)}
		if contact, _ := s.Programme.People.Contact(p); contact.Protected {
			a = ui.Attendee{Protected: true, Sector: a.Sector}
		}
		a.Answer = answerOf(v.state, p, c.ID)
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(x, y ui.Attendee) int { return strings.Compare(x.Sector+x.Unit, y.Sector+y.Unit) })
	return list
}
