package scheduler

// H6: "leader count = leadersPerSeminar, all different, none of them attendee of
// it". Places not filled are counted in state.broken; attending what one leads is
// being in two places (isFree).

// isLed: leader l is one of those of seminar s (H6).
func (st *state) isLed(l, s int32) bool {
	for j := int32(0); j < st.c.maxLeaders; j++ {
		if st.leaderOf(s, j) == l {
			return true
		}
	}
	return false
}
