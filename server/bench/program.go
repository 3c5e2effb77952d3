package bench

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Program is a mixed-integer linear program: minimise Objective subject to
// Rows. Every number is whole, so the least objective of a program whose
// continuous variables follow from the others is whole too.
type Program struct {
	Columns   []Column
	Rows      []Row
	Objective []Term
	Constant  int // added to the objective

	entries int // terms of all rows
}

// MaxEntries is the size, in terms of all rows, at which Build gives up: a
// solver would need several gigabytes for more.
const MaxEntries = 12_000_000

// Column is one variable between Lower and Upper; Upper below 0 means no limit.
type Column struct {
	Name         string
	Lower, Upper int
	Whole        bool
}

// Term is one coefficient in the objective or a row.
type Term struct{ Column, Coefficient int }

// Sense compares a row's sum with its right-hand side.
type Sense byte

// The three senses, by their letters in an MPS file.
const (
	AtMost  Sense = 'L'
	AtLeast Sense = 'G'
	Equal   Sense = 'E'
)

// Row is one constraint. Rule names what it stands for, such as "H4".
type Row struct {
	Rule  string
	Terms []Term
	Sense Sense
	Right int
}

func (p *Program) binary(name string) int { return p.column(Column{Name: name, Upper: 1, Whole: true}) }

func (p *Program) column(c Column) int {
	p.Columns = append(p.Columns, c)
	return len(p.Columns) - 1
}

func (p *Program) row(rule string, terms []Term, sense Sense, right int) {
	if len(terms) == 0 && right == 0 {
		return
	}
	// Beyond the limit nothing is kept; Build says so in the end.
	if p.entries += len(terms); p.entries <= MaxEntries {
		p.Rows = append(p.Rows, Row{rule, terms, sense, right})
	}
}

// pay adds a price to a variable.
func (p *Program) pay(column, price int) {
	if price != 0 {
		p.Objective = append(p.Objective, Term{column, price})
	}
}

// sum adds up the terms of each column, in order of first appearance, and drops zeros.
func sum(terms []Term) []Term {
	at := make(map[int]int, len(terms))
	var out []Term
	for _, t := range terms {
		if i, seen := at[t.Column]; seen {
			out[i].Coefficient += t.Coefficient
			continue
		}
		at[t.Column] = len(out)
		out = append(out, t)
	}
	return slices.DeleteFunc(out, func(t Term) bool { return t.Coefficient == 0 })
}

// WriteLP writes the program in the CPLEX LP format.
func (p *Program) WriteLP(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("Minimize\n obj:")
	p.terms(b, append(sum(p.Objective), Term{-1, p.Constant}))
	b.WriteString("\nSubject To\n")
	for i, r := range p.Rows {
		fmt.Fprintf(b, " %s_%d:", r.Rule, i)
		p.terms(b, sum(r.Terms))
		sense := map[Sense]string{AtMost: "<=", AtLeast: ">=", Equal: "="}[r.Sense]
		fmt.Fprintf(b, " %s %d\n", sense, r.Right)
	}
	b.WriteString("Bounds\n")
	for _, c := range p.Columns {
		if c.Upper < 0 {
			fmt.Fprintf(b, " %s >= %d\n", c.Name, c.Lower)
			continue
		}
		fmt.Fprintf(b, " %d <= %s <= %d\n", c.Lower, c.Name, c.Upper)
	}
	b.WriteString(" one = 1\nGenerals\n")
	for _, c := range p.Columns {
		if c.Whole {
			b.WriteString(" " + c.Name + "\n")
		}
	}
	b.WriteString("End\n")
	return b.Flush()
}

// terms writes a sum, a few to a line: some readers take no long ones. Column
// -1 is the constant, which the format spells as a variable that is always 1.
func (p *Program) terms(b *bufio.Writer, terms []Term) {
	if len(terms) == 0 {
		b.WriteString(" 0 one")
	}
	for i, t := range terms {
		if i%8 == 7 {
			b.WriteString("\n  ")
		}
		name, sign, c := "one", " + ", t.Coefficient
		if t.Column >= 0 {
			name = p.Columns[t.Column].Name
		}
		if c < 0 {
			sign, c = " - ", -c
		}
		b.WriteString(sign + strconv.Itoa(c) + " " + name)
	}
}

// WriteMPS writes the program in the free MPS format.
func (p *Program) WriteMPS(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("NAME kaskad FREE\nROWS\n N obj\n")
	type entry struct{ row, value int }
	entries := make([][]entry, len(p.Columns))
	for i, r := range p.Rows {
		fmt.Fprintf(b, " %c %s_%d\n", r.Sense, r.Rule, i)
		for _, t := range sum(r.Terms) {
			entries[t.Column] = append(entries[t.Column], entry{i, t.Coefficient})
		}
	}
	price := make([]int, len(p.Columns))
	for _, t := range p.Objective {
		price[t.Column] += t.Coefficient
	}
	b.WriteString("COLUMNS\n")
	whole := false
	for j, c := range p.Columns {
		if c.Whole != whole {
			whole = c.Whole
			fmt.Fprintf(b, " M%d 'MARKER' '%s'\n", j, map[bool]string{true: "INTORG", false: "INTEND"}[whole])
		}
		fmt.Fprintf(b, " %s obj %d\n", c.Name, price[j])
		for _, e := range entries[j] {
			fmt.Fprintf(b, " %s %s_%d %d\n", c.Name, p.Rows[e.row].Rule, e.row, e.value)
		}
	}
	if !whole {
		b.WriteString(" MEND 'MARKER' 'INTORG'\n")
	}
	// The constant is a last whole column that is always 1. A right-hand side of
	// the objective is read with either sign, and some solvers answer programs
	// without whole columns in another form.
	fmt.Fprintf(b, " one obj %d\n MEND 'MARKER' 'INTEND'\nRHS\n", p.Constant)
	for i, r := range p.Rows {
		if r.Right != 0 {
			fmt.Fprintf(b, " RHS %s_%d %d\n", r.Rule, i, r.Right)
		}
	}
	b.WriteString("BOUNDS\n")
	for _, c := range p.Columns {
		fmt.Fprintf(b, " LO BND %s %d\n", c.Name, c.Lower)
		if c.Upper >= 0 {
			fmt.Fprintf(b, " UP BND %s %d\n", c.Name, c.Upper)
		}
	}
	b.WriteString(" FX BND one 1\nENDATA\n")
	return b.Flush()
}
