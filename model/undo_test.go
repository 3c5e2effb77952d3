package model_test

import (
	"bytes"
	"testing"

	"kaskad/model"
)

var ann, ben = model.Actor{Person: "ann", Role: model.Coordinator}, model.Actor{Person: "ben", Role: model.Coordinator}

// idOf is the id of a step, or a dash.
func idOf(e *model.Edit) string {
	if e == nil {
		return "-"
	}
	return e.ID
}

func (w *world) expectSteps(by model.Actor, undo, redo string) {
	w.t.Helper()
	if u, r := w.state.Steps(by.Person); idOf(u) != undo || idOf(r) != redo {
		w.t.Errorf("%s can undo %s and redo %s, want %s and %s", by.Person, idOf(u), idOf(r), undo, redo)
	}
}

func TestEachCoordinatorUndoesAndRedoesTheOwnSteps(t *testing.T) {
	w := led(t)
	w.expectSteps(ann, "-", "-")
	w.must(ann, model.MoveSeminar{Seminar: "S00002", Slot: "15-8"})
	w.must(ann, model.MoveSeminar{Seminar: "S00002", Venue: "far"})
	w.must(ben, model.MoveSeminar{Seminar: "S00001", Venue: "far"})
	w.expectSteps(ann, "E00002", "-")
	w.expectSteps(ben, "E00003", "-")
	w.must(ann, model.Undo{Edit: "E00002"})
	w.must(ann, model.Undo{Edit: "E00001"})
	w.expectSteps(ann, "-", "E00005")
	if x := w.state.Seminars["S00002"]; x.Slot != "8-8" || x.Venue != "near" {
		t.Errorf("both undone, it is %s at %s", x.Slot, x.Venue)
	}
	w.must(ann, model.Undo{Edit: "E00005"})
	w.expectSteps(ann, "E00006", "E00004")
	w.must(ann, model.Undo{Edit: "E00004"})
	w.expectSteps(ann, "E00007", "-")
	if x := w.state.Seminars["S00002"]; x.Slot != "15-8" || x.Venue != "far" {
		t.Errorf("both redone, it is %s at %s", x.Slot, x.Venue)
	}
	w.must(ann, model.Undo{Edit: "E00007"})
	w.must(ann, model.CancelSeminar{Seminar: "S00002"})
	w.expectSteps(ann, "E00009", "-") // a new step: what was undone is not done again
	w.expectSteps(ben, "E00003", "-")
}

func TestMovingChangesLeadersToo(t *testing.T) {
	w := led(t)
	w.must(ann, model.MoveSeminar{Seminar: "S00002", Slot: "15-8", Leaders: []string{"l1"}})
	if x := w.state.Seminars["S00002"]; x.Slot != "15-8" || x.Leaders[0] != "l1" {
		t.Errorf("it is %s, led by %v", x.Slot, x.Leaders)
	}
	if err := w.do(ann, model.MoveSeminar{Seminar: "S00002", Leaders: []string{"l0", "l1"}}); model.CodeOf(err) != model.Invalid {
		t.Errorf("two leaders where one leads: %v", err)
	}
}

func TestALockIsAStep(t *testing.T) {
	w := led(t)
	w.must(ann, model.SetLock{Seminar: "S00002", Lock: model.Lock{Time: true}})
	w.must(ann, model.SetLock{Seminar: "S00002", Lock: model.Lock{Time: true}}) // changes nothing
	undo, _ := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: undo.ID})
	if !w.state.Locks["S00002"].Empty() {
		t.Errorf("undone, the lock is %+v", w.state.Locks["S00002"])
	}
	_, redo := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: redo.ID})
	if !w.state.Locks["S00002"].Time {
		t.Error("redone, the time is not locked")
	}
	w.must(ben, model.SetLock{Seminar: "S00002", Lock: model.Lock{Place: true}})
	undo, _ = w.state.Steps("ann")
	w.refused(model.Undo{Edit: undo.ID}, "error.edited-since")
	snapshot, err := w.state.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	back, err := model.RestoreState(snapshot, w.blob)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := back.Snapshot(); err != nil || !bytes.Equal(again, snapshot) {
		t.Errorf("steps are lost in a checkpoint: %v", err)
	}
}

// A leader falls ill; the repair gives the seminar another, adds one and drops one.
func TestARepairIsUndoneWithOneStep(t *testing.T) {
	w := led(t, seminar("n3", "staff", "ethics", "15-8", "far", "l1", "s2"))
	w.must(ann, away("l0", 8))
	plan := w.state.RepairStart()
	plan.Seminars = plan.Seminars[:2]
	plan.Seminars[1].Leaders = []string{"l1"}
	plan.Seminars = append(plan.Seminars, seminar("x9", "staff", "ethics", "15-13", "far", "l1", "s2"))
	w.must(ben, model.PublishRepair{Plan: plan, Base: w.state.Seq})
	if w.state.Seminars["S00002"].Leaders[0] != "l1" || !w.state.Seminars["S00003"].Cancelled || w.state.Seminars["S00004"] == nil {
		t.Fatalf("repaired: %+v", w.state.Seminars)
	}
	w.expectSteps(ann, "-", "-")
	undo, _ := w.state.Steps("ben")
	w.must(ben, model.Undo{Edit: undo.ID, Now: at(2, 0)})
	if w.state.Seminars["S00002"].Leaders[0] != "l0" || w.state.Seminars["S00003"].Cancelled || !w.state.Seminars["S00004"].Cancelled {
		t.Errorf("undone: %+v", w.state.Seminars)
	}
	if !w.state.DraftStale() {
		t.Error("the repaired draft is offered for publishing though its repair is undone")
	}
	_, redo := w.state.Steps("ben")
	w.must(ben, model.Undo{Edit: redo.ID, Now: at(2, 0)})
	if w.state.Seminars["S00002"].Leaders[0] != "l1" || w.state.Seminars["S00004"].Cancelled {
		t.Errorf("redone: %+v", w.state.Seminars)
	}
}

// What collides with the way back still stops it: only what the repair went round does not.
func TestUndoingARepairAsksTheRules(t *testing.T) {
	w := led(t)
	w.must(ann, away("l0", 8))
	plan := w.state.RepairStart()
	plan.Seminars[1].Slot = "15-8"
	w.must(ann, model.PublishRepair{Plan: plan, Base: w.state.Seq})
	undo, _ := w.state.Steps("ann")
	w.publish("w", append(w.state.RepairStart().Seminars, seminar("n9", "staff", "ethics", "8-8", "near", "l1", "s2"))...)
	if err := w.do(ann, model.Undo{Edit: undo.ID}); model.CodeOf(err) != model.Infeasible {
		t.Errorf("the room is taken: %v", err)
	}
}
