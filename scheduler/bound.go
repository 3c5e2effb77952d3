package scheduler

import (
	"slices"

	"kaskad/model"
)

// proof is a bound with everything that shows it: what no plan avoids, and the
// prices at which the relaxation was evaluated. Prices are in 1/scale minutes.
type proof struct {
	bound  model.Bound
	needs  []int64 // by need: what meeting it is worth
	loads  []int64 // by leader: what leading a seminar is worth
	fixed  int64   // minutes no plan avoids whatever it does: pace and disruption of the past
	timing int64   // minutes: least earliness, preference, pace and continuity of each person
	joint  int64   // minutes: travel, leaders, seminars, mix, crowding, fairness, waiting for leaders
}

// prove bounds every valid plan from below: a count of needs that cannot be
// met, and for plans that meet all others the sum of what no plan avoids, the
// best timing of each person alone, and the joint relaxation (bound_dual.go).
// Stopped early it is weaker, never wrong.
func (c *compiled) prove(stop func() bool) proof {
	o := c.look()
	groups := make([][][]int32, len(c.courses))
	for before := -1; before != o.lost(); {
		before = o.lost()
		for co := range c.courses {
			groups[co] = c.companies(o, int32(co))
		}
	}
	extra := c.overfull(o)
	p := proof{fixed: c.basePace + c.forcedDisruption()}
	d := newDual(c, o, extra > 0)
	for co := range c.courses {
		for _, people := range groups[co] {
			d.add(int32(co), people)
		}
	}
	value := d.ascend(stop)
	p.needs, p.loads = d.prices()
	p.timing = d.timing
	if extra > 0 {
		value -= d.savedByDropping(extra, p.needs)
	} else {
		p.timing += c.forcedOnce(o)
	}
	// Rounded down to whole minutes.
	p.joint = floorDiv(value, scale)
	p.bound = model.Bound{Unmet: o.lost() + extra + len(c.foreign), Total: int(max(0, p.fixed+p.timing+p.joint))}
	return p
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// forcedOnce is the pace and continuity that each person who attends all that
// can be met pays at least.
func (c *compiled) forcedOnce(o *outlook) (total int64) {
	for i := range c.people {
		pe := &c.people[i]
		first, met := none, []int32{}
		for a := pe.needFrom; a < pe.needTo; a++ {
			if !o.hopeless[a] {
				met = append(met, c.needs[a].course)
				if first < 0 || o.earliest[a] < first {
					first = o.earliest[a]
				}
			}
		}
		if len(met) == 0 {
			continue
		}
		total += c.pastPace(pe, first)
		if !c.oneLeaderForAll(o, met) {
			total += int64(c.price.Continuity)
		}
	}
	return total
}

// oneLeaderForAll: somebody may lead every one of the courses.
func (c *compiled) oneLeaderForAll(o *outlook, courses []int32) bool {
	for l := range c.leaders {
		if !slices.ContainsFunc(courses, func(co int32) bool { return o.ready[co][l] < 0 }) {
			return true
		}
	}
	return false
}

// forcedDisruption prices the published attendances and leadings that no valid
// plan keeps.
func (c *compiled) forcedDisruption() int64 {
	kept := 0
	for a := range c.needs {
		if nd := &c.needs[a]; nd.pubSlot >= 0 && c.attendOK.has(c.people[nd.person].class, nd.pubSlot) && hasBit(c.courses[nd.course].slotOK, nd.pubSlot) {
			kept++
		}
	}
	for l := range c.pubLeads {
		for _, pl := range c.pubLeads[l] {
			if c.leaders[l].teaches[pl.course] && c.leadOK.has(int32(l), pl.slot) {
				kept++
			}
		}
	}
	return max(0, c.baseCost-int64(kept)*int64(c.price.MovedSlot))
}
