// Package rollout plans waves: which areas of a programme start when, and what
// that asks of leaders and rooms week by week. It works on sums, in a few
// milliseconds, so that a choice can be looked at before anybody plans a
// seminar; who meets whom is for package scheduler.
//
// The three names to know are Measure, which counts what the waves of a
// problem ask for, Propose, which makes waves, and Figures, which both return.
//
// All figures are estimates of the same simple kind: people divided by seats,
// spread over the weeks in which leaders are ready. The same problem and
// settings give the same answer; the package reads no clock and no chance.
package rollout

import (
	"time"

	"kaskad/model"
)

// Settings are what a coordinator chooses before waves are proposed. A week
// counts when seminars may run in it: breaks and holidays are stepped over.
type Settings struct {
	Waves int       // how many, 1 to MaxWaves
	First time.Time // the first wave starts in this week, or in the first open one after it
	Weeks int       // open weeks in a wave, at least 1
	Apart int       // open weeks from the start of one wave to that of the next, at least 1
	// MaxLoad bounds the seminars of the last tier in one week of the whole programme; 0: no bound.
	MaxLoad int
}

// MaxWaves bounds Settings.Waves.
const MaxWaves = 12

// Proposal is waves for a programme: model.AdoptWaves takes them.
type Proposal struct {
	Waves   []model.Wave      // those kept first, then the new ones by start
	Units   map[string]string // unit → wave, for every unit whose people need something
	Figures *Figures          // what they ask for
}

// Propose divides the areas into waves. What is published stays: a wave with
// published seminars keeps its areas and dates, and the others are made anew;
// settings.Waves counts both.
//
// Areas near each other go together, waves are large in proportion to their
// weeks, and no wave asks more of its leaders and rooms than they can give, if
// that can be had. The part whose leaders are readiest starts, then always the
// nearest that is left, so that ready leaders are at hand.
//
// An *model.Error when the settings cannot be met: too many waves for the
// areas, or too few weeks in the calendar.
func Propose(p *model.Problem, s Settings) (*Proposal, error) {
	w := read(p)
	kept := w.keepPublished()
	fresh := s.Waves - len(kept)
	if err := w.possible(s, fresh); err != nil {
		return nil, err
	}
	periods, err := w.periods(s, fresh)
	if err != nil {
		return nil, err
	}
	groups := w.divide(w.loose(kept), periods, s)
	return w.proposal(kept, groups, periods, s), nil
}

func (w *world) possible(s Settings, fresh int) error {
	loose := len(w.loose(w.keepPublished()))
	switch {
	case s.Waves < 1 || s.Waves > MaxWaves:
		return model.Errorf(model.Invalid, "rollout.waves", "the number of waves is from 1 to %d", MaxWaves)
	case s.Weeks < 1 || s.Apart < 1:
		return model.Errorf(model.Invalid, "rollout.weeks", "a wave takes at least one week, and so do two starts")
	case s.MaxLoad < 0:
		return model.Errorf(model.Invalid, "rollout.limit", "the most seminars in a week is a number from 0")
	case loose == 0:
		return model.Errorf(model.Infeasible, "rollout.all-published", "every area is in a wave with published seminars; there is nothing left to divide")
	case fresh < 1:
		return model.Errorf(model.Infeasible, "rollout.kept", "%d waves have published seminars and stay; choose at least one more", s.Waves-fresh)
	case fresh > loose:
		return model.Errorf(model.Infeasible, "rollout.few-areas", "there are %d areas to divide, fewer than the %d waves", loose, fresh)
	}
	return nil
}

// periods are the dates of the new waves.
func (w *world) periods(s Settings, n int) ([]period, error) {
	var open []int
	for i, week := range w.weeks {
		if week.Slots > 0 && !week.Monday.AddDate(0, 0, 7).Before(s.First) {
			open = append(open, i)
		}
	}
	if len(open) > 0 && !w.weeks[open[0]].Monday.AddDate(0, 0, 7).After(s.First) {
		open = open[1:]
	}
	least := (n-1)*s.Apart + s.Weeks
	if len(open) < least {
		return nil, model.Errorf(model.Infeasible, "rollout.short",
			"these waves need %d weeks with seminars, and the calendar has %d from the first week on", least, len(open))
	}
	list := make([]period, n)
	for i := range list {
		first, last := open[i*s.Apart], open[i*s.Apart+s.Weeks-1]
		list[i] = w.period(w.weeks[first].Monday, w.weeks[last].Monday.AddDate(0, 0, 7))
	}
	return list, nil
}

// proposal writes down what was decided.
func (w *world) proposal(kept map[string]bool, groups [][]*cell, periods []period, s Settings) *Proposal {
	made := &Proposal{Units: map[string]string{}}
	taken := map[string]bool{}
	for _, wave := range w.p.Waves {
		if kept[wave.ID] {
			made.Waves = append(made.Waves, wave)
			taken[wave.ID] = true
		}
	}
	for _, c := range w.cells {
		if kept[c.wave] {
			for _, u := range c.units {
				made.Units[u] = c.wave
			}
		}
	}
	for i, group := range groups {
		wave := model.Wave{ID: model.FreshWaveID(taken), From: periods[i].from, To: periods[i].to}
		taken[wave.ID] = true
		made.Waves = append(made.Waves, wave)
		for _, c := range group {
			for _, u := range c.units {
				made.Units[u] = wave.ID
			}
		}
	}
	made.Figures = Measure(WithWaves(w.p, made.Waves, made.Units), s.MaxLoad)
	return made
}

// WithWaves is a problem with other waves; a unit that is not named has none.
func WithWaves(p *model.Problem, waves []model.Wave, units map[string]string) *model.Problem {
	changed := *p
	changed.Waves = waves
	changed.Units = make([]model.Unit, len(p.Units))
	copy(changed.Units, p.Units)
	for i := range changed.Units {
		changed.Units[i].Wave = units[changed.Units[i].ID]
	}
	return &changed
}
