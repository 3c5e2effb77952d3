package scheduler

import (
	"slices"

	"kaskad/model"
	"kaskad/scheduler/certificate"
)

// proof is a bound with what shows it. Its parts, in minutes, add up to the
// bound's total unless that is 0.
type proof struct {
	bound       model.Bound
	certificate *certificate.Certificate

	disruption int64 // of the past, which no plan avoids
	timing     int64 // least earliness and preference of each person alone
	pace       int64 // between modules already done, and from them to the first that follows
	continuity int64 // of those for whom nobody may lead everything
	joint      int64 // travel, leaders' travel, seminars, mix, crowding, fairness, waiting for leaders
	spent      spending
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
	p := proof{disruption: c.forcedDisruption(), pace: c.settledPace}
	d := newDual(c, o, extra > 0)
	for co := range c.courses {
		for _, people := range groups[co] {
			d.add(int32(co), people)
		}
	}
	value := d.ascend(stop)
	p.timing = d.timing
	if extra > 0 {
		value -= d.savedByDropping(extra, d.prices())
	} else {
		p.force(c, o)
	}
	// Rounded down to whole minutes.
	p.joint = floorDiv(value, scale)
	p.spent = d.spent
	p.bound = model.Bound{Unmet: o.lost() + extra + len(c.foreign), Total: int(max(0, p.disruption+p.timing+p.pace+p.continuity+p.joint))}
	p.certificate = d.certificate(p.bound)
	return p
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// force adds the pace and continuity that each person who attends all that can
// be met pays at least.
func (p *proof) force(c *compiled, o *outlook) {
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
		p.pace += c.pastPace(pe, first)
		if !c.oneLeaderForAll(o, met) {
			p.continuity += int64(c.price.Continuity)
		}
	}
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
		if nd := &c.needs[a]; nd.pubSlot >= 0 && c.attendOK.has(c.people[nd.person].class, nd.pubSlot) && hasBit(c.courses[nd.course].slotOK, nd.pubSlot) || nd.again >= 0 {
			kept++
			if nd.again >= 0 { // told more than once: any of it might be kept
				kept += len(c.toldAgain[nd.again])
			}
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
