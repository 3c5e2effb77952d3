package check

import (
	"fmt"
	"slices"

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

func (r *reading) needsFit() []Violation {
	for i := range r.plan.Seminars {
		for _, id := range r.plan.Seminars[i].Attendees {
			if who := r.byID[id]; who != nil {
				who.listed = append(who.listed, r.plan.Seminars[i].Module)
			}
		}
	}
	var found []Violation
	say := func(person, module, format string) {
		found = append(found, Violation{Person: person, Module: module, Detail: fmt.Sprintf(format, person, module)})
	}
	for _, u := range r.plan.Unmet {
		who := r.byID[u.Person]
		switch {
		case who == nil:
			say(u.Person, u.Module, "Unmet names a person the problem does not have: %q (%s).")
			continue
		case !slices.Contains(who.needs, u.Module):
			say(u.Person, u.Module, "%s does not need %s, yet it is listed as unmet.")
		case slices.Contains(who.unmet, u.Module):
			say(u.Person, u.Module, "%s is listed as unmet more than once for %s.")
		case slices.Contains(who.listed, u.Module):
			say(u.Person, u.Module, "%s attends %s, yet it is listed as unmet.")
		}
		who.unmet = append(who.unmet, u.Module)
	}
	for _, who := range r.people {
		for _, module := range who.needs {
			if !slices.Contains(who.listed, module) && !slices.Contains(who.unmet, module) {
				say(who.is.ID, module, "%s needs %s but neither attends it nor is listed as unmet.")
			}
		}
	}
	return found
}
