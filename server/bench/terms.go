package bench

import (
	"fmt"
	"io"

	"kaskad/model"
)

// printTerms shows what the last runs' plans cost term by term, beside a bound
// of each term alone. The terms' bounds are weaker than the engine's joint one.
func printTerms(w io.Writer, p *model.Problem, runs []measured) error {
	f, err := read(p)
	if err != nil {
		return err
	}
	bounds := f.termBounds()
	fmt.Fprintln(w, "\nterm by term, median of the longest runs; a term's bound holds for plans that meet every need")
	t := newTable(w, column{"term", -12}, column{"minutes", 10}, column{"own bound", 10}, column{"difference", 10})
	for _, term := range []struct {
		name  string
		of    func(model.Cost) int
		bound int
	}{
		{"travel", func(c model.Cost) int { return c.Travel }, bounds.Travel},
		{"leaderTravel", func(c model.Cost) int { return c.LeaderTravel }, bounds.LeaderTravel},
		{"seminars", func(c model.Cost) int { return c.Seminars }, bounds.Seminars},
		{"mix", func(c model.Cost) int { return c.Mix }, bounds.Mix},
		{"crowding", func(c model.Cost) int { return c.Crowding }, 0},
		{"continuity", func(c model.Cost) int { return c.Continuity }, 0},
		{"pace", func(c model.Cost) int { return c.Pace }, 0},
		{"earliness", func(c model.Cost) int { return c.Earliness }, bounds.Earliness},
		{"fairness", func(c model.Cost) int { return c.Fairness }, 0},
		{"preference", func(c model.Cost) int { return c.Preference }, bounds.Preference},
		{"disruption", func(c model.Cost) int { return c.Disruption }, 0},
	} {
		value := int(median(runs, func(m measured) float64 { return float64(term.of(m.cost)) }))
		t.row(term.name, value, term.bound, value-term.bound)
	}
	return nil
}

// termBounds bounds the terms one by one for plans that meet every need, each
// as if the others were free: everybody at the nearest venue or in the best
// slot, as few seminars as seats allow, led by whoever is nearest. Terms
// without such a bound are 0.
func (f *facts) termBounds() model.Cost {
	var least model.Cost
	attending := make([]int, len(f.courses))
	sectors := make([]map[string]int, len(f.courses))
	for n, need := range f.needs {
		if sectors[need.course] == nil {
			sectors[need.course] = map[string]int{}
		}
		attending[need.course]++
		sectors[need.course][f.people[need.person].unit.Sector]++
		travel, early, disliked := f.bestOf(n)
		least.Travel += 2 * travel * f.price.Travel
		least.Earliness += early * f.price.Earliness
		least.Preference += disliked * f.price.Preference
	}
	for i := range f.courses {
		c := &f.courses[i]
		if attending[i] == 0 {
			continue
		}
		most := 1
		for _, v := range f.venues {
			if c.module.Online || !v.Online {
				most = max(most, min(c.max, v.Capacity))
			}
		}
		seminars := (attending[i] + most - 1) / most
		least.Seminars += seminars * c.leaders * (c.module.Minutes + f.price.Prep)
		least.LeaderTravel += seminars * c.leaders * 2 * f.nearestLeader(c) * f.price.LeaderTravel
		for _, sector := range c.sectors {
			least.Mix += max(0, f.price.MixMin*seminars-sectors[i][sector]) * f.price.Mix
		}
	}
	return least
}

// bestOf is the least one-way travel, the fewest weeks and the fewest disliked
// half-days (0 or 1) at which a need could be met.
func (f *facts) bestOf(n int) (travel, weeks, disliked int) {
	who, c := &f.people[f.needs[n].person], &f.courses[f.needs[n].course]
	travel, weeks, disliked = -1, -1, 1
	for _, v := range f.venues {
		if minutes := f.oneWay(who.unit, v); (c.module.Online || !v.Online) && (travel < 0 || minutes < travel) {
			travel = minutes
		}
	}
	for _, s := range f.slots {
		w := who.wave
		if s.during(who.closed) || w != nil && (s.Start.Before(w.From) || s.End.After(w.To)) {
			continue
		}
		from := f.slots[0].Start
		if w != nil {
			from = w.From
		}
		if late := fullWeeks(s.Start.Sub(from)); weeks < 0 || late < weeks {
			weeks = late
		}
		hates := false
		for _, h := range who.Dislikes {
			hates = hates || h == s.half
		}
		if !hates {
			disliked = 0
		}
	}
	return max(0, travel), max(0, weeks), disliked
}

// nearestLeader is the least one-way travel of anybody who may lead the course
// to any venue that may hold it.
func (f *facts) nearestLeader(c *course) int {
	least := -1
	for p := range f.people {
		l := f.people[p].Leads
		if l == nil || l.Tier != c.tier.ID {
			continue
		}
		for _, v := range f.venues {
			if minutes := f.oneWay(f.people[p].unit, v); (c.module.Online || !v.Online) && (least < 0 || minutes < least) {
				least = minutes
			}
		}
	}
	return max(0, least)
}
