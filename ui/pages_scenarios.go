package ui

import (
	"net/url"
	"strconv"
	"time"
)

// Scenarios lists the plans there are: what is published, the draft, and those
// kept under a name.
type Scenarios struct {
	Rows    []ScenarioRow
	CanSave bool   // there is a draft to save, and room for it
	Name    string // of the form that saves the draft
	Error   string // why the last form was refused; translated
	Planned string // name of the scenario the planner works on now
}

// Comparable tells whether there are two plans to compare.
func (s Scenarios) Comparable() bool { return len(s.Rows) > 1 }

// ScenarioRow is one plan in a few figures.
type ScenarioRow struct {
	ID       string // "published", "draft" or a scenario's id
	Name     string
	Kept     bool      // a scenario: may be adopted and dropped
	At       time.Time // when it was made or kept; zero for what is published
	By       string    // who kept it
	Settings []string  // what it was asked for other than the programme is; sentences
	Stale    string    // why it can no longer be adopted; translated
	Current  bool      // it is the draft as it stands
	Chosen   bool      // marked for comparing
	Known    bool      // the figures below are
	Unmet, Seminars, Mixed,
	TravelEach int // minutes per person over the whole programme
	Last time.Time
}

// ScenarioNew asks for a plan under other settings. Values are as typed.
type ScenarioNew struct {
	Name, Seconds, MaxMoved string
	Presets                 []Option
	Groups                  []WeightGroup
	Error                   string // translated
	Published               bool   // people have been told of something
}

// WeightGroup is a handful of settings under one heading, "weights.KEY".
type WeightGroup struct {
	Key    string
	Fields []WeightField
}

// WeightField is one setting. Its texts are "weight.KEY" and, of its unit, "weight-unit.UNIT".
type WeightField struct {
	// Cost is what the draft costs in minutes by what the weight weighs, of Total; both 0 without a draft.
	Cost, Total int
	Key, Unit   string
	Value       string
	Usual       int // as the programme has it
	Wrong       bool
}

// Compare sets two or more plans side by side.
type Compare struct {
	Plans    []ComparedPlan
	Rows     []CompareRow
	From, To string // ids of the two plans whose differences are listed
	By       string // "unit", "area" or "leader"
	Area     string
	Areas    []Option
	Query    string
	Count    int // differences in all
	Hidden   int // people with a protected identity that the list leaves out
	Groups   []CompareGroup
	Pager    Pager
	Group    string // id of the group whose differences are listed one by one; "" for all groups
	Title    string // its name
	Lines    []string
}

// ComparedPlan is one column.
type ComparedPlan struct {
	ID, Name string
	Kept     bool
	Current  bool
	Stale    string
}

// CompareRow is one figure of every plan. Its text is "compare.KEY".
type CompareRow struct {
	Key   string
	Form  string // how it is written: "number", "minutes", "hours", "date"
	Cells []CompareCell
}

// CompareCell is one figure, and how far it is from the first plan's.
type CompareCell struct {
	N     int
	At    time.Time
	Sign  string // "+", "−" or "" when it is the same
	Delta int    // without its sign; days for dates
	Best  bool   // no plan has a better one, and some have a worse
}

// CompareGroup is what differs for one unit, area or leader, in words.
type CompareGroup struct{ ID, Name, Text string }

// url is the page's address with one thing otherwise.
func (c Compare) url(set func(q url.Values)) string {
	q := url.Values{}
	for _, p := range c.Plans {
		q.Add("with", p.ID)
	}
	for _, o := range []Option{{"from", c.From}, {"to", c.To}, {"by", c.By}, {"area", c.Area}, {"q", c.Query}} {
		if o.Label != "" {
			q.Set(o.Value, o.Label)
		}
	}
	set(q)
	return "/scenarios/compare?" + q.Encode()
}

// PageURL is the address of page n with the same filter.
func (c Compare) PageURL(n int) string {
	return c.url(func(q url.Values) {
		if n > 1 {
			q.Set("page", strconv.Itoa(n))
		}
		if c.Group != "" {
			q.Set("group", c.Group)
		}
	}) + "#differences"
}

// GroupURL is the address of one group's differences.
func (c Compare) GroupURL(id string) string {
	return c.url(func(q url.Values) { q.Set("group", id) }) + "#differences"
}

// AllURL is the address of all groups.
func (c Compare) AllURL() string { return c.url(func(url.Values) {}) + "#differences" }

// Ways lists what differences can be added up by.
func (Compare) Ways() []string { return []string{"unit", "area", "leader"} }
