package model

import (
	"slices"
	"time"
)

// Roster is a Problem with its lists looked up by id: who takes part, where,
// and under which settings. It is never written after NewRoster.
type Roster struct {
	Ref     string // of the blob it came from
	Problem *Problem
	Zone    *time.Location

	Tiers     map[string]*Tier
	Modules   map[string]*Module
	Waves     map[string]*Wave
	Slots     map[string]*Slot
	Venues    map[string]*Venue
	Units     map[string]*Unit
	People    map[string]*Person
	Calendars map[string]*Calendar

	matrix map[[2]string]int
	needs  int
}

// NewRoster indexes a valid problem.
func NewRoster(p *Problem, ref string) *Roster {
	zone, err := time.LoadLocation(p.Programme.Timezone)
	if err != nil {
		zone = time.UTC // a valid problem names a zone that loads
	}
	r := &Roster{
		Ref: ref, Problem: p, Zone: zone,
		Tiers: byID(p.Tiers, func(x *Tier) string { return x.ID }), Modules: byID(p.Modules, func(x *Module) string { return x.ID }),
		Waves: byID(p.Waves, func(x *Wave) string { return x.ID }), Slots: byID(p.Slots, func(x *Slot) string { return x.ID }),
		Venues: byID(p.Venues, func(x *Venue) string { return x.ID }), Units: byID(p.Units, func(x *Unit) string { return x.ID }),
		People: byID(p.People, func(x *Person) string { return x.ID }), Calendars: byID(p.Calendars, func(x *Calendar) string { return x.ID }),
		matrix: map[[2]string]int{},
	}
	if m := p.Matrix; m != nil {
		for i, u := range m.Units {
			for j, v := range m.Venues {
				r.matrix[[2]string{u, v}] = m.Minutes[i][j]
			}
		}
	}
	for i := range p.People {
		r.needs += len(r.Needs(&p.People[i]))
	}
	return r
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		m[id(&list[i])] = &list[i]
	}
	return m
}

// Needs lists the modules a person must still attend by the roster.
func (r *Roster) Needs(x *Person) []string { return r.Problem.NeedsOf(x, r.Tiers[x.Tier]) }

// NeedCount is the number of needs of everyone.
func (r *Roster) NeedCount() int { return r.needs }

// LeadersPerSeminar is how many lead one seminar of a tier.
func (r *Roster) LeadersPerSeminar(tier string) int {
	if t := r.Tiers[tier]; t != nil && t.LeadersPerSeminar > 0 {
		return t.LeadersPerSeminar
	}
	return 1
}

// SeatsIn is how many may attend a seminar: as many as its tier seats and its
// venue holds. 0 when the roster has lost either.
func (r *Roster) SeatsIn(s *Seminar) int {
	tier, venue := r.Tiers[s.Tier], r.Venues[s.Venue]
	if tier == nil || venue == nil {
		return 0
	}
	return min(tier.Seats.Max, venue.Capacity)
}

// TravelMinutes is the one-way travel from a unit to a venue, contract 2.1.
func (r *Roster) TravelMinutes(unit, venue string) int {
	u, v := r.Units[unit], r.Venues[venue]
	if u == nil || v == nil || v.Online {
		return 0
	}
	if minutes, ok := r.matrix[[2]string{unit, venue}]; ok {
		return minutes
	}
	return r.Problem.Programme.Travel.Minutes(u.Lat, u.Lon, v.Lat, v.Lon)
}

// betweenVenues is the travel time from one venue to another.
func (r *Roster) betweenVenues(from, to string) int {
	a, b := r.Venues[from], r.Venues[to]
	if a == nil || b == nil || a.Online || b.Online {
		return 0
	}
	return r.Problem.Programme.Travel.Minutes(a.Lat, a.Lon, b.Lat, b.Lon)
}

