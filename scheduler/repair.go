package scheduler

// repair gives up what keeps the state from being a valid plan: seminars below
// seats.min or without a leader, and modules attended or led out of turn. The
// people concerned are offered other seats before their needs are left unmet.
func (st *state) repair() {
	var ro router
	for round := 0; round < 10 && st.giveUp(); round++ {
		for a := int32(0); int(a) < len(st.at); a++ {
			if st.at[a] < 0 {
				st.resettle(&ro, a)
			}
		}
	}
	for st.giveUp() {
	}
}

// resettle meets need a by another way for the whole person, or else by any
// seat there is. It leaves no seminar with too few people: nothing that comes
// after a rescue would give it up.
func (st *state) resettle(ro *router, a int32) {
	before := st.standing()
	st.begin()
	st.unbook(st.c.needs[a].person)
	if st.reroute(ro, st.c.needs[a].person, reachFar) && st.breaksNoMore(before) && st.standing().short <= before.short {
		st.commit()
		return
	}
	st.rollback()
	if st.isNext(a) {
		if s, _ := st.cheapestSeat(a, st.c.nVenues); s >= 0 && st.complete(s) {
			st.attach(a, s)
		}
	}
}

// giveUp makes one pass over what is wrong and reports whether anything was.
func (st *state) giveUp() bool {
	found := false
	for i := len(st.open) - 1; i >= 0; i-- {
		if s := st.open[i]; !st.sems[s].pinned && (!st.complete(s) || st.unpreparedLeader(s)) {
			st.disband(s)
			found = true
		}
	}
	for a := int32(0); int(a) < len(st.at); a++ {
		if s := st.at[a]; s >= 0 && !st.sems[s].pinned && !st.isNext(a) {
			st.detach(a)
			found = true
		}
	}
	return found
}

// unpreparedLeader: somebody leads s who needs its module and attends it nowhere.
func (st *state) unpreparedLeader(s int32) bool {
	for j := int32(0); j < st.c.maxLeaders; j++ {
		if l := st.leaderOf(s, j); l >= 0 && st.unready(l, st.c.courses[st.sems[s].course].module) > 0 {
			return true
		}
	}
	return false
}
