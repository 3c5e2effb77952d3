package certificate

import "slices"

// lost counts the needs no plan meets, those of foreign modules included.
func (w *world) lost() int {
	n := w.strange
	for i := range w.people {
		for a := range w.people[i].needs {
			if w.people[i].needs[a].hopeless {
				n++
			}
		}
	}
	return n
}

// overfull counts needs beyond the lost ones that units cannot spare people
// for, leaders cannot lead or venues cannot hold: the largest of three counts.
func (w *world) overfull() int {
	return max(w.overfullUnits(), w.overfullLeaders(), w.overfullVenues())
}

func (w *world) overfullUnits() (over int) {
	type tally struct {
		wanted, people int
		usable         []bool
	}
	units := map[string]*tally{}
	for i := range w.people {
		x := &w.people[i]
		u := units[x.unit.ID]
		if u == nil {
			u = &tally{usable: make([]bool, len(w.slots))}
			units[x.unit.ID] = u
		}
		u.people++
		for a := range x.needs {
			if !x.needs[a].hopeless {
				u.wanted++
				for t := range u.usable {
					u.usable[t] = u.usable[t] || w.might(x, a, t)
				}
			}
		}
	}
	for i := range w.problem.Units {
		u := units[w.problem.Units[i].ID]
		if most := w.problem.Units[i].MaxAway; u != nil && most != nil && *most < u.people {
			over += max(0, u.wanted-*most*w.inSequence(u.usable))
		}
	}
	return over
}

// inSequence is the most marked slots that follow each other without overlap.
func (w *world) inSequence(marked []bool) (n int) {
	byEnd := []int{}
	for t, m := range marked {
		if m {
			byEnd = append(byEnd, t)
		}
	}
	slices.SortStableFunc(byEnd, func(a, b int) int { return w.slots[a].End.Compare(w.slots[b].End) })
	last := -1
	for _, t := range byEnd {
		if last < 0 || !w.slots[t].Start.Before(w.slots[last].End) {
			n++
			last = t
		}
	}
	return n
}

func (w *world) overfullLeaders() (over int) {
	for i := range w.problem.Tiers {
		var all []*course
		single := 0
		for _, c := range w.courses {
			if c.tier == &w.problem.Tiers[i] {
				all = append(all, c)
				single += w.overfullCourses([]*course{c})
			}
		}
		over += max(single, w.overfullCourses(all))
	}
	return over
}

// overfullCourses counts the needs of a tier's courses beyond the seats of as
// many seminars as their leaders can lead.
func (w *world) overfullCourses(courses []*course) int {
	wanted, led, seats := 0, 0, 0
	for i := range w.people {
		for _, n := range w.people[i].needs {
			if !n.hopeless && slices.Contains(courses, n.course) {
				wanted++
			}
		}
	}
	for k, l := range w.leaders {
		if slices.ContainsFunc(courses, func(c *course) bool { return c.ready[k] >= 0 }) {
			led += l.most
		}
	}
	for _, c := range courses {
		for i := range w.venues {
			seats = max(seats, c.seats(w.venues[i].Venue))
		}
	}
	if wanted == 0 {
		return 0
	}
	return max(0, wanted-led/courses[0].leaders*seats)
}

func (w *world) overfullVenues() int {
	wanted, seats := 0, 0
	for i := range w.people {
		for _, n := range w.people[i].needs {
			if !n.hopeless {
				wanted++
			}
		}
	}
	for i := range w.venues {
		v := &w.venues[i]
		usable, most := make([]bool, len(w.slots)), 0
		for _, c := range w.courses {
			if n := c.seats(v.Venue); n > 0 {
				most = max(most, n)
				for t := range usable {
					usable[t] = usable[t] || v.open[t] && c.led[t]
				}
			}
		}
		seats += v.rooms * most * w.inSequence(usable)
	}
	return max(0, wanted-seats)
}
