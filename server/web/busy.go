package web

import (
	"context"
	"errors"
	"io"
	"net/url"
	"time"

	"kaskad/model"
	"kaskad/server/busy"
	"kaskad/ui"
)

// busyPanel is where an owner's busy times come from; nil where they cannot be read.
func (s *Server) busyPanel(v *visit, owner model.BusyOwner, action string) (*ui.BusyPanel, error) {
	if s.Busy == nil {
		return nil, nil
	}
	panel := &ui.BusyPanel{Action: action, Venue: owner.Venue != ""}
	x, ok, err := s.Busy.Of(v.UserContext(), owner)
	if err != nil || !ok {
		return panel, err
	}
	panel.Known, panel.Times, panel.Dropped, panel.Guessed = true, x.Times, x.Dropped, x.Guessed
	if x.Read > 0 {
		panel.Read = time.UnixMilli(x.Read)
	}
	if u, err := url.Parse(x.Address); err == nil {
		panel.Host = u.Hostname() // the rest of the address is a secret of the owner's
	}
	clashes := v.state.BusyClashes(owner, s.Programme.Now())
	panel.AllClashes = len(clashes)
	for _, seminar := range clashes[:min(len(clashes), shownClashes)] {
		panel.Clashes = append(panel.Clashes, s.agendaItem(v, seminar, v.user.Person))
	}
	if x.Failed != nil {
		panel.Failed, _ = s.sentence(v, &model.Error{Key: x.Failed.Key, Args: x.Failed.Args, Text: x.Failed.Key})
	}
	return panel, nil
}

// shownClashes is how many clashes are listed one by one.
const shownClashes = 10

// takeBusy reads a calendar from an address or a file that was sent.
func (s *Server) takeBusy(v *visit, owner model.BusyOwner, page string) error {
	if s.Busy == nil {
		return model.Errorf(model.NotFound, "error.404.text", "busy times are not read here")
	}
	if v.user.Role != model.Coordinator && !s.limit.allow("busy "+v.user.Person) {
		return s.back(v, page, ui.Failure, s.text(v, "busy.too-often"))
	}
	ctx, by := v.UserContext(), v.user.Actor()
	x, err := s.readBusy(v, ctx, by, owner)
	if refused, ok := s.sentence(v, err); ok {
		return s.back(v, page, ui.Failure, refused)
	}
	if err != nil {
		return err
	}
	return s.back(v, page, ui.Success, s.text(v, "busy.read", "n", x.Times))
}

func (s *Server) readBusy(v *visit, ctx context.Context, by model.Actor, owner model.BusyOwner) (busy.Source, error) {
	if address := v.FormValue("address"); address != "" {
		return s.Busy.Subscribe(ctx, by, owner, address)
	}
	file, err := v.FormFile("file")
	if err != nil || file.Size == 0 {
		return busy.Source{}, model.Errorf(model.Invalid, "busy.nothing", "write an address or choose a file")
	}
	opened, err := file.Open()
	if err != nil {
		return busy.Source{}, err
	}
	data, err := io.ReadAll(opened)
	if err = errors.Join(err, opened.Close()); err != nil {
		return busy.Source{}, err
	}
	return s.Busy.Upload(ctx, by, owner, data)
}

func (s *Server) removeBusy(v *visit, owner model.BusyOwner, page string) error {
	if s.Busy == nil {
		return model.Errorf(model.NotFound, "error.404.text", "busy times are not read here")
	}
	err := s.Busy.Remove(v.UserContext(), v.user.Actor(), owner)
	if refused, ok := s.sentence(v, err); ok {
		return s.back(v, page, ui.Failure, refused)
	}
	if err != nil {
		return err
	}
	return s.back(v, page, ui.Success, s.text(v, "busy.removed"))
}

func (s *Server) takeMyBusy(v *visit) error {
	return s.takeBusy(v, model.BusyOwner{Person: v.user.Person}, "/my/calendar")
}

func (s *Server) removeMyBusy(v *visit) error {
	return s.removeBusy(v, model.BusyOwner{Person: v.user.Person}, "/my/calendar")
}

// venueCalendar is a venue's own bookings, and the calendars made of it.
func (s *Server) venueCalendar(v *visit) error {
	x := v.state.Roster.Venues[v.param("id")]
	if x == nil {
		return model.Errorf(model.NotFound, "error.no-venue", "there is no venue %s", v.param("id"))
	}
	id := url.PathEscape(x.ID)
	page := ui.VenueCalendar{ID: id, Name: x.Name, Actions: []ui.FeedAction{s.feedAction(v, model.VenueFeed, x.ID), s.feedAction(v, model.BusyVenueFeed, x.ID)}}
	var err error
	page.Busy, err = s.busyPanel(v, model.BusyOwner{Venue: x.ID}, "/calendars/venues/"+id+"/busy")
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (v *visit) venuePlace() string { return "/calendars/venues/" + url.PathEscape(v.param("id")) }

func (s *Server) takeVenueBusy(v *visit) error {
	return s.takeBusy(v, model.BusyOwner{Venue: v.param("id")}, v.venuePlace())
}

func (s *Server) removeVenueBusy(v *visit) error {
	return s.removeBusy(v, model.BusyOwner{Venue: v.param("id")}, v.venuePlace())
}
