package ui

import (
	"net/url"
	"time"
)

// Attendance asks who came to a seminar, or to one time of an activity.
type Attendance struct {
	Title      string // of the seminar or activity
	Place      string
	Start, End time.Time // zero for an activity without times
	Action     string    // where the form goes
	Back       string
	Occasion   string
	People     []AttendanceRow
	Taken      time.Time // zero until it has been taken
	Finished   bool      // it asks who has finished, not who came
	Drop       bool      // people drop in: it asks how many came
	Heads      int
}

// AttendanceRow is one person with a seat. Somebody with protected identity has
// no name here, only a number.
type AttendanceRow struct {
	ID, Name, Unit string
	Protected      int
	Here           bool
}

// Hours is the hours ledger, summed up by something.
type Hours struct {
	By          string   // what the rows are, a key of "hours.by"
	Bys         []string // what they can be
	Selects     []Select // filters
	From, To    string   // months, 2027-03; empty: from the beginning, to the end
	Rows        []HoursRow
	Total       HoursSums
	Goal        int // minutes the programme's people need in all
	Pager       Pager
	Contributed int // entries that fit the filter
}

// HoursRow is one line of the ledger.
type HoursRow struct {
	Label, Note string
	Href        string // what is behind it
	HoursSums
}

// HoursSums are minutes by how sure they are; Missed counts for nothing.
type HoursSums struct{ Planned, Held, Attended, Missed int }

// Done is what is held, attended or taken to be.
func (h HoursSums) Done() int { return h.Held + h.Attended }

func (h Hours) query() url.Values {
	q := url.Values{}
	for _, f := range []Option{{"by", h.By}, {"from", h.From}, {"to", h.To}} {
		if f.Label != "" {
			q.Set(f.Value, f.Label)
		}
	}
	for _, s := range h.Selects {
		if s.Value != "" {
			q.Set(s.Name, s.Value)
		}
	}
	return q
}

// PageURL is the address of page n with the same filter.
func (h Hours) PageURL(n int) string { return withPage("/hours", h.query(), n) }

// ExportURL is the address of all rows as a file.
func (h Hours) ExportURL(format string) string {
	q := h.query()
	q.Set("format", format)
	return "/hours/export?" + q.Encode()
}

// ByURL is the address of the same, summed up by something else.
func (h Hours) ByURL(by string) string {
	h.By = by
	return h.PageURL(1)
}

// Narrowed tells whether a filter leaves anything out.
func (h Hours) Narrowed() bool {
	for _, s := range h.Selects {
		if s.Value != "" {
			return true
		}
	}
	return h.From != "" || h.To != ""
}
