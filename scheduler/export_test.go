package scheduler

import (
	"fmt"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/certificate"
)

// Shaken is a state after random moves: its running sums beside those counted
// from nothing.
type Shaken struct {
	Running, Recounted int
	Broken, Short      int
	Difference         string // first array that a rebuilt state disagrees in
}

// searching plans p and begins to search from there.
func searching(p *model.Problem, seed uint64) (*search, *names, *known, error) {
	c, n, err := compile(p, time.Time{})
	if err != nil {
		return nil, nil, nil, err
	}
	k := newKnown()
	st := newState(c)
	st.pin(n, k)
	if p.Published != nil {
		st.load(p.Published, n, k)
	}
	st.construct(func() bool { return false })
	return &search{st: st, c: c, r: newRNG(seed), prices: prices{300, seatPrice}}, n, k, nil
}

// Shake plans p, then makes so many random moves of every kind at a high
// temperature and shows the state after every few.
func Shake(p *model.Problem, seed uint64, moves int, look func(Shaken)) error {
	se, n, k, err := searching(p, seed)
	if err != nil {
		return err
	}
	st := se.st
	for range moves / 20 {
		se.run(20, 200)
		if se.limit = 400; len(st.at) > 0 {
			se.chainMove() // which small problems do not get of themselves
		}
		look(Shaken{Running: int(st.total), Recounted: st.recount().Total, Broken: st.broken, Short: int(st.short), Difference: st.rebuilt(n, k)})
	}
	return nil
}

// Foreseen is a change of people that was forecast, and then made.
type Foreseen struct {
	Forecast, Price       int64
	Possible, WasPossible bool
}

// Foresee plans p, forecasts random changes of people between moves, makes each
// of them and takes it back.
func Foresee(p *model.Problem, seed uint64, moves int, look func(Foreseen)) error {
	se, _, _, err := searching(p, seed)
	if err != nil {
		return err
	}
	st := se.st
	for range moves * min(1, len(st.at)) {
		se.run(3, 100)
		if a := se.pickNeed(); a >= 0 {
			if s := se.pickSeminar(a); s >= 0 && len(st.members[s]) > 0 {
				se.foreseeOne(a, s, look)
			}
		}
	}
	return nil
}

// foreseeOne takes the person of need a to seminar s, or to all of its series,
// or lets them change places with somebody there.
func (se *search) foreseeOne(a, s int32, look func(Foreseen)) {
	st, c := se.st, se.c
	p, q, x := c.needs[a].person, none, st.at[a]
	se.pairs = append(se.pairs[:0], booking{a, s})
	n := 1
	path := se.r.next()&1 == 0 && st.sems[s].series != st.sems[x].series
	if path {
		se.pairs = se.pairs[:0]
		if !se.alongside(p, st.sems[x].series, st.sems[s].series) {
			return
		}
		n = len(se.pairs)
	}
	if se.r.next()&1 == 0 {
		b := st.members[s][se.r.below(len(st.members[s]))]
		q = c.needs[b].person
		if path && !se.alongside(q, st.sems[s].series, st.sems[x].series) {
			return
		}
		if !path {
			se.pairs = append(se.pairs, booking{b, x})
		}
	}
	if n == 0 || n == len(se.pairs) && q >= 0 {
		return
	}
	var out Foreseen
	out.Forecast, out.Possible = se.foresee(p, n, q)
	se.begin()
	out.WasPossible = true
	for _, k := range se.pairs {
		st.detach(k.need)
	}
	for _, k := range se.pairs {
		if out.WasPossible = out.WasPossible && st.canJoin(k.need, k.seminar); out.WasPossible {
			st.attach(k.need, k.seminar)
		}
	}
	out.Price = st.standing().worth(se.prices) - se.from.worth(se.prices)
	out.WasPossible = out.WasPossible && st.broken <= se.from.broken
	st.rollback()
	look(out)
}

// Mover makes moves of one chain, to be timed.
type Mover struct{ se *search }

// NewMover plans p and makes so many moves first.
func NewMover(p *model.Problem, seed uint64, moves int64) (*Mover, error) {
	c, n, err := compile(p, time.Time{})
	if err != nil {
		return nil, err
	}
	st := newState(c)
	st.pin(n, newKnown())
	st.construct(func() bool { return false })
	se := &search{st: st, c: c, r: newRNG(seed), prices: prices{needPrice, seatPrice}}
	se.run(moves, halfCooled)
	return &Mover{se}, nil
}

