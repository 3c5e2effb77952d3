package main

import (
	"fmt"
	"time"

	"kaskad/scheduler/risk"
)

type simulateCommand struct {
	planFiles `embed:""`
	Runs      int       `default:"200" help:"How many times to play the plan through, 1 to 10000."`
	Seed      uint64    `default:"1" help:"Seed of everything random."`
	Now       time.Time `format:"2006-01-02" help:"Day before which seminars were held as planned; default: none was."`

	Absent      int `default:"${absent}" help:"Percent of seats whose holder does not come."`
	LeaderIll   int `default:"${leader_ill}" help:"Percent of seminars whose leader cannot come that day."`
	LeaderStops int `default:"${leader_stops}" help:"Percent of leaders who stop leading in a year."`
	VenueLost   int `default:"${venue_lost}" help:"Percent of venues that are lost in a year."`
	Snow        int `default:"${snow}" help:"Percent of winter days on which an area's seminars fall."`
	Overbook    int `help:"People invited to a seminar beyond its seats."`
	Reserve     int `help:"Reserve leaders in each area."`
}

// usualRates are the defaults of the flags.
func usualRates() map[string]string {
	return map[string]string{"absent": fmt.Sprint(risk.Usual.Absent), "leader_ill": fmt.Sprint(risk.Usual.LeaderIll),
		"leader_stops": fmt.Sprint(risk.Usual.LeaderStops), "venue_lost": fmt.Sprint(risk.Usual.VenueLost), "snow": fmt.Sprint(risk.Usual.Snow)}
}

// mostRuns bounds a simulation that a slip of the pen would make endless.
const mostRuns = 10000

func (c *simulateCommand) Run() error {
	if c.Runs < 1 || c.Runs > mostRuns {
		return fmt.Errorf("--runs is %d; a simulation has 1 to %d", c.Runs, mostRuns)
	}
	rates := risk.Rates{Absent: c.Absent, LeaderIll: c.LeaderIll, LeaderStops: c.LeaderStops, VenueLost: c.VenueLost, Snow: c.Snow}
	for _, rate := range []int{c.Absent, c.LeaderIll, c.LeaderStops, c.VenueLost, c.Snow} {
		if rate < 0 || rate > 100 {
			return fmt.Errorf("a rate is %d; rates are 0 to 100 percent", rate)
		}
	}
	problem, plan, err := c.read()
	if err != nil {
		return err
	}
	r := risk.Simulate(risk.Input{Problem: problem, Plan: plan, Now: c.Now, Rates: rates, Runs: c.Runs, Seed: c.Seed,
		Slack: risk.Slack{Overbook: c.Overbook, Reserve: c.Reserve}})
	if r.Needs == 0 {
		fmt.Println("the plan meets no need of the last tier; there is nothing to simulate")
		return nil
	}
	printRisk(r)
	return nil
}

func printRisk(r *risk.Report) {
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	fmt.Printf("planned until %s; half of %d playings are over by %s, nine in ten by %s\n", day(r.Planned), r.Runs, day(r.Half), day(r.Most))
	fmt.Printf("met by the plan's own seminars: %.0f of %d needs (%.1f %%); %.1f seminars fall, %.1f further ones\n",
		r.Met, r.Needs, 100*r.Met/float64(max(r.Needs, 1)), r.Cancelled, r.Extra)
	fmt.Printf("%-8s %8s %10s %10s\n", "area", "needs", "mean met", "one in ten")
	for _, a := range r.Areas {
		if a.Needs > 0 {
			fmt.Printf("%-8s %8d %10.1f %10d\n", a.ID, a.Needs, a.Met, a.Low)
		}
	}
	printFailures("leaders without whom most seats are lost", r.Leaders)
	printFailures("venues without which most seats are lost", r.Venues)
}

func printFailures(what string, list []risk.Failure) {
	fmt.Println(what + ":")
	for _, f := range list[:min(len(list), 5)] {
		fmt.Printf("  %-10s %3d of %3d seminars, %4d seats\n", f.ID, f.Lost, f.Seminars, f.Seats)
	}
}
