package scheduler

// H3: "slot at least as long as the module; nobody (attendee or leader) is in two
// seminars whose slots overlap in time, nor in one that overlaps own closed or the
// calendar's". Length and absences are compiled into course.slotOK, attendOK and
// leadOK.

// isFree: person p is in no seminar during slot t, that of slot own apart (H3).
func (st *state) isFree(p, t, own int32) bool {
	c := st.c
	row := st.busy[int(p)*c.words : (int(p)+1)*c.words]
	for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
		if hasBit(row, g) && (own < 0 || g < c.slots.segFrom[own] || g >= c.slots.segTo[own]) {
			return false
		}
	}
	return true
}
