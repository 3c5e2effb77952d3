package clients_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/model"
	"kaskad/server/calendar"
)

// appointments are what people's calendars hold when Kaskad reads when they are
// busy: what repeats over nights that clocks change, over New Year and in
// another zone, with exceptions of each kind.
var appointments = map[string]string{
	"every Tuesday of a year": zoned("20261006T083000", "20261006T113000") + "RRULE:FREQ=WEEKLY;COUNT=60\n",
	"every night in March":    zoned("20270320T003000", "20270320T013000") + "RRULE:FREQ=DAILY;COUNT=15\n",
	"over both nights":        zoned("20261024T220000", "20261025T060000") + "RRULE:FREQ=MONTHLY;INTERVAL=5;COUNT=3\n",
	"by universal time":       "DTSTART:20261001T070000Z\nDTEND:20261001T080000Z\nRRULE:FREQ=WEEKLY;COUNT=40\n",
	"in New York": "DTSTART;TZID=America/New_York:20261001T090000\nDTEND;TZID=America/New_York:20261001T100000\n" +
		"RRULE:FREQ=DAILY;UNTIL=20270415T130000Z\n",
	"as long as it takes":    "DTSTART;TZID=Europe/Stockholm:20261005T130000\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY;COUNT=10\n",
	"without some":           zoned("20261005T130000", "20261005T140000") + "RRULE:FREQ=WEEKLY;COUNT=10\nEXDATE;TZID=Europe/Stockholm:20261012T130000,20261026T130000\n",
	"every other week":       zoned("20261005T080000", "20261005T090000") + "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=20\n",
	"the last Friday":        zoned("20261030T150000", "20261030T160000") + "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=18\n",
	"the last working day":   zoned("20261030T150000", "20261030T160000") + "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=18\n",
	"the 31st":               zoned("20261031T100000", "20261031T110000") + "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=8\n",
	"over New Year":          zoned("20261231T220000", "20270101T020000") + "RRULE:FREQ=YEARLY;COUNT=2\n",
	"Monday of week 53":      zoned("20261228T100000", "20261228T110000") + "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=1\n",
	"a day":                  "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\n",
	"days over the night":    "DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270330\n",
	"every week a day":       "DTSTART;VALUE=DATE:20261018\nDTEND;VALUE=DATE:20261019\nRRULE:FREQ=WEEKLY;COUNT=26\n",
	"not at all":             zoned("20261005T130000", "20261005T140000") + "TRANSP:TRANSPARENT\n",
	"cancelled":              zoned("20261005T130000", "20261005T140000") + "STATUS:CANCELLED\n",
	"until a moment":         zoned("20261005T130000", "20261005T140000") + "RRULE:FREQ=WEEKLY;UNTIL=20261102T120000Z\n",
	"one of them moved":      zoned("20261005T130000", "20261005T140000") + "RRULE:FREQ=WEEKLY;COUNT=6\n" + instead("20261019T130000") + zoned("20261021T080000", "20261021T120000"),
	"one of them cancelled":  zoned("20261005T130000", "20261005T140000") + "RRULE:FREQ=WEEKLY;COUNT=6\n" + instead("20261026T130000") + zoned("20261026T130000", "20261026T140000") + "STATUS:CANCELLED\n",
	"one moved over an hour": zoned("20261018T013000", "20261018T033000") + "RRULE:FREQ=WEEKLY;COUNT=3\n" + instead("20261025T013000") + zoned("20261025T040000", "20261025T050000"),
	"the rest moved":         zoned("20261005T130000", "20261005T140000") + "RRULE:FREQ=WEEKLY;COUNT=8\n" + onwards("20261019T130000") + zoned("20261019T150000", "20261019T170000"),
	"the rest but one moved": zoned("20261012T130000", "20261012T140000") + "RRULE:FREQ=WEEKLY;COUNT=8\n" + onwards("20261019T130000") + zoned("20261019T083000", "20261019T090000") +
		instead("20261102T130000") + zoned("20261103T080000", "20261103T120000"),
	"two that touch": zoned("20261110T090000", "20261110T100000") + another + zoned("20261110T100000", "20261110T110000"),
}

// astray is where others do not follow RFC 5545. ical.js 2.2.1 adds nine hours by
// the clock to an event of nine hours that ends at six the same morning (3.6.1:
// it ends at DTEND), and takes the week after the 53rd for it (3.3.10);
// recurring_ical_events 2.0.1 moves one of what a change moves from there on (3.2.13).
var astray = map[string][]string{
	"ical.js":               {"over both nights", "Monday of week 53"},
	"recurring_ical_events": {"the rest moved", "the rest but one moved"},
}

