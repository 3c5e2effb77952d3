package bench

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// slack is the distance between solution and bound at which a solver may stop.
// All totals are whole, so a bound less than 1 below proves the optimum.
const slack = 0.9

// highs is HiGHS as WebAssembly under Node.js: npm package "highs".
var highs = Solver{Name: "highs", TakesStart: true, version: highsVersion, run: runHighs}

//go:embed highs.cjs
var highsScript string

func highsVersion(ctx context.Context) (string, error) {
	out, _, err := execute(ctx, time.Minute, "node", "-e", highsScript)
	if err != nil {
		return "", ErrAbsent
	}
	return "HiGHS (npm highs " + strings.TrimSpace(out) + ")", nil
}

func runHighs(ctx context.Context, j job) (Answer, error) {
	ones := j.start
	if ones != nil {
		ones = append(slices.Clone(ones), len(j.program.Columns)) // the constant's
	}
	start, err := json.Marshal(ones)
	if err != nil {
		return Answer{}, err
	}
	for name, text := range map[string]string{"highs.cjs": highsScript, "start.json": string(start)} {
		if err := j.put(name, text); err != nil {
			return Answer{}, err
		}
	}
	_, used, err := execute(ctx, j.killAfter(), "node", j.file("highs.cjs"), j.mps(), j.file("start.json"), j.seconds(), j.file("answer.json"))
	if err != nil {
		return Answer{Processor: used}, err
	}
	var said struct {
		Status    string
		Bound     *float64
		Objective float64
		Feasible  bool
		Values    []float64
	}
	data, err := os.ReadFile(j.file("answer.json"))
	if err != nil {
		return Answer{}, err
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return Answer{}, err
	}
	a := Answer{Optimal: said.Status == "optimal", Infeasible: said.Status == "infeasible", Processor: used}
	if said.Feasible {
		a.Values = said.Values
	}
	switch {
	case a.Optimal: // also where presolve left no tree with a bound
		a.Bound, a.Bounded = said.Objective-slack, true
	case said.Bound != nil:
		a.Bound, a.Bounded = *said.Bound, true
	}
	return a, nil
}

// cbc is COIN-OR's branch and cut.
var cbc = Solver{Name: "cbc", TakesStart: true, run: runCBC,
	version: printed("COIN-OR CBC ", regexp.MustCompile(`Version: (\S+)`), "cbc", "-version", "-quit")}

// printed makes a version function that finds the version in a program's output.
func printed(name string, pattern *regexp.Regexp, program string, args ...string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		out, _, err := execute(ctx, time.Minute, program, args...)
		if err != nil {
			return "", err
		}
		found := pattern.FindStringSubmatch(out)
		if found == nil {
			return "", fmt.Errorf("%s does not tell its version", program)
		}
		return name + found[1], nil
	}
}

var cbcBound = regexp.MustCompile(`(?m)^Lower bound:\s+(\S+)`)

func runCBC(ctx context.Context, j job) (Answer, error) {
	args := []string{j.mps(), "-timeMode", "cpu", "-sec", j.seconds(), "-ratioGap", "0", "-allowableGap", fmt.Sprint(slack)}
	if j.start != nil {
		var b strings.Builder
		b.WriteString("Optimal\n0 one 1 0\n")
		for i, column := range j.start {
			fmt.Fprintf(&b, "%d %s 1 0\n", i+1, j.program.Columns[column].Name)
		}
		if err := j.put("start.txt", b.String()); err != nil {
			return Answer{}, err
		}
		args = append(args, "-mipstart", j.file("start.txt"))
	}
	args = append(args, "-solve", "-solution", j.file("answer.txt"))
	out, used, err := execute(ctx, j.killAfter(), "cbc", args...)
	if err != nil {
		return Answer{Processor: used}, err
	}
	a, err := readCBC(j)
	a.Processor = used
	if strings.Contains(out, "No feasible solution found") {
		a.Values = nil
	}
	if found := cbcBound.FindStringSubmatch(out); found != nil && !a.Bounded {
		if bound, err := strconv.ParseFloat(found[1], 64); err == nil {
			a.Bound, a.Bounded = bound, true
		}
	}
	return a, err
}

