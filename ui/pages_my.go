package ui

import "time"

// My is a person's own page. Leaders see what they lead as well.
type My struct {
	Name       string
	Leader     bool
	Done       int // modules attended
	Modules    int // modules to attend
	Minutes    int // certified time
	Agenda     []AgendaDay
	Channel    Channel      // how the seminars come into the calendar; "" before the choice
	Calendar   CalendarCard // empty unless the channel is a subscription
	Leads      []AgendaDay  // seminars the person leads, ahead
	Led        int          // seminars led so far
	Target     int          // seminars the person has agreed to lead; 0 for none
	Open       []OpenSeminar
	Past       []AgendaItem
	Activities []ActivityRow // besides seminars, to come or at any time
	ToReport   []AgendaItem  // seminars led that are over and lack attendance
	Choices    []SeatChoice  // modules the reader has declined a seat in, with other seats
}

// AgendaDay is one day with its seminars.
type AgendaDay struct {
	Date  time.Time
	Items []AgendaItem
}

// AgendaItem is one seminar in a person's agenda.
type AgendaItem struct {
	ID             string
	Start, End     time.Time
	Module         string
	Venue, Address string
	Online         bool
	Leaders        []string
	TravelMinutes  int // one way
	Attendees      int // for the leader
	Seats          int
	State          SeminarState
	Note           string // translated sentence, such as what changed; optional
	HandBack       bool   // the leader may hand it back now
	HandBackReason string // why not, when it may not; translated
	Reply          Reply
	Join           string // where people join it online; optional
}

// CalendarCard is a person's calendar subscription. The addresses are secret:
// whoever has them sees the agenda.
type CalendarCard struct {
	HTTPS  string // https address of the calendar
	Webcal string // the same with the scheme webcal
	// Landing is the page that tells how to subscribe. The QR code leads there:
	// a phone that opens a calendar file directly imports it once.
	Landing string
	Seen    time.Time // when a calendar last fetched it; zero for never
	SeenBy  string    // the program that did
}

// OpenSeminar is a seminar without leader near the reader.
type OpenSeminar struct {
	AgendaItem
	Allowed bool
	Reason  string // why the reader may not lead it; translated
}

// FeedLanding is shown when a calendar address is opened in a browser.
type FeedLanding struct {
	Name     string // whose calendar
	Calendar CalendarCard
	Upcoming int // seminars ahead
}

// Accessibility is the statement that Swedish law (2018:1937) asks for.
type Accessibility struct {
	Contact  string    // e-mail address for reports
	Reviewed time.Time // when the service was last tested
}

// ErrorPage tells that something went wrong. Status chooses the words: 403,
// 404, 409, 422, 429 and 503 have their own; every other is 500's.
type ErrorPage struct {
	Status    int
	Detail    string // translated sentence; optional
	RequestID string // what to quote to support
}

// Key is the suffix of the text keys "error.KEY.title" and "error.KEY.text".
func (e ErrorPage) Key() int {
	switch e.Status {
	case 403, 404, 409, 422, 429, 503:
		return e.Status
	}
	return 500
}
