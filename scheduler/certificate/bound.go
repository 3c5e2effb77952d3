package certificate

import (
	"slices"
	"time"

	"kaskad/model"
)

// bound evaluates docs/bound.md at the prices read:
//
//	unmet ≥ U = lost + overfull
//	total ≥ ⌊ past + Σ chains(λ) + Σ leaders(μ) + Σ seminars(λ, μ) − dropped ⌋
func (w *world) bound() model.Bound {
	over := w.overfull()
	single := over > 0
	units := (w.past() + w.forcedOnce(single)) * Scale
	var gains []int64
	for i := range w.people {
		for _, x := range w.chains(&w.people[i], single) {
			units += x
			gains = append(gains, max(0, x))
		}
	}
	if single {
		slices.Sort(gains)
		for _, x := range gains[max(0, len(gains)-over):] {
			units -= x
		}
	}
	for _, l := range w.leaders {
		units += w.leading(l)
	}
	for _, c := range w.courses {
		for _, group := range w.companies(c) {
			units += w.seminars(c, group)
		}
	}
	total := units / Scale
	if units < 0 {
		total = 0 // a total is never negative
	}
	return model.Bound{Unmet: w.lost() + over, Total: int(total)}
}

// chains prices a person's needs at their best: at the prices λ, what attending
// brings the relaxation at least, over all ways through the needs. In a strict
// order those that can be met make one chain; otherwise, and when some must be
// given up, each is alone. It also notes in which windows a need may be met.
func (w *world) chains(x *person, single bool) (values []int64) {
	if x.tier == nil {
		return nil
	}
	whole := !single && x.tier.Order != model.Free
	var later []int64 // by slot: least of the needs that follow, from there on
	for a := len(x.needs) - 1; a >= 0; a-- {
		n := &x.needs[a]
		if n.hopeless {
			continue
		}
		row := make([]int64, len(w.slots)+1)
		row[len(w.slots)] = never
		next, at := len(w.slots), len(n.steps)
		for t := len(w.slots) - 1; t >= 0; t-- {
			row[t] = row[t+1]
			for next > t+1 && w.slots[next-1].date-w.slots[t].date >= x.tier.GapDays {
				next--
			}
			if t < n.earliest || !w.might(x, a, t) {
				continue
			}
			for at > 0 && n.steps[at-1].from > t {
				at--
			}
			cost := (w.atSlot(x, t) + w.movedFrom(x, n, t)) * Scale
			if at > 0 {
				cost += n.steps[at-1].price
			}
			if whole && later != nil {
				if later[next] >= never/2 {
					continue
				}
				cost += later[next]
			}
			row[t] = min(row[t], cost)
			n.slots = append(n.slots, t)
		}
		if !whole {
			values = append(values, row[0])
		}
		later = row
	}
	if whole && later != nil {
		values = append(values, later[0])
	}
	return values
}

// movedFrom is the price of a published slot that is given up for slot t, where the
// person has been told just one, and it might stand.
func (w *world) movedFrom(x *person, n *need, t int) int64 {
	if len(n.told) != 1 || n.told[0] == t || !x.there[n.told[0]] || !n.course.long[n.told[0]] {
		return 0
	}
	return int64(w.prices.MovedSlot)
}

// atSlot is earliness and preference of attending in slot t, in minutes.
func (w *world) atSlot(x *person, t int) int64 {
	from := w.slots[0].Start
	if x.wave != nil {
		from = x.wave.From
	}
	minutes := fullWeeks(seconds(from, w.slots[t].Start)) * int64(w.prices.Earliness)
	if slices.Contains(x.Dislikes, w.slots[t].half) {
		minutes += int64(w.prices.Preference)
	}
	return minutes
}

func fullWeeks(elapsed int64) int64 { return max(0, elapsed) / 604_800 }

// seconds are exact over thousands of years, where a time.Duration ends after 292.
func seconds(from, to time.Time) int64 { return to.Unix() - from.Unix() }

// at is the price that holds in slot t: that of the last step begun by then.
func at(steps []step, t int) (price int64) {
	for _, s := range steps {
		if s.from > t {
			break
		}
		price = s.price
	}
	return price
}

