package ui

import "time"

// WaveState is how far a wave has come.
type WaveState string

const (
	WaveDraft     WaveState = "draft"     // planned, nobody has been told
	WaveChanged   WaveState = "changed"   // published, and the draft differs from it
	WavePublished WaveState = "published" // everybody has been told
	WaveDone      WaveState = "done"
	WaveUnplanned WaveState = "unplanned" // there is no plan for the waves as they are
	WavePaused    WaveState = "paused"    // nothing more is planned or published
)

// WaveRow is one wave in figures.
type WaveRow struct {
	ID, Name string
	Number   int // 1 and up: chooses colour and pattern; 0 for people without a wave
	From, To time.Time
	State    WaveState
	Areas    int
	People   int // to be trained
	Trained  int
	Seminars int
	Unmet    int // needs the plan leaves out
}

// Waves is the rollout: a table of waves and a board of areas against weeks.
type Waves struct {
	Waves   []WaveRow
	Notices []Notice // what does not go well, in sentences
	Board   Board
}

// Board is areas against weeks, gathered by wave.
type Board struct {
	Weeks  []BoardWeek // columns, at most 120
	Groups []BoardGroup
	Still  bool // a picture of what could be: nothing leads anywhere or can be moved
}

// BoardWeek is one column of the board.
type BoardWeek struct {
	Label    string    // ISO week number, "9"
	Monday   time.Time // first day, in the programme's zone
	Closed   bool      // no seminars this week (holiday)
	Days     int       // on which there are times
	Short    bool      // fewer days than most weeks have: a holiday in it
	Now      bool
	Past     bool // nothing in it can be changed any more
	Line     bool // the last such week: the frozen line is behind it
	Seminars int  // seminars of the last tier in the week, all waves
}

// BoardMonth is a stretch of weeks whose Mondays fall in one month.
type BoardMonth struct {
	First       time.Time // the first of those Mondays
	Year        int       // set on the first stretch and in January, else 0
	Start, Span int       // columns
}

// Months are the headings above the weeks.
func (b Board) Months() []BoardMonth {
	var months []BoardMonth
	for i, week := range b.Weeks {
		last := len(months) - 1
		if last >= 0 && months[last].First.Month() == week.Monday.Month() {
			months[last].Span++
			continue
		}
		month := BoardMonth{First: week.Monday, Start: i + 1, Span: 1}
		if last < 0 || week.Monday.Month() == time.January {
			month.Year = week.Monday.Year()
		}
		months = append(months, month)
	}
	return months
}

// BoardGroup is a wave on the board: its load week by week, and its areas.
type BoardGroup struct {
	ID, Name    string
	Number      int
	From, To    time.Time // the last day included
	Start, Span int       // columns; Span 0: outside the calendar
	People      int
	Leaders     int
	Seminars    int
	PerLeader   string // seminars each leader leads on average, "4,2"
	Estimated   bool   // the load is reckoned, not planned
	Paused      bool
	Loads       []BoardLoad
	Areas       []BoardArea
}

// BoardLoad is one week of a wave.
type BoardLoad struct {
	Column   int // 1 and up
	Monday   time.Time
	Seminars int  // of every tier
	Over     bool // more than leaders or rooms allow
	Ready    int  // leaders who may lead something by then
}

// Level is the load in five steps of what the leaders who are ready could lead.
func (l BoardLoad) Level() int { return min(5, 1+4*l.Seminars/max(l.Ready, 1)) }

// BoardArea is an area in a wave.
type BoardArea struct {
	Code, Name  string
	Start, Span int // columns: the wave's, or from the first planned seminar of its people to the last
	People      int
	Leaders     int
	Seminars    int
	Loads       []BoardLoad // weeks with planned seminars of its people
}

// Passed tells whether there are weeks in which nothing can be changed any more.
func (b Board) Passed() bool { return len(b.Weeks) > 0 && b.Weeks[0].Past }

// LoadRow is one week of the board as a line of a table.
type LoadRow struct {
	Week  BoardWeek
	Loads []*BoardLoad // one for each group; nil where the wave is not running
}

// LoadRows are the weeks in which some wave runs, for the table beside the board.
func (b Board) LoadRows() []LoadRow {
	rows := make([]LoadRow, len(b.Weeks))
	for i := range rows {
		rows[i] = LoadRow{Week: b.Weeks[i], Loads: make([]*BoardLoad, len(b.Groups))}
	}
	for g := range b.Groups {
		for i := range b.Groups[g].Loads {
			l := &b.Groups[g].Loads[i]
			rows[l.Column-1].Loads[g] = l
		}
	}
	used := rows[:0]
	for _, row := range rows {
		for _, l := range row.Loads {
			if l != nil {
				used = append(used, row)
				break
			}
		}
	}
	return used
}

// WaveFigures compares a wave as it is with the wave as it would be. The second
// of each pair is after the change.
type WaveFigures struct {
	Name      string
	Number    int
	New, Gone bool
	From, To  [2]time.Time // the last day included
	Areas     [2]int
	People    [2]int
	Seminars  [2]int
	Most      [2]int    // seminars in the busiest week
	PerLeader [2]string // seminars each leader leads on average
}

// WaveCost is what a change of waves would bring, before it is made.
type WaveCost struct {
	Rows    []WaveFigures
	Worse   []Notice // what does not go well then, and does now
	Still   []Notice // what does not go well either way
	Better  []Notice // what does not go well now, and would then
	Replan  bool     // there is a plan, which has to be made again
	Untold  int      // seminars of the plan that nobody has been told of
	Changes int      // units that change waves
}

// WaveForm is one way of changing a wave: a form, and what it would bring.
type WaveForm struct {
	Kind     string // edit, move, split, merge, pause or resume
	ID, Name string // of the wave it is about
	Number   int
	State    WaveState
	Area     string // moved area, its name
	Code     string // moved area, its code
	To       string // the wave moved to or merged with
	Others   []Option
	Areas    []AreaChoice // to choose from when splitting
	NewName  string
	From     string // dates as 2027-03-01, the last day included
	Until    string
	Error    string // why it cannot be done; translated
	Cost     *WaveCost
	Hidden   []SentField // what the confirming form sends
	Revision string
}

// WavesPropose lets a coordinator have waves proposed.
type WavesPropose struct {
	Waves, Weeks, Apart, Limit int
	First                      string // date as 2027-03-01
	Error                      string
	Kept                       []string // names of waves that stay because they are published
	Why                        []string // the order of the new waves, in sentences
	Same                       bool     // the proposal is what the programme has already
	Board                      Board
	Cost                       *WaveCost
	Hidden                     []SentField
	Revision                   string
}

// AreaChoice is a box that may be ticked.
type AreaChoice struct {
	Value, Label string
	Chosen       bool
}

// SentField is a hidden field of a form.
type SentField struct{ Name, Value string }

// DatesChange tells whether the wave would have other dates.
func (f WaveFigures) DatesChange() bool {
	return !f.From[0].Equal(f.From[1]) || !f.To[0].Equal(f.To[1])
}
