package model

import (
	"strings"
	"time"
)

// DayNumber numbers local dates in a row: 1 January 1970 is 0.
func DayNumber(t time.Time, zone *time.Location) int {
	year, month, day := t.In(zone).Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Midnight is the local time at which a numbered day begins.
func Midnight(day int, zone *time.Location) time.Time {
	return time.Date(1970, time.January, 1+day, 0, 0, 0, 0, zone)
}

// CalendarDays counts the days from the local date of a to that of b.
func CalendarDays(a, b time.Time, zone *time.Location) int {
	return DayNumber(b, zone) - DayNumber(a, zone)
}

// WeekNumber numbers the ISO weeks of numbered days in a row, from 1970 on: day 0 was a Thursday.
func WeekNumber(day int) int { return (day + 3) / 7 }

// FirstDay is the Monday of a numbered week, as a day number.
func FirstDay(week int) int { return week*7 - 3 }

// Monday is the local midnight that the ISO week of a time begins with.
func Monday(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	year, month, day := local.Date()
	return time.Date(year, month, day-(int(local.Weekday())+6)%7, 0, 0, 0, 0, zone)
}

// HalfDayOf is the half-day that a local time lies in.
func HalfDayOf(local time.Time) HalfDay {
	part := "eve"
	switch {
	case local.Hour() < 12:
		part = "am"
	case local.Hour() < 17:
		part = "pm"
	}
	return HalfDay(strings.ToLower(local.Weekday().String()[:3]) + "-" + part)
}
