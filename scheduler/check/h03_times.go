package check

import (
	"fmt"
	"time"
)

// times is H3: "slot at least as long as the module; nobody (attendee or
// leader) is in two seminars whose slots overlap in time, nor in one that
// overlaps own closed or the calendar's".
func times(r *reading) []Violation {
	var found []Violation
	for _, s := range r.seminars {
		if length := s.slot.end.Sub(s.slot.start); length < time.Duration(s.module.Minutes)*time.Minute {
			found = append(found, Violation{
				Seminar: s.plan.ID, Module: s.module.ID,
				Detail: fmt.Sprintf("The slot of seminar %s is %.0f minutes long; %s takes %d.", s.plan.ID, length.Minutes(), s.module.ID, s.module.Minutes),
			})
		}
	}
	for _, who := range r.people {
		mine := who.takesPartIn()
		found = append(found, r.doubleBooked(who, mine)...)
		found = append(found, r.absent(who, mine)...)
	}
	return found
}

func (r *reading) doubleBooked(who *person, mine []*seminar) []Violation {
	var found []Violation
	for i, first := range mine {
		for _, second := range mine[i+1:] {
			if !overlap(first.slot.start, first.slot.end, second.slot.start, second.slot.end) {
				continue
			}
			found = append(found, Violation{
				Seminar: second.plan.ID, Person: who.is.ID,
				Detail: fmt.Sprintf("%s is in two seminars at once on %s: %s and %s.", who.is.ID, r.when(second.slot.start), first.plan.ID, second.plan.ID),
			})
		}
	}
	return found
}

func (r *reading) absent(who *person, mine []*seminar) []Violation {
	var found []Violation
	for _, s := range mine {
		closed, is := closedDuring(s.slot, who.is.Closed)
		if !is {
			closed, is = closedDuring(s.slot, who.shared)
		}
		if is {
			found = append(found, Violation{
				Seminar: s.plan.ID, Person: who.is.ID,
				Detail: fmt.Sprintf("%s is not available from %s to %s, during seminar %s.", who.is.ID, r.when(closed.From), r.when(closed.To), s.plan.ID),
			})
		}
	}
	return found
}
