package scheduler

import "slices"

// Broken lists the seminars to come that the rules do not allow as they are, by
// time, each with all that stands against it. A seminar without enough leaders
// is not broken: nobody is told anything wrong.
func (k *Sketch) Broken() []Obstacle {
	st := k.st
	var list []Obstacle
	for _, s := range slices.Sorted(slices.Values(st.open)) {
		sm := &st.sems[s]
		if sm.pinned {
			continue
		}
		x := Obstacle{Seminar: k.ids[s]}
		if b := k.roomBlock(sm.course, sm.slot, sm.venue, s, len(st.members[s])); b != nil {
			x.Blocks = append(x.Blocks, *b)
		}
		for j := int32(0); j < k.c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				if b := k.leadBlock(l, sm.course, sm.slot, sm.venue, s); b != nil {
					x.Blocks = append(x.Blocks, *b)
				}
			}
		}
		for _, a := range st.members[s] {
			x.Blocks = append(x.Blocks, k.attendBlocks(a, sm.slot, sm.venue)...)
		}
		if len(x.Blocks) > 0 {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b Obstacle) int { return int(st.sems[k.of[a.Seminar]].slot - st.sems[k.of[b.Seminar]].slot) })
	return list
}
