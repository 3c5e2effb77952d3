package scheduler

// firstMove gives a seminar another of its leaders first, whom people see as
// theirs and were told of: there alone, or wherever the two lead together.
func (se *search) firstMove() bool {
	st, c := se.st, se.c
	s := se.pickOpen()
	if s < 0 || c.courses[st.sems[s].course].leaders < 2 {
		return false
	}
	now := st.first(s)
	then := st.leaderOf(s, 1+int32(se.r.below(int(c.courses[st.sems[s].course].leaders)-1)))
	if now < 0 || then < 0 {
		return false
	}
	se.begin()
	if se.r.next()&1 == 0 {
		st.putFirst(s, then)
		return se.decide(true)
	}
	for i := range st.open {
		if x := st.open[i]; !st.sems[x].pinned && st.first(x) == now && st.isLed(then, x) {
			st.putFirst(x, then)
		}
	}
	return se.decide(true)
}

// putFirst lets leader l, who leads s, change places with its first.
func (st *state) putFirst(s, l int32) {
	first := st.first(s)
	for j := int32(1); j < st.c.maxLeaders; j++ {
		if st.leaderOf(s, j) == l {
			st.setLeader(s, 0, none)
			st.setLeader(s, j, first)
			st.setLeader(s, 0, l)
			return
		}
	}
}
