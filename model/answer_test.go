package model_test

import (
	"slices"
	"testing"
	"time"

	"kaskad/model"
)

func answer(person, seminar string, sequence int, a model.Answer, stamp int64) model.GiveAnswer {
	return model.GiveAnswer{Person: person, Seminar: seminar, Sequence: sequence, Answer: a, Stamp: stamp}
}

func staffer(person string) model.Actor { return model.Actor{Person: person, Role: model.Staff} }

func TestDecliningFreesTheSeat(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	w.must(staffer("s0"), answer("s0", "S00002", 0, model.Declined, 10))
	if got := w.state.Seminars["S00002"].Attendees; !slices.Equal(got, []string{"s1"}) {
		t.Errorf("attendees %v, want s1 alone", got)
	}
	seat := notice(t, w.state, "s0", "S00002")[0]
	if !seat.Cancelled || seat.Answer != model.Declined || seat.Slot != "15-8" || seat.Sequence != 1 {
		t.Errorf("seat %+v; want it cancelled, with what it was for", seat)
	}
	if got := w.state.Waiting(); len(got) != 1 || got[0].Person != "s0" || got[0].Module != "law" {
		t.Errorf("waiting list %+v, want s0 for law", got)
	}
	if w.state.DraftStale() {
		t.Error("a seat given up makes the whole draft stale")
	}
	for _, x := range w.state.Working() {
		if x.Standing != model.AsPublished {
			t.Errorf("%s is %s: publishing again would book s0 once more", x.ID, x.Standing)
		}
	}
}

func TestALeaderWhoDeclinesLeavesTheSeminarOpen(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	w.must(model.Actor{Person: "l0", Role: model.Leader}, answer("l0", "S00002", 0, model.Declined, 10))
	if !w.state.Seminars["S00002"].Open(w.state.Roster) || !w.state.DraftStale() {
		t.Error("the seminar has a leader still, or the draft counts on the one who declined")
	}
}

func TestAnswersAreKeptOrRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		give  model.GiveAnswer
		by    model.Actor
		code  model.Code
		after model.Answer
	}{
		{"accepted", answer("s0", "S00002", 1, model.Accepted, 20), staffer("s0"), "", model.Accepted},
		{"perhaps", answer("s0", "S00002", 1, model.Tentative, 20), model.System, "", model.Tentative},
		{"to a newer version than ours", answer("s0", "S00002", 2, model.Accepted, 20), staffer("s0"), "", model.Accepted},
		{"to an earlier version", answer("s0", "S00002", 0, model.Accepted, 20), staffer("s0"), model.Conflict, ""},
		{"by somebody else", answer("s0", "S00002", 1, model.Accepted, 20), staffer("s1"), model.Forbidden, ""},
		{"without a seat", answer("s3", "S00002", 1, model.Accepted, 20), staffer("s3"), model.NotFound, ""},
		{"to no seminar", answer("s0", "S00009", 1, model.Accepted, 20), staffer("s0"), model.NotFound, ""},
		{"with an answer there is not", answer("s0", "S00002", 1, "delegated", 20), staffer("s0"), model.Invalid, ""},
	} {
		w := newWorld(t, programme())
		w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
		w.must(staffer("s0"), answer("s0", "S00002", 0, model.Accepted, 5))
		first, id := training(), "S00002"
		first.ID = "S00001"
		w.publish("w", first, seminar(id, "staff", "law", "15-8", "near", "l0", "s0", "s1"))
		if got := notice(t, w.state, "s0", id)[0]; got.Sequence != 1 || got.Answer != "" {
			t.Fatalf("after a move the seat is %+v; want sequence 1 and no answer", got)
		}
		if err := w.do(c.by, c.give); model.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
		if got := notice(t, w.state, "s0", id)[0]; got.Answer != c.after {
			t.Errorf("%s: answer %q, want %q", c.name, got.Answer, c.after)
		}
	}
}

func TestAnOlderAnswerDoesNotUndoANewer(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("n", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	w.must(staffer("s0"), answer("s0", "S00001", 0, model.Accepted, 20))
	if err := w.do(staffer("s0"), answer("s0", "S00001", 0, model.Declined, 19)); model.CodeOf(err) != model.Conflict {
		t.Errorf("a decline given before the acceptance: %v, want a conflict", err)
	}
	seq := w.state.Seq
	d, err := w.state.Decide(staffer("s0"), answer("s0", "S00001", 0, model.Accepted, 20))
	if err != nil || len(d.Events) != 0 {
		t.Errorf("the same answer again: %v, %v after entry %d; want nothing new", d.Events, err, seq)
	}
}

func TestBookingAnotherSeatAfterDeclining(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("a", "staff", "law", "8-8", "near", "l0", "s0", "s1"), seminar("b", "staff", "law", "15-8", "near", "l1", "s2"),
		seminar("c", "staff", "ethics", "15-13", "near", "x", "s3"))
	now := time.Date(2027, 1, 3, 0, 0, 0, 0, time.UTC)
	w.must(staffer("s0"), answer("s0", "S00001", 0, model.Declined, 10))
	offers := w.state.SeatsFor("s0", "law", now, 5)
	if len(offers) != 1 || offers[0].ID != "S00002" {
		t.Fatalf("offers %v, want S00002 alone: S00001 was declined", offers)
	}
	w.must(staffer("s0"), model.BookSeat{Person: "s0", Seminar: "S00002"})
	if got := w.state.Waiting(); len(got) != 0 {
		t.Errorf("waiting list %v after booking, want none", got)
	}
	if w.state.DraftStale() {
		t.Error("a booking that nothing drafted speaks against makes the draft stale")
	}
	for _, x := range w.state.Working() {
		if x.Standing != model.AsPublished {
			t.Errorf("%s is %s: publishing again would undo the booking", x.ID, x.Standing)
		}
	}
	if err := w.do(staffer("s0"), model.BookSeat{Person: "s0", Seminar: "S00001"}); model.CodeOf(err) != model.Infeasible {
		t.Errorf("a second seat in the module: %v, want infeasible", err)
	}
	if err := w.do(staffer("s1"), model.BookSeat{Person: "s0", Seminar: "S00001"}); model.CodeOf(err) != model.Forbidden {
		t.Errorf("booking for somebody else: %v, want forbidden", err)
	}
}

