package model

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Ids in the Args of an Error have these types, so that pages can show names.
type (
	PersonID  string
	VenueID   string
	UnitID    string
	SeminarID string
)

// Trial asks the contract's rules of the published plan with some seminars
// changed. It is made once and asked many times; the State it came from does
// not change under it.
type Trial struct {
	s       *State
	byVenue map[string][]*Seminar
	byUnit  map[string][]string // unit → people
	stays   map[string][]stay   // unit → when its people are in seminars as published, as far as asked

	standing map[string][]*Error // seminar as published → what stands against it, as far as asked

	gone    map[string]bool     // cancelled by what is asked about
	changed map[string]*Seminar // of the question being asked
	inOrder []*Seminar          // the same, by id
	first   bool                // one obstacle is enough
	found   []*Error
	said    map[string]bool
}

// Trial starts asking the rules of what is published.
func (s *State) Trial() *Trial {
	t := &Trial{s: s, byVenue: map[string][]*Seminar{}, byUnit: map[string][]string{}, stays: map[string][]stay{}, standing: map[string][]*Error{}}
	for _, id := range sortedKeys(s.Seminars) {
		if x := s.Seminars[id]; !x.Cancelled {
			t.byVenue[x.Venue] = append(t.byVenue[x.Venue], &x.Seminar)
		}
	}
	for i := range s.Roster.Problem.People {
		x := &s.Roster.Problem.People[i]
		t.byUnit[x.Unit] = append(t.byUnit[x.Unit], x.ID)
	}
	return t
}

// Obstacles are the rules that these seminars would break if they stood as
// given instead of the published ones of the same ids: one sentence each,
// naming who or what blocks. None: they may. The number of people in them (H2)
// is asked against the venue only, for nobody joins or leaves by a move.
func (t *Trial) Obstacles(changed ...Seminar) []*Error {
	t.first = false
	return t.ask(changed)
}

// Allows tells whether no rule stands against these seminars as given. It stops
// at the first that does.
func (t *Trial) Allows(changed ...Seminar) bool {
	t.first = true
	return len(t.ask(changed)) == 0
}

func (t *Trial) ask(changed []Seminar) []*Error {
	t.changed, t.found, t.said = map[string]*Seminar{}, nil, map[string]bool{}
	for i := range changed {
		t.changed[changed[i].ID] = &changed[i]
	}
	t.inOrder = slices.SortedFunc(maps.Values(t.changed), func(a, b *Seminar) int { return strings.Compare(a.ID, b.ID) })
	for i := range changed {
		x := &changed[i]
		start, end := t.s.Roster.Span(x)
		t.place(x, start, end)
		for j, p := range x.Leaders {
			if t.enough() {
				return t.found
			}
			t.leader(x, p, slices.Contains(x.Leaders[:j], p), start, end)
		}
		for _, p := range x.Attendees {
			if t.enough() {
				return t.found
			}
			t.attendee(x, p, start, end)
		}
		if t.enough() {
			return t.found
		}
		t.units(x, start, end)
	}
	return t.found
}

// enough: the answer is known.
func (t *Trial) enough() bool { return t.first && len(t.found) > 0 }

func (t *Trial) says(key, format string, args ...any) {
	e := Errorf(Infeasible, key, format, args...)
	if !t.said[e.Text] {
		t.said[e.Text] = true
		t.found = append(t.found, e)
	}
}

// place asks H2, H3, H8 and H11 of the seminar's time and venue.
func (t *Trial) place(x *Seminar, start, end time.Time) {
	r := t.s.Roster
	v, m := r.Venues[x.Venue], r.Modules[x.Module]
	if int(end.Sub(start)/time.Minute) < m.Minutes {
		t.says("edit.too-short", "the time is too short: the module takes %d minutes", m.Minutes)
	}
	if v.Online && !m.Online {
		t.says("edit.not-online", "this module is not held online")
	}
	if len(x.Attendees) > v.Capacity {
		t.says("edit.too-small", "%s seats %d, and %d are coming", VenueID(v.ID), v.Capacity, len(x.Attendees))
	}
	if r.ClosedAt(v.Closed, v.Calendar, start, end) {
		t.says("edit.venue-closed", "%s is closed at this time", VenueID(v.ID))
	}
	rooms, used := max(1, v.Rooms), 0
	for _, y := range t.at(x.Venue) {
		if from, to := r.Span(y); y.ID != x.ID && from.Before(end) && start.Before(to) {
			used++
		}
	}
	if used >= rooms {
		t.says("edit.venue-full", "%s has no free room at this time", VenueID(v.ID))
	}
}

// at lists the seminars at a venue, changed ones as changed.
func (t *Trial) at(venue string) (list []*Seminar) {
	for _, y := range t.byVenue[venue] {
		if t.changed[y.ID] == nil && !t.gone[y.ID] {
			list = append(list, y)
		}
	}
	for _, y := range t.inOrder {
		if y.Venue == venue {
			list = append(list, y)
		}
	}
	return list
}

// of lists the other seminars a person takes part in, changed ones as changed.
func (t *Trial) of(person, except string) (list []*Seminar) {
	for _, y := range t.s.SeminarsOf(person) {
		if y.ID != except && t.changed[y.ID] == nil && !t.gone[y.ID] {
			list = append(list, &y.Seminar)
		}
	}
	for _, y := range t.inOrder {
		if y.ID != except && (slices.Contains(y.Attendees, person) || slices.Contains(y.Leaders, person)) {
			list = append(list, y)
		}
	}
	return list
}

