package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/scheduler/check"
)

// kaskad repair mends a problem file whose published plan has lost a leader,
// and keeps what is locked.
func TestRepairOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	problem, plan, mended := filepath.Join(dir, "problem.json"), filepath.Join(dir, "plan.json"), filepath.Join(dir, "mended.json")
	command := func(args ...string) (string, error) {
		var out bytes.Buffer
		cmd := exec.Command(binary, args...)
		cmd.Stderr, cmd.Env = &out, quietEnvironment()
		err := cmd.Run()
		return out.String(), err
	}
	for _, args := range [][]string{{"demo", "direkt", "--staff", "400", "-o", problem}, {"solve", problem, "-o", plan, "--time", "0", "--iterations", "20000"}} {
		if out, err := command(args...); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	if out, err := command("repair", problem); err == nil || !strings.Contains(out, "nothing is published") {
		t.Errorf("repair of nothing: %v %s", err, out)
	}
	p, told := decoded[model.Problem](t, problem), decoded[model.Plan](t, plan)
	s := told.Seminars[slices.IndexFunc(told.Seminars, func(s model.Seminar) bool { return s.Tier == "staff" })]
	slot := p.Slots[slices.IndexFunc(p.Slots, func(x model.Slot) bool { return x.ID == s.Slot })]
	for i := range p.People {
		if p.People[i].ID == s.Leaders[0] {
			p.People[i].Closed = append(p.People[i].Closed, model.Interval{From: slot.Start, To: slot.End})
		}
	}
	data, err := json.Marshal(p)
	if err == nil {
		err = os.WriteFile(problem, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := command("repair", problem, "--published", plan, "-o", mended, "--lock", s.ID+"=time+place"); err != nil || !strings.Contains(out, "0 people get another time") {
		t.Fatalf("repair: %v %s", err, out)
	}
	p.Published = told
	now := decoded[model.Plan](t, mended)
	if report := check.Check(p, now); !report.Valid || report.Moved != 0 {
		t.Errorf("mended: %v, %d moved", report.Violations, report.Moved)
	}
	if out, err := command("repair", problem, "--published", plan, "--lock", s.ID+"=hat"); err == nil || !strings.Contains(out, "neither time, place nor leaders") {
		t.Errorf("an unknown lock: %v %s", err, out)
	}
}

func decoded[T any](t *testing.T, path string) *T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	x := new(T)
	if err := json.Unmarshal(data, x); err != nil {
		t.Fatal(err)
	}
	return x
}
