package scheduler

import (
	"fmt"
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
	pace       int64 // between modules already done, and from them to the first that follows
	continuity int64 // of those for whom nobody may lead everything
	joint      int64 // travel, leaders' travel, seminars, mix, crowding, fairness, earliness, preference
	spent      spending
}

// effort is how long a proof may take.
type effort struct {
	stop  func() bool       // end now with what there is
	share func() float64    // of the time there is; nil when only steps count
	hands int               // that work on it side by side; 0 is one
	rise  func(model.Bound) // is told now and then what is proved so far; may be nil
}

// prove bounds every valid plan from below: a count of needs that cannot be
// met, and for plans that meet all others the sum of what no plan avoids and the
// joint relaxation (bound_dual.go). Stopped early it is weaker, never wrong.
func (c *compiled) prove(e effort) proof {
	o := c.look()
	companies := make([][][]int32, len(c.courses))
	for before := -1; before != o.lost(); {
		before = o.lost()
		for co := range c.courses {
			companies[co] = c.companies(o, int32(co))
		}
	}
	extra := c.overfull(o)
	p := proof{disruption: c.forcedDisruption(o), pace: c.settledPace}
	if extra == 0 {
		p.force(c, o)
	}
	p.bound.Unmet = o.lost() + extra + len(c.foreign)
	rise := func(value int64) {
		if e.rise != nil && extra == 0 {
			e.rise(p.at(value))
		}
	}
	d, value := c.bestPrices(o, companies, extra > 0, e, rise)
	if extra > 0 {
		value, _ = d.evaluate(on)
		value -= d.savedByDropping(extra)
	}
	p.bound, p.joint, p.spent = p.at(value), floorDiv(value, scale), d.spent
	p.certificate = d.certificate(p.bound)
	return p
}

// at is the bound when the relaxation comes to a value, rounded down to whole minutes.
func (p *proof) at(value int64) model.Bound {
	return model.Bound{Unmet: p.bound.Unmet, Total: int(max(0, p.disruption+p.pace+p.continuity+floorDiv(value, scale)))}
}

// Steps of the climbs: first by the first course of each tier and without time,
// then with everything, then window by window. Where nobody watches the clock the
// last has the fewer the larger the programme, so that it takes a few seconds.
const (
	firstSteps = 80
	flatSteps  = 20
	timedSteps = 400
	timedNeeds = 300_000 // steps × needs
)

// on is for what must be proved however little time there is.
func on() bool { return false }

// bestPrices climbs without time and then with it, and returns the relaxation that
// proves more, and what that is.
func (c *compiled) bestPrices(o *outlook, companies [][][]int32, single bool, e effort, rise func(int64)) (*dual, int64) {
	first := make([][][]int32, len(companies))
	for co := range companies {
		if c.courses[co].rank == 0 {
			first[co] = companies[co]
		}
	}
	share, steps := e.share, timedSteps
	if share == nil {
		share = func() float64 { return 0 }
		steps = min(steps, max(flatSteps, timedNeeds/max(1, len(c.needs))))
	}
	start := newDual(c, o, first, single, false, on, nil)
	flat := newDual(c, o, companies, single, false, on, start)
	start.employ(max(1, e.hands))
	flat.employ(max(1, e.hands))
	start.climb(firstSteps, e.stop, share, func(int64) {})
	flat.copyFrom(start)
	value := flat.climb(flatSteps, e.stop, share, rise)
	if value == -never {
		value, _ = flat.evaluate(on)
	}
	rise(value)
	timed := newDual(c, o, companies, single, true, e.stop, flat)
	if timed == nil {
		return flat, value
	}
	timed.employ(max(1, e.hands))
	timed.startFrom(flat)
	if x := timed.climb(steps, e.stop, share, func(x int64) { rise(max(x, value)) }); x > value {
		return timed, x
	}
	return flat, value
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
	one := map[string]bool{} // by courses: whether somebody may lead them all
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
		key := fmt.Sprint(met)
		if _, known := one[key]; !known {
			one[key] = c.oneLeaderForAll(o, met)
		}
		if !one[key] {
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

// mayKeep: what the person of a need has been told might stand.
func (c *compiled) mayKeep(nd *need) bool {
	return nd.pubSlot >= 0 && c.attendOK.has(c.people[nd.person].class, nd.pubSlot) && hasBit(c.courses[nd.course].slotOK, nd.pubSlot)
}

// forcedDisruption prices the published attendances and leadings that no valid
// plan keeps.
func (c *compiled) forcedDisruption(o *outlook) int64 {
	kept := 0
	for a := range c.needs {
		switch nd := &c.needs[a]; {
		case o.hopeless[a]:
		case nd.again >= 0: // told more than once: any of it might be kept
			kept += 1 + len(c.toldAgain[nd.again])
		case c.mayKeep(nd):
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
