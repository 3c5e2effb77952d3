package e2e_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// explain runs the program's command on a small demonstration with its plan.
func explain(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	problem, plan := filepath.Join(dir, "problem.json"), filepath.Join(dir, "plan.json")
	for _, args := range [][]string{{"demo", "direkt", "--staff", "80", "-o", problem}, {"solve", problem, "-o", plan, "--time", "0", "--iterations", "20000"}} {
		if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	out, err := exec.Command(binary, append([]string{"explain", problem, plan}, args...)...).CombinedOutput()
	if err != nil {
		return "error: " + string(out)
	}
	return string(out)
}

func TestExplainOnTheCommandLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"needs have no seat"}},
		{[]string{"--seminar", "s1"}, []string{"Who could lead it:", "Same time, another venue:", "Same venue, another time:"}},
		{[]string{"--person", "p00001"}, []string{"one way", "At least 7 days between two modules."}},
		{[]string{"--person", "nobody"}, []string{"error:", `no person "nobody"`}},
		{[]string{"--leader", "p00001", "--unmet"}, []string{"error:"}},
	} {
		said := explain(t, tt.args...)
		for _, want := range tt.want {
			if !strings.Contains(said, want) {
				t.Errorf("explain %v does not say %q:\n%s", tt.args, want, said)
			}
		}
	}
}
