package mail

// words are the texts of one language. %s of a sentence is the module's name,
// then what it says in words.
type words struct {
	dates dates

	invitation, invitationToLead, newTime, newPlace, newBoth, updated, cancelled, withdrawn, switched string // first in a subject

	booked, leads, moved, details, isCancelled, bookedNoMore, leadsNoMore, elsewhere string // the news

	when, where, nowhere, wasWhen, wasWhere, travel, minutes, ledBy, ledWith string

	replaces, cannotCome, nothingToDo, page, regards, greeting string
}

func wordsOf(language string) words {
	if language == "en" {
		return english
	}
	return swedish
}

func (w words) hello(name string) string {
	if name == "" {
		return w.greeting + "!"
	}
	return w.greeting + " " + name + "!"
}

var swedish = words{
	dates:      swedishDates,
	invitation: "Inbjudan", invitationToLead: "Inbjudan att leda", newTime: "Ny tid", newPlace: "Ny plats",
	newBoth: "Ny tid och plats", updated: "Ändrat", cancelled: "Inställt", withdrawn: "Avbokat", switched: "Inte längre med inbjudan",

	booked:       "Du är bokad på seminariet %s.",
	leads:        "Du är bokad för att leda seminariet %s.",
	moved:        "Seminariet %s har flyttats från %s till %s.",
	details:      "Uppgifterna om seminariet %s har ändrats. Tid och plats är desamma.",
	isCancelled:  "Seminariet %s är inställt.",
	bookedNoMore: "Du är inte längre bokad på seminariet %s.",
	leadsNoMore:  "Du leder inte längre seminariet %s.",
	elsewhere:    "Din plats på seminariet %s är kvar. Inbjudan tas bort eftersom du prenumererar på kalendern i stället.",

	when: "När", where: "Var", nowhere: "en plats som inte är bestämd", wasWhen: "Det gällde", wasWhere: "Plats",
	travel: "Restid", minutes: "ungefär %d minuter enkel väg", ledBy: "Leds av", ledWith: "Du leder tillsammans med",

	replaces:    "Det här ersätter det du har fått veta tidigare. Har du redan svarat, svara igen i inbjudan.",
	cannotCome:  "Öppna inbjudan för att lägga in seminariet i din kalender. Kan du inte komma? Svara på det här mejlet så snart du kan.",
	nothingToDo: "Du behöver inte göra något mer än att ta bort seminariet ur din kalender, om det inte försvinner av sig självt.",
	page:        "Dina seminarier", regards: "Vänliga hälsningar", greeting: "Hej",
}

var english = words{
	dates:      englishDates,
	invitation: "Invitation", invitationToLead: "Invitation to lead", newTime: "New time", newPlace: "New place",
	newBoth: "New time and place", updated: "Changed", cancelled: "Cancelled", withdrawn: "No longer booked", switched: "No longer by invitation",

	booked:       "You are booked on the seminar %s.",
	leads:        "You are booked to lead the seminar %s.",
	moved:        "The seminar %s has been moved from %s to %s.",
	details:      "The details of the seminar %s have changed. Time and place are the same.",
	isCancelled:  "The seminar %s is cancelled.",
	bookedNoMore: "You are no longer booked on the seminar %s.",
	leadsNoMore:  "You no longer lead the seminar %s.",
	elsewhere:    "You keep your place on the seminar %s. The invitation is taken back because you subscribe to the calendar instead.",

	when: "When", where: "Where", nowhere: "a place not yet decided", wasWhen: "It was planned for", wasWhere: "Place",
	travel: "Travel", minutes: "about %d minutes one way", ledBy: "Led by", ledWith: "You lead it together with",

	replaces:    "This replaces what you were told before. If you have answered already, please answer the invitation again.",
	cannotCome:  "Open the invitation to put the seminar in your calendar. Can you not come? Reply to this mail as soon as you can.",
	nothingToDo: "There is nothing to do but to remove the seminar from your calendar, if it does not go by itself.",
	page:        "Your seminars", regards: "Kind regards", greeting: "Hello",
}
