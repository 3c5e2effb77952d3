package ui

import (
	"fmt"
	"time"
)

// When writes a day and a time of day as the language writes them, such as
// "mån 1 mars 08.30", in the Renderer's zone.
func (r *Renderer) When(lang string, t time.Time) string {
	if !known(lang) {
		lang = Languages[0]
	}
	t = t.In(r.zone)
	return formatDay(lang, t) + " " + formatClock(lang, t)
}

// Length writes a number of minutes as a length of time, such as "3 h 15 min".
func (r *Renderer) Length(lang string, minutes int) string { return formatMinutes(lang, minutes) }

// Day writes a date, such as "1 mars 2027", in the Renderer's zone.
func (r *Renderer) Day(lang string, t time.Time) string { return formatDate(lang, t.In(r.zone)) }

// Decimal writes a number with one decimal as the language writes it.
func (r *Renderer) Decimal(lang string, x float64) string {
	if !known(lang) {
		lang = Languages[0]
	}
	return formatDecimal(lang, x)
}

// Week writes an ISO week with its year, such as "v. 9 2027", in the Renderer's zone.
func (r *Renderer) Week(lang string, t time.Time) string {
	year, _ := t.In(r.zone).ISOWeek()
	return fmt.Sprintf("%s %d", formatWeek(lang, t.In(r.zone)), year)
}

// Percent writes a whole percentage, such as "64 %".
func (r *Renderer) Percent(lang string, n int) string { return formatPercent(lang, n) }
