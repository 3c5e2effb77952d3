package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/calendar"
	"kaskad/ui"
)

// feed answers a calendar's poll. RFC 9110 13.1.2: If-None-Match wins over
// If-Modified-Since. An unknown address is 404, one that was turned off 410,
// never a redirect: calendars empty themselves on anything that is not the
// whole calendar, and Thunderbird gives up after a 5xx. So a fault of ours is a
// 404 too, on which they keep what they have.
func (s *Server) feed(c *fiber.Ctx) (err error) {
	defer func() {
		if what := recover(); what != nil {
			s.panicked(c, what)
			err = noCalendar(c)
		}
	}()
	token := c.Params("token")
	ref, feed, found := s.findFeed(token)
	switch found {
	case feedUnknown:
		if !s.strangers.allow(c.IP(), token) {
			c.Set(fiber.HeaderRetryAfter, "900")
			return c.Status(fiber.StatusTooManyRequests).SendString("Too many unknown addresses have been asked for.\n")
		}
		return noCalendar(c)
	case feedClosed:
		return c.Status(fiber.StatusGone).SendString("This calendar address has been turned off.\n")
	}
	s.Fetches.note(ref, clientName(c.Get(fiber.HeaderUserAgent)), s.Programme.Now())
	tag, body := feed.ETag, feed.Body
	zipped := len(feed.zipped) > 0 && acceptsGzip(c.Get(fiber.HeaderAcceptEncoding))
	if zipped { // RFC 9110 8.8.3.3: another encoding is another strong tag
		tag, body = gzipTag(tag), feed.zipped
	}
	c.Set(fiber.HeaderETag, tag)
	if !feed.LastModified.IsZero() { // an empty calendar has never changed
		c.Set(fiber.HeaderLastModified, feed.LastModified.UTC().Format(http.TimeFormat))
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=900")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set("X-Robots-Tag", "noindex")
	if unchanged(c, feed.Feed) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, calendar.ContentType)
	c.Set(fiber.HeaderContentDisposition, `inline; filename="kaskad.ics"`)
	if zipped {
		c.Set(fiber.HeaderContentEncoding, "gzip")
	}
	return c.Send(body)
}

func noCalendar(c *fiber.Ctx) error {
	return c.Status(fiber.StatusNotFound).SendString("There is no calendar at this address.\n")
}

// unchanged compares with the tags of either encoding: the content is the same.
func unchanged(c *fiber.Ctx, feed calendar.Feed) bool {
	if sent := c.Get(fiber.HeaderIfNoneMatch); sent != "" {
		for tag := range strings.SplitSeq(sent, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			if tag == feed.ETag || tag == gzipTag(feed.ETag) || tag == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !feed.LastModified.IsZero() && !feed.LastModified.Truncate(time.Second).After(since)
}

func gzipTag(tag string) string { return strings.TrimSuffix(tag, `"`) + `-gzip"` }

// acceptsGzip reads Accept-Encoding, RFC 9110 12.5.3: gzip named, and not with a quality of 0.
func acceptsGzip(accepted string) bool {
	for part := range strings.SplitSeq(strings.ToLower(accepted), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == "gzip" || name == "x-gzip" {
			return !slices.Contains([]string{"q=0", "q=0.0", "q=0.00", "q=0.000"}, quality)
		}
	}
	return false
}

// squeezed is a body as gzip, the same bytes each time; nil where it saves nothing.
func squeezed(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(body)
	if err != nil || w.Close() != nil || b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// feedLanding is what a person sees who opens the address in a browser: where
// a QR code leads.
func (s *Server) feedLanding(v *visit) error {
	ref, _, found := s.findFeed(v.Params("token"))
	if found != feedServed {
		return model.Errorf(model.NotFound, "error.no-feed", "there is no calendar at this address")
	}
	if ref.shared {
		return s.sharedLanding(v, v.state.Calendars.Shared[ref.id])
	}
	now, upcoming := s.Programme.Now(), 0
	for _, x := range v.state.SeminarsOf(ref.id) {
		if start, _ := v.state.Roster.Span(&x.Seminar); start.After(now) {
			upcoming++
		}
	}
	return s.show(v, ui.FeedLanding{Name: s.shownName(v, ref.id), Calendar: s.calendarCard(v, ref.id), Upcoming: upcoming})
}

// webcal is the address in the scheme that phones hand to their calendar.
func webcal(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return "webcal://" + rest
}
