package ui

// Help says what the words mean and what the pages are for; coordinators also
// get the first steps with a programme.
type Help struct {
	Coordinates bool // the reader is a coordinator
	PutAway     bool // the first steps are not shown on the overview
	Steps       FirstSteps
}

// FirstSteps says how far a coordinator has come with a new programme.
type FirstSteps struct {
	Planned   bool // a plan has been made
	Published bool // a wave has been published
	Happened  bool // somebody's absence has been recorded
}

// Keys lists the keyboard shortcuts, and switches them on and off: who speaks
// to the computer, or types by accident, must be able to (WCAG 2.1.4).
type Keys struct {
	Coordinates bool // the reader is a coordinator
	On          bool
}

// Shortcut is a key, or keys one after the other with a space between, and
// what they do: the text "keys.do.WHAT", or the page of the menu called WHAT.
type Shortcut struct{ Keys, What string }

// goTo are the keys that lead to the pages of the menu.
var goTo = []Shortcut{{"g o", "overview"}, {"g k", "map"}, {"g f", "forecast"}, {"g p", "plan"}, {"g v", "waves"}, {"g c", "scenarios"}, {"g q", "ask"},
	{"g t", "timetable"}, {"g s", "seminars"}, {"g e", "changes"}, {"g r", "people"}, {"g h", "hours"}, {"g m", "outbox"}, {"g i", "my"}}

// Everywhere lists the keys that work on every page that has what they press.
func (Keys) Everywhere() []Shortcut {
	return []Shortcut{{"?", "keys"}, {"/", "search"}, {"j", "down"}, {"k", "up"}, {"n", "next"}, {"p", "previous"}, {"e", "edit"}}
}

// GoTo lists the keys that lead to pages of the menu.
func (Keys) GoTo() []Shortcut { return goTo }

// Keys are the keys that lead to a page of the menu; "" for none.
func (n NavItem) Keys() string {
	for _, s := range goTo {
		if s.What == n.Label {
			return s.Keys
		}
	}
	return ""
}
