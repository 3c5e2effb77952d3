package bench

import (
	"errors"
	"fmt"
	"slices"

	"kaskad/model"
)

// MIP is a planning problem as a mixed-integer program: every rule H1 to H13
// and every cost of the contract, nothing left out. Objective is the plan's
// total; Unmet is the other objective, which comes first (see Prove).
//
// A plan becomes an assignment by Start, an assignment a plan by Plan.
type MIP struct {
	Program
	Unmet      []Term // its sum is the number of unmet needs
	Impossible string // why no valid plan exists, where that shows before solving

	f        *facts
	seminars []candidate
	attends  []attendance
	leads    []leading
	ofNeed   [][]int        // attendances of each need, by slot
	ofLeader map[int][]int  // leadings of each person, by slot
	upTo     [][]running    // of each need, by slot
	met      map[[2]int]int // (person, leader) → column of continuity
}

// candidate is a seminar that might be held: one room at one time. Alike rooms
// of a venue are told apart by copy, and used in that order.
type candidate struct {
	course, slot, venue, copy int
	pinned                    *model.Seminar // nil: free
	held                      int            // column: 1 if it is held
	attends, leads            []int
}

type attendance struct{ column, need, seminar int }

// leading is one person leading one candidate. first is the column that says
// the person stands first among the leaders; the same as column if there is one leader.
type leading struct{ column, first, person, seminar int }

// running says whether a need is met in a slot up to this one.
type running struct{ slot, column int }

// Build writes a valid problem as a program. The error says that the program
// would be too large, or that the time zone is unknown.
func Build(p *model.Problem) (*MIP, error) {
	f, err := read(p)
	if err != nil {
		return nil, err
	}
	m := &MIP{f: f, ofNeed: make([][]int, len(f.needs)), ofLeader: map[int][]int{}, upTo: make([][]running, len(f.needs)),
		met: map[[2]int]int{}}
	m.pin()
	for c := range f.courses {
		if err := m.offer(c); err != nil {
			return nil, err
		}
	}
	m.sortByTime()
	m.meetNeeds()
	m.fillSeminars()
	m.keepOrder()
	m.keepGaps()
	m.qualify()
	m.limitLoad()
	m.limitTravelBetween()
	m.limitPresence()
	m.limitRooms()
	m.priceSeminars()
	m.priceAttendances()
	m.priceMixAndCrowds()
	m.priceContinuity()
	m.pricePace()
	m.priceFairness()
	m.priceDisruption()
	return m, m.tooLarge()
}

func (m *MIP) tooLarge() error {
	if m.entries <= MaxEntries {
		return nil
	}
	return fmt.Errorf("%w: over %d variables and %d coefficients", ErrTooLarge, len(m.Columns), MaxEntries)
}

// ErrTooLarge says that a problem is more than a general solver is handed.
var ErrTooLarge = errors.New("the program would be too large")

// offer adds every free candidate of a course with those who might take part.
func (m *MIP) offer(c int) error {
	f, co := m.f, &m.f.courses[c]
	for t := range f.slots {
		leaders := m.leadersFor(c, t)
		for v, venue := range f.venues {
			if !f.canHost(co, t, venue) || min(co.max, venue.Capacity) < co.min || len(leaders) < co.leaders {
				continue
			}
			var needs []int
			for n := range f.needs {
				if f.needs[n].course == c && f.canAttend(n, t, venue) {
					needs = append(needs, n)
				}
			}
			copies := min(max(1, venue.Rooms), len(needs)/co.min, len(leaders)/co.leaders)
			for k := range copies {
				m.candidate(candidate{course: c, slot: t, venue: v, copy: k}, needs, leaders)
				if last := len(m.seminars) - 1; k > 0 {
					m.row("SYM", []Term{{m.seminars[last-1].held, 1}, {m.seminars[last].held, -1}}, AtLeast, 0)
				}
			}
			// Every attendance and leading stands in ten rows and more.
			if len(m.attends)+len(m.leads) > MaxEntries/10 {
				m.entries = MaxEntries + 1
				return m.tooLarge()
			}
		}
	}
	return nil
}

func (m *MIP) leadersFor(c, t int) []int {
	var leaders []int
	for p := range m.f.people {
		if m.f.canLead(p, &m.f.courses[c], t) != never {
			leaders = append(leaders, p)
		}
	}
	return leaders
}

