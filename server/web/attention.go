package web

import (
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// waveDue is how long before a wave begins that not having published it is a warning.
const waveDue = 28 * 24 * time.Hour

// waveNotice says that a wave is not published as it is planned; false when it is.
func (s *Server) waveNotice(v *visit, w ui.WaveRow, now time.Time) (ui.Notice, bool) {
	if v.state.Draft == nil || w.Seminars == 0 || w.State != ui.WaveDraft && w.State != ui.WaveChanged {
		return ui.Notice{}, false
	}
	notice := ui.Notice{Kind: ui.Info, Text: s.text(v, "attention.wave-"+string(w.State), "wave", w.Name), Href: publishAddress(w.ID),
		Link: s.text(v, "attention.wave-"+string(w.State)+".link")}
	if w.State == ui.WaveDraft && !w.From.IsZero() && w.From.Before(now.Add(waveDue)) {
		notice.Kind, notice.Text = ui.Warning, s.text(v, "attention.wave-due", "wave", w.Name, "when", s.ui.Day(v.lang, w.From))
	}
	return notice, true
}

// duties are what people and jobs are behind with: leaders without seminars,
// seminars without attendance, jobs that failed.
func (s *Server) duties(v *visit, b *board, now time.Time) []ui.Notice {
	var list []ui.Notice
	add := func(kind ui.Kind, key, href string, n int) {
		if n > 0 {
			list = append(list, ui.Notice{Kind: kind, Text: s.text(v, key, "n", n), Href: href, Link: s.text(v, key+".link")})
		}
	}
	failed := 0
	if s.Jobs != nil {
		for _, job := range s.Jobs.List() {
			if job.Failed {
				failed++
			}
		}
	}
	add(ui.Failure, "attention.jobs", "/jobs", failed)
	if len(b.seminars) > 0 {
		add(ui.Info, "attention.idle", "/leaders?load=none", idleLeaders(b))
	}
	n, first := 0, ""
	for i := range b.seminars { // by time
		c := &b.seminars[i]
		if x := c.Before; x == nil || x.Cancelled || x.Taken > 0 || c.end.After(now) {
			continue
		}
		if n++; first == "" {
			first = c.ID
		}
	}
	add(ui.Info, "attention.attendance", "/seminars/"+first+"/attendance", n)
	return list
}

// idleLeaders counts those who may lead and have nothing to.
func idleLeaders(b *board) (n int) {
	leads := map[string]bool{}
	for i := range b.seminars {
		if c := &b.seminars[i]; c.Standing != model.ToCancel {
			for _, p := range c.Leaders {
				leads[p] = true
			}
		}
	}
	for i := range b.state.Roster.Problem.People {
		if x := &b.state.Roster.Problem.People[i]; x.Leads != nil && !leads[x.ID] {
			n++
		}
	}
	return n
}
