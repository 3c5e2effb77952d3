package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

const (
	// patternWeeks are looked at for which times a week usually has.
	patternWeeks = 8
	// longestExtension keeps a slip of the pen from making ten thousand slots.
	longestExtension = 3 * 366
)

// Extended is the problem with more weeks: until then (exclusive) each week gets
// the slots that most of the last eight weeks with slots have, and the waves
// that end last are lengthened. A day without slots a year (52 weeks) earlier,
// if the programme had begun then, gets none: summers and Christmases repeat.
// The problem itself is unchanged. An error when until is not later than the
// last slot, or more than three years later.
func (p *Problem) Extended(until time.Time) (*Problem, error) {
	zone, err := time.LoadLocation(p.Programme.Timezone)
	if err != nil {
		return nil, err
	}
	if len(p.Slots) == 0 {
		return nil, Errorf(Invalid, "error.extend-none", "the programme has no slots to go on from")
	}
	c := readCalendar(p.Slots, zone)
	end := DayNumber(until, zone)
	switch {
	case end <= c.last+1:
		return nil, Errorf(Invalid, "error.extend-early", "the programme has slots until %s already; choose a later day", Midnight(c.last, zone).Format(time.DateOnly))
	case end > c.last+longestExtension:
		return nil, Errorf(Invalid, "error.extend-far", "that is more than three years beyond the last slot; choose an earlier day")
	}
	longer := *p
	longer.Slots = append(slices.Clone(p.Slots), c.further(end)...)
	longer.Waves = slices.Clone(p.Waves)
	if len(p.Waves) > 0 {
		last := slices.MaxFunc(p.Waves, func(a, b Wave) int { return a.To.Compare(b.To) }).To
		for i := range longer.Waves {
			if w := &longer.Waves[i]; w.To.Equal(last) && w.To.Before(until) {
				w.To = until
			}
		}
	}
	return &longer, nil
}

// clockTime is a time of day at which a slot runs, in minutes after midnight.
type clockTime struct{ from, minutes int }

// slotCalendar is which days have which slots.
type slotCalendar struct {
	zone        *time.Location
	first, last int // day numbers
	days        map[int][]clockTime
	ids         map[string]bool
}

func readCalendar(slots []Slot, zone *time.Location) *slotCalendar {
	c := &slotCalendar{zone: zone, days: map[int][]clockTime{}, ids: map[string]bool{}}
	for i, s := range slots {
		local := s.Start.In(zone)
		day := DayNumber(s.Start, zone)
		if i == 0 || day < c.first {
			c.first = day
		}
		if i == 0 || day > c.last {
			c.last = day
		}
		c.days[day] = append(c.days[day], clockTime{local.Hour()*60 + local.Minute(), int(s.End.Sub(s.Start).Minutes())})
		c.ids[s.ID] = true
	}
	return c
}

// pattern lists, for each weekday from Monday on, the times that at least half
// of the last weeks with slots have.
func (c *slotCalendar) pattern() [7][]clockTime {
	var seen [7]map[clockTime]int
	weeks := 0
	for w := WeekNumber(c.last); w >= WeekNumber(c.first) && weeks < patternWeeks; w-- {
		any := false
		for d := range 7 {
			for _, t := range c.days[FirstDay(w)+d] {
				if seen[d] == nil {
					seen[d] = map[clockTime]int{}
				}
				seen[d][t]++
				any = true
			}
		}
		if any {
			weeks++
		}
	}
	var usual [7][]clockTime
	for d := range 7 {
		for t, n := range seen[d] {
			if 2*n >= weeks {
				usual[d] = append(usual[d], t)
			}
		}
		slices.SortFunc(usual[d], func(a, b clockTime) int { return cmp.Or(a.from-b.from, a.minutes-b.minutes) })
	}
	return usual
}

// further makes the slots of the days after the last one and before end.
func (c *slotCalendar) further(end int) []Slot {
	usual := c.pattern()
	var list []Slot
	for day := c.last + 1; day < end; day++ {
		before := day - 52*7
		if before >= c.first && len(c.days[before]) == 0 {
			continue
		}
		midnight := Midnight(day, c.zone)
		for _, t := range usual[(day+3)%7] {
			year, month, d := midnight.Date()
			start := time.Date(year, month, d, t.from/60, t.from%60, 0, 0, c.zone)
			list = append(list, Slot{ID: c.newID(start), Start: start, End: start.Add(time.Duration(t.minutes) * time.Minute)})
			c.days[day] = append(c.days[day], t)
		}
	}
	return list
}

func (c *slotCalendar) newID(start time.Time) string {
	id := start.Format("2006-01-02-1504")
	for n := 2; c.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", start.Format("2006-01-02-1504"), n)
	}
	c.ids[id] = true
	return id
}

// ProgrammeExtended gives the programme more weeks. What is drafted stands.
type ProgrammeExtended struct {
	Problem string    `json:"problem"` // Ref of the problem with them
	Until   time.Time `json:"until"`
}

func (ProgrammeExtended) eventType() string { return "programme.extended" }

// ExtendProgramme lengthens the programme until a day (exclusive), see Problem.Extended.
type ExtendProgramme struct{ Until time.Time }

func (c ExtendProgramme) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	longer, err := s.base.Extended(c.Until)
	if err != nil {
		return Decision{}, err
	}
	return withBlob(func(ref string) Event { return ProgrammeExtended{Problem: ref, Until: c.Until} }, longer)
}

// extend loads the longer programme and keeps the draft, which still fits it.
func (s *State) extend(e ProgrammeExtended, blobs Blobs) error {
	draft := s.Draft
	if err := s.loadRoster(e.Problem, blobs); err != nil {
		return err
	}
	s.Draft = draft
	return nil
}
