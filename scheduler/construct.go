package scheduler

import (
	"slices"
	"sort"
)

// construct fills the state tier by tier, upstream first, because who leads a
// tier must have learnt in the one above. Per tier: people to venues
// (catchment), groups at each venue (deal), then a leader and a series of
// slots for each group (schedule); what is left over goes in one by one.
func (st *state) construct(stop func() bool) {
	for ti := range st.c.tiers {
		for z := 0; z < st.c.slots.zones && !stop(); z++ {
			people := st.untouched(int32(ti), int32(z))
			if len(people) == 0 {
				continue
			}
			for _, g := range st.groups(int32(ti), people) {
				if stop() {
					break
				}
				st.schedule(g)
			}
		}
	}
	st.insertAll(stop)
}

// cohort is a group of people who go through a tier's modules together.
type cohort struct {
	tier, venue int32
	people      []int32
}

// untouched lists the people of a tier and zone with needs and nothing booked.
func (st *state) untouched(ti, zone int32) (out []int32) {
	for p := range st.c.people {
		pe := &st.c.people[p]
		if pe.tier != ti || pe.zone != zone || pe.needFrom == pe.needTo {
			continue
		}
		idle := true
		for a := pe.needFrom; a < pe.needTo; a++ {
			idle = idle && st.at[a] < 0
		}
		if idle {
			out = append(out, int32(p))
		}
	}
	return out
}

// groups assigns people to venues and deals each venue's people into cohorts.
func (st *state) groups(ti int32, people []int32) []cohort {
	c := st.c
	at := st.catchment(ti, people)
	byVenue := make([][]int32, c.nVenues)
	for i, v := range at {
		if v >= 0 {
			byVenue[v] = append(byVenue[v], people[i])
		}
	}
	var out []cohort
	for v := range byVenue {
		if len(byVenue[v]) > 0 {
			out = append(out, st.deal(ti, int32(v), byVenue[v])...)
		}
	}
	// Large groups are the hardest to find a common time for.
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].people) > len(out[j].people) })
	return out
}

// seatsAt is the seats a cohort of the tier has at venue v, 0 if no module of
// the tier can be held there.
func (c *compiled) seatsAt(ti, v int32) (n int32) {
	for _, co := range c.tiers[ti].courses {
		if c.canHost(co, v) {
			n = max(n, c.seats(co, v))
		}
	}
	return n
}

// deal sorts a venue's people by sector and unit and deals them like cards
// into as few piles as seats allow: every pile gets an even share of every
// unit, every sector and the whole at once.
func (st *state) deal(ti, v int32, people []int32) []cohort {
	c := st.c
	slices.SortStableFunc(people, func(a, b int32) int {
		x, y := c.people[a].unit, c.people[b].unit
		if d := c.unitSector[x] - c.unitSector[y]; d != 0 {
			return int(d)
		}
		return int(x - y)
	})
	n := (len(people) + int(c.seatsAt(ti, v)) - 1) / int(c.seatsAt(ti, v))
	out := make([]cohort, n)
	for i, p := range people {
		g := &out[i%n]
		g.tier, g.venue = ti, v
		g.people = append(g.people, p)
	}
	return out
}

// schedule finds the leader and the slots that serve a cohort best, and books
// everybody who can come. Those who cannot are left to insertion.
func (st *state) schedule(g cohort) {
	c := st.c
	courses := c.tiers[g.tier].courses
	waiting := st.waitingPerSlot(g)
	var best *series
	for i, l := range st.leadersNear(g) {
		if best != nil && (i >= 40 || st.leaderPrice(l, g) >= best.cost) {
			break
		}
		if s := st.seriesUnder(l, g, courses, waiting, best); s != nil && (best == nil || s.cost < best.cost) {
			best = s
		}
	}
	if best != nil {
		st.book(g, best)
	}
}

// series is a leader and a slot for each of a tier's modules, none where the
// module is not held.
type series struct {
	leader int32
	slots  []int32
	cost   int64
}

func (st *state) leaderPrice(l int32, g cohort) int64 {
	c := st.c
	n := len(c.tiers[g.tier].courses)
	ld := &c.leaders[l]
	led := len(st.led[l])
	return 2*int64(n)*int64(c.price.LeaderTravel)*int64(c.dist[int(c.people[ld.person].unit)*c.nVenues+int(g.venue)]) +
		c.unfair(ld, led+n) - c.unfair(ld, led)
}