// candidate adds the columns of one candidate.
func (m *MIP) candidate(s candidate, needs, leaders []int) {
	id := len(m.seminars)
	s.held = m.binary(fmt.Sprintf("y%d", id))
	for _, n := range needs {
		s.attends = append(s.attends, len(m.attends))
		m.ofNeed[n] = append(m.ofNeed[n], len(m.attends))
		m.attends = append(m.attends, attendance{m.binary(fmt.Sprintf("x%d_%d", n, id)), n, id})
	}
	for _, p := range leaders {
		l := leading{column: m.binary(fmt.Sprintf("l%d_%d", p, id)), person: p, seminar: id}
		l.first = l.column
		if m.f.courses[s.course].leaders > 1 {
			l.first = m.binary(fmt.Sprintf("f%d_%d", p, id))
		}
		s.leads = append(s.leads, len(m.leads))
		m.ofLeader[p] = append(m.ofLeader[p], len(m.leads))
		m.leads = append(m.leads, l)
	}
	m.seminars = append(m.seminars, s)
}

// sortByTime puts each need's attendances and each leader's leadings in order of slot.
func (m *MIP) sortByTime() {
	for _, list := range m.ofNeed {
		slices.SortStableFunc(list, func(a, b int) int { return m.slotOfAttendance(a) - m.slotOfAttendance(b) })
	}
	for _, list := range m.ofLeader {
		slices.SortStableFunc(list, func(a, b int) int { return m.slotOfLeading(a) - m.slotOfLeading(b) })
	}
}

func (m *MIP) slotOfAttendance(a int) int { return m.seminars[m.attends[a].seminar].slot }
func (m *MIP) slotOfLeading(l int) int    { return m.seminars[m.leads[l].seminar].slot }

// meetNeeds: a need is met once or unmet (H1), and by each slot it is met or
// not yet. The running sums keep the rows of H4 and H5 short.
func (m *MIP) meetNeeds() {
	for n, list := range m.ofNeed {
		var before []Term
		for i := 0; i < len(list); {
			t := m.slotOfAttendance(list[i])
			now := m.column(Column{Name: fmt.Sprintf("c%d_%d", n, t), Upper: 1})
			terms := append([]Term{{now, 1}}, negative(before)...)
			for ; i < len(list) && m.slotOfAttendance(list[i]) == t; i++ {
				terms = append(terms, Term{m.attends[list[i]].column, -1})
			}
			m.row("H1", terms, Equal, 0)
			m.upTo[n] = append(m.upTo[n], running{t, now})
			before = []Term{{now, 1}}
		}
		u := m.column(Column{Name: fmt.Sprintf("u%d", n), Upper: 1})
		m.row("H1", append([]Term{{u, 1}}, before...), Equal, 1)
		m.Unmet = append(m.Unmet, Term{u, 1})
	}
}

// by is "need n is met in a slot up to t", times a coefficient.
func (m *MIP) by(n, t, coefficient int) []Term {
	column := -1
	for _, r := range m.upTo[n] {
		if r.slot <= t {
			column = r.column
		}
	}
	if column < 0 {
		return nil
	}
	return []Term{{column, coefficient}}
}

// during is "need n is met in slot t", times a coefficient.
func (m *MIP) during(n, t, coefficient int) []Term {
	for _, r := range m.upTo[n] {
		if r.slot == t {
			return append(m.by(n, t, coefficient), m.by(n, t-1, -coefficient)...)
		}
	}
	return nil
}

// fillSeminars: seats (H2) and leaders (H6).
func (m *MIP) fillSeminars() {
	for _, s := range m.seminars {
		co := &m.f.courses[s.course]
		seats, leaders, first := []Term{}, []Term{{s.held, -co.leaders}}, []Term{{s.held, -1}}
		for _, a := range s.attends {
			x := m.attends[a].column
			seats = append(seats, Term{x, 1})
			m.row("H2", []Term{{x, 1}, {s.held, -1}}, AtMost, 0)
		}
		m.row("H2", append(slices.Clone(seats), Term{s.held, -co.min}), AtLeast, 0)
		m.row("H2", append(seats, Term{s.held, -min(co.max, m.f.venues[s.venue].Capacity)}), AtMost, 0)
		for _, l := range s.leads {
			x := m.leads[l]
			leaders, first = append(leaders, Term{x.column, 1}), append(first, Term{x.first, 1})
			if x.first != x.column {
				m.row("H6", []Term{{x.first, 1}, {x.column, -1}}, AtMost, 0)
				m.row("H6", []Term{{x.column, 1}, {s.held, -1}}, AtMost, 0)
			}
		}
		m.row("H6", leaders, Equal, 0)
		if co.leaders > 1 {
			m.row("H6", first, Equal, 0)
		}
	}
}
