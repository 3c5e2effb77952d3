// Command kaskad plans training cascades: it serves the programme's pages,
// mails its invitations, and solves and checks problems on the command line.
//
//	go run ./server        serves the DiREKT demonstration
//	go run ./server -h     lists everything else
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones must load on a machine, or in a container, that has none

	"github.com/alecthomas/kong"
)

// CLI is every command and flag. Each flag can also be set by the variable
// named beside it.
type CLI struct {
	Serve    serveCommand    `cmd:"" default:"withargs" help:"Serve a programme: pages, calendars, invitations. The default command."`
	Solve    solveCommand    `cmd:"" help:"Plan a problem file."`
	Repair   repairCommand   `cmd:"" help:"Mend a published plan that circumstances have broken, and touch nothing else."`
	Check    checkCommand    `cmd:"" help:"Judge a plan against a problem, straight from the rules. Exit code 1 if it is invalid."`
	Compare  compareCommand  `cmd:"" help:"Set two plans of one problem side by side: the same figures, and what differs for whom."`
	Forecast forecastCommand `cmd:"" help:"Tell when the cascade reaches its goal by a plan, and what is short."`
	Simulate simulateCommand `cmd:"" help:"Play a plan through many times with absences, leaders who stop, lost venues and snow."`
	Waves    wavesCommand    `cmd:"" help:"Tell what a problem's waves ask for, or propose others."`
	Demo     demoCommand     `cmd:"" help:"Write a demonstration problem."`
	Explain  explainCommand  `cmd:"" help:"Say why a plan is as it is, what else could be, and what would help."`
	Job      jobCommand      `cmd:"" help:"Run one job now, with the server stopped."`
	Bench    benchCommand    `cmd:"" help:"Measure the planner: against proven optima, other solvers and its own bound."`
	Import   importCommand   `cmd:"" help:"Tell what a staff list would change in the register, and take it in with --apply; with the server stopped."`
	Backup   backupCommand   `cmd:"" help:"Copy the embedded database to a file, with the server stopped."`
	Verify   verifyCommand   `cmd:"" help:"Fold every journal from its first entry and check every hash and payload."`
	Doctor   doctorCommand   `cmd:"" help:"Check that the data store keeps its promises."`
	Health   healthCommand   `cmd:"" help:"Ask a running server whether it is well; for containers."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "kaskad: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var cli CLI
	parser, err := kong.New(&cli, kong.Name("kaskad"), kong.UsageOnError(),
		kong.Description("Kaskad plans training cascades: who meets, where, when, led by whom."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Vars(usualRates()))
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if err != nil {
		var wrong *kong.ParseError
		if errors.As(err, &wrong) {
			return fmt.Errorf("%w; kaskad -h lists commands and flags", err)
		}
		return err
	}
	return command.Run()
}
