package compare

import (
	"slices"
	"time"

	"kaskad/model"
)

// Terms say in people, seminars and minutes what a plan's cost table says in
// weighed minutes: what each term of it counts.
type Terms struct {
	People, Travel        int // people with a seat; their minutes on the way, there and back
	Leaders, LeaderTravel int // people who lead; theirs
	Seminars, Attending   int
	Unmixed               int // people who meet every sector of their tier in none of their seminars
	Crowded               int // seminars with more of a unit than crowdMax
	Changing              int // people led by more than one first leader
	Waiting               int // people who wait a week or more beyond paceDays between two modules
	Weeks                 int // full weeks from the wave's start to each attendance, added up
	Overloaded            int // leaders beyond their target
	Disliked              int // attendances at half-days the attendee dislikes
	Moved                 int // people with a published seat at another time or dropped (H13)
}

// TravelEach is the mean time on the way of those with a seat, in minutes over
// the whole programme; 0 when nobody has one.
func (t Terms) TravelEach() int { return t.Travel / max(1, t.People) }

// TenthsOfWeeks is how late an attendance is on average, in tenths of a week.
func (t Terms) TenthsOfWeeks() int { return 10 * t.Weeks / max(1, t.Attending) }

// TermsOf counts a plan. People and seminars that the problem does not know are
// left out.
func TermsOf(r *model.Roster, plan *model.Plan) Terms {
	c := &counting{r: r, price: r.Problem.Programme.Weights.Prices(), sectors: sectorsOf(r), seats: map[string]*seated{}, led: map[string]int{}}
	for i, s := range r.Problem.Slots {
		if i == 0 || s.Start.Before(c.opens) {
			c.opens = s.Start
		}
	}
	for i := range plan.Seminars {
		c.seminar(&plan.Seminars[i])
	}
	for id, x := range c.seats {
		c.person(c.r.People[id], x)
	}
	for id, n := range c.led {
		if l := c.r.People[id].Leads; l != nil && l.Target != nil && n > *l.Target {
			c.Overloaded++
		}
	}
	c.People, c.Leaders, c.Moved = len(c.seats), len(c.led), moved(r.Problem, plan)
	return c.Terms
}

// seated is what a person's seats come to.
type seated struct {
	starts []time.Time
	first  []string // first leaders, each once
	mixed  bool
}

type counting struct {
	Terms
	r       *model.Roster
	price   model.Prices
	opens   time.Time // start of the first slot
	sectors map[string]map[string]bool
	seats   map[string]*seated
	led     map[string]int
}

func (c *counting) seminar(s *model.Seminar) {
	slot, venue, tier := c.r.Slots[s.Slot], c.r.Venues[s.Venue], c.r.Tiers[s.Tier]
	if slot == nil || venue == nil || tier == nil {
		return
	}
	c.Seminars++
	for _, id := range s.Leaders {
		if x := c.r.People[id]; x != nil {
			c.led[id]++
			c.LeaderTravel += 2 * c.r.TravelMinutes(x.Unit, s.Venue)
		}
	}
	inUnit, there := map[string]int{}, map[string]bool{}
	for _, id := range s.Attendees {
		if x := c.r.People[id]; x != nil {
			inUnit[x.Unit]++
			there[c.r.Units[x.Unit].Sector] = true
		}
	}
	for _, n := range inUnit {
		if n > c.price.CrowdMax {
			c.Crowded++
			break
		}
	}
	for _, id := range s.Attendees {
		if x := c.r.People[id]; x != nil {
			c.attendance(x, s, slot, len(there) == len(c.sectors[s.Tier]))
		}
	}
}

func (c *counting) attendance(x *model.Person, s *model.Seminar, slot *model.Slot, mixed bool) {
	c.Attending++
	c.Travel += 2 * c.r.TravelMinutes(x.Unit, s.Venue)
	if slices.Contains(x.Dislikes, model.HalfDayOf(slot.Start.In(c.r.Zone))) {
		c.Disliked++
	}
	from := c.opens
	if w := c.r.Waves[c.r.Units[x.Unit].Wave]; w != nil {
		from = w.From
	}
	c.Weeks += int(max(0, slot.Start.Sub(from)) / (7 * 24 * time.Hour))
	seat := c.seats[x.ID]
	if seat == nil {
		seat = &seated{}
		c.seats[x.ID] = seat
	}
	seat.mixed = seat.mixed || mixed
	seat.starts = append(seat.starts, slot.Start)
	if l := first(s.Leaders); l != "" && !slices.Contains(seat.first, l) {
		seat.first = append(seat.first, l)
	}
}

func (c *counting) person(x *model.Person, seat *seated) {
	if !seat.mixed {
		c.Unmixed++
	}
	if len(seat.first) > 1 {
		c.Changing++
	}
	starts := seat.starts
	for _, d := range x.Done {
		starts = append(starts, d.Start)
	}
	slices.SortFunc(starts, time.Time.Compare)
	for i := 1; i < len(starts); i++ {
		if days := int(starts[i].Sub(starts[i-1]) / (24 * time.Hour)); days >= c.price.PaceDays+7 {
			c.Waiting++
			return
		}
	}
}

// moved counts the people with a published attendance at another time or dropped.
func moved(p *model.Problem, plan *model.Plan) int {
	if p.Published == nil {
		return 0
	}
	type seat struct{ person, module, slot string }
	is := map[seat]bool{}
	for _, s := range plan.Seminars {
		for _, id := range s.Attendees {
			is[seat{id, s.Module, s.Slot}] = true
		}
	}
	people := map[string]bool{}
	for _, s := range p.Published.Seminars {
		for _, id := range s.Attendees {
			if !is[seat{id, s.Module, s.Slot}] {
				people[id] = true
			}
		}
	}
	return len(people)
}
