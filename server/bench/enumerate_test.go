package bench

import (
	"fmt"
	"slices"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// enumeration visits every plan of a tiny problem that could be valid. It knows
// the shape of a plan and nothing of the rules: those are check's.
type enumeration struct {
	p       *model.Problem
	visit   func(*model.Plan)
	people  []*model.Person
	options [][][]choice // of each person: ways to meet the needs, one by one
	pinned  []model.Seminar
	fit     bool
	most    int // give up beyond so many combinations of options
}

// choice meets one need of a person in a seminar at a slot, venue and room;
// slot "" leaves it unmet.
type choice struct {
	person, tier, module, slot, venue string
	room                              int
}

// enumerate visits every plan in which each seminar has every choice of leaders
// and, with fit, is fit for each attendee alone. It returns false, and visits
// nothing, if there would be too many.
func enumerate(p *model.Problem, fit bool, most int, visit func(*model.Plan)) bool {
	e := &enumeration{p: p, visit: visit, fit: fit, most: most}
	e.pinned = slices.Clone(p.Fixed)
	if p.Published != nil {
		for _, s := range p.Published.Seminars {
			start := p.Slots[slices.IndexFunc(p.Slots, func(t model.Slot) bool { return t.ID == s.Slot })].Start
			if start.Before(p.Programme.FrozenUntil) && !slices.ContainsFunc(e.pinned, func(k model.Seminar) bool { return k.ID == s.ID }) {
				e.pinned = append(e.pinned, s)
			}
		}
	}
	combinations := 1
	for i := range p.People {
		ways := e.waysOf(&p.People[i])
		if len(ways) == 0 {
			return true // pinned against the rules: no valid plan
		}
		if combinations *= len(ways); combinations > most {
			return false
		}
		e.people, e.options = append(e.people, &p.People[i]), append(e.options, ways)
	}
	e.combine(0, nil)
	return true
}

// waysOf lists the ways a person's needs can be met that break no rule about
// that person alone.
func (e *enumeration) waysOf(x *model.Person) [][]choice {
	tier := slices.IndexFunc(e.p.Tiers, func(t model.Tier) bool { return t.ID == x.Tier })
	if tier < 0 {
		return [][]choice{nil}
	}
	ways := [][]choice{nil}
	for _, module := range e.p.NeedsOf(x, &e.p.Tiers[tier]) {
		if slices.ContainsFunc(e.pinned, func(s model.Seminar) bool { return s.Module == module && slices.Contains(s.Attendees, x.ID) }) {
			continue
		}
		var next [][]choice
		for _, way := range ways {
			next = append(next, append(slices.Clone(way), choice{person: x.ID, module: module}))
			for _, t := range e.p.Slots {
				for _, v := range e.p.Venues {
					for room := range max(1, v.Rooms) {
						next = append(next, append(slices.Clone(way), choice{x.ID, x.Tier, module, t.ID, v.ID, room}))
					}
				}
			}
		}
		ways = next
		if len(ways) > 100*e.most {
			return ways
		}
	}
	return slices.DeleteFunc(ways, func(way []choice) bool { return e.fit && !e.alone(x, way) })
}

func (e *enumeration) alone(x *model.Person, way []choice) bool {
	report := check.Check(e.p, e.plan(e.gather(way)))
	return !slices.ContainsFunc(report.Violations, func(v check.Violation) bool {
		return v.Person == x.ID && slices.Contains([]string{"H1", "H3", "H4", "H10", "H11"}, v.Code)
	})
}

// combine takes one way for each person in turn, and then leaders.
func (e *enumeration) combine(i int, chosen []choice) {
	if i == len(e.people) {
		if seminars := e.gather(chosen); e.roomsInOrder(seminars) {
			e.lead(seminars, 0)
		}
		return
	}
	for _, way := range e.options[i] {
		e.combine(i+1, slices.Concat(chosen, way))
	}
}

// gather makes the seminars that choices amount to.
func (e *enumeration) gather(chosen []choice) []model.Seminar {
	var seminars []model.Seminar
	for _, c := range chosen {
		if c.slot == "" {
			continue
		}
		id := fmt.Sprintf("%s %s %s %s %d", c.tier, c.module, c.slot, c.venue, c.room)
		i := slices.IndexFunc(seminars, func(s model.Seminar) bool { return s.ID == id })
		if i < 0 {
			i = len(seminars)
			seminars = append(seminars, model.Seminar{ID: id, Tier: c.tier, Module: c.module, Slot: c.slot, Venue: c.venue, Leaders: []string{}})
		}
		seminars[i].Attendees = append(seminars[i].Attendees, c.person)
	}
	return seminars
}

// roomsInOrder leaves out plans that differ from another by the numbers of rooms only.
func (e *enumeration) roomsInOrder(seminars []model.Seminar) bool {
	for i, s := range seminars {
		room := s.ID[len(s.ID)-1]
		if room == '0' {
			continue
		}
		lower := s.ID[:len(s.ID)-1] + string(room-1)
		if !slices.ContainsFunc(seminars[:i], func(x model.Seminar) bool { return x.ID == lower }) {
			return false
		}
	}
	return true
}

// lead gives seminar i, and those after it, every choice of leaders.
func (e *enumeration) lead(seminars []model.Seminar, i int) {
	if i == len(seminars) {
		e.visit(e.plan(seminars))
		return
	}
	s := &seminars[i]
	tier := e.p.Tiers[slices.IndexFunc(e.p.Tiers, func(t model.Tier) bool { return t.ID == s.Tier })]
	for _, team := range e.teams(s, max(1, tier.LeadersPerSeminar)) {
		s.Leaders = team
		e.lead(seminars, i+1)
	}
}

func (e *enumeration) teams(s *model.Seminar, size int) [][]string {
	teams := [][]string{nil}
	for range size {
		var next [][]string
		for _, team := range teams {
			for i := range e.p.People {
				x := &e.p.People[i]
				if x.Leads != nil && x.Leads.Tier == s.Tier && slices.Contains(x.Leads.Modules, s.Module) && !slices.Contains(team, x.ID) {
					next = append(next, append(slices.Clone(team), x.ID))
				}
			}
		}
		teams = next
	}
	return teams
}

func (e *enumeration) plan(seminars []model.Seminar) *model.Plan {
	plan := &model.Plan{Format: model.PlanFormat, Problem: e.p.Programme.ID, Seminars: slices.Concat(e.pinned, seminars)}
	for i := range e.p.People {
		x := &e.p.People[i]
		tier := slices.IndexFunc(e.p.Tiers, func(t model.Tier) bool { return t.ID == x.Tier })
		if tier < 0 {
			continue
		}
		for _, module := range e.p.NeedsOf(x, &e.p.Tiers[tier]) {
			attends := func(s model.Seminar) bool { return s.Module == module && slices.Contains(s.Attendees, x.ID) }
			if !slices.ContainsFunc(plan.Seminars, attends) {
				plan.Unmet = append(plan.Unmet, model.Unmet{Person: x.ID, Module: module})
			}
		}
	}
	return plan
}