func (st *state) leadersNear(g cohort) []int32 {
	var out []int32
	for l := range st.c.leaders {
		for _, co := range st.c.tiers[g.tier].courses {
			if st.c.leaders[l].teaches[co] {
				out = append(out, int32(l))
				break
			}
		}
	}
	price := make(map[int32]int64, len(out))
	for _, l := range out {
		price[l] = st.leaderPrice(l, g)
	}
	slices.SortStableFunc(out, func(a, b int32) int { return int(price[a] - price[b]) })
	return out
}

// waitingPerSlot counts for each slot how many of the cohort could come, by
// their absences and their units' limits alone.
func (st *state) waitingPerSlot(g cohort) []int32 {
	c := st.c
	out := make([]int32, c.slots.len())
	for t := range out {
		for i := 0; i < len(g.people); {
			u, n := c.people[g.people[i]].unit, int32(0)
			for ; i < len(g.people) && c.people[g.people[i]].unit == u; i++ {
				if p := g.people[i]; c.attendOK.has(c.people[p].class, int32(t)) && st.isFree(p, int32(t), none) {
					n++
				}
			}
			for n > 0 && !st.unitSpares(u, int32(t), none, n-1) {
				n--
			}
			out[t] += n
		}
	}
	return out
}

// missed is what one absence from a cohort's seminar is taken to cost when
// slots are compared: about the detour and the second leader it will lead to.
const missed = 60

// seriesUnder finds slots for the modules in order under leader l: each time
// the slot with the least absences and lateness, nil if none will do.
func (st *state) seriesUnder(l int32, g cohort, courses []int32, waiting []int32, best *series) *series {
	c := st.c
	n := int32(len(g.people))
	wave := c.people[g.people[0]].wave
	s := &series{leader: l, cost: st.leaderPrice(l, g)}
	last, inWeek := none, map[int32]int32{}
	for _, co := range courses {
		pick, cost := none, never
		if c.leaders[l].teaches[co] && c.canHost(co, g.venue) {
			for _, t := range c.courses[co].slots {
				if last >= 0 && c.slots.date[t]-c.slots.date[last] < max(c.tiers[g.tier].gap, 1) {
					continue
				}
				late := int64(n) * int64(c.earliness[int(wave+1)*c.slots.len()+int(t)])
				if late >= cost {
					if c.price.Earliness > 0 {
						break
					}
					continue
				}
				x := late + missed*int64(n-waiting[t])
				if x < cost && waiting[t] >= c.courses[co].seatsMin && inWeek[c.slots.week[t]] < c.leaders[l].maxWeek-int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])]) &&
					st.roomFor(co, t, g.venue, none) && st.canLead(l, co, t, g.venue, none) {
					pick, cost = t, x
				}
			}
		}
		s.slots = append(s.slots, pick)
		if pick < 0 {
			s.cost += 1000 * int64(n)
			continue
		}
		last = pick
		inWeek[c.slots.week[pick]]++
		if s.cost += cost; best != nil && s.cost >= best.cost {
			return nil
		}
	}
	if last < 0 {
		return nil
	}
	return s
}

// book holds the series' seminars and attaches everybody who can come; a
// seminar that ends up below seats.min is given up again.
func (st *state) book(g cohort, plan *series) {
	c := st.c
	id := st.newSeries()
	for k, t := range plan.slots {
		co := c.tiers[g.tier].courses[k]
		if t < 0 || !st.canLead(plan.leader, co, t, g.venue, none) {
			continue
		}
		s := st.hold(co, t, g.venue, id)
		st.setLeader(s, 0, plan.leader)
		if st.staff(s) {
			for _, p := range g.people {
				if a := c.needOfPerson(p, co); a >= 0 && st.at[a] < 0 && st.isNext(a) && st.canJoin(a, s) {
					st.attach(a, s)
				}
			}
		}
		if !st.complete(s) {
			st.disband(s)
		}
	}
}

// complete: seminar s has its leaders and at least seats.min attendees.
func (st *state) complete(s int32) bool {
	co := &st.c.courses[st.sems[s].course]
	for j := int32(0); j < co.leaders; j++ {
		if st.leaderOf(s, j) < 0 {
			return false
		}
	}
	return int32(len(st.members[s])) >= co.seatsMin
}

func (c *compiled) needOfPerson(p, co int32) int32 {
	for a := c.people[p].needFrom; a < c.people[p].needTo; a++ {
		if c.needs[a].course == co {
			return a
		}
	}
	return none
}
