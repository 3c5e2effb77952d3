package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"kaskad/server/bench"
)

type benchCommand struct {
	Quality benchQuality `cmd:"" help:"Plan demonstrations with several seeds and times: cost, bound, gap, speed."`
	Scale   benchScale   `cmd:"" help:"Plan ever larger demonstrations: time, gap, memory."`
	Peers   benchPeers   `cmd:"" help:"Compare with general solvers found on PATH, by the same judge and processor time."`
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

type benchScale struct {
	Staff   []int `default:"4000,40000" help:"Sizes of the demonstration."`
	Seconds int   `default:"60" help:"Time to plan each."`
}

func (c *benchScale) Run(ctx context.Context) error {
	printMachine()
	return bench.Scale(ctx, os.Stdout, bench.ScaleOptions{Staff: c.Staff, Seconds: c.Seconds})
}

type benchPeers struct {
	Staff   []int    `default:"40" help:"Sizes of the demonstration."`
	Corpus  []string `default:"sixty-people,cascade-two-tiers,all-at-once,published-person-joins" help:"Names of problems of the corpus."`
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

func printMachine() { fmt.Println(bench.Machine(time.Now().Format(time.DateOnly))) }
