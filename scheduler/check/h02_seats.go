package check

import "fmt"

// seats is H2: "attendees of a seminar: at least seats.min, at most
// min(seats.max, venue capacity)".
func seats(r *reading) []Violation {
	var found []Violation
	for _, s := range r.seminars {
		v := Violation{Seminar: s.plan.ID, Venue: s.venue.ID, Module: s.module.ID}
		n, least, most := len(once(s.plan.Attendees)), orOne(s.tier.Seats.Min), min(s.tier.Seats.Max, s.venue.Capacity)
		if n < least {
			v.Detail = fmt.Sprintf("Seminar %s has %d attendees; at least %d are needed.", s.plan.ID, n, least)
			found = append(found, v)
		}
		if n > most {
			v.Detail = fmt.Sprintf("Seminar %s has %d attendees; %s seats at most %d of tier %s.", s.plan.ID, n, s.venue.ID, most, s.tier.ID)
			found = append(found, v)
		}
	}
	return found
}
