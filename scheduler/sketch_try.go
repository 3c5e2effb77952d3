package scheduler

import (
	"slices"

	"kaskad/model"
)

// Offer is a change of a plan: seminars as they would be, new ones among them,
// and ids of those that would not be held.
type Offer struct {
	Set  []model.Seminar
	Drop []string
}

// Try tells what the plan would cost with an offer less what it costs without,
// term by term, or the first rule that stands against the offer. The plan stays
// as it is.
func (k *Sketch) Try(o Offer) (model.Cost, *Block) {
	k.st.begin()
	b := k.apply(o)
	after := k.now
	if b == nil {
		after = k.st.recount()
	}
	k.st.rollback()
	return after.Minus(k.now), b
}

// apply empties every seminar the offer is about, then fills them as it says:
// what it only moves must not stand in its own way. Whoever keeps a place at
// the same time and venue is not asked about: a fault the plan had before is no
// reason against a change. It stops at the first rule against it.
func (k *Sketch) apply(o Offer) *Block {
	before := k.skipped()
	moved := k.st.moved
	list, b := k.cleared(o)
	if b != nil {
		return b
	}
	for _, step := range []func(*trial) *Block{k.move, k.keepSeats, k.keepLeads, k.seat, k.lead, k.enough} {
		for i := range list {
			if b := step(&list[i]); b != nil {
				return b
			}
		}
	}
	if k.st.moved > k.c.maxMoved && k.st.moved > moved {
		return &Block{Fact: TooManyMoved, Have: k.st.moved, Want: k.c.maxMoved}
	}
	if k.skipped() > before {
		return &Block{Fact: Order}
	}
	return nil
}

// trial is one seminar of an offer on its way into the plan.
type trial struct {
	want  *model.Seminar
	was   *model.Seminar // as the plan has it; nil for a new one
	s     int32
	stays bool // slot and venue are as they were
}

// skipped counts modules attended or led out of turn: what is broken, leader
// places without a leader apart.
func (k *Sketch) skipped() int {
	n := k.st.broken
	for _, s := range k.st.open {
		n -= int(k.c.courses[k.st.sems[s].course].leaders)
		for j := int32(0); j < k.c.maxLeaders; j++ {
			if k.st.leaderOf(s, j) >= 0 {
				n++
			}
		}
	}
	return n
}

// cleared closes what the offer drops and empties what it changes.
func (k *Sketch) cleared(o Offer) ([]trial, *Block) {
	for _, id := range o.Drop {
		s, ok := k.of[id]
		if !ok || k.st.sems[s].pinned {
			return nil, &Block{Fact: Kept, Seminar: id}
		}
		k.st.disband(s)
	}
	list := make([]trial, len(o.Set))
	for i := range o.Set {
		x := trial{want: &o.Set[i], s: none}
		if s, known := k.of[x.want.ID]; known {
			if k.st.sems[s].pinned {
				return nil, &Block{Fact: Kept, Seminar: x.want.ID}
			}
			x.s, x.was = s, k.plan[x.want.ID]
			x.stays = x.was.Slot == x.want.Slot && x.was.Venue == x.want.Venue
			k.empty(s)
		}
		list[i] = x
	}
	return list, nil
}

func (k *Sketch) empty(s int32) {
	for len(k.st.members[s]) > 0 {
		k.st.detach(k.st.members[s][len(k.st.members[s])-1])
	}
	for j := int32(0); j < k.c.maxLeaders; j++ {
		if k.st.leaderOf(s, j) >= 0 {
			k.st.setLeader(s, j, none)
		}
	}
}

// move takes an empty seminar to its slot and venue, or opens it there.
func (k *Sketch) move(x *trial) *Block {
	st, w := k.st, x.want
	co, t, v, known := k.c.locate(w, k.n)
	switch {
	case !known || x.s >= 0 && st.sems[x.s].course != co:
		return &Block{Fact: Unknown, Seminar: w.ID}
	case t < k.c.firstAllowed:
		return &Block{Fact: Kept, Seminar: w.ID}
	}
	if !x.stays || len(w.Attendees) > len(x.was.Attendees) {
		if b := k.roomBlock(co, t, v, x.s, len(w.Attendees)); b != nil {
			b.Seminar = w.ID
			return b
		}
	}
	if x.s < 0 {
		x.s = st.hold(co, t, v, st.newSeries())
		return nil
	}
	if st.sems[x.s].slot != t {
		st.setSlot(x.s, t)
	}
	if st.sems[x.s].venue != v {
		st.setVenue(x.s, v)
	}
	return nil
}

func (k *Sketch) keepSeats(x *trial) *Block {
	for _, id := range x.want.Attendees {
		a := k.c.needNamed(k.n, id, k.st.sems[x.s].course)
		if x.stays && a >= 0 && k.st.at[a] < 0 && slices.Contains(x.was.Attendees, id) {
			k.st.attach(a, x.s)
		}
	}
	return nil
}

