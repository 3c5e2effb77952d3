package mail

// The texts in Norwegian bokmål.

var norwegianDates = dates{
	weekdays: [7]string{"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"},
	short:    [7]string{"søn", "man", "tir", "ons", "tor", "fre", "lør"},
	months: [12]string{"januar", "februar", "mars", "april", "mai", "juni",
		"juli", "august", "september", "oktober", "november", "desember"},
	week: "uke %d", clock: " kl. ", ordinal: ".",
}

var norwegian = words{
	dates:      norwegianDates,
	invitation: "Innkalling", invitationToLead: "Innkalling til å lede", newTime: "Ny tid", newPlace: "Nytt sted",
	newBoth: "Ny tid og nytt sted", updated: "Endret", cancelled: "Avlyst", withdrawn: "Meldt av", switched: "Ikke lenger med innkalling",

	booked:       "Du er satt opp på seminaret %s.",
	leads:        "Du er satt opp til å lede seminaret %s.",
	moved:        "Seminaret %s er flyttet fra %s til %s.",
	details:      "Opplysningene om seminaret %s er endret. Tid og sted er de samme.",
	isCancelled:  "Seminaret %s er avlyst.",
	bookedNoMore: "Du er ikke lenger satt opp på seminaret %s.",
	leadsNoMore:  "Du leder ikke lenger seminaret %s.",
	elsewhere:    "Du beholder plassen på seminaret %s. Innkallingen tas bort fordi du abonnerer på kalenderen i stedet.",

	when: "Når", where: "Hvor", nowhere: "et sted som ikke er bestemt", wasWhen: "Det gjaldt", wasWhere: "Sted",
	travel: "Reisetid", minutes: "omtrent %d minutter én vei", ledBy: "Ledes av", ledWith: "Du leder sammen med",

	declined:       "Du har takket nei",
	hasDeclined:    "Du har takket nei til seminaret %s. Plassen din er fri for noen andre.",
	declinedToLead: "Du har takket nei til å lede seminaret %s.",
	othersMayLead:  "Andre metodeledere i nærheten kan nå ta seminaret.",
	offers:         "Disse tidene har plass til deg akkurat nå:",
	chooseOffer:    "Ta en av dem på siden din. Førstemann til mølla.",
	noOffers:       "Akkurat nå finnes ingen annen tid med plass til deg. Du står på ventelisten og får beskjed når en ny tid er planlagt.",

	replaces:    "Dette erstatter det du har fått vite tidligere. Har du allerede svart, svar igjen i innkallingen.",
	cannotCome:  "Åpne innkallingen for å legge seminaret inn i kalenderen din. Svar ja eller nei i innkallingen, eller på siden din. Takker du nei, får du velge en annen tid.",
	nothingToDo: "Du trenger ikke gjøre noe mer enn å fjerne seminaret fra kalenderen din, hvis det ikke forsvinner av seg selv.",
	page:        "Seminarene dine", regards: "Vennlig hilsen", greeting: "Hei",
}

var norwegianNotes = notes{
	reminder: "Påminnelse", reminds: "Snart er det tid for seminaret %s.",
	cannot:  "Kan du ikke komme? Gi fra deg plassen på siden din, så får noen andre den.",
	youLead: "Du leder", briefs: "Du leder snart seminaret %s.",
	coming: "Deltakere", comingCount: "%d satt opp: %d har takket ja, %d kanskje, %d har ikke svart",
	list: "De som er satt opp:", hidden: "I tillegg %d som ikke kan nevnes ved navn.",
	unanswered: "Kommer du?", comesOrNot: "Vi har ikke fått svar på disse innkallingene.",
	answerHow:   "Svar ja eller nei i innkallingen eller på siden din. Kan du ikke, får noen andre plassen og du en ny tid.",
	answerThere: "Svar her", seatsSubject: "Det er plass: %s", seats: "Nå er det plass til deg på seminaret %s.",
	firstCome: "Ta en av tidene på siden din. Førstemann til mølla.", bookThere: "Ta plassen her",
	digest: "Kaskad: status i dag", digestLead: "Dette har skjedd, og dette bør noen se på.", overview: "Åpne oversikten",
	answersYes: "Nye ja", answersNo: "Nye nei", answersMaybe: "Nye kanskje", waiting: "På ventelisten", open: "Seminarer uten metodeleder",
	toRead: "Svar å se på", failed: "E-poster som ikke er kommet fram", queued: "E-poster i kø",
	weekSeminars: "Seminarer den neste uken", weekPeople: "Satt opp den neste uken",
}

var norwegianShortNotice = shortNotice{
	subject: "Kort varsel", changed: "Noe er endret ved seminaret %s. Slik er det nå.",
	fetches: "Kalenderen du abonnerer på, kan trenge et døgn på å vise det.",
	off:     "Kort varsel, avlyst", isOff: "Seminaret %s er avlyst.", withdrawn: "Du er ikke lenger satt opp på seminaret %s.",
	nothing: "Kalenderen du abonnerer på, kan trenge et døgn før tiden forsvinner.",
}
