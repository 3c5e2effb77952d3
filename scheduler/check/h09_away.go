package check

import (
	"fmt"

	"kaskad/model"
)

// away is H9: "at any instant at most maxAway people of a unit are away
// (attending or leading, slot time only)".
func away(r *reading) []Violation {
	out := map[*model.Unit][]stay{}
	for _, who := range r.people {
		if who.unit.MaxAway == nil {
			continue
		}
		for _, s := range who.takesPartIn() {
			out[who.unit] = append(out[who.unit], stay{who: who.is.ID, from: s.slot.start, to: s.slot.end})
		}
	}
	var found []Violation
	for i := range r.problem.Units {
		u := &r.problem.Units[i]
		if u.MaxAway == nil {
			continue
		}
		for _, c := range crowds(out[u], *u.MaxAway) {
			found = append(found, Violation{
				Unit:   u.ID,
				Detail: fmt.Sprintf("%d people of %s are away at once on %s; at most %d may be.", c.count, u.ID, r.when(c.at), *u.MaxAway),
			})
		}
	}
	return found
}
