package mail

import (
	"fmt"
	"time"
)

// dates are the names of days and months in one language, and how they are put.
type dates struct {
	weekdays, short [7]string // from Sunday, as time.Weekday
	months          [12]string
	week, clock     string // %d is the ISO week; clock stands before a time of day
	ordinal         string // stands after the day of the month
}

var (
	swedishDates = dates{
		weekdays: [7]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
		short:    [7]string{"sön", "mån", "tis", "ons", "tors", "fre", "lör"},
		months: [12]string{"januari", "februari", "mars", "april", "maj", "juni",
			"juli", "augusti", "september", "oktober", "november", "december"},
		week: "vecka %d", clock: " kl. ",
	}
	englishDates = dates{
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		short:    [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		months: [12]string{"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December"},
		week: "week %d", clock: ", ",
	}
)

// brief is a start for a subject: "tis 2 mars 08:30".
func (d dates) brief(t time.Time) string {
	return fmt.Sprintf("%s %d%s %s %s", d.short[t.Weekday()], t.Day(), d.ordinal, d.months[t.Month()-1], t.Format("15:04"))
}

// date is "tisdag 2 mars 2027".
func (d dates) date(t time.Time) string {
	return fmt.Sprintf("%s %d%s %s %d", d.weekdays[t.Weekday()], t.Day(), d.ordinal, d.months[t.Month()-1], t.Year())
}

// start is "tisdag 2 mars 2027 kl. 08:30".
func (d dates) start(t time.Time) string { return d.date(t) + d.clock + t.Format("15:04") }

// span is "tisdag 2 mars 2027 kl. 08:30–11:30 (vecka 9)", the week by ISO 8601.
func (d dates) span(start, end time.Time) string {
	_, week := start.ISOWeek()
	until := "–" + end.Format("15:04")
	if d.date(start) != d.date(end) {
		until = " – " + d.start(end)
	}
	return d.start(start) + until + " (" + fmt.Sprintf(d.week, week) + ")"
}
