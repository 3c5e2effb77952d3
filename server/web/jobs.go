package web

import (
	"maps"
	"slices"
	"time"

	"kaskad/model"
	"kaskad/server/jobs"
	"kaskad/ui"
)

// previewRows are the mails of a page of the preview: each is written out whole.
const previewRows = 20

// jobsPage lists what Kaskad does by itself.
func (s *Server) jobsPage(v *visit) error {
	var page ui.Jobs
	for _, status := range s.Jobs.List() {
		row := ui.JobRow{Name: status.Name, Running: status.Running, Failed: status.Failed, Last: status.Last, Next: status.Next, Took: status.Took}
		if status.Failed {
			row.Error = status.Result
		}
		for _, what := range slices.Sorted(maps.Keys(status.Counts)) {
			row.Counts = append(row.Counts, ui.JobCount{What: what, N: status.Counts[what]})
		}
		if status.Machinery {
			page.Machinery = append(page.Machinery, row)
		} else {
			page.Rows = append(page.Rows, row)
		}
	}
	return s.show(v, page)
}

// runJob runs a job now.
func (s *Server) runJob(v *visit) error {
	_, err := s.Jobs.Run(v.UserContext(), v.param("name"))
	switch model.CodeOf(err) {
	case model.Conflict:
		return s.back(v, "/jobs", ui.Info, s.text(v, "jobs.ran-running"))
	case model.Unavailable:
		return s.back(v, "/jobs", ui.Failure, s.text(v, "jobs.ran-failed"))
	}
	if err != nil {
		return err
	}
	return s.back(v, "/jobs", ui.Success, s.text(v, "jobs.ran"))
}

// previewMails shows the mails to come, exactly as they will be: those that are due,
// or those that publishing a wave would make due.
func (s *Server) previewMails(v *visit) error {
	page, err := once(s, v, func() (ui.Preview, error) { return s.previewPage(v) })
	if err != nil {
		return err
	}
	return s.show(v, page)
}

func (s *Server) previewPage(v *visit) (ui.Preview, error) {
	page := ui.Preview{OfWave: v.Query("of") == "wave"}
	var coming []jobs.Written
	var err error
	if page.OfWave {
		page.Wave = v.wave()
		page.WaveName = s.waveName(v, v.state, page.Wave)
		coming, err = s.mailsOfWave(v, page.Wave)
	} else {
		coming, err = s.Letters.Coming(v.UserContext())
	}
	if err != nil {
		return page, err
	}
	page.Total = len(coming)
	var shown []jobs.Written
	page.Pager, shown = pagedBy(v, coming, previewRows)
	_, page.Finished = s.Invites.Waiting(0)
	if page.OfWave {
		_, page.Finished = s.Invites.Waiting(page.Total)
	}
	page.Slow = s.slow(page.Finished)
	for _, written := range shown {
		r, err := written()
		if err != nil {
			return page, err
		}
		page.Mails = append(page.Mails, ui.PreviewMail{To: r.Message.To.Name, Address: r.Message.To.Email, Subject: r.Subject,
			Kind: ui.MessageKind(r.Kind), Text: r.Message.Text, Calendar: string(r.Message.Calendar), Method: r.Message.Method})
	}
	return page, nil
}

// mailsOfWave are the mails that publishing a wave would send.
func (s *Server) mailsOfWave(v *visit, wave string) ([]jobs.Written, error) {
	after, err := s.afterPublishing(v, wave)
	if err != nil {
		return nil, err
	}
	var list []jobs.Written
	for _, n := range s.newMails(v.state, after) {
		list = append(list, func() (jobs.Receipt, error) { return s.Invites.Preview(after, n) })
	}
	return list, nil
}

// slow tells whether mails take so long to leave that people should know.
func (s *Server) slow(finished time.Time) bool {
	return finished.Sub(s.Programme.Now()) > 5*time.Minute
}

// sendAgain queues a message that did not arrive.
func (s *Server) sendAgain(v *visit) error {
	err := s.Invites.Outbox().Resend(v.UserContext(), v.param("id"))
	if err == nil {
		return s.back(v, "/outbox?state=failed", ui.Success, s.text(v, "outbox.sent-again"))
	}
	if refused, ok := s.sentence(v, err); ok {
		return s.back(v, "/outbox?state=failed", ui.Failure, refused)
	}
	return err
}
