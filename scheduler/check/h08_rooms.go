package check

import (
	"fmt"
	"strconv"

	"kaskad/model"
)

// rooms is H8: "a venue runs at most rooms seminars at any instant and none
// that overlaps its closed times".
func rooms(r *reading) []Violation {
	var found []Violation
	calendars := byID(r.problem.Calendars, func(c *model.Calendar) string { return c.ID })
	running := map[*model.Venue][]stay{}
	for i, s := range r.seminars {
		running[s.venue] = append(running[s.venue], stay{who: strconv.Itoa(i), from: s.slot.start, to: s.slot.end})
		closed, is := closedDuring(s.slot, s.venue.Closed)
		if shared := calendars[s.venue.Calendar]; !is && shared != nil {
			closed, is = closedDuring(s.slot, shared.Closed)
		}
		if is {
			found = append(found, Violation{
				Seminar: s.plan.ID, Venue: s.venue.ID,
				Detail: fmt.Sprintf("%s is closed from %s to %s, during seminar %s.", s.venue.ID, r.when(closed.From), r.when(closed.To), s.plan.ID),
			})
		}
	}
	for i := range r.problem.Venues {
		v := &r.problem.Venues[i]
		for _, c := range crowds(running[v], orOne(v.Rooms)) {
			found = append(found, Violation{
				Venue:  v.ID,
				Detail: fmt.Sprintf("%s runs %d seminars at once on %s; it has %d rooms.", v.ID, c.count, r.when(c.at), orOne(v.Rooms)),
			})
		}
	}
	return found
}
