package model_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"kaskad/model"
)

// small is the least problem that decodes: one of everything that must be there.
const small = `{
  "format": "kaskad/problem/1",
  "programme": {"id": "x", "name": "X", "timezone": "Europe/Stockholm", "travel": {"detour": 1.25, "kmh": 60, "fixed": 4}},
  "tiers": [{"id": "staff", "modules": ["law"], "seats": {"max": 20}}],
  "modules": [{"id": "law", "name": "Juridik", "minutes": 180}],
  "sectors": ["municipal"],
  "slots": [{"id": "s", "start": "2027-03-01T08:30:00+01:00", "end": "2027-03-01T11:30:00+01:00"}],
  "venues": [{"id": "v", "name": "Salen", "lat": 57.7, "lon": 11.9, "capacity": 20}],
  "units": [{"id": "u", "name": "Enheten", "sector": "municipal", "lat": 57.7, "lon": 11.9}],
  "people": [{"id": "p", "unit": "u", "tier": "staff"}]
}`

func TestDecodeProblemTakesTheContractsVectors(t *testing.T) {
	for _, name := range []string{"problem.json", "problem-h10.json", "problem-h13.json"} {
		data, err := os.ReadFile("../scheduler/check/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := model.DecodeProblem(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(p.People) != 101 || len(p.Slots) != 212 {
			t.Errorf("%s: %d people and %d slots, want 101 and 212", name, len(p.People), len(p.Slots))
		}
	}
}

func TestDecodeProblemSurvivesItsOwnEncoding(t *testing.T) {
	p, err := model.DecodeProblem([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	p.People[0].Needs = []string{} // "needs nothing more", which is not "the default"
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := model.DecodeProblem(data)
	if err != nil {
		t.Fatal(err)
	}
	if again.People[0].Needs == nil {
		t.Error("an empty list of needs came back as the default")
	}
}

func TestDecodeProblemNamesEveryFault(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string // "path: start of message"
	}{
		{"unknown field", `"sectors": [`, `"sectorz": [1], "sectors": [`, []string{"sectorz: unknown field"}},
		{"wrong type", `"capacity": 20`, `"capacity": "20"`, []string{`venues[0].capacity: must be a whole number, not "20"`}},
		{"fraction", `"minutes": 180`, `"minutes": 180.5`, []string{"modules[0].minutes: must be a whole number, not 180.5"}},
		{"null", `"capacity": 20`, `"capacity": null`, []string{"venues[0].capacity: must be a whole number, not null"}},
		{"missing", `"capacity": 20`, `"rooms": 1`, []string{"venues[0].capacity: is missing"}},
		{"repeated field", `"capacity": 20`, `"capacity": 20, "capacity": 20`, []string{"venues[0].capacity: stands twice"}},
		{"repeated id", `{"id": "p", "unit": "u", "tier": "staff"}`, `{"id": "p", "unit": "u"}, {"id": "p", "unit": "u"}`, []string{`people[1].id: "p" stands earlier`}},
		{"dangling ids", `"unit": "u", "tier": "staff"`, `"unit": "w", "tier": "boss", "calendar": "c"`,
			[]string{`people[0].unit: there is no unit "w"`, `people[0].tier: there is no tier "boss"`, `people[0].calendar: there is no calendar "c"`}},
		{"half minute", `08:30:00+01:00`, `08:30:30+01:00`, []string{"slots[0].start: \"2027-03-01T08:30:30+01:00\" is not on a whole minute"}},
		{"slot backwards", `T11:30`, `T08:30`, []string{"slots[0].end: is not after start"}},
		{"type and reference at once", `"capacity": 20}],
  "units": [{"id": "u", "name": "Enheten", "sector": "municipal"`, `"capacity": true}],
  "units": [{"id": "u", "name": "Enheten", "sector": "private"`,
			[]string{"venues[0].capacity: must be a whole number", `units[0].sector: there is no sector "private"`}},
		{"no programme at all", `"programme": {"id": "x", "name": "X", "timezone": "Europe/Stockholm", "travel": {"detour": 1.25, "kmh": 60, "fixed": 4}},`, ``,
			[]string{"programme: is missing"}},
		{"a plan instead", `kaskad/problem/1`, `kaskad/plan/1`, []string{"format: is that of a plan"}},
		{"zone", "Europe/Stockholm", "Europe/Skövde", []string{`programme.timezone: "Europe/Skövde" is no zone`}},
		{"seats", `"max": 20`, `"min": 21, "max": 20`, []string{"tiers[0].seats.max: is 20, less than seats.min 21"}},
		{"half-day", `"tier": "staff"}`, `"tier": "staff", "dislikes": ["mon-night"]}`, []string{`people[0].dislikes[0]: "mon-night" is no half-day`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := strings.Replace(small, c.old, c.new, 1)
			if data == small {
				t.Fatalf("%q is not in the sample", c.old)
			}
			_, err := model.DecodeProblem([]byte(data))
			var fe *model.FormatError
			if !errors.As(err, &fe) {
				t.Fatalf("err = %v, want a FormatError", err)
			}
			if len(fe.Faults) != len(c.want) {
				t.Fatalf("%d faults, want %d: %v", len(fe.Faults), len(c.want), err)
			}
			for i, f := range fe.Faults {
				if got := f.Path + ": " + f.Message; !strings.HasPrefix(got, c.want[i]) {
					t.Errorf("fault %d = %q, want %q", i, got, c.want[i])
				}
				if f.Line == 0 {
					t.Errorf("fault %d has no line: %v", i, f)
				}
			}
		})
	}
}

func TestDecodePlanNamesEveryFault(t *testing.T) {
	for data, want := range map[string]string{
		small: "format: is that of a problem; give a plan here",
		`{"format": "kaskad/plan/2", "problem": "x", "seminars": []}`:        `format: is "kaskad/plan/2"; a plan's format is "kaskad/plan/1"`,
		`{"format": "kaskad/plan/1", "problem": "x", "seminars": [{}, 3]}`:   "seminars[1]: must be an object",
		`{"format": "kaskad/plan/1", "problem": "x", "seminars": [], "x":1}`: "x: unknown field",
	} {
		if _, err := model.DecodePlan([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s…: %v, want %q", data, err, want)
		}
	}
	if _, err := model.DecodePlan([]byte(`{"format": "kaskad/plan/1", "problem": "x", "seminars": []}`)); err != nil {
		t.Errorf("a plan without bound, cost and unmet needs: %v", err)
	}
}

func TestDecodeProblemPointsAtTheLine(t *testing.T) {
	_, err := model.DecodeProblem([]byte(strings.Replace(small, `"unit": "u"`, `"unit": "nowhere"`, 1)))
	if want := `line 10, column`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("err = %v, want it to name %q", err, want)
	}
}

func TestDecodeProblemSaysWhereAFileIsCut(t *testing.T) {
	for cut := 1; cut < len(small)-1; cut += 7 {
		_, err := model.DecodeProblem([]byte(small[:cut]))
		if model.CodeOf(err) != model.Invalid {
			t.Fatalf("cut at %d: err = %v, want an invalid problem", cut, err)
		}
	}
}

func FuzzDecodeProblem(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"people":[{"done":[{"module":1}]}],"matrix":{"minutes":[[1],[]]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := model.DecodeProblem(data)
		if (p == nil) == (err == nil) {
			t.Errorf("p = %v, err = %v: want exactly one", p, err)
		}
	})
}
