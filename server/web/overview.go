package web

import (
	"strconv"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// soon is how many of the next seminars the overview lists.
const soon = 6

// overview is the programme at a glance.
func (s *Server) overview(v *visit) error {
	now := s.Programme.Now()
	b := s.board(v.state)
	f := s.figuresOf(v.state)
	page := ui.Overview{
		Trained: f.StaffTrained, Planned: b.planned, Target: f.Staff,
		MinutesDone: f.HoursDone * 60, MinutesPlan: b.minutes, MinutesT: f.HoursNeeded * 60,
		LeadersReady: f.LeadersReady, Leaders: f.Leaders, Seminars: len(b.seminars),
	}
	s.overviewWeeks(b, now, &page)
	if len(b.seminars) > 0 {
		f := s.foresee(v.state)
		page.Curve = ui.Forecast{Goal: f.Goal, Sentence: s.forecastSentence(v, f.Report), Neck: s.neckSentence(v, f.Neck), Weeks: forecastWeeks(f.Report)}
	}
	for _, m := range v.state.Roster.Problem.Modules {
		page.Modules = append(page.Modules, s.moduleProgress(b, m, now))
	}
	page.Guide = guide(v)
	page.Waves = s.waveRows(v, b, now)
	page.Attention = s.attention(v, b, page.Waves, f)
	for i := range b.seminars {
		if c := &b.seminars[i]; c.start.After(now) && len(page.Next) < soon {
			page.Next = append(page.Next, s.row(v, b, c))
		}
		if sectors := len(b.state.Roster.Problem.Sectors); len(b.seminars[i].sectors) == sectors {
			page.Mixed++
		}
	}
	return s.show(v, page)
}

// figuresOf are the State's figures by now.
func (s *Server) figuresOf(state *model.State) model.Figures {
	return s.figures.of(s, state, only{}, func() model.Figures { return state.Figures(s.Programme.Now()) })
}

func (s *Server) overviewWeeks(b *board, now time.Time, page *ui.Overview) {
	if len(b.seminars) == 0 {
		return
	}
	page.From, page.To = b.seminars[0].start, b.seminars[0].end
	for i := range b.seminars {
		if end := b.seminars[i].end; end.After(page.To) {
			page.To = end
		}
	}
	zone := b.state.Roster.Zone
	first := monday(page.From, zone)
	page.Weeks = weeksBetween(first, page.To) + 1
	if now.After(first) {
		page.Week = min(weeksBetween(first, now)+1, page.Weeks)
	}
}

// monday is the start of a time's ISO week in a zone.
func monday(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	year, month, day := t.Date()
	return time.Date(year, month, day-(int(t.Weekday())+6)%7, 0, 0, 0, 0, zone)
}

// weeksBetween counts whole weeks on the calendar from a Monday to a later time.
func weeksBetween(first, t time.Time) int {
	return model.CalendarDays(first, t, first.Location()) / 7
}

func (s *Server) moduleProgress(b *board, m model.Module, now time.Time) ui.ModuleProgress {
	r := b.state.Roster
	p := ui.ModuleProgress{Name: m.Name, Target: b.targets[m.ID]}
	last := r.Problem.Tiers[len(r.Problem.Tiers)-1].ID
	for i := range b.seminars {
		c := &b.seminars[i]
		if c.Module != m.ID || c.Tier != last || c.Standing == model.ToCancel {
			continue
		}
		if c.Before == nil || c.end.After(now) {
			p.Planned += len(c.Attendees)
		} else {
			p.Attended += len(c.Attendees)
		}
	}
	return p
}

// attention lists what a coordinator should look at, each with the way there.
func (s *Server) attention(v *visit, b *board, waves []ui.WaveRow, f model.Figures) []ui.Notice {
	var list []ui.Notice
	add := func(kind ui.Kind, key, href string, pairs ...any) {
		list = append(list, ui.Notice{Kind: kind, Text: s.text(v, key, pairs...), Href: href, Link: s.text(v, key+".link")})
	}
	run, planning := s.Programme.Planner.Current()
	switch d := b.state.Draft; {
	case planning && !run.Finished:
		add(ui.Info, "attention.planning", "/plan")
	case d == nil:
		add(ui.Warning, "attention.no-plan", "/plan")
	case b.state.DraftBeforeWaves():
		add(ui.Warning, "attention.waves", "/plan")
	case b.state.DraftStale():
		add(ui.Warning, "attention.stale", "/changes")
	case b.state.DraftOutdated():
		add(ui.Info, "attention.outdated", "/changes")
	}
	for _, w := range waves {
		if notice, is := s.waveNotice(v, w, s.Programme.Now()); is {
			list = append(list, notice)
		}
	}
	if n := s.brokenSeminars(b.state); n > 0 {
		add(ui.Failure, "attention.broken", "/changes", "n", n)
	}
	if f.SeminarsOpen > 0 {
		add(ui.Warning, "attention.open", "/ask", "n", f.SeminarsOpen)
	}
	if n := s.Intake.Waiting(); n > 0 {
		add(ui.Warning, "attention.replies", "/outbox/replies", "n", n)
	}
	if failed := s.Invites.Counts().Failed; failed > 0 {
		add(ui.Failure, "attention.mail", "/outbox?state=failed", "n", failed)
	}
	return append(list, s.duties(v, b, s.Programme.Now())...)
}

func itoa(n int) string { return strconv.Itoa(n) }
