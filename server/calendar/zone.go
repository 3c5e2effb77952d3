package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a container without zone files must still write right times

	ical "github.com/emersion/go-ical"
)

// namedZone is the zone of the IANA list that a location names. Times in a
// location without such a name are written in UTC: a reader could not know it.
func namedZone(zone *time.Location) *time.Location {
	if zone == nil || zone.String() == "" {
		return time.UTC
	}
	found, err := time.LoadLocation(zone.String())
	if err != nil || found.String() == "Local" {
		return time.UTC
	}
	return found
}

// when adds a DATE-TIME in the zone's wall time, or in UTC where the wall time
// comes twice, in the night summer time ends: readers do not agree on which of
// the two a TZID means (RFC 5545 3.3.5 says the first, some take the second).
func when(c *ical.Component, name string, t time.Time, zone *time.Location) {
	if zone == time.UTC || ambiguous(t.In(zone)) {
		raw(c, name, t.UTC().Format("20060102T150405Z"))
		return
	}
	raw(c, name, t.In(zone).Format("20060102T150405"), ical.PropTimezoneID, zone.String())
}

// ambiguous tells whether another instant has the same wall time as t.
func ambiguous(t time.Time) bool {
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if before > offset && t.Sub(start) < time.Duration(before-offset)*time.Second {
			return true
		}
	}
	if !end.IsZero() {
		_, after := end.Zone()
		return after < offset && end.Sub(t) <= time.Duration(offset-after)*time.Second
	}
	return false
}

// shift is one change of a zone's clocks.
type shift struct {
	wall     time.Time // the wall time it happens at, by the old offset, kept in UTC
	from, to int       // seconds east of UTC
	name     string    // of the time that begins, such as CEST
	summer   bool      // whether that is summer time
}

// shifts lists the changes of a zone's clocks in the years first..last.
func shifts(zone *time.Location, first, last int) []shift {
	var list []shift
	t := time.Date(first, 1, 1, 0, 0, 0, 0, zone)
	for {
		_, end := t.ZoneBounds()
		if !end.IsZero() && !end.After(t) {
			end = t.Add(day) // on 31 December of leap years Go 1.26 gives an end that has passed
		}
		if end.IsZero() || end.In(zone).Year() > last {
			return list
		}
		_, from := end.Add(-time.Second).In(zone).Zone()
		name, to := end.In(zone).Zone()
		if from != to {
			wall := end.UTC().Add(time.Duration(from) * time.Second)
			list = append(list, shift{wall, from, to, name, end.In(zone).IsDST()})
		}
		t = end.In(zone)
	}
}

// timezone is a VTIMEZONE that is right in the years first..last: the zone's
// standing rule where it holds there, else the changes one by one.
func timezone(zone *time.Location, first, last int) *ical.Component {
	c := ical.NewComponent(ical.CompTimezone)
	id := zone.String()
	if zone == time.UTC {
		id = "Etc/UTC"
	}
	text(c, ical.PropTimezoneID, id)
	actual := shifts(zone, first-1, last+1)
	switch rules := standing(zone); {
	case len(actual) == 0:
		c.Children = []*ical.Component{constant(zone, first)}
	case agrees(rules, actual, first-1, last+1):
		c.Children = yearly(rules)
	default:
		c.Children = single(zone, actual, first)
	}
	return c
}

// rule says that a zone's clocks change every year on the first given weekday
// from a day of a month on, and how.
type rule struct {
	month    time.Month
	weekday  time.Weekday
	day      int           // the earliest day of the month it can be
	clock    time.Duration // since midnight, by the old offset
	from, to int
	name     string
}

// The standing rule of a zone is what it does in these years, all of them after
// the last change any government has announced. After 28 years the weekdays of
// the Gregorian calendar have gone through every place in a month.
const standingFirst, standingLast = 2090, 2090 + 27

