package bench

import (
	"fmt"
	"slices"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// Plan reads an assignment of the columns as a plan, judged and priced by
// check. The error names the first rule that is broken: then the program, or
// the solver, is wrong.
func (m *MIP) Plan(values []float64) (*model.Plan, error) {
	plan := &model.Plan{Format: model.PlanFormat, Problem: m.f.problem.Programme.ID, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}}
	on := func(column int) bool { return values[column] > 0.5 }
	taken := map[string]bool{}
	for _, s := range m.seminars {
		if s.pinned != nil {
			taken[s.pinned.ID] = true
		}
	}
	for _, s := range m.seminars {
		switch {
		case s.pinned != nil:
			plan.Seminars = append(plan.Seminars, *s.pinned)
		case on(s.held):
			plan.Seminars = append(plan.Seminars, m.seminar(s, on, freeID(taken)))
		}
	}
	for n, need := range m.f.needs {
		if !slices.ContainsFunc(m.ofNeed[n], func(a int) bool { return on(m.attends[a].column) }) {
			plan.Unmet = append(plan.Unmet, model.Unmet{Person: m.f.people[need.person].ID, Module: m.f.courses[need.course].module.ID})
		}
	}
	report := check.Check(m.f.problem, plan)
	if !report.Valid {
		return nil, fmt.Errorf("the solver's plan breaks %s: %s", report.Violations[0].Code, report.Violations[0].Detail)
	}
	plan.Cost = report.Cost
	return plan, nil
}

func freeID(taken map[string]bool) string {
	for i := 1; ; i++ {
		if id := fmt.Sprintf("s%d", i); !taken[id] {
			taken[id] = true
			return id
		}
	}
}

func (m *MIP) seminar(s candidate, on func(int) bool, id string) model.Seminar {
	f, co := m.f, &m.f.courses[s.course]
	out := model.Seminar{ID: id, Tier: co.tier.ID, Module: co.module.ID, Slot: f.slots[s.slot].ID, Venue: f.venues[s.venue].ID,
		Leaders: []string{}, Attendees: []string{}}
	for _, a := range s.attends {
		if on(m.attends[a].column) {
			out.Attendees = append(out.Attendees, f.people[f.needs[m.attends[a].need].person].ID)
		}
	}
	for _, l := range s.leads {
		switch x := m.leads[l]; {
		case on(x.first):
			out.Leaders = slices.Insert(out.Leaders, 0, f.people[x.person].ID)
		case on(x.column):
			out.Leaders = append(out.Leaders, f.people[x.person].ID)
		}
	}
	return out
}

// Start lists the whole columns that are 1 in a valid plan, for a solver to
// start from; all other whole columns are 0.
func (m *MIP) Start(plan *model.Plan) ([]int, error) {
	type place struct{ course, slot, venue int }
	free := map[place][]int{}
	pinned := map[string]int{}
	for id, s := range m.seminars {
		if s.pinned != nil {
			pinned[s.pinned.ID] = id
			continue
		}
		at := place{s.course, s.slot, s.venue}
		free[at] = append(free[at], id)
	}
	var ones []int
	for i := range plan.Seminars {
		s := &plan.Seminars[i]
		id, kept := pinned[s.ID]
		if !kept {
			at := place{m.f.courseAt[[2]string{s.Tier, s.Module}], m.f.slotAt[s.Slot], m.f.venueAt[s.Venue]}
			if len(free[at]) == 0 {
				return nil, fmt.Errorf("the program has no place for seminar %s", s.ID)
			}
			id, free[at] = free[at][0], free[at][1:]
		}
		found := m.onesOf(id, s)
		if len(found) < 1+len(s.Attendees)+len(s.Leaders) {
			return nil, fmt.Errorf("the program lets not all of seminar %s take part in it", s.ID)
		}
		ones = append(ones, found...)
	}
	return ones, nil
}

func (m *MIP) onesOf(id int, s *model.Seminar) []int {
	ones := []int{m.seminars[id].held}
	for _, a := range m.seminars[id].attends {
		if slices.Contains(s.Attendees, m.f.people[m.f.needs[m.attends[a].need].person].ID) {
			ones = append(ones, m.attends[a].column)
		}
	}
	for _, l := range m.seminars[id].leads {
		x := m.leads[l]
		place := slices.Index(s.Leaders, m.f.people[x.person].ID)
		if place >= 0 {
			ones = append(ones, x.column)
		}
		if place == 0 && x.first != x.column {
			ones = append(ones, x.first)
		}
	}
	return ones
}

// minimiseUnmet and minimiseTotal are the contract's two objectives as two
// programs: the second allows no more unmet needs than the first found least.
func (m *MIP) minimiseUnmet() *Program {
	p := m.Program
	p.Objective, p.Constant = m.Unmet, 0
	return &p
}

func (m *MIP) minimiseTotal(unmet int) *Program {
	p := m.Program
	p.Rows = append(slices.Clone(p.Rows), Row{"UNM", m.Unmet, AtMost, unmet})
	return &p
}
