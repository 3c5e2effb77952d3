package web

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/scheduler/rollout"
	"kaskad/ui"
)

// Ways to change a wave. Each is a page that shows what the change would bring
// before it is made, and a form that makes it.
func (s *Server) editWave(v *visit) error   { return s.lookAtChange(v, "edit") }
func (s *Server) moveArea(v *visit) error   { return s.lookAtChange(v, "move") }
func (s *Server) splitWave(v *visit) error  { return s.lookAtChange(v, "split") }
func (s *Server) mergeWaves(v *visit) error { return s.lookAtChange(v, "merge") }
func (s *Server) pauseWave(v *visit) error  { return s.lookAtChange(v, "pause") }
func (s *Server) resumeWave(v *visit) error { return s.lookAtChange(v, "resume") }

func (s *Server) doEditWave(v *visit) error   { return s.makeChange(v, "edit") }
func (s *Server) doMoveArea(v *visit) error   { return s.makeChange(v, "move") }
func (s *Server) doSplitWave(v *visit) error  { return s.makeChange(v, "split") }
func (s *Server) doMergeWaves(v *visit) error { return s.makeChange(v, "merge") }
func (s *Server) doPauseWave(v *visit) error  { return s.makeChange(v, "pause") }
func (s *Server) doResumeWave(v *visit) error { return s.makeChange(v, "resume") }

// waveChange is a form for changing waves, read and understood.
type waveChange struct {
	page    ui.WaveForm
	command model.Command // nil while the form is not filled in
}

// lookAtChange shows the form and, when it is filled in, what it would bring.
func (s *Server) lookAtChange(v *visit, kind string) error {
	c, err := s.readChange(v, kind)
	if err != nil {
		return err
	}
	if c.command != nil {
		if err := s.priceChange(v, &c); err != nil {
			return err
		}
	}
	return s.show(v, c.page)
}

// makeChange does what the page showed, and only that.
func (s *Server) makeChange(v *visit, kind string) error {
	c, err := s.readChange(v, kind)
	if err != nil {
		return err
	}
	if c.command == nil {
		return v.Redirect("/waves", fiber.StatusSeeOther)
	}
	var refused *model.Error
	if v.FormValue("revision") != s.waveRevision(v) {
		refused = model.Errorf(model.Conflict, "waves.changed-since", "something has changed since you opened this page; look at it once more")
	} else if _, err = s.Programme.Do(v.UserContext(), v.user.Actor(), c.command); err != nil && !errors.As(err, &refused) {
		return err
	}
	if refused == nil {
		return s.back(v, "/waves", ui.Success, s.text(v, "waves.done."+kind))
	}
	if err := s.priceChange(v, &c); err != nil {
		return err
	}
	c.page.Error, _ = s.sentence(v, refused)
	v.Status(fiber.StatusConflict)
	return s.show(v, c.page)
}

// waveRevision ties a form to what its page showed: the roster, the waves, what
// is published and the draft. Answers and addresses may come and go meanwhile.
func (s *Server) waveRevision(v *visit) string {
	draft := ""
	if d := v.state.Draft; d != nil {
		draft = d.Ref[:16]
	}
	return fmt.Sprintf("%s-%d-%d-%d-%d-%s", v.state.Roster.Ref[:16], v.state.Amended, v.state.WavesChanged, v.state.Changed, v.state.Issued, draft)
}

// priceChange works the change out on a copy of the State and compares.
func (s *Server) priceChange(v *visit, c *waveChange) error {
	after, err := s.tried(v, c.command)
	var refused *model.Error
	switch {
	case errors.As(err, &refused):
		c.page.Error, _ = s.sentence(v, refused)
		return nil
	case err != nil:
		return err
	}
	c.page.Cost = s.waveCost(v, v.state, after, s.load(v.state), rollout.Measure(after.Roster.Problem, 0))
	c.page.Revision = s.waveRevision(v)
	return nil
}

// tried is the State as a command would leave it.
func (s *Server) tried(v *visit, c model.Command) (*model.State, error) {
	decision, err := v.state.Decide(v.user.Actor(), c)
	if err != nil {
		return nil, err
	}
	return v.state.Apply(model.Entry{Seq: v.state.Seq + 1, At: s.Programme.Now().UnixMilli(), Events: decision.Events},
		func(ref string) ([]byte, error) { return decision.Blobs[ref], nil })
}

// readChange reads the form of one way of changing waves.
func (s *Server) readChange(v *visit, kind string) (waveChange, error) {
	id := v.wave()
	if kind == "move" {
		id = v.FormValue("from")
	}
	w := v.state.Roster.Waves[id]
	if w == nil && (kind != "move" || id != "") {
		return waveChange{}, model.Errorf(model.NotFound, "error.no-wave", "there is no wave %s", id)
	}
	c := waveChange{page: ui.WaveForm{Kind: kind, ID: id, Name: s.waveName(v, v.state, id), To: v.FormValue("to")}}
	if v.state.IsPaused(id) {
		c.page.State = ui.WavePaused
	}
	for i := range v.state.Roster.Problem.Waves {
		if x := &v.state.Roster.Problem.Waves[i]; x.ID != id {
			c.page.Others = append(c.page.Others, ui.Option{Value: x.ID, Label: s.waveName(v, v.state, x.ID)})
		} else {
			c.page.Number = i + 1
		}
	}
	c.hide("wave", id)
	switch kind {
	case "edit":
		s.readDates(v, &c, w)
	case "move":
		return c, s.readMove(v, &c)
	case "split":
		s.readSplit(v, &c, w)
	case "merge":
		if c.page.To != "" {
			c.command = model.MergeWaves{Wave: id, Into: c.page.To}
			c.hide("to", c.page.To)
		}
	case "pause":
		c.command = model.PauseWave{Wave: id}
	case "resume":
		c.command = model.ResumeWave{Wave: id}
	}
	return c, nil
}

