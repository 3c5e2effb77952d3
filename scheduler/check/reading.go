package check

import (
	"slices"
	"time"

	"kaskad/model"
)

// reading is the problem and the plan with every id looked up once.
type reading struct {
	problem *model.Problem
	plan    *model.Plan
	zone    *time.Location // nil: the problem's time zone is unknown

	tiers    map[string]*model.Tier
	modules  map[string]*model.Module
	venues   map[string]*model.Venue
	slots    map[string]*slot
	people   []*person // in the problem's order
	byID     map[string]*person
	matrix   map[[2]string]int // (unit, venue) → minutes one way
	seminars []*seminar        // the plan's, less those that name an unknown tier, module, slot or venue
	refused  []Violation       // attendances H1 refuses; they are in no seminar's or person's list
}

// slot is a model.Slot with its place in the programme's local calendar.
type slot struct {
	id         string
	start, end time.Time
	day        int // number of the local date it starts on
	year, week int // ISO year and week it starts in
	half       model.HalfDay
}

// seminar is one planned seminar with the attendances that stand and its known
// leaders, each once.
type seminar struct {
	plan      *model.Seminar
	tier      *model.Tier
	module    *model.Module
	slot      *slot
	venue     *model.Venue
	attendees []*person
	leaders   []*person
}

// person is one person of the problem with all they do in the plan.
type person struct {
	is      *model.Person
	unit    *model.Unit // an empty unit if the problem names an unknown one
	tier    *model.Tier // nil: an outside expert
	wave    *model.Wave // nil: no wave
	shared  []model.Interval
	needs   []string   // each once
	attends []*seminar // in the plan's order
	leads   []*seminar // by start
	starts  []start    // by time
	listed  []string   // modules of all seminars that list the person, read or not
	unmet   []string   // modules listed as unmet
}

// start is the moment a person began a module, now or earlier.
type start struct {
	module  string
	at      time.Time
	day     int
	seminar *seminar // nil: done before this plan
}

func read(p *model.Problem, plan *model.Plan) *reading {
	r := &reading{
		problem: p, plan: plan,
		tiers:   byID(p.Tiers, func(t *model.Tier) string { return t.ID }),
		modules: byID(p.Modules, func(m *model.Module) string { return m.ID }),
		venues:  byID(p.Venues, func(v *model.Venue) string { return v.ID }),
		slots:   map[string]*slot{},
		byID:    map[string]*person{},
		matrix:  matrixOf(p.Matrix),
	}
	if zone, err := time.LoadLocation(p.Programme.Timezone); err == nil {
		r.zone = zone
	}
	for i := range p.Slots {
		s := &p.Slots[i]
		r.slots[s.ID] = r.slotOf(s)
	}
	r.readPeople()
	for i := range plan.Seminars {
		r.readSeminar(&plan.Seminars[i])
	}
	for _, who := range r.people {
		r.sortTimes(who)
	}
	return r
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		m[id(&list[i])] = &list[i]
	}
	return m
}

func (r *reading) readPeople() {
	units := byID(r.problem.Units, func(u *model.Unit) string { return u.ID })
	waves := byID(r.problem.Waves, func(w *model.Wave) string { return w.ID })
	calendars := byID(r.problem.Calendars, func(c *model.Calendar) string { return c.ID })
	for i := range r.problem.People {
		is := &r.problem.People[i]
		who := &person{is: is, unit: units[is.Unit], tier: r.tiers[is.Tier]}
		if who.unit == nil {
			who.unit = &model.Unit{}
		}
		who.wave = waves[who.unit.Wave]
		if c := calendars[is.Calendar]; c != nil {
			who.shared = c.Closed
		}
		who.needs = needsOf(is, who.tier)
		r.people = append(r.people, who)
		r.byID[is.ID] = who
	}
}

// needsOf lists what a person must still attend. Contract, section 1: "default:
// the tier's modules minus done"; section 3: "a person without tier needs nothing".
func needsOf(is *model.Person, tier *model.Tier) []string {
	if tier == nil {
		return nil
	}
	given := is.Needs
	if given == nil {
		given = slices.DeleteFunc(slices.Clone(tier.Modules), func(module string) bool {
			return slices.ContainsFunc(is.Done, func(d model.Done) bool { return d.Module == module })
		})
	}
	var needs []string
	for _, module := range given {
		if !slices.Contains(needs, module) {
			needs = append(needs, module)
		}
	}
	return needs
}

func (r *reading) readSeminar(planned *model.Seminar) {
	s := &seminar{
		plan: planned, tier: r.tiers[planned.Tier], module: r.modules[planned.Module],
		slot: r.slots[planned.Slot], venue: r.venues[planned.Venue],
	}
	if s.tier == nil || s.module == nil || s.slot == nil || s.venue == nil {
		return
	}
	r.seminars = append(r.seminars, s)
	for _, id := range planned.Attendees {
		if who := r.byID[id]; who != nil {
			r.seat(who, s)
		}
	}
	for _, id := range once(planned.Leaders) {
		if who := r.byID[id]; who != nil {
			s.leaders = append(s.leaders, who)
			who.leads = append(who.leads, s)
		}
	}
}

// seat counts an attendance unless H1 refuses it.
func (r *reading) seat(who *person, s *seminar) {
	if reason := refusal(who, s); reason != "" {
		r.refused = append(r.refused, Violation{Seminar: s.plan.ID, Person: who.is.ID, Module: s.module.ID, Detail: reason})
		return
	}
	s.attendees = append(s.attendees, who)
	who.attends = append(who.attends, s)
}

// once drops repeated ids and keeps the order.
func once(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	var out []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

func (r *reading) sortTimes(who *person) {
	for _, d := range who.is.Done {
		who.starts = append(who.starts, start{module: d.Module, at: d.Start, day: r.day(d.Start)})
	}
	for _, s := range who.attends {
		who.starts = append(who.starts, start{module: s.module.ID, at: s.slot.start, day: s.slot.day, seminar: s})
	}
	slices.SortStableFunc(who.starts, func(a, b start) int { return a.at.Compare(b.at) })
	slices.SortStableFunc(who.leads, func(a, b *seminar) int { return a.slot.start.Compare(b.slot.start) })
}

// takesPartIn lists the seminars a person attends or leads, each once, by start.
func (who *person) takesPartIn() []*seminar {
	all := slices.Clone(who.attends)
	for _, s := range who.leads {
		if !slices.Contains(who.attends, s) {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b *seminar) int { return a.slot.start.Compare(b.slot.start) })
	return all
}

// attended says whether the person attends the module in the plan.
func (who *person) attended(module string) bool {
	return slices.ContainsFunc(who.attends, func(s *seminar) bool { return s.module.ID == module })
}

// orOne is the default of seats.min, leadersPerSeminar and rooms.
func orOne(n int) int {
	if n == 0 {
		return 1
	}
	return n
}
