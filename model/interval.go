package model

import (
	"slices"
	"time"
)

// Joined puts together what overlaps or touches, in order of time. What is empty goes.
func Joined(times []Interval) []Interval {
	times = slices.DeleteFunc(slices.Clone(times), func(i Interval) bool { return !i.From.Before(i.To) })
	slices.SortFunc(times, func(a, b Interval) int { return a.From.Compare(b.From) })
	var joined []Interval
	for _, i := range times {
		if n := len(joined); n > 0 && !i.From.After(joined[n-1].To) {
			if i.To.After(joined[n-1].To) {
				joined[n-1].To = i.To
			}
			continue
		}
		joined = append(joined, i)
	}
	return joined
}

// Overlap tells whether any of the times has something of [from, to).
func Overlap(times []Interval, from, to time.Time) bool {
	return slices.ContainsFunc(times, func(i Interval) bool { return i.From.Before(to) && from.Before(i.To) })
}

// Closed are somebody's or something's own closed times and those of the
// calendar they follow; "" for none.
func (r *Roster) Closed(own []Interval, calendar string) []Interval {
	if c := r.Calendars[calendar]; c != nil {
		return slices.Concat(own, c.Closed)
	}
	return own
}

// ClosedAt tells whether any of Closed has something of [from, to).
func (r *Roster) ClosedAt(own []Interval, calendar string, from, to time.Time) bool {
	c := r.Calendars[calendar]
	return Overlap(own, from, to) || c != nil && Overlap(c.Closed, from, to)
}
