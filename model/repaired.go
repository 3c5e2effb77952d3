package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// PlanRepaired makes a repaired plan the draft and its difference what people
// are told, at once.
type PlanRepaired struct {
	Plan   string `json:"plan"`   // Ref of a Plan
	Base   uint64 `json:"base"`   // the State's Seq the repair was made from
	Change string `json:"change"` // Ref of a Change
}

func (PlanRepaired) eventType() string { return "plan.repaired" }

// PublishRepair publishes what a repair changes, over all waves, and nothing
// else: seminars that were drafts stay drafts. Base is the Seq of the State it
// was made from; Conflict when published seminars or circumstances have changed
// since.
type PublishRepair struct {
	Plan *Plan
	Base uint64
}

func (c PublishRepair) decide(s *State, by Actor) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if c.Base < s.Changed || c.Base < s.Amended || s.Draft != nil && c.Base < s.Draft.Base {
		return Decision{}, Errorf(Conflict, "error.repair-stale", "something has changed since this proposal was made; ask for a new one")
	}
	if err := planFits(s.Roster.Problem, c.Plan); err != nil {
		return Decision{}, err
	}
	change := s.RepairChange(c.Plan)
	if len(change.Set)+len(change.Drop) == 0 && (s.Draft == nil || s.DraftCurrent()) {
		return Decision{}, Errorf(Conflict, "error.nothing-to-repair", "nothing would change")
	}
	plan, err := json.Marshal(c.Plan)
	if err != nil {
		return Decision{}, err
	}
	for i := range change.Set {
		change.Set[i].DraftID = Ref(plan) + "/" + change.Set[i].DraftID
	}
	difference, err := json.Marshal(change)
	if err != nil {
		return Decision{}, err
	}
	return Decision{Events: []Event{PlanRepaired{Plan: Ref(plan), Base: c.Base, Change: Ref(difference)}},
		Blobs: map[string][]byte{Ref(plan): plan, Ref(difference): difference}}, nil
}

// RepairChange is the difference that publishing a repaired plan would make:
// published seminars that change or go, and new ones, each with an id of its
// own. DraftID is the id in the plan.
func (s *State) RepairChange(plan *Plan) Change {
	var change Change
	drafted := map[string]bool{}
	for _, x := range s.beside() {
		drafted[x.ID] = x.Standing == Drafted
	}
	kept := map[string]bool{}
	issued := s.Issued
	for _, x := range plan.Seminars {
		before := s.Seminars[x.ID]
		now := PublishedSeminar{Seminar: x, Wave: s.Roster.WaveOf(&x), DraftID: x.ID}
		switch {
		case drafted[x.ID]:
			continue
		case before == nil || before.Cancelled:
			issued++
			now.ID = fmt.Sprintf("S%05d", issued)
		default:
			kept[x.ID] = true
			now.Wave, now.Absent, now.Taken = before.Wave, before.Absent, before.Taken
			if sameSeminar(&before.Seminar, &x) {
				continue
			}
		}
		change.Set = append(change.Set, now)
	}
	for _, id := range sortedKeys(s.Seminars) {
		if !s.Seminars[id].Cancelled && !kept[id] {
			change.Drop = append(change.Drop, id)
		}
	}
	return change
}

func (s *State) takeRepair(e PlanRepaired, by string, blobs Blobs) error {
	if err := s.saveDraft(DraftSaved{Plan: e.Plan, Base: e.Base}, blobs); err != nil {
		return err
	}
	change, err := readChange(e.Change, blobs)
	if err != nil {
		return err
	}
	return s.enact(change, Edit{ID: fmt.Sprintf("R%05d", s.Seq), Kind: EditRepair}, by)
}

// DraftOutdated tells whether the draft was made for other circumstances than
// today's: it may break rules, and is not published before it is repaired.
func (s *State) DraftOutdated() bool { return s.Draft != nil && s.Draft.Base < s.Amended }

// DraftCurrent tells whether there is a draft that knows of all that has been
// published and has happened.
func (s *State) DraftCurrent() bool { return s.Draft != nil && !s.DraftStale() && !s.DraftOutdated() }

// RepairStart is the plan a repair begins with: what people have been told, and
// of the draft the seminars nobody has been told of, as far as they stand
// beside it. Unmet is KnownUnmet.
func (s *State) RepairStart() *Plan {
	plan := &Plan{Format: PlanFormat, Problem: s.Roster.Problem.Programme.ID, Seminars: []Seminar{}, Unmet: []Unmet{}}
	for _, x := range s.beside() {
		plan.Seminars = append(plan.Seminars, x.Seminar)
	}
	plan.Unmet = append(plan.Unmet, s.KnownUnmet()...)
	return plan
}

// KnownUnmet is what the draft could not meet, as long as nothing has happened
// since: after that, what could not be may be possible.
func (s *State) KnownUnmet() []Unmet {
	if !s.DraftCurrent() {
		return nil
	}
	return s.Draft.Plan.Unmet
}

// beside lists what is published, and the draft's seminars that nobody has been
// told of, without the seats that published ones have filled since.
func (s *State) beside() []Planned {
	var list []Planned
	seated := map[SeatKey]bool{} // person and module
	published := map[string]bool{}
	for _, id := range sortedKeys(s.Seminars) {
		x := s.Seminars[id]
		if s.Draft != nil {
			if draftID, ours := strings.CutPrefix(x.DraftID, s.Draft.Ref+"/"); ours {
				published[draftID] = true
			}
		}
		if x.Cancelled {
			continue
		}
		list = append(list, Planned{Seminar: x.Seminar, Wave: x.Wave, Standing: AsPublished, Before: x})
		for _, p := range x.Attendees {
			seated[SeatKey{p, x.Module}] = true
		}
	}
	if s.Draft == nil {
		return byTime(s.Roster, list)
	}
	for _, x := range s.Draft.Plan.Seminars {
		if published[x.ID] || s.Seminars[x.ID] != nil {
			continue
		}
		waits := func(p string) bool { return seated[SeatKey{p, x.Module}] }
		if slices.ContainsFunc(x.Attendees, waits) {
			x.Attendees = slices.DeleteFunc(slices.Clone(x.Attendees), waits)
		}
		if len(x.Attendees) > 0 {
			list = append(list, Planned{Seminar: x, Wave: s.Roster.WaveOf(&x), Standing: Drafted, DraftID: s.Draft.Ref + "/" + x.ID})
		}
	}
	return byTime(s.Roster, list)
}
