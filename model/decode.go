package model

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// DecodeProblem reads a problem strictly: unknown or repeated fields, wrong
// types, missing fields, dangling ids and impossible values are all listed at
// once in a *FormatError, each with its JSON path, line and column.
func DecodeProblem(data []byte) (*Problem, error) { return ReadProblem(bytes.NewReader(data)) }

// ReadProblem is DecodeProblem of a text that is never in memory as a whole. It
// is read a second time, for lines and columns, when something is wrong with it.
func ReadProblem(r io.ReadSeeker) (*Problem, error) {
	p := &Problem{}
	d := decode(r, p)
	faults := d.faults
	if p.Format == PlanFormat {
		faults = []Fault{{Path: "format", Message: "is that of a plan; give a problem here"}}
		locate(r, faults)
	} else if !d.broken {
		faults = append(faults, beyond(d.faults, validateProblem(p))...)
		locate(r, faults)
		slices.SortStableFunc(faults, func(a, b Fault) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
	}
	if len(faults) > 0 {
		return nil, &FormatError{What: "problem", Faults: faults}
	}
	return p, nil
}

// beyond drops those of more that speak of a value already named in faults, or
// of what is inside it: a person whose unit could not be read is not also in an
// unknown unit.
func beyond(faults, more []Fault) []Fault {
	named := map[string]bool{}
	for _, f := range faults {
		named[f.Path] = true
	}
	return slices.DeleteFunc(more, func(f Fault) bool {
		for i, r := range f.Path + "." {
			if (r == '.' || r == '[') && named[f.Path[:i]] {
				return true
			}
		}
		return false
	})
}

// DecodePlan reads a plan as strictly as DecodeProblem reads a problem. Whether
// the plan fits a problem is for the judge in scheduler/check to say.
func DecodePlan(data []byte) (*Plan, error) { return ReadPlan(bytes.NewReader(data)) }

// ReadPlan is DecodePlan of a text that is never in memory as a whole.
func ReadPlan(r io.ReadSeeker) (*Plan, error) {
	p := &Plan{}
	d := decode(r, p)
	switch {
	case p.Format == ProblemFormat:
		d.faults = []Fault{{Path: "format", Message: "is that of a problem; give a plan here"}}
	case !d.broken && p.Format != PlanFormat:
		wrong := Fault{Path: "format", Message: fmt.Sprintf("is %q; a plan's format is %q", p.Format, PlanFormat)}
		d.faults = append(d.faults, beyond(d.faults, []Fault{wrong})...)
	}
	if len(d.faults) > 0 {
		locate(r, d.faults)
		return nil, &FormatError{What: "plan", Faults: d.faults}
	}
	return p, nil
}

// Validate reports everything wrong with a problem made in code rather than
// read from a file; nil when nothing is.
func Validate(p *Problem) error {
	if faults := validateProblem(p); len(faults) > 0 {
		return &FormatError{What: "problem", Faults: faults}
	}
	return nil
}