func zoned(start, end string) string {
	return "DTSTART;TZID=Europe/Stockholm:" + start + "\nDTEND;TZID=Europe/Stockholm:" + end + "\n"
}

func instead(of string) string {
	return "END:VEVENT\nBEGIN:VEVENT\nUID:appointment\nDTSTAMP:20261001T000000Z\nSEQUENCE:1\nRECURRENCE-ID;TZID=Europe/Stockholm:" + of + "\n"
}

func onwards(from string) string {
	return strings.Replace(instead(from), "RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;", 1)
}

const another = "END:VEVENT\nBEGIN:VEVENT\nUID:another\nDTSTAMP:20261001T000000Z\n"

func calendarWith(properties string) string {
	return strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Elsewhere//EN\n"+
		zoneRules("Europe/Stockholm", "19700329T020000", "BYMONTH=3;BYDAY=-1SU", "+0100", "+0200", "19701025T030000", "BYMONTH=10;BYDAY=-1SU")+
		zoneRules("America/New_York", "19700308T020000", "BYMONTH=3;BYDAY=2SU", "-0500", "-0400", "19701101T020000", "BYMONTH=11;BYDAY=1SU")+
		"BEGIN:VEVENT\nUID:appointment\nDTSTAMP:20261001T000000Z\n"+properties+"END:VEVENT\nEND:VCALENDAR\n", "\n", "\r\n")
}

func zoneRules(id, spring, springDay, winter, summer, autumn, autumnDay string) string {
	return fmt.Sprintf("BEGIN:VTIMEZONE\nTZID:%s\n"+
		"BEGIN:DAYLIGHT\nDTSTART:%s\nRRULE:FREQ=YEARLY;%s\nTZOFFSETFROM:%s\nTZOFFSETTO:%s\nEND:DAYLIGHT\n"+
		"BEGIN:STANDARD\nDTSTART:%s\nRRULE:FREQ=YEARLY;%s\nTZOFFSETFROM:%s\nTZOFFSETTO:%s\nEND:STANDARD\nEND:VTIMEZONE\n",
		id, spring, springDay, winter, summer, autumn, autumnDay, summer, winter)
}

// expanders list when the events of a calendar are.
var expanders = []parser{
	{"ical.js", []string{"node", "testdata/occurrences.mjs"}, []string{"node", "--version"}},
	{"recurring_ical_events", []string{debianPython, "testdata/occurrences.py"}, []string{debianPython, "-c", "import recurring_ical_events"}},
}

func TestBusyTimesAreThoseOthersFind(t *testing.T) {
	t.Parallel()
	expectICALJS(t)
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	var samples []sample
	var found [][]model.Interval
	for name, properties := range appointments {
		x := sample{name: name, body: calendarWith(properties)}
		r, err := calendar.ReadBusy(t.Context(), []byte(x.body), calendar.ReadOptions{From: first, To: first.AddDate(3, 0, 0), Zone: zone})
		if err != nil || r.Dropped+r.Guessed > 0 {
			t.Errorf("%s: error %v, %d dropped, %d guessed", name, err, r.Dropped, r.Guessed)
		}
		samples, found = append(samples, x), append(found, r.Busy)
	}
	for _, p := range expanders {
		if out, err := exec.Command(p.needs[0], p.needs[1:]...).CombinedOutput(); err != nil {
			missing(t, errors.Join(fmt.Errorf("%s %s", p.name, out), err))
			continue
		}
		for i, busy := range p.expand(t, samples) {
			if slices.Contains(astray[p.name], samples[i].name) {
				continue
			}
			if !slices.EqualFunc(found[i], busy, func(a, b model.Interval) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }) {
				t.Errorf("%s: Kaskad finds\n  %v\n%s finds\n  %v\nin\n%s", samples[i].name, found[i], p.name, busy, samples[i].body)
			}
		}
	}
}

// first is when the years begin that occurrences are listed of.
var first = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// expand lists the busy times of each sample, joined where they touch.
func (p parser) expand(t *testing.T, samples []sample) [][]model.Interval {
	t.Helper()
	var list [][]model.Interval
	for _, line := range p.lines(t, samples) {
		var pairs [][2]int64
		if err := json.Unmarshal([]byte(line), &pairs); err != nil {
			t.Fatalf("%s prints %q: %v", p.name, line, err)
		}
		var times []model.Interval
		for _, x := range pairs {
			times = append(times, model.Interval{From: time.Unix(x[0], 0).UTC(), To: time.Unix(x[1], 0).UTC()})
		}
		list = append(list, model.Joined(times))
	}
	return list
}
