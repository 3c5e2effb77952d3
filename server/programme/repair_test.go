package programme_test

import (
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/programme"
	"kaskad/server/store"
)

func proposal(t *testing.T, s *programme.Service) *programme.Proposal {
	t.Helper()
	p, err := s.Propose(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ill(person string, from, to time.Time) model.Record {
	return model.Record{Circumstance: model.Circumstance{Kind: model.PersonAway, Person: person, From: from, To: to}}
}

func TestAProposalMendsAnIllness(t *testing.T) {
	service, _, clock := published(t)
	if p := proposal(t, service); len(p.Change.Set)+len(p.Change.Drop) != 0 {
		t.Errorf("nothing has happened, and %+v is proposed", p.Change)
	}
	do(t, service, coordinator, ill(leaderID(0), clock.Now(), clock.Now().AddDate(0, 0, 20)))
	p := proposal(t, service)
	if len(p.Change.Drop) != 0 || len(p.Change.Set) == 0 {
		t.Fatalf("proposed: %+v", p.Change)
	}
	for _, x := range p.Change.Set {
		was := service.State().Seminars[x.ID]
		if x.Slot != was.Slot || x.Venue != was.Venue || slices.Equal(x.Leaders, was.Leaders) || !slices.Equal(x.Attendees, was.Attendees) {
			t.Errorf("%s goes from %+v to %+v; want another leader and nothing else", x.ID, was.Seminar, x.Seminar)
		}
	}
	if again := proposal(t, service); again != p {
		t.Error("the same State gives another proposal")
	}
	do(t, service, coordinator, p.Command())
	if after := proposal(t, service); len(after.Change.Set) != 0 {
		t.Errorf("published, and %+v is proposed still", after.Change)
	}
	if err := func() error { _, err := service.Do(t.Context(), coordinator, p.Command()); return err }(); model.CodeOf(err) != model.Conflict {
		t.Errorf("published twice: %v", err)
	}
}

func TestAFullRunStartsFromWhatIsMended(t *testing.T) {
	service, _, clock := published(t)
	do(t, service, coordinator, model.SetLock{Seminar: "S00003", Lock: model.Lock{Leaders: true}})
	do(t, service, coordinator, ill(leaderID(0), clock.Now(), service.State().Roster.Slots["t05"].End))
	if err := service.Planner.Start(long, 1); err != nil {
		t.Fatal(err)
	}
	works(service.Planner)
	if err := service.Planner.Use(t.Context(), coordinator); err != nil {
		t.Fatal(err)
	}
	for _, x := range service.State().Working() {
		if x.Slot <= "t05" && slices.Contains(x.Leaders, leaderID(0)) || x.ID == "S00003" && x.Leaders[0] != leaderID(0) {
			t.Errorf("%s at %s is led by %v", x.ID, x.Slot, x.Leaders)
		}
	}
}

func TestNoProposalWithoutAProgramme(t *testing.T) {
	service, _ := open(t, store.OpenMemory(), newClock())
	if _, err := service.Propose(t.Context()); model.CodeOf(err) != model.NotFound {
		t.Errorf("Propose() = %v, want not found", err)
	}
}

// Whatever happens, a proposal leaves no rule broken by what is still to come,
// by the independent judge, and taking the event back is mended too.
func TestEveryKindOfEventIsMended(t *testing.T) {
	two := 2
	for name, what := range map[string]model.Circumstance{
		"somebody is away":    {Kind: model.PersonAway, Person: "s00", From: at(13), To: at(15)},
		"a leader stops":      {Kind: model.LeaderStops, Person: leaderID(0), From: at(14)},
		"somebody leaves":     {Kind: model.PersonLeaves, Person: "s04", From: at(14)},
		"a venue is closed":   {Kind: model.VenueClosed, Venue: "room", From: at(13), To: at(18)},
		"a venue is lost":     {Kind: model.VenueClosed, Venue: "room", From: at(20)},
		"a unit spares fewer": {Kind: model.UnitSpares, Unit: "u", MaxAway: &two},
		"people join":         {Kind: model.PeopleJoin, People: []model.Person{{ID: "new", Unit: "u", Tier: "staff"}}},
	} {
		t.Run(name, func(t *testing.T) {
			service, _, _ := published(t)
			do(t, service, coordinator, model.Record{Circumstance: what})
			for _, c := range []model.Command{nil, model.Withdraw{ID: "C00001"}} {
				if c != nil {
					if what.Kind == model.PeopleJoin {
						return // who has a seat stays
					}
					do(t, service, coordinator, c)
				}
				if p := proposal(t, service); len(p.Change.Set)+len(p.Change.Drop) > 0 {
					do(t, service, coordinator, p.Command())
				}
				told := proposal(t, service)
				report := check.Check(told.State.PlanningProblem(at(4)), told.Plan)
				if !report.Valid {
					t.Errorf("after %T: %+v", c, report.Violations)
				}
				if n := len(told.Change.Set) + len(told.Change.Drop); n != 0 {
					t.Errorf("after %T and its solution, %d seminars are to be mended still", c, n)
				}
				if c != nil && len(told.Plan.Unmet) > 0 {
					t.Errorf("taken back, %+v are without a seat", told.Plan.Unmet)
				}
			}
		})
	}
}

func at(day int) time.Time { return time.Date(2027, 1, day, 0, 0, 0, 0, time.UTC) }
