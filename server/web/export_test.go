package web

import (
	"sync"
	"testing"
	"time"

	"kaskad/ui"
)

// WaitForLetters returns when no sign-in mail is on its way.
func (s *Server) WaitForLetters() { s.letters.Wait() }

// Warm returns when the views of the State are made.
func (s *Server) Warm() { s.warm(s.Programme.State(), nil) }

// IsWarm tells whether the largest view of the State has been made.
func (s *Server) IsWarm() bool {
	l := &s.listed
	l.mu.Lock()
	defer l.mu.Unlock()
	v := l.views[s.Programme.People.Revision()]
	return l.state == s.Programme.State() && v != nil && v.mu.TryLock() && func() bool { defer v.mu.Unlock(); return v.ready }()
}

// ShareTemplates spares a site the reading of all templates: half a second's
// work with the same outcome every time.
func (s *Server) ShareTemplates(t testing.TB) {
	t.Helper()
	zone := time.UTC
	if r := s.Programme.State().Roster; r != nil {
		zone = r.Zone
	}
	s.ui = Renderer(t, zone)
}

var renderers struct {
	sync.Mutex
	of map[string]*ui.Renderer // by zone
}

// Renderer is the same for all tests that show times in a zone.
func Renderer(t testing.TB, zone *time.Location) *ui.Renderer {
	t.Helper()
	renderers.Lock()
	defer renderers.Unlock()
	if r := renderers.of[zone.String()]; r != nil {
		return r
	}
	r, err := ui.New(zone)
	if err != nil {
		t.Fatal(err)
	}
	if renderers.of == nil {
		renderers.of = map[string]*ui.Renderer{}
	}
	renderers.of[zone.String()] = r
	return r
}
