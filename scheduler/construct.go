package scheduler

import "slices"

// construct fills the state tier by tier, upstream first, because who leads a
// tier must have learnt in the one above. Per tier and zone: people to venues
// (catchment.go), then at each venue one series after the other, each with the
// leader and the slots that suit most of those still waiting. What is left
// over goes in one by one (insert.go).
func (st *state) construct(stop func() bool) {
	for ti := range st.c.tiers {
		for z := 0; z < st.c.slots.zones; z++ {
			people := st.untouched(int32(ti), int32(z))
			for round := 0; round < rounds && len(people) > 0 && !stop(); round++ {
				for _, k := range st.catchments(int32(ti), people, stop) {
					st.serve(k, stop)
				}
				left := st.untouched(int32(ti), int32(z))
				if len(left) == len(people) {
					break
				}
				people = left
			}
		}
		st.seatAll(int32(ti), stop)
	}
	st.insertAll(stop)
}

// rounds is how often those whom no series suited are cut into new catchments
// before they are seated one by one.
const rounds = 2

// serve holds series for a catchment: as many as planned, and more as long as
// enough people are left to fill a good part of one.
func (st *state) serve(k catchment, stop func() bool) {
	enough := max(int(st.c.courses[st.c.tiers[k.tier].courses[0]].seatsMin), int(st.c.seatsAt(k.tier, k.venue))*2/5)
	for i := 0; i < 2*k.series && !stop() && (i < k.series || len(k.people) >= enough); i++ {
		left := st.holdSeries(k, st.leadersNear(k), everySlot)
		if len(left) == len(k.people) {
			return
		}
		k.people = left
	}
}

// untouched lists the people of a tier and zone with needs and nothing booked.
func (st *state) untouched(ti, zone int32) (out []int32) {
	for p := range st.c.people {
		pe := &st.c.people[p]
		if pe.tier == ti && pe.zone == zone && pe.needFrom < pe.needTo && st.isUntouched(int32(p)) {
			out = append(out, int32(p))
		}
	}
	return out
}

func (st *state) isUntouched(p int32) bool {
	for a := st.c.people[p].needFrom; a < st.c.people[p].needTo; a++ {
		if st.at[a] >= 0 {
			return false
		}
	}
	return true
}

// holdSeries opens the best series for the waiting people of a catchment under
// one of the leaders, cheapest first, and books everybody who can come. It
// returns those still waiting. Only slots whose bit in thin, by index modulo
// 64, is set are looked at.
func (st *state) holdSeries(k catchment, leaders []int32, thin uint64) []int32 {
	var best *series
	if len(k.people) == 0 {
		return nil
	}
	for _, l := range leaders {
		if best != nil && st.leaderPrice(l, k) >= best.cost {
			break
		}
		if s := st.seriesUnder(l, k, best, thin); s != nil {
			best = s
		}
	}
	if best == nil {
		return k.people
	}
	st.book(k, best)
	return slices.DeleteFunc(slices.Clone(k.people), func(p int32) bool { return !st.isUntouched(p) })
}

const (
	leadersTried = 12
	everySlot    = ^uint64(0)
)

// series is a leader and a slot for each of a tier's modules, none where the
// module is not held. Its cost is in minutes for all who wait.
type series struct {
	leader int32
	slots  []int32
	cost   int64
}

// leaderPrice is the travel and fairness of leader l taking a whole series.
func (st *state) leaderPrice(l int32, k catchment) int64 {
	c := st.c
	n := len(c.tiers[k.tier].courses)
	ld := &c.leaders[l]
	led := len(st.led[l])
	return 2*int64(n)*int64(c.price.LeaderTravel)*int64(c.dist[int(c.people[ld.person].unit)*c.nVenues+int(k.venue)]) +
		c.unfair(ld, led+n) - c.unfair(ld, led)
}

// leadersNear lists the cheapest leaders of any of the tier's modules by price.
func (st *state) leadersNear(k catchment) []int32 {
	var out []int32
	for l := range st.c.leaders {
		ld := &st.c.leaders[l]
		if int32(len(st.led[l])) < ld.maxTotal && slices.ContainsFunc(st.c.tiers[k.tier].courses, func(co int32) bool { return ld.teaches[co] }) {
			out = append(out, int32(l))
		}
	}
	price := make([]int64, len(st.c.leaders))
	for _, l := range out {
		price[l] = st.leaderPrice(l, k)
	}
	slices.SortStableFunc(out, func(a, b int32) int { return int(price[a] - price[b]) })
	return out[:min(len(out), leadersTried)]
}

// missed is what one empty seat that somebody waits for is taken to cost when
// slots are compared: about the share of a further seminar and the detour to it.
const missed = 40