func TestABookingBesideOtherPlansMakesTheDraftStale(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("a", "staff", "law", "1-8", "near", "l0", "s0", "s1"), seminar("b", "staff", "law", "1-13", "near", "l1", "s2"))
	w.must(staffer("s0"), answer("s0", "S00001", 0, model.Declined, 10))
	w.draft(seminar("S00001", "staff", "law", "1-8", "near", "l0", "s1"), seminar("S00002", "staff", "law", "1-13", "near", "l1", "s2"),
		seminar("new", "staff", "law", "15-8", "near", "l0", "s0"))
	w.must(staffer("s0"), model.BookSeat{Person: "s0", Seminar: "S00002"})
	if !w.state.DraftStale() {
		t.Error("the draft plans a second seat in the module, and can be published")
	}
}

func TestCannotAttendNamesTheRule(t *testing.T) {
	person := func(p *model.Problem) *model.Person { return &p.People[0] }
	farAway := func(p *model.Problem, more int) { // s0 may travel more minutes than the way takes
		p.Units[0].Lat = 57.8
		limit := p.Programme.Travel.Minutes(57.8, p.Units[0].Lon, p.Venues[0].Lat, p.Venues[0].Lon) + more
		person(p).MaxTravel = &limit
	}
	for _, c := range []struct {
		name  string
		setup func(p *model.Problem)
		id    string
		want  string // text key; "" means it is allowed
	}{
		{"free", func(*model.Problem) {}, "S00002", ""},
		{"no need", func(p *model.Problem) { person(p).Needs = []string{"ethics"} }, "S00002", "attend.no-need"},
		{"of another tier", func(*model.Problem) {}, "S00001", "attend.no-need"},
		{"full to the last seat", func(p *model.Problem) { p.Venues[0].Capacity = 2 }, "S00002", "attend.full"},
		{"one seat left", func(p *model.Problem) { p.Venues[0].Capacity = 3 }, "S00002", ""},
		{"away", func(p *model.Problem) {
			person(p).Closed = []model.Interval{{From: p.Slots[2].Start, To: p.Slots[2].End}}
		}, "S00002", "lead.away"},
		{"second module first", func(*model.Problem) {}, "S00003", "attend.earlier-first"},
		{"second module first, in a free order", func(p *model.Problem) { p.Tiers[1].Order = model.Free }, "S00003", ""},
		{"in another wave", func(p *model.Problem) { p.Waves[0].To = p.Slots[2].End.Add(-time.Minute) }, "S00002", "attend.other-wave"},
		{"too far", func(p *model.Problem) { farAway(p, -1) }, "S00002", "attend.too-far"},
		{"just near enough", func(p *model.Problem) { farAway(p, 0) }, "S00002", ""},
		{"done too recently", func(p *model.Problem) {
			person(p).Done = []model.Done{{Module: "ethics", Start: p.Slots[2].Start.AddDate(0, 0, -6)}}
			p.Tiers[1].Order = model.Free
		}, "S00002", "attend.gap"},
		{"done just long enough ago", func(p *model.Problem) {
			person(p).Done = []model.Done{{Module: "ethics", Start: p.Slots[2].Start.AddDate(0, 0, -7)}}
			p.Tiers[1].Order = model.Free
		}, "S00002", ""},
		{"unit cannot spare another", func(p *model.Problem) { one := 1; p.Units[0].MaxAway = &one }, "S00002", "lead.unit-full"},
	} {
		p := programme()
		c.setup(p)
		w := newWorld(t, p)
		w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "x", "s2", "s3"), seminar("n3", "staff", "ethics", "15-8", "near", "x", "s1"))
		got := ""
		if reason := w.state.CannotAttend("s0", w.state.Seminars[c.id]); reason != nil {
			got = reason.Key
		}
		if got != c.want {
			t.Errorf("%s: reason %q, want %q", c.name, got, c.want)
		}
	}
}

func TestThePlannerIsToldWhatWasDeclined(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", seminar("a", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	w.must(staffer("s0"), answer("s0", "S00001", 0, model.Declined, 10))
	slot := w.state.Roster.Slots["8-8"]
	p := w.state.PlanningProblem(time.Time{})
	if want := []model.Interval{{From: slot.Start, To: slot.End}}; !slices.Equal(p.People[0].Closed, want) {
		t.Errorf("s0 is closed at %v, want %v", p.People[0].Closed, want)
	}
	if len(w.state.Roster.Problem.People[0].Closed) != 0 {
		t.Error("the roster itself was changed")
	}
}
