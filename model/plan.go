package model

// Plan is an answer to a Problem, in the open format "kaskad/plan/1".
type Plan struct {
	Format   string    `json:"format"`
	Problem  string    `json:"problem"` // the programme's id
	Seminars []Seminar `json:"seminars"`
	Unmet    []Unmet   `json:"unmet"`
	Cost     Cost      `json:"cost"`
	Bound    Bound     `json:"bound"`
}

// Seminar is one planned meeting: who meets, on what, when, where, led by whom.
type Seminar struct {
	ID        string   `json:"id"`
	Tier      string   `json:"tier"`
	Module    string   `json:"module"`
	Slot      string   `json:"slot"`
	Venue     string   `json:"venue"`
	Leaders   []string `json:"leaders"`
	Attendees []string `json:"attendees"`
}

// Unmet is a need no seminar meets, with the reason in words.
type Unmet struct {
	Person string `json:"person"`
	Module string `json:"module"`
	Reason string `json:"reason,omitempty"`
}

// Cost is the contract's cost table: needs for Unmet, minutes for the rest.
// Total is the sum of all terms but Unmet.
type Cost struct {
	Unmet        int `json:"unmet"`
	Total        int `json:"total"`
	Travel       int `json:"travel"`
	LeaderTravel int `json:"leaderTravel"`
	Seminars     int `json:"seminars"`
	Mix          int `json:"mix"`
	Crowding     int `json:"crowding"`
	Continuity   int `json:"continuity"`
	Pace         int `json:"pace"`
	Earliness    int `json:"earliness"`
	Fairness     int `json:"fairness"`
	Preference   int `json:"preference"`
	Disruption   int `json:"disruption"`
}

// Less orders costs as the contract does: unmet first, then total.
func (c Cost) Less(d Cost) bool {
	if c.Unmet != d.Unmet {
		return c.Unmet < d.Unmet
	}
	return c.Total < d.Total
}

// Plus adds two costs, term by term.
func (c Cost) Plus(d Cost) Cost {
	return Cost{Unmet: c.Unmet + d.Unmet, Total: c.Total + d.Total, Travel: c.Travel + d.Travel, LeaderTravel: c.LeaderTravel + d.LeaderTravel, Seminars: c.Seminars + d.Seminars,
		Mix: c.Mix + d.Mix, Crowding: c.Crowding + d.Crowding, Continuity: c.Continuity + d.Continuity, Pace: c.Pace + d.Pace, Earliness: c.Earliness + d.Earliness,
		Fairness: c.Fairness + d.Fairness, Preference: c.Preference + d.Preference, Disruption: c.Disruption + d.Disruption}
}

// Minus is c less d, term by term.
func (c Cost) Minus(d Cost) Cost {
	return Cost{Unmet: c.Unmet - d.Unmet, Total: c.Total - d.Total, Travel: c.Travel - d.Travel, LeaderTravel: c.LeaderTravel - d.LeaderTravel, Seminars: c.Seminars - d.Seminars,
		Mix: c.Mix - d.Mix, Crowding: c.Crowding - d.Crowding, Continuity: c.Continuity - d.Continuity, Pace: c.Pace - d.Pace, Earliness: c.Earliness - d.Earliness,
		Fairness: c.Fairness - d.Fairness, Preference: c.Preference - d.Preference, Disruption: c.Disruption - d.Disruption}
}

// Bound is proven: no valid plan is better than this, lexicographically.
type Bound struct {
	Unmet int `json:"unmet"`
	Total int `json:"total"`
}
