package web

import (
	"net/url"
	"slices"
	"strings"

	"kaskad/model"
	"kaskad/ui"
)

// shownHits is how many things the search for something to make a calendar of shows.
const shownHits = 20

// calendars is where coordinators make calendars of parts of the programme.
func (s *Server) calendars(v *visit) error {
	page := ui.Calendars{Query: strings.TrimSpace(v.Query("q")), LeftOut: s.leftOut()}
	hits := s.feedHits(v, page.Query)
	page.Hits, page.More = hits[:min(len(hits), shownHits)], max(len(hits)-shownHits, 0)
	list := v.state.Calendars.SharedBy("")
	var shown []model.SharedFeed
	page.Pager, shown = paged(v, list)
	page.Feeds = s.sharedRows(v, shown)
	return s.show(v, page)
}

// feedHits lists what calendars can be made of, the whole programme first; a
// query leaves what holds its words.
func (s *Server) feedHits(v *visit, query string) []ui.FeedHit {
	r, b := v.state.Roster, s.board(v.state)
	var hits []ui.FeedHit
	hit := func(name, note, href string, of string, kinds ...model.FeedKind) {
		if !holdsWords(name+" "+note, query) {
			return
		}
		h := ui.FeedHit{Name: name, Note: note, Href: href}
		for _, kind := range kinds {
			action := s.feedAction(v, kind, of)
			action.Name = name // for who hears the button alone
			h.Actions = append(h.Actions, action)
		}
		hits = append(hits, h)
	}
	hit(r.Problem.Programme.Name, s.text(v, "calendars.programme"), "", "", model.ProgrammeFeed)
	for _, w := range r.Problem.Waves {
		hit(s.waveName(v, v.state, w.ID), s.text(v, "wave"), "", w.ID, model.WaveFeed)
	}
	if query == "" {
		return hits
	}
	for _, a := range b.areas {
		hit(a.name, s.text(v, "map.area"), "", a.code, model.AreaFeed)
	}
	for i := range r.Problem.Venues {
		x := &r.Problem.Venues[i]
		hit(x.Name, s.text(v, "seminar.where"), "/calendars/venues/"+url.PathEscape(x.ID), x.ID, model.VenueFeed, model.BusyVenueFeed)
	}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if name := s.Programme.People.Name(x.ID); x.Leads != nil && name != "" {
			hit(name, s.text(v, "seminar.leaders"), "", x.ID, model.LeaderFeed, model.BusyPersonFeed)
		}
	}
	for i := range r.Problem.Units {
		x := &r.Problem.Units[i]
		hit(x.Name, s.areaName(x.Area), "/calendars/units/"+url.PathEscape(x.ID), x.ID, model.UnitFeed)
	}
	return hits
}

func holdsWords(text, query string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(query)), func(word string) bool { return !strings.Contains(text, word) })
}

// feedAction offers a calendar, or leads to the one the visitor has made already.
func (s *Server) feedAction(v *visit, kind model.FeedKind, of string) ui.FeedAction {
	a := ui.FeedAction{Kind: string(kind), Of: of}
	for _, f := range v.state.Calendars.SharedBy(v.user.Person) {
		if f.Kind == kind && f.Of == of {
			a.ID = f.ID
		}
	}
	return a
}

// notes is where coordinators say what to bring, and where online seminars are joined.
func (s *Server) notes(v *visit) error {
	r := v.state.Roster
	var page ui.CalendarNotes
	for _, m := range r.Problem.Modules {
		note := v.state.Calendars.Notes[m.ID]
		page.Modules = append(page.Modules, ui.ModuleNote{ID: m.ID, Name: m.Name, Everyone: note.Everyone, Leaders: note.Leaders})
	}
	for _, x := range r.Problem.Venues {
		if x.Online {
			page.Venues = append(page.Venues, ui.VenueLink{ID: x.ID, Name: x.Name, Link: v.state.Calendars.Links[x.ID]})
		}
	}
	return s.show(v, page)
}

func (s *Server) saveNote(v *visit) error {
	note := model.ModuleNote{Everyone: v.FormValue("everyone"), Leaders: v.FormValue("leaders")}
	return s.changeAt(v, "/calendars/notes", model.NoteModule{Module: v.FormValue("module"), Note: note}, "notes.saved")
}

func (s *Server) saveLink(v *visit) error {
	link := strings.TrimSpace(v.FormValue("link"))
	if u, err := url.Parse(link); link != "" && (err != nil || u.Host == "") {
		return s.back(v, "/calendars/notes", ui.Failure, s.text(v, "error.bad-link"))
	}
	return s.changeAt(v, "/calendars/notes", model.LinkVenue{Venue: v.FormValue("venue"), Link: link}, "notes.saved")
}

// unitContacts is who may make a unit's calendar besides coordinators.
func (s *Server) unitContacts(v *visit) error {
	u := v.state.Roster.Units[v.param("id")]
	if u == nil {
		return model.Errorf(model.NotFound, "error.no-unit", "there is no unit %s", v.param("id"))
	}
	page := ui.UnitContacts{ID: url.PathEscape(u.ID), Name: u.Name, Area: s.areaName(u.Area), Action: s.feedAction(v, model.UnitFeed, u.ID)}
	for _, p := range v.state.Calendars.Contacts[u.ID] {
		page.Contacts = append(page.Contacts, ui.Option{Value: p, Label: s.shownName(v, p)})
	}
	return s.show(v, page)
}

func (s *Server) setUnitContact(v *visit) error {
	page := "/calendars/units/" + url.PathEscape(v.param("id"))
	if off := v.FormValue("off"); off != "" {
		return s.changeAt(v, page, model.SetUnitContact{Unit: v.param("id"), Person: off, Off: true}, "units.contact-off")
	}
	contact, ok := s.Programme.People.ByEmail(v.FormValue("email"))
	if !ok {
		return s.back(v, page, ui.Failure, s.text(v, "units.no-such-email"))
	}
	return s.changeAt(v, page, model.SetUnitContact{Unit: v.param("id"), Person: contact.ID}, "units.contact-on")
}
