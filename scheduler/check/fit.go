package check

import (
	"fmt"

	"kaskad/model"
)

// fit: "Every needed (person, module) is either in exactly one seminar's
// attendees or once in unmet", every id in the plan is known and every
// seminar's id is its own. (Attended more than once is H1's.)
func fit(r *reading) []Violation {
	found := r.headFits()
	ids := map[string]bool{}
	for i := range r.plan.Seminars {
		s := &r.plan.Seminars[i]
		if ids[s.ID] {
			found = append(found, Violation{Seminar: s.ID, Detail: fmt.Sprintf("More than one seminar has the id %q.", s.ID)})
		}
		ids[s.ID] = true
		found = append(found, r.seminarFits(s)...)
	}
	return append(found, r.needsFit()...)
}

func (r *reading) headFits() []Violation {
	var found []Violation
	if r.zone == nil {
		found = append(found, Violation{Detail: fmt.Sprintf("The time zone %q is not known; times are read as UTC.", r.problem.Programme.Timezone)})
	}
	if r.plan.Format != model.PlanFormat {
		found = append(found, Violation{Detail: fmt.Sprintf("The plan's format is %q, not %q.", r.plan.Format, model.PlanFormat)})
	}
	if r.plan.Problem != r.problem.Programme.ID {
		found = append(found, Violation{Detail: fmt.Sprintf("The plan is for the programme %q, not %q.", r.plan.Problem, r.problem.Programme.ID)})
	}
	return found
}

func (r *reading) seminarFits(s *model.Seminar) []Violation {
	var found []Violation
	unknown := func(v Violation, kind, id string) {
		v.Seminar = s.ID
		v.Detail = fmt.Sprintf("Seminar %s names a %s the problem does not have: %q.", s.ID, kind, id)
		found = append(found, v)
	}
	if r.tiers[s.Tier] == nil {
		unknown(Violation{}, "tier", s.Tier)
	}
	if r.modules[s.Module] == nil {
		unknown(Violation{Module: s.Module}, "module", s.Module)
	}
	if r.slots[s.Slot] == nil {
		unknown(Violation{}, "slot", s.Slot)
	}
	if r.venues[s.Venue] == nil {
		unknown(Violation{Venue: s.Venue}, "venue", s.Venue)
	}
	for _, id := range once(s.Attendees) {
		if r.byID[id] == nil {
			unknown(Violation{Person: id}, "person", id)
		}
	}
	for _, id := range once(s.Leaders) {
		if r.byID[id] == nil {
			unknown(Violation{Person: id}, "leader", id)
		}
	}
	return found
}

// need is one module for one person.
type need struct{ person, module string }

func (r *reading) needsFit() []Violation {
	needed, attended, unmet := map[need]bool{}, map[need]bool{}, map[need]bool{}
	for _, who := range r.people {
		for _, module := range who.needs {
			needed[need{who.is.ID, module}] = true
		}
	}
	for _, s := range r.plan.Seminars {
		for _, id := range s.Attendees {
			attended[need{id, s.Module}] = true
		}
	}
	var found []Violation
	say := func(n need, format string) {
		found = append(found, Violation{Person: n.person, Module: n.module, Detail: fmt.Sprintf(format, n.person, n.module)})
	}
	for _, u := range r.plan.Unmet {
		n := need{u.Person, u.Module}
		switch {
		case r.byID[u.Person] == nil:
			say(n, "Unmet names a person the problem does not have: %q (%s).")
		case !needed[n]:
			say(n, "%s does not need %s, yet it is listed as unmet.")
		case unmet[n]:
			say(n, "%s is listed as unmet more than once for %s.")
		case attended[n]:
			say(n, "%s attends %s, yet it is listed as unmet.")
		}
		unmet[n] = true
	}
	for _, who := range r.people {
		for _, module := range who.needs {
			if n := (need{who.is.ID, module}); !attended[n] && !unmet[n] {
				say(n, "%s needs %s but neither attends it nor is listed as unmet.")
			}
		}
	}
	return found
}
