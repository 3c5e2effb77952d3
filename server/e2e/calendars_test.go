package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// appointment is one entry of somebody's calendar: when it starts on the wall
// clock of Stockholm, and which module it is about.
type appointment struct{ start, module string }

func (a appointment) String() string { return a.start + " " + a.module }

const wallClock = "2006-01-02 15:04"

// titles are how a feed calls a seminar attended and one led.
func moduleOf(title string) string {
	title = strings.TrimSuffix(title, " (DiREKT)")
	for _, ending := range []string{" – seminarium", " – seminar"} {
		title = strings.TrimSuffix(title, ending)
	}
	for _, beginning := range []string{"Du leder: ", "You lead: "} {
		title = strings.TrimPrefix(title, beginning)
	}
	return title
}

// missing reports a program that a test needs and this machine lacks. In CI it
// must be there; elsewhere the test goes on without it.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is needed in CI: %v", what, err)
	}
	t.Logf("not tested with %s, which is not on this machine: %v", what, err)
}

// byKhal reads a calendar with khal, whose parser is not ours.
func byKhal(t *testing.T, body string) ([]appointment, bool) {
	t.Helper()
	khal, err := exec.LookPath("khal")
	if err != nil {
		missing(t, "khal", err)
		return nil, false
	}
	home := t.TempDir()
	config := filepath.Join(home, "config")
	settings := fmt.Sprintf(khalSettings, filepath.Join(home, "calendar"), filepath.Join(home, "khal.db"))
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "feed.ics")
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	out := output(t, exec.Command(khal, "-c", config, "printics", "--format", "{start-long}|{title}", file), "")
	var list []appointment
	for _, line := range strings.Split(out, "\n") {
		if start, title, ok := strings.Cut(line, "|"); ok {
			list = append(list, appointment{start, moduleOf(title)})
		}
	}
	return sorted(list), true
}

const khalSettings = `[calendars]
[[test]]
path = %s
[sqlite]
path = %s
[locale]
timeformat = %%H:%%M
dateformat = %%Y-%%m-%%d
longdateformat = %%Y-%%m-%%d
datetimeformat = %%Y-%%m-%%d %%H:%%M
longdatetimeformat = %%Y-%%m-%%d %%H:%%M
local_timezone = Europe/Stockholm
default_timezone = Europe/Stockholm
`

// byPython reads a calendar with python-icalendar, a third parser.
func byPython(t *testing.T, body string) ([]appointment, bool) {
	t.Helper()
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import icalendar").Run(); err != nil {
		missing(t, "python3-icalendar", err)
		return nil, false
	}
	var events []struct {
		Start int64
		Title string
	}
	if err := json.Unmarshal([]byte(output(t, exec.Command(python, "testdata/read.py"), body)), &events); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	var list []appointment
	for _, e := range events {
		list = append(list, appointment{time.Unix(e.Start, 0).In(zone).Format(wallClock), moduleOf(e.Title)})
	}
	return sorted(list), true
}

func output(t *testing.T, run *exec.Cmd, input string) string {
	t.Helper()
	run.Stdin = strings.NewReader(input)
	var complaint bytes.Buffer
	run.Stderr = &complaint
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", run, err, complaint.Bytes())
	}
	return string(out)
}

func sorted(list []appointment) []appointment {
	slices.SortFunc(list, func(a, b appointment) int { return strings.Compare(a.String(), b.String()) })
	return list
}
