package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
)

// Busy lists when a person is taken by seminars, journeys included, or when a
// venue is, by time, whatever does not touch put together. It holds what ends
// after the day 30 days ago and starts before the one 400 days ahead.
func Busy(s *model.State, f model.SharedFeed, now time.Time) (times []model.Interval, changed time.Time) {
	if s.Roster == nil {
		return nil, time.Time{}
	}
	from, to := busyHorizon(now)
	index := IndexOf(s)
	for id, x := range s.Seminars {
		travel := 0
		switch who := s.Roster.People[f.Of]; {
		case f.Kind == model.BusyVenueFeed && x.Venue == f.Of:
		case f.Kind == model.BusyPersonFeed && who != nil && (slices.Contains(x.Attendees, f.Of) || slices.Contains(x.Leaders, f.Of)):
			travel = s.Roster.TravelMinutes(who.Unit, x.Venue)
		default:
			continue
		}
		if stamp := index.revisions[id].Stamp; stamp.After(changed) {
			changed = stamp
		}
		start, end := s.Roster.Span(&x.Seminar)
		journey := time.Duration(travel) * time.Minute
		start, end = start.Add(-journey), end.Add(journey)
		if x.Cancelled || start.IsZero() || !end.After(from) || !start.Before(to) {
			continue
		}
		times = append(times, model.Interval{From: start.UTC(), To: end.UTC()})
	}
	return model.Joined(times), changed
}

func busyHorizon(now time.Time) (from, to time.Time) {
	today := now.UTC().Truncate(day)
	return today.Add(-past), today.Add(ahead)
}

// RenderBusy writes a VFREEBUSY, RFC 5545 3.6.4: when somebody or something is
// taken, and nothing else. The name says nothing of what it is taken by.
func RenderBusy(name, language, source string, f model.SharedFeed, times []model.Interval, changed, now time.Time) Feed {
	frame, err := feedFrame(name, languageOf(language), source, time.UTC, nil)
	if err != nil {
		return Feed{Quarantined: []string{err.Error()}}
	}
	if changed.IsZero() {
		changed = time.Unix(0, 0)
	}
	from, to := busyHorizon(now)
	c := ical.NewComponent(ical.CompFreeBusy)
	sum := sha256.Sum256([]byte(f.ID))
	raw(c, ical.PropUID, hex.EncodeToString(sum[:16])+"-busy")
	raw(c, ical.PropDateTimeStamp, changed.UTC().Format(utcForm))
	raw(c, ical.PropDateTimeStart, from.Format(utcForm))
	raw(c, ical.PropDateTimeEnd, to.Format(utcForm))
	for _, i := range times {
		raw(c, ical.PropFreeBusy, i.From.UTC().Format(utcForm)+"/"+i.To.UTC().Format(utcForm), "FBTYPE", "BUSY")
	}
	data, err := encode(c)
	if err != nil {
		return Feed{Quarantined: []string{err.Error()}}
	}
	body := slices.Concat(trimEnd(frame), data, frameEnd)
	tag := sha256.Sum256(body)
	return Feed{Body: body, ETag: strconv.Quote(hex.EncodeToString(tag[:])), LastModified: changed.UTC()}
}

const utcForm = "20060102T150405Z"
