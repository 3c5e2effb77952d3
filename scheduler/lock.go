package scheduler

import (
	"slices"

	"kaskad/model"
)

// lock is what may not change of one seminar, Options.Locks as numbers. What a
// lock asks and the state does not keep is counted in state.broken, as the
// other rules that hold only once a move is complete: the search never ends a
// move with more of it than it began with.
type lock struct {
	slot, venue int32   // none: free
	leaders     []int32 // in order of place; nil: free
	seats       int     // needs that must be met in the seminar
}

// compileLocks reads the locks against the plan they were set on. A lock of a
// seminar that plan does not have, or of leaders it lacks, asks nothing.
func (c *compiled) compileLocks(p *model.Plan, locks map[string]model.Lock, n *names) {
	c.lockOf = map[string]int32{}
	if p == nil || len(locks) == 0 {
		return
	}
	for i := range p.Seminars {
		s := &p.Seminars[i]
		asked, ok := locks[s.ID]
		co, t, v, known := c.locate(s, n)
		if !ok || !known || asked.Empty() || c.isPinned(s.ID) {
			continue
		}
		k := lock{slot: none, venue: none}
		if asked.Time {
			k.slot = t
		}
		if asked.Place {
			k.venue = v
		}
		if asked.Leaders && int32(len(s.Leaders)) == c.courses[co].leaders {
			k.leaders = c.leadersOf(s.Leaders, n)
		}
		for _, id := range asked.People {
			if a := c.needNamed(n, id, co); a >= 0 && c.needs[a].lock < 0 && slices.Contains(s.Attendees, id) {
				c.needs[a].lock = int32(len(c.locks))
				k.seats++
			}
		}
		c.lockOf[s.ID] = int32(len(c.locks))
		c.locks = append(c.locks, k)
	}
}

func (c *compiled) isPinned(id string) bool {
	return slices.ContainsFunc(c.pinned, func(x pinnedSeminar) bool { return x.seminar.ID == id })
}

// leadersOf are leaders by index, none for somebody who leads nothing any more.
func (c *compiled) leadersOf(ids []string, n *names) []int32 {
	list := make([]int32, 0, len(ids))
	for _, id := range ids {
		list = append(list, c.leaderNamed(n, id))
	}
	return list
}

// unheld counts what all locks ask of a state without seminars.
func (c *compiled) unheld() (broken int) {
	for i := range c.locks {
		broken += 1 + c.locks[i].seats
	}
	return broken
}

// setLock says that lock i is about seminar s, which has nobody in it yet.
func (st *state) setLock(s, i int32) {
	st.sems[s].lock = i
	st.broken += st.loosened(s) - 1
}

// loosened counts what seminar s does not keep of what its lock asks.
func (st *state) loosened(s int32) (broken int) {
	sm := &st.sems[s]
	if sm.lock < 0 {
		return 0
	}
	k := &st.c.locks[sm.lock]
	if k.slot >= 0 && k.slot != sm.slot {
		broken++
	}
	if k.venue >= 0 && k.venue != sm.venue {
		broken++
	}
	for j, l := range k.leaders {
		if l < 0 || st.leaderOf(s, int32(j)) != l {
			return broken + 1
		}
	}
	return broken
}

// keepsSeat is 1 when need a is locked to the seminar s.
func (st *state) keepsSeat(a, s int32) int {
	if k := st.c.needs[a].lock; k >= 0 && st.sems[s].lock == k {
		return 1
	}
	return 0
}
