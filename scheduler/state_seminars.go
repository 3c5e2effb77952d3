package scheduler

// This file opens and closes seminars and files them by course, venue and zone.

// hold opens an empty seminar without leaders and returns its index.
func (st *state) hold(co, t, v, series int32) int32 {
	c := st.c
	var s int32
	if n := len(st.free); n > 0 {
		s, st.free = st.free[n-1], st.free[:n-1]
	} else {
		s = int32(len(st.sems))
		st.sems = append(st.sems, seminar{})
		st.members = append(st.members, make([]int32, 0, min(c.courses[co].seatsMax, 64)))
		for range c.maxLeaders {
			st.lead = append(st.lead, none)
		}
		st.count = append(st.count, make([]int16, c.nSectors)...)
	}
	st.sems[s] = seminar{course: co, slot: t, venue: v, series: series, published: none, lock: none, live: true, openPos: int32(len(st.open))}
	st.open = append(st.open, s)
	st.series[series] = append(st.series[series], s)
	st.fileCell(s)
	st.useRoom(s, +1)
	st.broken += int(c.courses[co].leaders)
	st.short += int64(c.courses[co].seatsMin)
	st.total += c.courses[co].fixedCost + c.emptyMix(co)
	st.note(opened, s, 0, 0)
	return s
}

// close removes a seminar; it must have neither members nor leaders.
func (st *state) close(s int32) {
	c := st.c
	sm := &st.sems[s]
	last := st.open[len(st.open)-1]
	st.open[sm.openPos], st.sems[last].openPos = last, sm.openPos
	st.open = st.open[:len(st.open)-1]
	st.unfileCell(s)
	st.useRoom(s, -1)
	st.broken -= int(c.courses[sm.course].leaders)
	if sm.lock >= 0 {
		st.broken += 1 - st.loosened(s)
	}
	st.short -= int64(c.courses[sm.course].seatsMin)
	st.total -= c.courses[sm.course].fixedCost + c.emptyMix(sm.course)
	sm.live = false
	st.free = append(st.free, s)
	list := st.series[sm.series]
	for i, x := range list {
		if x == s {
			st.series[sm.series] = append(list[:i], list[i+1:]...)
		}
	}
	if st.logging {
		st.note(closed, s, int32(len(st.graves)), 0)
		st.graves = append(st.graves, *sm)
	}
}

func (st *state) cell(s int32) int {
	sm := &st.sems[s]
	return (int(sm.course)*len(st.c.venueCap)+int(sm.venue))*st.c.slots.zones + int(st.c.slots.zone[sm.slot])
}

func (st *state) fileCell(s int32) {
	k := st.cell(s)
	st.sems[s].cellPos = int32(len(st.cells[k]))
	st.cells[k] = append(st.cells[k], s)
}

func (st *state) unfileCell(s int32) {
	list := st.cells[st.cell(s)]
	last := list[len(list)-1]
	list[st.sems[s].cellPos], st.sems[last].cellPos = last, st.sems[s].cellPos
	st.cells[st.cell(s)] = list[:len(list)-1]
}

func (st *state) useRoom(s int32, by int) {
	c := st.c
	sm := &st.sems[s]
	for g := c.slots.segFrom[sm.slot]; g < c.slots.segTo[sm.slot]; g++ {
		st.used[int(sm.venue)*c.slots.segments+int(g)] += uint16(by)
	}
}
