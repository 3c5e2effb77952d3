package web

import (
	"sync"
	"time"

	"kaskad/model"
	"kaskad/scheduler/forecast"
)

// foreseen is the forecast of one State. It holds until something of the plan
// begins or ends, a leader may begin, or the day turns.
type foreseen struct {
	state       *model.State
	from, until time.Time
	in          forecast.Input
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
	now := s.Programme.Now()
	if f := s.foreseen.Load(); f != nil && f.state == state && !now.Before(f.from) && now.Before(f.until) {
		return f
	}
	f := &foreseen{state: state, from: now, until: holdsUntil(state.Roster, now), in: s.forecastInput(state)}
	f.Report = forecast.Make(f.in)
	s.foreseen.Store(f)
	return f
}

// holdsUntil is the next time after which a forecast may be another.
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
