package bench

import (
	"fmt"
	"slices"
)

// priceSeminars prices holding a seminar and travelling to lead it.
func (m *MIP) priceSeminars() {
	for _, s := range m.seminars {
		co := &m.f.courses[s.course]
		m.pay(s.held, co.leaders*(co.module.Minutes+m.f.price.Prep))
		for _, l := range s.leads {
			x := m.leads[l]
			m.pay(x.column, 2*m.f.oneWay(m.f.people[x.person].unit, m.f.venues[s.venue])*m.f.price.LeaderTravel)
		}
	}
}

// priceAttendances prices travel, earliness and preference, which depend on
// one attendance each.
func (m *MIP) priceAttendances() {
	f := m.f
	for _, x := range m.attends {
		s, who := m.seminars[x.seminar], &f.people[f.needs[x.need].person]
		at, from := f.slots[s.slot], f.slots[0].Start
		if who.wave != nil {
			from = who.wave.From
		}
		price := 2*f.oneWay(who.unit, f.venues[s.venue])*f.price.Travel + fullWeeks(at.Start.Sub(from))*f.price.Earliness
		if slices.Contains(who.Dislikes, at.half) {
			price += f.price.Preference
		}
		m.pay(x.column, price)
	}
}

// priceMixAndCrowds: who of a sector is missing, and who of a unit is too many.
func (m *MIP) priceMixAndCrowds() {
	f := m.f
	for id, s := range m.seminars {
		sectors, units := map[string][]Term{}, map[string][]Term{}
		var order []string
		for _, a := range s.attends {
			u := f.people[f.needs[m.attends[a].need].person].unit
			if units[u.ID] == nil {
				order = append(order, u.ID)
			}
			sectors[u.Sector] = append(sectors[u.Sector], Term{m.attends[a].column, 1})
			units[u.ID] = append(units[u.ID], Term{m.attends[a].column, 1})
		}
		if f.price.Mix > 0 && f.price.MixMin > 0 {
			for i, sector := range f.courses[s.course].sectors {
				missing := m.column(Column{Name: fmt.Sprintf("m%d_%d", id, i), Upper: f.price.MixMin})
				m.pay(missing, f.price.Mix)
				m.row("MIX", append(slices.Clone(sectors[sector]), Term{missing, 1}, Term{s.held, -f.price.MixMin}), AtLeast, 0)
			}
		}
		for i, u := range order {
			if over := len(units[u]) - f.price.CrowdMax; over > 0 && f.price.Crowd > 0 {
				extra := m.column(Column{Name: fmt.Sprintf("o%d_%d", id, i), Upper: over})
				m.pay(extra, f.price.Crowd)
				m.row("CRO", append(units[u], Term{extra, -1}, Term{s.held, -f.price.CrowdMax}), AtMost, 0)
			}
		}
	}
}

// priceContinuity: a person met a leader if they attend a seminar in which that
// leader stands first; every such leader beyond one costs.
func (m *MIP) priceContinuity() {
	if m.f.price.Continuity == 0 {
		return
	}
	for p := range m.f.people {
		if len(m.f.people[p].needs) < 2 {
			continue
		}
		changes := []Term{}
		for _, n := range m.f.people[p].needs {
			for _, a := range m.ofNeed[n] {
				x := m.attends[a]
				for _, l := range m.seminars[x.seminar].leads {
					key := [2]int{p, m.leads[l].person}
					met, seen := m.met[key]
					if !seen {
						met = m.column(Column{Name: fmt.Sprintf("k%d_%d", key[0], key[1]), Upper: 1})
						m.met[key] = met
						changes = append(changes, Term{met, -1})
					}
					m.row("CON", []Term{{met, 1}, {x.column, -1}, {m.leads[l].first, -1}}, AtLeast, -1)
				}
			}
		}
		if len(changes) > 1 {
			extra := m.column(Column{Name: fmt.Sprintf("q%d", p), Upper: len(changes) - 1})
			m.pay(extra, m.f.price.Continuity)
			m.row("CON", append(changes, Term{extra, 1}), AtLeast, -1)
		}
	}
}

// priceFairness: the square of what is led beyond the target, in steps of 1, 3,
// 5 and so on. They get dearer, so they are taken in order.
func (m *MIP) priceFairness() {
	for p := range m.f.people {
		list, may := m.ofLeader[p], m.f.people[p].Leads
		if may == nil || may.Target == nil || m.f.price.Fairness == 0 {
			continue
		}
		// In each slot a leader leads at most once.
		most, last := 0, -1
		var terms []Term
		for _, l := range list {
			if t := m.slotOfLeading(l); t != last {
				most, last = most+1, t
			}
			terms = append(terms, Term{m.leads[l].column, 1})
		}
		if may.MaxTotal != nil {
			most = min(most, *may.MaxTotal)
		}
		for j := range max(0, most-*may.Target) {
			step := m.column(Column{Name: fmt.Sprintf("g%d_%d", p, j), Upper: 1})
			m.pay(step, (2*j+1)*m.f.price.Fairness)
			terms = append(terms, Term{step, -1})
		}
		m.row("FAI", terms, AtMost, *may.Target)
	}
}
