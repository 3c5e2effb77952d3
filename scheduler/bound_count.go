package scheduler

import "slices"

// overfull counts needs beyond the hopeless ones that no plan can meet, because
// there are more of them than units can spare people for, leaders can lead or
// venues can hold. Each of the three counts is valid; the largest is returned.
func (c *compiled) overfull(o *outlook) int {
	return max(c.overfullUnits(o), c.overfullLeaders(o), c.overfullVenues(o))
}

// overfullUnits: attendances of a unit, at most maxAway at any instant (H9),
// fall into maxAway sequences of slots that do not overlap, so there are at most
// maxAway times as many as slots in the longest such sequence.
func (c *compiled) overfullUnits(o *outlook) (over int) {
	reach := newReachTable(c)
	usable := make([]uint64, c.venueOpen.words)
	for u := range c.unitMax {
		if c.unitMax[u] == unlimited {
			continue
		}
		wanted := 0
		clear(usable)
		for _, p := range c.unitPeople[u] {
			pe := &c.people[p]
			for a := pe.needFrom; a < pe.needTo; a++ {
				if o.hopeless[a] {
					continue
				}
				wanted++
				place, leadable, there := reach.slots(pe, c.needs[a].course), o.leadable[c.needs[a].course], c.attendOK.row(pe.class)
				for w := range usable {
					usable[w] |= place[w] & leadable[w] & there[w]
				}
			}
		}
		over += max(0, wanted-int(c.unitMax[u])*c.slots.inSequence(usable))
	}
	return over
}

// inSequence is the most of the marked slots that can follow each other without
// overlap: always the one that ends first.
func (s *slotTable) inSequence(marked []uint64) (n int) {
	free := int64(0)
	for t := int32(0); int(t) < s.len(); t++ {
		if !hasBit(marked, t) || n > 0 && s.start[t] < free {
			// A later slot may still end before the one counted last.
			if hasBit(marked, t) && s.end[t] < free {
				free = s.end[t]
			}
			continue
		}
		n++
		free = s.end[t]
	}
	return n
}

// overfullLeaders: a tier's seminars need leadersPerSeminar leaders each, and
// leaders of different tiers are different people.
func (c *compiled) overfullLeaders(o *outlook) (over int) {
	for ti := range c.tiers {
		whole := c.overfullCourses(o, c.tiers[ti].courses)
		single := 0
		for _, co := range c.tiers[ti].courses {
			single += c.overfullCourses(o, []int32{co})
		}
		over += max(whole, single)
	}
	return over
}

// overfullCourses counts the needs of some courses of one tier beyond the seats
// of as many seminars as their leaders can lead.
func (c *compiled) overfullCourses(o *outlook, courses []int32) int {
	wanted, led, seats := 0, int64(0), int32(0)
	for _, co := range courses {
		for _, a := range c.courseNeeds[co] {
			if !o.hopeless[a] {
				wanted++
			}
		}
		for v := int32(0); int(v) < c.nVenues; v++ {
			if c.canHost(co, v) {
				seats = max(seats, c.seats(co, v))
			}
		}
	}
	for l := range c.leaders {
		if slices.ContainsFunc(courses, func(co int32) bool { return o.ready[co][l] >= 0 }) {
			led += int64(c.leadsAtMost(o, int32(l)))
		}
	}
	if wanted == 0 {
		return 0
	}
	return int(max(0, int64(wanted)-led/int64(c.courses[courses[0]].leaders)*int64(seats)))
}

// overfullVenues: all courses together share the venues' rooms (H8).
func (c *compiled) overfullVenues(o *outlook) int {
	wanted, seats := 0, 0
	for a := range c.needs {
		if !o.hopeless[a] {
			wanted++
		}
	}
	open := make([]uint64, c.venueOpen.words)
	for v := int32(0); int(v) < c.nVenues; v++ {
		clear(open)
		most := int32(0)
		for co := range c.courses {
			if c.canHost(int32(co), v) {
				most = max(most, c.seats(int32(co), v))
				for w, b := range c.venueOpen.row(v) {
					open[w] |= b & o.leadable[co][w]
				}
			}
		}
		seats += int(c.venueRooms[v]) * int(most) * c.slots.inSequence(open)
	}
	return max(0, wanted-seats)
}
