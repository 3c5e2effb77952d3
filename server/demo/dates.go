package demo

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone must be known on machines without a zone database

	"kaskad/model"
)

const zoneName = "Europe/Stockholm"

var zone = mustZone()

func mustZone() *time.Location {
	loc, err := time.LoadLocation(zoneName)
	if err != nil {
		panic(fmt.Sprintf("demo: %v", err))
	}
	return loc
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, zone)
}

// Easter is Easter Sunday of a Gregorian year, at midnight in Stockholm
// (anonymous algorithm; Meeus, Astronomical Algorithms, chapter 8).
func Easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return day(year, time.Month(n/31), n%31+1)
}

// Holiday says whether nobody trains on a weekday: the Swedish public holidays
// (lag 1989:253) and the eves that are free in practice.
func Holiday(date time.Time) bool {
	y, month, d := date.Date()
	switch {
	case month == time.January && (d == 1 || d == 6),
		month == time.May && d == 1,
		month == time.June && d == 6,
		month == time.December && (d >= 24 && d <= 26 || d == 31):
		return true
	case month == time.June && date.Weekday() == time.Friday && d >= 19 && d <= 25,
		month == time.June && date.Weekday() == time.Saturday && d >= 20 && d <= 26:
		return true // midsummer eve and day
	case date.Weekday() == time.Saturday && (month == time.October && d == 31 || month == time.November && d <= 6):
		return true // All Saints
	}
	easter := Easter(y)
	for _, offset := range []int{-2, 0, 1, 39, 49} {
		if sameDate(date, easter.AddDate(0, 0, offset)) {
			return true
		}
	}
	return false
}

// Squeezed says whether a working day is the only one between a holiday and a
// weekend (klämdag), when care runs on minimum staffing.
func Squeezed(date time.Time) bool {
	switch date.Weekday() {
	case time.Monday:
		return Holiday(date.AddDate(0, 0, 1))
	case time.Friday:
		return Holiday(date.AddDate(0, 0, -1))
	}
	return false
}

func sameDate(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// isoMonday is the Monday of an ISO week: 4 January always lies in week 1.
func isoMonday(year, week int) time.Time {
	return mondayOf(day(year, time.January, 4)).AddDate(0, 0, 7*(week-1))
}

func mondayOf(date time.Time) time.Time {
	return date.AddDate(0, 0, -(int(date.Weekday())+6)%7)
}

// term is a stretch of a spring or an autumn in which seminars may run.
type term struct {
	name     string
	from, to time.Time
}

// minTerm is the shortest rest of a term worth starting in: leaders need three
// weeks of training and two of preparation before their colleagues' four modules.
const minTerm = 14 * 7 * 24 * time.Hour

// terms lists the n training terms from start on. Spring runs from the Monday
// after the Christmas break to the summer leave (ISO week 25), autumn from ISO
// week 34, when care is fully staffed again, to 20 December.
func terms(start time.Time, n int) []term {
	if start.IsZero() {
		start = day(2027, time.January, 11)
	}
	y, m, d := start.In(zone).Date()
	start = day(y, m, d)
	var list []term
	for year := y; len(list) < n; year++ {
		spring := mondayOf(day(year, time.January, 8).AddDate(0, 0, 6))
		for _, t := range []term{
			{fmt.Sprintf("Våren %d", year), spring, isoMonday(year, 25)},
			{fmt.Sprintf("Hösten %d", year), isoMonday(year, 34), day(year, time.December, 20)},
		} {
			if t.from.Before(start) {
				t.from = start
			}
			if t.to.Sub(t.from) >= minTerm && len(list) < n {
				list = append(list, t)
			}
		}
	}
	return list
}

// halfDays are the slots of a working day: both meet the handover of early and
// late shifts, and both hold one module of three hours.
var halfDays = []struct {
	id                  string
	startHour, startMin int
	endHour, endMin     int
}{
	{"am", 8, 30, 11, 30},
	{"pm", 13, 0, 16, 0},
}

// slotsIn lists the half-days of the terms that fall on ordinary working days.
func slotsIn(list []term) []model.Slot {
	var slots []model.Slot
	for _, t := range list {
		for date := t.from; date.Before(t.to); date = date.AddDate(0, 0, 1) {
			weekend := date.Weekday() == time.Saturday || date.Weekday() == time.Sunday
			if weekend || Holiday(date) || Squeezed(date) {
				continue
			}
			y, m, d := date.Date()
			for _, h := range halfDays {
				slots = append(slots, model.Slot{
					ID:    date.Format("2006-01-02") + "-" + h.id,
					Start: time.Date(y, m, d, h.startHour, h.startMin, 0, 0, zone),
					End:   time.Date(y, m, d, h.endHour, h.endMin, 0, 0, zone),
				})
			}
		}
	}
	return slots
}
