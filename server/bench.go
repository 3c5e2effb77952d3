package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kaskad/server/bench"
)

type benchCommand struct {
	Quality benchQuality `cmd:"" help:"Plan demonstrations with several seeds and times: cost, bound, gap, speed."`
	Gap     benchGap     `cmd:"" help:"Plan a demonstration without lateness, absences or unit limits: what is between plan and bound because of each."`
	Scale   benchScale   `cmd:"" help:"Plan ever larger demonstrations: time, gap, memory."`
	Peers   benchPeers   `cmd:"" help:"Compare with general solvers found on PATH, by the same judge and processor time."`
	Program benchProgram `cmd:"" help:"Write a problem as a mixed-integer program, for a solver of your own."`
	Files   benchFiles   `cmd:"" help:"Write, read and judge demonstrations: processor time and memory of each step."`
	Fuzz    benchFuzz    `cmd:"" help:"Plan thousands of strange problems and hold every plan, bound and certificate against the judge and the verifier."`
	Corpus  benchCorpus  `cmd:"" help:"Prove the optima of the corpus of small problems again, with a solver found on PATH."`
}

type benchQuality struct {
	Staff   []int `default:"400,4000" help:"Sizes of the demonstration."`
	Seconds []int `default:"5,30,60" help:"Times to plan."`
	Seeds   int   `default:"5" help:"How many seeds, from 1 on."`
}

func (c *benchQuality) Run(ctx context.Context) error {
	if c.Seeds < 1 {
		return fmt.Errorf("--seeds is %d; at least 1 is needed", c.Seeds)
	}
	printMachine()
	return bench.Quality(ctx, os.Stdout, bench.QualityOptions{Staff: c.Staff, Seconds: c.Seconds, Seeds: c.Seeds})
}

type benchGap struct {
	Staff   int `default:"4000" help:"Size of the demonstration."`
	Seconds int `default:"30" help:"Time to plan each."`
}

func (c *benchGap) Run(ctx context.Context) error {
	printMachine()
	return bench.Gap(ctx, os.Stdout, c.Staff, time.Duration(c.Seconds)*time.Second)
}

type benchScale struct {
	Staff   []int `default:"4000,40000" help:"Sizes of the demonstration."`
	Seconds int   `default:"60" help:"Time to plan each."`

	Processor bool `help:"Count processor time, shared by two cores, instead of the clock's: for a machine that does other work too."`
}

func (c *benchScale) Run(ctx context.Context) error {
	printMachine()
	return bench.Scale(ctx, os.Stdout, bench.ScaleOptions{Staff: c.Staff, Seconds: c.Seconds, Processor: c.Processor})
}

type benchPeers struct {
	Staff   []int    `default:"40" help:"Sizes of the demonstration."`
	Corpus  []string `default:"all-at-once,calm-5,calm-15,calm-22" help:"Names of problems of the corpus."`
	Seconds int      `default:"60" help:"Processor time for each problem and solver."`
}

func (c *benchPeers) Run(ctx context.Context) error {
	printMachine()
	return bench.Peers(ctx, os.Stdout, bench.PeersOptions{Staff: c.Staff, Corpus: c.Corpus, Limit: time.Duration(c.Seconds) * time.Second})
}

type benchCorpus struct {
	Solver  string   `default:"highs" enum:"highs,cbc,glpk,minizinc" help:"Which solver: highs (npm package highs, with node), cbc, glpk or minizinc."`
	Folder  string   `default:"scheduler/testdata/corpus" help:"Folder of the corpus." type:"path"`
	Only    []string `help:"Names of problems; default: all."`
	Seconds int      `default:"300" help:"Processor time for each problem."`
	Write   bool     `help:"Store what is proved instead of comparing it with the index."`
}

func (c *benchCorpus) Run(ctx context.Context) error {
	printMachine()
	for _, s := range bench.Solvers {
		if s.Name == c.Solver {
			return bench.Corpus(ctx, os.Stdout, bench.CorpusOptions{Solver: s, Folder: c.Folder, Only: c.Only,
				Limit: time.Duration(c.Seconds) * time.Second, Write: c.Write})
		}
	}
	return fmt.Errorf("there is no solver %q", c.Solver)
}

type benchFiles struct {
	Staff []int `default:"4000,40000,400000" help:"Sizes of the demonstration."`
}

func (c *benchFiles) Run(ctx context.Context) error {
	printMachine()
	return bench.Files(ctx, os.Stdout, bench.FilesOptions{Staff: c.Staff})
}

type benchFuzz struct {
	Problems   int    `default:"2000" help:"How many problems."`
	Seed       uint64 `default:"1" help:"Seed of the first; each further one has the next."`
	Iterations int64  `default:"2000" help:"Moves that each of the two annealings weighs at most."`
}

func (c *benchFuzz) Run(ctx context.Context) error {
	printMachine()
	return bench.Fuzz(ctx, os.Stdout, bench.FuzzOptions{Problems: c.Problems, Seed: c.Seed, Iterations: c.Iterations})
}

type benchProgram struct {
	Problem string `arg:"" help:"Problem file, kaskad/problem/1." type:"path"`
	Output  string `short:"o" required:"" help:"File to write; its ending says how: .lp (CPLEX LP), .mps (free MPS) or .mzn (MiniZinc)." type:"path"`
	Unmet   int    `default:"-1" help:"Ask for the least total with at most so many unmet needs; default: ask for the fewest unmet needs."`
}

func (c *benchProgram) Run() error {
	format, known := bench.Formats[filepath.Ext(c.Output)]
	if !known {
		return fmt.Errorf("%s: the name must end in .lp, .mps or .mzn", c.Output)
	}
	problem, err := readProblem(c.Problem)
	if err != nil {
		return err
	}
	m, err := bench.Build(problem)
	if err != nil {
		return err
	}
	f, err := os.Create(c.Output)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", c.Output, err)
	}
	if err := errors.Join(m.Export(f, format, c.Unmet), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.Output, err)
	}
	fmt.Printf("%d variables, %d rows, every rule and every cost\n", len(m.Columns), len(m.Rows))
	return nil
}

func printMachine() { fmt.Println(bench.Machine(time.Now().Format(time.DateOnly))) }
