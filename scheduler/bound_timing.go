package scheduler

import "slices"

// timing prices when people attend: earliness and preference, the two costs of
// an attendance that depend on nothing but its slot.
type timing struct {
	c     *compiled
	o     *outlook
	reach *reachTable
	next  map[int32][]int32     // gap in days → by slot: first slot the next module may start in
	rows  map[[2]uint32][]int32 // wave and dislikes → by slot: minutes
}

func newTiming(c *compiled, o *outlook) *timing {
	return &timing{c: c, o: o, reach: newReachTable(c), next: map[int32][]int32{}, rows: map[[2]uint32][]int32{}}
}

// costs is by slot what attending in it costs a person.
func (w *timing) costs(pe *person) []int32 {
	key := [2]uint32{uint32(pe.wave + 1), pe.dislikes}
	if row, ok := w.rows[key]; ok {
		return row
	}
	c := w.c
	row := slices.Clone(c.earliness[int(pe.wave+1)*c.slots.len() : int(pe.wave+2)*c.slots.len()])
	for t := range row {
		if pe.dislikes>>c.slots.halfDay[t]&1 != 0 {
			row[t] += int32(c.price.Preference)
		}
	}
	w.rows[key] = row
	return row
}

// following gives by slot the first later one that starts at least gap calendar
// days after it, the number of slots if none does.
func (w *timing) following(gap int32) []int32 {
	if row, ok := w.next[gap]; ok {
		return row
	}
	s := &w.c.slots
	row := make([]int32, s.len())
	for t := range row {
		n := int32(t) + 1
		for int(n) < s.len() && s.date[n]-s.date[t] < gap {
			n++
		}
		row[t] = n
	}
	w.next[gap] = row
	return row
}

// pastPace is the pace (contract section 3) that no plan spares a person who
// attends anything: from the last module done to the first that can follow.
// It is 0 when a done module may lie between them.
func (c *compiled) pastPace(pe *person, first int32) int64 {
	if pe.doneFrom == pe.doneTo {
		return 0
	}
	last := c.done[pe.doneTo-1].start // in order of start
	if at := c.slots.start[first]; last < at {
		return c.pace(at - last)
	}
	return 0
}
