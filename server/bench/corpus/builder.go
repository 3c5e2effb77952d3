package corpus

import (
	"fmt"
	"time"

	"kaskad/model"
)

// builder puts a problem together in a coordinator's words. Places lie so many
// kilometres east of Gothenburg.
type builder struct{ *model.Problem }

func begin(id string) builder { return builder{world(id)} }

// teach adds modules of two hours: a, b, c and so on.
func (b builder) teach(n int) builder {
	for i := range n {
		b.Modules = append(b.Modules, model.Module{ID: string(rune('a' + i)), Minutes: 120})
	}
	return b
}

func (b builder) moduleIDs() []string {
	var ids []string
	for _, m := range b.Modules {
		ids = append(ids, m.ID)
	}
	return ids
}

// tier adds a tier that learns all modules; more sets the rest.
func (b builder) tier(id string, most int, more ...func(*model.Tier)) builder {
	t := model.Tier{ID: id, Modules: b.moduleIDs(), Seats: model.Seats{Max: most}}
	for _, f := range more {
		f(&t)
	}
	b.Tiers = append(b.Tiers, t)
	return b
}

func gap(days int) func(*model.Tier)    { return func(t *model.Tier) { t.GapDays = days } }
func prep(days int) func(*model.Tier)   { return func(t *model.Tier) { t.PrepDays = days } }
func least(seats int) func(*model.Tier) { return func(t *model.Tier) { t.Seats.Min = seats } }
func leaders(n int) func(*model.Tier)   { return func(t *model.Tier) { t.LeadersPerSeminar = n } }
func free(t *model.Tier)                { t.Order = model.Free }

// slots adds slots of two hours, named by their start without the year.
func (b builder) slots(starts ...string) builder {
	for _, s := range starts {
		b.slot(s, 120)
	}
	return b
}

func (b builder) slot(start string, minutes int) builder {
	from := clock("2027-" + start)
	b.Slots = append(b.Slots, model.Slot{ID: start, Start: from, End: from.Add(time.Duration(minutes) * time.Minute)})
	return b
}

func (b builder) venue(id string, east float64, capacity int, more ...func(*model.Venue)) builder {
	v := model.Venue{ID: id, Name: id, Lat: 57.7, Lon: 11.97 + east/59.4, Capacity: capacity}
	for _, f := range more {
		f(&v)
	}
	b.Venues = append(b.Venues, v)
	return b
}

func rooms(n int) func(*model.Venue) { return func(v *model.Venue) { v.Rooms = n } }
func online(v *model.Venue)          { v.Online = true }

func (b builder) unit(id, sector string, east float64, more ...func(*model.Unit)) builder {
	u := model.Unit{ID: id, Name: id, Sector: sector, Lat: 57.7, Lon: 11.97 + east/59.4}
	for _, f := range more {
		f(&u)
	}
	b.Units = append(b.Units, u)
	return b
}

func away(n int) func(*model.Unit)       { return func(u *model.Unit) { u.MaxAway = new(n) } }
func inWave(id string) func(*model.Unit) { return func(u *model.Unit) { u.Wave = id } }

// towns adds three units, one of each sector, and two venues: a town hall
// beside the first unit and a clinic 20 km east, between the other two.
func (b builder) towns(capacity int) builder {
	return b.unit("home", "municipal", 0).unit("centre", "primary", 15).unit("ward", "hospital", 26).
		venue("hall", 1, capacity).venue("clinic", 20, capacity)
}

// staff adds n people of a unit and tier; more sets the rest for each.
func (b builder) staff(unit, tier string, n int, more ...func(*model.Person)) builder {
	for range n {
		x := model.Person{ID: fmt.Sprintf("p%d", len(b.People)+1), Unit: unit, Tier: tier}
		for _, f := range more {
			f(&x)
		}
		b.People = append(b.People, x)
	}
	return b
}

// expert adds somebody without a tier who may lead all modules of one.
func (b builder) expert(id, unit, tier string, more ...func(*model.Leads)) builder {
	b.People = append(b.People, model.Person{ID: id, Unit: unit, Leads: b.leads(tier, more...)})
	return b
}

func (b builder) leads(tier string, more ...func(*model.Leads)) *model.Leads {
	l := &model.Leads{Tier: tier, Modules: b.moduleIDs()}
	for _, f := range more {
		f(l)
	}
	return l
}

// leading lets people lead all modules of a tier.
func (b builder) leading(tier string, more ...func(*model.Leads)) func(*model.Person) {
	return func(x *model.Person) { x.Leads = b.leads(tier, more...) }
}

func perDay(n int) func(*model.Leads)  { return func(l *model.Leads) { l.MaxPerDay = new(n) } }
func perWeek(n int) func(*model.Leads) { return func(l *model.Leads) { l.MaxPerWeek = new(n) } }
func inAll(n int) func(*model.Leads)   { return func(l *model.Leads) { l.MaxTotal = new(n) } }
func target(n int) func(*model.Leads)  { return func(l *model.Leads) { l.Target = new(n) } }

func only(modules ...string) func(*model.Leads) { return func(l *model.Leads) { l.Modules = modules } }

func needs(modules ...string) func(*model.Person) {
	return func(x *model.Person) { x.Needs = append([]string{}, modules...) }
}

func done(module, at string) func(*model.Person) {
	return func(x *model.Person) { x.Done = append(x.Done, model.Done{Module: module, Start: clock(at)}) }
}

func absent(from, to string) func(*model.Person) {
	return func(x *model.Person) {
		x.Closed = append(x.Closed, model.Interval{From: clock("2027-" + from), To: clock("2027-" + to)})
	}
}

func near(minutes int) func(*model.Person) {
	return func(x *model.Person) { x.MaxTravel = new(minutes) }
}

func dislikes(halves ...model.HalfDay) func(*model.Person) {
	return func(x *model.Person) { x.Dislikes = halves }
}

// weigh sets weights.
func (b builder) weigh(f func(*model.Weights)) builder {
	f(&b.Programme.Weights)
	return b
}

// told publishes a seminar: a line of "id tier module", the slot, the venue,
// the leaders and the attendees.
func (b builder) told(id, tier, module, slot, venue string, leaders []string, attendees ...string) builder {
	if b.Published == nil {
		b.Published = &model.Plan{Format: model.PlanFormat, Problem: b.Programme.ID, Unmet: []model.Unmet{}}
	}
	b.Published.Seminars = append(b.Published.Seminars, seminar(id, tier, module, slot, venue, leaders, attendees))
	return b
}

func (b builder) fix(id, tier, module, slot, venue string, leaders []string, attendees ...string) builder {
	b.Fixed = append(b.Fixed, seminar(id, tier, module, slot, venue, leaders, attendees))
	return b
}

func seminar(id, tier, module, slot, venue string, leaders, attendees []string) model.Seminar {
	return model.Seminar{ID: id, Tier: tier, Module: module, Slot: slot, Venue: venue, Leaders: leaders, Attendees: append([]string{}, attendees...)}
}
