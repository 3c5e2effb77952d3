package model_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"kaskad/model"
)

func (w *world) lastStep() *model.Edit { return &w.state.Edits[len(w.state.Edits)-1] }

// untold are all seats that the last step cancelled.
func (w *world) untold() (list []model.SeatKey) {
	for _, x := range w.lastStep().Seats {
		list = append(list, x.SeatKey)
	}
	return list
}

// told is what people have been told: the published seminars and the seats.
func (w *world) told() string {
	data, err := json.Marshal(struct {
		Seminars map[string]*model.PublishedSeminar
		Locks    map[string]model.Lock
		Book     model.ActivityBook
	}{w.state.Seminars, w.state.Locks, w.state.Activities})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

// checkCheckpoint holds that nothing of the State is lost in a checkpoint.
func (w *world) checkCheckpoint() {
	w.t.Helper()
	data, err := w.state.Snapshot()
	if err != nil {
		w.t.Fatal(err)
	}
	back, err := model.RestoreState(data, w.blob)
	if err != nil {
		w.t.Fatal(err)
	}
	if again, err := back.Snapshot(); err != nil || !bytes.Equal(again, data) {
		w.t.Errorf("a step is lost in a checkpoint: %v", err)
	}
	w.state = back
}

func TestAPublicationIsTakenBackAsAWhole(t *testing.T) {
	w := newWorld(t, programme())
	w.draft(training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"))
	w.must(ann, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	w.must(boss, model.GiveAnswer{Person: "s1", Seminar: "S00002", Answer: model.Declined, Now: at(1, 0)}) // which does not stand in the way
	undo, _ := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: undo.ID, Now: at(1, 0)})
	for _, id := range []string{"S00001", "S00002"} {
		if !w.state.Seminars[id].Cancelled {
			t.Errorf("%s is still on", id)
		}
	}
	if !w.state.DraftCurrent() {
		t.Fatal("the draft that was published from is not good any more")
	}
	for _, x := range w.state.Working() {
		if x.Standing != model.Drafted {
			t.Errorf("%s is %s, want a draft again", x.ID, x.Standing)
		}
	}
	w.checkCheckpoint()
	_, redo := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: redo.ID, Now: at(1, 0)})
	if w.state.Seminars["S00001"].Cancelled || w.state.Seminars["S00002"].Cancelled {
		t.Error("published once more, a seminar is cancelled")
	}
	for _, x := range w.state.Working() {
		if x.ID == "S00001" && x.Standing != model.AsPublished {
			t.Errorf("done again, the draft has %s %s", x.ID, x.Standing)
		}
	}
	w.must(ann, model.Undo{Edit: w.lastStep().ID, Now: at(1, 0)})
	w.must(ann, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	if x := w.state.Seminars["S00003"]; x == nil || x.Cancelled {
		t.Errorf("after taking it back the draft is published as %+v", w.seminarIDs())
	}
}

