package web

import (
	"net/url"
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/ui"
)

// attendance asks who came to a seminar: its leader on the spot, or a
// coordinator later.
func (s *Server) attendance(v *visit) error {
	x, err := s.attendable(v)
	if err != nil {
		return err
	}
	r := v.state.Roster
	page := ui.Attendance{Title: r.Modules[x.Module].Name, Place: r.Venues[x.Venue].Name,
		Back: "/seminars/" + url.PathEscape(x.ID), Action: "/seminars/" + url.PathEscape(x.ID) + "/attendance"}
	page.Start, page.End = r.Span(&x.Seminar)
	if x.Taken > 0 {
		page.Taken = time.UnixMilli(x.Taken)
	}
	page.People = s.attendanceRows(v, x.Invited(), func(p string) bool { return !slices.Contains(x.Absent, p) })
	return s.show(v, page)
}

// attendable is a seminar that has begun and whose attendance the visitor may take.
func (s *Server) attendable(v *visit) (*model.PublishedSeminar, error) {
	x := v.state.Seminars[v.param("id")]
	if x == nil || x.Cancelled || !s.mayTakeAttendance(v, x) {
		return nil, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", v.param("id"))
	}
	if start, _ := v.state.Roster.Span(&x.Seminar); start.After(s.Programme.Now()) {
		return nil, model.Errorf(model.Conflict, "error.not-begun", "the seminar has not begun yet")
	}
	return x, nil
}

func (s *Server) mayTakeAttendance(v *visit, x *model.PublishedSeminar) bool {
	return v.user.Role == model.Coordinator || slices.Contains(x.Leaders, v.user.Person)
}

// attendanceAddress leads from a seminar's page to its attendance; "" before it has begun.
func (s *Server) attendanceAddress(v *visit, id string) string {
	x := v.state.Seminars[id]
	if x == nil || x.Cancelled || !s.mayTakeAttendance(v, x) {
		return ""
	}
	if start, _ := v.state.Roster.Span(&x.Seminar); start.After(s.Programme.Now()) {
		return ""
	}
	return "/seminars/" + url.PathEscape(id) + "/attendance"
}

// attendanceRows lists people by name; those with protected identity come last,
// numbered, as nobody but their manager may know who they are.
func (s *Server) attendanceRows(v *visit, people []string, here func(string) bool) []ui.AttendanceRow {
	var rows []ui.AttendanceRow
	for _, p := range people {
		row := ui.AttendanceRow{ID: p, Name: s.Programme.People.Name(p), Here: here(p)}
		if u := s.workplace(v.state, p); u != nil {
			row.Unit = u.Name
		}
		if contact, _ := s.Programme.People.Contact(p); contact.Protected {
			row.Protected = 1
		}
		rows = append(rows, row)
	}
	swedish := collate.New(language.Swedish)
	slices.SortStableFunc(rows, func(a, b ui.AttendanceRow) int {
		if a.Protected != b.Protected {
			return a.Protected - b.Protected
		}
		return swedish.CompareString(a.Name, b.Name)
	})
	n := 0
	for i := range rows {
		if rows[i].Protected > 0 {
			n++
			rows[i].Protected = n
		}
	}
	return rows
}

func (s *Server) takeAttendance(v *visit) error {
	x, err := s.attendable(v)
	if err != nil {
		return err
	}
	here := formValues(v, "here")
	var absent []string
	for _, p := range x.Invited() {
		if !slices.Contains(here, p) {
			absent = append(absent, p)
		}
	}
	return s.changeAt(v, "/seminars/"+url.PathEscape(x.ID)+"/attendance",
		model.TakeAttendance{Seminar: x.ID, Absent: absent, Now: s.Programme.Now()}, "attendance.saved")
}

// formValues are all that a form sends under one name.
func formValues(v *visit, name string) (list []string) {
	for _, value := range v.Request().PostArgs().PeekMulti(name) {
		list = append(list, string(value))
	}
	return list
}
