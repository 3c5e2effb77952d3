package bench

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"kaskad/model"
)

// pricePace prices long waits between the modules of a person.
func (m *MIP) pricePace() {
	if m.f.price.Pace == 0 {
		return
	}
	for p := range m.f.people {
		switch who := &m.f.people[p]; {
		case who.tier == nil || who.tier.Order == model.Free || m.doneLate(p):
			m.paceOfAny(p)
		default:
			m.paceInOrder(who)
		}
	}
}

// doneLate: something was done after a time at which the person might attend.
func (m *MIP) doneLate(p int) bool {
	moments := m.moments(p)
	late := false
	for i, at := range moments {
		late = late || i > 0 && at.slot < 0 && moments[i-1].slot >= 0
	}
	return late
}

// paceInOrder is for modules in a strict order after what is done: the next one
// attended is always the next need. Each week of waiting is a column: it is
// paid if the earlier module started by some slot and the later one neither
// starts before the week is up nor stays unmet.
func (m *MIP) paceInOrder(who *person) {
	f := m.f
	m.paceAfterDone(who)
	for i := 1; i < len(who.needs); i++ {
		earlier, later := who.needs[i-1], who.needs[i]
		if len(m.upTo[earlier]) == 0 || len(m.upTo[later]) == 0 {
			continue
		}
		end := m.upTo[later][len(m.upTo[later])-1]
		for weeks := 1; weeks <= m.weeksLate(f.slots[m.upTo[earlier][0].slot].Start, f.slots[end.slot].Start); weeks++ {
			wait := m.column(Column{Name: fmt.Sprintf("p%d_%d", later, weeks), Upper: 1})
			m.pay(wait, f.price.Pace)
			for _, r := range m.upTo[earlier] {
				before := -1 // the last slot too early for this week of waiting
				for t, s := range f.slots {
					if m.weeksLate(f.slots[r.slot].Start, s.Start) < weeks {
						before = t
					}
				}
				if before < end.slot {
					terms := append([]Term{{wait, 1}, {r.column, -1}, {end.column, -1}}, m.by(later, before, 1)...)
					m.row("PAC", terms, AtLeast, -1)
				}
			}
		}
	}
}

// paceAfterDone: waits between done modules are spent, and the wait for the
// first need depends on its slot alone.
func (m *MIP) paceAfterDone(who *person) {
	var done []time.Time
	for _, d := range who.Done {
		done = append(done, d.Start)
	}
	slices.SortFunc(done, time.Time.Compare)
	for i := 1; i < len(done); i++ {
		m.Constant += m.weeksLate(done[i-1], done[i]) * m.f.price.Pace
	}
	if len(done) == 0 || len(who.needs) == 0 {
		return
	}
	for _, a := range m.ofNeed[who.needs[0]] {
		m.pay(m.attends[a].column, m.weeksLate(done[len(done)-1], m.f.slots[m.slotOfAttendance(a)].Start)*m.f.price.Pace)
	}
}

// moment is a time at which a person starts a module: certainly, if it is done,
// or in a slot of the plan.
type moment struct {
	at   time.Time
	slot int // -1: done
}

// paceOfAny: two moments cost what lies between them if both happen and none
// in between does.
func (m *MIP) paceOfAny(p int) {
	f := m.f
	moments := m.moments(p)
	last := make([]int, len(moments)) // the last slot so far
	for i, at := range moments {
		if last[i] = at.slot; at.slot < 0 && i > 0 {
			last[i] = last[i-1]
		}
	}
	for i, first := range moments {
		for j := i + 1; j < len(moments); j++ {
			second := moments[j]
			if weeks := m.weeksLate(first.at, second.at); weeks > 0 {
				late := m.column(Column{Name: fmt.Sprintf("p%d_%d_%d", p, i, j), Upper: 1})
				m.pay(late, weeks*f.price.Pace)
				terms := append([]Term{{late, 1}}, negative(append(m.happens(p, first), m.happens(p, second)...))...)
				for _, n := range f.people[p].needs {
					terms = append(append(terms, m.by(n, last[j-1], 1)...), m.by(n, last[i], -1)...)
				}
				m.row("PAC", sum(terms), AtLeast, 1-planned(first)-planned(second))
			}
			if second.slot < 0 {
				break // a done module in between: no pair reaches over it
			}
		}
	}
}

// weeksLate is the full weeks between two starts beyond paceDays.
func (m *MIP) weeksLate(first, second time.Time) int {
	return fullWeeks(second.Sub(first) - time.Duration(m.f.price.PaceDays)*24*time.Hour)
}

// planned is 1 for a moment that depends on the plan.
func planned(at moment) int {
	if at.slot < 0 {
		return 0
	}
	return 1
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
