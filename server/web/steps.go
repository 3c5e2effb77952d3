package web

import (
	"slices"
	"strings"
	"time"

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
		return &ui.Step{ID: e.ID, Text: s.editText(v, s.stepOf(v, e))}
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
		list = append(list, ui.EditRow{ID: e.ID, At: time.UnixMilli(e.At), Who: s.actorName(v, e.By), CanUndo: !undone[e.ID],
			Redo: e.Kind == model.EditUndo && !s.redoes(v, &e), Text: s.editText(v, &e), Lines: s.editLines(v, &e)})
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
	return s.text(v, key, "what", s.shownArg(v, model.SeminarID(e.After[0].ID)))
}

// shownEdited is how many seminars of one edit are told of one by one.
const shownEdited = 3

// editLines is the difference an edit made, in words.
func (s *Server) editLines(v *visit, e *model.Edit) (lines []string) {
	if e.Locks != nil {
		return []string{s.lockText(v, e.Locks[1])}
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
	page := s.backTo(v, "/changes")
	e := v.state.EditOf(v.FormValue("edit"))
	_, err := s.Programme.Do(v.UserContext(), v.user.Actor(), model.Undo{Edit: v.FormValue("edit"), Now: s.Programme.Now()})
	if err == nil {
		return s.back(v, page, ui.Success, s.text(v, "edit.undone"))
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
