package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/certificate"
	"kaskad/scheduler/check"
	"kaskad/scheduler/compare"
	"kaskad/server/demo"
)

type solveCommand struct {
	Problem    string        `arg:"" help:"Problem file, kaskad/problem/1." type:"path"`
	Output     string        `short:"o" help:"File for the plan; default: standard output." type:"path"`
	Time       time.Duration `default:"30s" help:"How long to work at most."`
	Iterations int64         `help:"How many moves each of the two annealings weighs at most; with it and --time 0 the same seed gives the same bytes."`
	Seed       uint64        `default:"1" help:"Seed of everything random."`
	From       string        `help:"Plan to start from." type:"path"`

	Certificate string `help:"File for the prices that prove the plan's bound, kaskad/certificate/2." type:"path"`
}

func (c *solveCommand) Run(ctx context.Context) error {
	problem, err := readProblem(c.Problem)
	if err != nil {
		return err
	}
	began := time.Now()
	line := newProgressLine(os.Stderr)
	defer tellOfStop(ctx, os.Stderr)()
	options := scheduler.Options{Seed: c.Seed, Iterations: c.Iterations, Time: c.Time,
		Elapsed: func() time.Duration { return time.Since(began) }, OnProgress: line.show}
	if c.From != "" {
		if options.Start, err = readPlan(c.From); err != nil {
			return err
		}
	}
	result, err := scheduler.Solve(ctx, problem, options)
	line.close()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "done in %.1f s: %s\n", time.Since(began).Seconds(), summary(result.Plan.Cost, result.Plan.Bound))
	printShares(result)
	printCost(os.Stderr, result.Plan.Cost, compare.TermsOf(model.NewRoster(problem, ""), result.Plan))
	if c.Certificate != "" {
		if err := writeJSON(c.Certificate, result.Certificate); err != nil {
			return err
		}
	}
	return writeJSON(c.Output, result.Plan)
}

// printShares tells where the gap sits. The bound's shares belong to plans that
// leave as few needs unmet as the bound says.
func printShares(r *scheduler.Result) {
	if r.Plan.Cost.Unmet != r.Plan.Bound.Unmet {
		return
	}
	fmt.Fprintf(os.Stderr, "  %-24s %10s %10s %10s\n", "", "plan", "bound", "gap")
	for _, s := range r.Shares {
		fmt.Fprintf(os.Stderr, "  %-24s %10d %10d %10d\n", strings.Join(s.Terms, " + "), s.Plan, s.Bound, s.Plan-s.Bound)
	}
}

type checkCommand struct {
	planFiles `embed:""`
	Most      int `default:"50" help:"List at most so many violations."`

	Certificate string `help:"Prove the bound again from this certificate, kaskad/certificate/2, without the planner." type:"path"`
}

func (c *checkCommand) Run() error {
	problem, plan, err := c.read()
	if err != nil {
		return err
	}
	report := check.Check(problem, plan)
	printCost(os.Stdout, report.Cost, compare.TermsOf(model.NewRoster(problem, ""), plan))
	fmt.Printf("%-13s %10d\n", "people moved", report.Moved)
	for i, v := range report.Violations {
		if i == c.Most {
			fmt.Printf("… and %d more\n", len(report.Violations)-i)
			break
		}
		fmt.Printf("%-4s %s\n", v.Code, v.Detail)
	}
	if !report.Valid {
		return fmt.Errorf("the plan is invalid: it breaks %v", report.Codes)
	}
	fmt.Println("valid")
	return c.prove(problem, report.Cost)
}

// prove prints the bound that the certificate proves and how far the plan is
// from it. The bound written in the plan plays no part.
func (c *checkCommand) prove(problem *model.Problem, cost model.Cost) error {
	if c.Certificate == "" {
		return nil
	}
	data, err := readFile(c.Certificate)
	if err != nil {
		return err
	}
	given, err := certificate.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Certificate, err)
	}
	bound, err := certificate.Verify(problem, given)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Certificate, err)
	}
	if claim := given.Bound; bound.Unmet < claim.Unmet || bound.Unmet == claim.Unmet && bound.Total < claim.Total {
		fmt.Printf("the certificate proves less than it says: unmet %d, total %d\n", claim.Unmet, claim.Total)
	}
	fmt.Printf("proven: no plan is better than unmet %d, total %d\n", bound.Unmet, bound.Total)
	switch {
	case cost.Unmet > bound.Unmet:
		fmt.Printf("the plan leaves %d needs more unmet than is proven necessary\n", cost.Unmet-bound.Unmet)
	case cost.Total == bound.Total:
		fmt.Println("the plan is the best possible")
	default:
		fmt.Printf("the plan is at most %d minutes (%.2f %% of its cost) from the best possible\n",
			cost.Total-bound.Total, 100*float64(cost.Total-bound.Total)/float64(cost.Total))
	}
	return nil
}

type demoCommand struct {
	Name    string `arg:"" enum:"direkt" help:"Which demonstration: direkt."`
	Output  string `short:"o" help:"File for the problem; default: standard output." type:"path"`
	Staff   int    `default:"4000" help:"People to train, 40 to 400000."`
	Leaders int    `help:"Method leaders; default: one per 16 staff."`
	Seed    uint64 `default:"1" help:"Seed of everything made up."`
}

func (c *demoCommand) Run() error {
	if err := staffInRange(c.Staff); err != nil {
		return err
	}
	problem, _ := demo.Direkt(demo.Options{Staff: c.Staff, Leaders: c.Leaders, Seed: c.Seed})
	return writeJSON(c.Output, problem)
}

// staffInRange refuses sizes that the demonstration would quietly round.
func staffInRange(staff int) error {
	if staff < demo.MinStaff || staff > demo.MaxStaff {
		return fmt.Errorf("--staff is %d; the demonstration has %d to %d", staff, demo.MinStaff, demo.MaxStaff)
	}
	return nil
}
