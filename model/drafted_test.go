package model_test

import (
	"slices"
	"testing"

	"kaskad/model"
)

func free(*model.Problem, *model.Plan) model.Cost { return model.Cost{Total: 7} }

func inDraft(c model.Command) model.Command { return model.EditDraft{Then: c, Cost: free} }

// drafted has a published training and two seminars that nobody has been told of.
func drafted(t *testing.T) *world {
	w := newWorld(t, programme())
	w.publish("w", training())
	w.draft(seminar("S00001", "leaders", "law", "1-8", "near", "x", "l0", "l1"), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"), seminar("n3", "staff", "law", "8-13", "near", "l1", "s2"))
	return w
}

func (w *world) inPlan(id string) *model.Seminar {
	for i := range w.state.Draft.Plan.Seminars {
		if x := &w.state.Draft.Plan.Seminars[i]; x.ID == id {
			return x
		}
	}
	return nil
}

func TestTheDraftIsMovedByTheRulesOfWhatIsPublished(t *testing.T) {
	w := drafted(t)
	told := w.told()
	w.must(ann, inDraft(model.MoveSeminar{Seminar: "n2", Slot: "15-8", Venue: "far", Now: at(2, 0)}))
	if x := w.inPlan("n2"); x.Slot != "15-8" || x.Venue != "far" || w.state.Draft.Plan.Cost.Total != 7 {
		t.Errorf("moved to %+v, cost %+v", x, w.state.Draft.Plan.Cost)
	}
	if w.told() != told || !w.state.DraftCurrent() {
		t.Error("moving in the draft tells somebody, or spoils the draft")
	}
	if err := w.do(ann, inDraft(model.MoveSeminar{Seminar: "n3", Slot: "1-8", Now: at(1, 0)})); keyOf(err) == "" {
		t.Error("it may be moved to when its leader is in training")
	}
	w.must(ann, inDraft(model.SwapSlots{A: "n2", B: "n3", Now: at(2, 0)}))
	if a, b := w.inPlan("n2"), w.inPlan("n3"); a.Slot != "8-13" || b.Slot != "15-8" {
		t.Errorf("swapped, they are %s and %s", a.Slot, b.Slot)
	}
	if err := w.do(ann, inDraft(model.MoveSeminar{Seminar: "S00001", Venue: "far", Now: at(1, 0)})); keyOf(err) != "error.draft-told" {
		t.Errorf("what is published is changed in the draft: %v", err)
	}
	w.checkCheckpoint()
	for range 2 {
		undo, _ := w.state.Steps("ann")
		if err := w.do(ann, model.Undo{Edit: undo.ID, Now: at(2, 0)}); keyOf(err) != "error.edited-since" {
			t.Errorf("an edit of the draft is undone as if people had been told: %v", err)
		}
		w.must(ann, inDraft(model.Undo{Edit: undo.ID, Now: at(2, 0)}))
	}
	if x := w.inPlan("n2"); x.Slot != "8-8" || x.Venue != "near" {
		t.Errorf("undone, it is %+v", x)
	}
	_, redo := w.state.Steps("ann")
	w.must(ann, inDraft(model.Undo{Edit: redo.ID, Now: at(2, 0)}))
	w.must(ann, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	if x := w.state.Seminars["S00002"]; x == nil || x.Slot != "15-8" && w.state.Seminars["S00003"].Slot != "15-8" {
		t.Errorf("published is %+v", w.seminarIDs())
	}
	if n := len(w.state.Seminars); n != 3 {
		t.Errorf("%d seminars are published, want the training as it was and two", n)
	}
}

func TestASeminarIsTakenOutOfTheDraftAndPutBack(t *testing.T) {
	w := drafted(t)
	w.must(ann, inDraft(model.CancelSeminar{Seminar: "n2", Now: at(2, 0)}))
	if unmet := w.state.Draft.Plan.Unmet; w.inPlan("n2") != nil || len(unmet) != 2 || unmet[0] != (model.Unmet{Person: "s0", Module: "law"}) {
		t.Errorf("taken out, unmet is %v", unmet)
	}
	undo, _ := w.state.Steps("ann")
	w.must(ann, inDraft(model.Undo{Edit: undo.ID, Now: at(2, 0)}))
	if w.inPlan("n2") == nil || len(w.state.Draft.Plan.Unmet) != 0 {
		t.Errorf("put back, unmet is %v", w.state.Draft.Plan.Unmet)
	}
}

func TestWhatIsLockedInTheDraftIsFixedInTheNextPlan(t *testing.T) {
	w := drafted(t)
	w.must(ann, inDraft(model.SetLock{Seminar: "n2", Lock: model.Lock{Time: true}}))
	if fixed := w.state.PlanningProblem(at(1, 0)).Fixed; len(fixed) != 1 || fixed[0].ID != "n2" {
		t.Fatalf("the next plan must have %v", fixed)
	}
	if err := w.do(ann, inDraft(model.MoveSeminar{Seminar: "n2", Slot: "15-8", Now: at(2, 0)})); keyOf(err) != "error.locked-time" {
		t.Errorf("what is locked is moved: %v", err)
	}
	w.must(ann, inDraft(model.MoveSeminar{Seminar: "n3", Slot: "15-8", Now: at(2, 0)}))
	if !w.state.Draft.Holds("n2") {
		t.Error("moving another loses the lock")
	}
	w.checkCheckpoint()
	plan := slices.Clone(w.state.Draft.Plan.Seminars)
	w.draft(plan...) // a new plan that keeps to it
	if !w.state.Draft.Holds("n2") {
		t.Error("a new plan with the seminar as it was loses the lock")
	}
	undo, _ := w.state.Steps("ann") // the move
	w.must(ann, inDraft(model.Undo{Edit: undo.ID, Now: at(2, 0)}))
	undo, _ = w.state.Steps("ann") // the lock
	w.must(ann, inDraft(model.Undo{Edit: undo.ID}))
	if w.state.Draft.Holds("n2") || len(w.state.PlanningProblem(at(1, 0)).Fixed) != 0 {
		t.Error("undone, it is still locked")
	}
	_, redo := w.state.Steps("ann")
	w.must(ann, inDraft(model.Undo{Edit: redo.ID}))
	if !w.state.Draft.Holds("n2") {
		t.Error("done again, it is not locked")
	}
}
