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
