package scheduler

import (
	"math"

	"kaskad/model"
)

// Share is one part of the gap: some terms of the contract's cost table, what
// the plan pays for them and how much of the bound they make up, in minutes.
// The shares of a plan add up to its total, their bounds to the bound's total
// unless that is 0. Terms that compete with each other are bounded together;
// between them the bound is divided as the relaxation's own solution spends it,
// so a single term may be below its bound.
type Share struct {
	Terms []string // names of the contract's cost table
	Plan  int
	Bound int
}

// spending is what the relaxation's solutions pay for, added up, scaled.
type spending struct {
	travel, leaderTravel, seminars, filling, fairness, timing float64
}

// shares splits a plan's cost and the bound.
func (p *proof) shares(k model.Cost) []Share {
	if p.certificate == nil {
		return nil
	}
	s := p.spent.dividing(p.joint)
	return []Share{
		{[]string{"travel"}, k.Travel, int(s[0])},
		{[]string{"leaderTravel"}, k.LeaderTravel, int(s[1])},
		{[]string{"seminars"}, k.Seminars, int(s[2])},
		{[]string{"mix", "crowding"}, k.Mix + k.Crowding, int(s[3])},
		{[]string{"fairness"}, k.Fairness, int(s[4])},
		{[]string{"earliness", "preference"}, k.Earliness + k.Preference, int(s[5])},
		{[]string{"continuity"}, k.Continuity, int(p.continuity)},
		{[]string{"pace"}, k.Pace, int(p.pace)},
		{[]string{"disruption"}, k.Disruption, int(p.disruption)},
	}
}

// dividing divides so many minutes in proportion to what was spent; what
// rounding leaves over goes to the first, as does everything when nothing was.
func (s spending) dividing(minutes int64) (parts [6]int64) {
	spent := [6]float64{s.travel, s.leaderTravel, s.seminars, s.filling, s.fairness, s.timing}
	sum := 0.0
	for i := range spent {
		spent[i] = max(0, spent[i])
		sum += spent[i]
	}
	left := minutes
	for i := len(parts) - 1; i > 0 && sum > 0; i-- {
		parts[i] = int64(math.Floor(float64(minutes) * spent[i] / sum))
		left -= parts[i]
	}
	parts[0] = left
	return parts
}

// spend adds what the last solution pays for.
func (d *dual) spend() {
	c, s := d.c, &d.spent
	for _, g := range d.groups {
		for i := range g.hostings {
			h := &g.hostings[i]
			held, travel, worth := float64(h.held), 0.0, 0.0
			for _, x := range h.taken {
				n := float64(x.count)
				travel += n * float64(2*int64(c.away(g.r.types[x.kind].unit, h.venue))*c.travelPrice*scale)
				worth += n * float64(g.lambda[int(h.window)*len(g.r.types)+int(x.kind)]-x.value) // travel and crowding less filled gaps
			}
			s.travel += travel
			s.seminars += held * float64(c.courses[g.r.course].fixedCost*scale)
			s.filling += held*float64(c.emptyMix(g.r.course)*scale) + worth - travel
			for _, l := range g.chosen[i] {
				s.leaderTravel += float64(l.count) * float64(2*int64(c.away(c.people[c.leaders[l.leader].person].unit, h.venue))*int64(c.price.LeaderTravel)*scale)
			}
		}
	}
	s.timing += float64(d.late) * scale
	for l := range d.led {
		s.fairness += float64(c.unfair(&c.leaders[l], int(d.led[l]-d.surplus[l])) * scale)
	}
}
