package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/ui"
)

// Taking a publication back, or doing it again, is a publication of its own: what
// changes and who is told is shown before it is done.

func undoAddress(step string) string {
	return "/waves/publish/undo?" + url.Values{"edit": {step}}.Encode()
}

// shownFirst tells whether a step is undone on a page that shows what that does.
func (s *Server) shownFirst(v *visit, e *model.Edit) bool {
	return s.stepOf(v, e).Kind == model.EditPublish
}

// unpublishPage shows what taking a publication back would do.
func (s *Server) unpublishPage(v *visit) error {
	page, err := s.unpublication(v)
	if err != nil {
		return err
	}
	return s.show(v, page)
}

// unpublish does what the page showed, and only that.
func (s *Server) unpublish(v *visit) error {
	page, err := s.unpublication(v)
	if err != nil {
		return err
	}
	if v.FormValue("revision") != page.Revision {
		page.Error = s.text(v, "error.publish-changed")
	}
	if page.Error == "" {
		if err = s.takeBack(v, page.Back.Step); err == nil {
			done := s.text(v, "publish.back.done", "wave", page.WaveName, "n", page.Mails())
			return s.backUndoing(v, "/waves", done, s.lastStep(v, model.EditUndo))
		}
		if page.Error = strings.Join(s.reasonsOf(v, err), " "); page.Error == "" {
			return err
		}
	}
	v.Status(fiber.StatusConflict)
	return s.show(v, page)
}

func (s *Server) unpublication(v *visit) (ui.Publish, error) {
	e := v.state.EditOf(v.FormValue("edit"))
	if e == nil || !s.shownFirst(v, e) {
		return ui.Publish{}, model.Errorf(model.NotFound, "error.no-edit", "this change is too old to be undone")
	}
	of := s.stepOf(v, e)
	page := ui.Publish{WaveID: of.Wave, WaveName: s.waveName(v, v.state, of.Wave), Wave: s.board(v.state).waves[of.Wave], Files: s.MailDir,
		Revision: itoa(int(v.state.Seq)) + "-" + e.ID,
		Back:     &ui.PublishBack{Step: e.ID, Again: e.Kind == model.EditUndo && !s.redoes(v, e), Who: s.actorName(v, of.By), At: s.ui.When(v.lang, time.UnixMilli(of.At))}}
	decision, err := s.unpublishing(v, e)
	if reasons := s.reasonsOf(v, err); len(reasons) > 0 {
		page.Error = strings.Join(append(reasons, s.changedAfter(v, e)...), " ")
		return page, nil
	}
	if err != nil {
		return page, err
	}
	if err := s.countDecision(v, decision, &page); err != nil {
		return page, err
	}
	s.listBack(v, decision.Events[0].(model.SeminarsEdited).Edit, &page)
	for _, person := range page.Unreached[:min(len(page.Unreached), shownUnreached)] {
		page.Apart = append(page.Apart, s.unreached(v, person))
	}
	return page, nil
}

// unpublishing is what taking the step back comes to, by what has been sent so far.
func (s *Server) unpublishing(v *visit, e *model.Edit) (model.Decision, error) {
	c, _ := s.undoing(v.state, e.ID, true)
	return v.state.Decide(v.user.Actor(), c)
}

// listBack puts what is taken back in words, a page at a time.
func (s *Server) listBack(v *visit, e model.Edit, page *ui.Publish) {
	b := s.board(v.state)
	var changed []card
	for i := range e.After {
		was, now := &e.Before[i], &e.After[i]
		x := model.Planned{Seminar: now.Seminar, Wave: now.Wave, Standing: model.ToChange, Before: was}
		switch {
		case now.Cancelled && !was.Cancelled:
			x.Standing = model.ToCancel
			page.Cancelled++
		case was.Cancelled && !now.Cancelled:
			x.Standing = model.Drafted
			page.New++
		default:
			page.Moved++
		}
		changed = append(changed, s.newCard(b, x))
	}
	page.Pager, changed = pagedBy(v, changed, shownChanges)
	for i := range changed {
		page.Changes = append(page.Changes, s.changeOf(v, b, &changed[i]))
	}
}

// lastPublication is the latest publication of a wave that has not been taken back; nil when there is none, or it is too old.
func lastPublication(state *model.State, wave string) *model.Edit {
	undone := map[string]bool{}
	for i := len(state.Edits) - 1; i >= 0; i-- {
		e := &state.Edits[i]
		if e.Undoes != "" && !undone[e.ID] {
			undone[e.Undoes] = true
		}
		if e.Kind == model.EditPublish && e.Wave == wave && !undone[e.ID] {
			return e
		}
	}
	return nil
}