// free asks H3 of one person.
func (t *Trial) free(x *Seminar, who *Person, start, end time.Time) {
	if t.s.Roster.ClosedAt(who.Closed, who.Calendar, start, end) {
		t.says("edit.away", "%s is away at this time", PersonID(who.ID))
	}
	for _, y := range t.of(who.ID, x.ID) {
		if from, to := t.s.Roster.Span(y); from.Before(end) && start.Before(to) {
			t.says("edit.busy", "%s is in seminar %s at this time", PersonID(who.ID), SeminarID(y.ID))
		}
	}
}

// attendee asks H3, H4, H10, H11 and, of a leader in training, H5.
func (t *Trial) attendee(x *Seminar, person string, start, end time.Time) {
	r := t.s.Roster
	who := r.People[person]
	if who == nil {
		return
	}
	t.free(x, who, start, end)
	if w := r.Waves[r.Units[who.Unit].Wave]; w != nil && (start.Before(w.From) || end.After(w.To)) {
		t.says("edit.outside-wave", "the time is outside the wave of %s", UnitID(who.Unit))
	}
	if who.MaxTravel != nil && r.TravelMinutes(who.Unit, x.Venue) > *who.MaxTravel {
		t.says("edit.too-far", "%s would travel too far", PersonID(person))
	}
	t.order(x, who, start, end)
	for _, y := range t.of(person, x.ID) {
		if from, _ := r.Span(y); y.Module == x.Module && slices.Contains(y.Leaders, person) && !t.prepared(who, start, from) {
			t.says("edit.leads-sooner", "%s leads seminar %s before having had time to prepare", PersonID(person), SeminarID(y.ID))
		}
	}
}

// order asks H4: the tier's order, and the days between.
func (t *Trial) order(x *Seminar, who *Person, start, end time.Time) {
	r := t.s.Roster
	tier := r.Tiers[x.Tier]
	rank := slices.Index(tier.Modules, x.Module)
	near := func(module string, other time.Time) {
		days := CalendarDays(other, start, r.Zone)
		k := slices.Index(tier.Modules, module)
		switch {
		case max(days, -days) < tier.GapDays:
			t.says("edit.gap", "%s would have fewer than %d days between two modules", PersonID(who.ID), tier.GapDays)
		case tier.Order != Free && k >= 0 && (k < rank) != other.Before(start):
			t.says("edit.order", "%s would attend the modules in the wrong order", PersonID(who.ID))
		}
	}
	for _, y := range t.of(who.ID, x.ID) {
		if y.Tier == who.Tier && slices.Contains(y.Attendees, who.ID) {
			if from, to := r.Span(y); !from.Before(end) || !start.Before(to) { // who is busy is told so already
				near(y.Module, from)
			}
		}
	}
	for _, d := range who.Done {
		near(d.Module, d.Start)
	}
}

func (t *Trial) prepared(who *Person, attended, leads time.Time) bool {
	prep := 0
	if tier := t.s.Roster.Tiers[who.Tier]; tier != nil {
		prep = tier.PrepDays
	}
	return attended.Before(leads) && CalendarDays(attended, leads, t.s.Roster.Zone) >= prep
}

// units asks H9 of every unit that somebody in the seminar comes from.
func (t *Trial) units(x *Seminar, start, end time.Time) {
	r := t.s.Roster
	asked := map[string]bool{}
	for _, p := range slices.Concat(x.Attendees, x.Leaders) {
		who := r.People[p]
		if who == nil || asked[who.Unit] {
			continue
		}
		asked[who.Unit] = true
		if unit := r.Units[who.Unit]; unit.MaxAway != nil && t.mostAway(unit.ID, start, end) > *unit.MaxAway {
			t.says("edit.unit-full", "%s can spare %d at a time", UnitID(unit.ID), *unit.MaxAway)
		}
	}
}

// mostAway is the most people of a unit who are away at one instant of a stretch.
func (t *Trial) mostAway(unit string, start, end time.Time) int {
	var stays []stay
	for _, x := range t.staysOf(unit) {
		if x.From.Before(end) && start.Before(x.To) && t.changed[x.seminar] == nil && !t.gone[x.seminar] {
			stays = append(stays, x)
		}
	}
	for _, y := range t.inOrder {
		if from, to := t.s.Roster.Span(y); from.Before(end) && start.Before(to) {
			for _, p := range slices.Concat(y.Attendees, y.Leaders) {
				if who := t.s.Roster.People[p]; who != nil && who.Unit == unit {
					stays = append(stays, stay{Interval{from, to}, p, y.ID})
				}
			}
		}
	}
	slices.SortStableFunc(stays, func(a, b stay) int { return strings.Compare(a.who, b.who) })
	most := 0
	for _, a := range stays {
		at, n, last := a.From, 0, ""
		if at.Before(start) {
			at = start
		}
		for _, b := range stays {
			if !b.From.After(at) && at.Before(b.To) && b.who != last { // in two places at once is one person away
				n, last = n+1, b.who
			}
		}
		most = max(most, n)
	}
	return most
}

// stay is a time that somebody of a unit is in a seminar.
type stay struct {
	Interval
	who     string // person
	seminar string
}

// staysOf lists the stays of a unit's people in what is published.
func (t *Trial) staysOf(unit string) []stay {
	list, known := t.stays[unit]
	if !known {
		for _, p := range t.byUnit[unit] {
			for _, y := range t.s.SeminarsOf(p) {
				from, to := t.s.Roster.Span(&y.Seminar)
				list = append(list, stay{Interval{from, to}, p, y.ID})
			}
		}
		t.stays[unit] = list
	}
	return list
}
