package check

import (
	"fmt"
	"time"
)

// load is H7: "per leader: at most maxPerDay per calendar day, maxPerWeek per
// ISO week, maxTotal over all (programme time zone); between two seminars on
// one day at different venues, the time between them is at least the travel
// minutes between the venues (2.1 with the first venue in place of the unit)".
func load(r *reading) []Violation {
	var found []Violation
	for _, who := range r.people {
		for _, detail := range tooMany(who) {
			found = append(found, Violation{Person: who.is.ID, Detail: detail})
		}
		found = append(found, r.rushed(who)...)
	}
	return found
}

func tooMany(who *person) []string {
	may := who.is.Leads
	if may == nil {
		return nil
	}
	var details []string
	if may.MaxPerDay != nil {
		day := func(s *seminar) string { return "on " + dateOf(s.slot.day) }
		details = append(details, above(who, *may.MaxPerDay, day)...)
	}
	if may.MaxPerWeek != nil {
		week := func(s *seminar) string { return fmt.Sprintf("in week %d of %d", s.slot.week, s.slot.year) }
		details = append(details, above(who, *may.MaxPerWeek, week)...)
	}
	if may.MaxTotal != nil && len(who.leads) > *may.MaxTotal {
		details = append(details, fmt.Sprintf("%s leads %d seminars in all; at most %d are agreed.", who.is.ID, len(who.leads), *may.MaxTotal))
	}
	return details
}

// above counts the seminars led in each period and tells of those with too many, in time order.
func above(who *person, most int, period func(*seminar) string) []string {
	count := map[string]int{}
	for _, s := range who.leads {
		count[period(s)]++
	}
	var details []string
	for _, s := range who.leads {
		name := period(s)
		if count[name] > most {
			details = append(details, fmt.Sprintf("%s leads %d seminars %s; at most %d are agreed.", who.is.ID, count[name], name, most))
		}
		delete(count, name) // each period is told of once
	}
	return details
}

// dateOf writes a day's number as its date.
func dateOf(day int) string {
	return time.Unix(0, 0).UTC().AddDate(0, 0, day).Format(time.DateOnly)
}

func (r *reading) rushed(who *person) []Violation {
	var found []Violation
	for i, first := range who.leads {
		for _, second := range who.leads[i+1:] {
			if first.slot.day != second.slot.day {
				break // led seminars are sorted by start
			}
			if first.venue == second.venue {
				continue
			}
			free, needed := second.slot.start.Sub(first.slot.end), r.between(first.venue, second.venue)
			if free >= time.Duration(needed)*time.Minute {
				continue
			}
			found = append(found, Violation{
				Seminar: second.plan.ID, Person: who.is.ID, Venue: second.venue.ID,
				Detail: fmt.Sprintf("%s has %.0f minutes from seminar %s at %s to seminar %s at %s; the trip takes %d.",
					who.is.ID, free.Minutes(), first.plan.ID, first.venue.ID, second.plan.ID, second.venue.ID, needed),
			})
		}
	}
	return found
}
