package advise

import (
	"cmp"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// Alternative is something that would be better in one respect, and why the
// plan has it otherwise: a rule stands against it, or it costs more elsewhere.
type Alternative struct {
	Answer                  // what it would cost; zero when a rule stands against it
	Block  *scheduler.Block // the first rule against it; nil when there is none
	Remedy *Remedy          // the smallest change that would allow it; nil when none was looked for or found
}

// SeatWhy is one seat of a person, and what would be nearer or sooner.
type SeatWhy struct {
	Seminar string
	Minutes int // one way
	Nearer  []Alternative
	Sooner  []Alternative
}

// shownBetter is how many alternatives of a kind are weighed.
const shownBetter = 3

// Seats explains the seats a person has in seminars to come, by time.
func (d *Desk) Seats(person string) []SeatWhy {
	who := d.roster.People[person]
	if who == nil {
		return nil
	}
	var list []SeatWhy
	for i := range d.plan.Seminars {
		x := &d.plan.Seminars[i]
		start, _ := d.roster.Span(x)
		if x.Tier != who.Tier || !slices.Contains(x.Attendees, person) || start.Before(d.from) {
			continue
		}
		y := SeatWhy{Seminar: x.ID, Minutes: d.roster.TravelMinutes(who.Unit, x.Venue)}
		for _, o := range d.sketch.SeatObstacles(person, x.Module) {
			there := d.byID[o.Seminar]
			if at, _ := d.roster.Span(there); o.Minutes < y.Minutes && len(y.Nearer) < shownBetter {
				y.Nearer = append(y.Nearer, d.weigh(change(x, there, person), len(y.Nearer)+len(y.Sooner) == 0))
			} else if o.Minutes <= y.Minutes+leeway && at.Before(start) && len(y.Sooner) < shownBetter {
				y.Sooner = append(y.Sooner, d.weigh(change(x, there, person), len(y.Nearer)+len(y.Sooner) == 0))
			}
		}
		list = append(list, y)
	}
	slices.SortStableFunc(list, func(a, b SeatWhy) int {
		x, _ := d.roster.Span(d.byID[a.Seminar])
		y, _ := d.roster.Span(d.byID[b.Seminar])
		return x.Compare(y)
	})
	return list
}

// leeway is how much longer, in minutes one way, a journey to a sooner seminar
// may be to count as better.
const leeway = 10

// change is a person in another seminar of the same module. The seminar gone to
// stands first.
func change(from, to *model.Seminar, person string) scheduler.Offer {
	a, b := *from, *to
	a.Attendees = slices.DeleteFunc(slices.Clone(a.Attendees), func(p string) bool { return p == person })
	b.Attendees = append(slices.Clone(b.Attendees), person)
	return scheduler.Offer{Set: []model.Seminar{b, a}}
}

// Swaps answers which other seats of the same module a person could have
// instead of the one in a seminar, the cheapest first.
func (d *Desk) Swaps(person, seminar string) []Answer {
	x := d.byID[seminar]
	if x == nil || !slices.Contains(x.Attendees, person) {
		return nil
	}
	var list []Answer
	for _, o := range d.sketch.SeatObstacles(person, x.Module) {
		if len(o.Blocks) > 0 {
			continue
		}
		if a, ok := d.try(change(x, d.byID[o.Seminar], person)); ok {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b Answer) int { return cmp.Compare(a.Cost.Total, b.Cost.Total) })
	return list[:min(len(list), Shown)]
}

// weigh tries an offer and, if asked to, looks for what would allow it.
func (d *Desk) weigh(o scheduler.Offer, mend bool) Alternative {
	answer, block := d.Check(o)
	if block == nil {
		return Alternative{Answer: answer}
	}
	a := Alternative{Answer: Answer{Offer: o}, Block: block}
	if !mend {
		return a
	}
	if r, ok := d.allow(o, block); ok {
		a.Remedy = &r
	}
	return a
}

// SeminarWhy is why a seminar is where and when it is.
type SeminarWhy struct {
	Travel int           // minutes its people travel, return trips
	Nearer []Alternative // venues at the same time to which they would travel less, the least first
	Sooner []Alternative // earlier times at the same venue, the latest first
}

// Seminar explains the place and time of a seminar.
func (d *Desk) Seminar(id string) (SeminarWhy, bool) {
	x := d.byID[id]
	if x == nil {
		return SeminarWhy{}, false
	}
	w := SeminarWhy{Travel: d.travel(x, x.Venue)}
	type place struct {
		venue string
		total int
	}
	var nearer []place
	for i := range d.problem.Venues {
		if v := &d.problem.Venues[i]; !v.Online && v.ID != x.Venue {
			if total := d.travel(x, v.ID); total < w.Travel {
				nearer = append(nearer, place{v.ID, total})
			}
		}
	}
	slices.SortStableFunc(nearer, func(a, b place) int { return a.total - b.total })
	for i, p := range nearer[:min(len(nearer), shownBetter)] {
		now := *x
		now.Venue = p.venue
		w.Nearer = append(w.Nearer, d.weigh(scheduler.Offer{Set: []model.Seminar{now}}, i == 0))
	}
	for i, slot := range d.before(x) {
		now := *x
		now.Slot = slot
		w.Sooner = append(w.Sooner, d.weigh(scheduler.Offer{Set: []model.Seminar{now}}, i == 0))
	}
	return w, true
}

// travel is how far the people of a seminar would travel to a venue and back.
func (d *Desk) travel(x *model.Seminar, venue string) (total int) {
	for _, p := range x.Attendees {
		total += 2 * d.roster.TravelMinutes(d.roster.People[p].Unit, venue)
	}
	return total
}

// before lists the slots just before a seminar that its module fits in, one a
// day, the latest first.
func (d *Desk) before(x *model.Seminar) []string {
	start, _ := d.roster.Span(x)
	minutes := time.Duration(d.roster.Modules[x.Module].Minutes) * time.Minute
	var list []*model.Slot
	for i := range d.problem.Slots {
		s := &d.problem.Slots[i]
		if s.Start.Before(start) && !s.Start.Before(d.from) && s.End.Sub(s.Start) >= minutes {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b *model.Slot) int { return cmp.Compare(b.Start.Unix(), a.Start.Unix()) })
	var ids []string
	last := start
	for _, s := range list {
		if len(ids) < shownBetter && model.CalendarDays(s.Start, last, d.roster.Zone) > 0 {
			ids, last = append(ids, s.ID), s.Start
		}
	}
	return ids
}

// Leads is one seminar of a leader, and the next best leader for it.
type Leads struct {
	Seminar string
	Next    *Answer // what the plan would cost with the cheapest other leader; nil when nobody else can
}

// Leader explains why a leader has the seminars to come that they have, by time.
func (d *Desk) Leader(person string) []Leads {
	var list []Leads
	for i := range d.plan.Seminars {
		x := &d.plan.Seminars[i]
		if start, _ := d.roster.Span(x); !slices.Contains(x.Leaders, person) || start.Before(d.from) {
			continue
		}
		l := Leads{Seminar: x.ID}
		offers, _ := d.sketch.LeaderOffers(x.ID)
		offers = slices.DeleteFunc(offers, func(o scheduler.Offer) bool { return slices.Contains(o.Set[0].Leaders, person) })
		if best := d.tryAll(offers, 1); len(best) > 0 {
			l.Next = &best[0]
		}
		list = append(list, l)
	}
	slices.SortStableFunc(list, func(a, b Leads) int {
		x, _ := d.roster.Span(d.byID[a.Seminar])
		y, _ := d.roster.Span(d.byID[b.Seminar])
		return x.Compare(y)
	})
	return list
}
