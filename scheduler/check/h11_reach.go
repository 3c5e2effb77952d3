package check

import "fmt"

// reach is H11: "one-way travel of an attendee is at most maxTravel; a module
// with online false never runs in an online venue".
func reach(r *reading) []Violation {
	var found []Violation
	for _, s := range r.seminars {
		if s.venue.Online && !s.module.Online {
			found = append(found, Violation{
				Seminar: s.plan.ID, Venue: s.venue.ID, Module: s.module.ID,
				Detail: fmt.Sprintf("Seminar %s runs online, but %s may not.", s.plan.ID, s.module.ID),
			})
		}
		for _, who := range s.attendees {
			if who.is.MaxTravel == nil {
				continue
			}
			if minutes := r.oneWay(who.unit, s.venue); minutes > *who.is.MaxTravel {
				found = append(found, Violation{
					Seminar: s.plan.ID, Person: who.is.ID, Unit: who.unit.ID, Venue: s.venue.ID,
					Detail: fmt.Sprintf("%s travels %d minutes to %s for seminar %s; at most %d are agreed.", who.is.ID, minutes, s.venue.ID, s.plan.ID, *who.is.MaxTravel),
				})
			}
		}
	}
	return found
}
