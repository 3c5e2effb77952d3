package calendar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"

	"kaskad/server/calendar"
)

// ruleOf is the VTIMEZONE of a feed with one event on a day.
func ruleOf(t *testing.T, zone *time.Location, day time.Time) (*ical.Component, []byte) {
	t.Helper()
	e := seminar(t)
	e.Start, e.End = day, day.Add(2*time.Hour)
	feed := calendar.RenderFeed("x", "sv", "", zone, []calendar.Event{e})
	if len(feed.Quarantined) > 0 {
		t.Fatalf("quarantined: %v", feed.Quarantined)
	}
	var zones []*ical.Component
	for _, c := range parse(t, feed.Body).Children {
		if c.Name == ical.CompTimezone {
			zones = append(zones, c)
		}
	}
	if len(zones) != 1 {
		t.Fatalf("%s: %d VTIMEZONEs, want 1", zone, len(zones))
	}
	return zones[0], feed.Body
}

// onset is a moment at which an observance begins, by its wall time.
type onset struct {
	wall     time.Time
	from, to time.Duration
}

// onsets reads a VTIMEZONE as RFC 5545 3.6.5 has it, up to a year.
func onsets(t *testing.T, zone *ical.Component, until int) []onset {
	t.Helper()
	var list []onset
	for _, c := range zone.Children {
		start, err := time.Parse("20060102T150405", c.Props.Get(ical.PropDateTimeStart).Value)
		if err != nil {
			t.Fatal(err)
		}
		o := onset{start, offset(t, c, ical.PropTimezoneOffsetFrom), offset(t, c, ical.PropTimezoneOffsetTo)}
		option, err := c.Props.RecurrenceRule()
		if err != nil {
			t.Fatal(err)
		}
		if option == nil {
			list = append(list, o)
			continue
		}
		option.Dtstart = start
		rule, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatal(err)
		}
		for _, wall := range rule.Between(start, time.Date(until+1, 1, 1, 0, 0, 0, 0, time.UTC), true) {
			list = append(list, onset{wall, o.from, o.to})
		}
	}
	slices.SortFunc(list, func(a, b onset) int { return a.wall.Add(-a.from).Compare(b.wall.Add(-b.from)) })
	return list
}

func offset(t *testing.T, c *ical.Component, name string) time.Duration {
	t.Helper()
	text := c.Props.Get(name).Value
	var sign rune
	var hours, minutes int
	if _, err := fmt.Sscanf(text, "%c%2d%2d", &sign, &hours, &minutes); err != nil {
		t.Fatalf("%s %q: %v", name, text, err)
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if sign == '-' {
		return -d
	}
	return d
}

// disagreements counts the half hours at which a VTIMEZONE and Go's zone data differ.
func disagreements(list []onset, zone *time.Location, from, to time.Time) (count int, first time.Time) {
	i := 0
	for moment := from; moment.Before(to); moment = moment.Add(30 * time.Minute) {
		for i+1 < len(list) && !list[i+1].wall.Add(-list[i+1].from).After(moment) {
			i++
		}
		_, want := moment.In(zone).Zone()
		if int(list[i].to.Seconds()) != want {
			if count == 0 {
				first = moment
			}
			count++
		}
	}
	return count, first
}

func TestStockholmAndOsloAreWrittenAsTwoYearlyRules(t *testing.T) {
	for _, name := range []string{"Europe/Stockholm", "Europe/Oslo"} {
		_, body := ruleOf(t, location(t, name), at(t, "2027-03-02T08:30:00+01:00"))
		want := strings.ReplaceAll(`BEGIN:VTIMEZONE
TZID:`+name+`
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
`, "\n", "\r\n")
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: the zone is not\n%s\nbut\n%s", name, want, body)
		}
	}
}

func TestStockholmAgreesWithTheZoneDataUntil2060(t *testing.T) {
	zone := stockholm(t)
	rules, _ := ruleOf(t, zone, at(t, "2027-03-02T08:30:00+01:00"))
	count, first := disagreements(onsets(t, rules, 2060), zone, at(t, "1996-01-01T00:00:00Z"), at(t, "2060-01-01T00:00:00Z"))
	if count > 0 {
		t.Errorf("%d half hours differ, first %v", count, first)
	}
}

