package web

import (
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

// seminarFile is one seminar as a file for a calendar: the visitor's own place
// in it, or, for coordinators, the seminar.
func (s *Server) seminarFile(v *visit) error {
	id, me := v.param("id"), v.user.Person
	x := v.state.Seminars[id]
	in := x != nil && (slices.Contains(x.Attendees, me) || slices.Contains(x.Leaders, me))
	look := s.look(me)
	var data []byte
	var err error
	switch {
	case in:
		data, err = calendar.SeatFile(v.state, me, id, look, s.Invites.Identity)
	case v.user.Role == model.Coordinator:
		data, err = calendar.SeminarFile(v.state, id, look)
	default:
		err = model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", id)
	}
	if err != nil {
		return err
	}
	v.Set(fiber.HeaderContentType, calendar.ContentType)
	v.Set(fiber.HeaderContentDisposition, `attachment; filename="seminarium.ics"`)
	return v.Send(data)
}

// myAgenda is what a person attends and leads, on paper.
func (s *Server) myAgenda(v *visit) error {
	me, now := v.user.Person, s.Programme.Now()
	page := ui.PrintAgenda{At: now}
	if contact, _ := s.Programme.People.Contact(me); !contact.Protected { // papers lie about
		page.Name = s.nameOf(v, me)
	}
	for _, x := range v.state.SeminarsOf(me) {
		item := s.agendaItem(v, x, me)
		if item.End.Before(now) {
			continue
		}
		row := ui.PrintRow{AgendaItem: item, Leading: item.HandBack}
		note := v.state.Calendars.Notes[x.Module]
		row.Bring = note.Everyone
		if row.Leading {
			row.BringToo = note.Leaders
		}
		page.Rows = append(page.Rows, row)
	}
	return s.show(v, page)
}

// doors is what to put on a venue's door on one day: what meets there, when.
func (s *Server) doors(v *visit) error {
	x := v.state.Roster.Venues[v.param("id")]
	if x == nil {
		return model.Errorf(model.NotFound, "error.no-venue", "there is no venue %s", v.param("id"))
	}
	zone := v.state.Roster.Zone
	page := ui.Doors{ID: url.PathEscape(x.ID), Venue: x.Name, Day: v.Query("day")}
	for _, seminar := range v.state.SeminarsByTime() {
		start, end := v.state.Roster.Span(&seminar.Seminar)
		if seminar.Venue != x.ID || seminar.Cancelled || start.IsZero() {
			continue
		}
		day := start.In(zone).Format(time.DateOnly)
		if page.Day == "" && end.Before(s.Programme.Now()) {
			continue
		}
		if n := len(page.Days); n == 0 || page.Days[n-1].Value != day {
			page.Days = append(page.Days, ui.DoorDay{Value: day, Date: start})
		}
		page.Days[len(page.Days)-1].Seminars++
		if day == page.Day {
			page.Date = start
			page.Rows = append(page.Rows, s.agendaItem(v, seminar, v.user.Person))
		}
	}
	page.Days = page.Days[:min(len(page.Days), shownDays)]
	return s.show(v, page)
}

// shownDays is how many days a venue's door lists are offered for at once.
const shownDays = 60
