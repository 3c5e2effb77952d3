package scheduler

import (
	"time"

	"kaskad/model"
	"kaskad/scheduler/certificate"
)

// priceLimit keeps prices within what a certificate may carry.
const priceLimit = certificate.MaxPrice / 2

// certificate writes down the prices behind a bound, people alike together.
func (d *dual) certificate(bound model.Bound) *certificate.Certificate {
	c := d.c
	out := &certificate.Certificate{Format: certificate.Format, Problem: c.problem.Programme.ID, Bound: bound,
		Needs: []certificate.Worth{}, Leaders: []certificate.Load{}}
	for _, g := range d.groups {
		for i := range g.r.types {
			var people []string
			for _, p := range g.r.types[i].people {
				people = append(people, c.problem.People[p].ID)
			}
			out.Needs = append(out.Needs, certificate.Worth{
				Module: c.problem.Modules[c.courses[g.r.course].module].ID, People: people, Prices: g.steps(i)})
		}
	}
	for l, price := range d.load {
		if price != 0 {
			out.Leaders = append(out.Leaders, certificate.Load{People: []string{c.problem.People[c.leaders[l].person].ID}, Price: price})
		}
	}
	return out
}

// steps is the price of a type as time goes by.
func (g *group) steps(kind int) (out []certificate.Step) {
	for w, t := range g.opens {
		step := certificate.Step{Price: g.lambda[w*len(g.r.types)+kind]}
		if w > 0 {
			step.From = time.Unix(g.r.c.slots.start[t], 0).UTC()
		}
		out = append(out, step)
	}
	return out
}
