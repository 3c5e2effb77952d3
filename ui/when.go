package ui

import "time"

// When writes a day and a time of day as the language writes them, such as
// "mån 1 mars 08.30", in the Renderer's zone.
func (r *Renderer) When(lang string, t time.Time) string {
	if !known(lang) {
		lang = Languages[0]
	}
	t = t.In(r.zone)
	return formatDay(lang, t) + " " + formatClock(lang, t)
}
