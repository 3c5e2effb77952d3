package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
)

// Event is one seminar as one person's calendar shows it. Texts may hold
// anything people type; they are cleaned when they are written.
type Event struct {
	UID         string
	Sequence    int       // RFC 5545 3.8.7.4
	Stamp       time.Time // when the content was last changed, from the stored revision
	Start, End  time.Time
	Title       string
	Place       string
	Description string
	Lat, Lon    float64 // degrees, where HasPosition
	HasPosition bool
	Online      bool
	Cancelled   bool // for this person; see Withdrawn
	Leading     bool
	URL         string
	Join        string // https address of the online meeting; "" for none
	Travel      int    // one way, minutes; 0 is no travel
	// Alarms are minutes before one has to leave. Nil: a quarter of an hour. Empty: none.
	Alarms []int
	Strike bool // a cancelled event in a feed carries STATUS:CANCELLED
	Free   bool // it takes up no time

	Language  string       // of the texts: one of Languages
	Module    string       // the module's name, for letters; empty in a neutral event
	Leaders   []string     // the others who lead and may be named
	Attendees []string     // in the feed of who leads: those who come and may be named, by name and workplace
	Expected  int          // how many come, named or not; only beside Attendees
	Bring     []string     // what to bring, a paragraph each
	Withdrawn bool         // Cancelled for this person only: the seminar goes on
	Switched  bool         // Withdrawn, and the person has only chosen another channel
	Declined  bool         // Cancelled because this person has declined
	Answer    model.Answer // to the present time and place; empty before any

	feedChanged time.Time // when the feed Events made it for last changed
}

// Look is how and when somebody looks at a person's calendar.
type Look struct {
	Language string // one of Languages; anything else reads Swedish
	Base     string // https address of this server, without a slash at the end
	// Name is the name of a person to show to others, or "" for people who
	// must not be named: protected or unknown. A person who must not be named
	// gets a neutral calendar, so a nil Name makes every calendar neutral.
	Name func(person string) string
	Now  time.Time
	// Index of the State, if it is at hand; else it is made.
	Index *Index

	feed bool // for a feed, whose address is secret, and not for a mail
}

const (
	day        = 24 * time.Hour
	past       = 30 * day  // a feed shows what ended, or was cancelled, this recently
	ahead      = 400 * day // and what starts this soon
	feedUID    = "-feed"   // a calendar refuses an invitation whose UID a subscription of it has
	invitedUID = "-invite"
)

// Events lists what a person's feed must show, by start and UID: everything
// that ended at most 30 days ago or starts in at most 400, and for 30 days also
// what was cancelled. A seat shows its latest generation only. A person who has
// chosen invitations by mail gets activities only, and is told so for a while:
// nobody shall see doubles.
func Events(s *model.State, person string, look Look) []Event {
	if s.Roster == nil {
		return nil
	}
	look.feed = true
	shows := window{now: look.Now, changed: s.Time()}
	for _, e := range personActivities(s, person, look) {
		shows.add(e)
	}
	if s.Calendars.Choices[person].Channel == model.ByMail {
		if e, ok := emptied(s, person, look); ok {
			shows.add(e)
		}
		return shows.sorted()
	}
	for _, id := range look.index(s).seminars[person] {
		key, seminar := model.SeatKey{Person: person, Seminar: id}, s.Seminars[id]
		generations := s.Seats[key]
		if len(generations) == 0 || seminar == nil {
			continue
		}
		latest := len(generations) - 1
		e := newEvent(s, seminar, model.Notice{SeatKey: key, Generation: latest, Seat: generations[latest]}, look)
		e.UID += feedUID
		if e.Expected > 0 { // who comes is part of what it says
			e.Stamp = look.index(s).revisions[id].Stamp
		}
		shows.add(e)
	}
	return shows.sorted()
}

func sortEvents(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID))
	})
}

// shown is the half-open time during which a feed shows an event. One without
// a time is always shown: RenderFeed quarantines it, so that somebody hears of it.
func shown(e *Event) (from, to time.Time) {
	if e.Start.IsZero() {
		return time.Time{}, farFuture
	}
	from, to = e.Start.Add(-ahead), e.End.Add(past)
	if gone := e.Stamp.Add(past); e.Cancelled && gone.Before(to) {
		to = gone
	}
	return from, to
}

