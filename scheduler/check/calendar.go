package check

import (
	"strings"
	"time"

	"kaskad/model"
)

// local is the instant on the programme's wall clock (UTC if its zone is unknown).
func (r *reading) local(t time.Time) time.Time {
	if r.zone == nil {
		return t.UTC()
	}
	return t.In(r.zone)
}

// day numbers the local date of an instant, so that subtracting two gives the
// contract's calendar days whatever the clocks do in between.
func (r *reading) day(t time.Time) int {
	y, m, d := r.local(t).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// when writes an instant as people read it.
func (r *reading) when(t time.Time) string { return r.local(t).Format("2006-01-02 15:04") }

func (r *reading) slotOf(s *model.Slot) *slot {
	year, isoWeek := r.local(s.Start).ISOWeek()
	return &slot{
		id: s.ID, start: s.Start, end: s.End,
		day: r.day(s.Start), year: year, week: isoWeek, half: r.halfDay(s.Start),
	}
}

// halfDay names the local weekday and part of the day: "am < 12:00 ≤ pm < 17:00 ≤ eve".
func (r *reading) halfDay(t time.Time) model.HalfDay {
	l := r.local(t)
	part := "eve"
	switch {
	case l.Hour() < 12:
		part = "am"
	case l.Hour() < 17:
		part = "pm"
	}
	return model.HalfDay(strings.ToLower(l.Weekday().String()[:3]) + "-" + part)
}

// overlap: "two slots overlap when each starts before the other ends".
func overlap(from, to, otherFrom, otherTo time.Time) bool {
	return from.Before(otherTo) && otherFrom.Before(to)
}

// closedDuring finds the first closed time a slot runs into.
func closedDuring(s *slot, closed []model.Interval) (model.Interval, bool) {
	for _, c := range closed {
		if overlap(s.start, s.end, c.From, c.To) {
			return c, true
		}
	}
	return model.Interval{}, false
}

// secondsBetween is exact over thousands of years, where a time.Duration ends after 292.
func secondsBetween(from, to time.Time) int64 { return to.Unix() - from.Unix() }

// fullWeeks is floor(elapsed seconds ÷ 604,800), never negative.
func fullWeeks(elapsed int64) int { return int(max(0, elapsed) / 604_800) }
