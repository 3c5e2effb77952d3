package ui

import (
	"net/url"
	"time"
)

// What a timetable shows: a week by days, or a month by weeks.
const (
	WeekView  = "week"
	MonthView = "month"
)

// Timetable is a week or a month of seminars as a table: what it is by down,
// days or weeks across.
type Timetable struct {
	Day        time.Time // the day asked for
	View       string    // WeekView or MonthView
	By         string    // a key of "timetable.by"
	Bys        []string
	Selects    []Select // filters
	Columns    []TimetableColumn
	Rows       []TimetableRow
	Total      int // seminars shown, on all pages
	Pager      Pager
	Held       *HeldSeminar // picked up to be moved; nil
	Undo, Redo *Step        // what the reader can take back, and do again
}

// TimetableColumn is a day, or a week from Date to Last.
type TimetableColumn struct {
	Date, Last time.Time
	Frozen     bool // nothing that starts then is planned otherwise any more
	Closed     bool // there are no times: a holiday
	Now        bool
}

// TimetableRow is one leader, venue, municipality or module.
type TimetableRow struct {
	ID, Label, Note, Href string
	Cells                 []TimetableCell // by column
}

// TimetableCell is where a line and a column meet. With a seminar picked up
// Places are the times it may have there; Why says what stands against it when there are none.
type TimetableCell struct {
	Cards  []TimetableCard
	Places []Place
	Why    string
	Here   bool // it is there now
}

// TimetableCard is one seminar. Wrong says which rules it breaks, Wishes what
// could be better.
type TimetableCard struct {
	ID            string
	Start, End    time.Time
	Text, Note    string
	State         SeminarState
	Locked        bool
	Movable       bool     // it is to come
	Wrong, Wishes []string // translated
	Swap          *Place   // changing times with the one picked up; nil when none is
}

// Place is where the seminar that is picked up may be put: Value is what the
// form sends; empty when it may not, and then Why says what stands against it.
type Place struct {
	Value string
	Start time.Time
	Why   string
}

// HeldSeminar is the seminar that is picked up.
type HeldSeminar struct {
	ID, Text string
	From     string // the line it was picked up from
	Locked   bool
	People   int    // who are told of a change
	Shut     string // why it cannot be moved; translated
	Draft    bool   // nobody has been told of it
}

// Step is something a coordinator has done by hand.
// Href, if any, is a page that shows first what that does.
type Step struct{ ID, Text, Href string }

// query is what the page was asked for, without the day.
func (t Timetable) query() url.Values {
	q := url.Values{}
	if t.By != "" {
		q.Set("by", t.By)
	}
	if t.View == MonthView {
		q.Set("view", MonthView)
	}
	if t.Held != nil {
		q.Set("move", t.Held.ID)
		if t.By == "leader" && t.Held.From != "" {
			q.Set("from", t.Held.From)
		}
	}
	for _, s := range t.Selects {
		if s.Value != "" {
			q.Set(s.Name, s.Value)
		}
	}
	return q
}

// Week is the day asked for, 2027-03-01.
func (t Timetable) Week() string { return t.Day.Format(time.DateOnly) }

// IsMonth tells whether a month is shown.
func (t Timetable) IsMonth() bool { return t.View == MonthView }

// Monday is the first day shown of a week.
func (t Timetable) Monday() time.Time { return t.Day.AddDate(0, 0, -(int(t.Day.Weekday())+6)%7) }

// StepURL is the same timetable so many weeks, or months, on.
func (t Timetable) StepURL(n int) string {
	if t.View == MonthView {
		t.Day = time.Date(t.Day.Year(), t.Day.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Day.Location())
	} else {
		t.Day = t.Day.AddDate(0, 0, 7*n)
	}
	return t.PageURL(1)
}

// ByURL is the same time by something else.
func (t Timetable) ByURL(by string) string {
	t.By = by
	return t.PageURL(1)
}

// ViewURL is the same timetable as a week or a month.
func (t Timetable) ViewURL(view string) string {
	t.View = view
	return t.PageURL(1)
}

// WeekURL is the week that a column of a month stands for.
func (t Timetable) WeekURL(c TimetableColumn) string {
	t.View, t.Day = WeekView, c.Date
	return t.PageURL(1)
}

// MoveURL is the same page with a seminar picked up from a line.
func (t Timetable) MoveURL(id, line string) string {
	t.Held = &HeldSeminar{ID: id, From: line}
	return t.PageURL(t.Pager.Page)
}

// BackURL is the same page with nothing picked up.
func (t Timetable) BackURL() string {
	t.Held = nil
	return t.PageURL(t.Pager.Page)
}

// PageURL is the address of page n.
func (t Timetable) PageURL(n int) string {
	q := t.query()
	q.Set("week", t.Week())
	return withPage("/timetable", q, n)
}

// ShiftURL leads to moving all that is shown to another week.
func (t Timetable) ShiftURL() string {
	q := t.query()
	q.Del("by")
	q.Del("view")
	q.Set("week", t.Week())
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
