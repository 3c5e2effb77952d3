package web

import (
	"slices"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// noWave stands in the filter of seminars for those of units without a wave.
const noWave = "none"

// maxWeeks is how many columns the board's styles know.
const maxWeeks = 120

// waves is the rollout: the waves in figures and areas against weeks.
func (s *Server) waves(v *visit) error {
	b := s.board(v.state)
	now := s.Programme.Now()
	page := ui.Waves{Waves: s.waveRows(v, b, now)}
	page.Weeks = s.boardWeeks(b, now)
	page.Rows = s.boardRows(v, b, page.Weeks)
	return s.show(v, page)
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
	if d := b.state.Draft; d != nil && !b.state.DraftStale() {
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

// boardWeeks are the weeks from the first slot to the last.
func (s *Server) boardWeeks(b *board, now time.Time) []ui.BoardWeek {
	r := b.state.Roster
	if len(r.Problem.Slots) == 0 {
		return nil
	}
	first, last := r.Problem.Slots[0].Start, r.Problem.Slots[0].Start
	open := map[int]bool{}
	for _, slot := range r.Problem.Slots {
		if slot.Start.Before(first) {
			first = slot.Start
		}
		if slot.Start.After(last) {
			last = slot.Start
		}
	}
	start := monday(first, r.Zone)
	for _, slot := range r.Problem.Slots {
		open[weeksBetween(start, slot.Start)] = true
	}
	weeks := make([]ui.BoardWeek, min(weeksBetween(start, last)+1, maxWeeks))
	for i := range weeks {
		at := start.AddDate(0, 0, 7*i)
		_, number := at.ISOWeek()
		weeks[i] = ui.BoardWeek{Label: itoa(number), Monday: at, Closed: !open[i], Now: !now.Before(at) && now.Before(at.AddDate(0, 0, 7))}
	}
	for i := range b.seminars {
		if w := weeksBetween(start, b.seminars[i].start); w < len(weeks) {
			weeks[w].Seminars++
		}
	}
	return weeks
}

// boardRows are the areas with their stretch of weeks: from the first seminar
// of their people to the last.
func (s *Server) boardRows(v *visit, b *board, weeks []ui.BoardWeek) []ui.BoardRow {
	if len(weeks) == 0 {
		return nil
	}
	type stretch struct {
		first, last, seminars int
		draft                 bool
	}
	stretches := map[string]*stretch{}
	for i := range b.seminars {
		c := &b.seminars[i]
		week := weeksBetween(weeks[0].Monday, c.start)
		for code := range c.areas {
			x := stretches[code]
			if x == nil {
				x = &stretch{first: week, last: week}
				stretches[code] = x
			}
			x.first, x.last = min(x.first, week), max(x.last, week)
			x.seminars++
			x.draft = x.draft || c.Before == nil
		}
	}
	var rows []ui.BoardRow
	for _, a := range b.areas {
		row := ui.BoardRow{Code: a.code, Name: a.name}
		if x := stretches[a.code]; x != nil && x.first < len(weeks) {
			row.Bars = []ui.BoardBar{{
				Wave: b.waves[a.wave], WaveName: s.waveName(v, b.state, a.wave), Start: x.first + 1,
				Span: min(x.last, len(weeks)-1) - x.first + 1, People: len(a.people), Seminars: x.seminars, Draft: x.draft,
			}}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(x, y ui.BoardRow) int { return b.waves[b.byArea[x.Code].wave] - b.waves[b.byArea[y.Code].wave] })
	return rows
}
