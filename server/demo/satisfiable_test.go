package demo_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/demo"
)

// round plans the nth module for a pool and returns who is left.
func (w *witness) round(pool []*model.Person, tier model.Tier, n int, wave model.Wave, from, to time.Time) []*model.Person {
	var left []*model.Person
	for len(pool) > 0 {
		first := pool[0]
		// Four seats stay free for latecomers.
		if !w.hasReached(first, tier, n) || !w.gather(pool, tier, n, from, to, max(tier.Seats.Min, tier.Seats.Max-4)) && !w.join(first, tier, n, wave) {
			left = append(left, first)
			pool = pool[1:]
		}
		pool = slices.DeleteFunc(pool, func(p *model.Person) bool { return w.has(p, tier.Modules[n]) })
	}
	return left
}

// track plans all modules of a tier for people, one window of days after the
// other, and returns who could not finish.
func (w *witness) track(people []*model.Person, tier model.Tier, wave model.Wave, start, step, length int) []*model.Person {
	unfinished := map[string]bool{}
	for n := range tier.Modules {
		from := wave.From.AddDate(0, 0, start+step*n)
		to := from.AddDate(0, 0, length)
		if to.After(wave.To) {
			to = wave.To
		}
		for _, p := range w.round(slices.Clone(people), tier, n, wave, from, to) {
			unfinished[p.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(people), func(p *model.Person) bool { return !unfinished[p.ID] })
}

func (w *witness) of(wave model.Wave, tier string) []*model.Person {
	var list []*model.Person
	for i := range w.People {
		if p := &w.People[i]; p.Tier == tier && w.units[p.Unit].Wave == wave.ID {
			list = append(list, p)
		}
	}
	return list
}

// deal sets every nth person aside for the late track, so that latecomers find
// company.
func deal(people []*model.Person, nth int) (early, late []*model.Person) {
	for i, p := range people {
		if i%nth == nth-1 {
			late = append(late, p)
		} else {
			early = append(early, p)
		}
	}
	return early, late
}

// finish rescues the last.
func (w *witness) finish(people []*model.Person, tier model.Tier, wave model.Wave) {
	for _, p := range people {
		for n, module := range tier.Modules {
			if !w.has(p, module) && !w.rescue(p, tier, n, wave) {
				break
			}
		}
	}
}

// attempt plans every wave, with every nth person of the staff on a late track
// that starts a number of days into the wave.
func attempt(r region, nth, lateStart int) *witness {
	w := newWitness(r)
	leaders, staff := w.tier("leaders"), w.tier("staff")
	for _, wave := range w.Waves {
		late := w.track(w.of(wave, "leaders"), leaders, wave, 0, 7, 14)
		w.finish(w.track(late, leaders, wave, 21, 7, 21), leaders, wave)
		early, volunteers := deal(w.of(wave, "staff"), nth)
		late = append(w.track(early, staff, wave, 35, 10, 14), volunteers...)
		w.finish(w.track(late, staff, wave, lateStart, 11, 18), staff, wave)
	}
	return w
}

// ways are the choices of nth and lateStart a coordinator tries in turn.
var ways = [][2]int{{5, 56}, {8, 60}, {4, 49}, {12, 49}}

func TestACoordinatorCanMeetEveryNeed(t *testing.T) {
	for _, o := range []demo.Options{{Staff: 40}, {Staff: 400}, {Staff: 1000}, {Staff: 4000}} {
		t.Run(fmt.Sprint(o.Staff), func(t *testing.T) {
			r := readRegion(o)
			var unmet []int
			for _, way := range ways {
				w := attempt(r, way[0], way[1])
				report := check.Check(w.Problem, &w.plan)
				for _, v := range report.Violations {
					if v.Code != "F" { // an unmet need is counted below
						t.Fatalf("%s %s: %s", v.Code, v.Person, v.Detail)
					}
				}
				if report.Valid && report.Cost.Unmet == 0 {
					return
				}
				unmet = append(unmet, report.Cost.Unmet)
			}
			t.Errorf("needs unmet by each way of planning: %v, want one without", unmet)
		})
	}
}