// readCBC reads "STATUS - objective value X" and then "INDEX NAME VALUE PRICE" lines.
func readCBC(j job) (Answer, error) {
	data, err := os.ReadFile(j.file("answer.txt"))
	if err != nil {
		return Answer{}, err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	head := lines[0]
	a := Answer{Optimal: strings.HasPrefix(head, "Optimal"), Infeasible: strings.Contains(head, "nfeasible")}
	if a.Infeasible {
		return a, nil
	}
	_, value, _ := strings.Cut(head, "objective value ")
	objective, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return a, fmt.Errorf("cbc: cannot read %q", head)
	}
	if a.Optimal {
		a.Bound, a.Bounded = objective-slack, true
	}
	a.Values, err = readValues(lines[1:], len(j.program.Columns)+1, 0, 2)
	return a, err
}

// readValues reads a value per line from two fields: the column's number and
// what it is. Lines may start with ** where CBC found a value out of bounds.
func readValues(lines []string, columns, index, value int) ([]float64, error) {
	values := make([]float64, columns)
	for _, line := range lines {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "**"))
		if len(fields) <= value {
			continue
		}
		i, err := strconv.Atoi(fields[index])
		if err != nil || i < 0 || i >= columns {
			return nil, fmt.Errorf("cannot read solution line %q", line)
		}
		if values[i], err = strconv.ParseFloat(fields[value], 64); err != nil {
			return nil, fmt.Errorf("cannot read solution line %q", line)
		}
	}
	return values, nil
}

// glpk is the GNU kit's glpsol.
var glpk = Solver{Name: "glpk", run: runGLPK,
	version: printed("GLPK ", regexp.MustCompile(`Solver (\S+)`), "glpsol", "--version")}

// glpkBound is a progress line of its branch and bound: best solution, bound, gap.
var glpkBound = regexp.MustCompile(`(?m)^\+\s*\d+: (?:mip|>>>>>) =\s+.*>=\s+(\S+)`)

func runGLPK(ctx context.Context, j job) (Answer, error) {
	out, used, err := execute(ctx, j.killAfter(), "glpsol", "--freemps", j.mps(), "--cuts", "--tmlim", j.seconds(), "--write", j.file("answer.txt"))
	a := Answer{Processor: used}
	if err != nil {
		return a, err
	}
	a.Infeasible = strings.Contains(out, "HAS NO PRIMAL FEASIBLE SOLUTION") || strings.Contains(out, "HAS NO INTEGER FEASIBLE SOLUTION")
	if found := glpkBound.FindAllStringSubmatch(out, -1); found != nil {
		if bound, err := strconv.ParseFloat(found[len(found)-1][1], 64); err == nil {
			a.Bound, a.Bounded = bound, true
		}
	}
	data, err := os.ReadFile(j.file("answer.txt"))
	if err != nil {
		return a, err
	}
	var columns []string
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) >= 6 && fields[0] == "s":
			// s mip ROWS COLUMNS STATUS OBJECTIVE; the status is o, f, n or u.
			a.Optimal = fields[4] == "o"
			if objective, err := strconv.ParseFloat(fields[5], 64); a.Optimal && err == nil {
				a.Bound, a.Bounded = objective, true
			}
			if fields[4] != "o" && fields[4] != "f" {
				return a, nil
			}
		case len(fields) == 3 && fields[0] == "j":
			// Columns count from 1.
			columns = append(columns, "0 "+line)
		}
	}
	values, err := readValues(columns, len(j.program.Columns)+2, 2, 3)
	if err == nil {
		a.Values = values[1:]
	}
	return a, err
}
