package check

import (
	"fmt"
	"slices"
)

// attendance is H1: "a person attends each needed module at most once, in a
// seminar of the own tier and that module; nobody attends what they do not need".
func attendance(r *reading) []Violation { return r.refused }

// refusal says why H1 refuses one more attendance, empty if it does not.
func refusal(who *person, s *seminar) string {
	if s.tier != who.tier {
		return fmt.Sprintf("%s attends seminar %s, which is for tier %s and not the own one.", who.is.ID, s.plan.ID, s.tier.ID)
	}
	if !slices.Contains(who.needs, s.module.ID) {
		return fmt.Sprintf("%s attends %s in seminar %s without needing it.", who.is.ID, s.module.ID, s.plan.ID)
	}
	for _, before := range who.attends {
		switch {
		case before == s:
			return fmt.Sprintf("%s is listed more than once as an attendee of seminar %s.", who.is.ID, s.plan.ID)
		case before.module == s.module:
			return fmt.Sprintf("%s attends %s more than once: in seminars %s and %s.", who.is.ID, s.module.ID, before.plan.ID, s.plan.ID)
		}
	}
	return ""
}
