package ui

import "time"

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