func (c *waveChange) hide(name, value string) {
	c.page.Hidden = append(c.page.Hidden, ui.SentField{Name: name, Value: value})
}

func (s *Server) readMove(v *visit, c *waveChange) error {
	code := v.FormValue("area")
	if !slices.ContainsFunc(v.state.Roster.Problem.Units, func(u model.Unit) bool { return u.Area == code && u.Wave == c.page.ID }) {
		return model.Errorf(model.NotFound, "waves.no-area", "no unit of the area %s is in that wave any more", code)
	}
	c.page.Code, c.page.Area = code, s.areaName(code)
	if c.page.To != "" {
		c.command = model.MoveArea{Area: code, From: c.page.ID, To: c.page.To}
		c.hide("area", code)
		c.hide("from", c.page.ID)
		c.hide("to", c.page.To)
	}
	return nil
}

// readDates reads name and dates; a new start alone, as when a wave is dragged,
// keeps the wave as long as it was.
func (s *Server) readDates(v *visit, c *waveChange, w *model.Wave) {
	zone := v.state.Roster.Zone
	c.page.NewName, c.page.From, c.page.Until = w.Name, day(w.From, zone), day(w.To.Add(-time.Second), zone)
	sent := v.FormValue("look") != "" || v.Method() == fiber.MethodPost
	if start, err := time.ParseInLocation(time.DateOnly, v.FormValue("start"), zone); err == nil {
		length := model.CalendarDays(w.From, w.To.Add(-time.Second), zone)
		c.page.From, c.page.Until = day(start, zone), day(start.AddDate(0, 0, length), zone)
		sent = true
	} else if sent {
		c.page.NewName, c.page.From, c.page.Until = v.FormValue("name"), v.FormValue("from"), v.FormValue("until")
	}
	if !sent {
		return
	}
	from, to, ok := s.dates(v, c)
	if ok {
		c.command = model.EditWave{Wave: w.ID, Name: c.page.NewName, From: from, To: to}
		c.hideDates()
	}
}

func (c *waveChange) hideDates() {
	c.hide("name", c.page.NewName)
	c.hide("from", c.page.From)
	c.hide("until", c.page.Until)
}

// dates are the midnight a wave starts at and the one after its last day.
func (s *Server) dates(v *visit, c *waveChange) (from, to time.Time, ok bool) {
	from, errFrom := time.ParseInLocation(time.DateOnly, c.page.From, v.state.Roster.Zone)
	to, errTo := time.ParseInLocation(time.DateOnly, c.page.Until, v.state.Roster.Zone)
	if errFrom != nil || errTo != nil {
		c.page.Error = s.text(v, "waves.no-date")
		return from, to, false
	}
	return from, to.AddDate(0, 0, 1), true
}

func day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

func (s *Server) readSplit(v *visit, c *waveChange, w *model.Wave) {
	zone := v.state.Roster.Zone
	chosen := v.chosen("area")
	for _, a := range s.boardAreas(v, w.ID) {
		c.page.Areas = append(c.page.Areas, ui.AreaChoice{Value: a.Code, Label: a.Name, Chosen: slices.Contains(chosen, a.Code)})
	}
	c.page.From, c.page.Until = day(w.From, zone), day(w.To.Add(-time.Second), zone)
	if v.FormValue("look") == "" && v.Method() != fiber.MethodPost {
		return
	}
	c.page.NewName, c.page.From, c.page.Until = v.FormValue("name"), v.FormValue("from"), v.FormValue("until")
	from, to, ok := s.dates(v, c)
	if !ok {
		return
	}
	c.command = model.SplitWave{Wave: w.ID, Areas: chosen, Name: c.page.NewName, From: from, To: to}
	for _, code := range chosen {
		c.hide("area", code)
	}
	c.hideDates()
}

// chosen is every value a form or an address gives a name.
func (v *visit) chosen(name string) []string {
	var list []string
	for _, value := range v.Request().URI().QueryArgs().PeekMulti(name) {
		list = append(list, string(value))
	}
	for _, value := range v.Request().PostArgs().PeekMulti(name) {
		list = append(list, string(value))
	}
	return list
}

// boardAreas are the areas of a wave, by name.
func (s *Server) boardAreas(v *visit, wave string) []ui.BoardArea {
	figures := s.load(v.state)
	for i := range figures.Waves {
		if figures.Waves[i].ID == wave {
			return s.boardGroup(v, v.state, figures, i, s.boardWeeks(v.state, figures)).Areas
		}
	}
	return nil
}
