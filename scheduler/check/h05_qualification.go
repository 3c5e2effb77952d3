package check

import (
	"fmt"
	"slices"
)

// qualification is H5: "a leader leads only seminars of leads.tier and of
// leads.modules, from leads.from on; for a module the leader also needs or has
// done, at least the own tier's prepDays (calendar days) after attending it; a
// module needed and not attended cannot be led".
func qualification(r *reading) []Violation {
	var found []Violation
	for _, who := range r.people {
		for _, s := range who.leads {
			for _, detail := range append(r.unqualified(who, s), r.unprepared(who, s)...) {
				found = append(found, Violation{Seminar: s.plan.ID, Person: who.is.ID, Module: s.module.ID, Detail: detail})
			}
		}
	}
	return found
}

func (r *reading) unqualified(who *person, s *seminar) []string {
	may := who.is.Leads
	if may == nil {
		return []string{fmt.Sprintf("%s leads seminar %s but may not lead at all.", who.is.ID, s.plan.ID)}
	}
	var details []string
	if may.Tier != s.tier.ID {
		details = append(details, fmt.Sprintf("%s leads seminar %s of tier %s but may only lead tier %s.", who.is.ID, s.plan.ID, s.tier.ID, may.Tier))
	}
	if !slices.Contains(may.Modules, s.module.ID) {
		details = append(details, fmt.Sprintf("%s leads %s in seminar %s but may not lead that module.", who.is.ID, s.module.ID, s.plan.ID))
	}
	if s.slot.start.Before(may.From) {
		details = append(details, fmt.Sprintf("%s leads seminar %s on %s but may only lead from %s on.", who.is.ID, s.plan.ID, r.when(s.slot.start), r.when(may.From)))
	}
	return details
}

func (r *reading) unprepared(who *person, s *seminar) []string {
	learned := slices.IndexFunc(who.starts, func(b start) bool { return b.module == s.module.ID })
	if slices.Contains(who.needs, s.module.ID) && !who.attended(s.module.ID) {
		return []string{fmt.Sprintf("%s leads %s in seminar %s but needs it and never attends it.", who.is.ID, s.module.ID, s.plan.ID)}
	}
	if learned < 0 {
		return nil
	}
	at := who.starts[learned]
	if !s.slot.start.After(at.at) {
		return []string{fmt.Sprintf("%s leads %s on %s, before attending it on %s.", who.is.ID, s.module.ID, r.when(s.slot.start), r.when(at.at))}
	}
	prep := 0
	if who.tier != nil {
		prep = who.tier.PrepDays
	}
	if days := s.slot.day - at.day; days < prep {
		return []string{fmt.Sprintf("%s leads %s on %s, %d days after attending it; %d are needed to prepare.", who.is.ID, s.module.ID, r.when(s.slot.start), days, prep)}
	}
	return nil
}
