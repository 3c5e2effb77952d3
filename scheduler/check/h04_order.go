package check

import (
	"fmt"
	"slices"

	"kaskad/model"
)

// order is H4: "with order strict a module starts only after every earlier
// needed or done module of the tier; an earlier needed module left unmet
// therefore leaves the later ones unmet too. Any two modules of a person start
// at least gapDays × 24 h apart on the wall clock (calendar days)".
func order(r *reading) []Violation {
	var found []Violation
	for _, who := range r.people {
		if who.tier == nil {
			continue
		}
		if who.tier.Order != model.Free {
			found = append(found, r.outOfOrder(who)...)
		}
		found = append(found, r.tooClose(who)...)
	}
	return found
}

func (r *reading) outOfOrder(who *person) []Violation {
	var found []Violation
	for _, later := range who.starts {
		place := slices.Index(who.tier.Modules, later.module)
		if later.seminar == nil || place < 0 {
			continue
		}
		v := Violation{Seminar: later.seminar.plan.ID, Person: who.is.ID, Module: later.module}
		for _, earlier := range who.tier.Modules[:place] {
			if slices.Contains(who.needs, earlier) && !who.attended(earlier) {
				v.Detail = fmt.Sprintf("%s attends %s in seminar %s, but the earlier %s stays unmet.", who.is.ID, later.module, v.Seminar, earlier)
				found = append(found, v)
			}
			for _, s := range who.starts {
				if s.module == earlier && !later.at.After(s.at) {
					v.Detail = fmt.Sprintf("%s attends %s on %s, before %s on %s.", who.is.ID, later.module, r.when(later.at), earlier, r.when(s.at))
					found = append(found, v)
				}
			}
		}
	}
	return found
}

func (r *reading) tooClose(who *person) []Violation {
	var found []Violation
	for i, first := range who.starts {
		for _, second := range who.starts[i+1:] {
			days := second.day - first.day
			judged := first.module != second.module && (first.seminar != nil || second.seminar != nil)
			if !judged || days >= who.tier.GapDays {
				continue
			}
			now := second
			if now.seminar == nil {
				now = first
			}
			found = append(found, Violation{
				Seminar: now.seminar.plan.ID, Person: who.is.ID, Module: now.module,
				Detail: fmt.Sprintf("%s has %s on %s and %s on %s, %d days apart; at least %d are needed.",
					who.is.ID, first.module, r.when(first.at), second.module, r.when(second.at), days, who.tier.GapDays),
			})
		}
	}
	return found
}
