package web

import (
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler/forecast"
)

// foreseen is the forecast of one State.
type foreseen struct {
	in forecast.Input
	*forecast.Report

	mu     sync.Mutex
	longer *lengthened // what was asked for last
}

// lengthened is the forecast of the programme with weeks up to a day.
type lengthened struct {
	until time.Time
	slots int // more of them
	*forecast.Report
}

// foresee reckons once for every State and every while: several pages show it.
func (s *Server) foresee(state *model.State) *foreseen {
	return s.foreseen.of(s, state, only{}, func() *foreseen {
		in := s.forecastInput(state)
		return &foreseen{in: in, Report: forecast.Make(in)}
	})
}

// holdsUntil is the next time after which a forecast, or any view, may be
// another: something begins or ends, a leader may begin, or the day turns.
func holdsUntil(r *model.Roster, now time.Time) time.Time {
	next := model.Midnight(model.DayNumber(now, r.Zone)+1, r.Zone)
	sooner := func(t time.Time) {
		if t.After(now) && t.Before(next) {
			next = t
		}
	}
	for i := range r.Problem.Slots {
		x := &r.Problem.Slots[i]
		sooner(x.Start.Add(1)) // at its start it has not begun yet
		sooner(x.End)
	}
	for i := range r.Problem.People {
		if leads := r.Problem.People[i].Leads; leads != nil {
			sooner(leads.From)
		}
	}
	return next
}

// with is the forecast with more weeks.
func (f *foreseen) with(until time.Time) (*lengthened, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.longer != nil && f.longer.until.Equal(until) {
		return f.longer, nil
	}
	in := f.in
	more, err := in.Problem.Extended(until)
	if err != nil {
		return nil, err
	}
	in.Problem = more
	f.longer = &lengthened{until: until, slots: len(more.Slots) - len(f.in.Problem.Slots), Report: forecast.Make(in)}
	return f.longer, nil
}
