package scheduler

import (
	"fmt"
	"slices"
	"time"

	"kaskad/model"
)

// Shaken is a state after random moves: its running sums beside those counted
// from nothing.
type Shaken struct {
	Running, Recounted int
	Broken, Short      int
	Difference         string // first array that a rebuilt state disagrees in
}

// Shake plans p, then makes so many random moves of every kind at a high
// temperature and shows the state after every few.
func Shake(p *model.Problem, seed uint64, moves int, look func(Shaken)) error {
	c, n, err := compile(p, time.Time{})
	if err != nil {
		return err
	}
	k := newKnown()
	st := newState(c)
	st.pin(n, k)
	if p.Published != nil {
		st.load(p.Published, n, k)
	}
	st.construct(func() bool { return false })
	se := &search{st: st, c: c, r: newRNG(seed), needPrice: 300}
	for range moves / 20 {
		se.run(20, 200)
		look(Shaken{Running: int(st.total), Recounted: st.recount().Total, Broken: st.broken, Short: int(st.short), Difference: st.rebuilt(n, k)})
	}
	return nil
}

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
		{"moved", st.moved == fresh.moved}, {"busy", slices.Equal(st.busy, fresh.busy)}, {"away", slices.Equal(st.away, fresh.away)},
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
