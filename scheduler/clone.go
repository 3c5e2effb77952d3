package scheduler

import "slices"

// clone copies a state; the compiled problem is shared.
func (st *state) clone() *state {
	out := &state{c: st.c}
	out.copyFrom(st)
	return out
}

// copyFrom makes st equal to src, using st's own arrays where they fit.
func (st *state) copyFrom(src *state) {
	st.total, st.short, st.broken, st.moved = src.total, src.short, src.broken, src.moved
	st.idleSeries = src.idleSeries
	st.at = append(st.at[:0], src.at...)
	st.pos = append(st.pos[:0], src.pos...)
	st.when = append(st.when[:0], src.when...)
	st.under = append(st.under[:0], src.under...)
	st.unmet = append(st.unmet[:0], src.unmet...)
	st.sems = append(st.sems[:0], src.sems...)
	st.lead = append(st.lead[:0], src.lead...)
	st.count = append(st.count[:0], src.count...)
	st.free = append(st.free[:0], src.free...)
	st.open = append(st.open[:0], src.open...)
	st.busy = append(st.busy[:0], src.busy...)
	st.away = append(st.away[:0], src.away...)
	st.used = append(st.used[:0], src.used...)
	st.changed = append(st.changed[:0], src.changed...)
	st.ledWeek = append(st.ledWeek[:0], src.ledWeek...)
	st.ledDay = append(st.ledDay[:0], src.ledDay...)
	st.ledModule = append(st.ledModule[:0], src.ledModule...)
	st.unitSeen = append(st.unitSeen[:0], src.unitSeen...)
	st.members = copyLists(st.members, src.members)
	st.cells = copyLists(st.cells, src.cells)
	st.led = copyLists(st.led, src.led)
	st.series = copyLists(st.series, src.series)
}

func copyLists(dst, src [][]int32) [][]int32 {
	dst = slices.Grow(dst[:0], len(src))[:len(src)]
	for i := range src {
		dst[i] = append(dst[i][:0], src[i]...)
	}
	return dst
}