// VenueAreas is, by venue, the area of the unit nearest to it as the crow flies,
// the earlier listed of equals; "" where there are no units.
func (r *Roster) VenueAreas() map[string]string {
	found := map[string]string{}
	for i := range r.Problem.Venues {
		v := &r.Problem.Venues[i]
		best := -1.0
		for j := range r.Problem.Units {
			u := &r.Problem.Units[j]
			if km := Kilometres(u.Lat, u.Lon, v.Lat, v.Lon); best < 0 || km < best {
				best, found[v.ID] = km, u.Area
			}
		}
	}
	return found
}

// WaveOf is the wave of a seminar: the one most of its attendees' units belong
// to, the earlier listed of equals; "" when none of them has a wave.
func (r *Roster) WaveOf(s *Seminar) string {
	count := map[string]int{}
	for _, p := range s.Attendees {
		if x := r.People[p]; x != nil {
			count[r.Units[x.Unit].Wave]++
		}
	}
	best := ""
	for _, w := range r.Problem.Waves {
		if count[w.ID] > 0 && count[w.ID] > count[best] {
			best = w.ID
		}
	}
	if best == "" || count[""] > count[best] {
		return ""
	}
	return best
}

// Span is when a seminar starts and ends.
func (r *Roster) Span(s *Seminar) (start, end time.Time) {
	if slot := r.Slots[s.Slot]; slot != nil {
		return slot.Start, slot.End
	}
	return time.Time{}, time.Time{}
}

// index rebuilds the look-ups a State carries beside its facts.
func (s *State) index() {
	s.byPerson = map[string][]*PublishedSeminar{}
	if s.Roster == nil {
		return
	}
	for _, x := range s.SeminarsByTime() {
		if x.Cancelled {
			continue
		}
		for _, list := range [][]string{x.Attendees, x.Leaders} {
			for _, p := range list {
				s.byPerson[p] = append(s.byPerson[p], x)
			}
		}
	}
}

// SeminarsByTime lists every seminar ever published, cancelled ones included, by start and id.
func (s *State) SeminarsByTime() []*PublishedSeminar {
	list := make([]*PublishedSeminar, 0, len(s.Seminars))
	for _, id := range sortedKeys(s.Seminars) {
		list = append(list, s.Seminars[id])
	}
	slices.SortStableFunc(list, func(a, b *PublishedSeminar) int {
		sa, _ := s.Roster.Span(&a.Seminar)
		sb, _ := s.Roster.Span(&b.Seminar)
		return sa.Compare(sb)
	})
	return list
}

// SeminarsOf lists the seminars a person attends or leads, by start.
func (s *State) SeminarsOf(person string) []*PublishedSeminar { return s.byPerson[person] }

// PublishedPlan is what people have been told, as a plan: every seminar that
// is not cancelled, by time. Nil when nothing is published.
func (s *State) PublishedPlan() *Plan {
	if s.Roster == nil || len(s.Seminars) == 0 {
		return nil
	}
	plan := &Plan{Format: PlanFormat, Problem: s.Roster.Problem.Programme.ID, Seminars: []Seminar{}, Unmet: []Unmet{}}
	for _, x := range s.SeminarsByTime() {
		if !x.Cancelled {
			plan.Seminars = append(plan.Seminars, x.Seminar)
		}
	}
	return plan
}

// PlanningProblem is what the planner is asked next: the roster, with what is
// published as reference, nothing that starts before frozen to be touched.
func (s *State) PlanningProblem(frozen time.Time) *Problem {
	p := *s.Roster.Problem
	p.Published = s.PublishedPlan()
	p.People = s.withRefusals(p.People)
	if p.Published != nil && frozen.After(p.Programme.FrozenUntil) {
		p.Programme.FrozenUntil = frozen.Truncate(time.Minute)
	}
	if s.DraftCurrent() {
		p.Fixed = s.heldSeminars()
	}
	s.settleLeavers(&p)
	s.pausePlanning(&p)
	return &p
}
