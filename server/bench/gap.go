package bench

import (
	"context"
	"fmt"
	"io"
	"time"

	"kaskad/model"
	"kaskad/server/demo"
)

// simpler is a problem with something left out of it that makes plans hard.
type simpler struct {
	name  string
	leave func(*model.Problem)
}

var simplerProblems = []simpler{
	{"as it is", func(*model.Problem) {}},
	{"lateness costs nothing", withoutLateness},
	{"nobody is ever absent", withoutAbsences},
	{"neither", func(p *model.Problem) { withoutLateness(p); withoutAbsences(p) }},
	{"units spare any number", withoutLimits},
}

func withoutLateness(p *model.Problem) { p.Programme.Weights.Earliness = new(int) }

func withoutAbsences(p *model.Problem) {
	for i := range p.People {
		p.People[i].Calendar, p.People[i].Closed = "", nil
	}
}

func withoutLimits(p *model.Problem) {
	for i := range p.Units {
		p.Units[i].MaxAway = nil
	}
}

// Gap plans the demonstration as it is and with something left out, and prints how far each plan is from
// what is proved of it. A gap that goes with what is left out was there because of it: the bound
// does not see it, or the search is not up to it.
func Gap(ctx context.Context, w io.Writer, staff int, limit time.Duration) error {
	t := newTable(w, column{"the demonstration", -24}, column{"unmet", 6}, column{"total", 9}, column{"bound", 9}, column{"gap %", 7}, column{"travel", 9}, column{"earliness", 9})
	for _, s := range simplerProblems {
		p, _ := demo.Direkt(demo.Options{Staff: staff})
		s.leave(p)
		m, err := measure(ctx, p, 1, limit, sinceNow())
		if err != nil {
			return err
		}
		if !m.valid {
			fmt.Fprintf(w, "%s: the plan is invalid\n", s.name)
		}
		t.row(s.name, m.cost.Unmet, m.cost.Total, m.plan.Bound.Total, percent(m.gap()), m.cost.Travel, m.cost.Earliness)
	}
	return nil
}
