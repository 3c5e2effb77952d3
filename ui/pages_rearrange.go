package ui

// Rearrange is where a coordinator changes a seminar by hand.
type Rearrange struct {
	SeminarRow
	Draft   bool          // nobody has been told of it
	First   []HistoryLine // what others did to it while the form was filled in
	Reasons []string      // why the last change was refused; translated
	Shut    string        // why nothing can be changed: it has begun
	// The choices, those that no rule stands against first.
	Slots, Venues, Leaders, Swaps Choices
	Places                        []string // who leads now, by place; "" when nobody
	Locks                         Locks
	Costs                         []Notice // what locks cost, translated
}

// Choices are the options of a select in two groups.
type Choices struct {
	Chosen      string
	Free, Other []Option
}

// Locks say what the planner may not change of the seminar.
type Locks struct {
	Time, Place, Leaders bool
	People               []LockedSeat
}

// Any tells whether anything is locked.
func (l Locks) Any() bool {
	for _, p := range l.People {
		if p.Locked {
			return true
		}
	}
	return l.Time || l.Place || l.Leaders
}

// LockedSeat is one attendee who may be locked to the seminar.
type LockedSeat struct {
	ID, Name string
	Locked   bool
}
