package check_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kaskad/model"
)

// world is a problem and a plan for it, small enough to see through: two
// modules of two hours, a ward, a hall beside it (no travel), another hall
// "far" away (always 30 minutes), an online room, and three experts who may lead.
type world struct {
	problem model.Problem
	plan    model.Plan
}

func newWorld() *world {
	w := &world{}
	w.problem = model.Problem{
		Format: model.ProblemFormat,
		Programme: model.Programme{
			ID: "programme", Timezone: "Europe/Stockholm",
			Travel: model.Travel{Detour: 0, KmH: 60, Fixed: 30}, // 30 minutes wherever it is not 0
		},
		Tiers: []model.Tier{
			{ID: "leaders", Modules: []string{"a", "b"}, Seats: model.Seats{Max: 10}},
			{ID: "staff", Modules: []string{"a", "b"}, Seats: model.Seats{Max: 10}},
		},
		Modules: []model.Module{{ID: "a", Minutes: 120}, {ID: "b", Minutes: 120, Online: true}},
		Sectors: []string{"municipal", "hospital"},
		Venues: []model.Venue{
			{ID: "hall", Lat: 58, Lon: 12, Capacity: 10},
			{ID: "far", Lat: 59, Lon: 12, Capacity: 10},
			{ID: "online", Lat: 58, Lon: 12.5, Capacity: 10, Online: true},
		},
		Units: []model.Unit{
			{ID: "ward", Sector: "municipal", Lat: 58, Lon: 12},
			{ID: "experts", Sector: "hospital", Lat: 58, Lon: 12},
		},
	}
	for _, id := range []string{"x", "y", "z"} {
		leads := &model.Leads{Tier: "staff", Modules: []string{"a", "b"}}
		w.problem.People = append(w.problem.People, model.Person{ID: id, Unit: "experts", Leads: leads})
	}
	w.plan = model.Plan{Format: model.PlanFormat, Problem: "programme"}
	return w
}

// clock reads a wall-clock time in Stockholm.
func clock(text string) time.Time {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func closed(from, to string) []model.Interval {
	return []model.Interval{{From: clock(from), To: clock(to)}}
}

// slots adds two-hour slots; each is known by its start.
func (w *world) slots(starts ...string) {
	for _, s := range starts {
		w.slot(s, s, 120)
	}
}

func (w *world) slot(id, start string, minutes int) {
	from := clock(start)
	w.problem.Slots = append(w.problem.Slots, model.Slot{ID: id, Start: from, End: from.Add(time.Duration(minutes) * time.Minute)})
}

// staff adds n people of the ward who need the modules: p1, p2 and so on.
func (w *world) staff(n int, needs ...string) {
	for range n {
		id := fmt.Sprintf("p%d", len(w.problem.People)-2)
		w.problem.People = append(w.problem.People, model.Person{ID: id, Unit: "ward", Tier: "staff", Needs: append([]string{}, needs...)})
	}
}

// add plans a seminar; what it leaves out is a staff seminar in the hall led by x.
func (w *world) add(s model.Seminar) {
	if s.ID == "" {
		s.ID = fmt.Sprintf("s%d", len(w.plan.Seminars)+1)
	}
	if s.Tier == "" {
		s.Tier = "staff"
	}
	if s.Venue == "" {
		s.Venue = "hall"
	}
	if s.Leaders == nil {
		s.Leaders = []string{"x"}
	}
	w.plan.Seminars = append(w.plan.Seminars, s)
}

// publish makes what is planned so far the published plan.
func (w *world) publish() {
	published := w.plan
	published.Seminars = nil
	for _, s := range w.plan.Seminars {
		s.Leaders, s.Attendees = slices.Clone(s.Leaders), slices.Clone(s.Attendees)
		published.Seminars = append(published.Seminars, s)
	}
	w.problem.Published = &published
}

// settle lists every stated need nobody attends as unmet.
func (w *world) settle() {
	for _, p := range w.problem.People {
		for _, module := range p.Needs {
			attended := slices.ContainsFunc(w.plan.Seminars, func(s model.Seminar) bool {
				return s.Module == module && slices.Contains(s.Attendees, p.ID)
			})
			if !attended {
				w.plan.Unmet = append(w.plan.Unmet, model.Unmet{Person: p.ID, Module: module})
			}
		}
	}
}

func (w *world) person(id string) *model.Person {
	return find(w.problem.People, func(p *model.Person) bool { return p.ID == id })
}

func (w *world) venue(id string) *model.Venue {
	return find(w.problem.Venues, func(v *model.Venue) bool { return v.ID == id })
}

func (w *world) unit(id string) *model.Unit {
	return find(w.problem.Units, func(u *model.Unit) bool { return u.ID == id })
}

func (w *world) tier(id string) *model.Tier {
	return find(w.problem.Tiers, func(t *model.Tier) bool { return t.ID == id })
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	panic("the test names somebody or something its world does not have")
}

func TestWorldIsAValidProblem(t *testing.T) {
	w := newWorld()
	w.slots("2027-03-01 08:30")
	w.staff(1, "a", "b")
	if err := model.Validate(&w.problem); err != nil {
		t.Fatal(err)
	}
}
