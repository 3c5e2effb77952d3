package mail

// notes are the texts of letters that change no calendar, in one language.
type notes struct {
	reminder, reminds, cannot                          string
	youLead, briefs, coming, comingCount, list, hidden string
	unanswered, comesOrNot, answerHow, answerThere     string
	seatsSubject, seats, firstCome, bookThere          string
	digest, digestLead, overview                       string
	answersYes, answersNo, answersMaybe, waiting, open string
	toRead, failed, queued, weekSeminars, weekPeople   string
}

func notesOf(language string) notes {
	switch language {
	case "en":
		return englishNotes
	case "nb":
		return norwegianNotes
	}
	return swedishNotes
}

var swedishNotes = notes{
	reminder: "Påminnelse", reminds: "Snart är det dags för seminariet %s.",
	cannot:  "Kan du inte komma? Lämna din plats på din sida, så får någon annan den.",
	youLead: "Du leder", briefs: "Du leder snart seminariet %s.",
	coming: "Deltagare", comingCount: "%d bokade: %d har tackat ja, %d kanske, %d har inte svarat",
	list: "De som är bokade:", hidden: "Dessutom %d som inte får nämnas vid namn.",
	unanswered: "Kommer du?", comesOrNot: "Vi har inte fått svar på de här inbjudningarna.",
	answerHow:   "Svara ja eller nej i inbjudan eller på din sida. Kan du inte, får någon annan platsen och du en ny tid.",
	answerThere: "Svara här", seatsSubject: "Det finns plats: %s", seats: "Nu finns det plats för dig på seminariet %s.",
	firstCome: "Boka en av tiderna på din sida. Först till kvarn gäller.", bookThere: "Boka här",
	digest: "Kaskad: läget i dag", digestLead: "Det här har hänt, och det här behöver någon titta på.", overview: "Öppna översikten",
	answersYes: "Nya ja", answersNo: "Nya nej", answersMaybe: "Nya kanske", waiting: "På väntelistan", open: "Seminarier utan metodledare",
	toRead: "Svar att titta på", failed: "Mejl som inte kommit fram", queued: "Mejl i kö",
	weekSeminars: "Seminarier den närmaste veckan", weekPeople: "Bokade den närmaste veckan",
}

var englishNotes = notes{
	reminder: "Reminder", reminds: "The seminar %s is near.",
	cannot:  "Can you not come? Give up your seat on your page, and somebody else gets it.",
	youLead: "You lead", briefs: "You soon lead the seminar %s.",
	coming: "Participants", comingCount: "%d booked: %d have accepted, %d perhaps, %d have not answered",
	list: "Those who are booked:", hidden: "And %d who must not be named.",
	unanswered: "Are you coming?", comesOrNot: "We have had no answer to these invitations.",
	answerHow:   "Answer yes or no in the invitation or on your page. If you cannot, somebody else gets the seat and you get a new time.",
	answerThere: "Answer here", seatsSubject: "There are seats: %s", seats: "There is now a seat for you on the seminar %s.",
	firstCome: "Book one of the times on your page. First come, first served.", bookThere: "Book here",
	digest: "Kaskad: today", digestLead: "This has happened, and this needs somebody's eyes.", overview: "Open the overview",
	answersYes: "New yes", answersNo: "New no", answersMaybe: "New perhaps", waiting: "On the waiting list", open: "Seminars without a leader",
	toRead: "Answers to look at", failed: "Mails that did not arrive", queued: "Mails in the queue",
	weekSeminars: "Seminars in the week to come", weekPeople: "Booked in the week to come",
}
