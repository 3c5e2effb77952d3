package advise

import (
	"slices"
	"time"

	"kaskad/model"
)

// ChangeKind is what a change of the problem is about.
type ChangeKind string

// The changes. Each names the fields it uses beside Was and Now.
const (
	TravelLimit ChangeKind = "travel-limit" // Person; minutes one way
	UnitLimit   ChangeKind = "unit-limit"   // Unit; people away at once
	Rooms       ChangeKind = "rooms"        // Venue; rooms
	Chairs      ChangeKind = "chairs"       // Venue; seats
	MostSeats   ChangeKind = "most-seats"   // Tier; most people in a seminar
	LeastSeats  ChangeKind = "least-seats"  // Tier; least people in a seminar
	WaveLonger  ChangeKind = "wave-longer"  // Wave, From or To
	SetFree     ChangeKind = "set-free"     // Person, From, To: no absence or rota then
	PerDay      ChangeKind = "per-day"      // Person; seminars led a day
	PerWeek     ChangeKind = "per-week"     // Person; seminars led a week
	InAll       ChangeKind = "in-all"       // Person; seminars led in all
	NewLeader   ChangeKind = "new-leader"   // Unit, Tier, Module, From: somebody there leads the module
	GoneFor     ChangeKind = "gone-for"     // Person, From, To: away
	VenueShut   ChangeKind = "venue-shut"   // Venue, From, To
	VenueOpen   ChangeKind = "venue-open"   // Venue, From, To: not closed then
)

// ChangeKinds lists every kind there is, for those who put them into words.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{TravelLimit, UnitLimit, Rooms, Chairs, MostSeats, LeastSeats, WaveLonger, SetFree, PerDay, PerWeek, InAll, NewLeader, GoneFor, VenueShut, VenueOpen}
}

// Change is one change of a problem.
type Change struct {
	Kind                                    ChangeKind
	Person, Unit, Venue, Tier, Wave, Module string
	Was, Now                                int
	From, To                                time.Time
}

// stranger is the id of a leader whom the problem does not have yet.
const stranger = "a-new-leader"

// Apply is the problem with the change made; the given one stays as it is. A
// change about something the problem does not have changes nothing.
func (x Change) Apply(given *model.Problem) *model.Problem {
	p := *given
	switch x.Kind {
	case TravelLimit, SetFree, GoneFor, PerDay, PerWeek, InAll:
		p.People = slices.Clone(p.People)
		for i := range p.People {
			if p.People[i].ID == x.Person {
				x.person(&p, &p.People[i])
			}
		}
	case NewLeader:
		p.People = append(slices.Clone(p.People), model.Person{ID: stranger, Unit: x.Unit,
			Leads: &model.Leads{Tier: x.Tier, Modules: []string{x.Module}, From: x.From}})
	case UnitLimit:
		p.Units = slices.Clone(p.Units)
		for i := range p.Units {
			if p.Units[i].ID == x.Unit {
				p.Units[i].MaxAway = &x.Now
			}
		}
	case Rooms, Chairs, VenueShut, VenueOpen:
		p.Venues = slices.Clone(p.Venues)
		for i := range p.Venues {
			if p.Venues[i].ID == x.Venue {
				x.venue(&p, &p.Venues[i])
			}
		}
	case MostSeats, LeastSeats:
		p.Tiers = slices.Clone(p.Tiers)
		for i := range p.Tiers {
			if p.Tiers[i].ID == x.Tier && x.Kind == MostSeats {
				p.Tiers[i].Seats.Max = x.Now
			} else if p.Tiers[i].ID == x.Tier {
				p.Tiers[i].Seats.Min = x.Now
			}
		}
	case WaveLonger:
		p.Waves = slices.Clone(p.Waves)
		for i := range p.Waves {
			if p.Waves[i].ID == x.Wave {
				p.Waves[i].From, p.Waves[i].To = x.From, x.To
			}
		}
	}
	return &p
}

func (x Change) venue(p *model.Problem, v *model.Venue) {
	switch x.Kind {
	case Rooms:
		v.Rooms = x.Now
	case Chairs:
		v.Capacity = x.Now
	case VenueShut:
		v.Closed = append(slices.Clone(v.Closed), model.Interval{From: x.From, To: x.To})
	case VenueOpen:
		v.Closed, v.Calendar = x.cut(p, v.Closed, v.Calendar), ""
	}
}

// cut is what is left of closed times, a calendar's among them, when From to To
// is free.
func (x Change) cut(p *model.Problem, closed []model.Interval, calendar string) (left []model.Interval) {
	closed = slices.Clone(closed)
	for _, c := range p.Calendars {
		if c.ID == calendar {
			closed = append(closed, c.Closed...)
		}
	}
	for _, i := range closed {
		if !i.From.Before(x.To) || !x.From.Before(i.To) {
			left = append(left, i)
			continue
		}
		if i.From.Before(x.From) {
			left = append(left, model.Interval{From: i.From, To: x.From})
		}
		if x.To.Before(i.To) {
			left = append(left, model.Interval{From: x.To, To: i.To})
		}
	}
	return left
}

func (x Change) person(p *model.Problem, who *model.Person) {
	leads := func(limit func(*model.Leads) **int) {
		if who.Leads != nil {
			l := *who.Leads
			*limit(&l) = &x.Now
			who.Leads = &l
		}
	}
	switch x.Kind {
	case TravelLimit:
		who.MaxTravel = &x.Now
	case GoneFor:
		who.Closed = append(slices.Clone(who.Closed), model.Interval{From: x.From, To: x.To})
	case SetFree:
		who.Closed, who.Calendar = x.cut(p, who.Closed, who.Calendar), ""
	case PerDay:
		leads(func(l *model.Leads) **int { return &l.MaxPerDay })
	case PerWeek:
		leads(func(l *model.Leads) **int { return &l.MaxPerWeek })
	case InAll:
		leads(func(l *model.Leads) **int { return &l.MaxTotal })
	}
}
