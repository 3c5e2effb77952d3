package bench

import (
	"cmp"
	"fmt"
	"slices"
	"time"
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

// moment is a time at which a person starts a module: certainly, if it is done,
// or in a slot of the plan.
type moment struct {
	at   time.Time
	slot int // -1: done
}

// pricePace: two moments cost what lies between them if both happen and none
// in between does.
func (m *MIP) pricePace() {
	f := m.f
	allowed := time.Duration(f.price.PaceDays) * 24 * time.Hour
	for p := range f.people {
		moments := m.moments(p)
		for i, first := range moments {
			happens := m.happens(p, first)
			var between []Term
			for j := i + 1; j < len(moments); j++ {
				second := moments[j]
				weeks := fullWeeks(second.at.Sub(first.at) - allowed)
				if weeks > 0 && f.price.Pace > 0 {
					late := m.column(Column{Name: fmt.Sprintf("p%d_%d_%d", p, i, j), Upper: 1})
					m.pay(late, weeks*f.price.Pace)
					right := -1
					if first.slot < 0 {
						right++
					}
					if second.slot < 0 {
						right++
					}
					terms := slices.Concat([]Term{{late, 1}}, negative(happens), negative(m.happens(p, second)), between)
					m.row("PAC", sum(terms), AtLeast, right)
				}
				if second.slot < 0 {
					break
				}
				between = append(between, m.happens(p, second)...)
			}
		}
	}
}

func (m *MIP) moments(p int) []moment {
	var all []moment
	for _, d := range m.f.people[p].Done {
		all = append(all, moment{d.Start, -1})
	}
	for t := range m.f.slots {
		if len(m.happens(p, moment{slot: t})) > 0 {
			all = append(all, moment{m.f.slots[t].Start, t})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.slot, b.slot))
	})
	return all
}

// happens is 1 if the person attends anything at the moment; nothing for a done one.
func (m *MIP) happens(p int, at moment) []Term {
	if at.slot < 0 {
		return nil
	}
	var terms []Term
	for _, n := range m.f.people[p].needs {
		terms = append(terms, m.during(n, at.slot, 1)...)
	}
	return terms
}

func negative(terms []Term) []Term {
	out := slices.Clone(terms)
	for i := range out {
		out[i].Coefficient = -out[i].Coefficient
	}
	return out
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
