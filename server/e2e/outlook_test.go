package e2e_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// kaskad runs the program with a command line and returns what it prints.
func kaskad(t *testing.T, args ...string) (string, error) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), binary, args...).CombinedOutput()
	return string(out), err
}

// A problem and two plans on the command line: compared, forecast, simulated.
func TestOutlookOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	problem, a, b := filepath.Join(dir, "problem.json"), filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
	for _, args := range [][]string{{"demo", "direkt", "--staff", "120", "-o", problem},
		{"solve", problem, "-o", a, "--time", "0", "--iterations", "2000"}, {"solve", problem, "-o", b, "--time", "0", "--iterations", "2000", "--seed", "2"}} {
		if out, err := kaskad(t, args...); err != nil {
			t.Fatalf("kaskad %v: %v\n%s", args, err, out)
		}
	}
	for _, c := range []struct {
		args []string
		want []string // parts of what is printed
		fail bool
	}{
		{[]string{"compare", problem, a, a}, []string{"rules broken                                  0            0", "\n0 differences, by unit"}, false},
		{[]string{"compare", problem, a, b, "--by", "leader", "--most", "1"}, []string{"differences, by leader", "… and "}, false},
		{[]string{"forecast", problem, a, "--until", "2028-12-22"}, []string{"as it is: goal 1440 h", "lengthened until 2028-12-22", "municipal"}, false},
		{[]string{"forecast", problem, a, "--until", "2026-12-22"}, []string{"choose a later day"}, true},
		{[]string{"simulate", problem, a, "--runs", "5", "--absent", "0", "--leader-ill", "0", "--leader-stops", "0", "--venue-lost", "0", "--snow", "0"},
			[]string{"0.0 seminars fall, 0.0 further ones", "(100.0 %)"}, false},
		{[]string{"waves", problem}, []string{"ready at start", "w1"}, false},
		{[]string{"waves", problem, "--propose", "--waves", "2", "--weeks", "11", "--apart", "11", "-o", filepath.Join(dir, "rolled.json")}, []string{"w2"}, false},
		{[]string{"check", filepath.Join(dir, "rolled.json"), a}, []string{"H10"}, true}, // planned for other waves
		{[]string{"waves", problem, "--propose", "--waves", "99"}, []string{"from 1 to 12"}, true},
		{[]string{"simulate", problem, a, "--runs", "0"}, []string{"a simulation has 1 to 10000"}, true},
		{[]string{"simulate", problem, a, "--absent", "101"}, []string{"rates are 0 to 100 percent"}, true},
	} {
		out, err := kaskad(t, c.args...)
		if (err != nil) != c.fail {
			t.Errorf("kaskad %s: %v\n%s", c.args[0], err, out)
		}
		for _, part := range c.want {
			if !strings.Contains(out, part) {
				t.Errorf("kaskad %v does not say %q:\n%s", c.args, part, out)
			}
		}
	}
	once, _ := kaskad(t, "simulate", problem, a, "--runs", "20", "--seed", "3")
	if again, _ := kaskad(t, "simulate", problem, a, "--runs", "20", "--seed", "3"); again != once {
		t.Error("the same seed gives another simulation")
	}
}
