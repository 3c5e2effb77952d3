package calendar

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	ical "github.com/emersion/go-ical"
)

// Feed is a subscribed calendar as it is sent.
type Feed struct {
	// Body is the whole calendar. It is nil only if not even an empty one could
	// be written, which no input is known to cause: serve the last good one then,
	// for a feed that comes back empty empties people's calendars.
	Body []byte
	ETag string // strong, RFC 9110 8.8.3: the quoted SHA-256 of Body
	// LastModified is when the feed last changed, an event that entered or left
	// it included. Zero for an empty feed: then send no Last-Modified and
	// answer no If-Modified-Since.
	LastModified time.Time
	Quarantined  []string // events that could not be written: UID and reason
}

const (
	product = "-//Kaskad//Kaskad 1//SV" // constant: a new name would be a new body for everyone
	refresh = "PT1H"                    // a wish; clients refresh when they like
)

// RenderFeed writes a feed. It never fails: an event that cannot be written is
// left out and named in Quarantined, for somebody to be told. The name is what
// calendar programs show, and must tell nothing in the feed of a person with
// protected identity; source is the https address the feed is read from. Send
// Body as ContentType.
func RenderFeed(name, language, source string, zone *time.Location, events []Event) Feed {
	zone = namedZone(zone)
	events = slices.Clone(events)
	sortEvents(events)
	var feed Feed
	var written bytes.Buffer
	var years []int
	seen := map[string]bool{}
	for i := range events {
		e := &events[i]
		data, err := feedEvent(e, languageOf(language), zone)
		if err == nil && seen[e.UID] {
			err = errors.New("the UID is taken by another event")
		}
		if err != nil {
			feed.Quarantined = append(feed.Quarantined, fmt.Sprintf("%s: %v", clean(e.UID), err))
			continue
		}
		seen[e.UID] = true
		written.Write(data)
		years = append(years, e.Start.In(zone).Year(), e.End.In(zone).Year())
		for _, changed := range []time.Time{e.Stamp, e.feedChanged} {
			if changed.After(feed.LastModified) {
				feed.LastModified = changed.UTC()
			}
		}
	}
	frame, err := feedFrame(name, languageOf(language), source, zone, years)
	if err != nil {
		feed.Quarantined = append(feed.Quarantined, fmt.Sprintf("the whole feed: %v", err))
		return feed
	}
	feed.Body = slices.Concat(trimEnd(frame), written.Bytes(), frameEnd)
	sum := sha256.Sum256(feed.Body)
	feed.ETag = strconv.Quote(hex.EncodeToString(sum[:]))
	return feed
}

// ContentType is the media type of every body this package writes for HTTP.
const ContentType = "text/calendar; charset=utf-8"

var frameEnd = []byte("END:VCALENDAR\r\n")

func trimEnd(frame []byte) []byte { return bytes.TrimSuffix(frame, frameEnd) }

// feedFrame is the feed without its events, which are encoded one by one.
func feedFrame(name, language, source string, zone *time.Location, years []int) ([]byte, error) {
	c := newCalendar()
	text(c, ical.PropName, name, ical.ParamLanguage, language)
	text(c, "X-WR-CALNAME", name)
	text(c, "X-WR-TIMEZONE", zone.String())
	raw(c, ical.PropRefreshInterval, refresh, ical.ParamValue, "DURATION") // RFC 7986 5.7 requires the VALUE
	raw(c, "X-PUBLISHED-TTL", refresh)
	address(c, ical.PropSource, source, ical.ParamValue, "URI")
	c.Children = []*ical.Component{zoneFor(zone, years)}
	return encode(c)
}

func newCalendar() *ical.Component {
	c := ical.NewComponent(ical.CompCalendar)
	raw(c, ical.PropProductID, product)
	raw(c, ical.PropVersion, "2.0")
	raw(c, ical.PropCalendarScale, "GREGORIAN")
	return c
}

// Years an empty feed's zone is right in; a calendar needs one component (RFC 5545 3.6).
const emptyFirst, emptyLast = 2026, 2028

func zoneFor(zone *time.Location, years []int) *ical.Component {
	if len(years) == 0 {
		return timezone(zone, emptyFirst, emptyLast)
	}
	return timezone(zone, slices.Min(years), slices.Max(years))
}

// feedEvent is a VEVENT nobody is invited by: no METHOD, ORGANIZER or ATTENDEE,
// or calendar programs take the feed for an invitation. A cancelled one has
// a STATUS only for those who have asked for it: Google would remove it and with
// it the news.
func feedEvent(e *Event, language string, zone *time.Location) ([]byte, error) {
	c, err := feedComponent(e, language, zone)
	if err != nil {
		return nil, err
	}
	return encode(c)
}

func feedComponent(e *Event, language string, zone *time.Location) (*ical.Component, error) {
	c, err := newVEvent(e, language, zone)
	if err != nil {
		return nil, err
	}
	switch {
	case !e.Cancelled:
		raw(c, ical.PropStatus, "CONFIRMED")
	case e.Strike:
		raw(c, ical.PropStatus, "CANCELLED")
	}
	return c, nil
}
