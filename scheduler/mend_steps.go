package scheduler

import "slices"

// mend does the repair's steps, each only where something is missing.
func (m *mender) mend() {
	for _, s := range m.broken() {
		if !m.stop() && !m.staff(s) {
			m.rehouse(s)
		}
	}
	m.seatAll()
	for _, s := range slices.Clone(m.st.open) {
		sm := &m.st.sems[s]
		switch {
		case m.stop() || !sm.live || sm.pinned || !m.isShort(s):
		case sm.slot < m.c.firstJoined && m.led(s) && len(m.st.members[s]) > 0:
			sm.pinned = true // nobody can be asked to come at such short notice, nor to stay away
		default:
			m.fill(s)
		}
	}
	m.seatAll()
	for range giveUps {
		if !m.st.giveUp() {
			break
		}
		m.seatAll()
	}
	m.rescue()
	for m.st.giveUp() {
	}
}

// giveUps bounds how often people whose seminar was given up are seated anew:
// where they go can make another seminar impossible.
const giveUps = 5

// broken lists the seminars without a leader or a room, by time.
func (m *mender) broken() (list []int32) {
	for _, s := range m.st.open {
		if !m.st.sems[s].pinned && (m.homeless[s] || !m.led(s)) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b int32) int {
		if d := m.st.sems[a].slot - m.st.sems[b].slot; d != 0 {
			return int(d)
		}
		return int(a - b)
	})
	return list
}

func (m *mender) led(s int32) bool {
	for j := int32(0); j < m.c.courses[m.st.sems[s].course].leaders; j++ {
		if m.st.leaderOf(s, j) < 0 {
			return false
		}
	}
	return true
}

// chain is how many leaders may be relieved, one for the other, to lead one
// seminar, and chainTries bounds how many ways are looked at.
const (
	chain      = 2
	chainTries = 200_000
)

// staff fills the leader places of s at its time and place. Nobody but leaders
// and those they lead is told anything. False if it cannot be done, or s has no room.
func (m *mender) staff(s int32) bool {
	if m.homeless[s] {
		return false
	}
	for j := int32(0); j < m.c.courses[m.st.sems[s].course].leaders; j++ {
		if m.st.leaderOf(s, j) >= 0 {
			continue
		}
		found := false
		for depth := 0; depth <= chain && !found; depth++ {
			budget := chainTries
			found = m.cover(s, j, depth, map[int32]bool{s: true}, &budget)
		}
		if !found {
			return false
		}
	}
	return true
}

// cover gives leader place j of s to whoever costs least; with depth, to a
// leader who is relieved of another seminar that somebody else then covers.
func (m *mender) cover(s, j int32, depth int, visited map[int32]bool, budget *int) bool {
	if l := m.cheapestLeader(s, j); l >= 0 {
		m.st.setLeader(s, j, l)
		return true
	}
	if depth == 0 {
		return false
	}
	st, c := m.st, m.c
	sm := st.sems[s]
	for l := range c.leaders {
		ld := &c.leaders[l]
		if !ld.teaches[sm.course] || !c.leadOK.has(int32(l), sm.slot) || st.isLed(int32(l), s) {
			continue
		}
		for _, x := range slices.Clone(st.led[l]) {
			if *budget--; *budget < 0 {
				return false
			}
			if !visited[x] && m.mayRelieve(x) && m.relieve(s, j, int32(l), x, depth, visited, budget) {
				return true
			}
		}
	}
	return false
}

// relieve has leader l lead s instead of x, and somebody else x; false, and
// nothing changed, if that cannot be.
func (m *mender) relieve(s, j, l, x int32, depth int, visited map[int32]bool, budget *int) bool {
	st := m.st
	sm := st.sems[s]
	k := int32(0)
	for st.leaderOf(x, k) != l {
		k++
	}
	st.setLeader(x, k, none)
	if st.canLead(l, sm.course, sm.slot, sm.venue, none) {
		visited[x] = true
		st.setLeader(s, j, l)
		if m.cover(x, k, depth-1, visited, budget) {
			return true
		}
		st.setLeader(s, j, none)
		delete(visited, x)
	}
	st.setLeader(x, k, l)
	return false
}

// mayRelieve: who leads seminar x may be changed.
func (m *mender) mayRelieve(x int32) bool {
	sm := &m.st.sems[x]
	return !sm.pinned && !m.homeless[x] && sm.slot >= m.c.firstJoined && (sm.lock < 0 || m.c.locks[sm.lock].leaders == nil)
}

// cheapestLeader is who costs least in leader place j of s, continuity and what
// attendees have been told included; none if nobody can.
func (m *mender) cheapestLeader(s, j int32) int32 {
	st, c := m.st, m.c
	sm := st.sems[s]
	best, cost := none, never
	for l := int32(0); int(l) < len(c.leaders); l++ {
		if !c.leaders[l].teaches[sm.course] || st.isLed(l, s) || !st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			continue
		}
		m.tries++
		before := st.total
		st.setLeader(s, j, l)
		if x := st.total - before; x < cost {
			best, cost = l, x
		}
		st.setLeader(s, j, none)
	}
	return best
}
