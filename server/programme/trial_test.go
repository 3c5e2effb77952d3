package programme_test

import (
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
)

func waits(p *programme.Planner) programme.Run {
	p.Stop()
	run, _ := p.Current()
	return run
}

func TestATrialIsKeptAsAScenario(t *testing.T) {
	service, _, _ := published(t)
	before := service.State().Draft.Ref
	seven := 7
	trial := programme.Trial{Name: "Sju", By: coordinator, Settings: model.Settings{Weights: model.Weights{Travel: &seven}}}
	if err := service.Planner.Try(long, 1, trial); err != nil {
		t.Fatal(err)
	}
	works(service.Planner)
	run := waits(service.Planner)
	state := service.State()
	if len(state.Scenarios) != 1 || state.Scenarios[0].ID != run.Kept || run.Trial != "Sju" || state.Draft.Ref != before {
		t.Fatalf("run %+v, scenarios %v, draft %s; want one scenario and the draft %s", run, state.Scenarios, state.Draft.Ref, before)
	}
	if x := state.Scenarios[0]; *x.Settings.Weights.Travel != 7 || x.By != coordinator.Person {
		t.Errorf("kept with %+v by %s", x.Settings, x.By)
	}
	if err := service.Planner.Use(t.Context(), coordinator); model.CodeOf(err) != model.Conflict {
		t.Errorf("Use() of a trial: %v, want a conflict", err)
	}
	if err := service.Planner.Try(long, 1, trial); model.CodeOf(err) != model.Conflict {
		t.Errorf("Try() with a name that is taken: %v", err)
	}
	minus := -1
	trial.Name, trial.Settings.Weights.Travel = "Minus", &minus
	if err := service.Planner.Try(long, 1, trial); model.CodeOf(err) != model.Invalid {
		t.Errorf("Try() with a negative price: %v", err)
	}
}

// Only what has no place is planned: who has one keeps it.
func TestFillKeepsEveryPlaceThereIs(t *testing.T) {
	service, _, _ := loaded(t)
	if err := service.Planner.Fill(long, 1); model.CodeOf(err) != model.NotFound {
		t.Errorf("Fill() without a draft: %v", err)
	}
	part := plan()
	part.Seminars = part.Seminars[:3] // six of twelve people
	for _, id := range []string{"s06", "s07", "s08", "s09", "s10", "s11"} {
		part.Unmet = append(part.Unmet, model.Unmet{Person: id, Module: "law"})
	}
	do(t, service, coordinator, model.SaveDraft{Plan: part, Base: service.State().Seq})
	do(t, service, coordinator, model.ExtendProgramme{Until: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)})
	if err := service.Planner.Fill(long, 1); err != nil {
		t.Fatal(err)
	}
	works(service.Planner)
	if run := waits(service.Planner); !run.Fill || run.Used || run.Error != "" {
		t.Fatalf("the run is %+v, want one that fills and waits", run)
	}
	if err := service.Planner.Use(t.Context(), coordinator); err != nil {
		t.Fatal(err)
	}
	filled := service.State().Draft.Plan
	if len(filled.Unmet) != 0 || filled.Cost.Unmet != 0 {
		t.Errorf("%d needs are left", len(filled.Unmet))
	}
	for _, was := range part.Seminars {
		for _, p := range was.Attendees {
			if !slices.ContainsFunc(filled.Seminars, func(s model.Seminar) bool {
				return s.Slot == was.Slot && s.Venue == was.Venue && slices.Contains(s.Attendees, p)
			}) {
				t.Errorf("%s has lost the place in %s", p, was.Slot)
			}
		}
	}
	do(t, service, coordinator, model.Publish{Draft: service.State().Draft.Ref})
	id := ""
	for id = range service.State().Seminars {
		break
	}
	leader := service.State().Seminars[id].Leaders[0]
	do(t, service, as(leader), model.HandBack{Person: leader, Seminar: id})
	if err := service.Planner.Fill(long, 1); model.CodeOf(err) != model.Conflict {
		t.Errorf("Fill() of a stale draft: %v", err)
	}
}
