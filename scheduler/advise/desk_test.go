package advise_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/advise"
)

// village has one tier of four in two units of one person's walk from the hall
// and the barn, two leaders, and a seminar a day for a week.
func village() (*model.Problem, *model.Plan) {
	at := func(day, hour int) time.Time { return time.Date(2027, 3, day, hour, 0, 0, 0, time.UTC) }
	leads := func() *model.Leads {
		return &model.Leads{Tier: "staff", Modules: []string{"law"}, MaxPerDay: new(1)}
	}
	p := &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "v", Timezone: "UTC", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"law"}, Seats: model.Seats{Min: 2, Max: 3}}},
		Modules:   []model.Module{{ID: "law", Name: "Law", Minutes: 60}},
		Sectors:   []string{"a"},
		Venues:    []model.Venue{{ID: "hall", Lat: 57, Lon: 12, Capacity: 3}, {ID: "barn", Lat: 57, Lon: 12.5, Capacity: 3}},
		Units:     []model.Unit{{ID: "u", Sector: "a", Lat: 57, Lon: 12}, {ID: "w", Sector: "a", Lat: 57, Lon: 12.5}},
		People: []model.Person{{ID: "a", Unit: "u", Tier: "staff"}, {ID: "b", Unit: "u", Tier: "staff"}, {ID: "c", Unit: "w", Tier: "staff"},
			{ID: "d", Unit: "w", Tier: "staff"}, {ID: "near", Unit: "u", Leads: leads()}, {ID: "far", Unit: "w", Leads: leads()}},
	}
	for day := 1; day <= 5; day++ {
		p.Slots = append(p.Slots, model.Slot{ID: at(day, 8).Format("Mon"), Start: at(day, 8), End: at(day, 9)})
	}
	plan := &model.Plan{Format: model.PlanFormat, Problem: "v", Seminars: []model.Seminar{
		{ID: "s1", Tier: "staff", Module: "law", Slot: "Mon", Venue: "hall", Leaders: []string{"near"}, Attendees: []string{"a", "b"}},
		{ID: "s2", Tier: "staff", Module: "law", Slot: "Tue", Venue: "barn", Leaders: []string{"far"}, Attendees: []string{"c", "d"}}},
		Unmet: []model.Unmet{}}
	return p, plan
}

