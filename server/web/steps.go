package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/programme"
	"kaskad/ui"
)

// steps are what the visitor can undo and redo next.
func (s *Server) steps(v *visit) (undo, redo *ui.Step) {
	say := func(e *model.Edit) *ui.Step {
		if e == nil {
			return nil
		}
		x := &ui.Step{ID: e.ID, Text: s.editText(v, s.stepOf(v, e))}
		if s.shownFirst(v, e) {
			x.Href = undoAddress(e.ID)
		}
		return x
	}
	last, undone := v.state.Steps(v.user.Person)
	return say(last), say(undone)
}

// stepOf is the step that an undo takes back, or does again; the step itself
// when it is none.
func (s *Server) stepOf(v *visit, e *model.Edit) *model.Edit {
	for e.Undoes != "" {
		of := v.state.EditOf(e.Undoes)
		if of == nil {
			break
		}
		e = of
	}
	return e
}

// editRows lists what was done by hand, newest first. What has been undone is
// not offered again; its undoing is.
func (s *Server) editRows(v *visit) []ui.EditRow {
	undone := map[string]bool{}
	for _, e := range v.state.Edits {
		undone[e.Undoes] = true
	}
	var list []ui.EditRow
	for _, e := range slices.Backward(v.state.Edits) {
		row := ui.EditRow{ID: e.ID, At: time.UnixMilli(e.At), Who: s.actorName(v, e.By), CanUndo: !undone[e.ID],
			Redo: e.Kind == model.EditUndo && !s.redoes(v, &e), Text: s.editText(v, &e), Lines: s.editLines(v, &e)}
		if s.shownFirst(v, &e) {
			row.Href = undoAddress(e.ID)
		}
		list = append(list, row)
		if len(list) == shownEvents {
			break
		}
	}
	return list
}

// redoes tells whether an undo takes an undo back.
func (s *Server) redoes(v *visit, e *model.Edit) bool {
	of := v.state.EditOf(e.Undoes)
	return e.Kind == model.EditUndo && of != nil && of.Kind == model.EditUndo
}

// editText says in one sentence what was done by hand.
func (s *Server) editText(v *visit, e *model.Edit) string {
	key := "edit.did." + string(e.Kind)
	if s.redoes(v, e) {
		key = "edit.did.redo"
	}
	return s.text(v, key, "what", s.editWhat(v, e))
}

// editWhat names what an edit is about.
func (s *Server) editWhat(v *visit, e *model.Edit) any {
	of := s.stepOf(v, e)
	switch {
	case e.Scenario != nil:
		return s.text(v, "edit.scenario", "name", e.Scenario.Name)
	case e.Merge != nil:
		return s.text(v, "edit.merge", "name", s.shownName(v, e.Merge.Keep))
	case of.Kind == model.EditPublish:
		return s.waveName(v, v.state, of.Wave)
	case e.Draft:
		return s.moduleName(v, e.After[0].Module) + " " + s.startText(v, &e.After[0].Seminar)
	}
	return s.shownArg(v, model.SeminarID(e.After[0].ID))
}

// lastStep is the visitor's latest step of a kind; "" when there is none.
func (s *Server) lastStep(v *visit, kind model.EditKind) string {
	for _, e := range slices.Backward(s.Programme.State().Edits) {
		if e.By == v.user.Person && e.Kind == kind {
			return e.ID
		}
	}
	return ""
}

// shownEdited is how many seminars of one edit are told of one by one.
const shownEdited = 3

// editLines is the difference an edit made, in words.
func (s *Server) editLines(v *visit, e *model.Edit) (lines []string) {
	switch {
	case e.Locks != nil:
		return []string{s.lockText(v, e.Locks[1])}
	case e.Merge != nil:
		return nil
	case s.stepOf(v, e).Kind == model.EditPublish:
		return []string{s.text(v, "edit.seminars", "n", len(e.After))}
	}
	for i := range e.After[:min(len(e.After), shownEdited)] {
		was, now := &e.Before[i], &e.After[i]
		said := ""
		switch {
		case now.Cancelled && !was.Cancelled:
			said = s.text(v, "diff.cancelled")
		case was.Cancelled && !now.Cancelled:
			said = s.text(v, "diff.again")
		default:
			words, _ := s.differences(v, &was.Seminar, &now.Seminar)
			said = strings.Join(words, " ")
		}
		if len(e.After) > 1 {
			said = s.moduleName(v, now.Module) + ", " + s.startText(v, &was.Seminar) + ": " + said
		}
		lines = append(lines, said)
	}
	if n := len(e.After) - shownEdited; n > 0 {
		lines = append(lines, s.text(v, "edit.more", "n", n))
	}
	return lines
}