// standing is the pair of rules by which a zone changes its clocks every year;
// nil when it does not, or changes them by no such rule, as Morocco around Ramadan.
func standing(zone *time.Location) []rule {
	list := shifts(zone, standingFirst, standingLast)
	if len(list) != 2*(standingLast-standingFirst+1) {
		return nil
	}
	rules := []rule{ruleOf(list[0]), ruleOf(list[1])}
	for i, s := range list {
		rules[i%2].day = min(rules[i%2].day, s.wall.Day())
	}
	if !agrees(rules, list, standingFirst, standingLast) {
		return nil
	}
	return rules
}

func ruleOf(s shift) rule {
	midnight := s.wall.Truncate(day)
	return rule{s.wall.Month(), s.wall.Weekday(), s.wall.Day(), s.wall.Sub(midnight), s.from, s.to, s.name}
}

// in is the wall time of a rule in a year, kept in UTC.
func (r rule) in(year int) time.Time {
	date := time.Date(year, r.month, r.day, 0, 0, 0, 0, time.UTC)
	return date.AddDate(0, 0, (int(r.weekday)-int(date.Weekday())+7)%7).Add(r.clock)
}

// agrees tells whether rules give exactly the list of shifts in the years first..last.
func agrees(rules []rule, list []shift, first, last int) bool {
	if len(list) != len(rules)*(last-first+1) {
		return false
	}
	for i, s := range list {
		r := rules[i%len(rules)]
		if !r.in(first+i/len(rules)).Equal(s.wall) || r.from != s.from || r.to != s.to {
			return false
		}
	}
	return true
}

// yearly writes rules as an observance each, valid from 1970 on. Outlook shows
// times one hour off when a zone lists its changes instead.
func yearly(rules []rule) []*ical.Component {
	var list []*ical.Component
	for _, r := range rules {
		kind := ical.CompTimezoneStandard
		if r.to > r.from { // by the clock: Ireland's law calls its winter time the special one
			kind = ical.CompTimezoneDaylight
		}
		c := observance(kind, shift{wall: r.in(1970), from: r.from, to: r.to, name: r.name})
		raw(c, ical.PropRecurrenceRule, r.recurrence())
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *ical.Component) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func (r rule) recurrence() string {
	weekday := strings.ToUpper(r.weekday.String()[:2])
	head := fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=", r.month)
	last := time.Date(standingFirst, r.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case r.month != time.February && r.day == last-6:
		return head + "-1" + weekday
	case r.day%7 == 1:
		return head + strconv.Itoa(r.day/7+1) + weekday
	}
	days := make([]string, 7)
	for i := range days {
		days[i] = strconv.Itoa(r.day + i)
	}
	return head + weekday + ";BYMONTHDAY=" + strings.Join(days, ",")
}

// single writes the changes of a zone's clocks around a year one by one.
func single(zone *time.Location, list []shift, year int) []*ical.Component {
	observances := []*ical.Component{constant(zone, year-1)}
	for _, s := range list {
		kind := ical.CompTimezoneStandard
		if s.summer {
			kind = ical.CompTimezoneDaylight
		}
		observances = append(observances, observance(kind, s))
	}
	return observances
}

// constant is the time that holds at the start of a year, from 1970 on.
func constant(zone *time.Location, year int) *ical.Component {
	name, offset := time.Date(year, 1, 1, 0, 0, 0, 0, zone).Zone()
	wall := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	return observance(ical.CompTimezoneStandard, shift{wall: wall, from: offset, to: offset, name: name})
}

func observance(kind string, s shift) *ical.Component {
	c := ical.NewComponent(kind)
	raw(c, ical.PropDateTimeStart, s.wall.Format("20060102T150405"))
	raw(c, ical.PropTimezoneOffsetFrom, utcOffset(s.from))
	raw(c, ical.PropTimezoneOffsetTo, utcOffset(s.to))
	text(c, ical.PropTimezoneName, s.name)
	return c
}

// utcOffset is a UTC-OFFSET, RFC 5545 3.3.14.
func utcOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	out := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		out += fmt.Sprintf("%02d", seconds%60)
	}
	return out
}