func ask(t *testing.T, p *model.Problem, plan *model.Plan) *advise.Desk {
	t.Helper()
	d, err := advise.Open(p, plan, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheNextLeaderIsOfferedWithTheWayThere(t *testing.T) {
	p, plan := village()
	found := ask(t, p, plan).Leaders("s1")
	if len(found.Answers) != 1 || !slices.Equal(found.Answers[0].Set[0].Leaders, []string{"far"}) {
		t.Fatalf("answers = %+v, want far alone", found.Answers)
	}
	// From w to the hall are 30 km as the crow flies: 30 minutes each way.
	if c := found.Answers[0].Cost; c.LeaderTravel != 60 || c.Total != 60 {
		t.Errorf("cost = %+v, want 60 minutes of leaders' travel", c)
	}
	want := []advise.Told{{Person: "a", News: advise.OtherLeader}, {Person: "b", News: advise.OtherLeader}, {Person: "far", News: advise.Invited}, {Person: "near", News: advise.Cancelled}}
	if got := found.Answers[0].Told; !slices.Equal(got, want) {
		t.Errorf("told = %+v, want %+v", got, want)
	}
}

func TestABlockedLeaderIsNamedWithTheRule(t *testing.T) {
	for fact, change := range map[scheduler.Fact]func(*model.Problem, *model.Plan){
		scheduler.Away: func(p *model.Problem, _ *model.Plan) {
			p.People[5].Closed = []model.Interval{{From: p.Slots[0].Start, To: p.Slots[0].End}}
		},
		scheduler.Busy:     func(_ *model.Problem, plan *model.Plan) { plan.Seminars[1].Slot = "Mon" },
		scheduler.NotYet:   func(p *model.Problem, _ *model.Plan) { p.People[5].Leads.From = p.Slots[1].Start },
		scheduler.WeekFull: func(p *model.Problem, _ *model.Plan) { p.People[5].Leads.MaxPerWeek = new(1) },
		scheduler.AllFull:  func(p *model.Problem, _ *model.Plan) { p.People[5].Leads.MaxTotal = new(1) },
		scheduler.DayFull:  func(p *model.Problem, _ *model.Plan) { p.People[5].Leads.MaxPerDay = new(0) },
		scheduler.UnitFull: func(p *model.Problem, _ *model.Plan) { p.Units[1].MaxAway = new(0) },
	} {
		p, plan := village()
		change(p, plan)
		found := ask(t, p, plan).Leaders("s1")
		if len(found.Answers) != 0 || len(found.Blocked) != 1 || found.Blocked[0].Fact != fact || found.Blocked[0].Person != "far" {
			t.Errorf("answers %+v, blocked %+v; want far blocked by %s", found.Answers, found.Blocked, fact)
		}
	}
}

func TestPlacesAreAllThereAre(t *testing.T) {
	p, plan := village()
	places := ask(t, p, plan).Places("s1")
	// The barn on Monday; the hall on four other days; the barn on three, for on
	// Tuesday its only room is taken.
	if len(places.Venues) != 1 || len(places.Slots) != 4 || len(places.Both) != 3 {
		t.Errorf("%d venues, %d slots, %d of both; want 1, 4 and 3", len(places.Venues), len(places.Slots), len(places.Both))
	}
}

func TestALackIsMendedByTheSmallestChange(t *testing.T) {
	p, plan := village()
	p.People[2].MaxTravel = new(20)
	plan.Seminars = plan.Seminars[:1]
	plan.Unmet = []model.Unmet{{Person: "c", Module: "law"}, {Person: "d", Module: "law"}}
	p.People[5].Leads = nil // nobody leads near c
	p.People[4].Leads.MaxTotal = new(1)
	l, ok := ask(t, p, plan).Lack("c")
	if !ok || len(l.Ways) != 0 {
		t.Fatalf("lack = %+v, %t", l, ok)
	}
	var kinds []advise.ChangeKind
	for _, r := range l.Remedies {
		kinds = append(kinds, r.Changes[0].Kind)
		if x := r.Changes[0]; x.Kind == advise.TravelLimit && (x.Was != 20 || x.Now != 30) {
			t.Errorf("the limit would go from %d to %d, want from 20 to 30", x.Was, x.Now)
		}
	}
	if !slices.Contains(kinds, advise.TravelLimit) || !slices.Contains(kinds, advise.NewLeader) {
		t.Errorf("remedies %v, want the person's travel limit and a leader near", kinds)
	}
}

func TestWhoChangesSeminarsIsToldOnce(t *testing.T) {
	p, plan := village()
	a, block := ask(t, p, plan).Check(scheduler.Offer{Set: []model.Seminar{
		{ID: "s1", Tier: "staff", Module: "law", Slot: "Mon", Venue: "hall", Leaders: []string{"near"}, Attendees: []string{"a", "d"}},
		{ID: "s2", Tier: "staff", Module: "law", Slot: "Tue", Venue: "barn", Leaders: []string{"far"}, Attendees: []string{"c", "b"}}}})
	if block != nil {
		t.Fatal(*block)
	}
	if want := []advise.Told{{Person: "b", News: advise.Moved}, {Person: "d", News: advise.Moved}}; !slices.Equal(a.Told, want) {
		t.Errorf("told = %+v, want %+v", a.Told, want)
	}
}

// However many could lead instead, a locked leader has nobody in reserve.
func TestNoMoreLeadersAreToldOfThanThereAre(t *testing.T) {
	p, plan := village()
	for i := range 2 * advise.Shown {
		x := p.People[5]
		x.ID = fmt.Sprintf("far%d", i)
		p.People = append(p.People, x)
	}
	d := ask(t, p, plan)
	if found := d.Leaders("s1"); len(found.Answers) != advise.Shown || found.More != 2*advise.Shown+1-advise.Shown {
		t.Errorf("%d leaders and %d more, want %d and %d", len(found.Answers), found.More, advise.Shown, advise.Shown+1)
	}
	d.Keep(map[string]model.Lock{"s1": {Leaders: true}})
	if found := d.Leaders("s1"); len(found.Answers) != 0 || found.More != 0 {
		t.Errorf("%d leaders and %d more for a locked one", len(found.Answers), found.More)
	}
}

func TestLocksAreKept(t *testing.T) {
	p, plan := village()
	d := ask(t, p, plan)
	d.Keep(map[string]model.Lock{"s1": {Time: true}})
	places := d.Places("s1")
	if len(places.Venues) != 1 || len(places.Slots)+len(places.Both) != 0 {
		t.Errorf("places = %+v, want another venue at the locked time only", places)
	}
	d.Keep(map[string]model.Lock{"s1": {Leaders: true, Place: true, People: []string{"a"}}})
	if n := len(d.Leaders("s1").Answers); n != 0 {
		t.Errorf("%d other leaders are offered for a locked one", n)
	}
	_, block := d.Check(scheduler.Offer{Drop: []string{"s1"}})
	if block == nil || block.Fact != scheduler.Locked {
		t.Errorf("dropping a locked seminar is blocked by %+v", block)
	}
}
