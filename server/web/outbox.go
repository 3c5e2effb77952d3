package web

import (
	"slices"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/ui"
)

// outbox lists the messages of the invite job, newest first.
func (s *Server) outbox(v *visit) error {
	if err := s.Invites.Outbox().Refresh(v.UserContext()); err != nil {
		return err
	}
	messages := s.Invites.List()
	page := ui.Outbox{Files: s.MailDir, State: ui.OutboxState(v.Query("state")), Counts: map[ui.OutboxState]int{}, Replies: s.Intake.Waiting()}
	if !slices.Contains(page.States(), page.State) {
		page.State = ""
	}
	var fitting []*jobs.Receipt
	for i := range messages {
		state := s.outboxState(&messages[i])
		page.Counts[state]++
		if page.State == "" || state == page.State {
			fitting = append(fitting, &messages[i])
		}
	}
	var shown []*jobs.Receipt
	page.Pager, shown = paged(v, fitting)
	for _, m := range shown {
		page.Messages = append(page.Messages, ui.Message{At: m.Time(), To: s.shownName(v, m.Person), Subject: m.Subject,
			Kind: ui.MessageKind(m.Kind), State: s.outboxState(m), Error: m.Error, Attempts: m.Attempts,
			ID: m.ID, Again: s.Invites.Outbox().Resendable(*m)})
	}
	page.Coming, page.Finished = s.Invites.Waiting(0)
	page.Slow = s.slow(page.Finished)
	if v.Get("HX-Request") == "true" {
		return s.part(v, "results", page)
	}
	return s.show(v, page)
}

func (s *Server) outboxState(m *jobs.Receipt) ui.OutboxState {
	switch {
	case m.Failed:
		return ui.MessageFailed
	case m.Replaced:
		return ui.MessageReplaced
	case !m.Sent:
		return ui.MessageQueued
	case s.MailDir != "":
		return ui.MessageFile
	}
	return ui.MessageSent
}

// runInvites runs the invite job now instead of at the next minute.
func (s *Server) runInvites(v *visit) error {
	before := s.Invites.Counts()
	_, err := s.Jobs.Run(v.UserContext(), "invite")
	switch {
	case model.CodeOf(err) == model.Conflict:
		return s.back(v, "/outbox", ui.Info, s.text(v, "outbox.running"))
	case model.CodeOf(err) == model.Unavailable:
		return s.back(v, "/outbox", ui.Failure, s.text(v, "outbox.put-off"))
	case err != nil:
		return err
	}
	return s.back(v, "/outbox", ui.Success, s.text(v, "outbox.ran", "n", s.Invites.Counts().Sent-before.Sent))
}
