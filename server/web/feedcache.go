package web

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"runtime/debug"
	"sync"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

// feedRef names a feed: a person's, or a shared one.
type feedRef struct {
	id     string
	shared bool
}

// servedFeed is a feed as it lies ready.
type servedFeed struct {
	calendar.Feed
	zipped []byte // Body as gzip; nil where that saves nothing
}

// feedCache keeps what the feeds of one State came to, so that a poll costs a
// look-up. Feeds also change as time passes, but not within the hour.
type feedCache struct {
	mu     sync.Mutex
	state  *model.State
	hour   time.Time
	index  *calendar.Index
	refs   map[[sha256.Size]byte]feedRef // by the hash of the address's secret part
	own    map[string]ownAddress         // by person
	bodies map[feedRef]servedFeed        // of this State and hour
	last   map[feedRef]servedFeed        // the newest that could be made, of any
}

// ownAddress is the hash of the secret part of a person's address in its generation.
type ownAddress struct {
	generation int
	hash       [sha256.Size]byte
}

// standing is what there is at an address.
type standing int

const (
	feedUnknown standing = iota
	feedClosed
	feedServed
)

// findFeed is the calendar behind an address. Finding takes the same time
// whether there is one or not. A calendar that cannot be made now is the last
// that could: an error would make some programs give up for good.
func (s *Server) findFeed(token string) (feedRef, servedFeed, standing) {
	state, hour := s.Programme.State(), s.Programme.Now().Truncate(time.Hour)
	if state.Roster == nil {
		return feedRef{}, servedFeed{}, feedUnknown
	}
	c := &s.feeds
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == nil || c.state.Roster != state.Roster || !maps.Equal(c.state.Feeds, state.Feeds) ||
		!maps.Equal(c.state.Calendars.Shared, state.Calendars.Shared) {
		c.refs = s.feedRefs(state)
	}
	if c.state != state {
		c.index = nil
	}
	if c.state != state || !c.hour.Equal(hour) {
		c.state, c.hour, c.bodies = state, hour, map[feedRef]servedFeed{}
	}
	ref, ok := c.refs[sha256.Sum256([]byte(token))]
	if !ok || !s.feedIsOffered(state, ref) {
		return feedRef{}, servedFeed{}, feedUnknown
	}
	if closed := state.Calendars.Closed[ref.id]; !ref.shared && closed || ref.shared && state.Calendars.Shared[ref.id].Closed {
		return ref, servedFeed{}, feedClosed
	}
	feed, cached := c.bodies[ref]
	if !cached {
		if c.index == nil {
			c.index = calendar.IndexOf(state)
		}
		feed = c.keep(ref, s.renderSafely(state, ref, hour))
	}
	if feed.Body == nil {
		return feedRef{}, servedFeed{}, feedUnknown
	}
	return ref, feed, feedServed
}

// keep takes a feed in, or goes on with the last good one; the caller holds the lock.
func (c *feedCache) keep(ref feedRef, feed servedFeed) servedFeed {
	if c.last == nil {
		c.last = map[feedRef]servedFeed{}
	}
	if feed.Body == nil {
		feed = c.last[ref]
	}
	c.bodies[ref], c.last[ref] = feed, feed
	return feed
}

// leftOut counts the events that could not be written into calendars fetched since the last change.
func (s *Server) leftOut() (n int) {
	s.feeds.mu.Lock()
	defer s.feeds.mu.Unlock()
	for _, feed := range s.feeds.bodies {
		n += len(feed.Quarantined)
	}
	return n
}

// feedRefs finds feeds by their addresses. What a person's address comes to is
// kept while its generation stands: for a region that is worth a second. The
// caller holds the lock.
func (s *Server) feedRefs(state *model.State) map[[sha256.Size]byte]feedRef {
	refs, own := make(map[[sha256.Size]byte]feedRef, len(state.Roster.People)), make(map[string]ownAddress, len(state.Roster.People))
	if before := s.feeds.state; before == nil || before.Roster == nil || before.Roster.Problem.Programme.ID != state.Roster.Problem.Programme.ID {
		s.feeds.own = nil
	}
	for id := range state.Roster.People {
		address, known := s.feeds.own[id]
		if generation := state.Feeds[id]; !known || address.generation != generation {
			address = ownAddress{generation, sha256.Sum256([]byte(s.feedToken(state, id)))}
		}
		own[id], refs[address.hash] = address, feedRef{id: id}
	}
	s.feeds.own = own
	for _, f := range state.Calendars.Shared {
		refs[sha256.Sum256([]byte(s.sharedToken(state, f)))] = feedRef{f.ID, true}
	}
	return refs
}

// feedIsOffered: people with protected identity have a calendar only when they
// have asked for it.
func (s *Server) feedIsOffered(state *model.State, ref feedRef) bool {
	if ref.shared {
		return s.sharedIsOffered(state, state.Calendars.Shared[ref.id])
	}
	contact, _ := s.Programme.People.Contact(ref.id)
	return !contact.Protected || state.Calendars.Choices[ref.id].Channel != model.Undecided
}

// renderSafely is a feed, or nothing if making it breaks down: a fault of ours
// must cost nobody a calendar.
func (s *Server) renderSafely(state *model.State, ref feedRef, now time.Time) (feed servedFeed) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("calendar not made", "of", ref.id, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			feed = servedFeed{}
		}
	}()
	rendered := s.renderFeed(state, ref, now)
	for _, uid := range rendered.Quarantined {
		s.Log.Error("event left out of a calendar", "of", ref.id, "event", uid)
	}
	return servedFeed{rendered, squeezed(rendered.Body)}
}

func (s *Server) renderFeed(state *model.State, ref feedRef, now time.Time) calendar.Feed {
	if ref.shared {
		return s.renderShared(state, state.Calendars.Shared[ref.id], now)
	}
	look := s.look(ref.id)
	look.Now, look.Index = now, s.feeds.index
	look.Language = state.Calendars.LanguageOf(ref.id, look.Language)
	name := state.Roster.Problem.Programme.Name
	if contact, _ := s.Programme.People.Contact(ref.id); contact.Protected {
		name = "Kaskad" // what somebody takes part in is nobody's business
	}
	return calendar.RenderFeed(name, look.Language, s.feedAddress(state, ref.id), state.Roster.Zone, calendar.Events(state, ref.id, look))
}

func (s *Server) feedAddress(state *model.State, person string) string {
	return s.Base + "/cal/" + s.feedToken(state, person) + ".ics"
}
