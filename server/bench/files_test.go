package bench_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/bench"
	"kaskad/server/bench/corpus"
	"kaskad/server/demo"
)

// What Write writes is what encoding/json would, byte for byte.
func TestWriteWritesWhatEncodingJSONWould(t *testing.T) {
	var values []any
	for seed := range uint64(40) {
		p := corpus.Nasty(seed)
		values = append(values, p, *p)
	}
	region, _ := demo.Direkt(demo.Options{Staff: 400})
	values = append(values, region, &model.Problem{}, model.Problem{Published: &model.Plan{}, Matrix: &model.Matrix{Minutes: [][]int{nil, {}}}}, &model.Plan{}, (*model.Plan)(nil), map[string]int{"a": 1})
	files, err := filepath.Glob("../../scheduler/check/testdata/plan-*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no plans", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := model.DecodePlan(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		values = append(values, plan)
	}
	for i, value := range values {
		var got, want bytes.Buffer
		if err := model.Write(&got, value); err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(&want).Encode(value); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("value %d: wrote %.300s\nwant %.300s", i, got.Bytes(), want.Bytes())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestWriteTellsOfAFullDisk(t *testing.T) {
	region, _ := demo.Direkt(demo.Options{Staff: 400})
	if err := model.Write(full{}, region); err == nil {
		t.Error("no error")
	}
}

func TestFilesWritesReadsAndJudges(t *testing.T) {
	var out bytes.Buffer
	if err := bench.Files(t.Context(), &out, bench.FilesOptions{Staff: []int{40}}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"make", "write", "read", "judge"} {
		if !strings.Contains(out.String(), step) {
			t.Errorf("no line for %q in\n%s", step, out.String())
		}
	}
}
