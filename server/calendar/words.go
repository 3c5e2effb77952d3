package calendar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// words are the texts of one language.
type words struct {
	seminar, leading  string // title of a seminar attended, led; %s is the module
	cancelled, booked string // prefix of a cancelled title; the neutral title
	ledBy, ledWith    string // %s is a list of names
	and               string
	place, online     string // %s is the venue
	travel            string // %d is minutes
	page              string // %s is an address
	join              string // %s is an address
	bring             string // before what to bring
	expected          string // %d is how many come
	open              string // nobody leads it yet
	away              string // %s is a list of names
	awayMany          string // %d is how many
	off, withdrawn    string // why a cancelled event is there
	switched          string // the same, when only the channel is another
	emptied           string // title of what a feed shows when seminars come by mail
	emptiedWhy        string
}

var languages = map[string]words{
	"nb": {
		seminar: "%s – seminar", leading: "Du leder: %s",
		cancelled: "AVLYST: ", booked: "Opptatt",
		ledBy: "Ledes av %s.", ledWith: "Du leder sammen med %s.", and: " og ",
		place: "Sted: %s.", online: "Seminaret er digitalt: %s.",
		travel: "Reisetid: omtrent %d minutter én vei.",
		page:   "Siden din: %s",
		join:   "Bli med her: %s", bring: "Å ta med", expected: "Deltakere: %d", open: "Mangler metodeleder.",
		away: "Borte: %s", awayMany: "Borte: %d personer",
		off: "Seminaret er avlyst.", withdrawn: "Du er ikke lenger satt opp på seminaret.",
		switched: "Du har endret hvordan seminarene kommer til kalenderen din. Du beholder plassen.",
		emptied:  "Seminarene kommer med innkalling i stedet", emptiedWhy: "Du har valgt innkallinger på e-post. Seminarer vises ikke lenger i dette abonnementet; du kan fjerne det.",
	},
	"sv": {
		seminar: "%s – seminarium", leading: "Du leder: %s",
		cancelled: "INSTÄLLD: ", booked: "Bokad",
		ledBy: "Leds av %s.", ledWith: "Du leder tillsammans med %s.", and: " och ",
		place: "Plats: %s.", online: "Seminariet är digitalt: %s.",
		travel: "Restid: ungefär %d minuter enkel väg.",
		page:   "Din sida: %s",
		join:   "Anslut här: %s", bring: "Att ta med", expected: "Deltagare: %d", open: "Saknar metodledare.",
		away: "Borta: %s", awayMany: "Borta: %d personer",
		off: "Seminariet är inställt.", withdrawn: "Du är inte längre bokad på seminariet.",
		switched: "Du har ändrat hur seminarierna kommer till din kalender. Din plats är kvar.",
		emptied:  "Seminarierna kommer med inbjudan i stället", emptiedWhy: "Du har valt inbjudningar med e-post. Seminarier visas inte längre i den här prenumerationen; du kan ta bort den.",
	},
	"en": {
		seminar: "%s – seminar", leading: "You lead: %s",
		cancelled: "CANCELLED: ", booked: "Booked",
		ledBy: "Led by %s.", ledWith: "You lead it together with %s.", and: " and ",
		place: "Place: %s.", online: "The seminar is online: %s.",
		travel: "Travel: about %d minutes one way.",
		page:   "Your page: %s",
		join:   "Join here: %s", bring: "What to bring", expected: "Participants: %d", open: "Lacks a leader.",
		away: "Away: %s", awayMany: "Away: %d people",
		off: "The seminar is cancelled.", withdrawn: "You are no longer booked on the seminar.",
		switched: "You have changed how the seminars come into your calendar. You keep your seat.",
		emptied:  "Seminars come by invitation instead", emptiedWhy: "You have chosen invitations by mail. This subscription shows seminars no longer; you can remove it.",
	},
}

// Languages lists what calendars are written in.
func Languages() []string { return slices.Sorted(maps.Keys(languages)) }

func wordsOf(language string) words { return languages[languageOf(language)] }

// languageOf is the language Kaskad writes in for somebody who asked for another.
func languageOf(language string) string {
	if _, ok := languages[language]; ok {
		return language
	}
	return "sv"
}

// describe says in a few lines what the other fields of an event do not show
// in every calendar program.
func (w words) describe(e *Event) string {
	var lines []string
	switch {
	case e.Switched:
		lines = append(lines, w.switched)
	case e.Withdrawn:
		lines = append(lines, w.withdrawn)
	case e.Cancelled:
		lines = append(lines, w.off)
	}
	if names := w.list(e.Leaders); names != "" && e.Leading {
		lines = append(lines, fmt.Sprintf(w.ledWith, names))
	} else if names != "" {
		lines = append(lines, fmt.Sprintf(w.ledBy, names))
	}
	if e.Place != "" && e.Online {
		lines = append(lines, fmt.Sprintf(w.online, e.Place))
	} else if e.Place != "" {
		lines = append(lines, fmt.Sprintf(w.place, e.Place))
	}
	if e.Join != "" && !e.Cancelled {
		lines = append(lines, fmt.Sprintf(w.join, e.Join))
	}
	if e.Travel > 0 {
		lines = append(lines, fmt.Sprintf(w.travel, e.Travel))
	}
	if len(e.Bring) > 0 && !e.Cancelled {
		lines = append(lines, w.bring+": "+strings.Join(e.Bring, "\n"))
	}
	if e.Expected > 0 {
		lines = append(lines, fmt.Sprintf(w.expected, e.Expected))
		lines = append(lines, e.Attendees...)
	}
	if e.URL != "" {
		lines = append(lines, fmt.Sprintf(w.page, e.URL))
	}
	return strings.Join(lines, "\n")
}

// list joins names as the language does: "A, B och C".
func (w words) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + w.and + names[last]
}
