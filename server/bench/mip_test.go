package bench

import (
	"flag"
	"slices"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/bench/corpus"
)

var tiny = flag.Int("tiny", 150, "how many random tiny problems to enumerate")

var tinySize = corpus.Size{People: 4, Slots: 3, Venues: 2, Modules: 2}

// The program and check must agree on every plan of a tiny problem: which are
// valid, and what each costs. No solver is needed to see that.
func TestProgramAgreesWithCheckOnEveryPlan(t *testing.T) {
	valid, invalid := 0, map[string]int{}
	for seed := range *tiny {
		p := corpus.Random(uint64(seed), tinySize)
		if err := model.Validate(p); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		m, err := Build(p)
		if err != nil {
			t.Fatal(err)
		}
		enumerate(p, seed%2 == 0, 300, func(plan *model.Plan) {
			report := check.Check(p, plan)
			broken, total, unmet := m.judge(plan)
			switch {
			case report.Valid != (broken == ""):
				t.Fatalf("seed %d: check says %v, the program says %q of\n%+v", seed, report.Violations, broken, plan.Seminars)
			case report.Valid && (total != report.Cost.Total || unmet != report.Cost.Unmet):
				t.Fatalf("seed %d: check counts %+v, the program %d unmet and %d of\n%+v", seed, report.Cost, unmet, total, plan.Seminars)
			case report.Valid:
				valid++
			default:
				for _, code := range report.Codes {
					invalid[code]++
				}
			}
		})
	}
	t.Logf("%d valid plans, invalid %v", valid, invalid)
	for _, code := range []string{"H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11", "H13"} {
		if invalid[code] == 0 {
			t.Errorf("no enumerated plan broke %s: the test shows nothing of it", code)
		}
	}
	if valid == 0 {
		t.Error("no enumerated plan was valid")
	}
}

// judge values a plan as the program sees it; broken is the first rule it breaks.
func (m *MIP) judge(plan *model.Plan) (broken string, total, unmet int) {
	if m.Impossible != "" {
		return m.Impossible, 0, 0
	}
	ones, err := m.Start(plan)
	if err != nil {
		return err.Error(), 0, 0
	}
	values, total, broken := m.complete(ones)
	if broken != "" {
		return broken, 0, 0
	}
	for _, u := range m.Unmet {
		unmet += int(values[u.Column])
	}
	return "", total, unmet
}

func TestPlanReadsBackWhatStartWrote(t *testing.T) {
	for seed := range 30 {
		p := corpus.Random(uint64(seed), tinySize)
		m, err := Build(p)
		if err != nil {
			t.Fatal(err)
		}
		enumerate(p, true, 100, func(plan *model.Plan) {
			report := check.Check(p, plan)
			if !report.Valid {
				return
			}
			again, err := m.accept(plan)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if again.Cost != report.Cost || len(again.Seminars) != len(plan.Seminars) {
				t.Fatalf("seed %d: %+v came back as %+v", seed, plan, again)
			}
			for _, s := range again.Seminars {
				if len(s.Attendees) == 0 || slices.Contains(s.Attendees, s.Leaders[0]) {
					t.Fatalf("seed %d: seminar %+v", seed, s)
				}
			}
		})
	}
}
