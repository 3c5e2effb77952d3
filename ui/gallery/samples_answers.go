package gallery

import "kaskad/ui"

func (s sampler) replies() ui.Replies {
	at := s.at(2027, 3, 8, 9, 12)
	start := s.at(2027, 3, 22, 8, 30)
	return ui.Replies{All: true, Waiting: 3, Open: true, Queue: 2, Ahead: ui.AnswerCount{Yes: 812, Maybe: 41, Silent: 387}, No: 23, Pager: ui.Pager{Page: 1, Pages: 1},
		Rows: []ui.ReplyRow{
			{ID: "1", At: at, Who: "Ahmed Nouri", Kind: "answer", Outcome: "taken", Answer: ui.AnswerYes, Seminar: "s1", Module: modules[2], Start: start},
			{ID: "2", At: at, Who: "Karin Lindqvist", Kind: "answer", Outcome: "taken", Answer: ui.AnswerNo, Seminar: "s1", Module: modules[2], Start: start, Text: s.in("Jag är på kurs den dagen.", "I am on a course that day.")},
			{ID: "3", At: at, Who: "Per Ek", Kind: "answer", Outcome: "stranger", Answer: ui.AnswerNo, Seminar: "s2", Module: modules[0], Start: start, From: "annan.adress@example.org", Waits: true, Answered: true},
			{ID: "4", At: at, Who: "Maria Holm", Kind: "bounce", Outcome: "returned", Seminar: "s3", Module: modules[1], Start: start, Text: "5.1.1 550 no such user", Waits: true},
			{ID: "5", At: at, Kind: "letter", Outcome: "to-read", From: "chef@example.org", Text: s.in("Hej, kan hela enheten byta dag?", "Hello, can the whole unit change its day?"), Waits: true},
		},
		Places: []ui.WaitRow{{Person: "Karin Lindqvist", Module: modules[2], Since: at}, {Person: "Ahmed Nouri", Module: modules[3], Since: at}}}
}

// choices are seats for somebody who has given one up.
func (s sampler) choices() []ui.SeatChoice {
	return []ui.SeatChoice{{Module: modules[2], Seats: []ui.AgendaItem{
		{ID: "s9", Start: s.at(2027, 4, 6, 13, 0), End: s.at(2027, 4, 6, 16, 0), Module: modules[2], Venue: s.in("Skövde stadshus", "Skövde city hall"), TravelMinutes: 35, Attendees: 14, Seats: 20},
	}}, {Module: modules[3]}}
}
