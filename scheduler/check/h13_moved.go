package check

import "fmt"

// moved is H13: "at most maxMoved people have a published (person, module)
// attendance whose slot is changed or dropped".
func moved(r *reading) []Violation {
	most, people := r.problem.Programme.MaxMoved, len(r.movedPeople())
	if most == nil || people <= *most {
		return nil
	}
	return []Violation{{Detail: fmt.Sprintf("%d people are moved from what was published; at most %d may be.", people, *most)}}
}

// change is what became of one published attendance; of several changes the
// first of these counts.
type change int

const (
	kept          change = iota
	slotChanged          // or dropped
	venueChanged         // same slot
	leaderChanged        // same slot and venue, other leaders[0]
)

// attendanceChanges visits every published attendance with what became of it.
func (r *reading) attendanceChanges(visit func(personID string, c change)) {
	if r.problem.Published == nil {
		return
	}
	for _, s := range r.problem.Published.Seminars {
		for _, id := range s.Attendees {
			visit(id, changeOf(r.byID[id], s.Module, s.Slot, s.Venue, first(s.Leaders)))
		}
	}
}

func changeOf(who *person, module, slot, venue, leader string) change {
	if who == nil {
		return slotChanged
	}
	for _, now := range who.attends {
		switch {
		case now.module.ID != module || now.slot.id != slot:
			continue
		case now.venue.ID != venue:
			return venueChanged
		case first(now.plan.Leaders) != leader:
			return leaderChanged
		}
		return kept
	}
	return slotChanged
}

// movedPeople are those H13 counts.
func (r *reading) movedPeople() map[string]bool {
	people := map[string]bool{}
	r.attendanceChanges(func(id string, c change) {
		if c == slotChanged {
			people[id] = true
		}
	})
	return people
}

// first is leaders[0], empty if there are none.
func first(leaders []string) string {
	if len(leaders) == 0 {
		return ""
	}
	return leaders[0]
}
