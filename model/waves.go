package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Rollout is how a programme is divided into waves.
type Rollout struct {
	Waves []Wave            `json:"waves"`
	Units map[string]string `json:"units"` // unit → wave; a unit that is not named has none
}

// WaveChange says what was done to the waves.
type WaveChange string

const (
	WavesAdopted WaveChange = "adopted" // all of them were set at once
	WaveEdited   WaveChange = "edited"  // name or dates
	WaveMoved    WaveChange = "moved"   // an area went to another wave
	WaveSplit    WaveChange = "split"
	WavesMerged  WaveChange = "merged"
	WavePaused   WaveChange = "paused"
	WaveResumed  WaveChange = "resumed"
)

// WavesSet replaces the programme's waves. A paused wave's seminars that nobody
// has been told of are neither planned nor published.
type WavesSet struct {
	Change string     `json:"change"` // Ref of an Amendment with a Rollout
	Paused []string   `json:"paused,omitempty"`
	Kind   WaveChange `json:"kind"`
	Wave   string     `json:"wave,omitempty"` // the wave it was about
}

func (WavesSet) eventType() string { return "waves.set" }

// Same tells whether two waves have the same id, name and dates.
func (w Wave) Same(x Wave) bool {
	return w.ID == x.ID && w.Name == x.Name && w.From.Equal(x.From) && w.To.Equal(x.To)
}

// AdoptWaves replaces all waves. Units that are not named have no wave from then
// on; a paused wave stays so if it is among the new ones just as it was.
type AdoptWaves struct {
	Waves []Wave
	Units map[string]string // unit → wave
}

func (c AdoptWaves) decide(s *State, by Actor) (Decision, error) {
	r := rollout{Rollout: Rollout{Waves: c.Waves, Units: c.Units}}
	for _, id := range s.Paused {
		if w := s.Roster.Waves[id]; w != nil && slices.ContainsFunc(c.Waves, w.Same) {
			r.Paused = append(r.Paused, id)
		}
	}
	return s.setWaves(by, r, WavesAdopted, "")
}

// EditWave gives a wave another name and other dates: people of its units
// attend in [From, To). Refused when a published seminar would lie outside.
type EditWave struct {
	Wave, Name string
	From, To   time.Time
}

func (c EditWave) decide(s *State, by Actor) (Decision, error) {
	r, w, err := s.rolloutWith(c.Wave)
	if err != nil {
		return Decision{}, err
	}
	w.Name, w.From, w.To = strings.TrimSpace(c.Name), c.From, c.To
	return s.setWaves(by, r, WaveEdited, c.Wave)
}

// MoveArea takes an area's units from one wave to another. From "" moves those
// that have no wave. Units where nobody is to be trained stay.
type MoveArea struct{ Area, From, To string }

func (c MoveArea) decide(s *State, by Actor) (Decision, error) {
	r, _, err := s.rolloutWith(c.To)
	if err != nil {
		return Decision{}, err
	}
	if c.From == c.To {
		return Decision{}, Errorf(Conflict, "waves.same", "the area is in this wave already; choose another")
	}
	units := s.unitsIn(c.From, c.Area)
	if len(units) == 0 {
		return Decision{}, Errorf(NotFound, "waves.no-area", "no unit of the area %s is in that wave any more", c.Area)
	}
	for _, u := range units {
		r.Units[u] = c.To
	}
	return s.setWaves(by, r, WaveMoved, c.To)
}

// SplitWave takes some areas out of a wave into a new one, listed after it.
type SplitWave struct {
	Wave     string
	Areas    []string
	Name     string // of the new wave
	From, To time.Time
}

func (c SplitWave) decide(s *State, by Actor) (Decision, error) {
	r, _, err := s.rolloutWith(c.Wave)
	if err != nil {
		return Decision{}, err
	}
	taken := map[string]bool{}
	for _, w := range r.Waves {
		taken[w.ID] = true
	}
	fresh := Wave{ID: FreshWaveID(taken), Name: strings.TrimSpace(c.Name), From: c.From, To: c.To}
	out, left := 0, 0
	for u, w := range r.Units {
		switch {
		case w != c.Wave:
		case slices.Contains(c.Areas, s.Roster.Units[u].Area):
			r.Units[u] = fresh.ID
			out++
		default:
			left++
		}
	}
	if out == 0 || left == 0 {
		return Decision{}, Errorf(Invalid, "waves.split", "choose at least one area to take out, and leave at least one")
	}
	at := slices.IndexFunc(r.Waves, func(w Wave) bool { return w.ID == c.Wave })
	r.Waves = slices.Insert(r.Waves, at+1, fresh)
	if slices.Contains(r.Paused, c.Wave) {
		r.Paused = append(r.Paused, fresh.ID)
	}
	return s.setWaves(by, r, WaveSplit, c.Wave)
}

