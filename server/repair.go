package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
	"kaskad/scheduler/check"
)

type repairCommand struct {
	Problem   string    `arg:"" help:"Problem file, kaskad/problem/1, as circumstances have made it." type:"path"`
	Published string    `help:"Plan people have been told of; default: the problem's own." type:"path"`
	Output    string    `short:"o" help:"File for the plan; default: standard output." type:"path"`
	NotBefore time.Time `help:"Nothing new starts, and nobody is added, before this time, such as 2027-03-01T00:00:00+01:00."`
	Lock      []string  `placeholder:"ID=WHAT" help:"Keep the time, place or leaders of a seminar, such as S00012=time+place; several times."`
}

func (c *repairCommand) Run(ctx context.Context) error {
	problem, err := readProblem(c.Problem)
	if err != nil {
		return err
	}
	if c.Published != "" {
		if problem.Published, err = readPlan(c.Published); err != nil {
			return err
		}
	}
	if problem.Published == nil {
		return fmt.Errorf("%s: nothing is published, so there is nothing to repair; name a plan with --published, or use kaskad solve", c.Problem)
	}
	locks, err := readLocks(problem.Published, c.Lock)
	if err != nil {
		return err
	}
	began := time.Now()
	result, err := scheduler.Repair(ctx, problem, scheduler.Options{NotBefore: c.NotBefore, Locks: locks})
	if err != nil {
		return err
	}
	report := check.Check(problem, result.Plan)
	fmt.Fprintf(os.Stderr, "done in %.3f s: unmet %d, %d people get another time or lose a seat", time.Since(began).Seconds(), report.Cost.Unmet, report.Moved)
	if !report.Valid {
		fmt.Fprintf(os.Stderr, "; what is fixed or frozen still breaks %v", report.Codes)
	}
	fmt.Fprintln(os.Stderr)
	return writeJSON(c.Output, result.Plan)
}

// readLocks reads ID=time+place+leaders.
func readLocks(plan *model.Plan, list []string) (map[string]model.Lock, error) {
	locks := map[string]model.Lock{}
	for _, text := range list {
		id, what, _ := strings.Cut(text, "=")
		if !slices.ContainsFunc(plan.Seminars, func(s model.Seminar) bool { return s.ID == id }) {
			return nil, fmt.Errorf("--lock %s: no seminar %q is published", text, id)
		}
		lock := locks[id]
		for part := range strings.SplitSeq(what, "+") {
			switch part {
			case "time":
				lock.Time = true
			case "place":
				lock.Place = true
			case "leaders":
				lock.Leaders = true
			default:
				return nil, fmt.Errorf("--lock %s: %q is neither time, place nor leaders", text, part)
			}
		}
		locks[id] = lock
	}
	return locks, nil
}
