package web

import (
	"runtime/debug"
	"time"

	"kaskad/model"
)

// stillLooking is how long after a coordinator's last look views are made ahead.
const stillLooking = 10 * time.Minute

// keepWarm makes what most pages draw from as soon as the State is another, so
// that whoever looks next does not wait for it: several coordinators change
// things at once. It rests for as long as it has worked, and does nothing while
// nobody looks.
func (s *Server) keepWarm() {
	for {
		changed := s.Programme.Changed()
		began := time.Now()
		if state := s.Programme.State(); state.Roster != nil && s.Programme.Now().UnixNano()-s.looked.Load() < int64(stillLooking) {
			s.warm(state, changed)
		}
		rest := time.After(time.Since(began))
		select {
		case <-s.life.Done():
			return
		case <-changed:
		case <-time.After(time.Minute): // something may have begun or ended
		}
		select {
		case <-s.life.Done():
			return
		case <-rest:
		}
	}
}

// warm makes the views of a State, those of the first pages first, until all
// are made or the State is another.
func (s *Server) warm(state *model.State, changed <-chan struct{}) {
	defer func() {
		if r := recover(); r != nil { // whoever asks for the view is told
			s.Log.Error("a view broke down", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	published := state.PublishedPlan() != nil
	for _, view := range []func(){
		func() { s.board(state) },
		func() { s.figuresOf(state) },
		func() { s.foresee(state) },
		func() { s.judge(state) },
		func() { s.register(state) },
		func() { s.load(state) },
		func() { s.reportFacts(state) },
		func() { s.areaSums(s.board(state), time.Time{}) },
		func() { s.openDesk(state, published) },
	} {
		select {
		case <-changed:
			return
		case <-s.life.Done():
			return
		default:
			view()
		}
	}
}