// seriesUnder finds slots for the modules in order under leader l: each time
// the slot to which most of those come who came to the ones before, less what
// lateness costs. Nil if no slot will do or the best known series is cheaper.
func (st *state) seriesUnder(l int32, k catchment, best *series, thin uint64) *series {
	c := st.c
	s := &series{leader: l, cost: st.leaderPrice(l, k)}
	coming := slices.Clone(k.people)
	last, inWeek := none, map[int32]int32{}
	for _, co := range c.tiers[k.tier].courses {
		pick, cost := none, never
		if c.leaders[l].teaches[co] && c.canHost(co, k.venue) {
			pick, cost = st.bestSlot(l, co, k, coming, last, inWeek, thin)
		}
		s.slots = append(s.slots, pick)
		if pick < 0 {
			s.cost += missed * 4 * int64(len(k.people))
			continue
		}
		last = pick
		inWeek[c.slots.week[pick]]++
		if s.cost += cost; best != nil && s.cost >= best.cost {
			return nil
		}
		coming = slices.DeleteFunc(coming, func(p int32) bool { return !c.attendOK.has(c.people[p].class, pick) })
	}
	if last < 0 {
		return nil
	}
	return s
}

func (st *state) bestSlot(l, co int32, k catchment, coming []int32, last int32, inWeek map[int32]int32, thin uint64) (pick int32, cost int64) {
	c := st.c
	pick, cost = none, never
	seats := min(c.seats(co, k.venue), int32(len(k.people)))
	wave := c.people[k.people[0]].wave
	ld := &c.leaders[l]
	for _, t := range c.courses[co].slots {
		if thin>>(uint(t)&63)&1 == 0 || last >= 0 && c.slots.date[t]-c.slots.date[last] < max(c.tiers[k.tier].gap, 1) {
			continue
		}
		late := int64(seats) * int64(c.earliness[int(wave+1)*c.slots.len()+int(t)])
		if late >= cost {
			if c.price.Earliness > 0 {
				break
			}
			continue
		}
		if c.slots.week[t] >= 0 && inWeek[c.slots.week[t]]+int32(st.ledWeek[int(l)*c.slots.weeks+int(c.slots.week[t])]) >= ld.maxWeek {
			continue
		}
		if !st.roomFor(co, t, k.venue, none) || !st.canLead(l, co, t, k.venue, none) {
			continue
		}
		n := min(seats, st.waiting(coming, t))
		if x := late + missed*int64(seats-n); n > 0 && x < cost {
			pick, cost = t, x
		}
	}
	return pick, cost
}

// waiting counts how many of the people, sorted by unit and booked nowhere in
// the tier, could come in slot t by their absences and units' limits.
func (st *state) waiting(people []int32, t int32) (total int32) {
	c := st.c
	for i := 0; i < len(people); {
		u, n := c.people[people[i]].unit, int32(0)
		for ; i < len(people) && c.people[people[i]].unit == u; i++ {
			if pe := &c.people[people[i]]; c.attendOK.has(pe.class, t) && (pe.leader < 0 || st.isFree(people[i], t, none)) {
				n++
			}
		}
		if c.unitMax[u] != unlimited {
			for g := c.slots.segFrom[t]; g < c.slots.segTo[t]; g++ {
				n = min(n, max(0, c.unitMax[u]-int32(st.away[int(u)*c.slots.segments+int(g)])))
			}
		}
		total += n
	}
	return total
}

// book holds the series' seminars and attaches first those who can come to all
// of them, then those who can come to the next they need.
func (st *state) book(k catchment, plan *series) {
	c := st.c
	id := st.newSeries()
	var held []int32
	for i, t := range plan.slots {
		co := c.tiers[k.tier].courses[i]
		if t < 0 || !st.canLead(plan.leader, co, t, k.venue, none) || !st.roomFor(co, t, k.venue, none) {
			continue
		}
		s := st.hold(co, t, k.venue, id)
		st.setLeader(s, 0, plan.leader)
		if !st.staff(s) {
			st.disband(s)
			continue
		}
		held = append(held, s)
	}
	for _, p := range k.people {
		if st.fitsAll(p, held) {
			st.join(p, held)
		}
	}
	for _, p := range k.people {
		st.join(p, held)
	}
	for _, s := range held {
		if !st.complete(s) {
			st.giveBack(s)
		}
	}
}

// fitsAll: person p can go to every one of the seminars needed.
func (st *state) fitsAll(p int32, held []int32) bool {
	for _, s := range held {
		if a := st.c.needOfPerson(p, st.sems[s].course); a >= 0 && !st.canJoin(a, s) {
			return false
		}
	}
	return true
}

func (st *state) join(p int32, held []int32) {
	for _, s := range held {
		if a := st.c.needOfPerson(p, st.sems[s].course); a >= 0 && st.at[a] < 0 && st.isNext(a) && st.canJoin(a, s) {
			st.attach(a, s)
		}
	}
}

// giveBack disbands s and whatever its people attend that needs it first.
func (st *state) giveBack(s int32) {
	for len(st.members[s]) > 0 {
		a := st.members[s][len(st.members[s])-1]
		pe := &st.c.people[st.c.needs[a].person]
		if st.c.tiers[pe.tier].strict {
			for b := a + 1; b < pe.needTo; b++ {
				if st.at[b] >= 0 && !st.sems[st.at[b]].pinned {
					st.detach(b)
				}
			}
		}
		st.detach(a)
	}
	st.disband(s)
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
