package model_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kaskad/model"
)

// led is a world with leaders trained and one staff seminar published, S00002 on 8 March.
func led(t *testing.T, more ...model.Seminar) *world {
	w := newWorld(t, programme())
	w.publish("w", append([]model.Seminar{training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1")}, more...)...)
	return w
}

func TestMovingByHandTellsPeopleAndCanBeUndone(t *testing.T) {
	w := led(t)
	w.must(boss, model.MoveSeminar{Seminar: "S00002", Slot: "15-8", Venue: "far", Now: at(2, 0)})
	if x := w.state.Seminars["S00002"]; x.Slot != "15-8" || x.Venue != "far" {
		t.Errorf("moved to %s at %s", x.Slot, x.Venue)
	}
	if seat := notice(t, w.state, "s0", "S00002")[0]; seat.Sequence != 1 || seat.Cancelled {
		t.Errorf("seat %+v, want an update", seat)
	}
	w.must(boss, model.Undo{Edit: "E00001"})
	if x := w.state.Seminars["S00002"]; x.Slot != "8-8" || x.Venue != "near" {
		t.Errorf("undone, it is %s at %s", x.Slot, x.Venue)
	}
	if seat := notice(t, w.state, "s0", "S00002")[0]; seat.Sequence != 2 {
		t.Errorf("seat %+v, want another update: sequences never fall", seat)
	}
	w.must(boss, model.Undo{Edit: "E00002"}) // redo
	if x := w.state.Seminars["S00002"]; x.Slot != "15-8" {
		t.Errorf("redone, it is %s", x.Slot)
	}
}

func TestCancellingByHandAndBack(t *testing.T) {
	w := led(t)
	w.must(boss, model.CancelSeminar{Seminar: "S00002"})
	if seat := notice(t, w.state, "s0", "S00002")[0]; !seat.Cancelled || seat.Sequence != 1 || seat.Slot != "8-8" {
		t.Errorf("seat %+v, want a cancellation of what it was", seat)
	}
	w.must(boss, model.Undo{Edit: "E00001"})
	if seats := notice(t, w.state, "s0", "S00002"); len(seats) != 2 || seats[1].Cancelled || w.state.Seminars["S00002"].Cancelled {
		t.Errorf("seats %+v, want a new invitation", seats)
	}
}

func TestUndoSaysWhenSomebodyWasThereSince(t *testing.T) {
	w := led(t)
	w.must(boss, model.MoveSeminar{Seminar: "S00002", Slot: "15-8"})
	w.must(boss, model.HandBack{Person: "l0", Seminar: "S00002"})
	var e *model.Error
	if err := w.do(boss, model.Undo{Edit: "E00001"}); !errors.As(err, &e) || e.Key != "error.edited-since" {
		t.Errorf("undo: %v, want error.edited-since", err)
	}
	if err := w.do(boss, model.Undo{Edit: "E00099"}); model.CodeOf(err) != model.NotFound {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestSwappingTimes(t *testing.T) {
	w := led(t, seminar("n3", "staff", "law", "15-8", "far", "l1", "s2", "s3"))
	w.must(boss, model.SwapSlots{A: "S00002", B: "S00003"})
	if a, b := w.state.Seminars["S00002"], w.state.Seminars["S00003"]; a.Slot != "15-8" || b.Slot != "8-8" || a.Venue != "near" {
		t.Errorf("swapped: %+v and %+v", a, b)
	}
	w.must(boss, model.Undo{Edit: "E00001"})
	if w.state.Seminars["S00002"].Slot != "8-8" {
		t.Error("not undone")
	}
}

// TestObstaclesNameTheRule moves or staffs the one staff seminar where a rule stands against it.
func TestObstaclesNameTheRule(t *testing.T) {
	move := func(slot, venue string) model.Command {
		return model.MoveSeminar{Seminar: "S00002", Slot: slot, Venue: venue}
	}
	lead := func(who ...string) model.Command { return model.ChangeLeaders{Seminar: "S00002", Leaders: who} }
	other := seminar("n3", "staff", "ethics", "15-8", "far", "l1", "s0", "s2")
	for _, c := range []struct {
		name  string
		setup func(p *model.Problem)
		more  []model.Seminar
		act   model.Command
		want  []string // text keys; none: it is allowed
	}{
		{"nothing stands against it", nil, nil, move("15-8", "far"), nil},
		{"somebody is away", func(p *model.Problem) { p.People[0].Closed = []model.Interval{{From: at(15, 0), To: at(16, 0)}} }, nil, move("15-8", ""), []string{"edit.away"}},
		{"in another seminar", nil, []model.Seminar{other}, move("15-8", ""), []string{"edit.busy"}},
		{"one day too few between", func(p *model.Problem) { p.Tiers[1].GapDays = 8 }, []model.Seminar{other}, move("8-13", ""), []string{"edit.gap"}},
		{"wrong order", func(p *model.Problem) { p.Tiers[1].GapDays = 0 }, []model.Seminar{other}, move("15-13", ""), []string{"edit.order"}},
		{"the venue is closed", func(p *model.Problem) { p.Venues[1].Closed = []model.Interval{{From: at(8, 0), To: at(9, 0)}} }, nil, move("", "far"), []string{"edit.venue-closed"}},
		{"the venue is full", nil, []model.Seminar{other}, move("15-8", "far"), []string{"edit.venue-full", "edit.busy"}},
		{"the venue is too small", func(p *model.Problem) { p.Venues[1].Capacity = 1 }, nil, move("", "far"), []string{"edit.too-small"}},
		{"the slot is too short", func(p *model.Problem) { p.Slots[3].End = p.Slots[3].Start.Add(time.Hour) }, nil, move("8-13", ""), []string{"edit.too-short"}},
		{"outside the wave", func(p *model.Problem) { p.Waves[0].To = at(14, 0) }, nil, move("15-8", ""), []string{"edit.outside-wave", "edit.outside-wave"}},
		{"too far", func(p *model.Problem) { ten := 10; p.People[0].MaxTravel = &ten }, nil, move("", "far"), []string{"edit.too-far"}},
		{"not online", func(p *model.Problem) { p.Venues[1].Online = true }, nil, move("", "far"), []string{"edit.not-online"}},
		{"the unit cannot spare them", func(p *model.Problem) { one := 1; p.Units[1].MaxAway = &one }, []model.Seminar{seminar("n3", "staff", "law", "15-8", "far", "x", "s3")},
			move("15-8", ""), []string{"edit.unit-full"}},
		{"leaders are trained too late", nil, nil, model.MoveSeminar{Seminar: "S00001", Slot: "8-8"}, []string{"edit.venue-full", "edit.busy", "edit.leads-sooner"}},
		{"the other leader", nil, nil, lead("l1"), nil},
		{"nobody", nil, nil, lead(), nil},
		{"who is no leader", nil, nil, lead("s2"), []string{"edit.no-leader"}},
		{"who does not lead the tier", nil, nil, lead("x"), []string{"edit.other-module"}},
		{"who attends it", func(p *model.Problem) { p.People[1].Leads = p.People[4].Leads }, nil, lead("s1"), []string{"edit.in-it", "edit.not-trained"}},
		{"who may lead later", func(p *model.Problem) { l := *p.People[5].Leads; l.From = at(9, 0); p.People[5].Leads = &l }, nil, lead("l1"), []string{"edit.leads-later"}},
		{"who leads enough that day", nil, []model.Seminar{seminar("n3", "staff", "law", "8-13", "near", "l1", "s2")}, lead("l1"), []string{"edit.day-full"}},
		{"who cannot get there", func(p *model.Problem) { p.People[5].Leads.MaxPerDay = nil; p.Slots[2].End = p.Slots[3].Start },
			[]model.Seminar{seminar("n3", "staff", "law", "8-13", "far", "l1", "s2")}, lead("l1"), []string{"edit.no-way"}},
		{"who has led all", func(p *model.Problem) {
			zero := 0
			p.People[5].Leads.MaxTotal, p.People[5].Leads.MaxPerWeek = &zero, &zero
		}, nil, lead("l1"), []string{"edit.week-full", "edit.all-led"}},
		{"who prepares still", func(p *model.Problem) { p.Tiers[0].PrepDays = 8 }, nil, lead("l1"), []string{"edit.not-prepared"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := programme()
			if p.People[4].Leads != p.People[5].Leads {
				own := *p.People[5].Leads
				p.People[5].Leads = &own
			}
			if c.setup != nil {
				c.setup(p)
			}
			w := newWorld(t, p)
			w.publish("w", append([]model.Seminar{training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1")}, c.more...)...)
			err := w.do(boss, c.act)
			var got []string
			var refused *model.Refusal
			if errors.As(err, &refused) {
				for _, e := range refused.Reasons {
					got = append(got, e.Key)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(slices.Compact(got), slices.Compact(slices.Clone(c.want))) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestEditsAreRefused(t *testing.T) {
	w := led(t)
	for name, c := range map[string]struct {
		act model.Command
		key string
	}{
		"no such seminar":   {model.MoveSeminar{Seminar: "S9", Slot: "8-8"}, "error.no-seminar"},
		"no such time":      {model.MoveSeminar{Seminar: "S00002", Slot: "9-9"}, "error.no-time"},
		"no such venue":     {model.MoveSeminar{Seminar: "S00002", Venue: "moon"}, "error.no-venue"},
		"nothing changes":   {model.MoveSeminar{Seminar: "S00002", Slot: "8-8"}, "error.no-change"},
		"it has begun":      {model.MoveSeminar{Seminar: "S00002", Slot: "15-8", Now: at(9, 0)}, "error.has-begun"},
		"into the past":     {model.MoveSeminar{Seminar: "S00002", Slot: "1-13", Now: at(2, 0)}, "error.has-begun"},
		"too many leaders":  {model.ChangeLeaders{Seminar: "S00002", Leaders: []string{"l0", "l1"}}, "error.too-many-leaders"},
		"with itself":       {model.SwapSlots{A: "S00002", B: "S00002"}, "error.swap-itself"},
		"with no seminar":   {model.SwapSlots{A: "S00002", B: "S9"}, "error.no-seminar"},
		"a seat nobody has": {model.SetLock{Seminar: "S00002", Lock: model.Lock{People: []string{"s3"}}}, "error.no-seat-to-lock"},
	} {
		var e *model.Error
		if err := w.do(boss, c.act); !errors.As(err, &e) || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestLocksHoldAgainstEdits(t *testing.T) {
	for key, c := range map[string]struct {
		lock model.Lock
		act  model.Command
	}{
		"error.locked-time":    {model.Lock{Time: true}, model.MoveSeminar{Seminar: "S00002", Slot: "15-8"}},
		"error.locked-place":   {model.Lock{Place: true}, model.MoveSeminar{Seminar: "S00002", Venue: "far"}},
		"error.locked-leaders": {model.Lock{Leaders: true}, model.ChangeLeaders{Seminar: "S00002", Leaders: []string{"l1"}}},
		"error.locked":         {model.Lock{People: []string{"s0"}}, model.CancelSeminar{Seminar: "S00002"}},
	} {
		w := led(t)
		w.must(boss, model.SetLock{Seminar: "S00002", Lock: c.lock})
		var e *model.Error
		if err := w.do(boss, c.act); !errors.As(err, &e) || e.Key != key {
			t.Errorf("%+v: %v, want %s", c.lock, err, key)
		}
		w.must(boss, model.SetLock{Seminar: "S00002"})
		if len(w.state.Locks) != 0 {
			t.Errorf("unlocked, %v is left", w.state.Locks)
		}
		w.must(boss, c.act)
	}
}

func TestALockedSeatIsNotTakenByHand(t *testing.T) {
	w := led(t)
	w.must(boss, model.SetLock{Seminar: "S00002", Lock: model.Lock{People: []string{"s0"}}})
	only := func(person string) model.Command {
		return model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S00002", "staff", "law", "8-8", "near", "l0", person)}}
	}
	var e *model.Error
	if err := w.do(boss, only("s1")); !errors.As(err, &e) || e.Key != "error.locked-seat" {
		t.Errorf("without s0: %v, want error.locked-seat", err)
	}
	w.must(boss, only("s0"))
}

func TestARepairPublishesItsDifferenceAndKeepsDrafts(t *testing.T) {
	p := programme()
	p.Waves = append(p.Waves, model.Wave{ID: "late", From: p.Waves[0].From, To: p.Waves[0].To})
	p.Units[1].Wave = "late"
	w := newWorld(t, p)
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0"), seminar("n3", "staff", "law", "15-8", "near", "l1", "s1", "s3"))
	w.must(boss, away("l0", 8))
	plan := w.state.RepairStart()
	for i := range plan.Seminars {
		if plan.Seminars[i].Slot == "8-8" {
			plan.Seminars[i].Leaders = []string{"l1"}
		}
	}
	base := w.state.Seq
	published := len(w.state.Seminars)
	w.must(boss, model.PublishRepair{Plan: plan, Base: base})
	if len(w.state.Seminars) != published || w.state.DraftStale() || w.state.DraftOutdated() {
		t.Errorf("%d seminars published (was %d), draft stale %t, outdated %t", len(w.state.Seminars), published, w.state.DraftStale(), w.state.DraftOutdated())
	}
	standings := map[model.Standing]int{}
	for _, x := range w.state.Working() {
		standings[x.Standing]++
	}
	if standings[model.AsPublished] != published || standings[model.Drafted] != 3-published || len(standings) > 2 {
		t.Errorf("after the repair: %v", standings)
	}
	if err := w.do(boss, model.PublishRepair{Plan: plan, Base: w.state.Seq}); model.CodeOf(err) != model.Conflict {
		t.Errorf("the same again: %v, want a conflict", err)
	}
	w.must(boss, away("l1", 20))
	if err := w.do(boss, model.PublishRepair{Plan: plan, Base: base}); model.CodeOf(err) != model.Conflict {
		t.Errorf("from an older State: %v, want a conflict", err)
	}
}

func TestWhatCouldNotBeMetIsTriedAgainAfterSomethingHasHappened(t *testing.T) {
	w := newWorld(t, programme())
	plan := &model.Plan{Format: model.PlanFormat, Problem: "x", Seminars: []model.Seminar{training()}, Unmet: []model.Unmet{{Person: "s0", Module: "law", Reason: "away"}}}
	w.must(boss, model.SaveDraft{Plan: plan, Base: w.state.Seq})
	if n := len(w.state.KnownUnmet()); n != 1 || len(w.state.RepairStart().Unmet) != 1 {
		t.Errorf("%d needs are known to be unmet, want the draft's one", n)
	}
	w.must(boss, away("s1", 8))
	if n := len(w.state.KnownUnmet()); n != 0 || len(w.state.RepairStart().Unmet) != 0 {
		t.Errorf("%d needs are known to be unmet after something has happened, want none", n)
	}
}

func TestAStaleDraftKeepsWhatNobodyHasBeenToldOf(t *testing.T) {
	p := programme()
	p.Waves = append(p.Waves, model.Wave{ID: "late", From: p.Waves[0].From, To: p.Waves[0].To})
	p.Units[1].Wave = "late"
	w := newWorld(t, p)
	w.publish("w", seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s2"), seminar("n3", "staff", "law", "15-8", "near", "l1", "s1", "s3"))
	w.must(boss, model.MoveSeminar{Seminar: "S00001", Venue: "far"})
	var drafted, published []string
	for _, x := range w.state.Working() {
		if x.Standing == model.Drafted {
			drafted = append(drafted, x.ID)
		} else {
			published = append(published, x.ID+"@"+x.Venue)
		}
	}
	if !slices.Equal(drafted, []string{"n3"}) || !slices.Equal(published, []string{"S00001@far"}) {
		t.Errorf("drafted %v, published %v", drafted, published)
	}
}

// A cancelled seminar holds nobody in the register; undone, it must not bring
// back who is no longer in it.
func TestUndoBringsNobodyBackIntoTheRegister(t *testing.T) {
	w := taught(t)
	w.must(boss, model.CancelSeminar{Seminar: "S00002"})
	w.must(boss, model.MergePeople{Keep: "s0", Gone: "s1"})
	err := w.do(boss, model.Undo{Edit: "E00001"})
	if e, ok := err.(*model.Error); !ok || e.Key != "error.edit-roster" || !w.state.Seminars["S00002"].Cancelled {
		t.Errorf("undone: %v", err)
	}
}
