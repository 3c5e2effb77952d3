package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kaskad/model"
)

func TestArrangeTellsThoseItConcerns(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	w.must(boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S00002", "staff", "law", "15-13", "far", "l1", "s0", "s2")}})
	if x := w.state.Seminars["S00002"]; x.Slot != "15-13" || x.Venue != "far" || !slices.Equal(x.Leaders, []string{"l1"}) || x.Wave != "w" {
		t.Errorf("the seminar is %+v", x)
	}
	for person, want := range map[string]model.Seat{"s0": {Sequence: 1}, "s1": {Sequence: 1, Cancelled: true}, "s2": {}, "l0": {Sequence: 1, Cancelled: true}, "l1": {}} {
		if got := notice(t, w.state, person, "S00002")[0]; got.Sequence != want.Sequence || got.Cancelled != want.Cancelled {
			t.Errorf("seat of %s = %+v, want sequence %d, cancelled %t", person, got, want.Sequence, want.Cancelled)
		}
	}
	if !w.state.DraftStale() {
		t.Error("a draft made before is not stale")
	}
}

func TestArrangeIsRefused(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	now := seminar("S00002", "staff", "law", "15-13", "near", "l0", "s0", "s1")
	for _, tt := range []struct {
		what string
		by   model.Actor
		c    model.Arrange
		code model.Code
	}{
		{"by staff", model.Actor{Person: "s0", Role: model.Staff}, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{now}}, model.Forbidden},
		{"for an older State", boss, model.Arrange{Seq: w.state.Seq - 1, Seminars: []model.Seminar{now}}, model.Conflict},
		{"of nothing", boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S00002", "staff", "law", "15-8", "near", "l0", "s0", "s1")}}, model.Conflict},
		{"of no seminar", boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S9", "staff", "law", "15-8", "near", "l0", "s0")}}, model.NotFound},
		{"to no slot", boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S00002", "staff", "law", "never", "near", "l0", "s0")}}, model.NotFound},
	} {
		if err := w.do(tt.by, tt.c); model.CodeOf(err) != tt.code {
			t.Errorf("arranged %s: %v, want %s", tt.what, err, tt.code)
		}
	}
}

// Whatever is arranged, calendars are told and a snapshot holds the whole State.
func TestArrangedStatesSurviveTheirSnapshot(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, programme())
		w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			before := w.state
			x := seminar("S00002", "staff", "law", rapid.SampledFrom([]string{"8-8", "15-8", "15-13"}).Draw(rt, "slot"),
				rapid.SampledFrom([]string{"near", "far"}).Draw(rt, "venue"), rapid.SampledFrom([]string{"l0", "l1"}).Draw(rt, "leader"))
			x.Attendees = []string{}
			for _, p := range []string{"s0", "s1", "s2"} {
				if rapid.Bool().Draw(rt, p) {
					x.Attendees = append(x.Attendees, p)
				}
			}
			_ = w.do(boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{x}}) // refused is as good
			checkSeats(rt, before, w.state)
			checkSnapshot(rt, w)
		}
	})
}

// Somebody who is away from a seminar anyhow does not keep it from being
// arranged otherwise at its time.
func TestArrangeOverlooksAFaultThatWasThere(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "15-8", "near", "l0", "s0", "s1"))
	from, to := w.state.Roster.Span(&w.state.Seminars["S00002"].Seminar)
	w.must(boss, model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: "s0", From: from, To: to}})
	w.must(boss, model.Arrange{Seq: w.state.Seq, Seminars: []model.Seminar{seminar("S00002", "staff", "law", "15-8", "near", "l1", "s0", "s1")}})
}
