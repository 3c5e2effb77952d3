package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

func hours(day, from, to int) model.Interval {
	return model.Interval{From: time.Date(2027, 3, day, from, 0, 0, 0, time.UTC), To: time.Date(2027, 3, day, to, 0, 0, 0, time.UTC)}
}

func randomBusy(rt *rapid.T, w *world, person string) {
	owner := rapid.SampledFrom([]model.BusyOwner{{Person: person}, {Venue: "near"}}).Draw(rt, "owner")
	times := []model.Interval{hours(8, 8, 9), hours(15, 13, 14)}[:rapid.IntRange(0, 2).Draw(rt, "times")]
	w.must(boss, model.TakeBusy{Owner: owner, Times: times})
}

func TestBusyTimesCloseWhatThePlannerSees(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "x", "s0"))
	me := model.Actor{Person: "l0", Role: model.Leader}
	w.must(me, model.TakeBusy{Owner: model.BusyOwner{Person: "l0"}, Times: []model.Interval{hours(15, 9, 10)}})
	w.must(boss, model.TakeBusy{Owner: model.BusyOwner{Venue: "far"}, Times: []model.Interval{hours(8, 0, 24)}})
	p := w.state.PlanningProblem(time.Time{})
	if got := w.state.Roster.People["l0"].Closed; len(got) != 1 || !got[0].From.Equal(hours(15, 9, 10).From) {
		t.Errorf("the leader is closed at %v", got)
	}
	if v := w.state.Roster.Venues["far"]; len(v.Closed) != 1 || len(p.Venues[1].Closed) != 1 {
		t.Errorf("the venue is closed at %v", v.Closed)
	}
	if reason := w.state.CannotLead("l0", w.state.Seminars["S00002"]); reason == nil || reason.Key != "lead.away" {
		t.Errorf("a leader who is busy can claim: %v", reason)
	}
	before := w.state.Roster.Slots["1-8"].Start
	w.must(boss, model.TakeBusy{Owner: model.BusyOwner{Person: "s0"}, Times: []model.Interval{hours(15, 10, 12)}})
	if list := w.state.BusyClashes(model.BusyOwner{Person: "s0"}, before); len(list) != 1 || list[0].ID != "S00002" {
		t.Errorf("the clashes are %v, want the one seminar", list)
	}
	for _, o := range []model.BusyOwner{{Person: "l0"}, {Venue: "far"}, {Person: "s1"}} {
		if list := w.state.BusyClashes(o, before); len(list) > 0 {
			t.Errorf("%+v clashes with %v", o, list[0].ID)
		}
	}
	if list := w.state.BusyClashes(model.BusyOwner{Person: "s0"}, hours(15, 9, 10).From); len(list) > 0 {
		t.Error("a seminar that has begun clashes")
	}
	w.must(boss, model.TakeBusy{Owner: model.BusyOwner{Person: "s0"}})
	d, err := w.state.Decide(me, model.TakeBusy{Owner: model.BusyOwner{Person: "l0"}, Times: []model.Interval{hours(15, 9, 10)}})
	if err != nil || len(d.Events) > 0 {
		t.Errorf("the same again: %v, %v", d.Events, err)
	}
	w.must(boss, model.LoadProgramme{Problem: programme()})
	if len(w.state.Roster.People["l0"].Closed) != 1 {
		t.Error("a newer roster forgets busy times")
	}
	w.must(me, model.TakeBusy{Owner: model.BusyOwner{Person: "l0"}})
	if len(w.state.Roster.People["l0"].Closed) != 0 || len(w.state.Calendars.Busy) != 1 {
		t.Error("busy times that were taken back still close")
	}
}

func TestWhoMayGiveBusyTimes(t *testing.T) {
	w := newWorld(t, programme())
	me := model.Actor{Person: "l0", Role: model.Leader}
	for name, c := range map[string]struct {
		owner model.BusyOwner
		times []model.Interval
		want  model.Code
	}{
		"another person's": {model.BusyOwner{Person: "l1"}, nil, model.Forbidden}, "a venue's": {model.BusyOwner{Venue: "near"}, nil, model.Forbidden},
		"nobody's": {model.BusyOwner{}, nil, model.Forbidden}, "the wrong way round": {model.BusyOwner{Person: "l0"}, []model.Interval{hours(8, 9, 8)}, model.Invalid},
		"no time at all": {model.BusyOwner{Person: "l0"}, []model.Interval{hours(8, 9, 9)}, model.Invalid},
	} {
		if err := w.do(me, model.TakeBusy{Owner: c.owner, Times: c.times}); model.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for _, owner := range []model.BusyOwner{{Person: "none"}, {Venue: "none"}, {Person: "l0", Venue: "near"}, {}} {
		if err := w.do(boss, model.TakeBusy{Owner: owner, Times: []model.Interval{hours(8, 8, 9)}}); model.CodeOf(err) != model.NotFound {
			t.Errorf("%+v: %v, want not found", owner, err)
		}
	}
}
