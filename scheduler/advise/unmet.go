package advise

import (
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// Need is a need that no seminar meets.
type Need struct {
	Person, Module string
	Reason         string // the planner's own sentence; "" when it gave none
}

// Unmet lists the needs that no seminar of the plan meets, by person as the
// problem lists them.
func (d *Desk) Unmet() []Need {
	var list []Need
	for _, u := range (scheduler.Offer{}).Apply(d.problem, d.plan).Unmet {
		list = append(list, Need{u.Person, u.Module, u.Reason})
	}
	return list
}

// Lack is why a person has no seat in a module, and what would help.
type Lack struct {
	Person, Module string               // Module is the first that is missing, in order
	Near           []scheduler.Obstacle // the nearest seminars of it, with what stands against each
	Facts          []Count              // over all its seminars
	Ways           []Answer             // ways to meet the need as things are; mostly none
	Remedies       []Remedy             // smallest changes that do, each tried
}

// Count is how many seminars a fact stands against, the person's first block
// of each.
type Count struct {
	Fact scheduler.Fact
	N    int
}

// How much of a lack is told.
const (
	shownNear     = 6
	shownRemedies = 4
	triedOfKind   = 2
)

// Lack answers why a person has an unmet need: the first that is missing, in
// order. False when none is.
func (d *Desk) Lack(person string) (Lack, bool) {
	module := d.sketch.FirstUnmet(person)
	if module == "" {
		return Lack{}, false
	}
	all := d.sketch.SeatObstacles(person, module)
	l := Lack{Person: person, Module: module, Near: all[:min(len(all), shownNear)], Facts: counts(all)}
	l.Ways = d.tryAll(d.sketch.SeatOffers(person, module), Shown)
	if len(l.Ways) == 0 {
		if r, ok := d.meet(person, module); ok {
			l.Ways = []Answer{r.Answer}
		}
	}
	if len(l.Ways) == 0 {
		l.Remedies = d.remedies(person, module, all)
	}
	return l, true
}

func counts(all []scheduler.Obstacle) []Count {
	var list []Count
	for _, o := range all {
		if len(o.Blocks) == 0 {
			continue
		}
		f := o.Blocks[0].Fact
		i := slices.IndexFunc(list, func(c Count) bool { return c.Fact == f })
		if i < 0 {
			i = len(list)
			list = append(list, Count{Fact: f})
		}
		list[i].N++
	}
	slices.SortStableFunc(list, func(a, b Count) int { return b.N - a.N })
	return list
}

// remedies tries one kind of change after another, the smallest of each first.
func (d *Desk) remedies(person, module string, all []scheduler.Obstacle) []Remedy {
	var list []Remedy
	for _, kind := range d.candidates(person, module, all) {
		for _, x := range kind[:min(len(kind), triedOfKind)] {
			r, ok := d.meet(person, module, x)
			if ok {
				r = d.tightened(r, person, module)
			}
			if ok {
				list = append(list, r)
				break
			}
		}
		if len(list) == shownRemedies {
			break
		}
	}
	if len(list) == 0 {
		list = d.pairs(person, module, all)
	}
	return list
}

// pairs tries two changes at once, where two things keep the person out of some
// seminar: the nearest first, until one pair helps.
func (d *Desk) pairs(person, module string, all []scheduler.Obstacle) []Remedy {
	var tried [][]Change
	for _, o := range all {
		changes, ok := d.mendAll(o)
		if !ok || len(changes) != mostChanges || slices.ContainsFunc(tried, func(t []Change) bool { return slices.Equal(t, changes) }) {
			continue
		}
		if len(tried) == triedPairs {
			break
		}
		tried = append(tried, changes)
		if r, ok := d.meet(person, module, changes...); ok {
			return []Remedy{r}
		}
	}
	return nil
}

// triedPairs is how many pairs of changes are tried.
const triedPairs = 6

// mendAll are the smallest changes against all that stands against a seat;
// false when one of them cannot be mended.
func (d *Desk) mendAll(o scheduler.Obstacle) ([]Change, bool) {
	var list []Change
	for _, b := range o.Blocks {
		x, ok := d.mend(b, d.byID[o.Seminar])
		if !ok {
			return nil, false
		}
		list = append(list, x)
	}
	return list, true
}

// candidates are the changes that could help, by kind, the smallest first: what
// alone keeps the person out of some seminar, and what could make a further one
// possible.
func (d *Desk) candidates(person, module string, all []scheduler.Obstacle) [][]Change {
	var order []ChangeKind
	kinds := map[ChangeKind][]Change{}
	add := func(x Change) {
		if kinds[x.Kind] == nil {
			order = append(order, x.Kind)
		}
		if !slices.Contains(kinds[x.Kind], x) {
			kinds[x.Kind] = append(kinds[x.Kind], x)
		}
	}
	for _, o := range all {
		if len(o.Blocks) == 1 {
			if x, ok := d.mend(o.Blocks[0], d.byID[o.Seminar]); ok {
				add(x)
			}
		}
	}
	who := d.roster.People[person]
	unit := d.roster.Units[who.Unit]
	if unit.MaxAway != nil {
		add(Change{Kind: UnitLimit, Unit: unit.ID, Was: *unit.MaxAway, Now: *unit.MaxAway + 1})
	}
	add(Change{Kind: NewLeader, Unit: unit.ID, Tier: who.Tier, Module: module})
	for _, v := range d.nearest(who) {
		add(Change{Kind: Rooms, Venue: v.ID, Was: max(1, v.Rooms), Now: max(1, v.Rooms) + 1})
	}
	if who.MaxTravel != nil {
		for _, minutes := range d.further(who) {
			add(Change{Kind: TravelLimit, Person: person, Was: *who.MaxTravel, Now: minutes})
		}
	}
	if least := d.roster.Tiers[who.Tier].Seats.Min; least > 1 {
		add(Change{Kind: LeastSeats, Tier: who.Tier, Was: least, Now: least - 1})
		add(Change{Kind: LeastSeats, Tier: who.Tier, Was: least, Now: 1})
	}
	var list [][]Change
	for _, k := range order {
		slices.SortStableFunc(kinds[k], bySize)
		list = append(list, kinds[k])
	}
	return list
}

// bySize orders changes of one kind: numbers that change least, then waves.
func bySize(a, b Change) int {
	size := func(x Change) int { return max(x.Now-x.Was, x.Was-x.Now) }
	if size(a) != size(b) {
		return size(a) - size(b)
	}
	return int(a.To.Sub(a.From).Minutes() - b.To.Sub(b.From).Minutes())
}

// nearest are the venues nearest to a person, as many as are tried.
func (d *Desk) nearest(who *model.Person) []*model.Venue {
	var list []*model.Venue
	for i := range d.problem.Venues {
		if v := &d.problem.Venues[i]; !v.Online && (who.MaxTravel == nil || d.roster.TravelMinutes(who.Unit, v.ID) <= *who.MaxTravel) {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b *model.Venue) int {
		return d.roster.TravelMinutes(who.Unit, a.ID) - d.roster.TravelMinutes(who.Unit, b.ID)
	})
	return list[:min(len(list), triedOfKind)]
}

// further are the shortest journeys beyond a person's limit.
func (d *Desk) further(who *model.Person) []int {
	var list []int
	for i := range d.problem.Venues {
		if minutes := d.roster.TravelMinutes(who.Unit, d.problem.Venues[i].ID); minutes > *who.MaxTravel && !slices.Contains(list, minutes) {
			list = append(list, minutes)
		}
	}
	slices.Sort(list)
	return list[:min(len(list), triedOfKind)]
}

// tightened asks for no more than the answer found needs, where that is still
// enough: a new leader from the week in which the first one is needed, a least
// size that the smallest seminar has.
func (d *Desk) tightened(r Remedy, person, module string) Remedy {
	x := r.Changes[0]
	switch x.Kind {
	case NewLeader:
		x.From = d.firstWeek(r)
	case LeastSeats:
		smallest := x.Was - 1
		for i := range r.Set {
			if r.Set[i].Tier == x.Tier {
				smallest = min(smallest, len(r.Set[i].Attendees))
			}
		}
		x.Now = max(x.Now, smallest)
	}
	if x != r.Changes[0] {
		if again, ok := d.meet(person, module, x); ok {
			return again
		}
	}
	return r
}

// firstWeek is the Monday of the week in which a new leader is first needed.
func (d *Desk) firstWeek(r Remedy) (monday time.Time) {
	first := time.Time{}
	for i := range r.Set {
		if start, _ := d.roster.Span(&r.Set[i]); slices.Contains(r.Set[i].Leaders, stranger) && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	if first.IsZero() {
		return first
	}
	return model.Monday(first, d.roster.Zone)
}
