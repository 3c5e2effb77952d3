package web

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/rollout"
	"kaskad/ui"
)

// proposeWaves shows waves as the planner of waves would make them, beside
// those of today. Nothing is kept until they are adopted.
func (s *Server) proposeWaves(v *visit) error {
	page, err := once(s, v, func() (ui.WavesPropose, error) {
		page, _, err := s.proposal(v)
		return page, err
	})
	if err != nil {
		return err
	}
	if page.Error != "" && v.Query("waves") != "" { // what was asked for, not what is offered at first
		v.Status(fiber.StatusUnprocessableEntity)
	}
	return s.show(v, page)
}

// adoptWaves makes the proposal that the page showed the programme's waves: the
// same settings on the same State give the same proposal.
func (s *Server) adoptWaves(v *visit) error {
	page, command, err := s.proposal(v)
	if err != nil {
		return err
	}
	var refused *model.Error
	switch {
	case v.FormValue("revision") != s.waveRevision(v):
		refused = model.Errorf(model.Conflict, "waves.changed-since", "something has changed since you opened this page; look at it once more")
	case command == nil:
		v.Status(fiber.StatusUnprocessableEntity)
		return s.show(v, page)
	default:
		if _, err = s.Programme.Do(v.UserContext(), v.user.Actor(), *command); err != nil && !errors.As(err, &refused) {
			return err
		}
	}
	if refused != nil {
		page.Error, _ = s.sentence(v, refused)
		v.Status(fiber.StatusConflict)
		return s.show(v, page)
	}
	return s.back(v, "/waves", ui.Success, s.text(v, "waves.done.adopt", "n", len(command.Waves)))
}

// proposal reads the settings and has waves proposed. The page's Error says why
// there are none.
func (s *Server) proposal(v *visit) (ui.WavesPropose, *model.AdoptWaves, error) {
	problem := *v.state.Roster.Problem
	problem.Published = v.state.PublishedPlan()
	was := rollout.Measure(&problem, 0)
	kept := rollout.Kept(&problem)
	settings, page := s.proposeSettings(v, was, len(kept))
	if page.Error != "" {
		return page, nil, nil
	}
	made, err := rollout.Propose(&problem, settings)
	var refused *model.Error
	switch {
	case errors.As(err, &refused):
		page.Error, _ = s.sentence(v, refused)
		return page, nil, nil
	case err != nil:
		return page, nil, err
	}
	s.nameWaves(v, made)
	command := &model.AdoptWaves{Waves: made.Waves, Units: made.Units}
	after, err := s.tried(v, *command)
	switch {
	case errors.As(err, &refused) && refused.Key == "waves.no-change":
		page.Same, after, command = true, v.state, nil
	case errors.As(err, &refused):
		page.Error, _ = s.sentence(v, refused)
		return page, nil, nil
	case err != nil:
		return page, nil, err
	}
	page.Board = s.waveBoard(v, after, made.Figures)
	page.Board.Still = true
	page.Cost = s.waveCost(v, v.state, after, rollout.Measure(&problem, settings.MaxLoad), made.Figures)
	for _, w := range v.state.Roster.Problem.Waves {
		if kept[w.ID] {
			page.Kept = append(page.Kept, s.waveName(v, v.state, w.ID))
		}
	}
	page.Why = s.orderOf(v, made, len(kept))
	page.Revision = s.waveRevision(v)
	return page, command, nil
}

// orderOf says why the new waves come in the order they do.
func (s *Server) orderOf(v *visit, made *rollout.Proposal, kept int) []string {
	var list []string
	for i, w := range made.Waves[kept:] {
		switch figures := made.Figures.Wave(w.ID); {
		case i > 0:
			list = append(list, s.text(v, "propose.why.near", "wave", w.Name, "a", made.Waves[kept+i-1].Name))
		case figures.Ready > 0:
			list = append(list, s.text(v, "propose.why.ready", "wave", w.Name, "n", figures.Ready, "a", figures.Leaders))
		default:
			list = append(list, s.text(v, "propose.why.leaders", "wave", w.Name))
		}
	}
	return list
}

// proposeSettings reads the form, or fills it with what suits the programme:
// as many waves as today, those that can be divided anew over the open weeks that are left.
func (s *Server) proposeSettings(v *visit, was *rollout.Figures, kept int) (rollout.Settings, ui.WavesPropose) {
	zone, now := v.state.Roster.Zone, s.Programme.Now()
	first, open := now, 0
	for _, w := range was.Weeks {
		if w.Slots > 0 && w.Monday.AddDate(0, 0, 7).After(now) {
			if open == 0 && w.Monday.After(now) {
				first = w.Monday
			}
			open++
		}
	}
	waves := min(max(1, len(v.state.Roster.Problem.Waves)), rollout.MaxWaves)
	each := max(1, open/max(1, waves-kept))
	page := ui.WavesPropose{Waves: waves, Weeks: each, Apart: each, First: day(first, zone)}
	for _, field := range []struct {
		name, refuse string
		into         *int
		empty        bool
	}{{"waves", "rollout.waves", &page.Waves, false}, {"weeks", "rollout.weeks", &page.Weeks, false},
		{"apart", "rollout.weeks", &page.Apart, false}, {"limit", "rollout.limit", &page.Limit, true}} {
		text := v.FormValue(field.name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 100_000 || n == 0 && !field.empty {
			page.Error = s.text(v, field.refuse, "a", rollout.MaxWaves)
			continue
		}
		*field.into = n
	}
	if text := v.FormValue("first"); text != "" {
		page.First = text
		var err error
		if first, err = time.ParseInLocation(time.DateOnly, text, zone); err != nil {
			page.Error = s.text(v, "rollout.date")
		}
	}
	page.Hidden = []ui.SentField{{Name: "waves", Value: itoa(page.Waves)}, {Name: "first", Value: page.First}, {Name: "weeks", Value: itoa(page.Weeks)},
		{Name: "apart", Value: itoa(page.Apart)}, {Name: "limit", Value: itoa(page.Limit)}}
	return rollout.Settings{Waves: page.Waves, First: first, Weeks: page.Weeks, Apart: page.Apart, MaxLoad: page.Limit}, page
}

// nameWaves calls new waves after their largest area.
func (s *Server) nameWaves(v *visit, made *rollout.Proposal) {
	for i := range made.Waves {
		w := &made.Waves[i]
		figures := made.Figures.Wave(w.ID)
		if w.Name != "" || len(figures.Areas) == 0 {
			continue
		}
		largest := slices.MaxFunc(figures.Areas, func(a, b rollout.Area) int { return a.Staff - b.Staff })
		if len(figures.Areas) == 1 {
			w.Name = s.text(v, "propose.wave-alone", "a", i+1, "b", s.areaName(largest.Code))
		} else {
			w.Name = s.text(v, "propose.wave-name", "a", i+1, "b", s.areaName(largest.Code))
		}
	}
}
