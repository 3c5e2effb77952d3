package model

import (
	"maps"
	"strings"
	"unicode/utf8"
)

// ModuleNote is what people should bring to the seminars of a module, in plain words.
type ModuleNote struct {
	Everyone string `json:"everyone,omitempty"`
	Leaders  string `json:"leaders,omitempty"` // what only who leads needs to read
}

// ModuleNoted records a module's note.
type ModuleNoted struct {
	Module string     `json:"module"`
	Note   ModuleNote `json:"note"`
}

// VenueLinked records the address by which people join at an online venue; "" for none.
type VenueLinked struct {
	Venue string `json:"venue"`
	Link  string `json:"link,omitempty"`
}

func (ModuleNoted) eventType() string { return "module.noted" }
func (VenueLinked) eventType() string { return "venue.linked" }

// longestNote is the most characters of a note: it stands in every calendar entry.
const longestNote = 1000

// NoteModule says what to bring to a module's seminars. Calendars follow, and
// who was invited by mail is told.
type NoteModule struct {
	Module string
	Note   ModuleNote
}

func (c NoteModule) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	note := ModuleNote{Everyone: strings.TrimSpace(c.Note.Everyone), Leaders: strings.TrimSpace(c.Note.Leaders)}
	switch {
	case s.Roster.Modules[c.Module] == nil:
		return Decision{}, Errorf(NotFound, "error.no-module", "there is no module %s", c.Module)
	case utf8.RuneCountInString(note.Everyone) > longestNote, utf8.RuneCountInString(note.Leaders) > longestNote:
		return Decision{}, Errorf(Invalid, "error.note-too-long", "the text is too long; at most %d characters fit", longestNote)
	case note == s.Calendars.Notes[c.Module]:
		return Decision{}, nil
	}
	return Decision{Events: []Event{ModuleNoted{Module: c.Module, Note: note}}}, nil
}

// LinkVenue gives an online venue the address people join at, which must begin
// with https; "" takes it away. Calendars follow, and who was invited is told.
type LinkVenue struct{ Venue, Link string }

func (c LinkVenue) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	v := s.Roster.Venues[c.Venue]
	link := strings.TrimSpace(c.Link)
	bad := func(r rune) bool {
		return r <= ' ' || r == '"' || r == '<' || r == '>' || r == '\\' || r == utf8.RuneError || r == 0x7f
	}
	switch {
	case v == nil || !v.Online:
		return Decision{}, Errorf(NotFound, "error.no-venue", "there is no online venue %s", c.Venue)
	case link != "" && (!strings.HasPrefix(link, "https://") || len(link) < len("https://a.b") || len(link) > longestNote || strings.ContainsFunc(link, bad)):
		return Decision{}, Errorf(Invalid, "error.bad-link", "the link must be a web address that begins with https://")
	case link == s.Calendars.Links[c.Venue]:
		return Decision{}, nil
	}
	return Decision{Events: []Event{VenueLinked{Venue: c.Venue, Link: link}}}, nil
}

func (s *State) noteModule(e ModuleNoted) {
	before := s.Calendars.Notes[e.Module]
	s.Calendars.Notes = maps.Clone(s.Calendars.Notes)
	s.Calendars.Notes[e.Module] = e.Note
	s.renewSeats(func(x *PublishedSeminar, leading bool) bool {
		return x.Module == e.Module && (leading || before.Everyone != e.Note.Everyone)
	})
}

func (s *State) linkVenue(e VenueLinked) {
	s.Calendars.Links = maps.Clone(s.Calendars.Links)
	s.Calendars.Links[e.Venue] = e.Link
	s.renewSeats(func(x *PublishedSeminar, _ bool) bool { return x.Venue == e.Venue })
}

// renewSeats gives seats to come a new stamp, for what their calendar entries say has changed.
func (s *State) renewSeats(concerned func(x *PublishedSeminar, leading bool) bool) {
	s.Seats = maps.Clone(s.Seats)
	for id, x := range s.Seminars {
		if _, end := s.Roster.Span(&x.Seminar); x.Cancelled || end.UnixMilli() <= s.At {
			continue
		}
		for person, leading := range places(x) {
			key := SeatKey{person, id}
			if seats := s.Seats[key]; concerned(x, leading) && len(seats) > 0 && !seats[len(seats)-1].Cancelled {
				s.changeSeat(key, 0)
			}
		}
	}
}
