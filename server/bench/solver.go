package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Solver is one general solver for mixed-integer programs.
type Solver struct {
	Name       string
	TakesStart bool // it can be handed a plan to begin with
	version    func(context.Context) (string, error)
	run        func(context.Context, job) (Answer, error)
}

// job is one program to solve, in files of its own folder.
type job struct {
	program *Program
	folder  string
	start   []int // columns at 1; nil: none
	limit   time.Duration
}

func (j job) file(name string) string { return filepath.Join(j.folder, name) }
func (j job) mps() string             { return j.file("model.mps") }
func (j job) seconds() string         { return fmt.Sprint(max(1, int(j.limit.Seconds()))) }

// killAfter ends a solver that overruns its own limit of processor time. It is long: on a busy machine
// a second of that takes many on the wall.
func (j job) killAfter() time.Duration { return 20*j.limit + time.Minute }

func (j job) put(name, text string) error { return os.WriteFile(j.file(name), []byte(text), 0o600) }

// Answer is what a solver says of a program.
type Answer struct {
	Optimal, Infeasible bool
	Values              []float64 // by column; nil if it found no solution
	Bound               float64   // no solution is below it
	Bounded             bool
	Processor           time.Duration // user and system time of the solver's process
}

// Solvers are those this package can run.
var Solvers = []Solver{highs, cbc, glpk, minizinc}

// ErrAbsent says that a solver is not installed.
var ErrAbsent = errors.New("not installed")

// Version asks the solver for its version; ErrAbsent if it is not on PATH.
func (s Solver) Version(ctx context.Context) (string, error) { return s.version(ctx) }

// Solve runs the solver on a program with so much processor time, one thread.
// start lists the columns that are 1 in a known solution; nil if none is known.
func (s Solver) Solve(ctx context.Context, p *Program, start []int, limit time.Duration) (Answer, error) {
	folder, err := os.MkdirTemp("", "kaskad-bench-")
	if err != nil {
		return Answer{}, err
	}
	defer os.RemoveAll(folder)
	j := job{program: p, folder: folder, start: start, limit: limit}
	if err := writeFile(j.mps(), p.WriteMPS); err != nil {
		return Answer{}, err
	}
	return s.run(ctx, j)
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// execute runs a program to its end and returns what it printed. A solver that
// overruns its own limit by far is ended.
func execute(ctx context.Context, limit time.Duration, name string, args ...string) (string, time.Duration, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", 0, ErrAbsent
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var used time.Duration
	if cmd.ProcessState != nil {
		used = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	if err != nil {
		return out.String(), used, fmt.Errorf("%s: %w: %s", name, err, complaint(out.String()))
	}
	return out.String(), used, nil
}

// complaint is the line of an output that says what went wrong, cut to a
// table's width: the last that begins by naming an error, else the last.
func complaint(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	said := lines[len(lines)-1]
	for _, line := range lines {
		if kind, _, named := strings.Cut(line, ":"); named && strings.HasSuffix(kind, "Error") {
			said = line
		}
	}
	return fmt.Sprintf("%.80s", said)
}
