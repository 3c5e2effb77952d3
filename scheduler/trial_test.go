package scheduler_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

// published is a State in which people have been told of a whole plan.
func published(t *testing.T, p *model.Problem, plan *model.Plan) *model.State {
	t.Helper()
	blobs := map[string][]byte{}
	for i := range p.Calendars { // the format asks for a list, if an empty one
		p.Calendars[i].Closed = append([]model.Interval{}, p.Calendars[i].Closed...)
	}
	keep := func(x any) string {
		data, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		blobs[model.Ref(data)] = data
		return model.Ref(data)
	}
	change := model.Change{}
	for _, s := range plan.Seminars {
		change.Set = append(change.Set, model.PublishedSeminar{Seminar: s})
	}
	state, err := model.NewState().Apply(model.Entry{Seq: 1, At: 1, Events: []model.Event{
		model.ProgrammeLoaded{Problem: keep(p)}, model.WavePublished{Change: keep(change)}}},
		func(ref string) ([]byte, error) {
			if data, ok := blobs[ref]; ok {
				return data, nil
			}
			return nil, fmt.Errorf("no blob %s", ref)
		})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// What a trial lets a coordinator do by hand breaks no rule by the independent
// judge, and what it refuses does.
func TestTrialsAgreeWithTheJudge(t *testing.T) {
	allowed, refused := 0, 0
	for seed := range uint64(250) {
		p := randomProblem(seed)
		p.Fixed, p.Published, p.Programme.MaxMoved, p.Programme.FrozenUntil = nil, nil, nil, time.Time{}
		plan := solve(t, p, scheduler.Options{Seed: seed, Iterations: 1500})
		if len(plan.Seminars) == 0 {
			continue
		}
		trial := published(t, p, plan).Trial()
		r := rand.New(rand.NewPCG(seed, 3))
		for range 12 {
			k := r.IntN(len(plan.Seminars))
			now := *plan
			now.Seminars = slices.Clone(plan.Seminars)
			x := &now.Seminars[k]
			switch r.IntN(3) {
			case 0:
				x.Slot = p.Slots[r.IntN(len(p.Slots))].ID
			case 1:
				x.Venue = p.Venues[r.IntN(len(p.Venues))].ID
			default:
				x.Leaders = slices.Clone(x.Leaders)
				x.Leaders[r.IntN(len(x.Leaders))] = p.People[r.IntN(len(p.People))].ID
			}
			reasons := trial.Obstacles(*x)
			breaks := slices.DeleteFunc(check.Check(p, &now).Violations, func(v check.Violation) bool { return v.Code == "H1" })
			if trial.Allows(*x) != (len(reasons) == 0) {
				t.Errorf("problem %d: the trial allows %+v: %t, and says %v", seed, *x, trial.Allows(*x), reasons)
			}
			if (len(reasons) == 0) != (len(breaks) == 0) {
				t.Errorf("problem %d, %+v for %+v: the trial says %v, the judge %v", seed, *x, plan.Seminars[k], reasons, breaks)
			}
			if len(reasons) == 0 {
				allowed++
			} else {
				refused++
			}
		}
	}
	if allowed < 100 || refused < 100 {
		t.Errorf("%d allowed and %d refused; the test tries too little", allowed, refused)
	}
}
