package check

import (
	"fmt"
	"slices"
)

// leaders is H6: "leader count = leadersPerSeminar, all different, none of
// them attendee of it".
func leaders(r *reading) []Violation {
	var found []Violation
	for _, s := range r.seminars {
		different, want := once(s.plan.Leaders), orOne(s.tier.LeadersPerSeminar)
		v := Violation{Seminar: s.plan.ID, Module: s.module.ID}
		if len(different) != want {
			v.Detail = fmt.Sprintf("Seminar %s has %d leaders; tier %s asks for %d.", s.plan.ID, len(different), s.tier.ID, want)
			found = append(found, v)
		}
		if len(different) != len(s.plan.Leaders) {
			v.Detail = fmt.Sprintf("Seminar %s lists a leader more than once.", s.plan.ID)
			found = append(found, v)
		}
		for _, id := range different {
			if slices.Contains(s.plan.Attendees, id) {
				v.Person = id
				v.Detail = fmt.Sprintf("%s both leads and attends seminar %s.", id, s.plan.ID)
				found = append(found, v)
			}
		}
	}
	return found
}