// MergeWaves makes one wave of two: Into takes Wave's units, and its dates grow to hold both.
type MergeWaves struct{ Wave, Into string }

func (c MergeWaves) decide(s *State, by Actor) (Decision, error) {
	r, into, err := s.rolloutWith(c.Into)
	if err != nil {
		return Decision{}, err
	}
	gone := s.Roster.Waves[c.Wave]
	switch {
	case gone == nil:
		return Decision{}, Errorf(NotFound, "error.no-wave", "there is no wave %s", c.Wave)
	case c.Wave == c.Into:
		return Decision{}, Errorf(Invalid, "waves.merge-itself", "choose another wave to merge with")
	case s.IsPaused(c.Wave) != s.IsPaused(c.Into):
		return Decision{}, Errorf(Conflict, "waves.merge-paused", "one of the waves is paused and the other is not; resume it first")
	}
	if gone.From.Before(into.From) {
		into.From = gone.From
	}
	if gone.To.After(into.To) {
		into.To = gone.To
	}
	for u, w := range r.Units {
		if w == c.Wave {
			r.Units[u] = c.Into
		}
	}
	r.Waves = slices.DeleteFunc(r.Waves, func(w Wave) bool { return w.ID == c.Wave })
	r.Paused = slices.DeleteFunc(r.Paused, func(id string) bool { return id == c.Wave })
	return s.setWaves(by, r, WavesMerged, c.Into)
}

// FreshWaveID is an id that no wave has yet: w1, w2 and so on.
func FreshWaveID(taken map[string]bool) string {
	for i := 1; ; i++ {
		if id := fmt.Sprintf("w%d", i); !taken[id] {
			return id
		}
	}
}

// DraftBeforeWaves tells whether the waves have been changed since the draft was made.
func (s *State) DraftBeforeWaves() bool { return s.Draft != nil && s.Draft.Base < s.WavesChanged }

// rollout is a Rollout in the making, with the waves that are paused.
type rollout struct {
	Rollout
	Paused []string
}

// rolloutWith is the present rollout, free to change, and a wave of it.
func (s *State) rolloutWith(wave string) (rollout, *Wave, error) {
	p := s.Roster.Problem
	r := rollout{Rollout{Waves: slices.Clone(p.Waves), Units: map[string]string{}}, slices.Clone(s.Paused)}
	for i := range p.Units {
		if w := p.Units[i].Wave; w != "" {
			r.Units[p.Units[i].ID] = w
		}
	}
	if at := slices.IndexFunc(r.Waves, func(w Wave) bool { return w.ID == wave }); at >= 0 {
		return r, &r.Waves[at], nil
	}
	return rollout{}, nil, Errorf(NotFound, "error.no-wave", "there is no wave %s", wave)
}

// unitsIn are the units of a wave in an area where somebody is to be trained.
func (s *State) unitsIn(wave, area string) []string {
	inTraining := map[string]bool{}
	for i := range s.Roster.Problem.People {
		if x := &s.Roster.Problem.People[i]; x.Tier != "" {
			inTraining[x.Unit] = true
		}
	}
	var list []string
	for i := range s.Roster.Problem.Units {
		if u := &s.Roster.Problem.Units[i]; u.Wave == wave && u.Area == area && inTraining[u.ID] {
			list = append(list, u.ID)
		}
	}
	return list
}

// setWaves checks a rollout and makes it an event.
func (s *State) setWaves(by Actor, r rollout, kind WaveChange, wave string) (Decision, error) {
	if err := by.mustCoordinate(); err != nil {
		return Decision{}, err
	}
	if err := s.canSet(&r.Rollout); err != nil {
		return Decision{}, err
	}
	slices.Sort(r.Paused)
	if slices.EqualFunc(r.Waves, s.Roster.Problem.Waves, Wave.Same) && r.keepsUnits(s.Roster.Problem) && slices.Equal(r.Paused, s.Paused) {
		return Decision{}, Errorf(Conflict, "waves.no-change", "the waves are like that already")
	}
	return withBlob(func(ref string) Event { return WavesSet{Change: ref, Paused: r.Paused, Kind: kind, Wave: wave} }, Amendment{Rollout: &r.Rollout})
}

