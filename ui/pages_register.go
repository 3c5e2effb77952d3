package ui

import (
	"net/url"
	"strings"
	"time"
)

// RegisterKind is which list of the register is shown.
type RegisterKind string

const (
	People  RegisterKind = "people"
	Leaders RegisterKind = "leaders"
	Units   RegisterKind = "units"
	Venues  RegisterKind = "venues"
)

// Register is one list of the register: people, leaders, units or venues, 100 to a page.
type Register struct {
	Kind    RegisterKind
	Query   string
	Selects []Select // filters
	Sort    string   // key of the column, "-" in front for falling order
	Columns []Column // all there are, in order
	Rows    []RegisterRow
	Total   int // rows that fit the filter
	Pager   Pager
	Views   []SavedView
}

// SavedView is a named filter.
type SavedView struct{ Name, Href string }

// Address is the filter, order and columns as text, to be saved under a name.
func (r Register) Address() string { return r.values().Encode() }

// Kinds lists the lists in the order of their tabs.
func (Register) Kinds() []RegisterKind { return []RegisterKind{People, Leaders, Units, Venues} }

// Path is the list's address without its filter.
func (r Register) Path() string { return "/" + string(r.Kind) }

// Select is one filter of a list.
type Select struct {
	Name, Label, All string // name in the address; translated label; the choice that leaves nothing out
	Value            string
	Options          []Option
}

// Column is one column of a list.
type Column struct {
	Key    string // the text "register.col.KEY" is its heading
	Number bool   // its cells are numbers: aligned to the right, most first when sorted by
	Shown  bool
	Usual  bool // shown when nothing else is asked for
	Fixed  bool // always shown
}

// RegisterRow is one person, unit or venue. Cells are those of the shown columns.
type RegisterRow struct {
	Href  string
	Cells []Cell
}

// CellKind says how a cell is written.
type CellKind string

const (
	TextCell   CellKind = ""        // Text, with Note below it
	NumberCell CellKind = "number"  // N, or "N of Of" when Of is set
	TimeCell   CellKind = "minutes" // N minutes
	DateCell   CellKind = "date"    // At; empty when zero
	WaveCell   CellKind = "wave"    // Text and the number N; empty without a number
	BadgeCell  CellKind = "badge"   // Text in a badge of Tone
)

// Cell is one cell of a list.
type Cell struct {
	Kind  CellKind
	Text  string
	Note  string
	N, Of int
	At    time.Time
	Tone  Kind
}

// ShownColumns lists the columns that are shown.
func (r Register) ShownColumns() []Column {
	var list []Column
	for _, c := range r.Columns {
		if c.Shown {
			list = append(list, c)
		}
	}
	return list
}

// ShownKeys are the keys of the shown columns.
func (r Register) ShownKeys() []string {
	var keys []string
	for _, c := range r.ShownColumns() {
		keys = append(keys, c.Key)
	}
	return keys
}

// Filtered tells whether the filter leaves anything out.
func (r Register) Filtered() bool {
	for _, s := range r.Selects {
		if s.Value != "" {
			return true
		}
	}
	return r.Query != ""
}

// Chosen is the choice of columns as the address carries it; "" for the usual ones.
func (r Register) Chosen() string {
	var keys []string
	usual := true
	for _, c := range r.Columns {
		if c.Shown && !c.Fixed {
			keys = append(keys, c.Key)
		}
		usual = usual && c.Shown == (c.Usual || c.Fixed)
	}
	switch {
	case usual:
		return ""
	case len(keys) == 0:
		return "none"
	}
	return strings.Join(keys, ",")
}

