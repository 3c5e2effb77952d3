package scheduler

import "kaskad/model"

// H12: "a published or fixed seminar that starts before frozenUntil stays exactly as
// it is; every fixed seminar is in the plan exactly". They are pinned when a state is
// made, and written out word for word.

// pin places what must stay exactly as given (H12): no rule is asked.
func (st *state) pin(n *names, k *known) {
	for i := range st.c.pinned {
		given := &st.c.pinned[i].seminar
		co, t, v, ok := st.c.locate(given, n)
		if !ok {
			continue
		}
		s := st.hold(co, t, v, st.newSeries())
		st.sems[s].pinned = true
		st.sems[s].published = k.add(given.ID)
		for j, id := range given.Leaders {
			l := st.c.leaderNamed(n, id)
			if l < 0 || int32(j) >= st.c.courses[co].leaders {
				k.extraLeaders[s] = append(k.extraLeaders[s], id)
				continue
			}
			st.setLeader(s, int32(j), l)
		}
		for _, id := range given.Attendees {
			a := st.c.needNamed(n, id, co)
			if a < 0 || st.at[a] >= 0 {
				k.extraAttendees[s] = append(k.extraAttendees[s], id)
				continue
			}
			st.attach(a, s)
		}
		// Whoever is not of this problem, in a part of a larger one, fills a place all the same.
		st.short -= max(0, int64(st.c.courses[co].seatsMin)-int64(len(st.members[s])))
		for j := range st.c.courses[co].leaders {
			if st.leaderOf(s, j) < 0 {
				st.broken--
			}
		}
	}
}

// asGiven returns the pinned seminar word for word.
func (st *state) asGiven(s model.Seminar) model.Seminar {
	for i := range st.c.pinned {
		if st.c.pinned[i].seminar.ID == s.ID {
			return st.c.pinned[i].seminar
		}
	}
	return s
}