// lockText says what a lock holds.
func (s *Server) lockText(v *visit, l model.Lock) string {
	var parts []string
	for _, x := range []struct {
		on  bool
		key string
	}{{l.Time, "lock.time"}, {l.Place, "lock.place"}, {l.Leaders, "lock.leaders"}} {
		if x.on {
			parts = append(parts, s.text(v, x.key))
		}
	}
	if n := len(l.People); n > 0 {
		parts = append(parts, s.text(v, "lock.seats", "n", n))
	}
	if len(parts) == 0 {
		return s.text(v, "lock.nothing")
	}
	return s.text(v, "lock.holds", "what", strings.Join(parts, ", "))
}

// undoEdit takes a change by hand back, or does it again, and leads back to the
// page the button stands on. When a seminar has been changed since, it says by
// whom and how.
func (s *Server) undoEdit(v *visit) error {
	e := v.state.EditOf(v.FormValue("edit"))
	page := s.backTo(v, s.pageOf(v, e))
	if e != nil && s.shownFirst(v, e) { // what it does is looked at first
		return v.Redirect(undoAddress(e.ID), fiber.StatusSeeOther)
	}
	err := s.takeBack(v, v.FormValue("edit"))
	if err == nil {
		done := "edit.undone"
		switch {
		case e.Scenario != nil || e.Merge != nil:
			done += "-" + string(s.stepOf(v, e).Kind)
		case e.Draft:
			done += "-draft"
		}
		return s.backUndoing(v, page, s.text(v, done), s.lastStep(v, model.EditUndo))
	}
	reasons := s.reasonsOf(v, err)
	if len(reasons) == 0 {
		return err
	}
	if e != nil && model.CodeOf(err) == model.Conflict {
		reasons = append(reasons, s.changedAfter(v, e)...)
	}
	return s.back(v, page, ui.Failure, strings.Join(reasons, " "))
}

// takeBack undoes a step, and holds the mails meanwhile: who has not been told of
// it is told nothing.
func (s *Server) takeBack(v *visit, step string) error {
	return s.Invites.Hold(v.UserContext(), func(still bool) error {
		c, e := s.undoing(s.Programme.State(), step, still)
		if e != nil && e.Merge != nil && e.Back {
			return s.Programme.Unite(v.UserContext(), v.user.Actor(), c, e.Merge.Keep, e.Merge.Gone)
		}
		var command model.Command = c
		if e != nil && e.Draft {
			command = inDraft(c)
		}
		_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), command)
		return err
	})
}

// undoing is the command that takes a step back, and the step; nil when it is too old.
func (s *Server) undoing(state *model.State, step string, still bool) (model.Undo, *model.Edit) {
	c, e := model.Undo{Edit: step, Now: s.Programme.Now()}, state.EditOf(step)
	if still && e != nil {
		c.Untold = s.Invites.Untold(state, e.Seats)
	}
	return c, e
}

// pageOf is the page on which an undone step is seen.
func (s *Server) pageOf(v *visit, e *model.Edit) string {
	switch {
	case e != nil && e.Scenario != nil:
		return "/scenarios"
	case e != nil && e.Merge != nil:
		return "/people/" + url.PathEscape(e.Merge.Keep)
	}
	return "/changes"
}

// changedAfter says who has changed a seminar of an edit since, and how.
func (s *Server) changedAfter(v *visit, e *model.Edit) (list []string) {
	for i := range e.After {
		lines, err := s.Programme.History.Of(v.UserContext(), programme.SeminarSubject, e.After[i].ID)
		if err != nil || len(lines) == 0 || lines[0].At <= e.At {
			continue
		}
		l := lines[0]
		return []string{s.text(v, "news.line", "who", s.actorName(v, l.Actor), "when", s.ui.When(v.lang, time.UnixMilli(l.At)), "what", s.happening(v, l))}
	}
	return nil
}

// backTo is the timetable that a form came from, or another page.
func (s *Server) backTo(v *visit, otherwise string) string {
	if back := v.FormValue("back"); strings.HasPrefix(back, "/timetable?") {
		return back
	}
	return otherwise
}
