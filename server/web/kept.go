package web

import (
	"fmt"
	"sync"
	"time"

	"kaskad/model"
)

// keptPages keeps pages that take long to reckon, so that a look at another page
// and back costs nothing. They are good for one State and one revision of the
// directory, and a while at most, because seminars begin and end.
type keptPages struct {
	mu       sync.Mutex
	state    *model.State
	revision uint64 // of the directory
	until    time.Time
	pages    map[string]any // by reader, language, address and what mails have gone
}

// mostKept bounds the pages kept: a few of each coordinator's.
const mostKept = 200

// keptUntil is when something of the programme begins or ends, or a judgement grows old.
func keptUntil(r *model.Roster, now time.Time) time.Time {
	if until := holdsUntil(r, now); until.Before(now.Add(judgementLasts)) {
		return until
	}
	return now.Add(judgementLasts)
}

// once is the page that a visitor asks for, reckoned unless it is kept. Who
// gets it may change what it holds itself, but nothing it refers to.
func once[T any](s *Server, v *visit, reckon func() (T, error)) (T, error) {
	k := &s.kept
	now, revision := s.Programme.Now(), s.Programme.People.Revision()
	key := fmt.Sprint(v.user.Person, " ", v.lang, " ", v.Method(), " ", v.OriginalURL(), " ", s.Invites.Outbox().Writes())
	k.mu.Lock()
	if k.state != v.state || k.revision != revision || !now.Before(k.until) || len(k.pages) >= mostKept {
		k.state, k.revision, k.until, k.pages = v.state, revision, keptUntil(v.state.Roster, now), map[string]any{}
	}
	kept, known := k.pages[key].(T)
	k.mu.Unlock()
	if known {
		return kept, nil
	}
	state := v.state
	page, err := reckon()
	if err != nil {
		return page, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.state == state && k.revision == revision {
		k.pages[key] = page
	}
	return page, nil
}