const longestWaveName = 100

func (s *State) canSet(r *Rollout) error {
	known := map[string]bool{}
	for _, w := range r.Waves {
		switch {
		case w.ID == "" || known[w.ID]:
			return Errorf(Invalid, "waves.ids", "every wave needs an id of its own")
		case utf8.RuneCountInString(w.Name) > longestWaveName || !utf8.ValidString(w.Name):
			return Errorf(Invalid, "waves.name", "a wave's name is at most %d letters long", longestWaveName)
		case !w.From.Before(w.To) || w.From.Year() < 2000 || w.To.Year() > 2999:
			return Errorf(Invalid, "waves.dates", "the last day of a wave must not come before its first")
		}
		known[w.ID] = true
	}
	for _, u := range sortedKeys(r.Units) {
		switch {
		case s.Roster.Units[u] == nil:
			return Errorf(NotFound, "error.no-unit", "there is no unit %s", u)
		case r.Units[u] != "" && !known[r.Units[u]]:
			return Errorf(NotFound, "error.no-wave", "there is no wave %s", r.Units[u])
		}
	}
	return s.publishedFits(r)
}

// publishedFits asks H10 of what is published: nobody may have a seat outside
// the dates of their wave. What was outside before does not stand in the way.
func (s *State) publishedFits(r *Rollout) error {
	after := NewRoster(withWaves(s.Roster.Problem, r), "")
	outside := func(roster *Roster, x *PublishedSeminar) bool {
		start, end := s.Roster.Span(&x.Seminar)
		return slices.ContainsFunc(x.Attendees, func(p string) bool {
			who := roster.People[p]
			if who == nil {
				return false
			}
			w := roster.Waves[roster.Units[who.Unit].Wave]
			return w != nil && (start.Before(w.From) || end.After(w.To))
		})
	}
	var first *PublishedSeminar
	count := 0
	for _, x := range s.SeminarsByTime() {
		if !x.Cancelled && outside(after, x) && !outside(s.Roster, x) {
			first = cmp.Or(first, x)
			count++
		}
	}
	if count == 0 {
		return nil
	}
	return Errorf(Infeasible, "waves.published",
		"%d published seminars would lie outside the dates of their wave, the first is %s; choose dates that hold them", count, SeminarID(first.ID))
}

// namesOnly tells whether a rollout gives waves other names at most, which no plan depends on.
func (r *Rollout) namesOnly(base *Problem) bool {
	same := func(a, b Wave) bool { return a.ID == b.ID && a.From.Equal(b.From) && a.To.Equal(b.To) }
	return slices.EqualFunc(r.Waves, base.Waves, same) && r.keepsUnits(base)
}

func (r *Rollout) keepsUnits(base *Problem) bool {
	return !slices.ContainsFunc(base.Units, func(u Unit) bool { return r.Units[u.ID] != u.Wave })
}

// withWaves is a problem with the waves of a rollout.
func withWaves(p *Problem, r *Rollout) *Problem {
	changed := *p
	changed.Waves, changed.Units = r.Waves, slices.Clone(p.Units)
	for i := range changed.Units {
		changed.Units[i].Wave = r.Units[changed.Units[i].ID]
	}
	return &changed
}

// takeWaves folds a change of waves. Published seminars go with their people
// to the wave most of them are in now.
func (s *State) takeWaves(e WavesSet, blobs Blobs) error {
	before := s.Amended
	if err := s.amendRoster(e.Change, blobs); err != nil {
		return err
	}
	if s.Amended != before || !slices.Equal(s.Paused, e.Paused) {
		s.Amended, s.WavesChanged = s.Seq, s.Seq
	}
	s.Paused = e.Paused
	s.Seminars = maps.Clone(s.Seminars)
	for id, x := range s.Seminars {
		if wave := s.Roster.WaveOf(&x.Seminar); wave != x.Wave {
			now := *x
			now.Wave = wave
			s.Seminars[id] = &now
		}
	}
	s.index()
	return nil
}
