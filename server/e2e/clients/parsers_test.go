package clients_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// parser is a program that reads calendar files and prints a reading of each.
type parser struct {
	name    string
	command []string
	needs   []string // a command that fails when the program is not on this machine
}

// debianPython is the one that Debian's modules belong to.
const debianPython = "/usr/bin/python3"

var parsers = []parser{
	{"libical", nil, []string{"cc", "-E", "-include", "libical/ical.h", "-x", "c", os.DevNull, "-o", os.DevNull}}, // see libicalReader
	{"ical.js", []string{"node", "testdata/read.mjs"}, []string{"node", "--version"}},
	{"python-icalendar", []string{debianPython, "testdata/read.py"}, []string{debianPython, "-c", "import icalendar"}},
	{"sabre/vobject", []string{"php", "testdata/read.php"}, []string{"php", "-r", "require 'Sabre/VObject/includes.php';"}},
}

// present lists the parsers of this machine; in CI it must be all of them.
var present = sync.OnceValues(func() ([]parser, error) {
	var list []parser
	var missing []error
	for _, p := range parsers {
		if out, err := exec.Command(p.needs[0], p.needs[1:]...).CombinedOutput(); err != nil {
			missing = append(missing, fmt.Errorf("%s is not on this machine: %w %s", p.name, err, bytes.TrimSpace(out)))
			continue
		}
		list = append(list, p)
	}
	return list, errors.Join(missing...)
})

// readers are the parsers to ask. Those that the machine lacks are named.
func readers(t *testing.T) []parser {
	t.Helper()
	list, err := present()
	if err != nil {
		missing(t, err)
	}
	for i := range list {
		switch list[i].name {
		case "libical":
			list[i].command = []string{libicalReader(t)}
		case "ical.js":
			expectICALJS(t)
		}
	}
	return list
}

// missing reports programs that this machine lacks. In CI they must be there;
// elsewhere the test goes on without them.
func missing(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("needed in CI: %v", err)
	}
	t.Logf("not tested with everything: %v", err)
}

// libicalReader compiles the small program that asks libical.
func libicalReader(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "read")
	out, err := exec.Command("cc", "-Wall", "-Wextra", "-Werror", "-o", program, "testdata/read.c", "-lical").CombinedOutput()
	if err != nil {
		t.Fatalf("testdata/read.c does not compile: %v\n%s", err, out)
	}
	return program
}

// icalJSHash is of ical.js 2.2.1's ical.min.js.
const icalJSHash = "6643f20634241dc040e02c2f10e3c48cf9bcda4b3180f4321a3d05a3a83dfe52"

// expectICALJS makes sure that the vendored parser is the published one.
func expectICALJS(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile("testdata/ical.min.mjs")
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != icalJSHash {
		t.Fatalf("testdata/ical.min.mjs has SHA-256 %x, want %s", sum, icalJSHash)
	}
}

// sample is a calendar that the product has written, and what it says it is.
type sample struct {
	name string
	body string
	want reading
}

// readAll has a parser read all samples.
func (p parser) readAll(t *testing.T, samples []sample) []reading {
	t.Helper()
	var list []reading
	for _, line := range p.lines(t, samples) {
		var r reading
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%s prints %q: %v", p.name, line, err)
		}
		list = append(list, r.sorted())
	}
	return list
}

// lines gives a program all samples in one go; it prints a line for each.
func (p parser) lines(t *testing.T, samples []sample) []string {
	t.Helper()
	dir := t.TempDir()
	args := slices.Clone(p.command[1:])
	for i, s := range samples {
		file := filepath.Join(dir, fmt.Sprintf("%04d.ics", i))
		if err := os.WriteFile(file, []byte(s.body), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, complaint, err := run(exec.CommandContext(t.Context(), p.command[0], args...))
	if err != nil {
		t.Fatalf("%s: %v\n%s", p.name, err, complaint)
	}
	list := slices.Collect(strings.Lines(out))
	if len(list) != len(samples) {
		t.Fatalf("%s prints %d lines of %d calendars\n%s", p.name, len(list), len(samples), complaint)
	}
	return list
}

func run(cmd *exec.Cmd) (out, complaint string, err error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// expectReadings has every parser read every sample, and compares.
func expectReadings(t *testing.T, samples []sample) {
	t.Helper()
	for _, p := range readers(t) {
		for i, got := range p.readAll(t, samples) {
			expectReading(t, p.name, samples[i], got)
		}
	}
}

func expectReading(t *testing.T, parser string, s sample, got reading) {
	t.Helper()
	if len(got.Errors) > 0 {
		t.Errorf("%s finds errors in %s: %q\n%s", parser, s.name, got.Errors, s.body)
		return
	}
	if got.Method != s.want.Method || len(got.Events) != len(s.want.Events) {
		t.Errorf("%s reads %q and %d events from %s; want %q and %d\n%s", parser,
			got.Method, len(got.Events), s.name, s.want.Method, len(s.want.Events), s.body)
		return
	}
	if !slices.Equal(got.Busy, s.want.Busy) {
		t.Errorf("%s reads busy times %v from %s; want %v\n%s", parser, got.Busy, s.name, s.want.Busy, s.body)
	}
	for i := range got.Events {
		expectEntry(t, parser+" reads from "+s.name, got.Events[i], s.want.Events[i])
	}
}

// expectEntry names the fields that differ.
func expectEntry(t *testing.T, what string, got, want entry) {
	t.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range g.NumField() {
		if !g.Field(i).Equal(w.Field(i)) {
			t.Errorf("%s %s %#v; the product says %#v", what, g.Type().Field(i).Name, g.Field(i).Interface(), w.Field(i).Interface())
		}
	}
}
