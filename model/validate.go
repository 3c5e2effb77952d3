package model

import (
	"fmt"
	"regexp"
	"time"
)

// validateProblem lists every dangling id and impossible value of p, each with
// its JSON path. Whether the needs can be met is not asked here: that is for
// the planner to find out.
func validateProblem(p *Problem) []Fault {
	v := &validator{p: p}
	v.programme()
	v.lists()
	v.tiers()
	v.times()
	v.places()
	v.people()
	v.matrix()
	v.seminars("fixed", p.Fixed)
	v.published()
	return v.faults
}

type validator struct {
	p      *Problem
	faults []Fault

	tier                                                      map[string]*Tier
	module, sector, wave, calendar, slot, venue, unit, person map[string]bool
}

func (v *validator) fault(path, format string, args ...any) {
	v.faults = append(v.faults, Fault{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (v *validator) programme() {
	p := v.p
	if p.Format != ProblemFormat {
		v.fault("format", "is %q; a problem's format is %q", p.Format, ProblemFormat)
	}
	if p.Programme.ID == "" {
		v.fault("programme.id", "is empty")
	}
	if _, err := time.LoadLocation(p.Programme.Timezone); err != nil || p.Programme.Timezone == "" || p.Programme.Timezone == "Local" {
		v.fault("programme.timezone", "%q is no zone of the IANA list; write for example \"Europe/Stockholm\"", p.Programme.Timezone)
	}
	if t := p.Programme.Travel; !(t.KmH > 0) {
		v.fault("programme.travel.kmh", "must be above 0")
	}
	if t := p.Programme.Travel; !(t.Detour >= 0) {
		v.fault("programme.travel.detour", "must not be negative")
	}
	if t := p.Programme.Travel; !(t.Fixed >= 0) {
		v.fault("programme.travel.fixed", "must not be negative")
	}
	if m := p.Programme.MaxMoved; m != nil && *m < 0 {
		v.fault("programme.maxMoved", "must not be negative")
	}
	v.weights()
}

func (v *validator) weights() {
	w := v.p.Programme.Weights
	for _, x := range []struct {
		name  string
		value *int
	}{
		{"travel", w.Travel}, {"leaderTravel", w.LeaderTravel}, {"prep", w.Prep}, {"mixMin", w.MixMin}, {"mix", w.Mix},
		{"crowdMax", w.CrowdMax}, {"crowd", w.Crowd}, {"continuity", w.Continuity}, {"paceDays", w.PaceDays}, {"pace", w.Pace},
		{"earliness", w.Earliness}, {"fairness", w.Fairness}, {"preference", w.Preference},
		{"movedSlot", w.MovedSlot}, {"movedVenue", w.MovedVenue}, {"movedLeader", w.MovedLeader},
	} {
		if x.value != nil && *x.value < 0 {
			v.fault("programme.weights."+x.name, "must not be negative")
		}
	}
}

// index collects the ids of one list and reports empty and repeated ones.
func index[T any](v *validator, name, key string, list []T, id func(*T) string) map[string]bool {
	seen := make(map[string]bool, len(list))
	for i := range list {
		path := fmt.Sprintf("%s[%d]%s", name, i, key)
		switch x := id(&list[i]); {
		case x == "":
			v.fault(path, "is empty")
		case seen[x]:
			v.fault(path, "%q stands earlier in the list already; ids are unique in their list", x)
		default:
			seen[x] = true
		}
	}
	return seen
}

func (v *validator) lists() {
	p := v.p
	index(v, "tiers", ".id", p.Tiers, func(t *Tier) string { return t.ID })
	v.tier = map[string]*Tier{}
	for i := range p.Tiers {
		v.tier[p.Tiers[i].ID] = &p.Tiers[i]
	}
	v.module = index(v, "modules", ".id", p.Modules, func(m *Module) string { return m.ID })
	v.sector = index(v, "sectors", "", p.Sectors, func(s *string) string { return *s })
	v.wave = index(v, "waves", ".id", p.Waves, func(w *Wave) string { return w.ID })
	v.calendar = index(v, "calendars", ".id", p.Calendars, func(c *Calendar) string { return c.ID })
	v.slot = index(v, "slots", ".id", p.Slots, func(s *Slot) string { return s.ID })
	v.venue = index(v, "venues", ".id", p.Venues, func(x *Venue) string { return x.ID })
	v.unit = index(v, "units", ".id", p.Units, func(u *Unit) string { return u.ID })
	v.person = index(v, "people", ".id", p.People, func(x *Person) string { return x.ID })
}

// known reports a reference that leads nowhere.
func (v *validator) known(set map[string]bool, path, what, id string) bool {
	if set[id] {
		return true
	}
	v.fault(path, "there is no %s %q", what, id)
	return false
}

// subset reports references of a list that lead nowhere or stand twice.
func (v *validator) subset(set map[string]bool, path, what string, ids []string) {
	seen := map[string]bool{}
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, i)
		if v.known(set, at, what, id) && seen[id] {
			v.fault(at, "%q stands twice", id)
		}
		seen[id] = true
	}
}

func (v *validator) tiers() {
	for i, t := range v.p.Tiers {
		path := fmt.Sprintf("tiers[%d]", i)
		v.subset(v.module, path+".modules", "module", t.Modules)
		if t.Order != "" && t.Order != Strict && t.Order != Free {
			v.fault(path+".order", "is %q; it is \"strict\" or \"free\"", t.Order)
		}
		switch {
		case t.Seats.Min < 0:
			v.fault(path+".seats.min", "must not be negative")
		case t.Seats.Max < 1:
			v.fault(path+".seats.max", "must be at least 1")
		case t.Seats.Max < t.Seats.Min:
			v.fault(path+".seats.max", "is %d, less than seats.min %d", t.Seats.Max, t.Seats.Min)
		}
		for _, x := range []struct {
			name  string
			value int
		}{{"leadersPerSeminar", t.LeadersPerSeminar}, {"gapDays", t.GapDays}, {"prepDays", t.PrepDays}} {
			if x.value < 0 {
				v.fault(path+"."+x.name, "must not be negative")
			}
		}
	}
}

func (v *validator) times() {
	p := v.p
	for i, m := range p.Modules {
		if m.Minutes < 0 {
			v.fault(fmt.Sprintf("modules[%d].minutes", i), "must not be negative")
		}
	}
	for i, w := range p.Waves {
		if !w.From.Before(w.To) {
			v.fault(fmt.Sprintf("waves[%d].to", i), "is not after from")
		}
	}
	for i, c := range p.Calendars {
		v.intervals(fmt.Sprintf("calendars[%d].closed", i), c.Closed)
	}
	for i, s := range p.Slots {
		if !s.Start.Before(s.End) {
			v.fault(fmt.Sprintf("slots[%d].end", i), "is not after start")
		}
	}
}

func (v *validator) intervals(path string, list []Interval) {
	for i, x := range list {
		if x.To.Before(x.From) {
			v.fault(fmt.Sprintf("%s[%d].to", path, i), "is before from")
		}
	}
}

func (v *validator) coordinates(path string, lat, lon float64) {
	if !(lat >= -90 && lat <= 90) {
		v.fault(path+".lat", "%g is no latitude; it lies between -90 and 90", lat)
	}
	if !(lon >= -180 && lon <= 180) {
		v.fault(path+".lon", "%g is no longitude; it lies between -180 and 180", lon)
	}
}

func (v *validator) places() {
	for i, x := range v.p.Venues {
		path := fmt.Sprintf("venues[%d]", i)
		v.coordinates(path, x.Lat, x.Lon)
		if x.Capacity < 0 {
			v.fault(path+".capacity", "must not be negative")
		}
		if x.Rooms < 0 {
			v.fault(path+".rooms", "must not be negative")
		}
		if x.Calendar != "" {
			v.known(v.calendar, path+".calendar", "calendar", x.Calendar)
		}
		v.intervals(path+".closed", x.Closed)
	}
	for i, u := range v.p.Units {
		path := fmt.Sprintf("units[%d]", i)
		v.coordinates(path, u.Lat, u.Lon)
		v.known(v.sector, path+".sector", "sector", u.Sector)
		if u.Wave != "" {
			v.known(v.wave, path+".wave", "wave", u.Wave)
		}
		if u.MaxAway != nil && *u.MaxAway < 0 {
			v.fault(path+".maxAway", "must not be negative")
		}
	}
}

var halfDay = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)-(am|pm|eve)$`)

func (v *validator) people() {
	for i := range v.p.People {
		x := &v.p.People[i]
		path := fmt.Sprintf("people[%d]", i)
		v.known(v.unit, path+".unit", "unit", x.Unit)
		v.needs(path, x)
		for j, d := range x.Done {
			v.known(v.module, fmt.Sprintf("%s.done[%d].module", path, j), "module", d.Module)
		}
		if x.Calendar != "" {
			v.known(v.calendar, path+".calendar", "calendar", x.Calendar)
		}
		v.intervals(path+".closed", x.Closed)
		if x.MaxTravel != nil && *x.MaxTravel < 0 {
			v.fault(path+".maxTravel", "must not be negative")
		}
		for j, h := range x.Dislikes {
			if !halfDay.MatchString(string(h)) {
				v.fault(fmt.Sprintf("%s.dislikes[%d]", path, j), "%q is no half-day; write for example \"mon-am\", \"fri-pm\" or \"wed-eve\"", h)
			}
		}
		v.leads(path+".leads", x.Leads)
	}
}

func (v *validator) needs(path string, x *Person) {
	if x.Tier == "" {
		if len(x.Needs) > 0 {
			v.fault(path+".needs", "a person without a tier needs nothing; name the tier or leave needs out")
		}
		return
	}
	tier, ok := v.tier[x.Tier]
	if !ok {
		v.fault(path+".tier", "there is no tier %q", x.Tier)
		return
	}
	modules := map[string]bool{}
	for _, m := range tier.Modules {
		modules[m] = true
	}
	v.subset(modules, path+".needs", "module of tier "+x.Tier, x.Needs)
}

func (v *validator) leads(path string, l *Leads) {
	if l == nil {
		return
	}
	if v.tier[l.Tier] == nil {
		v.fault(path+".tier", "there is no tier %q", l.Tier)
	}
	v.subset(v.module, path+".modules", "module", l.Modules)
	for _, x := range []struct {
		name  string
		value *int
	}{{"maxPerDay", l.MaxPerDay}, {"maxPerWeek", l.MaxPerWeek}, {"maxTotal", l.MaxTotal}, {"target", l.Target}} {
		if x.value != nil && *x.value < 0 {
			v.fault(path+"."+x.name, "must not be negative")
		}
	}
}

func (v *validator) matrix() {
	m := v.p.Matrix
	if m == nil {
		return
	}
	v.subset(v.unit, "matrix.units", "unit", m.Units)
	v.subset(v.venue, "matrix.venues", "venue", m.Venues)
	if len(m.Minutes) != len(m.Units) {
		v.fault("matrix.minutes", "has %d rows for %d units", len(m.Minutes), len(m.Units))
	}
	for i, row := range m.Minutes {
		if len(row) != len(m.Venues) {
			v.fault(fmt.Sprintf("matrix.minutes[%d]", i), "has %d numbers for %d venues", len(row), len(m.Venues))
		}
		for j, minutes := range row {
			if minutes < 0 {
				v.fault(fmt.Sprintf("matrix.minutes[%d][%d]", i, j), "must not be negative")
			}
		}
	}
}

func (v *validator) seminars(name string, list []Seminar) {
	index(v, name, ".id", list, func(s *Seminar) string { return s.ID })
	for i, s := range list {
		path := fmt.Sprintf("%s[%d]", name, i)
		if v.tier[s.Tier] == nil {
			v.fault(path+".tier", "there is no tier %q", s.Tier)
		}
		v.known(v.module, path+".module", "module", s.Module)
		v.known(v.slot, path+".slot", "slot", s.Slot)
		v.known(v.venue, path+".venue", "venue", s.Venue)
		v.subset(v.person, path+".leaders", "person", s.Leaders)
		v.subset(v.person, path+".attendees", "person", s.Attendees)
	}
}

func (v *validator) published() {
	if v.p.Published != nil {
		v.plan("published.", v.p.Published)
	}
}

// planFits lists what keeps a plan from being one for the problem: what is
// committed must be readable for ever.
func planFits(p *Problem, plan *Plan) error {
	v := &validator{p: p}
	v.lists()
	v.plan("", plan)
	if plan.Seminars == nil {
		v.fault("seminars", "is missing")
	}
	if plan.Unmet == nil {
		v.fault("unmet", "is missing")
	}
	if len(v.faults) > 0 {
		return &FormatError{What: "plan", Faults: v.faults}
	}
	return nil
}

func (v *validator) plan(path string, plan *Plan) {
	if plan.Format != PlanFormat {
		v.fault(path+"format", "is %q; a plan's format is %q", plan.Format, PlanFormat)
	}
	if plan.Problem != v.p.Programme.ID {
		v.fault(path+"problem", "is %q; the programme's id is %q", plan.Problem, v.p.Programme.ID)
	}
	v.seminars(path+"seminars", plan.Seminars)
	for i, u := range plan.Unmet {
		path := fmt.Sprintf("%sunmet[%d]", path, i)
		v.known(v.person, path+".person", "person", u.Person)
		v.known(v.module, path+".module", "module", u.Module)
	}
}
