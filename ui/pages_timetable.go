package ui

import (
	"net/url"
	"time"
)

// Timetable is a week of seminars as a table: what it is by down, days across.
type Timetable struct {
	Week    string    // its Monday, 2027-03-01
	Monday  time.Time // the same
	By      string    // a key of "timetable.by"
	Bys     []string
	Selects []Select // filters
	Days    []TimetableDay
	Rows    []TimetableRow
	Total   int // seminars of the week that fit
	Pager   Pager
}

// TimetableDay is a column.
type TimetableDay struct {
	Date   time.Time
	Frozen bool // nothing that starts then may be changed any more
}

// TimetableRow is one leader, venue, municipality or module.
type TimetableRow struct {
	Label, Note, Href string
	Cells             [][]TimetableCard // by day
}

// TimetableCard is one seminar. Wrong says what is wrong with it.
type TimetableCard struct {
	ID         string
	Start, End time.Time
	Text, Note string
	State      SeminarState
	Locked     bool
	Wrong      []string // translated
}

// query is what the page was asked for, without the week.
func (t Timetable) query() url.Values {
	q := url.Values{}
	if t.By != "" {
		q.Set("by", t.By)
	}
	for _, s := range t.Selects {
		if s.Value != "" {
			q.Set(s.Name, s.Value)
		}
	}
	return q
}

// WeekURL is the same timetable so many weeks on.
func (t Timetable) WeekURL(weeks int) string {
	q := t.query()
	q.Set("week", t.Monday.AddDate(0, 0, 7*weeks).Format(time.DateOnly))
	return "/timetable?" + q.Encode()
}

// ByURL is the same week by something else.
func (t Timetable) ByURL(by string) string {
	t.By = by
	return t.WeekURL(0)
}

// PageURL is the address of page n.
func (t Timetable) PageURL(n int) string {
	q := t.query()
	q.Set("week", t.Week)
	return withPage("/timetable", q, n)
}

// ShiftURL leads to moving all that is shown to another week.
func (t Timetable) ShiftURL() string {
	q := t.query()
	q.Del("by")
	q.Set("week", t.Week)
	return "/timetable/shift?" + q.Encode()
}

// Shift asks by how many weeks the seminars of a week are to be moved, and
// shows what that would do.
type Shift struct {
	Week   string
	Monday time.Time
	Weeks  int // later; below 0: earlier; 0: not asked yet
	Hidden []Option
	Moves  []ShiftRow // that can be made
	Stuck  []ShiftRow // that cannot
	People int        // who would be told
	Back   string
}

// ShiftRow is one seminar of a shift.
type ShiftRow struct {
	ID, Slot   string
	Text       string
	Start, End time.Time // as it is
	To         time.Time // as it would be; zero when it cannot
	Reasons    []string  // why not; translated
}
