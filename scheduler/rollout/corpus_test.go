package rollout_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/rollout"
)

// The planner's small problems hold about every odd thing a problem may: they
// are measured and divided without harm, and the sums add up.
func TestSumsOfTheCorpusAddUp(t *testing.T) {
	files, err := filepath.Glob("../testdata/corpus/problems/*.json")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d problems, %v", len(files), err)
	}
	proposed := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := model.DecodeProblem(data)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		addsUp(t, name, p, rollout.Measure(p, 1))
		for _, s := range []rollout.Settings{{Waves: 1, Weeks: 1, Apart: 1}, {Waves: 2, Weeks: 2, Apart: 1, MaxLoad: 1}} {
			made, err := rollout.Propose(p, s)
			var refused *model.Error
			if errors.As(err, &refused) {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			proposed++
			adopted := rollout.WithWaves(p, made.Waves, made.Units)
			adopted.Published, adopted.Fixed = nil, nil
			if err := model.Validate(adopted); err != nil {
				t.Errorf("%s: what is proposed is not valid: %v", name, err)
			}
			addsUp(t, name, p, made.Figures)
		}
	}
	if proposed < len(files)/4 {
		t.Errorf("waves were proposed for %d times only", proposed)
	}
}

// addsUp: everybody of the last tier is in one wave, and its seats and
// seminars are those of its weeks.
func addsUp(t *testing.T, name string, p *model.Problem, f *rollout.Figures) {
	t.Helper()
	if len(p.Tiers) == 0 {
		return
	}
	last := &p.Tiers[len(p.Tiers)-1]
	want := 0
	for i := range p.People {
		if x := &p.People[i]; x.Tier == last.ID && len(p.NeedsOf(x, last)) > 0 {
			want++
		}
	}
	staff := 0
	for _, w := range f.Waves {
		staff += w.Staff
		areas, seats, seminars, open := 0, 0, 0, false
		for _, a := range w.Areas {
			areas += a.Staff
		}
		for i, l := range w.Loads {
			seats, seminars, open = seats+l.Seats, seminars+l.Seminars, open || l.Open
			if l.Seminars < 0 || l.Can < 0 || l.Rooms < 0 || !l.Open && l != (rollout.Load{}) {
				t.Errorf("%s: week %d of wave %q is %+v", name, i, w.ID, l)
			}
		}
		if areas != w.Staff || open && seats != w.Seats || seminars != w.Seminars {
			t.Errorf("%s: wave %q has %d staff in areas of %d, %d seats in weeks of %d, %d seminars in weeks of %d",
				name, w.ID, areas, w.Staff, seats, w.Seats, seminars, w.Seminars)
		}
	}
	if staff != want {
		t.Errorf("%s: %d people are counted, want %d", name, staff, want)
	}
}
