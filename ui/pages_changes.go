package ui

import "time"

// Changes is what has happened to the programme since it was planned, what of
// the published plan that breaks, and what has been changed by hand.
type Changes struct {
	Kinds    []Option // what can be recorded: kind, and the button's words
	Broken   []Broken // by seminar, at most 100
	Summary  []Notice // the same by kind of fault, with figures
	More     int      // broken seminars beyond those listed
	Waiting  int      // needs without a seat of people who take part
	Outdated bool     // the draft was made for other circumstances
	Happened []Happening
	Edits    []EditRow
	Error    string // translated
}

// Calm tells whether there is nothing to mend.
func (c Changes) Calm() bool { return len(c.Broken) == 0 && c.Waiting == 0 && !c.Outdated }

// Broken is one published seminar that breaks a rule now.
type Broken struct {
	ID            string // of the seminar; empty for something between several
	Start, End    time.Time
	Module, Venue string
	Reasons       []string // translated, naming who or what
}

// Happening is one recorded event.
type Happening struct {
	ID, Text string
	At       time.Time
}

// EditRow is one change by hand.
type EditRow struct {
	ID, Text, Who string
	Lines         []string // the difference it made; translated
	At            time.Time
	CanUndo       bool
	Redo          bool   // undoing it does again what was undone
	Href          string // the page that shows first what undoing does; optional
}

// Event is the form for something that has happened.
type Event struct {
	Kind     string
	Query    string   // who or which unit, as it was written
	Matches  []Option // several people or units fit; choose one
	Chosen   Option   // the one it is about
	From, To string   // dates, as the form has them
	MaxAway  string
	Venues   []Option
	Venue    string   // chosen
	Seminars []Option // held, to take attendance of
	Tiers    []Option
	Tier     string
	List     string // of people who join, one a line
	Error    string // translated
}

// AsksPerson tells whether the event is about one person.
func (e Event) AsksPerson() bool {
	return e.Kind == "person-away" || e.Kind == "leader-stops" || e.Kind == "person-leaves"
}

// AsksUnit tells whether the event is about a unit.
func (e Event) AsksUnit() bool { return e.Kind == "unit-spares" || e.Kind == "people-join" }

// AsksFrom and AsksTo tell which dates the event has.
func (e Event) AsksFrom() bool { return e.AsksPerson() || e.Kind == "venue-closed" }

// AsksTo tells whether the event ends.
func (e Event) AsksTo() bool { return e.Kind == "person-away" || e.Kind == "venue-closed" }

// Proposal is a repair of the published plan, before anybody is told.
type Proposal struct {
	Revision                string // sent back, so that only what was read is published
	Seminars                []Difference
	MoreSeminars            int
	People                  []PersonChange // whose time changes, at most 100
	MorePeople              int
	Told                    int // people who get a message
	Moved                   int // people whose time changes or who lose their seat
	Invites, Updates, Voids int
	Unreachable             int
	Left                    []Notice // what the proposal cannot mend
	Outdated                bool     // publishing it makes the draft fit again
	Files                   string
	Error                   string
}

// Mails is how many messages will go out.
func (p Proposal) Mails() int { return p.Invites + p.Updates + p.Voids }

// Nothing tells whether publishing would do nothing at all.
func (p Proposal) Nothing() bool { return len(p.Seminars) == 0 && !p.Outdated }

// Difference is one seminar that changes.
type Difference struct {
	Kind          string // "new", "moved" or "cancelled"
	Href          string
	Start, End    time.Time // as it is told now; as it will be when new
	Module, Venue string
	Lines         []string // translated, one for each thing that changes
	People        int
}

// PersonChange is what changes for one person.
type PersonChange struct{ Name, Text string }
