package mail

// words are the texts of one language. %s of a sentence is the module's name,
// then what it says in words.
type words struct {
	dates dates

	invitation, invitationToLead, newTime, newPlace, newBoth, updated, cancelled, withdrawn, switched string // first in a subject

	booked, leads, moved, details, isCancelled, bookedNoMore, leadsNoMore, elsewhere string // the news

	when, where, nowhere, wasWhen, wasWhere, travel, minutes, ledBy, ledWith string

	declined, hasDeclined, declinedToLead, othersMayLead, offers, chooseOffer, noOffers string // after a decline

	replaces, cannotCome, nothingToDo, page, regards, greeting string
}

func wordsOf(language string) words {
	switch language {
	case "en":
		return english
	case "nb":
		return norwegian
	}
	return swedish
}

// leaders is the label before the names of who leads, to one who leads too or not.
func (w words) leaders(leading bool) string {
	if leading {
		return w.ledWith
	}
	return w.ledBy
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

	declined:       "Du har tackat nej",
	hasDeclined:    "Du har tackat nej till seminariet %s. Din plats är fri för någon annan.",
	declinedToLead: "Du har tackat nej till att leda seminariet %s.",
	othersMayLead:  "Andra metodledare i närheten kan nu ta seminariet.",
	offers:         "De här tiderna har plats för dig just nu:",
	chooseOffer:    "Boka en av dem på din sida. Först till kvarn gäller.",
	noOffers:       "Just nu finns ingen annan tid med plats för dig. Du står på väntelistan och får besked när en ny tid är planerad.",

	replaces:    "Det här ersätter det du har fått veta tidigare. Har du redan svarat, svara igen i inbjudan.",
	cannotCome:  "Öppna inbjudan för att lägga in seminariet i din kalender. Svara ja eller nej i inbjudan, eller på din sida. Tackar du nej får du välja en annan tid.",
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

	declined:       "You have declined",
	hasDeclined:    "You have declined the seminar %s. Your seat is free for somebody else.",
	declinedToLead: "You have declined to lead the seminar %s.",
	othersMayLead:  "Other method leaders nearby can now take it.",
	offers:         "These times have a seat for you at present:",
	chooseOffer:    "Book one of them on your page. First come, first served.",
	noOffers:       "At present no other time has a seat for you. You are on the waiting list and will hear when a new time is planned.",

	replaces:    "This replaces what you were told before. If you have answered already, please answer the invitation again.",
	cannotCome:  "Open the invitation to put the seminar in your calendar. Answer yes or no in the invitation, or on your page. If you decline you can choose another time.",
	nothingToDo: "There is nothing to do but to remove the seminar from your calendar, if it does not go by itself.",
	page:        "Your seminars", regards: "Kind regards", greeting: "Hello",
}
