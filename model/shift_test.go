package model_test

import (
	"testing"

	"kaskad/model"
)

func TestShiftingSeminarsByAWeek(t *testing.T) {
	w := newWorld(t, programme())
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s2"), seminar("n3", "staff", "law", "15-8", "near", "l0", "s1", "s3"))
	got := w.state.Shifts([]string{"S00002", "S00003", "S9"}, 1, at(1, 0))
	if len(got) != 2 || got[0].Seminar.ID != "S00002" || got[0].Slot != "15-8" || got[1].Slot != "" {
		t.Fatalf("shifts: %+v", got)
	}
	if got[0].Err == nil || got[1].Err == nil {
		t.Errorf("the first meets the second, which has no week to go to: %v, %v", got[0].Err, got[1].Err)
	}
	back := w.state.Shifts([]string{"S00002", "S00003"}, -1, at(1, 0))
	slots := map[string]string{}
	for _, x := range back {
		if x.Err == nil {
			slots[x.Seminar.ID] = x.Slot
		}
	}
	// On the first of March nobody has been trained: only the third can go earlier, once the second is not there.
	if len(slots) != 0 {
		t.Errorf("earlier: %v; the eighth is taken and the first is before the leaders' training", slots)
	}
	w.must(boss, model.MoveSeminar{Seminar: "S00002", Slot: "8-13", Now: at(1, 0)})
	earlier := w.state.Shifts([]string{"S00003"}, -1, at(1, 0))
	if len(earlier) != 1 || earlier[0].Slot != "8-8" {
		t.Fatalf("earlier: %+v", earlier)
	}
	if earlier[0].Err != nil { // its leader leads once a day
		w.must(boss, model.ChangeLeaders{Seminar: "S00003", Leaders: []string{"l1"}, Now: at(1, 0)})
		earlier = w.state.Shifts([]string{"S00003"}, -1, at(1, 0))
	}
	if earlier[0].Err != nil {
		t.Fatalf("another leader, and still: %v", earlier[0].Err)
	}
	w.must(boss, model.ShiftSeminars{Slots: map[string]string{"S00003": "8-8"}, Now: at(1, 0)})
	if got := w.state.Seminars["S00003"].Slot; got != "8-8" {
		t.Errorf("shifted to %s", got)
	}
	w.must(boss, model.Undo{Edit: w.state.Edits[len(w.state.Edits)-1].ID, Now: at(1, 0)})
	if got := w.state.Seminars["S00003"].Slot; got != "15-8" {
		t.Errorf("undone: %s", got)
	}
	if err := w.do(boss, model.ShiftSeminars{}); model.CodeOf(err) != model.Invalid {
		t.Errorf("nothing to shift: %v", err)
	}
}
