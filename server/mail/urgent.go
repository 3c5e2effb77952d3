package mail

import (
	"fmt"
	"time"

	"kaskad/server/calendar"
)

// shortNotice are the texts of Urgent in one language. %s is the module's name.
type shortNotice struct {
	subject, changed, fetches      string
	off, isOff, withdrawn, nothing string
}

var shortNotices = map[string]shortNotice{
	"nb": norwegianShortNotice,
	"sv": {
		subject: "Kort varsel", changed: "Något har ändrats kring seminariet %s. Så här gäller det nu.",
		fetches: "Kalendern du prenumererar på kan behöva ett dygn för att visa det.",
		off:     "Kort varsel, inställt", isOff: "Seminariet %s är inställt.", withdrawn: "Du är inte längre bokad på seminariet %s.",
		nothing: "Kalendern du prenumererar på kan behöva ett dygn innan tiden försvinner.",
	},
	"en": {
		subject: "Short notice", changed: "Something has changed about the seminar %s. This is how it is now.",
		fetches: "The calendar you subscribe to may need a day to show it.",
		off:     "Short notice, cancelled", isOff: "The seminar %s is cancelled.", withdrawn: "You are no longer booked on the seminar %s.",
		nothing: "The calendar you subscribe to may need a day before the time goes.",
	},
}

// Urgent tells who subscribes what has changed shortly before a seminar: a
// calendar may fetch it too late.
func Urgent(e calendar.Event, zone *time.Location) Note {
	w, ok := shortNotices[e.Language]
	if !ok {
		w = shortNotices["sv"]
	}
	n := about(e, zone)
	kind, lead, closing := w.subject, w.changed, w.fetches
	switch {
	case e.Withdrawn:
		kind, lead, closing = w.off, w.withdrawn, w.nothing
	case e.Cancelled:
		kind, lead, closing = w.off, w.isOff, w.nothing
	}
	n.Subject, n.Lead = kind+": "+n.Subject, fmt.Sprintf(lead, e.Module)
	n.Closing = append(n.Closing, closing)
	return n
}
