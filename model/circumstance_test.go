package model_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kaskad/model"
)

func at(day, hour int) time.Time { return time.Date(2027, 3, day, hour, 0, 0, 0, time.UTC) }

func away(person string, day int) model.Record {
	return model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: person, From: at(day, 0), To: at(day+1, 0)}}
}

func roster(t testing.TB, s *model.State) []byte {
	t.Helper()
	data, err := json.Marshal(s.Roster.Problem)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// every circumstance that the small programme can meet, and what it must change.
func circumstances() map[string]struct {
	what model.Circumstance
	done func(*model.Roster) bool
} {
	one := 1
	closed := func(list []model.Interval, from, to time.Time) bool {
		return slices.ContainsFunc(list, func(x model.Interval) bool { return !from.Before(x.From) && !x.To.Before(to) })
	}
	type c = struct {
		what model.Circumstance
		done func(*model.Roster) bool
	}
	return map[string]c{
		"away": {away("l0", 8).Circumstance, func(r *model.Roster) bool {
			return closed(r.People["l0"].Closed, at(8, 0), at(9, 0)) && !closed(r.People["l0"].Closed, at(9, 0), at(10, 0))
		}},
		"stops leading": {model.Circumstance{Kind: model.LeaderStops, Person: "l0", From: at(8, 0)}, func(r *model.Roster) bool {
			return closed(r.People["l0"].Closed, at(8, 0), at(31, 0))
		}},
		"leaves": {model.Circumstance{Kind: model.PersonLeaves, Person: "s0", From: at(8, 0)}, func(r *model.Roster) bool {
			return len(r.Needs(r.People["s0"])) == 0
		}},
		"venue closed": {model.Circumstance{Kind: model.VenueClosed, Venue: "near", From: at(8, 0), To: at(9, 0)}, func(r *model.Roster) bool {
			return closed(r.Venues["near"].Closed, at(8, 0), at(9, 0))
		}},
		"venue lost": {model.Circumstance{Kind: model.VenueClosed, Venue: "near", From: at(8, 0)}, func(r *model.Roster) bool {
			return closed(r.Venues["near"].Closed, at(8, 0), at(31, 0))
		}},
		"unit spares": {model.Circumstance{Kind: model.UnitSpares, Unit: "v", MaxAway: &one}, func(r *model.Roster) bool {
			return *r.Units["v"].MaxAway == 1
		}},
		"join": {model.Circumstance{Kind: model.PeopleJoin, People: []model.Person{{ID: "new", Unit: "u", Tier: "staff"}}}, func(r *model.Roster) bool {
			return len(r.Needs(r.People["new"])) == 2
		}},
	}
}

func TestCircumstancesAmendTheRosterAndCanBeTakenBack(t *testing.T) {
	for name, c := range circumstances() {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, programme())
			w.publish("w", training())
			before := roster(t, w.state)
			w.must(boss, model.Record{Circumstance: c.what})
			if !c.done(w.state.Roster) {
				t.Errorf("the roster does not show it: %s", roster(t, w.state))
			}
			if len(w.state.Circumstances) != 1 || w.state.Circumstances[0].ID != "C00001" || w.state.Circumstances[0].At != w.now {
				t.Errorf("in force: %+v", w.state.Circumstances)
			}
			w.must(boss, model.Withdraw{ID: "C00001"})
			if !bytes.Equal(roster(t, w.state), before) || len(w.state.Circumstances) != 0 {
				t.Error("taken back, it still shows in the roster")
			}
			if err := w.do(boss, model.Withdraw{ID: "C00001"}); model.CodeOf(err) != model.NotFound {
				t.Errorf("taken back twice: %v", err)
			}
		})
	}
}

func TestCircumstancesAreChecked(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training())
	for name, c := range map[string]struct {
		what model.Circumstance
		key  string
	}{
		"nobody":            {model.Circumstance{Kind: model.PersonAway, Person: "?", From: at(1, 0), To: at(2, 0)}, "error.no-person"},
		"no beginning":      {model.Circumstance{Kind: model.PersonAway, Person: "s0", To: at(2, 0)}, "error.no-from"},
		"ends before":       {model.Circumstance{Kind: model.PersonAway, Person: "s0", From: at(2, 0), To: at(2, 0)}, "error.from-to"},
		"no leader":         {model.Circumstance{Kind: model.LeaderStops, Person: "s0", From: at(2, 0)}, "lead.no-leader"},
		"no venue":          {model.Circumstance{Kind: model.VenueClosed, Venue: "?", From: at(2, 0)}, "error.no-venue"},
		"no unit":           {model.Circumstance{Kind: model.UnitSpares, Unit: "?"}, "error.no-unit"},
		"nobody joins":      {model.Circumstance{Kind: model.PeopleJoin}, "error.nobody-joins"},
		"joins again":       {model.Circumstance{Kind: model.PeopleJoin, People: []model.Person{{ID: "s0", Unit: "u"}}}, "error.person-exists"},
		"an unknown matter": {model.Circumstance{Kind: "rain", From: at(1, 0)}, "error.no-such-event"},
	} {
		err := w.do(boss, model.Record{Circumstance: c.what})
		if e, ok := err.(*model.Error); !ok || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	joins := model.Record{Circumstance: model.Circumstance{Kind: model.PeopleJoin, People: []model.Person{{ID: "new", Unit: "nowhere", Tier: "staff"}}}}
	if err := w.do(boss, joins); model.CodeOf(err) != model.Invalid {
		t.Errorf("somebody of an unknown unit joins: %v", err)
	}
	for _, c := range []model.Command{away("s0", 8), model.Withdraw{ID: "C00001"}, model.SetLock{}, model.PublishRepair{}, model.Undo{},
		model.MoveSeminar{Seminar: "S00001", Slot: "8-8"}, model.CancelSeminar{Seminar: "S00001"}} {
		if err := w.do(model.Actor{Person: "l0", Role: model.Leader}, c); model.CodeOf(err) != model.Forbidden {
			t.Errorf("%T by a leader: %v, want forbidden", c, err)
		}
	}
}

