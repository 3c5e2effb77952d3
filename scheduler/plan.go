package scheduler

import (
	"cmp"
	"slices"
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

func newKnown() *known {
	return &known{extraLeaders: map[int32][]string{}, extraAttendees: map[int32][]string{}}
}

func (k *known) add(id string) int32 {
	k.ids = append(k.ids, id)
	return int32(len(k.ids) - 1)
}

// leaderNamed is a person's index among the leaders, or none.
func (c *compiled) leaderNamed(n *names, person string) int32 {
	if p, ok := n.person[person]; ok {
		return c.people[p].leader
	}
	return none
}

// locate finds the course, slot and venue of a given seminar; false if the
// problem does not have one of them.
func (c *compiled) locate(given *model.Seminar, n *names) (co, t, v int32, ok bool) {
	tier, okTier := n.tier[given.Tier]
	module, okModule := n.module[given.Module]
	co, okCourse := c.courseOf[[2]int32{tier, module}]
	t, okSlot := n.slot[given.Slot]
	v, okVenue := n.venue[given.Venue]
	return co, t, v, okTier && okModule && okCourse && okSlot && okVenue
}

// load places the seminars of an earlier plan as far as the rules still allow.
func (st *state) load(p *model.Plan, n *names, k *known) {
	chain := map[string]int32{}
	for _, s := range k.others(p, n) {
		st.loadSeminar(s, n, k, chain)
	}
}

// others are the seminars of a plan that are not known yet, in order of time: what
// leaders attend comes before what they lead.
func (k *known) others(p *model.Plan, n *names) []*model.Seminar {
	taken := map[string]bool{}
	for _, id := range k.ids {
		taken[id] = true
	}
	list := make([]*model.Seminar, 0, len(p.Seminars))
	for i := range p.Seminars {
		if _, ok := n.slot[p.Seminars[i].Slot]; ok && !taken[p.Seminars[i].ID] {
			list = append(list, &p.Seminars[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *model.Seminar) int { return cmp.Compare(n.slot[a.Slot], n.slot[b.Slot]) })
	return list
}

func (st *state) loadSeminar(given *model.Seminar, n *names, k *known, chain map[string]int32) {
	co, t, v, ok := st.c.locate(given, n)
	if !ok || !st.roomFor(co, t, v, none) {
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
	for j := st.loadLeaders(given, s, n); j < st.c.courses[co].leaders; j++ {
		l := st.bestLeader(s)
		if l < 0 {
			st.disband(s)
			return
		}
		st.setLeader(s, j, l)
	}
	for _, id := range given.Attendees {
		a := st.c.needNamed(n, id, co)
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

// loadLeaders puts those of a given seminar's leaders in s who may lead it, and
// returns how many.
func (st *state) loadLeaders(given *model.Seminar, s int32, n *names) (j int32) {
	sm := st.sems[s]
	for _, id := range given.Leaders {
		l := st.c.leaderNamed(n, id)
		if l >= 0 && j < st.c.courses[sm.course].leaders && !st.isLed(l, s) && st.canLead(l, sm.course, sm.slot, sm.venue, none) {
			st.setLeader(s, j, l)
			j++
		}
	}
	return j
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