func TestAPublicationThatMovesIsTakenBack(t *testing.T) {
	w := led(t)
	w.must(boss, model.GiveAnswer{Person: "s0", Seminar: "S00002", Answer: model.Accepted, Stamp: 7, Now: at(2, 0)})
	before := notice(t, w.state, "s0", "S00002")[0]
	w.draft(seminar("S00002", "staff", "law", "15-8", "far", "l0", "s0", "s1"), seminar("S00001", "leaders", "law", "1-8", "near", "x", "l0", "l1"))
	w.must(ann, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	w.must(ann, model.Undo{Edit: w.lastStep().ID, Now: at(2, 0)})
	if x := w.state.Seminars["S00002"]; x.Slot != "8-8" || x.Venue != "near" {
		t.Errorf("taken back, it is %s at %s", x.Slot, x.Venue)
	}
	seat := notice(t, w.state, "s0", "S00002")[0]
	if seat.Answer != model.Accepted || seat.Same != before.Version() || seat.Sequence != 2 || seat.Stamp <= before.Stamp {
		t.Errorf("the seat is %+v, want that it says what %+v said", seat, before)
	}
	w.must(boss, model.MoveSeminar{Seminar: "S00002", Venue: "far", Now: at(2, 0)})
	if seat := notice(t, w.state, "s0", "S00002")[0]; seat.Same != (model.SeatVersion{}) {
		t.Errorf("moved since, the seat still says that it is as it was: %+v", seat)
	}
}

func TestWhoHasNotHeardOfACancellationKeepsTheSeat(t *testing.T) {
	w := led(t)
	w.must(ann, model.CancelSeminar{Seminar: "S00002", Now: at(2, 0)})
	untold := w.untold()
	if len(untold) != 3 {
		t.Fatalf("the cancellation is about %v, want three", untold)
	}
	w.must(ann, model.Undo{Edit: w.lastStep().ID, Now: at(2, 0), Untold: untold[:2]})
	lives := map[int]int{}
	for _, key := range untold {
		seats := w.state.Seats[key]
		lives[len(seats)]++
		if last := seats[len(seats)-1]; last.Cancelled || last.Slot != "" {
			t.Errorf("%s has %+v", key.Person, last)
		}
	}
	if lives[1] != 2 || lives[2] != 1 {
		t.Errorf("seats by how many lives they have: %v; want two that go on and one new one", lives)
	}
	w.checkCheckpoint()
}

func TestAPublicationIsNotTakenBackOverAChange(t *testing.T) {
	w := led(t)
	w.draft(seminar("S00002", "staff", "law", "15-8", "far", "l0", "s0", "s1"), seminar("S00001", "leaders", "law", "1-8", "near", "x", "l0", "l1"))
	w.must(ann, model.Publish{Wave: "w", Draft: w.state.Draft.Ref})
	step := w.lastStep().ID
	w.must(ben, model.MoveSeminar{Seminar: "S00002", Venue: "near", Now: at(2, 0)})
	w.refused(model.Undo{Edit: step, Now: at(2, 0)}, "error.edited-since")
	w.refused(model.Undo{Edit: "P99999"}, "error.no-edit")
}

func TestADroppedScenarioComesBackAsItWas(t *testing.T) {
	w := led(t)
	w.must(ann, model.SaveScenario{Name: "Ett"})
	w.must(ann, model.SaveScenario{Name: "Två"})
	was := *w.state.Scenarios[0]
	w.must(ann, model.DropScenario{Scenario: was.ID})
	undo, _ := w.state.Steps("ann")
	w.checkCheckpoint()
	w.must(ann, model.Undo{Edit: undo.ID})
	if x := w.state.Scenarios[0]; x.ID != was.ID || x.Name != was.Name || x.At != was.At || x.By != was.By || x.Plan == nil {
		t.Errorf("it came back as %+v, was %+v", *x, was)
	}
	w.refused(model.Undo{Edit: undo.ID}, "error.scenario-since")
	_, redo := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: redo.ID})
	if w.state.Scenario(was.ID) != nil {
		t.Error("done again, it is still there")
	}
	w.must(ben, model.SaveScenario{Name: "Ett"})
	undo, _ = w.state.Steps("ann")
	w.refused(model.Undo{Edit: undo.ID}, "error.scenario-taken")
}

func TestAMergeIsUndone(t *testing.T) {
	p := programme()
	p.People = append(p.People, model.Person{ID: "twin", Unit: "u", Tier: "staff", Done: []model.Done{{Module: "ethics", Start: at(1, 0)}}})
	w := newWorld(t, p)
	w.publish("w", training(), seminar("n2", "staff", "law", "8-8", "near", "l0", "s0", "s1"), seminar("n3", "staff", "law", "8-13", "near", "l1", "twin", "s2"))
	w.must(boss, model.SetLock{Seminar: "S00003", Lock: model.Lock{People: []string{"twin"}}})
	told, draft := w.told(), w.state.Draft.Ref
	w.must(ann, model.MergePeople{Keep: "s3", Gone: "twin"})
	undo, _ := w.state.Steps("ann")
	w.checkCheckpoint()
	w.refused(model.Undo{Edit: undo.ID, Now: time.UnixMilli(undo.At).Add(model.PartedWithin + 1)}, "error.no-edit")
	w.must(ann, model.Undo{Edit: undo.ID, Now: w.state.Time(), Untold: []model.SeatKey{{Person: "twin", Seminar: "S00003"}}})
	if got := w.told(); got != told {
		t.Errorf("undone, people have been told\n%s\nand before\n%s", got, told)
	}
	if x := w.state.Roster.People["twin"]; x == nil || len(x.Done) != 1 || len(w.state.Roster.People["s3"].Done) != 0 {
		t.Errorf("undone, the records are %+v and %+v", x, w.state.Roster.People["s3"])
	}
	if seats := notice(t, w.state, "twin", "S00003"); len(seats) != 1 || seats[0].Cancelled {
		t.Errorf("whoever was not told of the merge has %+v", seats)
	}
	if w.state.Draft == nil || w.state.Draft.Ref != draft || !w.state.DraftCurrent() {
		t.Error("the draft is not what it was")
	}
	w.refused(model.Undo{Edit: undo.ID, Now: w.state.Time()}, "error.merge-since")
	_, redo := w.state.Steps("ann")
	w.must(ann, model.Undo{Edit: redo.ID, Now: w.state.Time()})
	if w.state.Roster.People["twin"] != nil {
		t.Error("merged once more, both are there")
	}
	undo, _ = w.state.Steps("ann")
	reach := 60
	w.must(boss, model.EditPerson{ID: "s3", Unit: "u", MaxTravel: &reach})
	w.refused(model.Undo{Edit: undo.ID, Now: w.state.Time()}, "error.merge-since")
}
