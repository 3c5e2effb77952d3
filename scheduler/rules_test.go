package scheduler_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

var monday = time.Date(2027, 1, 11, 7, 0, 0, 0, time.UTC) // 08:00 in Stockholm

// small is the smallest problem that can be met: two people of one unit, one
// module, one leader from outside, one venue at their door, one slot.
func small() *model.Problem {
	return &model.Problem{
		Format:    model.ProblemFormat,
		Programme: model.Programme{ID: "small", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"a"}, Seats: model.Seats{Min: 2, Max: 2}}},
		Modules:   []model.Module{{ID: "a", Minutes: 180}},
		Sectors:   []string{"care"},
		Slots:     []model.Slot{slotAt("t0", monday)},
		Venues:    []model.Venue{{ID: "v", Lat: 57, Lon: 12, Capacity: 2}},
		Units:     []model.Unit{{ID: "u", Sector: "care", Lat: 57, Lon: 12}, {ID: "far", Sector: "care", Lat: 57.5, Lon: 12}},
		People: []model.Person{{ID: "p0", Unit: "u", Tier: "staff"}, {ID: "p1", Unit: "u", Tier: "staff"},
			{ID: "expert", Unit: "far", Leads: &model.Leads{Tier: "staff", Modules: []string{"a", "b"}}}},
	}
}

func slotAt(id string, at time.Time) model.Slot {
	return model.Slot{ID: id, Start: at, End: at.Add(3 * time.Hour)}
}

// twoModules gives everybody a second module and a second slot days later.
func twoModules(p *model.Problem, days int) {
	p.Modules = append(p.Modules, model.Module{ID: "b", Minutes: 180})
	p.Tiers[0].Modules = []string{"a", "b"}
	p.Slots = append(p.Slots, slotAt("t1", monday.AddDate(0, 0, days)))
}

func hours(from, to int) []model.Interval {
	return []model.Interval{{From: monday.Add(time.Duration(from) * time.Hour), To: monday.Add(time.Duration(to) * time.Hour)}}
}

// Each rule alone: a problem it just allows and one it just forbids.
var ruleCases = []struct {
	rule, name string
	change     func(*model.Problem)
	unmet      int
	reason     string // part of the first reason given
}{
	{"H1", "everything needed is attended once", func(p *model.Problem) {}, 0, ""},
	{"H1", "nobody attends what is not needed", func(p *model.Problem) { p.People[1].Needs = []string{} }, 1, "Fewer than 2 people"},
	{"H2", "seats.min is met", func(p *model.Problem) { p.Tiers[0].Seats.Min = 2 }, 0, ""},
	{"H2", "seats.min is missed by one", func(p *model.Problem) { p.Tiers[0].Seats = model.Seats{Min: 3, Max: 9}; p.Venues[0].Capacity = 9 }, 2, "Fewer than 3 people"},
	{"H2", "the venue is too small by one", func(p *model.Problem) { p.Venues[0].Capacity = 1 }, 2, "No venue"},
	{"H2", "one seat for two", func(p *model.Problem) { p.Tiers[0].Seats = model.Seats{Min: 1, Max: 1} }, 1, "full"},
	{"H3", "the slot is a minute short", func(p *model.Problem) { p.Modules[0].Minutes = 181 }, 2, "No slot"},
	{"H3", "absence ends as the slot starts", func(p *model.Problem) { p.People[0].Closed = hours(-2, 0) }, 0, ""},
	{"H3", "absence reaches into the slot", func(p *model.Problem) {
		p.People[0].Closed = hours(-2, 1)
		p.People[1].Closed = hours(2, 9)
	}, 2, "absent"},
	{"H3", "nobody is in two places", func(p *model.Problem) { twoModules(p, 0); p.Venues[0].Rooms = 2 }, 2, "other seminars"},
	{"H4", "the gap is kept to the day", func(p *model.Problem) { twoModules(p, 7); p.Tiers[0].GapDays = 7 }, 0, ""},
	{"H4", "the gap lacks a day", func(p *model.Problem) { twoModules(p, 6); p.Tiers[0].GapDays = 7 }, 2, "gap"},
	{"H4", "a strict order waits for the earlier module", func(p *model.Problem) {
		twoModules(p, 7)
		p.People[2].Leads.Modules = []string{"b"}
	}, 4, "Nobody may lead"},
	{"H4", "a free order does not", func(p *model.Problem) {
		twoModules(p, 7)
		p.Tiers[0].Order = model.Free
		p.People[2].Leads.Modules = []string{"b"}
	}, 2, "Nobody may lead"},
	{"H5", "a leader may lead from the slot on", func(p *model.Problem) { p.People[2].Leads.From = monday }, 0, ""},
	{"H5", "a leader starts a minute too late", func(p *model.Problem) { p.People[2].Leads.From = monday.Add(time.Minute) }, 2, "No leader"},
	{"H5", "preparation done to the day", func(p *model.Problem) { preparing(p, 14) }, 0, ""},
	{"H5", "preparation lacks a day", func(p *model.Problem) { preparing(p, 13) }, 2, "No leader"},
	{"H5", "preparation takes longer than the calendar", func(p *model.Problem) { preparing(p, 13); p.Tiers[0].PrepDays = math.MaxInt32 - 1 }, 2, "No leader"},
	{"H6", "a seminar needs both its leaders", func(p *model.Problem) { p.Tiers[0].LeadersPerSeminar = 2 }, 2, "Nobody may lead"},
	{"H6", "nobody leads a seminar they attend", func(p *model.Problem) {
		p.People[0].Leads = p.People[2].Leads
		p.People = p.People[:2]
	}, 2, ""},
	{"H7", "one seminar a day is allowed", func(p *model.Problem) { p.People[2].Leads.MaxPerDay = new(1) }, 0, ""},
	{"H7", "two on one day are not", func(p *model.Problem) { afternoon(p); p.People[2].Leads.MaxPerDay = new(1) }, 2, "No leader"},
	{"H7", "two in one week are", func(p *model.Problem) { twoModules(p, 1); p.People[2].Leads.MaxPerWeek = new(2) }, 0, ""},
	{"H7", "three in one week are not", func(p *model.Problem) { twoModules(p, 1); p.People[2].Leads.MaxPerWeek = new(1) }, 2, "No leader"},
	{"H7", "the total runs out", func(p *model.Problem) { twoModules(p, 7); p.People[2].Leads.MaxTotal = new(1) }, 2, "No leader"},
	{"H8", "the venue is closed", func(p *model.Problem) { p.Venues[0].Closed = hours(2, 3) }, 2, "absent"},
	{"H8", "the venue opens as the slot starts", func(p *model.Problem) { p.Venues[0].Closed = hours(-9, 0) }, 0, ""},
	{"H9", "the unit spares both", func(p *model.Problem) { p.Units[0].MaxAway = new(2) }, 0, ""},
	{"H9", "the unit spares one", func(p *model.Problem) { p.Units[0].MaxAway = new(1) }, 2, ""},
	{"H10", "the wave holds the slot to the minute", func(p *model.Problem) { inWave(p, 0, 3) }, 0, ""},
	{"H10", "the wave ends an hour early", func(p *model.Problem) { inWave(p, 0, 2) }, 2, "wave"},
	{"H11", "within the travel limit", func(p *model.Problem) { p.Venues[0].Lat = 57.1; p.People[0].MaxTravel = new(11) }, 0, ""},
	{"H11", "a minute beyond it", func(p *model.Problem) { p.Venues[0].Lat = 57.1; p.People[0].MaxTravel = new(10) }, 2, ""},
	{"H11", "an online venue for a module that is not", func(p *model.Problem) { p.Venues[0].Online = true }, 2, "No venue"},
	{"H11", "an online venue for one that is", func(p *model.Problem) { p.Venues[0].Online = true; p.Modules[0].Online = true }, 0, ""},
}

