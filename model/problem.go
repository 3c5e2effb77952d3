package model

import "time"

// ProblemFormat and PlanFormat name the two open formats this package reads and writes.
const (
	ProblemFormat = "kaskad/problem/1"
	PlanFormat    = "kaskad/plan/1"
)

// Problem is everything the planner needs to know of a programme. It is the
// open format "kaskad/problem/1": anyone can write one, solve it elsewhere, or
// have it checked here. Optional fields that are absent mean the default named
// beside them; pointers tell "absent" from a real zero where the two differ.
//
// A decoded Problem is valid (see DecodeProblem): every id is unique in its
// list and every reference leads somewhere.
type Problem struct {
	Format    string     `json:"format"`
	Programme Programme  `json:"programme"`
	Tiers     []Tier     `json:"tiers"`
	Modules   []Module   `json:"modules"`
	Sectors   []string   `json:"sectors"`
	Waves     []Wave     `json:"waves,omitempty"`
	Calendars []Calendar `json:"calendars,omitempty"`
	Slots     []Slot     `json:"slots"`
	Venues    []Venue    `json:"venues"`
	Units     []Unit     `json:"units"`
	People    []Person   `json:"people"`
	Matrix    *Matrix    `json:"matrix,omitempty"`
	Fixed     []Seminar  `json:"fixed,omitempty"`
	Published *Plan      `json:"published,omitempty"`
}

// Programme is one cascade: its identity, zone, travel model, weights and the
// limits a re-plan must keep.
type Programme struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Timezone string  `json:"timezone"`
	Travel   Travel  `json:"travel"`
	Weights  Weights `json:"weights,omitzero"`
	// FrozenUntil: seminars that start before it stay exactly as published or fixed (H12). Zero: nothing is frozen.
	FrozenUntil time.Time `json:"frozenUntil,omitzero"`
	// MaxMoved bounds how many people a re-plan may move (H13). Nil: unlimited.
	MaxMoved *int `json:"maxMoved,omitempty"`
}

// Travel turns kilometres as the crow flies into minutes on the road:
// floor(Fixed + km × Detour ÷ KmH × 60 + 0.5), contract section 2.1.
type Travel struct {
	Detour float64 `json:"detour"`
	KmH    float64 `json:"kmh"`
	Fixed  float64 `json:"fixed"`
}

// Weights are the prices of contract section 3, in minutes. Nil: the default
// of the contract's table, see Prices.
type Weights struct {
	Travel       *int `json:"travel,omitempty"`
	LeaderTravel *int `json:"leaderTravel,omitempty"`
	Prep         *int `json:"prep,omitempty"`
	MixMin       *int `json:"mixMin,omitempty"`
	Mix          *int `json:"mix,omitempty"`
	CrowdMax     *int `json:"crowdMax,omitempty"`
	Crowd        *int `json:"crowd,omitempty"`
	Continuity   *int `json:"continuity,omitempty"`
	PaceDays     *int `json:"paceDays,omitempty"`
	Pace         *int `json:"pace,omitempty"`
	Earliness    *int `json:"earliness,omitempty"`
	Fairness     *int `json:"fairness,omitempty"`
	Preference   *int `json:"preference,omitempty"`
	MovedSlot    *int `json:"movedSlot,omitempty"`
	MovedVenue   *int `json:"movedVenue,omitempty"`
	MovedLeader  *int `json:"movedLeader,omitempty"`
}

// Prices are Weights with every default filled in.
type Prices struct {
	Travel, LeaderTravel, Prep, MixMin, Mix, CrowdMax, Crowd, Continuity, PaceDays, Pace,
	Earliness, Fairness, Preference, MovedSlot, MovedVenue, MovedLeader int
}

// Prices fills in the defaults of the contract's cost table.
func (w Weights) Prices() Prices {
	or := func(v *int, d int) int {
		if v == nil {
			return d
		}
		return *v
	}
	return Prices{
		Travel: or(w.Travel, 1), LeaderTravel: or(w.LeaderTravel, 1), Prep: or(w.Prep, 60),
		MixMin: or(w.MixMin, 2), Mix: or(w.Mix, 20), CrowdMax: or(w.CrowdMax, 4), Crowd: or(w.Crowd, 10),
		Continuity: or(w.Continuity, 15), PaceDays: or(w.PaceDays, 35), Pace: or(w.Pace, 5),
		Earliness: or(w.Earliness, 1), Fairness: or(w.Fairness, 10), Preference: or(w.Preference, 10),
		MovedSlot: or(w.MovedSlot, 120), MovedVenue: or(w.MovedVenue, 45), MovedLeader: or(w.MovedLeader, 10),
	}
}

