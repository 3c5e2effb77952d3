package web

import (
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

func (s *Server) sharedToken(state *model.State, f model.SharedFeed) string {
	return s.Secret.SharedFeedToken(state.Roster.Problem.Programme.ID, f.ID, f.Generation)
}

// sharedAddress ends in .ifb where a calendar holds busy times only, as RFC 5545 8.1 has it.
func (s *Server) sharedAddress(state *model.State, f model.SharedFeed) string {
	ending := ".ics"
	if isBusy(f) {
		ending = ".ifb"
	}
	return s.Base + "/cal/" + s.sharedToken(state, f) + ending
}

func isBusy(f model.SharedFeed) bool {
	return f.Kind == model.BusyPersonFeed || f.Kind == model.BusyVenueFeed
}

// sharedIsOffered: a calendar lives as long as who made it is there, and never
// shows when somebody with protected identity is where.
func (s *Server) sharedIsOffered(state *model.State, f model.SharedFeed) bool {
	if state.Roster.People[f.Owner] == nil && !s.coordinates(f.Owner) {
		return false
	}
	if f.Kind != model.LeaderFeed && f.Kind != model.BusyPersonFeed {
		return true
	}
	contact, _ := s.Programme.People.Contact(f.Of)
	return !contact.Protected && state.Roster.People[f.Of] != nil
}

func (s *Server) renderShared(state *model.State, f model.SharedFeed, now time.Time) calendar.Feed {
	look := s.sharedLook(state, f, now)
	look.Index = s.feeds.index
	name := state.Roster.Problem.Programme.Name + ": " + s.sharedName(look.Language, state, f)
	if isBusy(f) {
		times, changed := calendar.Busy(state, f, now)
		return calendar.RenderBusy(name, look.Language, s.sharedAddress(state, f), f, times, changed, now)
	}
	return calendar.RenderFeed(name, look.Language, s.sharedAddress(state, f), state.Roster.Zone, calendar.SharedEvents(state, f, look))
}

// sharedLook is in the language of who made the calendar.
func (s *Server) sharedLook(state *model.State, f model.SharedFeed, now time.Time) calendar.Look {
	look := s.look(f.Owner)
	look.Now = now
	look.Language = state.Calendars.LanguageOf(f.Owner, look.Language)
	return look
}

// sharedName is what a calendar is called: by what it is of.
func (s *Server) sharedName(lang string, state *model.State, f model.SharedFeed) string {
	r, name := state.Roster, f.Of
	switch f.Kind {
	case model.ProgrammeFeed:
		name = r.Problem.Programme.Name
	case model.WaveFeed:
		if w := r.Waves[f.Of]; w != nil && w.Name != "" {
			name = w.Name
		}
	case model.AreaFeed:
		name = s.areaName(f.Of)
	case model.VenueFeed, model.BusyVenueFeed:
		if v := r.Venues[f.Of]; v != nil {
			name = v.Name
		}
	case model.UnitFeed:
		if u := r.Units[f.Of]; u != nil {
			name = u.Name
		}
	case model.LeaderFeed, model.BusyPersonFeed:
		name = s.Programme.People.Name(f.Of)
	}
	return s.ui.Text(lang, "shared.name."+string(f.Kind), "name", name)
}

// sharedCalendar is where who made a calendar finds its address, changes it or turns it off.
func (s *Server) sharedCalendar(v *visit) error {
	f, ok := v.state.Calendars.Shared[v.param("id")]
	if !ok || f.Closed || v.user.Role != model.Coordinator && f.Owner != v.user.Person || !s.sharedIsOffered(v.state, f) {
		return model.Errorf(model.NotFound, "error.no-shared-feed", "there is no calendar %s", v.param("id"))
	}
	page := ui.SharedCalendar{ID: f.ID, Kind: string(f.Kind), Name: s.sharedName(v.lang, v.state, f), Busy: isBusy(f), Made: time.UnixMilli(f.At),
		Owner: s.ownerName(v, f.Owner), Calendar: s.sharedCard(v, f), Fetches: s.fetchRows(v, feedRef{f.ID, true}), Back: s.calendarsPage(v)}
	return s.show(v, page)
}

// ownerName is how who made a calendar is called.
func (s *Server) ownerName(v *visit, owner string) string {
	if v.state.Roster.People[owner] == nil {
		return s.text(v, "role.coordinator")
	}
	return s.shownName(v, owner)
}

func (s *Server) sharedCard(v *visit, f model.SharedFeed) ui.CalendarCard {
	address := s.sharedAddress(v.state, f)
	card := ui.CalendarCard{HTTPS: address, Webcal: webcal(address), Landing: s.Base + "/feed/" + s.sharedToken(v.state, f)}
	if list := s.fetchRows(v, feedRef{f.ID, true}); len(list) > 0 {
		card.Seen, card.SeenBy = list[0].At, list[0].By
	}
	return card
}

func (s *Server) sharedLanding(v *visit, f model.SharedFeed) error {
	now, upcoming := s.Programme.Now(), 0
	for _, e := range calendar.SharedEvents(v.state, f, s.sharedLook(v.state, f, now)) {
		if !e.Cancelled && e.Start.After(now) {
			upcoming++
		}
	}
	return s.show(v, ui.FeedLanding{Name: s.sharedName(v.lang, v.state, f), Calendar: s.sharedCard(v, f), Upcoming: upcoming})
}

// calendarsPage is where somebody's shared calendars are listed.
func (s *Server) calendarsPage(v *visit) string {
	if v.user.Role == model.Coordinator {
		return "/calendars"
	}
	return "/my/calendar"
}

// openFeed makes a shared calendar and leads to its address.
func (s *Server) openFeed(v *visit) error {
	c := model.OpenFeed{Kind: model.FeedKind(v.FormValue("kind")), Of: v.FormValue("of")}
	if !s.sharedIsOffered(v.state, model.SharedFeed{Kind: c.Kind, Of: c.Of, Owner: v.user.Person}) {
		return s.back(v, s.calendarsPage(v), ui.Failure, s.text(v, "shared.refused"))
	}
	state, err := s.Programme.Do(v.UserContext(), v.user.Actor(), c)
	if refused, ok := s.sentence(v, err); ok {
		return s.back(v, s.calendarsPage(v), ui.Failure, refused)
	}
	if err != nil {
		return err
	}
	for _, f := range state.Calendars.SharedBy(v.user.Person) {
		if f.Kind == c.Kind && f.Of == c.Of {
			return s.back(v, "/calendars/"+f.ID, ui.Success, s.text(v, "shared.made"))
		}
	}
	return s.back(v, s.calendarsPage(v), ui.Info, s.text(v, "shared.removed"))
}

func (s *Server) renewFeed(v *visit) error {
	return s.changeAt(v, "/calendars/"+v.param("id"), model.RenewFeed{ID: v.param("id")}, "my.feed-rotated")
}

func (s *Server) removeFeed(v *visit) error {
	return s.changeAt(v, s.calendarsPage(v), model.RemoveFeed{ID: v.param("id")}, "shared.removed")
}

// sharedRows lists calendars that have been made.
func (s *Server) sharedRows(v *visit, list []model.SharedFeed) []ui.SharedRow {
	var rows []ui.SharedRow
	for _, f := range list {
		if !s.sharedIsOffered(v.state, f) {
			continue
		}
		row := ui.SharedRow{ID: f.ID, Kind: string(f.Kind), Name: s.sharedName(v.lang, v.state, f), Owner: s.ownerName(v, f.Owner), Made: time.UnixMilli(f.At)}
		if fetched := s.fetchRows(v, feedRef{f.ID, true}); len(fetched) > 0 {
			row.Seen, row.SeenBy = fetched[0].At, fetched[0].By
		}
		rows = append(rows, row)
	}
	return rows
}
