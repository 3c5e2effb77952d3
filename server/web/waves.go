package web

import (
	"slices"
	"time"

	"kaskad/model"
	"kaskad/scheduler/rollout"
	"kaskad/ui"
)

// noWave stands in the filter of seminars for those of units without a wave.
const noWave = "none"

// maxWeeks is how many columns the board's styles know.
const maxWeeks = 120

// waves is the rollout: the waves in figures and areas against weeks.
func (s *Server) waves(v *visit) error {
	b := s.board(v.state)
	figures := s.load(v.state)
	page := ui.Waves{Waves: s.waveRows(v, b, s.Programme.Now()), Board: s.waveBoard(v, v.state, figures)}
	s.planLoads(v, b, &page.Board)
	if v.state.DraftBeforeWaves() {
		page.Notices = append(page.Notices, ui.Notice{Kind: ui.Warning, Text: s.text(v, "waves.outdated"), Href: "/plan", Link: s.text(v, "waves.outdated.link")})
	}
	page.Notices = append(page.Notices, s.loadNotices(v, v.state, figures, func(wave string) bool { return reckoned(b, wave) })...)
	return s.show(v, page)
}

// load is what the waves ask for as they are, shared: callers must not change it.
func (s *Server) load(state *model.State) *rollout.Figures {
	return s.loads.of(s, state, only{}, func() *rollout.Figures { return rollout.Measure(state.Roster.Problem, 0) })
}

// reckoned tells whether a wave's load is an estimate: no plan of the present
// waves has seminars for it.
func reckoned(b *board, wave string) bool {
	return b.state.DraftBeforeWaves() || !slices.ContainsFunc(b.seminars, func(c card) bool { return c.Wave == wave })
}

// waveRows counts each wave; one more row for units without a wave if there are any.
func (s *Server) waveRows(v *visit, b *board, now time.Time) []ui.WaveRow {
	var rows []ui.WaveRow
	index := map[string]int{}
	for i, w := range b.state.Roster.Problem.Waves {
		index[w.ID] = len(rows)
		rows = append(rows, ui.WaveRow{ID: w.ID, Name: s.waveName(v, b.state, w.ID), Number: i + 1, From: w.From, To: w.To.Add(-time.Second)})
	}
	if s.someWithoutWave(b) {
		index[""] = len(rows)
		rows = append(rows, ui.WaveRow{Name: s.text(v, "wave.none")})
	}
	for i := range b.areas {
		if at, ok := index[b.areas[i].wave]; ok {
			rows[at].Areas++
		}
	}
	s.countWaves(b, now, rows, index)
	return rows
}

func (s *Server) someWithoutWave(b *board) bool {
	return slices.ContainsFunc(b.state.Roster.Problem.People, func(x model.Person) bool {
		return x.Tier != "" && b.state.Roster.Units[x.Unit].Wave == ""
	})
}

func (s *Server) countWaves(b *board, now time.Time, rows []ui.WaveRow, index map[string]int) {
	r := b.state.Roster
	for i := range r.Problem.People {
		if x := &r.Problem.People[i]; x.Tier != "" {
			row := &rows[index[r.Units[x.Unit].Wave]]
			row.People++
			if trained(b.state, x, now) {
				row.Trained++
			}
		}
	}
	if d := b.state.Draft; d != nil && !b.state.DraftStale() && !b.state.DraftBeforeWaves() {
		for _, u := range d.Plan.Unmet {
			rows[index[r.Units[r.People[u.Person].Unit].Wave]].Unmet++
		}
	}
	published, differing := make([]int, len(rows)), make([]int, len(rows))
	for i := range b.seminars {
		c := &b.seminars[i]
		at, ok := index[c.Wave]
		if !ok {
			continue
		}
		rows[at].Seminars++
		if c.Before != nil {
			published[at]++
		}
		if c.Standing != model.AsPublished {
			differing[at]++
		}
	}
	for i := range rows {
		switch {
		case rows[i].ID != "" && b.state.IsPaused(rows[i].ID):
			rows[i].State = ui.WavePaused
		case (b.state.Draft == nil || b.state.DraftBeforeWaves()) && (published[i] == 0 || differing[i] > 0):
			rows[i].State = ui.WaveUnplanned
		case published[i] == 0:
			rows[i].State = ui.WaveDraft
		case differing[i] > 0:
			rows[i].State = ui.WaveChanged
		case !rows[i].To.IsZero() && rows[i].To.Before(now):
			rows[i].State = ui.WaveDone
		default:
			rows[i].State = ui.WavePublished
		}
	}
}

// trained tells whether a person has attended every need.
func trained(state *model.State, x *model.Person, now time.Time) bool {
	left := len(state.Roster.Needs(x))
	for _, seminar := range state.SeminarsOf(x.ID) {
		if _, end := state.Roster.Span(&seminar.Seminar); !end.After(now) && slices.Contains(seminar.Attendees, x.ID) {
			left--
		}
	}
	return left <= 0
}
