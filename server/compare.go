package main

import (
	"fmt"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/compare"
)

type compareCommand struct {
	planFiles `embed:""`
	With      string `arg:"" help:"Plan file to set beside it, as B." type:"path"`
	By        string `enum:"unit,area,leader" default:"unit" help:"Add differences up by unit, area or leader."`
	Most      int    `default:"20" help:"List at most so many units, areas or leaders."`
}

func (c *compareCommand) Run() error {
	problem, a, err := c.read()
	if err != nil {
		return err
	}
	b, err := readPlan(c.With)
	if err != nil {
		return err
	}
	r := model.NewRoster(problem, "")
	printFigures(r, compare.Measure(problem, a), compare.Measure(problem, b))
	list := compare.Differences(problem, a, b)
	if c.By == "leader" {
		list = slices.DeleteFunc(list, func(d compare.Difference) bool { return !d.Leads })
	}
	groups := compare.By(problem, list, c.group(r))
	fmt.Printf("\n%d differences, by %s:\n", len(list), c.By)
	for i, g := range groups {
		if i == c.Most {
			fmt.Printf("… and %d more\n", len(groups)-i)
			break
		}
		fmt.Printf("%-16s time %4d  venue %4d  leader %4d  gained %4d  lost %4d  led %+4d  travel %+6d min\n",
			g.ID, g.Times, g.Places, g.Others, g.Gained, g.Lost, g.Leads, g.Travel)
	}
	return nil
}

// group names what a person's differences count for.
func (c *compareCommand) group(r *model.Roster) func(string) string {
	return func(person string) string {
		unit := r.Units[r.People[person].Unit]
		switch c.By {
		case "area":
			return unit.Area
		case "leader":
			return person
		}
		return unit.ID
	}
}

func printFigures(r *model.Roster, a, b compare.Figures) {
	day := func(t time.Time) string {
		if t.IsZero() {
			return "–"
		}
		return t.In(r.Zone).Format(time.DateOnly)
	}
	fmt.Printf("%-34s %12s %12s\n", "", "A", "B")
	for _, row := range []struct {
		name string
		a, b int
	}{
		{"unmet", a.Unmet, b.Unmet}, {"people with every module", a.Complete, b.Complete},
		{"travel per person, minutes", a.TravelEach(), b.TravelEach()}, {"leaders' travel, minutes", a.LeaderTravel, b.LeaderTravel},
		{"seminars", a.Seminars, b.Seminars}, {"seminars with every sector", a.Mixed, b.Mixed}, {"people who lead", a.Leaders, b.Leaders},
		{"most seminars of one leader", a.MostLed, b.MostLed}, {"disliked half-days", a.Disliked, b.Disliked},
		{"people told something new", a.Told, b.Told}, {"people moved", a.Moved, b.Moved}, {"cost, minutes", a.Cost.Total, b.Cost.Total},
		{"rules broken", len(a.Codes), len(b.Codes)},
	} {
		fmt.Printf("%-34s %12d %12d\n", row.name, row.a, row.b)
	}
	fmt.Printf("%-34s %12s %12s\n", "last day", day(a.Last), day(b.Last))
}