func TestWhoLeavesKeepsWhatWasAttended(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("a", "staff", "law", "1-8", "near", "l0", "s0", "s1"), seminar("b", "staff", "ethics", "15-8", "near", "l0", "s0", "s1"))
	w.must(boss, model.Record{Circumstance: model.Circumstance{Kind: model.PersonLeaves, Person: "s0", From: at(8, 0)}})
	p := w.state.PlanningProblem(at(8, 0))
	who := p.People[slices.IndexFunc(p.People, func(x model.Person) bool { return x.ID == "s0" })]
	if !slices.Equal(who.Needs, []string{"law"}) {
		t.Errorf("the planner is told that s0 needs %v, want what was attended", who.Needs)
	}
	if got := p.Published.Seminars[1].Attendees; !slices.Equal(got, []string{"s1"}) {
		t.Errorf("the later seminar has %v, want s1 alone", got)
	}
	if !w.state.HasLeft("s0", at(8, 0)) || w.state.HasLeft("s0", at(7, 0)) || w.state.HasLeft("s1", at(9, 0)) {
		t.Error("HasLeft is wrong about somebody")
	}
	if got := w.state.Seminars["S00002"].Attendees; len(got) != 2 {
		t.Errorf("what is published was touched: %v", got)
	}
}

func TestADraftOfOtherCircumstancesIsNotPublished(t *testing.T) {
	w := newWorld(t, programme())
	w.draft(training())
	w.must(boss, away("s0", 8))
	if err := w.do(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref}); model.CodeOf(err) != model.Conflict || !w.state.DraftOutdated() {
		t.Errorf("publish: %v, want a conflict", err)
	}
	w.draft(training())
	w.must(boss, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
}

func TestWhoJoinedAndHasASeatStays(t *testing.T) {
	w := newWorld(t, programme())
	w.must(boss, model.Record{Circumstance: circumstances()["join"].what})
	w.draft(seminar("a", "staff", "law", "8-8", "near", "l0", "new"))
	w.must(boss, model.Withdraw{ID: "C00001"})
	if w.state.Draft != nil {
		t.Error("a draft names somebody who is gone")
	}
	w.must(boss, model.Record{Circumstance: circumstances()["join"].what})
	w.publish("w", seminar("a", "staff", "law", "8-8", "near", "l0", "new"))
	if err := w.do(boss, model.Withdraw{ID: "C00002"}); model.CodeOf(err) != model.Conflict {
		t.Errorf("taking back somebody with a seat: %v, want a conflict", err)
	}
}

func TestANewRosterKeepsWhatHasHappened(t *testing.T) {
	w := newWorld(t, programme())
	w.must(boss, away("l0", 8))
	w.must(boss, model.Record{Circumstance: circumstances()["join"].what})
	with := programme()
	with.People = append(with.People, model.Person{ID: "new", Unit: "v", Tier: "staff"}) // now in the roster itself
	with.People = slices.DeleteFunc(with.People, func(p model.Person) bool { return p.ID == "l0" })
	w.must(boss, model.LoadProgramme{Problem: with})
	if w.state.Roster.People["l0"] != nil || w.state.Roster.People["new"].Unit != "v" {
		t.Error("circumstances outlive the people they were about")
	}
}

// randomChange is one step of the random walk: something happens, is taken back, or is done by hand.
func randomChange(rt *rapid.T, w *world) {
	ids := w.seminarIDs()
	slot := func() string { return w.state.Roster.Problem.Slots[rapid.IntRange(0, 5).Draw(rt, "to")].ID }
	var c model.Command
	switch rapid.IntRange(0, 9).Draw(rt, "change") {
	case 0:
		c = away(rapid.SampledFrom([]string{"s0", "l0"}).Draw(rt, "who"), rapid.IntRange(1, 15).Draw(rt, "day"))
	case 1:
		c = model.Record{Circumstance: circumstances()[rapid.SampledFrom([]string{"leaves", "venue lost", "unit spares", "join"}).Draw(rt, "event")].what}
	case 2:
		if len(w.state.Circumstances) > 0 {
			c = model.Withdraw{ID: rapid.SampledFrom(w.state.Circumstances).Draw(rt, "back").ID}
		}
	case 3:
		if len(w.state.Edits) > 0 {
			c = model.Undo{Edit: rapid.SampledFrom(w.state.Edits).Draw(rt, "undo").ID}
		}
	default:
		if len(ids) == 0 {
			return
		}
		id := rapid.SampledFrom(ids).Draw(rt, "edited")
		c = rapid.SampledFrom([]model.Command{model.MoveSeminar{Seminar: id, Slot: slot()}, model.MoveSeminar{Seminar: id, Venue: "far"},
			model.ChangeLeaders{Seminar: id, Leaders: []string{"l1"}}, model.CancelSeminar{Seminar: id}, model.SwapSlots{A: id, B: ids[0]},
			model.SetLock{Seminar: id, Lock: model.Lock{Time: true}}, model.PublishRepair{Plan: w.state.RepairStart(), Base: w.state.Seq},
			model.TakeAttendance{Seminar: id, Absent: []string{"s0"}, Now: at(31, 0)}}).Draw(rt, "edit")
	}
	if c != nil {
		_ = w.do(boss, c) // refused is as good
	}
}

func (w *world) seminarIDs() (ids []string) {
	for id := range w.state.Seminars {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
