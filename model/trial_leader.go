package model

import (
	"slices"
	"time"
)

// leader asks H3, H5, H6 and H7 of somebody who is to lead a changed seminar.
func (t *Trial) leader(x *Seminar, person string, twice bool, start, end time.Time) {
	who := t.s.Roster.People[person]
	id := PersonID(person)
	switch {
	case who == nil || who.Leads == nil:
		t.says("edit.no-leader", "%s is not a method leader", id)
		return
	case twice, slices.Contains(x.Attendees, person):
		t.says("edit.in-it", "%s takes part in this seminar already", id)
	case who.Leads.Tier != x.Tier, !slices.Contains(who.Leads.Modules, x.Module):
		t.says("edit.other-module", "%s does not lead this module", id)
	case start.Before(who.Leads.From):
		t.says("edit.leads-later", "%s may not lead yet at this time", id)
	}
	t.free(x, who, start, end)
	t.learned(x, who, start)
	t.load(x, who, start, end)
}

// learned asks H5: a module one needs or has done is led after it, and prepared.
func (t *Trial) learned(x *Seminar, who *Person, start time.Time) {
	var attended time.Time
	for _, d := range who.Done {
		if d.Module == x.Module {
			attended = d.Start
		}
	}
	for _, y := range t.of(who.ID, x.ID) {
		if y.Module == x.Module && y.Tier == who.Tier && slices.Contains(y.Attendees, who.ID) {
			attended, _ = t.s.Roster.Span(y)
		}
	}
	switch {
	case attended.IsZero() && slices.Contains(t.s.Roster.Needs(who), x.Module):
		t.says("edit.not-trained", "%s has not been trained in this module", PersonID(who.ID))
	case !attended.IsZero() && !t.prepared(who, attended, start):
		t.says("edit.not-prepared", "%s has not had time to prepare for this module", PersonID(who.ID))
	}
}

// load asks H7: how much a leader leads, and the way between two seminars of a day.
func (t *Trial) load(x *Seminar, who *Person, start, end time.Time) {
	r := t.s.Roster
	id := PersonID(who.ID)
	day, week, total := 1, 1, 1
	for _, y := range t.of(who.ID, x.ID) {
		if !slices.Contains(y.Leaders, who.ID) {
			continue
		}
		total++
		from, to := r.Span(y)
		if sameWeek(from, start, r.Zone) {
			week++
		}
		if CalendarDays(from, start, r.Zone) != 0 {
			continue
		}
		day++
		between, first, second := start.Sub(to), y.Venue, x.Venue
		if start.Before(from) {
			between, first, second = from.Sub(end), x.Venue, y.Venue
		}
		if y.Venue != x.Venue && between < time.Duration(r.betweenVenues(first, second))*time.Minute {
			t.says("edit.no-way", "%s has no time to get from %s to %s", id, VenueID(first), VenueID(second))
		}
	}
	for _, limit := range []struct {
		n   int
		max *int
		key string
		of  string
	}{{day, who.Leads.MaxPerDay, "edit.day-full", "that day"}, {week, who.Leads.MaxPerWeek, "edit.week-full", "that week"},
		{total, who.Leads.MaxTotal, "edit.all-led", "in all"}} {
		if limit.max != nil && limit.n > *limit.max {
			t.says(limit.key, "%s leads %d seminars %s, as agreed", id, *limit.max, limit.of)
		}
	}
}
