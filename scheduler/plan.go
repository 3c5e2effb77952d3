package scheduler

import (
	"slices"
	"sort"
	"strconv"

	"kaskad/model"
)

// known is what a state remembers of the seminars it was given: their ids, and
// in pinned ones what the rules would not have allowed but H12 keeps.
type known struct {
	ids            []string
	extraLeaders   map[int32][]string
	extraAttendees map[int32][]string
}

// pin places what must stay exactly as given (H12): no rule is asked.
func (st *state) pin(n *names, k *known) {
	for i := range st.c.pinned {
		given := &st.c.pinned[i].seminar
		co, okC := st.c.courseOf[[2]int32{n.tier[given.Tier], n.module[given.Module]}]
		t, okT := n.slot[given.Slot]
		v, okV := n.venue[given.Venue]
		if !okC || !okT || !okV {
			continue
		}
		s := st.hold(co, t, v, st.newSeries())
		st.sems[s].pinned = true
		st.sems[s].published = k.add(given.ID)
		for j, id := range given.Leaders {
			l := none
			if p, ok := n.person[id]; ok {
				l = st.c.people[p].leader
			}
			if l < 0 || int32(j) >= st.c.courses[co].leaders {
				k.extraLeaders[s] = append(k.extraLeaders[s], id)
				continue
			}
			st.setLeader(s, int32(j), l)
		}
		for _, id := range given.Attendees {
			a := st.needFor(n, id, co)
			if a < 0 || st.at[a] >= 0 {
				k.extraAttendees[s] = append(k.extraAttendees[s], id)
				continue
			}
			st.attach(a, s)
		}
	}
}

func (k *known) add(id string) int32 {
	k.ids = append(k.ids, id)
	return int32(len(k.ids) - 1)
}

func (st *state) needFor(n *names, person string, co int32) int32 {
	p, ok := n.person[person]
	if !ok {
		return none
	}
	pe := &st.c.people[p]
	for a := pe.needFrom; a < pe.needTo; a++ {
		if st.c.needs[a].course == co {
			return a
		}
	}
	return none
}

