package scheduler

// H13: "at most maxMoved people have a published (person, module) attendance whose
// slot is changed or dropped". State counts them as they are moved; search keeps no move
// that exceeds the limit further.

// move counts what was published of a need in slot t as given up (H13).
func (st *state) move(nd *need, t int32) {
	if nd.pubSlot < 0 {
		return
	}
	before := st.changed[nd.person]
	st.changed[nd.person] += st.c.toldFor(nd, t)
	if before == 0 && st.changed[nd.person] > 0 {
		st.moved++
	}
}

// unmove counts it as kept.
func (st *state) unmove(nd *need, t int32) {
	if nd.pubSlot < 0 {
		return
	}
	before := st.changed[nd.person]
	st.changed[nd.person] -= st.c.toldFor(nd, t)
	if before > 0 && st.changed[nd.person] == 0 {
		st.moved--
	}
}