var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// EventFor is what an invitation or cancellation says of one notice. The error
// is a *model.Error when the seminar, its slot or the person is gone from the
// State. Ask MayMail before sending anything made of it.
func EventFor(s *model.State, n model.Notice, look Look) (Event, error) {
	seminar := s.Seminars[n.Seminar]
	if seminar == nil || s.Roster == nil {
		return Event{}, model.Errorf(model.NotFound, "error.no-seminar", "there is no seminar %s", n.Seminar)
	}
	e := newEvent(s, seminar, n, look)
	e.UID += invitedUID
	if e.Start.IsZero() {
		return Event{}, model.Errorf(model.NotFound, "error.no-slot", "there is no time %s for seminar %s", seminar.Slot, n.Seminar)
	}
	return e, nil
}

// newEvent is a notice as an event, with a UID that still lacks its ending.
func newEvent(s *model.State, seminar *model.PublishedSeminar, n model.Notice, look Look) Event {
	choice := s.Calendars.Choices[n.Person]
	look.Language = s.Calendars.LanguageOf(n.Person, look.Language)
	r, w := s.Roster, wordsOf(look.Language)
	if n.Slot != "" {
		seminar = asCancelled(seminar, n.Seat)
	}
	start, end := r.Span(&seminar.Seminar)
	e := Event{
		UID:      n.UID(r.Problem.Programme.ID, n.Generation),
		Sequence: n.Sequence, Stamp: time.Unix(n.Stamp, 0).UTC(), Start: start, End: end,
		Language: languageOf(look.Language), Cancelled: n.Cancelled, Withdrawn: n.Cancelled && !seminar.Cancelled,
		Switched: n.Switched, Alarms: choice.Alarms, Strike: choice.Strike,
		Declined: n.Cancelled && n.Answer == model.Declined, Answer: n.Answer,
	}
	if look.Name == nil || look.Name(n.Person) == "" {
		e.Title = w.booked
	} else {
		e.Leading = n.Leading
		detail(&e, s, seminar, n.Person, look)
	}
	if e.Cancelled && !e.Switched {
		e.Title = w.cancelled + e.Title
	}
	return e
}

// asCancelled is the seminar as it was when a seat in it was cancelled: it may
// have moved on without that person.
func asCancelled(seminar *model.PublishedSeminar, seat model.Seat) *model.PublishedSeminar {
	was := *seminar
	was.Slot, was.Venue = seat.Slot, seat.Venue
	return &was
}

// detail fills in what everybody but people with protected identity may read.
func detail(e *Event, s *model.State, seminar *model.PublishedSeminar, person string, look Look) {
	r, w := s.Roster, wordsOf(look.Language)
	e.Module = seminar.Module
	if m := r.Modules[seminar.Module]; m != nil && m.Name != "" {
		e.Module = m.Name
	}
	e.Title = fmt.Sprintf(w.seminar, e.Module)
	if e.Leading {
		e.Title = fmt.Sprintf(w.leading, e.Module)
	}
	if name := r.Problem.Programme.Name; name != "" {
		e.Title += " (" + name + ")"
	}
	if v := r.Venues[seminar.Venue]; v != nil {
		e.Place, e.Online = v.Name, v.Online
		e.HasPosition, e.Lat, e.Lon = !v.Online, v.Lat, v.Lon
		e.Join = s.Calendars.Links[v.ID]
	}
	note := s.Calendars.Notes[seminar.Module]
	e.Bring = filled(note.Everyone)
	if e.Leading {
		e.Bring = filled(note.Leaders, note.Everyone)
	}
	if e.Leading && look.feed && !e.Cancelled {
		e.Expected = len(seminar.Attendees)
		e.Attendees = named(seminar.Attendees, look, func(p string) string { return workplace(r, p) })
	}
	if x := r.People[person]; x != nil {
		e.Travel = r.TravelMinutes(x.Unit, seminar.Venue)
	}
	for _, leader := range seminar.Leaders {
		if name := look.Name(leader); name != "" && leader != person {
			e.Leaders = append(e.Leaders, name)
		}
	}
	if look.Base != "" {
		e.URL = look.Base + "/my"
	}
	e.Description = w.describe(e)
}

// workplace is the name of a person's unit.
func workplace(r *model.Roster, person string) string {
	if x := r.People[person]; x != nil && r.Units[x.Unit] != nil {
		return r.Units[x.Unit].Name
	}
	return ""
}

// named lists those of some people who may be named, sorted as Swedish is, each
// with what note says in brackets.
func named(people []string, look Look, note func(person string) string) []string {
	var list []string
	for _, p := range people {
		name := look.Name(p)
		if name == "" {
			continue
		}
		if more := note(p); more != "" {
			name += " (" + more + ")"
		}
		list = append(list, name)
	}
	collate.New(language.Swedish).SortStrings(list)
	return list
}

func filled(texts ...string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}