// load places the seminars of an earlier plan as far as the rules still allow,
// in order of time, so that what leaders attend comes before what they lead.
func (st *state) load(p *model.Plan, n *names, k *known) {
	taken := map[string]bool{}
	for _, id := range k.ids {
		taken[id] = true
	}
	order := make([]int, 0, len(p.Seminars))
	for i := range p.Seminars {
		if _, ok := n.slot[p.Seminars[i].Slot]; ok && !taken[p.Seminars[i].ID] {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(i, j int) bool {
		return n.slot[p.Seminars[order[i]].Slot] < n.slot[p.Seminars[order[j]].Slot]
	})
	chain := map[string]int32{}
	for _, i := range order {
		st.loadSeminar(&p.Seminars[i], n, k, chain)
	}
}

func (st *state) loadSeminar(given *model.Seminar, n *names, k *known, chain map[string]int32) {
	co, okC := st.c.courseOf[[2]int32{n.tier[given.Tier], n.module[given.Module]}]
	t, okT := n.slot[given.Slot]
	v, okV := n.venue[given.Venue]
	if !okC || !okT || !okV || !st.roomFor(co, t, v, none) {
		return
	}
	// Seminars of one leader at one venue were most likely one series.
	key := given.Venue + "\x00" + given.Tier
	if len(given.Leaders) > 0 {
		key += "\x00" + given.Leaders[0]
	}
	series, ok := chain[key]
	if !ok || st.teaches(series, co) {
		series = st.newSeries()
		chain[key] = series
	}
	s := st.hold(co, t, v, series)
	if i, locked := st.c.lockOf[given.ID]; locked {
		st.setLock(s, i)
	}
	j := int32(0)
	for _, id := range given.Leaders {
		if p, ok := n.person[id]; ok && j < st.c.courses[co].leaders {
			if l := st.c.people[p].leader; l >= 0 && !st.isLed(l, s) && st.canLead(l, co, t, v, none) {
				st.setLeader(s, j, l)
				j++
			}
		}
	}
	for ; j < st.c.courses[co].leaders; j++ {
		l := st.bestLeader(s)
		if l < 0 {
			st.disband(s)
			return
		}
		st.setLeader(s, j, l)
	}
	for _, id := range given.Attendees {
		a := st.needFor(n, id, co)
		if a >= 0 && st.at[a] < 0 && int32(len(st.members[s])) < st.c.seats(co, v) && st.isNext(a) && st.canAttend(a, t, v) {
			st.attach(a, s)
		}
	}
	if len(st.members[s]) == 0 {
		st.disband(s)
		return
	}
	st.sems[s].published = k.add(given.ID)
}

func (st *state) teaches(series, co int32) bool {
	for _, s := range st.series[series] {
		if st.sems[s].course == co {
			return true
		}
	}
	return false
}

// disband empties and closes seminar s.
func (st *state) disband(s int32) {
	for len(st.members[s]) > 0 {
		st.detach(st.members[s][len(st.members[s])-1])
	}
	for j := int32(0); j < st.c.maxLeaders; j++ {
		if st.leaderOf(s, j) >= 0 {
			st.setLeader(s, j, none)
		}
	}
	st.close(s)
}

// plan writes the state out, in order of time and place.
func (st *state) plan(n *names, k *known) *model.Plan {
	p := st.seminarsOf(n, k)
	p.Unmet = st.unmetNeeds()
	return p
}

// seminarsOf is the plan without what it leaves unmet.
func (st *state) seminarsOf(n *names, k *known) *model.Plan {
	c := st.c
	p := &model.Plan{Format: model.PlanFormat, Problem: c.problem.Programme.ID, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}}
	order := slices.Clone(st.open)
	slices.SortFunc(order, func(x, y int32) int {
		a, b := &st.sems[x], &st.sems[y]
		for _, d := range []int32{a.slot - b.slot, a.venue - b.venue, a.course - b.course, st.first(x) - st.first(y)} {
			if d != 0 {
				return int(d)
			}
		}
		return int(x - y)
	})
	ids := newIDs(c.problem, k)
	for _, s := range order {
		sm := &st.sems[s]
		co := &c.courses[sm.course]
		out := model.Seminar{Tier: c.problem.Tiers[co.tier].ID, Module: c.problem.Modules[co.module].ID,
			Slot: c.problem.Slots[c.slots.original[sm.slot]].ID, Venue: c.problem.Venues[sm.venue].ID,
			Leaders: []string{}, Attendees: []string{}}
		if sm.published >= 0 {
			out.ID = k.ids[sm.published]
		} else {
			out.ID = ids.next()
		}
		for j := int32(0); j < c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				out.Leaders = append(out.Leaders, c.problem.People[c.leaders[l].person].ID)
			}
		}
		members := slices.Clone(st.members[s])
		slices.Sort(members)
		for _, a := range members {
			out.Attendees = append(out.Attendees, c.problem.People[c.needs[a].person].ID)
		}
		if sm.pinned {
			out.Leaders = append(out.Leaders, k.extraLeaders[s]...)
			out.Attendees = append(out.Attendees, k.extraAttendees[s]...)
			out = st.asGiven(out)
		}
		p.Seminars = append(p.Seminars, out)
	}
	p.Cost = st.recount()
	return p
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

// idMaker hands out seminar ids that nobody has used.
type idMaker struct {
	taken map[string]bool
	n     int
}

func newIDs(p *model.Problem, k *known) *idMaker {
	m := &idMaker{taken: map[string]bool{}}
	for _, s := range p.Fixed {
		m.taken[s.ID] = true
	}
	if p.Published != nil {
		for _, s := range p.Published.Seminars {
			m.taken[s.ID] = true
		}
	}
	for _, id := range k.ids {
		m.taken[id] = true
	}
	return m
}

func (m *idMaker) next() string {
	for {
		m.n++
		if id := "s" + strconv.Itoa(m.n); !m.taken[id] {
			return id
		}
	}
}