// values are the filter, order and columns as an address carries them.
func (r Register) values() url.Values {
	q := url.Values{}
	for _, s := range r.Selects {
		if s.Value != "" {
			q.Set(s.Name, s.Value)
		}
	}
	for name, value := range map[string]string{"q": r.Query, "sort": r.Sort, "cols": r.Chosen()} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// PageURL is the address of page n with the same filter, order and columns.
func (r Register) PageURL(n int) string { return withPage(r.Path(), r.values(), n) }

// SortURL is the address of the list sorted by a column, the other way round when it is already.
func (r Register) SortURL(c Column) string {
	first, second := c.Key, "-"+c.Key
	if c.Number {
		first, second = second, first
	}
	q := r.values()
	q.Set("sort", first)
	if r.Sort == first {
		q.Set("sort", second)
	}
	return r.Path() + "?" + q.Encode()
}

// Sorted says how the list is sorted by a column: "ascending", "descending" or "none".
func (r Register) Sorted(c Column) string {
	switch r.Sort {
	case c.Key:
		return "ascending"
	case "-" + c.Key:
		return "descending"
	}
	return "none"
}

// ExportURL is the address of what is seen, every page of it, as a file: "xlsx" or "csv".
func (r Register) ExportURL(format string) string {
	q := r.values()
	q.Set("format", format)
	return r.Path() + "/export?" + q.Encode()
}

// Link is a text that leads somewhere; Href may be empty.
type Link struct{ Text, Href string }

// Person is one person in full, as coordinators see them. Without a name the
// identity is protected.
type Person struct {
	ID, Name            string
	Protected           bool
	Unit                Link
	Employer, Sector    string
	Area, Occupation    string
	Email, Language     string
	Tier                string
	Wave                int
	WaveName            string
	MaxTravel           int // minutes one way; 0 for no limit
	Needs, Done, Booked int
	Minutes, MinutesAll int // attended; needed in all
	Modules             []PersonModule
	Coming, Past        []SeminarRow
	Leads               *Leading // nil for those who lead nothing
	Away                []Period
	Week                *WeekGrid
	History             []HistoryLine
	If                  *WhatIfForm
	Why                 string // address that says why the plan is as it is for this person; "" when there is none
}

// NeedState is how far a person has come with a module.
type NeedState string

const (
	NeedEarlier  NeedState = "earlier"  // attended before the programme
	NeedAttended NeedState = "attended" // attended
	NeedBooked   NeedState = "booked"   // has a seat and has been told
	NeedDrafted  NeedState = "drafted"  // has a seat in the draft
	NeedMissing  NeedState = "missing"  // has no seat
)

// PersonModule is one module of a person.
type PersonModule struct {
	Name    string
	State   NeedState
	At      time.Time
	Seminar string // id
	Reason  string // why there is no seat; translated
}

// Leading is what a leader leads.
type Leading struct {
	Tier                            string
	Modules                         []string
	From                            time.Time
	Led, Ahead                      int
	Target                          int // 0 for none
	MaxPerDay, MaxPerWeek, MaxTotal int // 0 for none
	Coming, Past                    []SeminarRow
}

// Period is a stretch of time with a word about it.
type Period struct {
	From, To time.Time
	Text     string
}

// FirstPeriods are the periods a page shows: calendars may hold years of nights.
func FirstPeriods(list []Period) []Period { return list[:min(len(list), 8)] }

// WeekGrid is a week as a table: parts of the day down, days across.
type WeekGrid struct {
	Monday     time.Time
	Prev, Next string // addresses
	Days       []time.Time
	Parts      []WeekPart
}

// WeekPart is a row of the week: "am", "pm" or "eve".
type WeekPart struct {
	Name  string
	Cells [][]WeekItem
}

// WeekItem is one thing in a cell of the week: a seminar, or closed time without a link.
type WeekItem struct {
	Start, End time.Time
	Text, Note string
	Href       string
	Draft      bool
}

// HistoryLine is one thing that happened, translated.
type HistoryLine struct {
	At   time.Time
	Who  string
	Text string
	Href string // the seminar it is about; optional
}

// UnitPage is one workplace in full.
type UnitPage struct {
	ID, Name, Employer, Sector string
	Area                       string
	Wave                       int
	WaveName                   string
	MaxAway                    int // people away at once; -1 for no limit
	Staff, Trained, Missing    int
	Minutes                    int // attended
	Modules                    []UnitModule
	People                     []UnitPerson
	If                         *WhatIfForm
	Coming                     []SeminarRow
	History                    []HistoryLine
}

// UnitModule is how far a unit has come with one module: people who need it, of
// them trained, with a seat ahead, and without any.
type UnitModule struct {
	ID, Name                    string
	Needs, Done, Ahead, Missing int
}

// WhatIfForm asks what would happen if something befell the one the page is about.
type WhatIfForm struct {
	Kind      string // of the change
	Field, ID string // what names the one it is about
	From, To  string // days; not for "unit-limit", which asks for a number
}

// UnitPerson is one person of a unit.
type UnitPerson struct {
	Name, Href, Occupation       string
	Protected, Leader            bool
	Done, Booked, Missing, Needs int
	Next                         time.Time
}

// VenuePage is one venue in full.
type VenuePage struct {
	ID, Name, Area   string
	Online           bool
	Capacity, Rooms  int
	Held, Ahead      int
	Filled, FilledOf int // attendees of seminars to come, and the seats there
	Closed           []Period
	If               *WhatIfForm
	Coming, Past     []SeminarRow
	Week             *WeekGrid
	History          []HistoryLine
}

// RegisterForm changes the details of one person, unit or venue.
type RegisterForm struct {
	Kind      RegisterKind
	Name      string // of whom or what; empty for a protected identity
	Back      string // address of the page
	Action    string // where the form goes
	Fields    []Field
	Error     string // why the change was refused; translated
	Protected bool
	Merge     string        // address of the page that merges two records; "" for none
	First     []HistoryLine // what others changed while the form was filled in
}

// FieldKind is how a field is filled in.
type FieldKind string

const (
	TextField   FieldKind = "text"
	EmailField  FieldKind = "email"
	NumberField FieldKind = "number"
	ChoiceField FieldKind = "choice"
	CheckField  FieldKind = "check"
)

// Field is one field of a form. The text "register.col.LABEL" is its label.
type Field struct {
	Kind        FieldKind
	Name, Label string
	Value       string
	Hint, Error string // translated
	Checked     bool
	Options     []Option // of a choice
	Suggestions []string // of a text; shown while typing
}
