package mail

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"kaskad/server/calendar"
)

// Told is what a person was told before of the same seat.
type Told struct {
	Start, End time.Time
	Place      string
}

// Correspondence is who writes to whom, and where the clocks are.
type Correspondence struct {
	Programme string         // its name, under every letter
	From      calendar.Party // the organizer; answers go there
	To        calendar.Party
	Zone      *time.Location // the programme's
	Offers    []Told         // other seats for who has declined; free when this was written
}

// Compose writes the letter around what an event says: an invitation when told
// is nil, what has changed when it is not, a cancellation when the event is
// cancelled. The language is the event's. A cancellation speaks of the time and
// place that were told, wherever the seminar has gone since.
//
// The Message's ID and Date come from the event, so that the same event gives
// the same mail. It fails for an event without a module, which is how people
// with protected identity see theirs, and where calendar.Invitation does.
func Compose(e calendar.Event, told *Told, c Correspondence) (Message, error) {
	if e.Module == "" {
		return Message{}, errors.New("mail: a neutral event is not to be mailed")
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if told != nil && e.Cancelled {
		e = asTold(e, *told)
	}
	method := calendar.MethodOf(e)
	object, err := calendar.Invitation(method, e, c.From, c.To, c.Zone)
	if err != nil {
		return Message{}, err
	}
	l := write(e, told, c)
	html, err := l.html()
	if err != nil {
		return Message{}, err
	}
	return Message{
		ID:   fmt.Sprintf("%s.%d.%d", e.UID, e.Sequence, e.Stamp.Unix()),
		From: c.From, To: c.To, Subject: l.Subject, Text: l.text(), HTML: html,
		Calendar: object, Method: string(method), Date: e.Stamp.In(c.Zone),
	}, nil
}

// asTold is a cancelled event as the person knows it. Its description goes: it
// speaks of the place the seminar has now.
func asTold(e calendar.Event, told Told) calendar.Event {
	e.HasPosition = e.HasPosition && e.Place == told.Place
	e.Start, e.End, e.Place, e.Description = told.Start, told.End, told.Place, ""
	return e
}

// letter is what a mail says, before it is plain text or HTML.
type letter struct {
	Language  string
	Subject   string
	Greeting  string
	Lead      string // the news, in one sentence
	Facts     []Fact
	Closing   []string
	Page      string // what the link is called
	URL       string
	Regards   string
	Programme string
}

func write(e calendar.Event, told *Told, c Correspondence) letter {
	w := wordsOf(e.Language)
	e.Start, e.End = e.Start.In(c.Zone), e.End.In(c.Zone)
	e.Module, e.Place = line(e.Module), line(e.Place)
	l := letter{
		Language: e.Language, Greeting: w.hello(line(c.To.Name)), Page: w.page, URL: e.URL,
		Regards: w.regards, Programme: line(c.Programme),
	}
	kind, lead := w.news(e, told, c.Zone)
	l.Lead = lead
	l.Subject = strings.Join(filled(kind+": "+e.Module, w.dates.brief(e.Start), e.Place), ", ")
	if e.Cancelled {
		l.Facts = facts(Fact{w.wasWhen, w.dates.span(e.Start, e.End)}, Fact{w.wasWhere, e.Place})
		l.Closing = []string{w.nothingToDo}
		if e.Declined {
			l.Closing = w.insteadOf(e, c)
		}
		return l
	}
	travel := ""
	if e.Travel > 0 {
		travel = fmt.Sprintf(w.minutes, e.Travel)
	}
	l.Facts = facts(Fact{w.when, w.dates.span(e.Start, e.End)}, Fact{w.where, e.Place},
		Fact{w.travel, travel}, Fact{w.leaders(e.Leading), line(strings.Join(e.Leaders, ", "))})
	if told != nil && kind != w.updated {
		l.Closing = append(l.Closing, w.replaces)
	}
	l.Closing = append(l.Closing, w.cannotCome)
	return l
}

// news is what kind of letter it is, for the subject, and the news itself.
func (w words) news(e calendar.Event, told *Told, zone *time.Location) (kind, lead string) {
	switch {
	case e.Switched:
		return w.switched, fmt.Sprintf(w.elsewhere, e.Module)
	case e.Declined && e.Leading:
		return w.declined, fmt.Sprintf(w.declinedToLead, e.Module)
	case e.Declined:
		return w.declined, fmt.Sprintf(w.hasDeclined, e.Module)
	case e.Withdrawn && e.Leading:
		return w.withdrawn, fmt.Sprintf(w.leadsNoMore, e.Module)
	case e.Withdrawn:
		return w.withdrawn, fmt.Sprintf(w.bookedNoMore, e.Module)
	case e.Cancelled:
		return w.cancelled, fmt.Sprintf(w.isCancelled, e.Module)
	case told == nil && e.Leading:
		return w.invitationToLead, fmt.Sprintf(w.leads, e.Module)
	case told == nil:
		return w.invitation, fmt.Sprintf(w.booked, e.Module)
	}
	return w.change(e, *told, zone)
}

// insteadOf tells who has declined what there is to choose from.
func (w words) insteadOf(e calendar.Event, c Correspondence) []string {
	if e.Leading {
		return []string{w.othersMayLead}
	}
	if len(c.Offers) == 0 {
		return []string{w.noOffers}
	}
	list := []string{w.offers}
	for _, o := range c.Offers {
		list = append(list, bullet+strings.Join(filled(w.dates.span(o.Start.In(c.Zone), o.End.In(c.Zone)), line(o.Place)), ", "))
	}
	return append(list, w.chooseOffer)
}

// change is the news when a person has been told of another time or place.
func (w words) change(e calendar.Event, told Told, zone *time.Location) (kind, lead string) {
	was, is := line(told.Place), e.Place
	newTime := !told.Start.Equal(e.Start) || !told.End.Equal(e.End)
	newPlace := was != is
	before, now := w.dates.start(told.Start.In(zone)), w.dates.start(e.Start)
	if told.Start.Equal(e.Start) {
		before, now = w.dates.span(told.Start.In(zone), told.End.In(zone)), w.dates.span(e.Start, e.End)
	}
	switch {
	case newTime && newPlace:
		return w.newBoth, fmt.Sprintf(w.moved, e.Module, strings.Join(filled(before, was), ", "), strings.Join(filled(now, is), ", "))
	case newTime:
		return w.newTime, fmt.Sprintf(w.moved, e.Module, before, now)
	case newPlace:
		return w.newPlace, fmt.Sprintf(w.moved, e.Module, cmp.Or(was, w.nowhere), cmp.Or(is, w.nowhere))
	}
	return w.updated, fmt.Sprintf(w.details, e.Module)
}

func filled(texts ...string) []string {
	var list []string
	for _, t := range texts {
		if t != "" {
			list = append(list, t)
		}
	}
	return list
}

// facts are those that have a value.
func facts(all ...Fact) []Fact {
	var list []Fact
	for _, f := range all {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}
