package web

import (
	"time"

	"kaskad/model"
)

// reportFacts is what all reports are made from: the seminars of the last tier
// that are published or drafted, and what they mean for each of its people.
type reportFacts struct {
	*board
	last     *model.Tier
	seminars []*card // by time
	people   []trainee
}

// trainee is somebody of the last tier with what they need and get.
type trainee struct {
	*model.Person
	unit     *model.Unit
	needs    int
	got      int   // of them, with a seat
	travel   []int // minutes one way to each seat that is not online
	disliked int   // seats at times they would rather not have
	done     time.Time
}

func (s *Server) reportFacts(state *model.State) *reportFacts {
	return s.facts.of(s, state, only{}, func() *reportFacts { return s.newReportFacts(state) })
}

func (s *Server) newReportFacts(state *model.State) *reportFacts {
	r := state.Roster
	f := &reportFacts{board: s.board(state), last: &r.Problem.Tiers[len(r.Problem.Tiers)-1]}
	at := map[string]int{}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if needs := len(r.Needs(x)); x.Tier == f.last.ID && needs > 0 {
			at[x.ID] = len(f.people)
			f.people = append(f.people, trainee{Person: x, unit: r.Units[x.Unit], needs: needs})
		}
	}
	for i := range f.board.seminars {
		c := &f.board.seminars[i]
		if c.Tier != f.last.ID || c.Standing == model.ToCancel {
			continue
		}
		f.seminars = append(f.seminars, c)
		half := model.HalfDayOf(c.start.In(r.Zone))
		for _, p := range c.Attendees {
			if i, known := at[p]; known {
				f.people[i].seat(r, c, half)
			}
		}
	}
	return f
}

func (t *trainee) seat(r *model.Roster, c *card, half model.HalfDay) {
	t.got++
	if !r.Venues[c.Venue].Online {
		t.travel = append(t.travel, r.TravelMinutes(t.Unit, c.Venue))
	}
	for _, d := range t.Dislikes {
		if d == half {
			t.disliked++
		}
	}
	if c.end.After(t.done) {
		t.done = c.end
	}
}
