package ui

import "time"

// Activities lists what is offered besides seminars, 50 to a page: what is to
// come first, by time, then what has no time, then what is over.
type Activities struct {
	Rows  []ActivityRow
	Kinds []ActivityKind // none: say so and lead there
	Total int
	Pager Pager
}

// PageURL is the address of page n.
func (a Activities) PageURL(n int) string { return withPage("/activities", nil, n) }

// ActivityRow is one activity in the list.
type ActivityRow struct {
	ID, Name, Kind, Area, Place string
	Next                        time.Time // the next time, or the last; zero for none
	Times, People               int
	Over, Cancelled             bool
}

// ActivityKind is a type of activity as it is set.
type ActivityKind struct {
	ID, Name     string
	Dated, Named bool
	Credit       string // "none", "attendance" or "completion"
	Minutes      int
	Funder       string
}

// ActivityKinds is the form of all types; a row without a name is dropped, the
// last rows are for new ones.
type ActivityKinds struct {
	Rows  []ActivityKind
	Error string // translated
}

// Credits lists what can give minutes.
func (ActivityKinds) Credits() []string { return []string{"none", "attendance", "completion"} }

// ActivityPage is one activity in full.
type ActivityPage struct {
	ID, Name, Kind, Area, Place, Link string
	Credit                            string
	Minutes                           int
	Named, Cancelled                  bool
	Leaders, People                   []string // names to show
	Times                             []ActivityTime
	Finished                          ActivityTime // of an activity that credits its completion
	Coordinates                       bool         // the reader may change it
	List                              string       // where the reader came from
}

// ActivityTime is one time an activity is held.
type ActivityTime struct {
	Start, End time.Time
	Record     string // where participation is recorded; "" before it has begun, and for those who may not
	Recorded   bool
	Came       int
}

// ActivityForm makes or changes an activity.
type ActivityForm struct {
	ID, Type, Name, Area, Place, Link, Minutes string
	Types, Areas                               []Option
	Leaders, People                            string // one e-mail address a line
	Times                                      []Option
	Date, From, To, Every, Count               string // a series of times to add
	Error                                      string // translated
}
