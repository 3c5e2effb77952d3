package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// minizinc is a constraint solver, Gecode, given the same linear program in
// MiniZinc's language: it proves nothing before it has searched everything.
var minizinc = Solver{Name: "minizinc", run: runMiniZinc,
	version: printed("Gecode under MiniZinc ", regexp.MustCompile(`version (\S+)`), "minizinc", "--version")}

// WriteMiniZinc writes the program in MiniZinc's language. Every column is a
// whole number there, which all of them are in a best solution.
func (p *Program) WriteMiniZinc(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, c := range p.Columns {
		fmt.Fprintf(b, "var %d..%d: %s;\n", c.Lower, c.Upper, c.Name)
	}
	sumOf := func(terms []Term) {
		b.WriteString("0")
		for _, t := range sum(terms) {
			fmt.Fprintf(b, " + %d*%s", t.Coefficient, p.Columns[t.Column].Name)
		}
	}
	for _, r := range p.Rows {
		b.WriteString("constraint ")
		sumOf(r.Terms)
		fmt.Fprintf(b, " %s %d;\n", map[Sense]string{AtMost: "<=", AtLeast: ">=", Equal: "="}[r.Sense], r.Right)
	}
	b.WriteString("solve minimize ")
	sumOf(p.Objective)
	fmt.Fprintf(b, " + %d;\noutput [", p.Constant)
	for j, c := range p.Columns {
		if c.Whole {
			fmt.Fprintf(b, "\"%d \", show(%s), \"\\n\",\n", j, c.Name)
		}
	}
	b.WriteString("\"\"];\n")
	return b.Flush()
}

func runMiniZinc(ctx context.Context, j job) (Answer, error) {
	model := j.file("model.mzn")
	if err := writeFile(model, j.program.WriteMiniZinc); err != nil {
		return Answer{}, err
	}
	out, used, err := execute(ctx, j.killAfter(), "minizinc", "--solver", "gecode", "--time-limit", fmt.Sprint(j.limit.Milliseconds()), "--intermediate", model)
	a := Answer{Processor: used}
	if err != nil {
		return a, err
	}
	a.Optimal = strings.Contains(out, "==========")
	a.Infeasible = strings.Contains(out, "=====UNSATISFIABLE=====")
	blocks := strings.Split(out, "----------")
	if len(blocks) < 2 {
		return a, nil
	}
	var ones []int
	for line := range strings.Lines(blocks[len(blocks)-2]) {
		column, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if i, err := strconv.Atoi(column); err == nil && value == "1" {
			ones = append(ones, i)
		}
	}
	slices.Sort(ones)
	values, objective, broken := j.program.complete(ones)
	if broken != "" {
		return a, fmt.Errorf("minizinc: its solution breaks %s", broken)
	}
	a.Values = values
	if a.Optimal {
		a.Bound, a.Bounded = float64(objective), true
	}
	return a, nil
}
