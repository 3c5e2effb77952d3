package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"kaskad/model"
	"kaskad/scheduler/check"
	"kaskad/server/demo"
)

// FilesOptions say which sizes of the demonstration Files writes, reads and judges.
type FilesOptions struct {
	Staff []int
}

// Files writes demonstrations to a file, reads them again and judges a plan that
// leaves everything unmet: processor seconds of each step, and the most memory it took,
// what it was handed and what it made included.
func Files(ctx context.Context, w io.Writer, o FilesOptions) error {
	folder, err := os.MkdirTemp("", "kaskad-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	t := newTable(w, column{"staff", 8}, column{"MB of text", 10}, column{"step", -6}, column{"cpu s", 7}, column{"peak MB", 8})
	for _, staff := range o.Staff {
		path := filepath.Join(folder, "problem.json")
		var p *model.Problem
		steps := []struct {
			name string
			do   func() error
		}{
			{"make", func() error { p, _ = demo.Direkt(demo.Options{Staff: staff}); return nil }},
			{"write", func() error { return writeFile(path, func(w io.Writer) error { return model.Write(w, p) }) }},
			{"read", func() error { return readFile(path, &p) }},
			{"judge", func() error {
				if report := check.Check(p, unmetAll(p)); !report.Valid {
					return fmt.Errorf("the judge refuses an empty plan: %s", report.Violations[0].Detail)
				}
				return nil
			}},
		}
		for _, step := range steps {
			if step.name == "read" {
				p = nil // what is read is all there is
			}
			cpu, peak, err := spent(step.do)
			if err != nil || ctx.Err() != nil {
				return err
			}
			text := "-"
			if file, err := os.Stat(path); err == nil && step.name != "make" {
				text = fmt.Sprintf("%.1f", float64(file.Size())/1e6)
			}
			t.row(staff, text, step.name, fmt.Sprintf("%.2f", cpu), peak>>20)
		}
	}
	return nil
}

// unmetAll is the plan that meets no need.
func unmetAll(p *model.Problem) *model.Plan {
	plan := &model.Plan{Format: model.PlanFormat, Problem: p.Programme.ID}
	roster := model.NewRoster(p, "")
	for i := range p.People {
		for _, module := range p.NeedsOf(&p.People[i], roster.Tiers[p.People[i].Tier]) {
			plan.Unmet = append(plan.Unmet, model.Unmet{Person: p.People[i].ID, Module: module})
		}
	}
	return plan
}

func readFile(path string, into **model.Problem) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	*into, err = model.ReadProblem(f)
	return err
}

// spent is the processor time of a step and the most memory the process held
// while it ran, in bytes.
func spent(do func() error) (cpu float64, peak int64, err error) {
	debug.FreeOSMemory()
	// Linux forgets the peak so far when 5 is written here; elsewhere it stays.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	before, _ := processUse()
	err = do()
	after, peak := processUse()
	return after - before, peak, err
}