// Order says whether a tier's modules come in the listed order.
type Order string

const (
	Strict Order = "strict" // modules in listed order
	Free   Order = "free"   // any order
)

// Tier is one level of the cascade; upstream tiers are listed first.
type Tier struct {
	ID                string   `json:"id"`
	Modules           []string `json:"modules"`
	Seats             Seats    `json:"seats"`
	LeadersPerSeminar int      `json:"leadersPerSeminar,omitempty"` // default 1
	Order             Order    `json:"order,omitempty"`             // default Strict
	GapDays           int      `json:"gapDays,omitempty"`           // least calendar days between two modules of one person
	PrepDays          int      `json:"prepDays,omitempty"`          // calendar days from attending a module to leading it
}

// Seats bounds the attendees of one seminar.
type Seats struct {
	Min int `json:"min,omitempty"` // default 1
	Max int `json:"max"`
}

// Module is one subject with the minutes a seminar of it takes.
type Module struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Minutes int    `json:"minutes"`
	Online  bool   `json:"online,omitempty"` // may run in an online venue (H11)
}

// Wave is a rollout period; its units attend only in slots inside [From, To].
type Wave struct {
	ID   string    `json:"id"`
	Name string    `json:"name,omitempty"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Interval is a half-open stretch of time [From, To).
type Interval struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Calendar is a list of closed times that several people or venues share.
type Calendar struct {
	ID     string     `json:"id"`
	Closed []Interval `json:"closed"`
}

// Slot is a time at which seminars may run.
type Slot struct {
	ID    string    `json:"id"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// Venue is a place with rooms of equal capacity, or an online room.
type Venue struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Lat      float64    `json:"lat"`
	Lon      float64    `json:"lon"`
	Capacity int        `json:"capacity"`
	Rooms    int        `json:"rooms,omitempty"` // default 1
	Online   bool       `json:"online,omitempty"`
	Calendar string     `json:"calendar,omitempty"`
	Closed   []Interval `json:"closed,omitempty"`
}

// Unit is a workplace.
type Unit struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Employer string  `json:"employer,omitempty"`
	Sector   string  `json:"sector"`
	Area     string  `json:"area,omitempty"` // municipality code, four digits as text
	Lat      float64 `json:"lat"`
	Lon      float64 `json:"lon"`
	MaxAway  *int    `json:"maxAway,omitempty"` // people away at one instant (H9); nil: unlimited
	Wave     string  `json:"wave,omitempty"`
}

// Person is an opaque id with a workplace, needs, absences and, for leaders,
// what they may lead. Names and addresses are kept elsewhere on purpose.
type Person struct {
	ID   string `json:"id"`
	Unit string `json:"unit"`
	Tier string `json:"tier,omitempty"` // empty: needs nothing, an outside expert
	// Needs: nil means the tier's modules minus the done ones, an empty list means none. See Problem.NeedsOf.
	Needs     []string   `json:"needs,omitzero"`
	Done      []Done     `json:"done,omitempty"`
	Calendar  string     `json:"calendar,omitempty"`
	Closed    []Interval `json:"closed,omitempty"`
	MaxTravel *int       `json:"maxTravel,omitempty"` // one way, minutes (H11)
	Dislikes  []HalfDay  `json:"dislikes,omitempty"`
	Leads     *Leads     `json:"leads,omitempty"`
}

// Done is a module a person attended before this plan.
type Done struct {
	Module string    `json:"module"`
	Start  time.Time `json:"start"`
}

// HalfDay is a weekday and a part of the day, such as "mon-am": am before
// 12:00, pm from 12:00 to 17:00, eve from 17:00, in the programme's zone.
type HalfDay string

// Leads says which seminars a leader may lead, from when and how many.
type Leads struct {
	Tier       string    `json:"tier"`
	Modules    []string  `json:"modules"`
	From       time.Time `json:"from,omitzero"`
	MaxPerDay  *int      `json:"maxPerDay,omitempty"`
	MaxPerWeek *int      `json:"maxPerWeek,omitempty"`
	MaxTotal   *int      `json:"maxTotal,omitempty"`
	Target     *int      `json:"target,omitempty"` // seminars beyond it cost fairness; nil: no target
}

// Matrix overrides the travel model for the pairs it names: Minutes[u][v] for
// Units[u] and Venues[v].
type Matrix struct {
	Units   []string `json:"units"`
	Venues  []string `json:"venues"`
	Minutes [][]int  `json:"minutes"`
}
