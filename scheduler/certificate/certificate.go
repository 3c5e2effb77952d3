// Package certificate proves bounds on plans without trusting the planner.
//
// A Certificate is a list of prices: what meeting each need and leading a
// seminar is worth. Verify puts them into the relaxation of docs/bound.md and
// returns the bound they prove. Any prices prove a valid bound, good ones a
// high one, so a certificate can be checked but never forged. The package
// shares no arithmetic with the planner: it is written from the formulas, in
// integers, and rounds down.
package certificate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"kaskad/model"
)

// Format names the open format of certificates.
const Format = "kaskad/certificate/2"

// Scale is how many units of price make a minute.
const Scale = 1024

// Certificate is the open format "kaskad/certificate/2".
type Certificate struct {
	Format  string      `json:"format"`
	Problem string      `json:"problem"` // the programme's id
	Bound   model.Bound `json:"bound"`   // what the prices are said to prove
	Needs   []Worth     `json:"needs"`
	Leaders []Load      `json:"leaders"`
}

// Worth is what it is worth that each of some people attends a module. What is
// not named is worth 0.
type Worth struct {
	Module string   `json:"module"`
	People []string `json:"people"`
	Prices []Step   `json:"prices"` // in order of time
}

// Step is a price that holds from a time on, until the next step.
type Step struct {
	From  time.Time `json:"from,omitzero"` // zero: from the beginning
	Price int64     `json:"price"`         // in 1/Scale minutes, at most MaxPrice either way
}

// Load is what it is worth that each of some leaders leads a seminar, in
// 1/Scale minutes, at most MaxPrice either way.
type Load struct {
	People []string `json:"people"`
	Price  int64    `json:"price"`
}

// MaxPrice keeps every sum within 64 bits: about four years in minutes.
const MaxPrice = 1 << 31

// maxSteps is how often a price may change: more would only cost time.
const maxSteps = 1000

// Decode reads a certificate. Unknown fields and other formats are errors.
func Decode(data []byte) (*Certificate, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	c := &Certificate{}
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("certificate: %v", err)
	}
	if c.Format != Format {
		return nil, fmt.Errorf("format: is %q, want %q", c.Format, Format)
	}
	return c, nil
}

// Verify returns the bound the certificate's prices prove for a valid problem:
// no valid plan is better, unmet first, then total. It does not look at
// Certificate.Bound. Errors are prices of unknown people or modules,
// prices beyond MaxPrice, steps out of order and more than 1,000 steps.
func Verify(p *model.Problem, c *Certificate) (model.Bound, error) {
	if c.Problem != p.Programme.ID {
		return model.Bound{}, fmt.Errorf("problem: the certificate is of %q, not of %q", c.Problem, p.Programme.ID)
	}
	w, err := read(p)
	if err != nil {
		return model.Bound{}, err
	}
	if err := w.readPrices(c); err != nil {
		return model.Bound{}, err
	}
	w.look()
	return w.bound(), nil
}

func (w *world) readPrices(c *Certificate) error {
	for i, n := range c.Needs {
		m, ok := w.moduleOf[n.Module]
		if !ok {
			return refuse(fmt.Sprintf("needs[%d].module", i), "unknown module %q", n.Module)
		}
		steps, err := w.readSteps(fmt.Sprintf("needs[%d].prices", i), n.Prices)
		if err != nil {
			return err
		}
		for _, id := range n.People {
			who, ok := w.personOf[id]
			if !ok {
				return refuse(fmt.Sprintf("needs[%d].people", i), "unknown person %q", id)
			}
			for a := range w.people[who].needs {
				if nd := &w.people[who].needs[a]; nd.course.module == m {
					nd.steps = steps
				}
			}
		}
	}
	return w.readLoads(c.Leaders)
}

// readSteps reads a price that changes with time.
func (w *world) readSteps(path string, list []Step) (steps []step, err error) {
	if len(list) > maxSteps {
		return nil, refuse(path, "more than %d steps", maxSteps)
	}
	for k, s := range list {
		if s.Price > MaxPrice || s.Price < -MaxPrice {
			return nil, refuse(fmt.Sprintf("%s[%d]", path, k), "the price %d is out of range", s.Price)
		}
		from := w.firstFrom(s.From)
		if k > 0 && from < steps[k-1].from {
			return nil, refuse(fmt.Sprintf("%s[%d]", path, k), "the steps are not in order of time")
		}
		steps = append(steps, step{from, s.Price})
	}
	return steps, nil
}

func (w *world) readLoads(loads []Load) error {
	for i, l := range loads {
		if l.Price > MaxPrice || l.Price < -MaxPrice {
			return refuse(fmt.Sprintf("leaders[%d]", i), "the price %d is out of range", l.Price)
		}
		for _, id := range l.People {
			who, ok := w.personOf[id]
			if !ok {
				return refuse(fmt.Sprintf("leaders[%d].people", i), "unknown person %q", id)
			}
			if lead := w.people[who].leads; lead != nil {
				lead.price = l.Price
			}
		}
	}
	return nil
}

func refuse(path, format string, args ...any) error {
	return fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
}
