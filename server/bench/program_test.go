package bench

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kaskad/model"
	"kaskad/server/bench/corpus"
)

// small asks for the cheapest of three columns, one of them continuous.
func small() *Program {
	p := &Program{Constant: 7}
	x, y, z := p.binary("x"), p.binary("y"), p.column(Column{Name: "z", Upper: 3})
	p.pay(x, 5)
	p.pay(z, -2)
	p.row("H1", []Term{{x, 1}, {y, 1}}, AtLeast, 1)
	p.row("H2", []Term{{z, 1}, {y, -2}, {z, 1}}, AtMost, 0)
	p.row("H3", []Term{{x, 1}, {y, 1}, {x, -1}}, Equal, 1)
	return p
}

func TestProgramIsWrittenInEveryFormat(t *testing.T) {
	for name, want := range map[string]string{
		".lp": `Minimize
 obj: + 5 x - 2 z + 7 one
Subject To
 H1_0: + 1 x + 1 y >= 1
 H2_1: + 2 z - 2 y <= 0
 H3_2: + 1 y = 1
Bounds
 0 <= x <= 1
 0 <= y <= 1
 0 <= z <= 3
 one = 1
Generals
 x
 y
End
`,
		".mps": `NAME kaskad FREE
ROWS
 N obj
 G H1_0
 L H2_1
 E H3_2
COLUMNS
 M0 'MARKER' 'INTORG'
 x obj 5
 x H1_0 1
 y obj 0
 y H1_0 1
 y H2_1 -2
 y H3_2 1
 M2 'MARKER' 'INTEND'
 z obj -2
 z H2_1 2
 MEND 'MARKER' 'INTORG'
 one obj 7
 MEND 'MARKER' 'INTEND'
RHS
 RHS H1_0 1
 RHS H3_2 1
BOUNDS
 LO BND x 0
 UP BND x 1
 LO BND y 0
 UP BND y 1
 LO BND z 0
 UP BND z 3
 FX BND one 1
ENDATA
`,
	} {
		var b strings.Builder
		if err := Formats[name].write(small(), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, b.String(), want)
		}
	}
}

// Whoever is installed reads the same optimum from every format.
func TestFormatsMeanTheSame(t *testing.T) {
	readers := []struct {
		ending string
		answer string // of the optimum 5
		args   []string
	}{
		{".lp", "5", []string{"glpsol", "--lp", "FILE", "--write", "OUT"}},
		{".mps", "5", []string{"glpsol", "--freemps", "FILE", "--write", "OUT"}},
		{".lp", "5.00000000", []string{"cbc", "FILE", "-solve", "-solution", "OUT"}},
		{".mps", "5.00000000", []string{"cbc", "FILE", "-solve", "-solution", "OUT"}},
	}
	for _, r := range readers {
		file, out := filepath.Join(t.TempDir(), "model"+r.ending), filepath.Join(t.TempDir(), "out")
		if err := writeFile(file, func(w io.Writer) error { return Formats[r.ending].write(small(), w) }); err != nil {
			t.Fatal(err)
		}
		program, err := exec.LookPath(r.args[0])
		if err != nil {
			t.Logf("%s is not installed", r.args[0])
			continue
		}
		var args []string
		for _, a := range r.args[1:] {
			args = append(args, strings.NewReplacer("FILE", file, "OUT", out).Replace(a))
		}
		if said, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(strings.Fields(string(data)), r.answer) {
			t.Errorf("%v: no optimum of %s in\n%s", r.args, r.answer, data)
		}
	}
}

func TestExportSaysWhatEachDecisionMeans(t *testing.T) {
	p := corpus.All()[4].Problem // one person, one module
	m, err := Build(p)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := m.Export(&b, Formats[".lp"], 0); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\\ y0: tier staff, module a, slot 03-01 08:30, venue hall, room 1\n", ": p1 attends it\n", ": x leads it\n", "UNM_"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}

func TestBuildRefusesWhatIsTooLarge(t *testing.T) {
	p := corpus.Calm(1, corpus.Size{People: 400, Slots: 300, Venues: 40, Modules: 4})
	if m, err := Build(p); err == nil {
		t.Errorf("a program for %d people was built, with %d columns", len(p.People), len(m.Columns))
	}
}

func TestImpossiblePromisesAreTold(t *testing.T) {
	p := corpus.All()[4].Problem
	p.Fixed = []model.Seminar{{ID: "f", Tier: "staff", Module: "a", Slot: p.Slots[0].ID, Venue: "hall", Leaders: []string{"p1"}, Attendees: []string{"p1"}}}
	m, err := Build(p)
	if err != nil {
		t.Fatal(err)
	}
	if m.Impossible == "" {
		t.Error("p1 may not lead, yet the program takes the fixed seminar")
	}
}