// Places with one of everything: no summer time, the southern half, half hours,
// rules on other weekdays, a law the other way round, Ramadan, a changed rule.
func TestEveryZoneAgreesWithTheZoneDataAroundTheEvent(t *testing.T) {
	for _, c := range []struct {
		zone string
		year int
	}{
		{"UTC", 2027}, {"Asia/Kolkata", 2027}, {"Africa/Nairobi", 2027}, {"Europe/Dublin", 2027}, {"Europe/London", 2027},
		{"Europe/Helsinki", 2027}, {"America/New_York", 2027}, {"America/Sao_Paulo", 2027}, {"America/Santiago", 2027},
		{"America/Nuuk", 2027}, {"America/Havana", 2027}, {"Australia/Sydney", 2027}, {"Australia/Lord_Howe", 2027},
		{"Pacific/Auckland", 2027}, {"Pacific/Chatham", 2027}, {"Asia/Jerusalem", 2027}, {"Asia/Beirut", 2027},
		{"Africa/Cairo", 2027}, {"Africa/Casablanca", 2027}, {"Asia/Gaza", 2027}, {"Asia/Almaty", 2024}, {"Europe/Stockholm", 1980},
	} {
		zone := location(t, c.zone)
		day := time.Date(c.year, 6, 15, 10, 0, 0, 0, zone)
		rules, body := ruleOf(t, zone, day)
		from, to := time.Date(c.year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(c.year+1, 1, 1, 0, 0, 0, 0, time.UTC)
		if count, first := disagreements(onsets(t, rules, c.year+1), zone, from, to); count > 0 {
			t.Errorf("%s: %d half hours differ, first %v\n%s", c.zone, count, first, body)
		}
		if n := strings.Count(string(body), "\r\n"); n > 200 {
			t.Errorf("%s: %d lines; Google breaks on long zones", c.zone, n)
		}
	}
}

func TestAZoneWithoutSummerTimeIsOneStandard(t *testing.T) {
	rules, _ := ruleOf(t, location(t, "Africa/Nairobi"), at(t, "2027-03-02T08:30:00+03:00"))
	if len(rules.Children) != 1 || rules.Children[0].Name != ical.CompTimezoneStandard {
		t.Errorf("Nairobi has %d observances, want one STANDARD", len(rules.Children))
	}
}

func TestTimesAreWallTimesWithAZone(t *testing.T) {
	feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{seminar(t)})
	for _, want := range []string{"DTSTART;TZID=Europe/Stockholm:20270302T083000", "DTEND;TZID=Europe/Stockholm:20270302T113000"} {
		if !hasLine(feed.Body, want) {
			t.Errorf("no line %s in\n%s", want, feed.Body)
		}
	}
}

func TestNamelessZonesAreWrittenInUTC(t *testing.T) {
	for _, zone := range []*time.Location{nil, time.Local, time.UTC, time.FixedZone("", 3600), time.FixedZone("here", 3600)} {
		feed := calendar.RenderFeed("x", "sv", "", zone, []calendar.Event{seminar(t)})
		if !hasLine(feed.Body, "DTSTART:20270302T073000Z") || !hasLine(feed.Body, "TZID:Etc/UTC") {
			t.Errorf("zone %v: want UTC in\n%s", zone, feed.Body)
		}
	}
}

func TestTheNightsTheClocksChange(t *testing.T) {
	for _, c := range []struct{ start, end, wantStart, wantEnd string }{
		{"2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", "DTSTART;TZID=Europe/Stockholm:20270328T013000", "DTEND;TZID=Europe/Stockholm:20270328T033000"},
		{"2027-10-30T23:59:00Z", "2027-10-31T00:00:00Z", "DTSTART;TZID=Europe/Stockholm:20271031T015900", "DTEND:20271031T000000Z"},
		{"2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "DTSTART:20271031T003000Z", "DTEND:20271031T013000Z"},
		{"2027-10-31T01:59:00Z", "2027-10-31T02:00:00Z", "DTSTART:20271031T015900Z", "DTEND;TZID=Europe/Stockholm:20271031T030000"},
	} {
		e := seminar(t)
		e.Start, e.End = at(t, c.start), at(t, c.end)
		feed := calendar.RenderFeed("x", "sv", "", stockholm(t), []calendar.Event{e})
		if !hasLine(feed.Body, c.wantStart) || !hasLine(feed.Body, c.wantEnd) {
			t.Errorf("%s to %s: no %s or %s in\n%s", c.start, c.end, c.wantStart, c.wantEnd, feed.Body)
		}
		if r, ok := readByPython(t, feed.Body); ok && (r.Events[0].Start != e.Start.Unix() || r.Events[0].End != e.End.Unix()) {
			t.Errorf("%s to %s: python reads %v to %v", c.start, c.end, time.Unix(r.Events[0].Start, 0).UTC(), time.Unix(r.Events[0].End, 0).UTC())
		}
	}
}
