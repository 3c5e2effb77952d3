package model

import "slices"

// PauseWave keeps what is not published of a wave from being planned and
// published until ResumeWave. What is published stays.
type PauseWave struct{ Wave string }

func (c PauseWave) decide(s *State, by Actor) (Decision, error) {
	r, _, err := s.rolloutWith(c.Wave)
	if err != nil {
		return Decision{}, err
	}
	if s.IsPaused(c.Wave) {
		return Decision{}, Errorf(Conflict, "waves.paused-already", "this wave is paused already")
	}
	r.Paused = append(r.Paused, c.Wave)
	return s.setWaves(by, r, WavePaused, c.Wave)
}

// ResumeWave ends a pause.
type ResumeWave struct{ Wave string }

func (c ResumeWave) decide(s *State, by Actor) (Decision, error) {
	r, _, err := s.rolloutWith(c.Wave)
	if err != nil {
		return Decision{}, err
	}
	if !s.IsPaused(c.Wave) {
		return Decision{}, Errorf(Conflict, "waves.not-paused", "this wave is not paused")
	}
	r.Paused = slices.DeleteFunc(r.Paused, func(id string) bool { return id == c.Wave })
	return s.setWaves(by, r, WaveResumed, c.Wave)
}

// IsPaused tells whether a wave is paused.
func (s *State) IsPaused(wave string) bool { return slices.Contains(s.Paused, wave) }

// pausePlanning keeps a planning problem from touching paused waves: their
// people need no more than what is published, which is kept exactly, and lead
// only what they have been trained in by it.
func (s *State) pausePlanning(p *Problem) {
	if len(s.Paused) == 0 {
		return
	}
	p.People = slices.Clone(p.People)
	for i := range p.People {
		x := &p.People[i]
		if x.Tier == "" || !s.IsPaused(s.Roster.Units[x.Unit].Wave) {
			continue
		}
		needs := s.Roster.Needs(x)
		told := func(module string) bool { return s.attends(x, module) != nil }
		x.Needs = []string{}
		for _, m := range needs {
			if told(m) {
				x.Needs = append(x.Needs, m)
			}
		}
		if x.Leads != nil {
			leads := *x.Leads
			leads.Modules = slices.DeleteFunc(slices.Clone(leads.Modules), func(m string) bool { return slices.Contains(needs, m) && !told(m) })
			x.Leads = &leads
		}
	}
	fixed := map[string]bool{}
	for _, x := range p.Fixed {
		fixed[x.ID] = true
	}
	if p.Published == nil {
		return
	}
	for _, x := range p.Published.Seminars {
		if s.IsPaused(s.Seminars[x.ID].Wave) && !fixed[x.ID] {
			p.Fixed = append(slices.Clip(p.Fixed), x)
		}
	}
}
