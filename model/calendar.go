package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Channel is how somebody's seminars come into their calendar.
type Channel string

const (
	Undecided Channel = ""     // by mail, until the person chooses
	ByMail    Channel = "mail" // invitations and every change by mail; the feed is empty
	ByFeed    Channel = "feed" // the person's calendar subscribes; no invitations
	ByBoth    Channel = "both" // both, and every seminar twice in the calendar
)

// CalendarChoice is what a person has chosen for the own calendar.
type CalendarChoice struct {
	Channel Channel `json:"channel,omitempty"`
	// Alarms are minutes before one has to leave, ascending. Nil: the
	// calendar's default. Empty: no alarm.
	Alarms []int `json:"alarms"`
	// Strike marks cancelled seminars in the feed as cancelled, which most
	// programs show struck through and Google removes.
	Strike   bool   `json:"strike,omitempty"`
	Language string `json:"language,omitempty"` // of events and letters; "" is the contact's
	// At is when the channel was chosen, milliseconds since 1970: the State's
	// doing, whatever a command says.
	At int64 `json:"at,omitempty"`
}

// CalendarBook is what the State knows of people's calendars.
type CalendarBook struct {
	Choices map[string]CalendarChoice // by person; absent is the zero choice
	Closed  map[string]bool           // people whose calendar address is turned off

	Shared   map[string]SharedFeed // by id
	Contacts map[string][]string   // unit → its contacts, sorted
	Notes    map[string]ModuleNote // by module
	Links    map[string]string     // online venue → where people join

	Busy map[BusyOwner]BusyTimes // of those who have given theirs
}

// LanguageOf is the language a person has chosen for events and letters, else
// the one given.
func (b CalendarBook) LanguageOf(person, otherwise string) string {
	return cmp.Or(b.Choices[person].Language, otherwise)
}

func newCalendarBook() CalendarBook {
	return CalendarBook{Choices: map[string]CalendarChoice{}, Closed: map[string]bool{}, Shared: map[string]SharedFeed{},
		Contacts: map[string][]string{}, Notes: map[string]ModuleNote{}, Links: map[string]string{}, Busy: map[BusyOwner]BusyTimes{}}
}

// CalendarChosen records what a person has chosen.
type CalendarChosen struct {
	Person string         `json:"person"`
	Choice CalendarChoice `json:"choice"`
}

// FeedClosed turns a person's calendar address off, until the next FeedRotated.
type FeedClosed struct {
	Person string `json:"person"`
}

func (CalendarChosen) eventType() string { return "calendar.chosen" }
func (FeedClosed) eventType() string     { return "feed.closed" }

// ChooseCalendar sets how a person's seminars come into the calendar. A change
// of channel moves the seats to come: what was invited by mail is taken back
// by mail when the person subscribes instead, so that nothing shows twice.
type ChooseCalendar struct {
	Person string
	Choice CalendarChoice
}

const (
	mostAlarms   = 5
	longestAlarm = 4 * 7 * 24 * 60 // minutes
)

func (c ChooseCalendar) decide(s *State, by Actor) (Decision, error) {
	if err := s.ownCalendar(by, c.Person); err != nil {
		return Decision{}, err
	}
	choice := c.Choice
	if !slices.Contains([]Channel{ByMail, ByFeed, ByBoth}, choice.Channel) {
		return Decision{}, Errorf(Invalid, "error.no-channel", "choose how the seminars come into the calendar")
	}
	slices.Sort(choice.Alarms)
	choice.Alarms = slices.Compact(choice.Alarms)
	if n := len(choice.Alarms); n > mostAlarms || n > 0 && (choice.Alarms[0] < 0 || choice.Alarms[n-1] > longestAlarm) {
		return Decision{}, Errorf(Invalid, "error.bad-alarms", "choose at most %d reminders, at most four weeks ahead", mostAlarms)
	}
	var events []Event
	if !s.Calendars.Choices[c.Person].equal(choice) {
		events = append(events, CalendarChosen{Person: c.Person, Choice: choice})
	}
	if s.Calendars.Closed[c.Person] && choice.Channel != ByMail {
		events = append(events, FeedRotated{Person: c.Person})
	}
	return Decision{Events: events}, nil
}

func (c CalendarChoice) equal(d CalendarChoice) bool {
	return c.Channel == d.Channel && c.Strike == d.Strike && c.Language == d.Language &&
		slices.Equal(c.Alarms, d.Alarms) && (c.Alarms == nil) == (d.Alarms == nil)
}

// CloseFeed turns a person's calendar address off. Invitations come by mail
// again; choosing the subscription once more gives a new address.
type CloseFeed struct{ Person string }

func (c CloseFeed) decide(s *State, by Actor) (Decision, error) {
	if err := s.ownCalendar(by, c.Person); err != nil {
		return Decision{}, err
	}
	if s.Calendars.Closed[c.Person] {
		return Decision{}, Errorf(Conflict, "error.feed-closed", "the calendar address is turned off already")
	}
	events := []Event{FeedClosed{Person: c.Person}}
	if choice := s.Calendars.Choices[c.Person]; choice.Channel != ByMail {
		choice.Channel = ByMail
		events = append(events, CalendarChosen{Person: c.Person, Choice: choice})
	}
	return Decision{Events: events}, nil
}

