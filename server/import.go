package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"kaskad/model"
	"kaskad/server/roster"
	"kaskad/server/web"
)

type importCommand struct {
	coreFlags `embed:""`
	File      string `arg:"" help:"Staff list: CSV in any encoding, or XLSX." type:"existingfile"`
	Complete  bool   `help:"The file has all employees of the employers in it: staff who are not in it have left."`
	Apply     bool   `help:"Do it. Without this, only what would change is told."`
}

// shownFaults bounds what is printed.
const shownFaults = 50

// Run tells what a staff list would change, with the server stopped, and does
// exactly that when asked to.
func (c *importCommand) Run(ctx context.Context) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	sheet, err := roster.Read(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	core, err := c.open(ctx, newLog())
	if err != nil {
		return err
	}
	defer core.close()
	state := core.programme.State()
	if state.Roster == nil {
		return errors.New("no programme is loaded yet; start the server once first")
	}
	found, err := roster.Compare(web.Register(core.programme, core.secret), sheet, roster.Options{Columns: sheet.Guess(), Complete: c.Complete})
	if err != nil {
		return fmt.Errorf("%s: %w; rename the headings, or take the file in on the page, where columns can be chosen", c.File, err)
	}
	tellComparison(sheet, found)
	if !c.Apply {
		fmt.Println("Nothing has been changed. Run again with --apply to take this in.")
		return nil
	}
	change := model.ImportRoster{Amendment: found.Amendment, Base: state.Seq, Leaving: found.Leaving}
	if err := core.programme.Import(ctx, model.System, change, found.Contacts); err != nil {
		return err
	}
	fmt.Println("Taken in.")
	return nil
}

func tellComparison(s *roster.Sheet, c *roster.Comparison) {
	fmt.Printf("%d rows, headings on line %d (%s)\n", len(s.Rows), s.HeaderLine, s.Kind)
	for i, m := range s.Guess() {
		if m != roster.Ignored {
			fmt.Printf("  %-28s is read as %s\n", s.Header[i], m)
		}
	}
	out := 0
	for i, f := range c.Faults {
		if !f.Note {
			out++
		}
		if i < shownFaults {
			fmt.Printf("line %d, %s: %s\n", f.Line, f.Column, f.Text)
		}
	}
	if n := len(c.Faults) - shownFaults; n > 0 {
		fmt.Printf("… and %d more\n", n)
	}
	fmt.Printf("%d new, %d changed, %d who have left, %d unchanged, %d new units, %d rows left out\n",
		len(c.New), len(c.Changed), len(c.Gone), c.Same, len(c.Units), out)
}
