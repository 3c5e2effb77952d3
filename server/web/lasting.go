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
	views       map[K]*view[T]
	most        int // kept at once, of different keys; 0: one
}

// of is a State's view by a key. Who asks while it is being made waits for it.
func (l *lasting[K, T]) of(s *Server, state *model.State, key K, reckon func() T) T {
	v := l.kept(s, state, key)
	if v == nil {
		return reckon()
	}
	return v.made(reckon)
}

// kept is a State's view, perhaps not made yet; nil for a State that has passed,
// or that a change would come to.
func (l *lasting[K, T]) kept(s *Server, state *model.State, key K) *view[T] {
	now := s.Programme.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != state && state != s.Programme.State() {
		return nil
	}
	if l.state != state || now.Before(l.from) || !now.Before(l.until) || l.views[key] == nil && len(l.views) >= max(1, l.most) {
		l.state, l.from, l.until, l.views = state, now, holdsUntil(state.Roster, now), map[K]*view[T]{}
	}
	v := l.views[key]
	if v == nil {
		v = &view[T]{}
		l.views[key] = v
	}
	return v
}

// view is made by the first who asks; if that breaks down, by the next.
type view[T any] struct {
	mu    sync.Mutex
	ready bool
	it    T
}

func (v *view[T]) made(reckon func() T) T {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.ready {
		v.it = reckon()
		v.ready = true
	}
	return v.it
}

// only is the key of a view of which there is one.
type only struct{}
