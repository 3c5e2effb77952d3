package demo_test

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"kaskad/model"
)

// witness builds a plan by hand, as a coordinator without a planner would: per
// wave and module, neighbours are gathered in the first half-day that suits
// enough of them, latecomers are squeezed in, and a late track takes the rest.
// It cares for the rules only, not for cost.
type witness struct {
	region
	plan     model.Plan
	slotAt   map[string]int
	open     map[string][]bool         // person or venue → slot → free of closed times
	busy     map[string]map[int]bool   // person → slots attended or led
	away     map[string]map[int]int    // unit → slot → people away
	rooms    map[string]map[int]int    // venue → slot → seminars
	attended map[string]map[string]int // person → module → slot
	led      map[string][]int          // leader → slots
}

func newWitness(r region) *witness {
	w := &witness{
		region: r, slotAt: map[string]int{}, open: map[string][]bool{}, busy: map[string]map[int]bool{},
		away: map[string]map[int]int{}, rooms: map[string]map[int]int{},
		attended: map[string]map[string]int{}, led: map[string][]int{},
	}
	w.plan = model.Plan{Format: model.PlanFormat, Problem: r.Programme.ID, Seminars: []model.Seminar{}, Unmet: []model.Unmet{}}
	for i, s := range r.Slots {
		w.slotAt[s.ID] = i
	}
	free := func(id, calendar string, closed []model.Interval) {
		list := make([]bool, len(r.Slots))
		for _, s := range r.slots(r.Slots[0].Start, r.Slots[len(r.Slots)-1].End, r.calendars[calendar], closed) {
			list[w.slotAt[s.ID]] = true
		}
		w.open[id] = list
	}
	for _, p := range r.People {
		free(p.ID, p.Calendar, p.Closed)
		w.busy[p.ID], w.attended[p.ID] = map[int]bool{}, map[string]int{}
	}
	for _, v := range r.Venues {
		free(v.ID, v.Calendar, v.Closed)
		w.rooms[v.ID] = map[int]int{}
	}
	for _, u := range r.Units {
		w.away[u.ID] = map[int]int{}
	}
	return w
}

