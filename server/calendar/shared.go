package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"kaskad/model"
)

const sharedUID = "-shared"

// SharedEvents lists what a shared calendar must show, by start and UID, in the
// same stretch of time as a person's. People who may not be named are not in it,
// nor is a seminar in a unit's calendar that only they are away for.
func SharedEvents(s *model.State, f model.SharedFeed, look Look) []Event {
	if s.Roster == nil || look.Name == nil {
		return nil
	}
	shows := window{now: look.Now, changed: s.Time()}
	for _, e := range sharedActivities(s, f, look) {
		shows.add(e)
	}
	for id, seminar := range s.Seminars {
		if !partOf(s.Roster, f, seminar) {
			continue
		}
		if e, ok := sharedEvent(s, f, seminar, look.index(s).revisions[id], look); ok {
			shows.add(e)
		}
	}
	return shows.sorted()
}

// partOf tells whether a seminar belongs in a shared calendar.
func partOf(r *model.Roster, f model.SharedFeed, x *model.PublishedSeminar) bool {
	comesFrom := func(fits func(u *model.Unit) bool) func(string) bool {
		return func(person string) bool {
			p := r.People[person]
			return p != nil && r.Units[p.Unit] != nil && fits(r.Units[p.Unit])
		}
	}
	switch f.Kind {
	case model.ProgrammeFeed:
		return true
	case model.WaveFeed:
		return x.Wave == f.Of
	case model.AreaFeed:
		return slices.ContainsFunc(x.Attendees, comesFrom(func(u *model.Unit) bool { return u.Area == f.Of }))
	case model.VenueFeed:
		return x.Venue == f.Of
	case model.LeaderFeed:
		return slices.Contains(x.Leaders, f.Of)
	case model.UnitFeed:
		fits := comesFrom(func(u *model.Unit) bool { return u.ID == f.Of })
		return slices.ContainsFunc(x.Attendees, fits) || slices.ContainsFunc(x.Leaders, fits)
	}
	return false
}

// sharedEvent is a seminar as a shared calendar shows it; false if there is
// nobody to show.
func sharedEvent(s *model.State, f model.SharedFeed, x *model.PublishedSeminar, revision Revision, look Look) (Event, bool) {
	r, w := s.Roster, wordsOf(look.Language)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", r.Problem.Programme.ID, f.ID, x.ID))
	e := Event{UID: hex.EncodeToString(sum[:16]) + sharedUID, Sequence: revision.Sequence, Stamp: revision.Stamp,
		Language: languageOf(look.Language), Cancelled: x.Cancelled, Module: x.Module, Alarms: []int{}}
	e.Start, e.End = r.Span(&x.Seminar)
	if m := r.Modules[x.Module]; m != nil && m.Name != "" {
		e.Module = m.Name
	}
	if v := r.Venues[x.Venue]; v != nil {
		e.Place, e.Online = v.Name, v.Online
		e.HasPosition, e.Lat, e.Lon = !v.Online, v.Lat, v.Lon
		e.Join = s.Calendars.Links[v.ID]
	}
	if f.Kind == model.UnitFeed {
		return e, unitEvent(&e, r, f.Of, x, look)
	}
	e.Title = fmt.Sprintf("%s, %s (%d)", e.Module, e.Place, len(x.Attendees))
	var lines []string
	leaders := named(x.Leaders, look, func(string) string { return "" })
	switch {
	case x.Cancelled:
		e.Title = w.cancelled + e.Title
		lines = append(lines, w.off)
	case len(x.Leaders) == 0:
		lines = append(lines, w.open)
	case len(leaders) > 0:
		lines = append(lines, fmt.Sprintf(w.ledBy, w.list(leaders)))
	}
	lines = append(lines, fmt.Sprintf(w.expected, len(x.Attendees)))
	if wave := r.Waves[x.Wave]; wave != nil && wave.Name != "" {
		lines = append(lines, wave.Name)
	}
	if look.Base != "" {
		e.URL = look.Base + "/seminars/" + x.ID
	}
	e.Description = strings.Join(lines, "\n")
	return e, true
}

// namedInTitle is how many people a title names before it counts them.
const namedInTitle = 3

// unitEvent says who of a unit is away for a seminar, from when they have to
// leave until they are back; false if none of them may be named.
func unitEvent(e *Event, r *model.Roster, unit string, x *model.PublishedSeminar, look Look) bool {
	w := wordsOf(look.Language)
	var away []string
	for _, p := range slices.Concat(x.Attendees, x.Leaders) {
		if who := r.People[p]; who != nil && who.Unit == unit {
			away = append(away, p)
		}
	}
	names := named(away, look, func(string) string { return "" })
	if len(names) == 0 {
		return false
	}
	travel := time.Duration(r.TravelMinutes(unit, x.Venue)) * time.Minute
	if !e.Start.IsZero() {
		e.Start, e.End = e.Start.Add(-travel), e.End.Add(travel)
	}
	e.HasPosition, e.Join = false, ""
	e.Title = fmt.Sprintf(w.away, w.list(names))
	if len(names) > namedInTitle {
		e.Title = fmt.Sprintf(w.awayMany, len(names))
	}
	lines := []string{fmt.Sprintf(w.seminar, e.Module)}
	if x.Cancelled {
		e.Title = w.cancelled + e.Title
		lines = []string{w.off}
	}
	e.Description = strings.Join(append(lines, names...), "\n")
	return true
}
