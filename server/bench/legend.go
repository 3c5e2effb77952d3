package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Format is a way to write a program down.
type Format struct {
	comment string // starts a line solvers skip
	write   func(*Program, io.Writer) error
}

// Formats are the ways to write a program, by the ending of the file's name.
var Formats = map[string]Format{
	".lp":  {`\ `, (*Program).WriteLP},
	".mps": {"* ", (*Program).WriteMPS},
	".mzn": {"% ", (*Program).WriteMiniZinc},
}

// Export writes the program for a solver of the reader's choice. With unmet
// below 0 it asks for the fewest unmet needs, else for the least total of all
// plans with no more than so many. Comments say what each decision means.
func (m *MIP) Export(w io.Writer, format Format, unmet int) error {
	if m.Impossible != "" {
		return errors.New(m.Impossible)
	}
	p := m.minimiseUnmet()
	if unmet >= 0 {
		p = m.minimiseTotal(unmet)
	}
	return errors.Join(m.legend(w, format.comment), format.write(p, w))
}

// legend lists the whole columns: which seminar, who attends, who leads, who
// of the leaders stands first.
func (m *MIP) legend(w io.Writer, comment string) error {
	b := bufio.NewWriter(w)
	line := func(column int, text string, args ...any) {
		text = strings.ReplaceAll(fmt.Sprintf(text, args...), "\n", " ")
		fmt.Fprintf(b, "%s%s: %s\n", comment, m.Columns[column].Name, text)
	}
	f := m.f
	for _, s := range m.seminars {
		co := &f.courses[s.course]
		line(s.held, "tier %s, module %s, slot %s, venue %s, room %d", co.tier.ID, co.module.ID, f.slots[s.slot].ID, f.venues[s.venue].ID, s.copy+1)
		for _, a := range s.attends {
			line(m.attends[a].column, "%s attends it", f.people[f.needs[m.attends[a].need].person].ID)
		}
		for _, l := range s.leads {
			x := m.leads[l]
			line(x.column, "%s leads it", f.people[x.person].ID)
			if x.first != x.column {
				line(x.first, "%s is its first leader", f.people[x.person].ID)
			}
		}
	}
	return b.Flush()
}
