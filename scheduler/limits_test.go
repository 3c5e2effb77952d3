package scheduler_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// limit is one number of the contract that binds: set makes a problem in which
// it is by tighter one tighter than the plan just keeps (0), one looser (-1),
// or one too tight (1).
type limit struct {
	rule, name string
	set        func(p *model.Problem, tighter int)
	want       [3]int                // of measure, one looser, just kept, one too tight
	measure    func(*model.Plan) int // nil: needs unmet
	also       []string              // other rules the plan that was kept then breaks
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// limits are the contract's, in the order of its table.
var limits = []limit{
	{"H1", "what is needed", func(p *model.Problem, tighter int) {
		p.Tiers[0].Seats.Min = 1
		if tighter > 0 {
			p.People[1].Needs = []string{}
		}
	}, [3]int{2, 2, 1}, attendances, nil},
	{"H2", "seats.min", func(p *model.Problem, tighter int) {
		p.Tiers[0].Seats, p.Venues[0].Capacity = model.Seats{Min: 2 + tighter, Max: 9}, 9
	}, [3]int{0, 0, 2}, nil, nil},
	{"H2", "seats.max", func(p *model.Problem, tighter int) {
		p.Tiers[0].Seats, p.Venues[0].Capacity = model.Seats{Max: 2 - tighter}, 9
	}, [3]int{0, 0, 1}, nil, nil},
	{"H2", "capacity", func(p *model.Problem, tighter int) {
		p.Tiers[0].Seats, p.Venues[0].Capacity = model.Seats{Max: 9}, 2-tighter
	}, [3]int{0, 0, 1}, nil, nil},
	{"H3", "minutes of the module", func(p *model.Problem, tighter int) { p.Modules[0].Minutes = 180 + tighter }, [3]int{0, 0, 2}, nil, nil},
	{"H3", "minutes between two slots", func(p *model.Problem, tighter int) {
		twoModules(p, 0)
		p.Slots[1] = slotAt("t1", monday.Add(3*time.Hour-minutes(tighter)))
		p.Venues[0].Rooms = 2
	}, [3]int{0, 0, 2}, nil, nil},
	{"H3", "own absence", func(p *model.Problem, tighter int) { p.People[0].Closed = until(monday.Add(minutes(tighter))) }, [3]int{0, 0, 2}, nil, nil},
	{"H3", "the calendar's absence", func(p *model.Problem, tighter int) {
		p.Calendars = []model.Calendar{{ID: "rota", Closed: until(monday.Add(minutes(tighter)))}}
		p.People[0].Calendar = "rota"
	}, [3]int{0, 0, 2}, nil, nil},
	{"H3", "the leader's absence", func(p *model.Problem, tighter int) {
		p.People[2].Closed = []model.Interval{{From: monday.Add(3*time.Hour - minutes(tighter)), To: monday.AddDate(0, 0, 1)}}
	}, [3]int{0, 0, 2}, nil, nil},
	{"H4", "gapDays", func(p *model.Problem, tighter int) { twoModules(p, 7-tighter); p.Tiers[0].GapDays = 7 }, [3]int{0, 0, 2}, nil, nil},
	{"H4", "order after a module done", func(p *model.Problem, tighter int) {
		twoModules(p, 7)
		for i := range 2 {
			p.People[i].Done = []model.Done{{Module: "a", Start: p.Slots[1].Start.Add(minutes(tighter - 1))}}
		}
	}, [3]int{0, 0, 2}, nil, nil},
	{"H5", "leads.from", func(p *model.Problem, tighter int) { p.People[2].Leads.From = monday.Add(minutes(tighter)) }, [3]int{0, 0, 2}, nil, nil},
	{"H5", "prepDays", func(p *model.Problem, tighter int) { preparing(p, 14-tighter) }, [3]int{0, 0, 2}, nil, nil},
	{"H6", "leadersPerSeminar", func(p *model.Problem, tighter int) {
		p.Tiers[0].LeadersPerSeminar = 2 + tighter
		p.People = append(p.People, model.Person{ID: "other", Unit: "far", Leads: p.People[2].Leads})
	}, [3]int{0, 0, 2}, nil, []string{"H6"}}, // one looser too: a seminar has that many leaders, no more
	{"H7", "maxPerDay", func(p *model.Problem, tighter int) { afternoon(p); p.People[2].Leads.MaxPerDay = new(2 - tighter) }, [3]int{0, 0, 2}, nil, nil},
	{"H7", "maxPerWeek", func(p *model.Problem, tighter int) { twoModules(p, 1); p.People[2].Leads.MaxPerWeek = new(2 - tighter) }, [3]int{0, 0, 2}, nil, nil},
	{"H7", "maxTotal", func(p *model.Problem, tighter int) { twoModules(p, 20); p.People[2].Leads.MaxTotal = new(2 - tighter) }, [3]int{0, 0, 2}, nil, nil},
	{"H7", "minutes to the next venue", func(p *model.Problem, tighter int) {
		twoModules(p, 0)
		p.Slots[1] = slotAt("t1", monday.Add(3*time.Hour+minutes(11-tighter))) // 11.1 km at 60 km/h
		p.Venues = append(p.Venues, model.Venue{ID: "v2", Lat: 57.1, Lon: 12, Capacity: 2, Closed: until(monday.Add(3 * time.Hour))})
		p.Venues[0].Closed = []model.Interval{{From: monday.Add(3 * time.Hour), To: monday.AddDate(0, 0, 1)}}
	}, [3]int{0, 0, 2}, nil, nil},
	{"H8", "rooms", func(p *model.Problem, tighter int) {
		p.Tiers[0].Seats, p.Venues[0].Rooms = model.Seats{Max: 1}, 2-tighter
		p.People = append(p.People, model.Person{ID: "other", Unit: "far", Leads: p.People[2].Leads})
	}, [3]int{0, 0, 1}, nil, nil},
	{"H8", "closed times", func(p *model.Problem, tighter int) { p.Venues[0].Closed = until(monday.Add(minutes(tighter))) }, [3]int{0, 0, 2}, nil, nil},
	{"H9", "maxAway", func(p *model.Problem, tighter int) { p.Tiers[0].Seats.Min, p.Units[0].MaxAway = 1, new(2-tighter) }, [3]int{0, 0, 1}, nil, nil},
	{"H10", "from", func(p *model.Problem, tighter int) { wave(p, monday.Add(minutes(tighter)), monday.AddDate(0, 0, 1)) }, [3]int{0, 0, 2}, nil, nil},
	{"H10", "to", func(p *model.Problem, tighter int) { wave(p, monday, monday.Add(3*time.Hour-minutes(tighter))) }, [3]int{0, 0, 2}, nil, nil},
	{"H11", "maxTravel", func(p *model.Problem, tighter int) { p.Venues[0].Lat = 57.1; p.People[0].MaxTravel = new(11 - tighter) }, [3]int{0, 0, 2}, nil, nil},
	{"H12", "frozenUntil", func(p *model.Problem, tighter int) {
		told(p)
		p.Programme.FrozenUntil = monday.Add(minutes(tighter))
	}, [3]int{0, 0, 2}, inFirstSlot, nil},
	{"H13", "maxMoved", func(p *model.Problem, tighter int) { told(p); p.Programme.MaxMoved = new(2 - tighter) }, [3]int{0, 0, 2}, inFirstSlot, nil},
}

func until(t time.Time) []model.Interval {
	return []model.Interval{{From: monday.AddDate(0, 0, -3), To: t}}
}

func wave(p *model.Problem, from, to time.Time) {
	p.Waves, p.Units[0].Wave = []model.Wave{{ID: "w", From: from, To: to}}, "w"
}

// told publishes the seminar in a slot that both dislike, beside one they do not.
func told(p *model.Problem) {
	p.Programme.Weights.MovedSlot, p.Programme.Weights.Preference = new(0), new(100)
	p.Slots = append(p.Slots, slotAt("t1", monday.AddDate(0, 0, 1)))
	for i := range 2 {
		p.People[i].Dislikes = []model.HalfDay{"mon-am"}
	}
	p.Published = &model.Plan{Format: model.PlanFormat, Problem: "small", Seminars: []model.Seminar{{ID: "told", Tier: "staff", Module: "a", Slot: "t0", Venue: "v", Leaders: []string{"expert"}, Attendees: []string{"p0", "p1"}}}}
}

func attendances(plan *model.Plan) (n int) {
	for _, s := range plan.Seminars {
		n += len(s.Attendees)
	}
	return n
}

func inFirstSlot(plan *model.Plan) (n int) {
	for _, s := range plan.Seminars {
		if s.Slot == "t0" {
			n += len(s.Attendees)
		}
	}
	return n
}

func (l limit) problem(tighter int) *model.Problem {
	p := small()
	l.set(p, tighter)
	return p
}

// Planner and judge draw the line at the same place: one below each limit, at
// it, and one beyond. The plan that just keeps a limit breaks the rule, and no
// other, once the limit is one tighter.
func TestEveryLimitBelowAtAndAbove(t *testing.T) {
	for _, l := range limits {
		t.Run(l.rule+"/"+strings.ReplaceAll(l.name, " ", "_"), func(t *testing.T) {
			var kept *model.Plan
			for i, want := range l.want {
				p := l.problem(i - 1)
				plan := solve(t, p, scheduler.Options{Iterations: 4000})
				judge(t, p, plan, l.name)
				got := len(plan.Unmet)
				if l.measure != nil {
					got = l.measure(plan)
				}
				if got != want {
					t.Errorf("limit %+d: %d, want %d", i-1, got, want)
				}
				if i == 1 {
					kept = plan
				}
			}
			if got := check.Check(l.problem(-1), kept).Codes; !slices.Equal(got, l.also) {
				t.Errorf("with a looser limit the plan breaks %v, want %v", got, l.also)
			}
			if got := withoutNeeds(check.Check(l.problem(1), kept).Codes); !slices.Equal(got, []string{l.rule}) {
				t.Errorf("with a tighter limit the plan breaks %v, want %s", got, l.rule)
			}
		})
	}
}

// withoutNeeds drops F: what is needed is another number in another problem.
func withoutNeeds(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code == "F" })
}

// Every rule of the contract has a limit tested above, a file of its own in the
// planner and in the judge, and its sentence in both.
func TestNoRuleLacksItsFileSentenceAndTests(t *testing.T) {
	for i, rule := range check.Rules()[1:] {
		if !slices.ContainsFunc(limits, func(l limit) bool { return l.rule == rule.Code }) {
			t.Errorf("%s has no limit that is tested", rule.Code)
		}
		for pattern, sentence := range map[string]string{
			fmt.Sprintf("rule_h%02d_*.go", i+1):  "// " + rule.Code + `: "`,
			fmt.Sprintf("check/h%02d_*.go", i+1): " is " + rule.Code + `: "`,
		} {
			files, err := filepath.Glob(pattern)
			if err != nil || len(files) != 1 {
				t.Errorf("%s: %d files %s, want one (%v)", rule.Code, len(files), pattern, err)
				continue
			}
			text, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), sentence) {
				t.Errorf("%s does not say what %s is", files[0], rule.Code)
			}
		}
	}
	if files, _ := filepath.Glob("rule_h*.go"); len(files) != len(check.Rules())-1 {
		t.Errorf("%d files of rules, want %d: %v", len(files), len(check.Rules())-1, files)
	}
}
