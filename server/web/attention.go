package web

import (
	"net/url"
	"slices"
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

// unfit are the seminars that their venue cannot hold: it is closed or taken
// then, has too few seats, or too few rooms for all that are to be there.
func unfit(b *board) (list []*card) {
	r := b.state.Roster
	inUse := map[string][]time.Time{} // venue → ends of what goes on there
	for i := range b.seminars {       // by time
		c := &b.seminars[i]
		venue := r.Venues[c.Venue]
		if c.Standing == model.ToCancel || venue.Online {
			continue
		}
		on := slices.DeleteFunc(inUse[c.Venue], func(end time.Time) bool { return !end.After(c.start) })
		inUse[c.Venue] = append(on, c.end)
		if len(on) >= roomsOf(venue) || len(c.Attendees) > venue.Capacity || r.ClosedAt(venue.Closed, venue.Calendar, c.start, c.end) {
			list = append(list, c)
		}
	}
	return list
}

// venuesAtRisk counts by venue the seminars to come that it cannot hold.
func venuesAtRisk(b *board, now time.Time) map[string]int {
	at := map[string]int{}
	for _, c := range b.unfit {
		if c.start.After(now) {
			at[c.Venue]++
		}
	}
	return at
}

// duties are what people, venues and jobs are behind with: people without
// seats, venues that cannot hold their seminars, leaders without seminars,
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
		add(ui.Warning, "attention.unplanned", unplannedAddress(b), b.unplanned)
		at := venuesAtRisk(b, now)
		add(ui.Warning, "attention.venues", venuesAddress(at), len(at))
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

// unplannedAddress is where people without seats get them: where the planner
// says what would help, or where each of them is listed.
func unplannedAddress(b *board) string {
	if len(b.state.KnownUnmet()) > 0 {
		return "/ask"
	}
	return "/people?standing=missing"
}

// venuesAddress leads to the one venue at risk, or to the list of them.
func venuesAddress(at map[string]int) string {
	if len(at) == 1 {
		for id := range at {
			return "/venues/" + url.PathEscape(id)
		}
	}
	return "/venues?use=risk"
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
