package bench

import "strings"

// complete works out the continuous columns that follow from the whole ones:
// running sums, and the least that every count of costs may be. It returns the
// values, the objective, and the rule of the first row that cannot be kept;
// "" if all are. The columns of ones are 1, the other whole columns 0.
//
// Rows are taken in the order Build adds them, in which whatever a row counts
// from stands before it.
func (p *Program) complete(ones []int) (values []float64, objective int, broken string) {
	whole := make([]int, len(p.Columns))
	for j, c := range p.Columns {
		if !c.Whole {
			whole[j] = c.Lower
		}
	}
	for _, j := range ones {
		whole[j] = 1
	}
	for j, c := range p.Columns {
		if c.Whole && (whole[j] < c.Lower || c.Upper >= 0 && whole[j] > c.Upper) {
			return nil, 0, "H12"
		}
	}
	for _, r := range p.Rows {
		if !p.settle(r, whole) {
			return nil, 0, r.Rule
		}
	}
	objective = p.Constant
	for _, t := range p.Objective {
		objective += t.Coefficient * whole[t.Column]
	}
	values = make([]float64, len(whole))
	for j, v := range whole {
		values[j] = float64(v)
	}
	return values, objective, ""
}

// settle raises the row's continuous columns, in order, until the row holds.
func (p *Program) settle(r Row, values []int) bool {
	short := r.Right
	for _, t := range r.Terms {
		short -= t.Coefficient * values[t.Column]
	}
	for _, t := range r.Terms {
		c := p.Columns[t.Column]
		toward := short > 0 && t.Coefficient > 0 && r.Sense != AtMost || short < 0 && t.Coefficient < 0 && r.Sense != AtLeast
		// A running sum is defined by the first row it heads, and is fixed after.
		defined := strings.HasPrefix(c.Name, "c") && (r.Rule != "H1" || t.Column != r.Terms[0].Column)
		if c.Whole || !toward || defined || strings.HasPrefix(c.Name, "u") && r.Rule != "H1" {
			continue
		}
		for short != 0 && values[t.Column] < c.Upper && (short > 0) == (t.Coefficient > 0) {
			values[t.Column]++
			short -= t.Coefficient
		}
	}
	switch r.Sense {
	case AtMost:
		return short >= 0
	case AtLeast:
		return short <= 0
	}
	return short == 0
}
