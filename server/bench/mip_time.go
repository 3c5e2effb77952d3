package bench

import (
	"fmt"
	"slices"
	"time"

	"kaskad/model"
)

// keepOrder is the strict order of H4: by any time the later module has
// started, the earlier one has, gapDays before.
func (m *MIP) keepOrder() {
	for _, who := range m.f.people {
		if who.tier == nil || who.tier.Order == model.Free {
			continue
		}
		for i := 1; i < len(who.needs); i++ {
			earlier, later := who.needs[i-1], who.needs[i]
			for _, r := range m.upTo[later] {
				before := m.lastBefore(r.slot, who.tier.GapDays)
				m.row("H4", append(m.by(later, r.slot, 1), m.by(earlier, before, -1)...), AtMost, 0)
			}
		}
	}
}

// lastBefore is the last slot that starts before slot t and on a date at least
// so many days earlier; -1 if there is none.
func (m *MIP) lastBefore(t, days int) int {
	last := -1
	for i, s := range m.f.slots[:t] {
		if s.Start.Before(m.f.slots[t].Start) && m.f.slots[t].day-s.day >= days {
			last = i
		}
	}
	return last
}

// keepGaps is the gap of H4: in any gapDays days in a row a person starts one module.
func (m *MIP) keepGaps() {
	f := m.f
	for _, who := range f.people {
		if who.tier == nil || who.tier.GapDays < 1 || len(who.needs) < 2 {
			continue
		}
		for from := range f.slots {
			if from > 0 && f.slots[from-1].day == f.slots[from].day {
				continue
			}
			to := from
			for to+1 < len(f.slots) && f.slots[to+1].day-f.slots[from].day < who.tier.GapDays {
				to++
			}
			var terms []Term
			for _, n := range who.needs {
				terms = append(append(terms, m.by(n, to, 1)...), m.by(n, from-1, -1)...)
			}
			m.row("H4", sum(terms), AtMost, 1)
		}
	}
}

// qualify is the part of H5 that depends on decisions: whoever still needs a
// module attends it, prepDays before leading it.
func (m *MIP) qualify() {
	f := m.f
	for p, list := range m.ofLeader {
		if len(f.people[p].needs) == 0 {
			continue
		}
		groups := map[[2]int][]Term{} // (course, slot) → leading it
		for _, l := range list {
			s := m.seminars[m.leads[l].seminar]
			key := [2]int{s.course, s.slot}
			groups[key] = append(groups[key], Term{m.leads[l].column, 1})
		}
		for c := range f.courses {
			for t := range f.slots {
				n, needed := f.needAt[[2]string{f.people[p].ID, f.courses[c].module.ID}]
				if terms := groups[[2]int{c, t}]; terms != nil && needed {
					by := len(f.slots) - 1
					if f.canLead(p, &f.courses[c], t) == learning {
						by = m.lastBefore(t, f.people[p].prepDays())
					}
					m.row("H5", append(terms, m.by(n, by, -1)...), AtMost, 0)
				}
			}
		}
	}
}

// limitLoad is maxPerDay, maxPerWeek and maxTotal of H7.
func (m *MIP) limitLoad() {
	for p := range m.f.people {
		list, may := m.ofLeader[p], m.f.people[p].Leads
		if may == nil {
			continue
		}
		limit := func(most *int, period func(slot) string) {
			if most == nil {
				return
			}
			terms, order := map[string][]Term{}, []string{}
			for _, l := range list {
				name := period(m.f.slots[m.slotOfLeading(l)])
				if terms[name] == nil {
					order = append(order, name)
				}
				terms[name] = append(terms[name], Term{m.leads[l].column, 1})
			}
			for _, name := range order {
				m.row("H7", terms[name], AtMost, *most)
			}
		}
		limit(may.MaxPerDay, func(s slot) string { return fmt.Sprint(s.day) })
		limit(may.MaxPerWeek, func(s slot) string { return s.week })
		limit(may.MaxTotal, func(slot) string { return "" })
	}
}

// limitTravelBetween is the last part of H7: time to get from one venue to the next on a day.
func (m *MIP) limitTravelBetween() {
	f := m.f
	for p := range f.people {
		list := m.ofLeader[p]
		for _, first := range list {
			a := m.seminars[m.leads[first].seminar]
			terms := []Term{{m.leads[first].column, 1}}
			for _, second := range list {
				b := m.seminars[m.leads[second].seminar]
				from, to := f.slots[a.slot], f.slots[b.slot]
				if b.slot <= a.slot || from.day != to.day || a.venue == b.venue || from.overlaps(to) {
					continue
				}
				if to.Start.Sub(from.End) < time.Duration(f.between(f.venues[a.venue], f.venues[b.venue]))*time.Minute {
					m.row("H7", append(slices.Clone(terms), Term{m.leads[second].column, 1}), AtMost, 1)
				}
			}
		}
	}
}

// limitPresence: at any instant a person is in one seminar at most (H3, and with
// it the last part of H6), and maxAway people of a unit are away (H9).
func (m *MIP) limitPresence() {
	f := m.f
	inUnit := map[string][]int{}
	for p := range f.people {
		inUnit[f.people[p].unit.ID] = append(inUnit[f.people[p].unit.ID], p)
	}
	for _, slots := range f.instants() {
		away := make([][]Term, len(f.people))
		for p := range f.people {
			away[p] = m.presence(p, slots)
			if len(away[p]) > 1 {
				m.row("H3", away[p], AtMost, 1)
			}
		}
		for i := range f.problem.Units {
			u := &f.problem.Units[i]
			if u.MaxAway == nil || *u.MaxAway >= len(inUnit[u.ID]) {
				continue
			}
			var terms []Term
			for _, p := range inUnit[u.ID] {
				terms = append(terms, away[p]...)
			}
			m.row("H9", terms, AtMost, *u.MaxAway)
		}
	}
}

// presence is what a person attends or leads in any of the slots.
func (m *MIP) presence(p int, slots []int) []Term {
	var terms []Term
	for _, t := range slots {
		for _, n := range m.f.people[p].needs {
			terms = append(terms, m.during(n, t, 1)...)
		}
	}
	for _, l := range m.ofLeader[p] {
		if slices.Contains(slots, m.slotOfLeading(l)) {
			terms = append(terms, Term{m.leads[l].column, 1})
		}
	}
	return sum(terms)
}

// limitRooms is H8.
func (m *MIP) limitRooms() {
	type place struct{ slot, venue int }
	at := map[place][]Term{}
	for _, s := range m.seminars {
		at[place{s.slot, s.venue}] = append(at[place{s.slot, s.venue}], Term{s.held, 1})
	}
	for _, slots := range m.f.instants() {
		for v, venue := range m.f.venues {
			var terms []Term
			for _, t := range slots {
				terms = append(terms, at[place{t, v}]...)
			}
			if rooms := max(1, venue.Rooms); len(terms) > rooms {
				m.row("H8", terms, AtMost, rooms)
			}
		}
	}
}
