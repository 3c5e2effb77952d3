package advise

import (
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// Remedy is a change of the problem that removes what stands in the way, and
// what the plan would then be. It has been tried: the changed problem is laid
// out, the plan changed as the answer says, and the judge has looked at it.
type Remedy struct {
	Changes []Change // one, seldom two
	Answer
}

// mostChanges is how many changes a remedy may ask for. More than two at once
// is no answer to why not.
const mostChanges = 2

// mend is the smallest change against one block, for seminar x; false when no
// change of the problem would help.
func (d *Desk) mend(b scheduler.Block, x *model.Seminar) (Change, bool) {
	start, end := d.roster.Span(x)
	switch b.Fact {
	case scheduler.TooFar:
		return Change{Kind: TravelLimit, Person: b.Person, Was: b.Want, Now: b.Have}, true
	case scheduler.UnitFull:
		return Change{Kind: UnitLimit, Unit: b.Unit, Was: b.Want, Now: b.Want + 1}, true
	case scheduler.Away:
		return Change{Kind: SetFree, Person: b.Person, From: start, To: end}, true
	case scheduler.VenueClosed:
		return Change{Kind: VenueOpen, Venue: b.Venue, From: start, To: end}, true
	case scheduler.OutsideWave:
		return d.longer(d.roster.Waves[d.roster.Units[d.roster.People[b.Person].Unit].Wave], start, end)
	case scheduler.NoRoom:
		return Change{Kind: Rooms, Venue: b.Venue, Was: b.Want, Now: b.Want + 1}, true
	case scheduler.SeatsFull:
		if v := d.roster.Venues[b.Venue]; v.Capacity == b.Want {
			return Change{Kind: Chairs, Venue: b.Venue, Was: b.Want, Now: b.Have}, true
		}
		return Change{Kind: MostSeats, Tier: x.Tier, Was: b.Want, Now: b.Have}, true
	case scheduler.TooFew:
		return Change{Kind: LeastSeats, Tier: x.Tier, Was: b.Want, Now: b.Have}, b.Have > 0
	case scheduler.DayFull:
		return Change{Kind: PerDay, Person: b.Person, Was: b.Want, Now: b.Want + 1}, true
	case scheduler.WeekFull:
		return Change{Kind: PerWeek, Person: b.Person, Was: b.Want, Now: b.Want + 1}, true
	case scheduler.AllFull:
		return Change{Kind: InAll, Person: b.Person, Was: b.Want, Now: b.Want + 1}, true
	}
	return Change{}, false
}

// longer is a wave that begins or ends on another day, so that a slot lies in it.
func (d *Desk) longer(w *model.Wave, start, end time.Time) (Change, bool) {
	if w == nil {
		return Change{}, false
	}
	x := Change{Kind: WaveLonger, Wave: w.ID, From: w.From, To: w.To}
	day := model.DayNumber(start, d.roster.Zone)
	if start.Before(x.From) {
		x.From = model.Midnight(day, d.roster.Zone)
	}
	if end.After(x.To) {
		x.To = model.Midnight(day+1, d.roster.Zone)
	}
	return x, !end.After(x.To)
}

// allow changes the problem until an offer is allowed, block by block.
func (d *Desk) allow(o scheduler.Offer, b *scheduler.Block) (Remedy, bool) {
	var r Remedy
	problem := d.problem
	for len(r.Changes) < mostChanges && b != nil {
		x, ok := d.mend(*b, subject(o, b.Seminar))
		if !ok {
			return r, false
		}
		r.Changes = append(r.Changes, x)
		problem = x.Apply(problem)
		sketch, err := d.sketch.With(problem)
		if err != nil {
			return r, false
		}
		var cost model.Cost
		cost, b = sketch.Try(o)
		r.Answer = Answer{o, cost, d.told(o)}
	}
	return r, b == nil && d.locked(o) == nil && d.stands(problem, o)
}

// subject is the seminar of an offer that a block is about.
func subject(o scheduler.Offer, id string) *model.Seminar {
	for i := range o.Set {
		if o.Set[i].ID == id {
			return &o.Set[i]
		}
	}
	return &o.Set[0]
}

// meet changes the problem and looks for a way to meet a need in it.
func (d *Desk) meet(person, module string, changes ...Change) (Remedy, bool) {
	problem := d.problem
	for _, x := range changes {
		problem = x.Apply(problem)
	}
	sketch, err := d.sketch.With(problem)
	if err != nil {
		return Remedy{}, false
	}
	o, ok := sketch.Meet(person, module)
	if !ok || d.locked(o) != nil {
		return Remedy{}, false
	}
	cost, block := sketch.Try(o)
	return Remedy{changes, Answer{o, cost, d.told(o)}}, block == nil && d.stands(problem, o)
}

// stands: the judge finds no fault in the changed plan of the changed problem
// that the plan does not have today.
func (d *Desk) stands(problem *model.Problem, o scheduler.Offer) bool {
	if d.faults < 0 {
		d.faults = len(check.Check(d.problem, d.plan).Violations)
	}
	return len(check.Check(problem, o.Apply(problem, d.plan)).Violations) <= d.faults
}
