package mail

import (
	"fmt"
	"strings"
	"time"

	"kaskad/server/calendar"
)

// Note is a letter that changes no calendar. Its texts may hold anything
// people type; they are made lines when it is written.
type Note struct {
	ID       string // as Message.ID
	Date     time.Time
	Language string
	Subject  string
	Lead     string
	Facts    []Fact
	Closing  []string
	Page     string // what the link is called
	URL      string
}

// Fact is a labelled line of a letter; without a value it is left out.
type Fact struct{ Label, Value string }

// ComposeNote writes a Note to somebody.
func ComposeNote(n Note, c Correspondence) (Message, error) {
	w := wordsOf(n.Language)
	l := letter{Language: n.Language, Subject: line(n.Subject), Greeting: w.hello(line(c.To.Name)), Lead: line(n.Lead),
		Page: n.Page, URL: n.URL, Regards: w.regards, Programme: line(c.Programme)}
	for _, f := range facts(n.Facts...) {
		l.Facts = append(l.Facts, Fact{line(f.Label), line(f.Value)})
	}
	for _, sentence := range n.Closing {
		l.Closing = append(l.Closing, line(sentence))
	}
	html, err := l.html()
	if err != nil {
		return Message{}, err
	}
	return Message{ID: n.ID, From: c.From, To: c.To, Subject: l.Subject, Text: l.text(), HTML: html, Date: n.Date}, nil
}

// Expected is who is expected at a seminar, for the one who leads it.
type Expected struct {
	People             []string // by name and workplace; those who may be named
	Yes, Maybe, Silent int
}

// Reminder tells who attends that a seminar is near.
func Reminder(e calendar.Event, zone *time.Location) Note {
	w := notesOf(e.Language)
	n := about(e, zone)
	n.Subject = w.reminder + ": " + n.Subject
	n.Lead = fmt.Sprintf(w.reminds, e.Module)
	n.Closing = append(n.Closing, w.cannot)
	return n
}

// Brief tells who leads a seminar what to expect.
func Brief(e calendar.Event, x Expected, zone *time.Location) Note {
	w := notesOf(e.Language)
	n := about(e, zone)
	n.Subject = w.youLead + ": " + n.Subject
	n.Lead = fmt.Sprintf(w.briefs, e.Module)
	n.Facts = append(n.Facts, Fact{w.coming, fmt.Sprintf(w.comingCount, x.Yes+x.Maybe+x.Silent, x.Yes, x.Maybe, x.Silent)})
	n.Closing = nil
	if len(x.People) > 0 {
		n.Closing = append(n.Closing, w.list)
		for _, p := range x.People {
			n.Closing = append(n.Closing, bullet+p)
		}
	}
	if hidden := x.Yes + x.Maybe + x.Silent - len(x.People); hidden > 0 {
		n.Closing = append(n.Closing, fmt.Sprintf(w.hidden, hidden))
	}
	return n
}

// Unanswered asks about invitations that nobody has answered.
func Unanswered(events []calendar.Event, zone *time.Location) Note {
	first := events[0]
	w := notesOf(first.Language)
	n := Note{Language: first.Language, Page: w.answerThere, URL: first.URL, Subject: w.unanswered, Lead: w.comesOrNot}
	for _, e := range events {
		n.Facts = append(n.Facts, Fact{e.Module, inWords(e, zone)})
	}
	n.Closing = []string{w.answerHow}
	return n
}

// Seats tells who waits for a module that there are seats.
func Seats(module, language, url string, seats []Told, zone *time.Location) Note {
	w := notesOf(language)
	n := Note{Language: language, Subject: fmt.Sprintf(w.seatsSubject, module), Lead: fmt.Sprintf(w.seats, module), Page: w.bookThere, URL: url}
	for _, s := range seats {
		n.Closing = append(n.Closing, bullet+inWords(calendar.Event{Language: language, Start: s.Start, End: s.End, Place: s.Place}, zone))
	}
	n.Closing = append(n.Closing, w.firstCome)
	return n
}

// Figures are what a coordinator hears of a day.
type Figures struct {
	Yes, No, Maybe        int // answers since the last letter
	Waiting, Open, ToRead int // waiting list; seminars without leader; mails to look at
	Failed, Queued        int // messages
	Seminars, Attending   int // in the week to come: seminars, people in them
}

// Nothing tells whether there is nothing to say.
func (f Figures) Nothing() bool {
	f.Seminars, f.Attending = 0, 0
	return f == Figures{}
}

// DayInFigures is the coordinators' letter.
func DayInFigures(f Figures, language, url string) Note {
	w := notesOf(language)
	n := Note{Language: language, Subject: w.digest, Lead: w.digestLead, Page: w.overview, URL: url}
	for _, line := range []struct {
		label string
		n     int
	}{
		{w.answersYes, f.Yes}, {w.answersNo, f.No}, {w.answersMaybe, f.Maybe}, {w.waiting, f.Waiting}, {w.open, f.Open},
		{w.toRead, f.ToRead}, {w.failed, f.Failed}, {w.queued, f.Queued}, {w.weekSeminars, f.Seminars}, {w.weekPeople, f.Attending},
	} {
		if line.n > 0 {
			n.Facts = append(n.Facts, Fact{line.label, fmt.Sprint(line.n)})
		}
	}
	return n
}

// about is what every letter about one seminar says of it.
func about(e calendar.Event, zone *time.Location) Note {
	w := wordsOf(e.Language)
	travel := ""
	if e.Travel > 0 {
		travel = fmt.Sprintf(w.minutes, e.Travel)
	}
	return Note{Language: e.Language, URL: e.URL, Page: w.page,
		Subject: strings.Join(filled(e.Module, w.dates.brief(e.Start.In(zone)), e.Place), ", "),
		Facts: []Fact{{w.when, w.dates.span(e.Start.In(zone), e.End.In(zone))}, {w.where, e.Place}, {w.travel, travel},
			{w.leaders(e.Leading), strings.Join(e.Leaders, ", ")}},
	}
}

func inWords(e calendar.Event, zone *time.Location) string {
	return strings.Join(filled(wordsOf(e.Language).dates.span(e.Start.In(zone), e.End.In(zone)), e.Place), ", ")
}
