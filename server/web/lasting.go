package web

import (
	"sync"
	"time"

	"kaskad/model"
)

// lasting keeps views of one State, reckoned once each and shared by all who
// ask: until the State changes, or something of the programme begins or ends.
// A view is a function of the State, the time and its key alone, and whoever
// has it must not change it.
type lasting[K comparable, T any] struct {
	mu          sync.Mutex
	state       *model.State
	from, until time.Time
	views       map[K]func() T
}

// mostViews bounds what is kept of one State.
const mostViews = 64

// of is a State's view by a key. Who asks while it is being made waits for it.
func (l *lasting[K, T]) of(s *Server, state *model.State, key K, reckon func() T) T {
	return l.keep(s, state, key, reckon)()
}

func (l *lasting[K, T]) keep(s *Server, state *model.State, key K, reckon func() T) func() T {
	now := s.Programme.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != state || now.Before(l.from) || !now.Before(l.until) || len(l.views) >= mostViews {
		l.state, l.from, l.until, l.views = state, now, holdsUntil(state.Roster, now), map[K]func() T{}
	}
	view := l.views[key]
	if view == nil {
		view = sync.OnceValue(reckon)
		l.views[key] = view
	}
	return view
}

// only is the key of a view of which there is one.
type only struct{}
