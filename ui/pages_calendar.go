package ui

import (
	"net/url"
	"strconv"
	"time"
)

// Channel is how somebody's seminars come into their calendar.
type Channel string

const (
	ByMail Channel = "mail"
	ByFeed Channel = "feed"
	ByBoth Channel = "both"
)

// Channels are the choices there are, the first the one of who has not chosen.
func (MyCalendar) Channels() []Channel { return []Channel{ByMail, ByFeed, ByBoth} }

// Subscribes tells whether a calendar program fetches the seminars.
func (c Channel) Subscribes() bool { return c == ByFeed || c == ByBoth }

// MyCalendar is where a person chooses how the own calendar is kept.
type MyCalendar struct {
	Known     bool // the reader takes part in the programme; else there is nothing to choose
	Channel   Channel
	CanMail   bool // invitations can be mailed to the reader
	Protected bool // the reader's identity is protected: the calendar tells only that a time is taken
	Alarms    []AlarmChoice
	Strike    bool
	Language  string
	Calendar  CalendarCard // empty unless the channel is a subscription
	Fetches   []FetchRow

	Shared []SharedRow  // calendars the reader has made
	More   []FeedAction // others the reader may make

	Busy *BusyPanel // nil for who leads nothing
}

// Chosen tells whether a channel is the reader's; before the choice that is mail.
func (m MyCalendar) Chosen(c Channel) bool {
	return m.Channel == c || m.Channel == "" && c == ByMail && m.CanMail
}

// Offers tells whether the reader may choose a channel.
func (m MyCalendar) Offers(c Channel) bool {
	return m.CanMail || c == ByFeed || c == ByMail && m.Channel != ""
}

// Languages are those a calendar can be in.
func (MyCalendar) Languages() []string { return Languages }

// AlarmChoice is one reminder that can be chosen.
type AlarmChoice struct {
	Minutes int // before one has to leave
	Chosen  bool
}

// FetchRow is one program that fetches a calendar.
type FetchRow struct {
	By string // its name; translated where it has none
	At time.Time
}

// SharedCalendar is a calendar somebody has made of a part of the programme.
type SharedCalendar struct {
	ID, Kind, Name string
	Owner          string
	Made           time.Time
	Busy           bool // it tells only when somebody or something is taken
	Calendar       CalendarCard
	Fetches        []FetchRow
	Back           string // where the list is
}

// Calendars is where coordinators make calendars of parts of the programme.
type Calendars struct {
	Query   string
	Hits    []FeedHit
	More    int // hits that are not shown
	LeftOut int // events that could not be written into somebody's calendar
	Feeds   []SharedRow
	Pager   Pager
}

// PageURL is the address of another page of the list.
func (c Calendars) PageURL(page int) string {
	return "/calendars?" + url.Values{"q": {c.Query}, "page": {strconv.Itoa(page)}}.Encode()
}

// FeedHit is something a calendar can be made of.
type FeedHit struct {
	Name, Note string
	Href       string // its contacts; "" where there are none
	Actions    []FeedAction
}

// FeedAction offers to make a calendar, or leads to it.
type FeedAction struct {
	Kind, Of string
	ID       string // of the one there is; "" to offer
	Name     string // what it is of, where that is not said beside it
}

// SharedRow is a calendar in a list.
type SharedRow struct {
	ID, Kind, Name, Owner string
	Made, Seen            time.Time // Seen is zero before the first fetch
	SeenBy                string
}

// CalendarNotes is what calendar entries say besides time and place.
type CalendarNotes struct {
	Modules []ModuleNote
	Venues  []VenueLink
}

// ModuleNote is what to bring to a module's seminars.
type ModuleNote struct{ ID, Name, Everyone, Leaders string }

// VenueLink is where people join an online seminar.
type VenueLink struct{ ID, Name, Link string }

// UnitContacts is who may make a unit's calendar.
type UnitContacts struct {
	ID, Name, Area string
	Action         FeedAction
	Contacts       []Option
}

// BusyPanel is where the planner learns when somebody or something is taken by other things.
type BusyPanel struct {
	Action     string // where the form goes; "/remove" behind it takes the calendar away
	Venue      bool   // of a venue; else of the reader
	Known      bool   // a calendar has been given
	Host       string // where it is read from; "" for a file
	Read       time.Time
	Times      int          // busy times that concern the programme
	Dropped    int          // events that could not be read
	Guessed    int          // times whose zone was not known
	Failed     string       // why the last try went wrong; translated
	Clashes    []AgendaItem // published seminars at a busy time, the first of them
	AllClashes int          // how many there are
}

// VenueCalendar is what a venue's calendar and Kaskad tell each other.
type VenueCalendar struct {
	ID, Name string
	Busy     *BusyPanel
	Actions  []FeedAction
}

// PrintAgenda is a person's seminars on paper.
type PrintAgenda struct {
	Name string
	At   time.Time // when it was printed
	Rows []PrintRow
}

// PrintRow is a seminar with what to bring.
type PrintRow struct {
	AgendaItem
	Leading         bool
	Bring, BringToo string
}

// Doors is a venue's list of days, or what to put on its door on one of them.
type Doors struct {
	ID, Venue string
	Day       string    // as in DoorDay's Value; "" for the list
	Date      time.Time // zero when nothing meets on Day
	Days      []DoorDay
	Rows      []AgendaItem
}

// DoorDay is a day on which something meets at a venue.
type DoorDay struct {
	Value    string // the date, as it stands in the address
	Date     time.Time
	Seminars int
}
