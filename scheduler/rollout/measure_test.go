package rollout_test

import (
	"slices"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/rollout"
)

// whole is one wave over the ten weeks of a line.
func whole(p *model.Problem, towns string) *model.Problem {
	return inWaves(p, []model.Wave{{ID: "A", From: at(1, 0), To: at(71, 0)}}, towns)
}

// By hand: rooms of ten hold nine in practice. 20 staff are three groups for
// each of two modules. The one leader learns both in the first week, may lead
// from the next; the second module starts a week after the first, and the
// first ends a week before the second.
func TestMeasureCountsByHand(t *testing.T) {
	f := rollout.Measure(whole(line(20), "A"), 0)
	if len(f.Waves) != 1 || len(f.Weeks) != 10 || len(f.Notes) != 0 {
		t.Fatalf("%d waves, %d weeks, notes %v", len(f.Waves), len(f.Weeks), f.Notes)
	}
	w := f.Waves[0]
	if w.Staff != 20 || w.Leaders != 1 || w.Ready != 0 || w.Seats != 40 || w.Seminars != 6 || w.Training != 2 || w.PerLeader() != 60 {
		t.Errorf("wave is %+v", w)
	}
	var training, seminars, ready []int
	seats := 0
	for _, l := range w.Loads {
		training, seminars, ready = append(training, l.Training), append(seminars, l.Seminars), append(ready, l.Ready)
		seats += l.Seats
		if l.Can != 5*l.Ready || l.Rooms != 5 {
			t.Errorf("%d leaders can lead %d, rooms hold %d; want five for each leader and five", l.Ready, l.Can, l.Rooms)
		}
	}
	if want := []int{2, 0, 0, 0, 0, 0, 0, 0, 0, 0}; !slices.Equal(training, want) {
		t.Errorf("training week by week %v, want %v", training, want)
	}
	if want := []int{0, 0, 0, 1, 1, 0, 1, 1, 1, 1}; !slices.Equal(seminars, want) {
		t.Errorf("seminars week by week %v, want %v", seminars, want)
	}
	if want := []int{0, 1, 1, 1, 1, 1, 1, 1, 1, 1}; !slices.Equal(ready, want) {
		t.Errorf("ready leaders week by week %v, want %v", ready, want)
	}
	if seats != 40 {
		t.Errorf("%d seats are spread over the weeks, want 40", seats)
	}
}

// Each note at its limit, where it is silent, and one beyond.
func TestNotesSpeakFromTheirLimit(t *testing.T) {
	one := 1
	for name, c := range map[string]struct {
		kind rollout.Kind
		make func(over bool) *model.Problem
		max  func(over bool) int
	}{
		"dates without a slot": {rollout.NoTime, func(over bool) *model.Problem {
			p := whole(line(20), "A")
			if over {
				p.Waves[0].From, p.Waves[0].To = at(6, 0), at(8, 0) // a weekend
			}
			return p
		}, nil},
		"modules one after another": {rollout.TooShort, func(over bool) *model.Problem {
			p := whole(line(5), "A")
			p.Waves[0].To = at(22, 0) // a week to learn, two to teach
			if over {
				p.Waves[0].To = at(15, 0)
			}
			return p
		}, nil},
		"people for a seminar": {rollout.TooFew, func(over bool) *model.Problem {
			p := whole(line(6), "A")
			p.Tiers[1].Seats.Min = 6
			if over {
				p.Tiers[1].Seats.Min = 7
			}
			return p
		}, nil},
		"nobody trains the leaders": {rollout.NoTrainers, func(over bool) *model.Problem {
			p := whole(line(5), "A")
			if over {
				p.People = p.People[:len(p.People)-1]
			}
			return p
		}, nil},
		"nobody leads": {rollout.NoLeader, func(over bool) *model.Problem {
			p := whole(line(5), "A")
			if over {
				p.People[0].Leads.Modules = []string{"a"}
			}
			return p
		}, nil},
		"leaders in a week": {rollout.Leaders, func(over bool) *model.Problem {
			p := whole(line(72), "A") // 8 groups of each module over 8 weeks, both side by side
			two := 2
			p.People[0].Leads.MaxPerWeek = &two
			if over {
				p.People[0].Leads.MaxPerWeek = &one
			}
			return p
		}, nil},
		"rooms in a week": {rollout.Rooms, func(over bool) *model.Problem {
			p := whole(line(72), "A")
			for i := range p.Slots { // two mornings a week are open, then one
				if i%5 > 1 || over && i%5 > 0 {
					p.Venues[0].Closed = append(p.Venues[0].Closed, model.Interval{From: p.Slots[i].Start, To: p.Slots[i].End})
				}
			}
			return p
		}, nil},
		"the limit of a week": {rollout.Limit, func(bool) *model.Problem { return whole(line(72), "A") }, func(over bool) int {
			if over {
				return 1
			}
			return 2
		}},
		"all a leader may lead": {rollout.LeadTotal, func(over bool) *model.Problem {
			p := whole(line(20), "A")
			six, five := 6, 5
			p.People[0].Leads.MaxTotal = &six
			if over {
				p.People[0].Leads.MaxTotal = &five
			}
			return p
		}, nil},
		"units that cannot spare": {rollout.Spare, func(over bool) *model.Problem {
			p := whole(line(24), "A") // 2 for the leader, 48 for the staff, 50 mornings
			if over {
				p = whole(line(25), "A")
			}
			p.Units[0].MaxAway = &one
			return p
		}, nil},
	} {
		for _, over := range []bool{false, true} {
			most := 0
			if c.max != nil {
				most = c.max(over)
			}
			f := rollout.Measure(c.make(over), most)
			said := slices.ContainsFunc(f.Notes, func(n rollout.Note) bool { return n.Kind == c.kind })
			if said != over {
				t.Errorf("%s, beyond its limit %t: noted %t; notes %+v", name, over, said, f.Notes)
			}
		}
	}
}

func TestPeopleWithoutAWaveAreCounted(t *testing.T) {
	f := rollout.Measure(inWaves(line(20, 10), []model.Wave{{ID: "A", From: at(1, 0), To: at(71, 0)}}, "A"), 0)
	if none := f.Wave(""); none == nil || none.Staff != 10 || len(none.Areas) != 1 || none.Areas[0].Code != "B" {
		t.Errorf("people without a wave: %+v", none)
	}
	if f.Wave("Z") != nil {
		t.Error("found a wave that is not there")
	}
}

func TestAnEmptyProgrammeIsMeasured(t *testing.T) {
	for _, p := range []*model.Problem{{}, {Tiers: []model.Tier{{ID: "staff"}}, Waves: []model.Wave{{ID: "A", From: at(1, 0), To: at(2, 0)}}}} {
		if f := rollout.Measure(p, 1); len(f.Notes) > 0 || len(f.Weeks) > 0 {
			t.Errorf("an empty programme has %d weeks and notes %v", len(f.Weeks), f.Notes)
		}
	}
}
