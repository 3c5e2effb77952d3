package scheduler

// H8: "a venue runs at most rooms seminars at any instant and none that overlaps its
// closed times", which are compiled into venueOpen.

// roomFree: a room of venue v is free in slot t when seminar except has left (H8).
func (st *state) roomFree(t, v, except int32) bool {
	c := st.c
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		n := int32(st.used[int(v)*c.slots.segments+int(g)])
		if except >= 0 && st.sems[except].venue == v {
			own := st.sems[except].slot
			if g >= c.slots.segFrom[own] && g < c.slots.segTo[own] {
				n--
			}
		}
		if n >= c.venueRooms[v] {
			return false
		}
	}
	return true
}
