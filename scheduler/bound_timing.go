package scheduler

// timing prices when people attend: earliness and preference, the two costs of
// an attendance that depend on nothing but its slot.
type timing struct {
	c     *compiled
	o     *outlook
	reach *reachTable
	next  map[int32][]int32 // gap in days → by slot: first slot the next module may start in
	spare [2][]int64        // rows of least, used in turn
}

func newTiming(c *compiled, o *outlook) *timing {
	T := c.slots.len() + 1
	return &timing{c: c, o: o, reach: &reachTable{c: c, of: map[[3]int32][]uint64{}}, next: map[int32][]int32{},
		spare: [2][]int64{make([]int64, T), make([]int64, T)}}
}

// least prices the chain of one person's needs from..to-1, which must be met in
// this order: by slot t, the least it can cost when the first need is met at t
// or later, never when it cannot be. The row is valid until the next call.
//
//	F_j(t) = min over allowed slots s ≥ t of  price(s) + F_{j+1}(next(s)).
func (w *timing) least(pe *person, from, to int32) []int64 {
	c := w.c
	next := w.following(c.tiers[pe.tier].gap)
	row, later := w.spare[0], w.spare[1]
	T := c.slots.len()
	for a := to - 1; a >= from; a-- {
		place, leadable := w.reach.slots(pe, c.needs[a].course), w.o.leadable[c.needs[a].course]
		best := never
		row[T] = never
		for t := int32(T) - 1; t >= 0; t-- {
			if t >= w.o.earliest[a] && hasBit(place, t) && hasBit(leadable, t) && c.attendOK.has(pe.class, t) {
				rest := int64(0)
				if a < to-1 {
					rest = later[next[t]]
				}
				if rest < never {
					best = min(best, rest+w.price(pe, t))
				}
			}
			row[t] = best
		}
		row, later = later, row
	}
	return later
}

func (w *timing) price(pe *person, t int32) int64 {
	c := w.c
	x := int64(c.earliness[int(pe.wave+1)*c.slots.len()+int(t)])
	if pe.dislikes>>c.slots.halfDay[t]&1 != 0 {
		x += int64(c.price.Preference)
	}
	return x
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
