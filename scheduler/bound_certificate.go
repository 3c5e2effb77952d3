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
			for _, co := range g.courses {
				out.Needs = append(out.Needs, certificate.Worth{
					Module: c.problem.Modules[c.courses[co].module].ID, People: people, Prices: g.steps(int32(i))})
			}
		}
	}
	for l, price := range d.load {
		if price != 0 {
			out.Leaders = append(out.Leaders, certificate.Load{People: []string{c.problem.People[c.leaders[l].person].ID}, Price: price})
		}
	}
	return out
}

// steps is the price of a type as time goes by: less what it costs to have
// waited for each class.
func (g *group) steps(kind int32) []certificate.Step {
	price, c := g.r.lambda[kind], g.r.c
	out := []certificate.Step{{Price: price}}
	for k := 1; k < len(g.opens); k++ {
		// Where a class is too late for them the price does not matter, but the
		// step does: leaders who are ready only then are of no use before.
		wait := max(0, g.waits[kind][k])
		out = append(out, certificate.Step{From: time.Unix(c.slots.start[g.opens[k]], 0).UTC(), Price: max(-certificate.MaxPrice, price-wait*scale)})
	}
	return out
}