// halfCooled is the temperature about half way through a cooling of the
// demonstration of 4,000 staff.
const halfCooled = 3

// Move makes n moves of all kinds.
func (m *Mover) Move(n int) { m.se.run(int64(n), halfCooled) }

// ChangePeople makes n moves that send people from one seminar or series to another.
func (m *Mover) ChangePeople(n int) {
	kinds := []func() bool{m.se.pathSwap, m.se.pathJoin, m.se.seatSwap, m.se.seatMove}
	m.se.temp = halfCooled
	for i := range n {
		m.se.limit = int64(m.se.temp * m.se.r.exponential())
		kinds[i&3]()
	}
}

// Priced is how many changes have been priced.
func (m *Mover) Priced() int64 { return m.se.priced }

// rebuilt makes the same plan in a fresh state, operation by operation, and
// names the first thing that differs.
func (st *state) rebuilt(n *names, k *known) string {
	fresh := newState(st.c)
	for range st.series {
		fresh.newSeriesForTest()
	}
	for _, s := range st.open {
		sm := &st.sems[s]
		x := fresh.hold(sm.course, sm.slot, sm.venue, sm.series)
		for j := int32(0); j < st.c.maxLeaders; j++ {
			if l := st.leaderOf(s, j); l >= 0 {
				fresh.setLeader(x, j, l)
			}
		}
		for _, a := range st.members[s] {
			fresh.attach(a, x)
		}
	}
	for _, d := range []struct {
		name string
		same bool
	}{
		{"total", st.total == fresh.total}, {"short", st.short == fresh.short}, {"broken", st.broken == fresh.broken},
		{"moved", st.moved == fresh.moved}, {"when", slices.Equal(st.when, fresh.when)}, {"under", slices.Equal(st.under, fresh.under)}, {"busy", slices.Equal(st.busy, fresh.busy)}, {"away", slices.Equal(st.away, fresh.away)},
		{"used", slices.Equal(st.used, fresh.used)}, {"changed", slices.Equal(st.changed, fresh.changed)},
		{"ledWeek", slices.Equal(st.ledWeek, fresh.ledWeek)}, {"ledDay", slices.Equal(st.ledDay, fresh.ledDay)},
		{"ledModule", slices.Equal(st.ledModule, fresh.ledModule)}, {"unmet", len(st.unmet) == len(fresh.unmet)},
		{"unitSeen", !slices.ContainsFunc(st.unitSeen, func(x int16) bool { return x != 0 })},
	} {
		if !d.same {
			return d.name
		}
	}
	return st.misfiled()
}

func (st *state) newSeriesForTest() { st.series = append(st.series, nil) }

// misfiled names a seminar or need that its lists do not agree on.
func (st *state) misfiled() string {
	for i, s := range st.open {
		sm := &st.sems[s]
		if sm.openPos != int32(i) || !sm.live || st.cells[st.cell(s)][sm.cellPos] != s || !slices.Contains(st.series[sm.series], s) {
			return fmt.Sprintf("seminar %d", s)
		}
		for j, a := range st.members[s] {
			if st.at[a] != s || st.pos[a] != int32(j) {
				return fmt.Sprintf("member %d", a)
			}
		}
	}
	for i, a := range st.unmet {
		if st.at[a] >= 0 || st.pos[a] != int32(i) {
			return fmt.Sprintf("unmet %d", a)
		}
	}
	return ""
}

// InRegions has programmes of more than twice so many people planned by region.
func InRegions(people int, o Options) Options {
	o.regionPeople = people
	return o
}

// ProveNearSighted proves a problem's bound looking at no more than is looked at in
// a very large one, and less.
func ProveNearSighted(p *model.Problem, around int32, leaders int) (model.Bound, *certificate.Certificate, error) {
	c, n, err := compile(p, time.Time{})
	if err != nil {
		return model.Bound{}, nil, err
	}
	c.distances = measure(p, n, sight{around: around, leaders: leaders})
	proof := c.prove(effort{stop: func() bool { return false }})
	return proof.bound, proof.certificate, nil
}
