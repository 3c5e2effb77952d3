package scheduler_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// teaching has modules x, y and z, one seminar of each on Monday morning at
// three venues, led by A, B and C. B can lead x too, C y, and D only z. Each has
// two attendees. There is another morning, on Tuesday.
func teaching() *model.Problem {
	p := &model.Problem{Format: model.ProblemFormat, Sectors: []string{"s"},
		Programme: model.Programme{ID: "teaching", Timezone: "Europe/Stockholm", Travel: model.Travel{Detour: 1, KmH: 60}},
		Tiers:     []model.Tier{{ID: "staff", Modules: []string{"x", "y", "z"}, Seats: model.Seats{Min: 2, Max: 4}, Order: model.Free}},
		Units:     []model.Unit{{ID: "u", Sector: "s", Lat: 57, Lon: 12}},
	}
	for i, day := range []int{0, 1} {
		start := monday.AddDate(0, 0, day)
		p.Slots = append(p.Slots, model.Slot{ID: fmt.Sprintf("t%d", i), Start: start, End: start.Add(3 * time.Hour)})
	}
	plan := &model.Plan{Format: model.PlanFormat, Problem: "teaching", Unmet: []model.Unmet{}}
	for i, m := range []string{"x", "y", "z"} {
		p.Modules = append(p.Modules, model.Module{ID: m, Minutes: 120})
		p.Venues = append(p.Venues, model.Venue{ID: "v" + m, Lat: 57 + float64(i)/100, Lon: 12, Capacity: 4})
		s := model.Seminar{ID: "s" + m, Tier: "staff", Module: m, Slot: "t0", Venue: "v" + m, Leaders: []string{string(rune('A' + i))}}
		for k := range 2 {
			id := fmt.Sprintf("%s%d", m, k)
			p.People = append(p.People, model.Person{ID: id, Unit: "u", Tier: "staff", Needs: []string{m}})
			s.Attendees = append(s.Attendees, id)
		}
		plan.Seminars = append(plan.Seminars, s)
	}
	for id, modules := range map[string][]string{"A": {"x"}, "B": {"x", "y"}, "C": {"y", "z"}, "D": {"z"}} {
		p.People = append(p.People, model.Person{ID: id, Unit: "u", Leads: &model.Leads{Tier: "staff", Modules: modules}})
	}
	slices.SortFunc(p.People, func(a, b model.Person) int { return slices.Compare([]byte(a.ID), []byte(b.ID)) })
	p.Published = plan
	return p
}

// strike makes somebody absent, or closes a venue, on the Monday.
func strike(p *model.Problem, id string) {
	morning := []model.Interval{{From: p.Slots[0].Start, To: p.Slots[0].End}}
	for i := range p.People {
		if p.People[i].ID == id {
			p.People[i].Closed = morning
		}
	}
	for i := range p.Venues {
		if p.Venues[i].ID == id {
			p.Venues[i].Closed = morning
		}
	}
}

// Cases in which nobody but who was struck need get another time.
func TestNobodyElseIsMovedWhereThatIsPossible(t *testing.T) {
	for name, c := range map[string]struct {
		struck string
		change func(*model.Problem)
		moved  int
		led    string // of the seminars of x, y and z
	}{
		"another leader is free":   {"A", func(p *model.Problem) { leads(p, "D", "x") }, 0, "DBC"},
		"one leader is relieved":   {"B", nil, 0, "ACD"},
		"two leaders are relieved": {"A", nil, 0, "BCD"},
		"another venue is free": {"vx", func(p *model.Problem) {
			p.Venues = append(p.Venues, model.Venue{ID: "v", Lat: 57, Lon: 12, Capacity: 4})
		}, 0, "ABC"},
		"who is struck moves alone":       {"x0", func(p *model.Problem) { second(p, "x") }, 1, "ABC"},
		"nothing is struck that is in it": {"D", nil, 0, "ABC"},
	} {
		t.Run(name, func(t *testing.T) {
			p := teaching()
			if c.change != nil {
				c.change(p)
			}
			strike(p, c.struck)
			mended := repair(t, p, scheduler.Options{})
			judge(t, p, mended, name)
			if moved := check.Check(p, mended).Moved; moved != c.moved || mended.Cost.Unmet != 0 {
				t.Errorf("%d people moved and %d needs unmet, want %d and none: %+v", moved, mended.Cost.Unmet, c.moved, mended.Seminars)
			}
			for i, m := range []string{"sx", "sy", "sz"} {
				k := slices.IndexFunc(mended.Seminars, func(s model.Seminar) bool { return s.ID == m })
				if k < 0 || mended.Seminars[k].Leaders[0] != c.led[i:i+1] {
					t.Errorf("%s: %+v, want it led by %s", m, mended.Seminars, c.led[i:i+1])
				}
			}
		})
	}
}

func leads(p *model.Problem, id, module string) {
	i := slices.IndexFunc(p.People, func(x model.Person) bool { return x.ID == id })
	p.People[i].Leads.Modules = append(p.People[i].Leads.Modules, module)
}

// second holds the module on Tuesday too, and gives Monday's a third attendee.
func second(p *model.Problem, module string) {
	for i := range p.Published.Seminars {
		if s := &p.Published.Seminars[i]; s.Module == module {
			p.People = append(p.People, model.Person{ID: "more0", Unit: "u", Tier: "staff", Needs: []string{module}},
				model.Person{ID: "more1", Unit: "u", Tier: "staff", Needs: []string{module}}, model.Person{ID: "more2", Unit: "u", Tier: "staff", Needs: []string{module}})
			s.Attendees = append(s.Attendees, "more2")
			p.Published.Seminars = append(p.Published.Seminars, model.Seminar{ID: "second", Tier: "staff", Module: module, Slot: "t1", Venue: s.Venue,
				Leaders: s.Leaders, Attendees: []string{"more0", "more1"}})
			return
		}
	}
}

// Where nobody can lead on Monday the seminar moves as a whole, and only it does.
func TestASeminarNobodyCanLeadMovesAlone(t *testing.T) {
	p := teaching()
	strike(p, "A")
	strike(p, "B")
	strike(p, "C")
	strike(p, "D")
	leads(p, "D", "y")
	for i := range p.People {
		if p.People[i].ID == "C" || p.People[i].ID == "D" {
			p.People[i].Closed = nil
		}
	}
	mended := repair(t, p, scheduler.Options{})
	judge(t, p, mended, "nobody on Monday")
	if report := check.Check(p, mended); report.Moved != 2 || report.Cost.Unmet != 0 {
		t.Errorf("%d people moved, want the two of x: %+v", report.Moved, mended.Seminars)
	}
}
