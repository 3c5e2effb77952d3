package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Non-breaking space: "4 000" and "64 %" must not break over two lines.
const nbsp = "\u00a0"

// formatNumber groups thousands: 4 000 in Swedish, 4,000 in English.
func formatNumber(lang string, n int) string {
	sep := nbsp
	if lang == "en" {
		sep = ","
	}
	digits, sign := strconv.Itoa(n), ""
	if n < 0 {
		// U+2212, the minus sign, is as wide as a digit and is read aloud as minus.
		digits, sign = digits[1:], "−"
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), sep)
}

// formatDecimal writes one decimal: 1,4 in Swedish, 1.4 in English.
func formatDecimal(lang string, x float64) string {
	text := strconv.FormatFloat(x, 'f', 1, 64)
	if lang != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// share is the whole percentage of part in whole, rounded down so that 100
// means all of it; 0 of 0 is 0.
func share(part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return part * 100 / whole
}

func formatPercent(lang string, percent int) string {
	if lang == "en" {
		return formatNumber(lang, percent) + "%"
	}
	return formatNumber(lang, percent) + nbsp + "%"
}

// formatMinutes writes a duration of whole minutes: "3 h 15 min" (the Swedish
// standard abbreviations of hour and minute are the same as the English).
func formatMinutes(lang string, minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return fmt.Sprintf("%d%smin", m, nbsp)
	case m == 0:
		return formatNumber(lang, h) + nbsp + "h"
	}
	return fmt.Sprintf("%s%sh%s%d%smin", formatNumber(lang, h), nbsp, nbsp, m, nbsp)
}

// formatRoughly writes a large sum of minutes: whole hours from ten hours on,
// where minutes say nothing any more.
func formatRoughly(lang string, minutes int) string {
	if minutes >= 600 {
		minutes = (minutes + 30) / 60 * 60
	}
	return formatMinutes(lang, minutes)
}

// formatSeconds writes elapsed time as a clock: 0:42, 12:05, 1:02:03.
func formatSeconds(seconds int) string {
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, m, s)
	}
	return fmt.Sprintf("%d:%02d", m, s)
}

var (
	weekdays = map[string][]string{
		"sv": {"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
		"nb": {"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"},
		"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
	months = map[string][]string{
		"sv": {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"},
		"nb": {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
		"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	// Swedish abbreviations follow Svenska skrivregler: three letters plus the
	// full short names; none ends in a full stop here, to keep columns narrow.
	shortMonths = map[string][]string{
		"sv": {"jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"},
		"nb": {"jan", "feb", "mars", "apr", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des"},
		"en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
)

// shortWeekday is the first three letters; all Swedish weekdays differ in them.
func shortWeekday(lang string, t time.Time) string {
	return string([]rune(weekdays[lang][t.Weekday()])[:3])
}

// dayOfMonth is the day as it stands before the month: with a full stop in
// Norwegian (Språkrådet: an ordinal), without in Swedish and English.
func dayOfMonth(lang string, t time.Time) string {
	if lang == "nb" {
		return strconv.Itoa(t.Day()) + "."
	}
	return strconv.Itoa(t.Day())
}

// formatDate writes "1 mars 2027"; empty for the zero time.
func formatDate(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s%s%s %d", dayOfMonth(lang, t), nbsp, months[lang][t.Month()-1], t.Year())
}

// formatDay writes "mån 1 mars"; empty for the zero time.
func formatDay(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s%s%s%s%s", shortWeekday(lang, t), nbsp, dayOfMonth(lang, t), nbsp, shortMonths[lang][t.Month()-1])
}

// formatLongDay writes "måndag 1 mars 2027".
func formatLongDay(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return weekdays[lang][t.Weekday()] + " " + formatDate(lang, t)
}

// formatClock writes 08.30 in Swedish (Svenska skrivregler: full stop) and
// 08:30 in English.
func formatClock(lang string, t time.Time) string {
	if lang != "en" {
		return t.Format("15.04")
	}
	return t.Format("15:04")
}

// formatWeek writes the ISO week, "v. 9" or "week 9".
func formatWeek(lang string, t time.Time) string {
	_, week := t.ISOWeek()
	switch lang {
	case "sv":
		return fmt.Sprintf("v.%s%d", nbsp, week)
	case "nb":
		return fmt.Sprintf("uke%s%d", nbsp, week)
	}
	return fmt.Sprintf("week%s%d", nbsp, week)
}
