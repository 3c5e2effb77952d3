package model

import (
	"fmt"
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

// place is a field of element i of a list, written out only when something is
// wrong there. Below 0: of the list's owner itself.
type place struct {
	list string
	i    int
	rest string
}

func (p place) String() string {
	if p.i < 0 {
		return p.list + p.rest
	}
	return fmt.Sprintf("%s[%d]%s", p.list, p.i, p.rest)
}

// field is a place further in.
func (p place) field(name string) place { return place{p.list, p.i, p.rest + name} }

// wrong reports a fault at a place.
func (v *validator) wrong(at place, format string, args ...any) {
	v.fault(at.String(), format, args...)
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
		path := place{name, i, key}
		switch x := id(&list[i]); {
		case x == "":
			v.wrong(path, "is empty")
		case seen[x]:
			v.wrong(path, "%q stands earlier in the list already; ids are unique in their list", x)
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
func (v *validator) known(set map[string]bool, path place, what, id string) bool {
	if set[id] {
		return true
	}
	v.wrong(path, "there is no %s %q", what, id)
	return false
}

// subset reports references of a list that lead nowhere or stand twice.
func (v *validator) subset(set map[string]bool, path place, what string, ids []string) {
	seen := make(map[string]bool, len(ids))
	for i, id := range ids {
		if set[id] && !seen[id] {
			seen[id] = true
			continue
		}
		if at := path.field(fmt.Sprintf("[%d]", i)); v.known(set, at, what, id) {
			v.wrong(at, "%q stands twice", id)
		}
	}
}

func (v *validator) tiers() {
	for i, t := range v.p.Tiers {
		path := place{"tiers", i, ""}
		v.subset(v.module, path.field(".modules"), "module", t.Modules)
		if t.Order != "" && t.Order != Strict && t.Order != Free {
			v.wrong(path.field(".order"), "is %q; it is \"strict\" or \"free\"", t.Order)
		}
		switch {
		case t.Seats.Min < 0:
			v.wrong(path.field(".seats.min"), "must not be negative")
		case t.Seats.Max < 1:
			v.wrong(path.field(".seats.max"), "must be at least 1")
		case t.Seats.Max < t.Seats.Min:
			v.wrong(path.field(".seats.max"), "is %d, less than seats.min %d", t.Seats.Max, t.Seats.Min)
		}
		for _, x := range []struct {
			name  string
			value int
		}{{"leadersPerSeminar", t.LeadersPerSeminar}, {"gapDays", t.GapDays}, {"prepDays", t.PrepDays}} {
			if x.value < 0 {
				v.wrong(path.field("."+x.name), "must not be negative")
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
		v.intervals(place{"calendars", i, ".closed"}, c.Closed)
	}
	for i, s := range p.Slots {
		if !s.Start.Before(s.End) {
			v.fault(fmt.Sprintf("slots[%d].end", i), "is not after start")
		}
	}
}

func (v *validator) intervals(path place, list []Interval) {
	for i, x := range list {
		if x.To.Before(x.From) {
			v.wrong(path.field(fmt.Sprintf("[%d].to", i)), "is before from")
		}
	}
}

func (v *validator) matrix() {
	m := v.p.Matrix
	if m == nil {
		return
	}
	v.subset(v.unit, place{"matrix.units", -1, ""}, "unit", m.Units)
	v.subset(v.venue, place{"matrix.venues", -1, ""}, "venue", m.Venues)
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
		path := place{name, i, ""}
		if v.tier[s.Tier] == nil {
			v.wrong(path.field(".tier"), "there is no tier %q", s.Tier)
		}
		v.known(v.module, path.field(".module"), "module", s.Module)
		v.known(v.slot, path.field(".slot"), "slot", s.Slot)
		v.known(v.venue, path.field(".venue"), "venue", s.Venue)
		v.subset(v.person, path.field(".leaders"), "person", s.Leaders)
		v.subset(v.person, path.field(".attendees"), "person", s.Attendees)
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
		path := place{path + "unmet", i, ""}
		v.known(v.person, path.field(".person"), "person", u.Person)
		v.known(v.module, path.field(".module"), "module", u.Module)
	}
}
