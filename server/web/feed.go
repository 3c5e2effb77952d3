package web

import (
	"crypto/sha256"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

// feedCache keeps what the feeds of one State came to, so that a poll costs a
// look-up. Feeds also change as time passes, but not within the hour.
type feedCache struct {
	mu     sync.Mutex
	state  *model.State
	hour   time.Time
	people map[[sha256.Size]byte]string // by the hash of the address's secret part
	bodies map[string]calendar.Feed     // by person
}

// findFeed is the calendar behind an address. Finding takes the same time
// whether there is one or not.
func (s *Server) findFeed(token string) (person string, feed calendar.Feed, ok bool) {
	state, hour := s.Programme.State(), s.Programme.Now().Truncate(time.Hour)
	if state.Roster == nil {
		return "", calendar.Feed{}, false
	}
	c := &s.feeds
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == nil || c.state.Roster != state.Roster || !maps.Equal(c.state.Feeds, state.Feeds) {
		c.people = s.feedPeople(state)
	}
	if c.state != state || !c.hour.Equal(hour) {
		c.state, c.hour, c.bodies = state, hour, map[string]calendar.Feed{}
	}
	person, ok = c.people[sha256.Sum256([]byte(token))]
	if !ok {
		return "", calendar.Feed{}, false
	}
	feed, cached := c.bodies[person]
	if !cached {
		feed = s.renderFeed(state, person, hour)
		c.bodies[person] = feed
	}
	return person, feed, feed.Body != nil
}

func (s *Server) feedPeople(state *model.State) map[[sha256.Size]byte]string {
	people := make(map[[sha256.Size]byte]string, len(state.Roster.People))
	for id := range state.Roster.People {
		people[sha256.Sum256([]byte(s.feedToken(state, id)))] = id
	}
	return people
}

func (s *Server) renderFeed(state *model.State, person string, now time.Time) calendar.Feed {
	look := s.look(person)
	look.Now = now
	name := state.Roster.Problem.Programme.Name
	if contact, _ := s.Programme.People.Contact(person); contact.Protected {
		name = "Kaskad" // what somebody takes part in is nobody's business
	}
	feed := calendar.RenderFeed(name, look.Language, s.Base+"/cal/"+s.feedToken(state, person)+".ics", state.Roster.Zone,
		calendar.Events(state, person, look))
	for _, uid := range feed.Quarantined {
		s.Log.Error("event left out of a calendar", "person", person, "event", uid)
	}
	return feed
}

// feed answers a calendar's poll. RFC 9110 13.1.2: If-None-Match wins over
// If-Modified-Since. An unknown address is 404, never a redirect: calendars
// empty themselves on anything that is not the whole calendar.
func (s *Server) feed(c *fiber.Ctx) error {
	person, feed, ok := s.findFeed(c.Params("token"))
	if !ok {
		return c.Status(fiber.StatusNotFound).SendString("There is no calendar at this address.\n")
	}
	s.fetched.note(person, s.Programme.Now())
	c.Set(fiber.HeaderETag, feed.ETag)
	if !feed.LastModified.IsZero() { // an empty calendar has never changed
		c.Set(fiber.HeaderLastModified, feed.LastModified.UTC().Format(http.TimeFormat))
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=900")
	c.Set("X-Robots-Tag", "noindex")
	if unchanged(c, feed) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, calendar.ContentType)
	c.Set(fiber.HeaderContentDisposition, `inline; filename="kaskad.ics"`)
	return c.Send(feed.Body)
}

func unchanged(c *fiber.Ctx, feed calendar.Feed) bool {
	if sent := c.Get(fiber.HeaderIfNoneMatch); sent != "" {
		for tag := range strings.SplitSeq(sent, ",") {
			if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == feed.ETag || tag == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !feed.LastModified.IsZero() && !feed.LastModified.Truncate(time.Second).After(since)
}

// feedLanding is what a person sees who opens the address in a browser: where
// a QR code leads.
func (s *Server) feedLanding(v *visit) error {
	token := v.Params("token")
	person, _, ok := s.findFeed(token)
	if !ok {
		return model.Errorf(model.NotFound, "error.no-feed", "there is no calendar at this address")
	}
	now, upcoming := s.Programme.Now(), 0
	for _, x := range v.state.SeminarsOf(person) {
		if start, _ := v.state.Roster.Span(&x.Seminar); start.After(now) {
			upcoming++
		}
	}
	return s.show(v, ui.FeedLanding{Name: s.shownName(v, person), Calendar: s.calendarCard(v, person), Upcoming: upcoming})
}

// webcal is the address in the scheme that phones hand to their calendar.
func webcal(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return "webcal://" + rest
}

// fetchLog remembers when each person's calendar was last fetched.
type fetchLog struct {
	mu sync.Mutex
	at map[string]time.Time
}

func (f *fetchLog) note(person string, at time.Time) {
	f.mu.Lock()
	f.at[person] = at
	f.mu.Unlock()
}

// last is zero for a calendar nobody has fetched since the server started.
func (f *fetchLog) last(person string) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at[person]
}
