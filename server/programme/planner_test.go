package programme_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/server/store"
)

// By a clock that stands still a run with a limit of an hour has no end of its own.
const long = time.Hour

func ends(p *programme.Planner) programme.Run {
	news, stop := p.Watch()
	defer stop()
	for {
		if run, ok := p.Current(); ok && run.Finished {
			return run
		}
		<-news
	}
}

// works waits until the run has a plan that it improves.
func works(p *programme.Planner) {
	news, stop := p.Watch()
	defer stop()
	for {
		if run, ok := p.Current(); ok && (run.Finished || run.Progress.Stage == "improve") {
			return
		}
		<-news
	}
}

func TestOneRunAtATime(t *testing.T) {
	service, _, _ := published(t)
	p := service.Planner
	if _, ok := p.Current(); ok {
		t.Error("there is a run before the first")
	}
	p.Stop() // nothing to stop
	if err := p.Use(t.Context(), coordinator); model.CodeOf(err) != model.Conflict {
		t.Errorf("Use() before the first run: %v, want a conflict", err)
	}
	if err := p.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(long, 2); model.CodeOf(err) != model.Conflict {
		t.Errorf("Start() during a run: %v, want a conflict", err)
	}
	p.Stop()
	run, ok := p.Current()
	if !ok || !run.Finished || run.Used || run.Error != "" || !run.Stopping {
		t.Errorf("after Stop() the run is %+v, want it ended early with a plan that waits", run)
	}
	if err := p.Start(long, 2); err != nil {
		t.Errorf("Start() after a run: %v", err)
	}
	p.Stop()
	fresh, _ := open(t, store.OpenMemory(), newClock())
	if err := fresh.Planner.Start(long, 1); model.CodeOf(err) != model.NotFound {
		t.Errorf("Start() without a programme: %v", err)
	}
}

func TestAPlanWaitsUntilItIsUsed(t *testing.T) {
	service, _, _ := published(t)
	before := service.State().Draft.Ref
	p := service.Planner
	if err := p.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	works(p)
	p.Stop()
	if service.State().Draft.Ref != before {
		t.Error("a plan nobody asked for is the draft")
	}
	base := service.State().Seq
	if err := p.Use(t.Context(), coordinator); err != nil {
		t.Fatal(err)
	}
	if d := service.State().Draft; d.Base != base || len(d.Plan.Seminars) == 0 {
		t.Errorf("the draft is of revision %d with %d seminars, want %d and some", d.Base, len(d.Plan.Seminars), base)
	}
	if run, _ := p.Current(); !run.Used {
		t.Error("the run does not say that its plan is in use")
	}
	if err := p.Use(t.Context(), coordinator); model.CodeOf(err) != model.Conflict {
		t.Errorf("Use() of a plan in use: %v, want a conflict", err)
	}
	if err := p.Use(t.Context(), model.Actor{Person: "s00", Role: model.Staff}); err == nil {
		t.Error("anybody may use a plan")
	}
}

func TestUsingEndsTheRun(t *testing.T) {
	service, _, _ := published(t)
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	before := service.State().Seq
	if err := service.Planner.Use(t.Context(), coordinator); err != nil || service.State().Seq != before+1 {
		t.Errorf("Use() during a run: %v, revision %d → %d", err, before, service.State().Seq)
	}
}

func TestTheFirstPlanIsTheDraftWhenStopReturns(t *testing.T) {
	service, s, clock := loaded(t)
	s.Inject(func(method, _ string) store.Fault {
		if method == "PutBlob" {
			time.Sleep(10 * time.Millisecond) // a store that takes its time
		}
		return store.NoFault
	})
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	service.Planner.Stop()
	if err := s.Close(); err != nil { // as the server does next
		t.Fatal(err)
	}
	if service.State().Draft == nil {
		t.Fatal("the first plan is not the draft")
	}
	s.Restart()
	again, _ := open(t, s, clock)
	if again.State().Draft == nil {
		t.Error("the first plan is lost in a restart")
	}
}

func TestNothingNewIsPlannedInThePast(t *testing.T) {
	service, _, clock := loaded(t)
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	works(service.Planner)
	service.Planner.Stop()
	state := service.State()
	if len(state.Draft.Plan.Seminars) == 0 {
		t.Fatal("nothing is planned")
	}
	for _, x := range state.Draft.Plan.Seminars {
		if start, _ := state.Roster.Span(&x); start.Before(clock.Now()) {
			t.Errorf("seminar %s starts %v, before now, %v", x.ID, start, clock.Now())
		}
	}
}

func TestARunOfThePlannerThatBreaksDown(t *testing.T) {
	service, _, clock := published(t)
	clock.broken("scheduler.")
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	run := ends(service.Planner)
	service.Planner.Stop()
	if !strings.Contains(run.Error, "broke down: broken clock") {
		t.Errorf("the run says %q", run.Error)
	}
	if err := service.Planner.Use(t.Context(), coordinator); model.CodeOf(err) != model.Conflict {
		t.Errorf("Use() of a run that broke down: %v, want a conflict", err)
	}
	clock.broken("")
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	service.Planner.Stop()
	if run, _ := service.Planner.Current(); run.Error != "" || !run.Finished {
		t.Errorf("the next run is %+v", run)
	}
}

func TestPagesDoNotWaitForAPlanToBeKept(t *testing.T) {
	service, s, _ := published(t)
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	service.Planner.Stop()
	looked := false
	s.Inject(func(method, _ string) store.Fault {
		if method == "PutBlob" {
			_, looked = service.Planner.Current() // would wait for ever if Use held it up
		}
		return store.NoFault
	})
	if err := service.Planner.Use(t.Context(), coordinator); err != nil || !looked {
		t.Errorf("Use() = %v, looked at meanwhile: %v", err, looked)
	}
}

func TestAPlanThatCouldNotBeKeptStillWaits(t *testing.T) {
	service, s, _ := published(t)
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	service.Planner.Stop()
	s.Inject(func(method, _ string) store.Fault {
		if method == "PutBlob" {
			return store.LoseRequest
		}
		return store.NoFault
	})
	if err := service.Planner.Use(t.Context(), coordinator); !errors.Is(err, store.ErrInjected) {
		t.Errorf("Use() with a store that fails: %v", err)
	}
	s.Inject(func(string, string) store.Fault { return store.NoFault })
	if err := service.Planner.Use(t.Context(), coordinator); err != nil {
		t.Errorf("Use() when the store is back: %v", err)
	}
}

func TestWatchersHearOfTheEndAndMayLeave(t *testing.T) {
	service, _, _ := published(t)
	news, stop := service.Planner.Watch()
	_, slow := service.Planner.Watch() // never reads
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	<-news
	service.Planner.Stop()
	<-news
	stop()
	stop()
	slow()
}

func TestNoGoroutineIsLeft(t *testing.T) {
	service, _, _ := published(t)
	for range 3 {
		if err := service.Planner.Start(long, 1); err != nil {
			t.Fatal(err)
		}
		service.Planner.Stop()
	}
	stacks := make([]byte, 1<<20)
	for range 1000 { // Stop returns a moment before the goroutine is gone
		if !strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "(*Planner).work") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a run of the planner goes on after Stop")
}
