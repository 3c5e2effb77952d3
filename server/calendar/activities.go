package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"kaskad/model"
)

// activityEvents are the times of an activity as events: nobody is invited to
// them by mail, so they are in feeds only. neutral leaves out what it is.
func activityEvents(s *model.State, a *model.Activity, look Look, neutral bool) (events []Event) {
	w := wordsOf(look.Language)
	for _, x := range a.Times {
		e := Event{
			UID:      activityUID(s.Roster.Problem.Programme.ID, a.ID, x) + feedUID,
			Sequence: a.Sequence, Stamp: time.Unix(a.Stamp, 0).UTC(), Start: x.From, End: x.To,
			Language: languageOf(look.Language), Cancelled: a.Cancelled, Title: a.Name, Place: a.Place, Join: a.Link,
			URL: look.Base + "/activities/" + a.ID,
		}
		if neutral {
			e.Title, e.Place, e.Join, e.URL = w.booked, "", "", ""
		}
		if e.Cancelled {
			e.Title = w.cancelled + e.Title
		}
		events = append(events, e)
	}
	return events
}

// activityUID is the same for as long as the activity is held at that time
// (RFC 5545 3.8.4.7); a time that is moved is another event.
func activityUID(programme, activity string, x model.Interval) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00activity\x00%s\x00%d", programme, activity, x.From.Unix()))
	return hex.EncodeToString(sum[:16])
}

// personActivities are the events of what somebody takes part in or leads.
func personActivities(s *model.State, person string, look Look) (events []Event) {
	choice := s.Calendars.Choices[person]
	look.Language = s.Calendars.LanguageOf(person, look.Language)
	neutral := look.Name == nil || look.Name(person) == ""
	for _, a := range s.Activities.Of(person) {
		for _, e := range activityEvents(s, a, look, neutral) {
			e.Alarms, e.Strike = choice.Alarms, choice.Strike
			events = append(events, e)
		}
	}
	return events
}

// sharedActivities are the events of what concerns a shared calendar: all of a
// programme's, an area's, and what a leader leads or takes part in.
func sharedActivities(s *model.State, f model.SharedFeed, look Look) (events []Event) {
	list := s.Activities.List
	if f.Kind == model.LeaderFeed {
		list = s.Activities.Of(f.Of)
	}
	for _, a := range list {
		switch {
		case f.Kind == model.ProgrammeFeed, f.Kind == model.LeaderFeed, f.Kind == model.AreaFeed && (a.Area == f.Of || a.Area == ""):
			events = append(events, activityEvents(s, a, look, false)...)
		}
	}
	return events
}

// window is what of a feed is shown at a moment, and when that last changed.
type window struct {
	now, changed time.Time
	events       []Event
}

// add takes an event in if it is shown; one that enters or leaves changes the feed too.
func (w *window) add(e Event) {
	from, to := shown(&e)
	for _, moment := range []time.Time{from, to} {
		if moment.After(w.changed) && !moment.After(w.now) {
			w.changed = moment
		}
	}
	if !w.now.Before(from) && w.now.Before(to) {
		w.events = append(w.events, e)
	}
}

func (w *window) sorted() []Event {
	for i := range w.events {
		w.events[i].feedChanged = w.changed
	}
	sortEvents(w.events)
	return w.events
}
