package scheduler

import "slices"

// Obstacle is a seminar that could meet a need but for what stands against it.
type Obstacle struct {
	Seminar string
	Minutes int // one way
	Blocks  []Block
}

// SeatObstacles lists the seminars of a module of a person's tier, the nearest
// first, with all that stands against the person having a seat in each.
// Seminars that have begun or are kept as they are are left out.
func (k *Sketch) SeatObstacles(person, module string) []Obstacle {
	a := k.need(person, module)
	if a < 0 {
		return nil
	}
	st, c := k.st, k.c
	var list []Obstacle
	for _, s := range st.open {
		sm := &st.sems[s]
		if sm.course != c.needs[a].course || sm.pinned || st.at[a] == s {
			continue
		}
		x := Obstacle{Seminar: k.ids[s], Minutes: int(c.away(c.needs[a].unit, sm.venue)), Blocks: k.attendBlocks(a, sm.slot, sm.venue)}
		if n := len(st.members[s]); n >= int(c.seats(sm.course, sm.venue)) {
			x.Blocks = append(x.Blocks, Block{Fact: SeatsFull, Venue: k.venueID(sm.venue), Have: n + 1, Want: int(c.seats(sm.course, sm.venue))})
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y Obstacle) int {
		if x.Minutes != y.Minutes {
			return x.Minutes - y.Minutes
		}
		return int(st.sems[k.of[x.Seminar]].slot - st.sems[k.of[y.Seminar]].slot)
	})
	return list
}

// FirstUnmet is the first module, in the tier's order, that a person still
// needs and no seminar meets; "" when there is none.
func (k *Sketch) FirstUnmet(person string) string {
	p, ok := k.n.person[person]
	if !ok {
		return ""
	}
	for a := k.c.people[p].needFrom; a < k.c.people[p].needTo; a++ {
		if k.st.at[a] < 0 {
			return k.c.problem.Modules[k.c.courses[k.c.needs[a].course].module].ID
		}
	}
	return ""
}