// days counts calendar days between two slots.
func (w *witness) days(from, to int) int {
	date := func(i int) time.Time {
		y, m, d := w.Slots[i].Start.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(date(to).Sub(date(from)).Hours()) / 24
}

// leave says whether a person can be away from the unit in a slot.
func (w *witness) leave(p *model.Person, slot int) bool {
	u := w.units[p.Unit]
	return w.open[p.ID][slot] && !w.busy[p.ID][slot] && (u.MaxAway == nil || w.away[u.ID][slot] < *u.MaxAway)
}

// canJoin says whether a person can attend the tier's nth module in a slot at a
// venue, with room left for the modules between it and those already placed.
func (w *witness) canJoin(p *model.Person, tier model.Tier, n, slot int, v *model.Venue) bool {
	if _, done := w.attended[p.ID][tier.Modules[n]]; done || !w.leave(p, slot) {
		return false
	}
	for k, module := range tier.Modules {
		at, done := w.attended[p.ID][module]
		if done && k < n && w.days(at, slot) < tier.GapDays*(n-k) || done && k > n && w.days(slot, at) < tier.GapDays*(k-n) {
			return false
		}
	}
	u := w.units[p.Unit]
	return p.MaxTravel == nil || w.Programme.Travel.Minutes(u.Lat, u.Lon, v.Lat, v.Lon) <= *p.MaxTravel
}

// hasReached says whether the nth module is the person's next.
func (w *witness) hasReached(p *model.Person, tier model.Tier, n int) bool {
	return n == 0 || w.has(p, tier.Modules[n-1])
}

func (w *witness) has(p *model.Person, module string) bool {
	_, done := w.attended[p.ID][module]
	return done
}

// canLead says whether a leader can lead a module of the tier in a slot.
func (w *witness) canLead(p *model.Person, tier, module string, slot int) bool {
	if p.Leads == nil || p.Leads.Tier != tier || !w.leave(p, slot) {
		return false
	}
	if p.Tier != "" {
		learnt, done := w.attended[p.ID][module]
		if !done || w.days(learnt, slot) < w.tier(p.Tier).PrepDays || len(w.led[p.ID]) >= *p.Leads.MaxTotal {
			return false
		}
	}
	inWeek := 0
	year, week := w.Slots[slot].Start.ISOWeek()
	for _, s := range w.led[p.ID] {
		if y, k := w.Slots[s].Start.ISOWeek(); y == year && k == week {
			inWeek++
		}
		if w.days(s, slot) == 0 {
			return false
		}
	}
	return inWeek < *p.Leads.MaxPerWeek
}

func (w *witness) attend(p *model.Person, s *model.Seminar) {
	slot := w.slotAt[s.Slot]
	w.busy[p.ID][slot] = true
	w.away[p.Unit][slot]++
	w.attended[p.ID][s.Module] = slot
	s.Attendees = append(s.Attendees, p.ID)
}

// join squeezes a person into a seminar there is already.
func (w *witness) join(p *model.Person, tier model.Tier, n int, wave model.Wave) bool {
	for i := range w.plan.Seminars {
		s := &w.plan.Seminars[i]
		if s.Tier != tier.ID || s.Module != tier.Modules[n] {
			continue
		}
		v := w.venue(s.Venue)
		slot := w.slotAt[s.Slot]
		if !inside(w.Slots[slot], wave.From, wave.To) || len(s.Attendees) >= min(v.Capacity, tier.Seats.Max) {
			continue
		}
		if w.canJoin(p, tier, n, slot, v) {
			w.attend(p, s)
			return true
		}
	}
	return false
}

func inside(s model.Slot, from, to time.Time) bool {
	return !s.Start.Before(from) && !s.End.After(to)
}

func (w *witness) venue(id string) *model.Venue {
	return &w.Venues[slices.IndexFunc(w.Venues, func(v model.Venue) bool { return v.ID == id })]
}

// nearest are the n venues nearest to a unit.
func (w *witness) nearest(u model.Unit, n int) []model.Venue {
	venues := slices.Clone(w.Venues)
	slices.SortStableFunc(venues, func(a, b model.Venue) int {
		return cmp.Compare(model.Kilometres(u.Lat, u.Lon, a.Lat, a.Lon), model.Kilometres(u.Lat, u.Lon, b.Lat, b.Lon))
	})
	return venues[:min(n, len(venues))]
}

// gather opens a seminar for the first of the pool with as many neighbours as
// will come, in the half-day of the window that suits most of the first hundred.
func (w *witness) gather(pool []*model.Person, tier model.Tier, n int, from, to time.Time, size int) bool {
	first := pool[0]
	u := w.units[first.Unit]
	venues := w.nearest(u, 3)
	near := pool[:min(len(pool), 100)]
	var best *model.Seminar
	var guests []*model.Person
	for slot := range w.Slots {
		if !inside(w.Slots[slot], from, to) {
			continue
		}
		for i := range venues {
			v := &venues[i]
			if !w.open[v.ID][slot] || w.rooms[v.ID][slot] >= v.Rooms || !w.canJoin(first, tier, n, slot, v) {
				continue
			}
			group := w.group(near, tier, n, slot, v, min(size, v.Capacity))
			if len(group) < tier.Seats.Min || len(group) <= len(guests) {
				continue
			}
			if leader := w.leader(u, tier.ID, tier.Modules[n], slot, group); leader != "" {
				best = &model.Seminar{Tier: tier.ID, Module: tier.Modules[n], Slot: w.Slots[slot].ID, Venue: v.ID, Leaders: []string{leader}}
				guests = group
			}
		}
		if len(guests) >= size {
			break
		}
	}
	if best == nil {
		return false
	}
	w.hold(best, guests)
	return true
}

// hold puts a seminar in the plan.
func (w *witness) hold(s *model.Seminar, guests []*model.Person) {
	s.ID = fmt.Sprintf("s%04d", len(w.plan.Seminars)+1)
	slot, leader := w.slotAt[s.Slot], s.Leaders[0]
	w.led[leader] = append(w.led[leader], slot)
	w.busy[leader][slot] = true
	w.away[w.person(leader).Unit][slot]++
	w.rooms[s.Venue][slot]++
	for _, p := range guests {
		w.attend(p, s)
	}
	w.plan.Seminars = append(w.plan.Seminars, *s)
}

// rescue meets the nth need of a person nobody is left to meet with: colleagues
// move over from fuller seminars of the module.
func (w *witness) rescue(p *model.Person, tier model.Tier, n int, wave model.Wave) bool {
	if w.join(p, tier, n, wave) {
		return true
	}
	u := w.units[p.Unit]
	venues := w.nearest(u, 5)
	for slot := range w.Slots {
		for i := range venues {
			v := &venues[i]
			if !inside(w.Slots[slot], wave.From, wave.To) || !w.open[v.ID][slot] || w.rooms[v.ID][slot] >= v.Rooms || !w.canJoin(p, tier, n, slot, v) {
				continue
			}
			donors := w.donors(p, tier, n, slot, v, wave)
			group := append([]*model.Person{p}, donors...)
			if len(group) < tier.Seats.Min {
				continue
			}
			if leader := w.leader(u, tier.ID, tier.Modules[n], slot, group); leader != "" {
				for _, d := range donors {
					w.withdraw(d, tier.Modules[n])
				}
				w.hold(&model.Seminar{Tier: tier.ID, Module: tier.Modules[n], Slot: w.Slots[slot].ID, Venue: v.ID, Leaders: []string{leader}}, group)
				return true
			}
		}
	}
	return false
}

// donors are just enough people to fill a seminar around p who attend the
// module elsewhere, can be spared there and could come here instead.
func (w *witness) donors(p *model.Person, tier model.Tier, n, slot int, v *model.Venue, wave model.Wave) []*model.Person {
	var list []*model.Person
	taken, left := map[string]int{p.Unit: 1}, map[string]int{}
	for _, d := range w.of(wave, tier.ID) {
		at, done := w.attended[d.ID][tier.Modules[n]]
		if len(list)+1 == tier.Seats.Min || !done || d.Unit == p.Unit || w.away[d.Unit][slot]+taken[d.Unit] >= *w.units[d.Unit].MaxAway {
			continue
		}
		delete(w.attended[d.ID], tier.Modules[n])
		fits := w.canJoin(d, tier, n, slot, v)
		w.attended[d.ID][tier.Modules[n]] = at
		s := w.seminar(d, tier.Modules[n])
		if fits && len(s.Attendees)-left[s.ID] > tier.Seats.Min {
			taken[d.Unit]++
			left[s.ID]++
			list = append(list, d)
		}
	}
	return list
}

// seminar is where a person attends a module.
func (w *witness) seminar(p *model.Person, module string) *model.Seminar {
	return &w.plan.Seminars[slices.IndexFunc(w.plan.Seminars, func(s model.Seminar) bool {
		return s.Module == module && slices.Contains(s.Attendees, p.ID)
	})]
}

func (w *witness) withdraw(p *model.Person, module string) {
	s := w.seminar(p, module)
	slot := w.slotAt[s.Slot]
	delete(w.busy[p.ID], slot)
	w.away[p.Unit][slot]--
	delete(w.attended[p.ID], module)
	s.Attendees = slices.DeleteFunc(s.Attendees, func(id string) bool { return id == p.ID })
}

// group takes people in turn while their units can spare one more.
func (w *witness) group(pool []*model.Person, tier model.Tier, n, slot int, v *model.Venue, size int) []*model.Person {
	var group []*model.Person
	taken := map[string]int{}
	for _, p := range pool {
		limit := w.units[p.Unit].MaxAway
		if len(group) < size && w.hasReached(p, tier, n) && w.canJoin(p, tier, n, slot, v) && w.away[p.Unit][slot]+taken[p.Unit] < *limit {
			taken[p.Unit]++
			group = append(group, p)
		}
	}
	return group
}

// leader is the nearest who can lead and whose unit can spare one beside the group.
func (w *witness) leader(at model.Unit, tier, module string, slot int, group []*model.Person) string {
	id, nearest := "", 0.0
	for i := range w.People {
		p := &w.People[i]
		if !w.canLead(p, tier, module, slot) {
			continue
		}
		u := w.units[p.Unit]
		gone := w.away[u.ID][slot]
		for _, g := range group {
			if g.Unit == u.ID {
				gone++
			}
		}
		if km := model.Kilometres(at.Lat, at.Lon, u.Lat, u.Lon); (u.MaxAway == nil || gone < *u.MaxAway) && (id == "" || km < nearest) {
			id, nearest = p.ID, km
		}
	}
	return id
}

func (w *witness) person(id string) *model.Person {
	return &w.People[slices.IndexFunc(w.People, func(p model.Person) bool { return p.ID == id })]
}
