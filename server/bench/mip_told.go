package bench

import (
	"fmt"
	"slices"

	"kaskad/model"
)

// pin adds the seminars that stay exactly as they are (H12): fixed ones, and
// published ones that start before frozenUntil. Their columns are fixed to 1.
func (m *MIP) pin() {
	p := m.f.problem
	var kept []*model.Seminar
	keep := func(s *model.Seminar) {
		for _, k := range kept {
			if k.ID == s.ID {
				if !exactly(k, s) {
					m.Impossible = fmt.Sprintf("seminar %s must stay as it is in two different ways", s.ID)
				}
				return
			}
		}
		kept = append(kept, s)
	}
	for i := range p.Fixed {
		keep(&p.Fixed[i])
	}
	if p.Published != nil {
		for i := range p.Published.Seminars {
			s := &p.Published.Seminars[i]
			if m.f.slots[m.f.slotAt[s.Slot]].Start.Before(p.Programme.FrozenUntil) {
				keep(s)
			}
		}
	}
	for _, s := range kept {
		m.pinSeminar(s)
	}
}

func exactly(a, b *model.Seminar) bool {
	return a.Tier == b.Tier && a.Module == b.Module && a.Slot == b.Slot && a.Venue == b.Venue && slices.Equal(a.Leaders, b.Leaders) &&
		slices.Equal(slices.Sorted(slices.Values(a.Attendees)), slices.Sorted(slices.Values(b.Attendees)))
}

func (m *MIP) pinSeminar(s *model.Seminar) {
	f := m.f
	c, known := f.courseAt[[2]string{s.Tier, s.Module}]
	if !known {
		m.Impossible = fmt.Sprintf("seminar %s must stay, but tier %s does not learn %s", s.ID, s.Tier, s.Module)
		return
	}
	co, t, v := &f.courses[c], f.slotAt[s.Slot], f.venueAt[s.Venue]
	wrong := func(why string) {
		m.Impossible = fmt.Sprintf("seminar %s must stay as it is, which no valid plan allows: %s", s.ID, why)
	}
	if !f.canHost(co, t, f.venues[v]) {
		wrong("the venue cannot hold it then")
	}
	if n := len(s.Attendees); n < co.min || n > min(co.max, f.venues[v].Capacity) || len(s.Leaders) != co.leaders {
		wrong("the number of attendees or leaders")
	}
	var needs, leaders []int
	for _, id := range s.Attendees {
		n, needed := f.needAt[[2]string{id, s.Module}]
		if !needed || f.needs[n].course != c || !f.canAttend(n, t, f.venues[v]) {
			wrong(id + " cannot attend it")
			continue
		}
		needs = append(needs, n)
	}
	for _, id := range s.Leaders {
		if f.canLead(f.personAt[id], co, t) == never {
			wrong(id + " cannot lead it")
		}
		leaders = append(leaders, f.personAt[id])
	}
	m.candidate(candidate{course: c, slot: t, venue: v, pinned: s}, needs, leaders)
	added := &m.seminars[len(m.seminars)-1]
	m.Columns[added.held].Lower = 1
	for _, a := range added.attends {
		m.Columns[m.attends[a].column].Lower = 1
	}
	for i, l := range added.leads {
		m.Columns[m.leads[l].column].Lower = 1
		if i == 0 {
			m.Columns[m.leads[l].first].Lower = 1
		}
	}
}

// priceDisruption prices what differs from what people have been told, and
// limits how many people are moved (H13).
func (m *MIP) priceDisruption() {
	f := m.f
	if f.problem.Published == nil {
		return
	}
	var movedTerms []Term
	moved := map[int]int{} // person → column
	movedColumn := func(p int) int {
		if _, seen := moved[p]; !seen {
			moved[p] = m.column(Column{Name: fmt.Sprintf("z%d", p), Upper: 1})
			movedTerms = append(movedTerms, Term{moved[p], 1})
		}
		return moved[p]
	}
	for i := range f.problem.Published.Seminars {
		s := &f.problem.Published.Seminars[i]
		for _, id := range s.Attendees {
			m.Constant += f.price.MovedSlot
			z := []Term{{movedColumn(f.personAt[id]), 1}}
			if n, needed := f.needAt[[2]string{id, s.Module}]; needed {
				z = append(z, m.during(n, f.slotAt[s.Slot], 1)...)
				m.priceAttendanceKept(n, s, i)
			}
			m.row("H13", z, AtLeast, 1)
		}
		m.priceLeadingsKept(s)
	}
	if most := f.problem.Programme.MaxMoved; most != nil {
		m.row("H13", movedTerms, AtMost, *most)
	}
}

// priceAttendanceKept: keeping the slot saves movedSlot, at another venue it
// costs movedVenue, there with another first leader movedLeader.
func (m *MIP) priceAttendanceKept(n int, told *model.Seminar, i int) {
	f := m.f
	t, v, leader := f.slotAt[told.Slot], f.venueAt[told.Venue], ""
	if len(told.Leaders) > 0 {
		leader = told.Leaders[0]
	}
	other := -1
	for _, a := range m.ofNeed[n] {
		x := m.attends[a]
		s := m.seminars[x.seminar]
		if s.slot != t {
			continue
		}
		m.pay(x.column, -f.price.MovedSlot)
		if s.venue != v {
			m.pay(x.column, f.price.MovedVenue)
			continue
		}
		if other < 0 {
			other = m.column(Column{Name: fmt.Sprintf("d%d_%d", n, i), Upper: 1})
			m.pay(other, f.price.MovedLeader)
		}
		terms := []Term{{other, 1}, {x.column, -1}}
		for _, l := range s.leads {
			if f.people[m.leads[l].person].ID == leader {
				terms = append(terms, Term{m.leads[l].first, 1})
			}
		}
		m.row("DIS", terms, AtLeast, 0)
	}
}

// priceLeadingsKept: a leading is kept when its leader leads the same tier and
// module in the same slot, wherever.
func (m *MIP) priceLeadingsKept(told *model.Seminar) {
	f := m.f
	for _, id := range told.Leaders {
		m.Constant += f.price.MovedSlot
		for _, l := range m.ofLeader[f.personAt[id]] {
			s := m.seminars[m.leads[l].seminar]
			co := &f.courses[s.course]
			if s.slot == f.slotAt[told.Slot] && co.tier.ID == told.Tier && co.module.ID == told.Module {
				m.pay(m.leads[l].column, -f.price.MovedSlot)
			}
		}
	}
}
