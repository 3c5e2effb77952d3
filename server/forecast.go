package main

import (
	"fmt"
	"time"

	"kaskad/model"
	"kaskad/scheduler/forecast"
)

type forecastCommand struct {
	planFiles `embed:""`
	Now       time.Time `format:"2006-01-02" help:"Day up to which seminars have been held; default: none has."`
	Until     time.Time `format:"2006-01-02" help:"Forecast also a programme that is lengthened until this day."`
	Weeks     bool      `help:"List every week."`
}

func (c *forecastCommand) Run() error {
	problem, plan, err := c.read()
	if err != nil {
		return err
	}
	f := forecast.Make(forecast.Input{Problem: problem, Plan: plan, Now: c.Now})
	c.print("as it is", f)
	if !c.Until.IsZero() {
		longer, err := problem.Extended(c.Until)
		if err != nil {
			return err
		}
		c.print("lengthened until "+c.Until.Format(time.DateOnly), forecast.Make(forecast.Input{Problem: longer, Plan: plan, Now: c.Now}))
	}
	printAreas(model.NewRoster(problem, ""), f)
	return nil
}

func (c *forecastCommand) print(what string, f *forecast.Report) {
	fmt.Printf("%s: goal %d h, planned %d h, held %d h\n", what, f.Goal/60, f.Planned/60, f.Done/60)
	if f.Goal == 0 {
		fmt.Println("  nobody needs anything")
		return
	}
	if f.Lacking > 0 {
		fmt.Printf("  not reached by %s: %d h lack, most for %s in area %s\n", f.Last.Format(time.DateOnly), f.Lacking/60, f.Neck.Kind, f.Neck.Area)
	} else {
		fmt.Printf("  reached in the week of %s; tightest: %s in area %s, %d %% used\n", f.Reached.Format(time.DateOnly), f.Neck.Kind, f.Neck.Area, f.Neck.Used)
	}
	if !c.Weeks {
		return
	}
	fmt.Printf("  %-12s %8s %9s %9s %9s %9s %9s\n", "week of", "leaders", "possible", "seminars", "plan h", "held h", "forecast h")
	for _, w := range f.Weeks {
		fmt.Printf("  %-12s %8d %9d %9d %9d %9d %9d\n", w.Monday.Format(time.DateOnly), w.Ready, w.Possible, w.Seminars, w.Planned/60, w.Actual/60, w.Forecast/60)
	}
}

func printAreas(r *model.Roster, f *forecast.Report) {
	fmt.Printf("%-10s %8s %8s %8s %8s  %-12s %s\n", "area", "goal h", "held h", "plan h", "lack h", "reached", "tightest")
	for _, row := range append(f.Areas, f.Sectors...) {
		reached := "–"
		if !row.Reached.IsZero() {
			reached = row.Reached.In(r.Zone).Format(time.DateOnly)
		}
		tight := ""
		if row.Neck.Kind != forecast.None {
			tight = string(row.Neck.Kind)
		}
		fmt.Printf("%-10s %8d %8d %8d %8d  %-12s %s\n", row.ID, row.Goal/60, row.Done/60, row.Planned/60, row.Lacking/60, reached, tight)
	}
}