func (k *Sketch) keepLeads(x *trial) *Block {
	for j, id := range x.want.Leaders {
		l := k.leader(id)
		if x.stays && l >= 0 && j < int(k.c.courses[k.st.sems[x.s].course].leaders) && slices.Contains(x.was.Leaders, id) && !k.st.isLed(l, x.s) {
			k.st.setLeader(x.s, int32(j), l)
		}
	}
	return nil
}

func (k *Sketch) seat(x *trial) *Block {
	st := k.st
	for _, id := range x.want.Attendees {
		a := k.c.needNamed(k.n, id, st.sems[x.s].course)
		switch {
		case a < 0:
			return &Block{Fact: Unknown, Person: id, Seminar: x.want.ID}
		case st.at[a] == x.s && x.stays && slices.Contains(x.was.Attendees, id):
			continue
		case st.at[a] >= 0:
			return &Block{Fact: InIt, Person: id, Seminar: x.want.ID}
		}
		if b := k.attendBlock(a, st.sems[x.s].slot, st.sems[x.s].venue); b != nil {
			b.Seminar = x.want.ID
			return b
		}
		st.attach(a, x.s)
	}
	return nil
}

func (k *Sketch) lead(x *trial) *Block {
	st := k.st
	sm := st.sems[x.s]
	for j, id := range x.want.Leaders {
		l := k.leader(id)
		switch {
		case l < 0:
			return &Block{Fact: NotMine, Person: id, Seminar: x.want.ID}
		case int32(j) < k.c.maxLeaders && st.leaderOf(x.s, int32(j)) == l:
			continue
		case int32(j) >= k.c.courses[sm.course].leaders || st.isLed(l, x.s):
			return &Block{Fact: InIt, Person: id, Seminar: x.want.ID}
		}
		if b := k.leadBlock(l, sm.course, sm.slot, sm.venue, none); b != nil {
			b.Seminar = x.want.ID
			return b
		}
		st.setLeader(x.s, int32(j), l)
	}
	return nil
}

// enough: the seminar has its leaders and its least number of people, or no
// fewer of either than before.
func (k *Sketch) enough(x *trial) *Block {
	co := &k.c.courses[k.st.sems[x.s].course]
	leaders, people := int(co.leaders), int(co.seatsMin)
	if x.was != nil {
		leaders, people = min(leaders, len(x.was.Leaders)), min(people, len(x.was.Attendees))
	}
	if n := len(x.want.Leaders); n < leaders {
		return &Block{Fact: NeedsLeaders, Seminar: x.want.ID, Have: n, Want: int(co.leaders)}
	}
	if n := len(x.want.Attendees); n < people {
		return &Block{Fact: TooFew, Seminar: x.want.ID, Have: n, Want: int(co.seatsMin)}
	}
	return nil
}

// Apply is a plan with an offer carried out: seminars replaced, added and left
// out, needs met and unmet listed anew. Cost and bound are not counted here.
func (o Offer) Apply(p *model.Problem, plan *model.Plan) *model.Plan {
	out := &model.Plan{Format: model.PlanFormat, Problem: plan.Problem, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}, Bound: plan.Bound}
	set := map[string]*model.Seminar{}
	for i := range o.Set {
		set[o.Set[i].ID] = &o.Set[i]
	}
	for _, x := range plan.Seminars {
		if now := set[x.ID]; now != nil {
			x = *now
			delete(set, x.ID)
		}
		if !slices.Contains(o.Drop, x.ID) {
			out.Seminars = append(out.Seminars, x)
		}
	}
	for i := range o.Set {
		if set[o.Set[i].ID] != nil {
			out.Seminars = append(out.Seminars, o.Set[i])
		}
	}
	out.Unmet = openNeeds(p, plan, out.Seminars)
	return out
}

// openNeeds lists the needs that no seminar meets, with the reasons known.
func openNeeds(p *model.Problem, plan *model.Plan, seminars []model.Seminar) []model.Unmet {
	type need struct{ person, module string }
	met, reason := map[need]bool{}, map[need]string{}
	for _, u := range plan.Unmet {
		reason[need{u.Person, u.Module}] = u.Reason
	}
	for i := range seminars {
		for _, x := range seminars[i].Attendees {
			met[need{x, seminars[i].Module}] = true
		}
	}
	tiers := map[string]*model.Tier{}
	for i := range p.Tiers {
		tiers[p.Tiers[i].ID] = &p.Tiers[i]
	}
	list := []model.Unmet{}
	for i := range p.People {
		x := &p.People[i]
		for _, m := range p.NeedsOf(x, tiers[x.Tier]) {
			if !met[need{x.ID, m}] {
				list = append(list, model.Unmet{Person: x.ID, Module: m, Reason: reason[need{x.ID, m}]})
			}
		}
	}
	return list
}