// preparing makes the leader learn the module so many days before the slot.
func preparing(p *model.Problem, days int) {
	p.Tiers[0].PrepDays = 14
	p.People[2].Tier = "staff"
	p.People[2].Done = []model.Done{{Module: "a", Start: monday.AddDate(0, 0, -days)}}
}

// afternoon adds a second module that can only follow on the same day. Nobody likes the
// afternoon, so that the first is not held then.
func afternoon(p *model.Problem) {
	twoModules(p, 0)
	p.Slots[1] = slotAt("t1", monday.Add(5*time.Hour))
	for i := range p.People {
		p.People[i].Dislikes = []model.HalfDay{"mon-pm"}
	}
}

func inWave(p *model.Problem, from, to int) {
	iv := hours(from, to)[0]
	p.Waves = []model.Wave{{ID: "w", From: iv.From, To: iv.To}}
	p.Units[0].Wave = "w"
}

func TestEachRuleAlone(t *testing.T) {
	for _, c := range ruleCases {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			p := small()
			c.change(p)
			plan := solve(t, p, scheduler.Options{Iterations: 2000})
			judge(t, p, plan, c.name)
			if plan.Cost.Unmet != c.unmet {
				t.Errorf("unmet = %d, want %d", plan.Cost.Unmet, c.unmet)
			}
			if len(plan.Unmet) > 0 && !strings.Contains(plan.Unmet[0].Reason, c.reason) {
				t.Errorf("reason = %q, want it to mention %q", plan.Unmet[0].Reason, c.reason)
			}
		})
	}
}

func TestFrozenSeminarsStayAsTheyAre(t *testing.T) {
	p := small()
	p.Slots = append(p.Slots, slotAt("t1", monday.AddDate(0, 0, 1)))
	p.Programme.FrozenUntil = monday.Add(time.Minute)
	told := model.Seminar{ID: "told", Tier: "staff", Module: "a", Slot: "t0", Venue: "v", Leaders: []string{"expert"}, Attendees: []string{"p1", "p0"}}
	p.Published = &model.Plan{Seminars: []model.Seminar{told}}
	plan := solve(t, p, scheduler.Options{Iterations: 5000})
	judge(t, p, plan, "frozen")
	if len(plan.Seminars) != 1 || plan.Seminars[0].ID != "told" || plan.Seminars[0].Attendees[0] != "p1" {
		t.Errorf("seminars = %+v, want the published one word for word", plan.Seminars)
	}
}

func TestNoMorePeopleAreMovedThanAllowed(t *testing.T) {
	for most, want := range []int{0, 0, 2} {
		p := small()
		p.Programme.Weights.MovedSlot, p.Programme.Weights.Preference = new(0), new(100)
		p.Programme.MaxMoved = new(most)
		p.Slots = append(p.Slots, slotAt("t1", monday.AddDate(0, 0, 1)))
		for i := range 2 {
			p.People[i].Dislikes = []model.HalfDay{"mon-am"}
		}
		p.Published = &model.Plan{Seminars: []model.Seminar{{ID: "told", Tier: "staff", Module: "a", Slot: "t0", Venue: "v", Leaders: []string{"expert"}, Attendees: []string{"p0", "p1"}}}}
		plan := solve(t, p, scheduler.Options{Iterations: 5000})
		judge(t, p, plan, "moved")
		moved := 0
		if plan.Seminars[0].Slot == "t1" {
			moved = 2
		}
		if moved != want {
			t.Errorf("maxMoved %d: %d people moved, want %d", most, moved, want)
		}
	}
}
