package scheduler

import (
	"cmp"
	"slices"

	"kaskad/model"
)

// LeaderOffers lists who can lead a seminar, the cheapest first: in the place
// that nobody has, or instead of each of those who lead it now. Blocked tells,
// of those who lead the module at all, what stands against the others, the
// nearest first. Offers are checked and priced to the minute by Try.
func (k *Sketch) LeaderOffers(seminar string) (offers []Offer, blocked []Block) {
	s, ok := k.of[seminar]
	if !ok || k.st.sems[s].pinned {
		return nil, []Block{{Fact: Kept, Seminar: seminar}}
	}
	st, plan := k.st, k.plan[seminar]
	places, of := len(plan.Leaders), int(k.c.courses[st.sems[s].course].leaders)
	first := 0
	if places < of {
		first, places = places, places+1
	}
	var found []priced
	st.begin()
	for j := first; j < min(places, of); j++ {
		old := st.leaderOf(s, int32(j))
		if old >= 0 {
			st.setLeader(s, int32(j), none)
		}
		found, blocked = k.tryLeaders(s, int32(j), old, plan, found, blocked)
		if old >= 0 {
			st.setLeader(s, int32(j), old)
		}
	}
	st.rollback()
	return inOrderOfPrice(found), blocked
}

// priced is an offer with what it costs, as far as the order goes.
type priced struct {
	offer Offer
	cost  int64
}

func inOrderOfPrice(list []priced) []Offer {
	slices.SortStableFunc(list, func(a, b priced) int { return cmp.Compare(a.cost, b.cost) })
	offers := make([]Offer, len(list))
	for i := range list {
		offers[i] = list[i].offer
	}
	return offers
}

// tryLeaders asks everybody who teaches the course, nearest first, for place j
// of seminar s, which is empty now.
func (k *Sketch) tryLeaders(s, j, old int32, plan *model.Seminar, found []priced, blocked []Block) ([]priced, []Block) {
	st := k.st
	sm := st.sems[s]
	for _, l := range k.teachers(sm.course, sm.venue) {
		if l == old || st.isLed(l, s) {
			continue
		}
		if b := k.leadBlock(l, sm.course, sm.slot, sm.venue, none); b != nil {
			blocked = append(blocked, *b)
			continue
		}
		now := *plan
		now.Leaders = slices.Clone(plan.Leaders)
		if int(j) < len(now.Leaders) {
			now.Leaders[j] = k.personOf(l)
		} else {
			now.Leaders = append(now.Leaders, k.personOf(l))
		}
		before := st.total
		st.setLeader(s, j, l)
		found = append(found, priced{Offer{Set: []model.Seminar{now}}, st.total - before})
		st.setLeader(s, j, none)
	}
	return found, blocked
}

// teachers are all leaders of a course, in order of distance to venue v.
func (k *Sketch) teachers(co, v int32) []int32 {
	var list []int32
	for l := range k.c.leaders {
		if k.c.leaders[l].teaches[co] {
			list = append(list, int32(l))
		}
	}
	away := func(l int32) int32 { return k.c.away(k.c.people[k.c.leaders[l].person].unit, v) }
	slices.SortStableFunc(list, func(a, b int32) int { return int(away(a) - away(b)) })
	return list
}

// SeatOffers lists the open seminars that could meet a person's next unmet
// need of a module, the cheapest first.
func (k *Sketch) SeatOffers(person, module string) []Offer {
	a := k.need(person, module)
	if a < 0 || k.st.at[a] >= 0 || !k.st.isNext(a) {
		return nil
	}
	var found []priced
	for _, s := range k.st.open {
		if k.st.sems[s].course == k.c.needs[a].course && k.ids[s] != "" && k.st.canJoin(a, s) {
			now := *k.plan[k.ids[s]]
			now.Attendees = append(slices.Clone(now.Attendees), person)
			found = append(found, priced{Offer{Set: []model.Seminar{now}}, k.st.attendCost(a, s)})
		}
	}
	return inOrderOfPrice(found)
}

// need is a person's need of a module in the own tier, or none.
func (k *Sketch) need(person, module string) int32 {
	p, okP := k.n.person[person]
	m, okM := k.n.module[module]
	if !okP || !okM {
		return none
	}
	pe := &k.c.people[p]
	for a := pe.needFrom; a < pe.needTo; a++ {
		if k.c.courses[k.c.needs[a].course].module == m {
			return a
		}
	}
	return none
}
