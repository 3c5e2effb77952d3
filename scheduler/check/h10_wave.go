package check

import "fmt"

// wave is H10: "a person whose unit has a wave attends only in slots inside
// [from, to) of it".
func wave(r *reading) []Violation {
	var found []Violation
	for _, who := range r.people {
		if who.wave == nil {
			continue
		}
		for _, s := range who.attends {
			if s.slot.start.Before(who.wave.From) || s.slot.end.After(who.wave.To) {
				found = append(found, Violation{
					Seminar: s.plan.ID, Person: who.is.ID, Unit: who.unit.ID, Module: s.module.ID,
					Detail: fmt.Sprintf("%s attends seminar %s on %s, outside wave %s of the unit.", who.is.ID, s.plan.ID, r.when(s.slot.start), who.wave.ID),
				})
			}
		}
	}
	return found
}
