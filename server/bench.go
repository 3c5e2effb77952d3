package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"kaskad/server/bench"
)

type benchCommand struct {
	Corpus benchCorpus `cmd:"" help:"Prove the optima of the corpus of small problems again, with a solver found on PATH."`
}

type benchCorpus struct {
	Solver  string   `default:"highs" enum:"highs,cbc,glpk" help:"Which solver: highs (npm package highs, with node), cbc or glpk."`
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

func printMachine() { fmt.Println(bench.Machine(time.Now().Format(time.DateOnly))) }
