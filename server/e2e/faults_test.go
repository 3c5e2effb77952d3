package e2e_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// answerTime is how long the program may take to find that its input is bad.
// Being ended by it is a failure: the exit code is not 1 then.
const answerTime = 10 * time.Second

// brokenProblem has three faults on lines 4, 6 and 7.
const brokenProblem = `{
  "format": "kaskad/problem/1",
  "programme": {"id": "x", "timezone": "Europe/Stockholm", "travel": {"detour": 1.25, "kmh": 60, "fixed": 4}},
  "tiers": [{"id": "staff", "modules": ["ethics"], "seats": {"max": 20}}],
  "modules": [{"id": "law", "minutes": 180}], "sectors": ["municipal"], "slots": [], "units": [],
  "venues": [{"id": "v", "lat": 57.7, "lon": 11.9, "capacity": "20"}],
  "people": [{"id": "p", "unit": "nowhere", "tier": "staff"}]
}`

var everyFault = []string{"line 4", "tiers[0].modules[0]", "line 6", "venues[0].capacity", "line 7", "people[0].unit", `"nowhere"`}

func TestBadInputIsAnsweredWithWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	broken, absent := file("broken.json", brokenProblem), filepath.Join(dir, "absent.json")
	good := demonstration(t, dir)
	taken := takenPort(t)
	locked := serve(t, t.TempDir()).data
	at := func(data string, more ...string) []string {
		return append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, more...)
	}
	for _, c := range []struct {
		name string
		args []string
		want []string // all of it, on standard error
	}{
		{"solve a broken problem", []string{"solve", broken}, append(everyFault, broken)},
		{"check a broken problem", []string{"check", broken, good}, append(everyFault, broken)},
		{"serve a broken problem", at(t.TempDir(), "--problem", broken), append(everyFault, broken)},
		{"a problem cut off", []string{"solve", file("cut.json", brokenProblem[:200])}, []string{"cut.json", "line 4"}},
		{"a problem that is no JSON", []string{"solve", file("text.json", "hello")}, []string{"text.json", "line 1"}},
		{"a plan in place of a problem", []string{"solve", file("plan.json", `{"format": "kaskad/plan/1"}`)}, []string{"plan.json", "format: is that of a plan"}},
		{"a problem in place of a plan", []string{"check", good, good}, []string{good, "format: is that of a problem"}},
		{"solve a missing file", []string{"solve", absent}, []string{"there is no file " + absent}},
		{"check a missing plan", []string{"check", good, absent}, []string{"there is no file " + absent}},
		{"serve a missing file", at(t.TempDir(), "--problem", absent), []string{"there is no file " + absent}},
		{"a plan that cannot be written", []string{"solve", good, "-o", filepath.Join(absent, "plan.json"), "--time", "1s"}, []string{"cannot write", absent}},
		{"a taken port", []string{"serve", "--addr", taken, "--data", t.TempDir()}, []string{taken, "in use", "--addr"}},
		{"no port at all", []string{"serve", "--addr", "127.0.0.1:seven", "--data", t.TempDir()}, []string{"127.0.0.1:seven", "--addr"}},
		{"a data folder under a file", at(filepath.Join(good, "data")), []string{"data folder", good, "choose another"}},
		{"a data folder in use", at(locked), []string{locked, "another Kaskad"}},
		{"a job on a data folder in use", []string{"job", "invite", "--data", locked}, []string{locked, "another Kaskad"}},
		{"MongoDB that is not there", at(t.TempDir(), "--mongo-uri", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=2000"), []string{"MongoDB at 127.0.0.1:1", "does not answer", "check"}},
		{"MongoDB that is not there, asked as usual", at(t.TempDir(), "--mongo-uri", "mongodb://user:hush@127.0.0.1:1/"), []string{"MongoDB at 127.0.0.1:1", "does not answer"}},
		{"a MongoDB address that is none", at(t.TempDir(), "--mongo-uri", "localhost"), []string{"MongoDB", "mongodb://"}},
		{"a sender that is no address", at(t.TempDir(), "--from", "nobody"), []string{"--from", `"nobody"`, "e-mail address"}},
		{"a secret too short", at(t.TempDir(), "--secret", "hush"), []string{"32"}},
		{"an unknown flag", []string{"serve", "--colour"}, []string{"--colour", "kaskad -h"}},
		{"an unknown command", []string{"plann"}, []string{"plann", "kaskad -h"}},
		{"an unknown job", []string{"job", "sweep", "--data", t.TempDir()}, []string{"sweep", "invite", "checkpoint", "cleanup"}},
		{"an unknown demonstration", []string{"demo", "oslo"}, []string{"oslo", "direkt"}},
		{"too few staff to serve", at(t.TempDir(), "--staff", "3"), []string{"--staff", "40"}},
		{"too few staff to write", []string{"demo", "direkt", "--staff", "39"}, []string{"--staff", "40"}},
		{"a number that is none", at(t.TempDir(), "--staff", "many"), []string{"--staff", "many"}},
		{"no arguments to check", []string{"check"}, []string{"problem", "kaskad -h"}},
	} {
		t.Run(c.name, func(t *testing.T) { expectRefusal(t, c.args, c.want) })
	}
}

// demonstration writes the smallest demonstration's problem.
func demonstration(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "problem.json")
	if out, err := exec.Command(binary, "demo", "direkt", "--staff", "40", "-o", path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func expectRefusal(t *testing.T, args, want []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), answerTime)
	defer cancel()
	run := exec.CommandContext(ctx, binary, args...)
	run.Env = quietEnvironment()
	var said bytes.Buffer
	run.Stderr = &said
	err := run.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("ended with %v, want exit code 1", err)
	}
	for _, part := range want {
		if !strings.Contains(said.String(), part) {
			t.Errorf("standard error does not say %q", part)
		}
	}
	for _, trace := range []string{"goroutine ", "panic:", ".go:", "hush"} {
		if strings.Contains(said.String(), trace) {
			t.Errorf("standard error says %q, which is for nobody", trace)
		}
	}
	if t.Failed() {
		t.Logf("standard error:\n%s", said.String())
	}
}
