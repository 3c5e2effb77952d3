package main

import (
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"kaskad/model"
	"kaskad/scheduler/rollout"
)

type wavesCommand struct {
	Problem string    `arg:"" help:"Problem file; published seminars keep their waves." type:"path"`
	Propose bool      `help:"Propose new waves; otherwise tell what those of the problem ask for."`
	Waves   int       `default:"3" help:"How many waves to propose."`
	First   time.Time `format:"2006-01-02" help:"Day in whose week the first wave starts; default: the first slot's."`
	Weeks   int       `default:"16" help:"Open weeks in a wave."`
	Apart   int       `default:"16" help:"Open weeks from the start of one wave to that of the next."`
	MaxLoad int       `help:"Seminars of the last tier in one week at most; 0: no bound."`
	Output  string    `short:"o" help:"Write the problem with the proposed waves here." type:"path"`
}

func (c *wavesCommand) Run() error {
	problem, err := readProblem(c.Problem)
	if err != nil {
		return err
	}
	if !c.Propose {
		printWaves(problem.Waves, rollout.Measure(problem, c.MaxLoad))
		return nil
	}
	if c.First.IsZero() && len(problem.Slots) > 0 {
		c.First = problem.Slots[0].Start
	}
	made, err := rollout.Propose(problem, rollout.Settings{Waves: c.Waves, First: c.First, Weeks: c.Weeks, Apart: c.Apart, MaxLoad: c.MaxLoad})
	if err != nil {
		return err
	}
	printWaves(made.Waves, made.Figures)
	if c.Output == "" {
		return nil
	}
	problem.Waves = made.Waves
	for i := range problem.Units {
		problem.Units[i].Wave = made.Units[problem.Units[i].ID]
	}
	if err := model.Validate(problem); err != nil {
		return err
	}
	return writeJSON(c.Output, problem)
}

func printWaves(waves []model.Wave, f *rollout.Figures) {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "wave\tfrom\tto\tareas\tstaff\tleaders\tready at start\ttraining\tseminars\tin the busiest week\t")
	for _, w := range waves {
		x := f.Wave(w.ID)
		fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", w.ID, w.From.Format(time.DateOnly), w.To.Format(time.DateOnly), len(x.Areas), x.Staff, x.Leaders, x.Ready, x.Training, x.Seminars, x.Most)
	}
	out.Flush()
	for _, n := range f.Notes {
		when := "all weeks"
		if n.Week >= 0 {
			when = "week of " + f.Weeks[n.Week].Monday.Format(time.DateOnly)
		}
		fmt.Printf("  %s, %s: %s, has %d of %d %s\n", n.Wave, when, n.Kind, n.Have, n.Want, n.Module)
	}
}