// leading is the least of fairness less price over the number a leader leads.
func (w *world) leading(l *leader) (least int64) {
	for n := 1; n <= l.most; n++ {
		unfair := int64(0)
		if l.leads.Target != nil {
			over := int64(max(0, n-*l.leads.Target))
			unfair = over * over * int64(w.prices.Fairness)
		}
		least = min(least, unfair*Scale-l.price*int64(n))
	}
	return least
}

// past is what no plan changes: pace between modules done before the first slot, and
// disruption of what was published and cannot be kept.
func (w *world) past() (minutes int64) {
	for i := range w.people {
		starts := w.people[i].doneStarts()
		for k := 1; k < len(starts) && (len(w.slots) == 0 || !starts[k].After(w.slots[0].Start)); k++ {
			minutes += w.pace(starts[k-1], starts[k])
		}
	}
	return minutes + w.disruption()
}

func (x *person) doneStarts() (starts []time.Time) {
	for _, d := range x.Done {
		starts = append(starts, d.Start)
	}
	slices.SortFunc(starts, time.Time.Compare)
	return starts
}

func (w *world) pace(from, to time.Time) int64 {
	return fullWeeks(seconds(from, to)-int64(w.prices.PaceDays)*24*60*60) * int64(w.prices.Pace)
}

// disruption counts published attendances and leadings beyond those that might
// be kept, at the price of a moved slot.
func (w *world) disruption() int64 {
	if w.problem.Published == nil {
		return 0
	}
	slotOf := w.slotOf()
	dropped := int64(0)
	for _, s := range w.problem.Published.Seminars {
		t, known := slotOf[s.Slot]
		for _, id := range s.Attendees {
			i, ok := w.personOf[id]
			n := (*need)(nil)
			if ok && known {
				n = w.people[i].needOf(s.Tier, s.Module)
			}
			if n == nil || n.hopeless || len(n.told) == 1 && !(w.people[i].there[t] && n.course.long[t]) {
				dropped++
			}
		}
		for _, id := range s.Leaders {
			i, ok := w.personOf[id]
			l := (*leader)(nil)
			if ok {
				l = w.people[i].leads
			}
			if l == nil || !known || !l.free[t] || l.leads.Tier != s.Tier || !slices.Contains(l.leads.Modules, s.Module) {
				dropped++
			}
		}
	}
	return dropped * int64(w.prices.MovedSlot)
}

func (x *person) needOf(tier, module string) *need {
	for a := range x.needs {
		if n := &x.needs[a]; n.course.tier.ID == tier && n.course.module.ID == module {
			return n
		}
	}
	return nil
}

func (w *world) slotOf() map[string]int {
	of := map[string]int{}
	for t := range w.slots {
		of[w.slots[t].ID] = t
	}
	return of
}

// readPublished notes the slots people have been told.
func (w *world) readPublished() {
	if w.problem.Published == nil {
		return
	}
	slotOf := w.slotOf()
	for _, s := range w.problem.Published.Seminars {
		for _, id := range s.Attendees {
			t, known := slotOf[s.Slot]
			if i, ok := w.personOf[id]; ok && known {
				if n := w.people[i].needOf(s.Tier, s.Module); n != nil {
					n.told = append(n.told, t)
				}
			}
		}
	}
}

// forcedOnce is the pace and continuity nobody who attends all that can be met
// is spared; 0 when some needs must be given up.
func (w *world) forcedOnce(single bool) (minutes int64) {
	for i := range w.people {
		x := &w.people[i]
		first, met := len(w.slots), []*course{}
		for a := range x.needs {
			if !x.needs[a].hopeless {
				first = min(first, x.needs[a].earliest)
				met = append(met, x.needs[a].course)
			}
		}
		if single || len(met) == 0 {
			continue
		}
		if done := x.doneStarts(); len(done) > 0 {
			minutes += w.pace(done[len(done)-1], w.slots[first].Start)
		}
		if !w.oneLeader(met) {
			minutes += int64(w.prices.Continuity)
		}
	}
	return minutes
}

// oneLeader: somebody might lead every one of the courses.
func (w *world) oneLeader(courses []*course) bool {
	for k := range w.leaders {
		if !slices.ContainsFunc(courses, func(c *course) bool { return c.ready[k] < 0 }) {
			return true
		}
	}
	return false
}
