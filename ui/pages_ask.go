package ui

import "net/url"

// Choice is one answer to a question: what it is, what gets better and worse by
// it, and what to send to take it. Texts are translated.
type Choice struct {
	Title         string
	Facts         []string // such as where somebody works
	Better, Worse []string
	Total         int // minutes of the plan's cost, less when negative
	Told          string
	Fields        []Option // hidden fields of the form; none when it cannot be taken
	Button        string   // hidden words that tell one button from the next
}

// ChoiceGroup is a list of answers under a heading; Empty is said when there is none.
type ChoiceGroup struct {
	ID, Title, Empty string
	Choices          []Choice
	More             string // what is not shown; optional
	Why              []string
	WhyTitle         string
}

// Options are the answers to who could lead a seminar and where else it could be.
type Options struct {
	SeminarRow
	Groups []ChoiceGroup
	Notes  []Notice // what to know before choosing
	Nearer []AskLine
	Sooner []AskLine
	Action string // where a choice is sent
	Shut   string // why nothing can be chosen; empty when something can
	Error  string // why the last choice was refused
}

// AskLine is something with the reason it is not so, and what would make it so.
type AskLine struct {
	Text, Href string
	Why        string
	If         string
}

// AskSeat is one seat with what would be nearer or sooner.
type AskSeat struct {
	AskLine
	ID             string // of the seminar
	Nearer, Sooner []AskLine
	Other          string // address of the seats there are instead; empty when it may not be changed
}

// AskPerson are the answers about one person: which seats fit what is missing,
// why the seats are where they are, and for a leader why those seminars.
type AskPerson struct {
	ID, Name, Unit string
	Back           string // address of the person's own page; empty when there is none
	Rules          []string
	Missing        string // module without a seat; empty when all have one
	Ways           ChoiceGroup
	Swaps          ChoiceGroup // seats instead of one, when that was asked
	Near           []AskLine
	Facts          []string
	Remedies       ChoiceGroup
	Seats          []AskSeat
	Leads          []AskLine
	Draft          bool // the answers are about the draft, not about what is published
	Error          string
}

// Ask lists needs without a seat and asks what would happen if.
type Ask struct {
	Open   []AskLine // seminars to come without a leader, with who would be best
	Unmet  []AskNeed
	Total  int
	Pager  Pager
	Venues []Option
	People []Option // leaders
	Units  []Option
	From   string // proposed first day, as a date field has it
	To     string
	Error  string
}

// AskNeed is one need that no seminar meets.
type AskNeed struct{ ID, Name, Unit, Module, Why string }

// PageURL is the address of page n.
func (a Ask) PageURL(n int) string { return withPage("/ask", url.Values{}, n) }

// WhatIf is what a change would break, and what mending it would take.
type WhatIf struct {
	If            string
	Broken        []AskLine
	Changes       []AskLine
	Lost          []AskLine
	Better, Worse []string
	Total         int
	Told          string
	More          int    // changes not shown
	Record        string // where it is recorded once it has happened
}
