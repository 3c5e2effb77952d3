package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"kaskad/model"
)

// emptied tells in a feed that its seminars come by invitation from now on, for
// as long as a feed shows what is over. A feed of no event at all would not do:
// GNOME's calendar keeps what it had, and vdirsyncer refuses to empty itself, so
// that every seminar would show twice after all. False when the choice is of a
// time that nobody knows.
func emptied(s *model.State, person string, look Look) (Event, bool) {
	choice := s.Calendars.Choices[person]
	if choice.At == 0 {
		return Event{}, false
	}
	look.Language = s.Calendars.LanguageOf(person, look.Language)
	w, at := wordsOf(look.Language), time.UnixMilli(choice.At).UTC().Truncate(time.Minute)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00emptied\x00%s\x00%d", s.Roster.Problem.Programme.ID, person, choice.At))
	e := Event{
		UID: hex.EncodeToString(sum[:16]) + "-emptied" + feedUID, Stamp: at, Start: at, End: at.Add(15 * time.Minute),
		Language: languageOf(look.Language), Title: w.emptied, Description: w.emptiedWhy, Free: true, Alarms: []int{},
	}
	if look.Name == nil || look.Name(person) == "" {
		e.Title, e.Description = w.booked, ""
	}
	return e, true
}