// ownCalendar refuses those who may not change a person's calendar.
func (s *State) ownCalendar(by Actor, person string) error {
	if !by.actsFor(person) {
		return Errorf(Forbidden, "error.own-page-only", "you may change only your own calendar address")
	}
	if s.Roster.People[person] == nil {
		return Errorf(NotFound, "error.no-person", "there is no person %s", person)
	}
	return nil
}

// takeCalendar takes in what concerns people's calendars.
func (s *State) takeCalendar(event Event, blobs Blobs) error {
	switch e := event.(type) {
	case FeedRotated:
		s.rotateFeed(e.Person)
	case FeedClosed:
		s.closeFeed(e.Person)
	case CalendarChosen:
		s.chooseCalendar(e)
	case FeedOpened:
		s.openFeed(e)
	case FeedRenewed:
		return s.changeShared(e.ID, func(f *SharedFeed) { f.Generation++ })
	case FeedRemoved:
		return s.changeShared(e.ID, func(f *SharedFeed) { f.Closed = true })
	case UnitContactSet:
		return s.setContact(e)
	case ModuleNoted:
		s.noteModule(e)
	case VenueLinked:
		s.linkVenue(e)
	case BusyTaken:
		return s.takeBusy(e, blobs)
	default:
		return fmt.Errorf("no rule to take in %T", event)
	}
	return nil
}

func (s *State) chooseCalendar(e CalendarChosen) {
	former, choice := s.Calendars.Choices[e.Person], e.Choice
	before := former.Channel
	choice.At = former.At
	if before != choice.Channel {
		choice.At = s.At
	}
	s.Calendars.Choices = maps.Clone(s.Calendars.Choices)
	s.Calendars.Choices[e.Person] = choice
	if (before == ByFeed) == (e.Choice.Channel == ByFeed) {
		return
	}
	s.Seats = maps.Clone(s.Seats)
	for _, x := range s.SeminarsOf(e.Person) {
		if _, end := s.Roster.Span(&x.Seminar); end.UnixMilli() > s.At {
			s.moveSeat(SeatKey{e.Person, x.ID}, x)
		}
	}
}

// moveSeat gives a seat a new life on the person's new channel.
func (s *State) moveSeat(key SeatKey, x *PublishedSeminar) {
	seats := s.Seats[key]
	if len(seats) == 0 || seats[len(seats)-1].Cancelled {
		return
	}
	was := seats[len(seats)-1]
	s.cancelSeat(key, x)
	seats = s.Seats[key]
	seats[len(seats)-1].Switched = true
	s.openSeat(key, was.Leading)
	seats = s.Seats[key]
	now := &seats[len(seats)-1]
	now.Answer, now.Answered, now.Booked = was.Answer, was.Answered, was.Booked // whoever has said yes still comes
}

func (s *State) closeFeed(person string) {
	s.Calendars.Closed = maps.Clone(s.Calendars.Closed)
	s.Calendars.Closed[person] = true
}

func (s *State) rotateFeed(person string) {
	s.Feeds = maps.Clone(s.Feeds)
	s.Feeds[person]++
	if s.Calendars.Closed[person] {
		s.Calendars.Closed = maps.Clone(s.Calendars.Closed)
		delete(s.Calendars.Closed, person)
	}
}

// calendarSnapshot is a CalendarBook's durable form.
type calendarSnapshot struct {
	Choices map[string]CalendarChoice `json:"choices,omitempty"`
	Closed  map[string]bool           `json:"closed,omitempty"`

	Shared   map[string]SharedFeed `json:"shared,omitempty"`
	Contacts map[string][]string   `json:"contacts,omitempty"`
	Notes    map[string]ModuleNote `json:"notes,omitempty"`
	Links    map[string]string     `json:"links,omitempty"`

	Busy []busyRecord `json:"busy,omitempty"`
}

func (b CalendarBook) snapshot() calendarSnapshot {
	return calendarSnapshot{b.Choices, b.Closed, b.Shared, b.Contacts, b.Notes, b.Links, busyRecords(b.Busy)}
}

func (c calendarSnapshot) restore(blobs Blobs) (CalendarBook, error) {
	b := newCalendarBook()
	maps.Copy(b.Choices, c.Choices)
	maps.Copy(b.Closed, c.Closed)
	maps.Copy(b.Shared, c.Shared)
	maps.Copy(b.Contacts, c.Contacts)
	maps.Copy(b.Notes, c.Notes)
	maps.Copy(b.Links, c.Links)
	for _, x := range c.Busy {
		times, err := readBusy(x.Times, blobs)
		if err != nil {
			return b, err
		}
		b.Busy[x.BusyOwner] = BusyTimes{Ref: x.Times, At: x.At, Times: times}
	}
	return b, nil
}
