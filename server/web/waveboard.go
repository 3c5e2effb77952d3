package web

import (
	"slices"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kaskad/model"
	"kaskad/scheduler/rollout"
	"kaskad/ui"
)

// waveBoard draws waves against weeks, with the load they are reckoned to have.
// Names are those of the state's waves.
func (s *Server) waveBoard(v *visit, state *model.State, f *rollout.Figures) ui.Board {
	b := ui.Board{Weeks: s.boardWeeks(state, f)}
	if len(b.Weeks) == 0 {
		return b
	}
	for i := range f.Waves {
		b.Groups = append(b.Groups, s.boardGroup(v, state, f, i, b.Weeks))
	}
	for i := range b.Weeks {
		b.Weeks[i].Seminars = f.Week(i)
	}
	return b
}

// boardWeeks are the weeks from the first slot to the last. Nothing that starts
// before now, or before the programme's own limit, is planned otherwise any more.
func (s *Server) boardWeeks(state *model.State, f *rollout.Figures) []ui.BoardWeek {
	now, frozen := s.Programme.Now(), state.Roster.Problem.Programme.FrozenUntil
	if now.After(frozen) {
		frozen = now
	}
	weeks := make([]ui.BoardWeek, min(len(f.Weeks), maxWeeks))
	if len(weeks) == 0 {
		return nil
	}
	open, usual := openDays(state, f.Weeks[0].Monday)
	for i := range weeks {
		at, next := f.Weeks[i].Monday, f.Weeks[i].Monday.AddDate(0, 0, 7)
		_, number := at.ISOWeek()
		weeks[i] = ui.BoardWeek{Label: itoa(number), Monday: at, Closed: f.Weeks[i].Slots == 0,
			Now: !now.Before(at) && now.Before(next), Past: !next.After(frozen), Days: open[i]}
		weeks[i].Short = open[i] > 0 && open[i] < usual
		if i > 0 {
			weeks[i-1].Line = weeks[i-1].Past && !weeks[i].Past
		}
	}
	return weeks
}

// openDays counts the days of each week on which there are times, and how many
// most weeks have: one with fewer has a holiday.
func openDays(state *model.State, first time.Time) (open map[int]int, usual int) {
	zone := first.Location()
	seen := map[string]bool{}
	open = map[int]int{}
	for i := range state.Roster.Problem.Slots {
		at := state.Roster.Problem.Slots[i].Start
		if d := day(at, zone); !seen[d] {
			seen[d] = true
			open[weeksBetween(first, at)]++
		}
	}
	weeks := map[int]int{}
	for _, n := range open {
		weeks[n]++
	}
	for n, count := range weeks {
		if count > weeks[usual] || count == weeks[usual] && n > usual {
			usual = n
		}
	}
	return open, usual
}

func (s *Server) boardGroup(v *visit, state *model.State, f *rollout.Figures, n int, weeks []ui.BoardWeek) ui.BoardGroup {
	w := &f.Waves[n]
	g := ui.BoardGroup{ID: w.ID, Name: s.waveName(v, state, w.ID), From: w.From, To: w.To.Add(-time.Second), People: w.Staff,
		Leaders: w.Leaders, Seminars: w.Seminars, PerLeader: s.tenths(v, w.PerLeader()), Estimated: true, Paused: w.ID != "" && state.IsPaused(w.ID)}
	if w.ID != "" {
		g.Number = n + 1
	}
	first, last := -1, -1
	for i := range weeks {
		if next := weeks[i].Monday.AddDate(0, 0, 7); next.After(w.From) && weeks[i].Monday.Before(w.To) {
			if first < 0 {
				first = i
			}
			last = i
		}
		if l := w.Loads[i]; l.Open {
			g.Loads = append(g.Loads, ui.BoardLoad{Column: i + 1, Monday: weeks[i].Monday, Seminars: l.Seminars + l.Training, Ready: l.Ready})
		}
	}
	if first >= 0 {
		g.Start, g.Span = first+1, last-first+1
	}
	s.markOverload(f, w.ID, g.Loads)
	for _, a := range w.Areas {
		g.Areas = append(g.Areas, ui.BoardArea{Code: a.Code, Name: s.areaName(a.Code), Start: g.Start, Span: g.Span, People: a.Staff, Leaders: a.Leaders,
			Seminars: w.Seminars * a.Staff / max(w.Staff, 1)})
	}
	swedish := collate.New(language.Swedish)
	slices.SortStableFunc(g.Areas, func(x, y ui.BoardArea) int { return swedish.CompareString(x.Name, y.Name) })
	return g
}

// tenths writes a number of tenths with a decimal.
func (s *Server) tenths(v *visit, n int) string { return s.ui.Decimal(v.lang, float64(n)/10) }

func (s *Server) markOverload(f *rollout.Figures, wave string, loads []ui.BoardLoad) {
	for _, note := range f.Notes {
		if note.Week < 0 || note.Wave != wave && note.Kind != rollout.Limit {
			continue
		}
		for i := range loads {
			loads[i].Over = loads[i].Over || loads[i].Column == note.Week+1
		}
	}
}

// planLoads puts the plan's own seminars in place of what was reckoned, for
// the waves that the plan has seminars for.
func (s *Server) planLoads(v *visit, b *board, drawn *ui.Board) {
	if len(drawn.Weeks) == 0 {
		return
	}
	index := map[string]int{}
	for i := range drawn.Groups {
		g := &drawn.Groups[i]
		if reckoned(b, g.ID) {
			continue
		}
		index[g.ID] = i
		g.Estimated, g.Seminars = false, 0
		for k := range g.Loads {
			g.Loads[k].Seminars, g.Loads[k].Over = 0, false
		}
		for k := range g.Areas {
			g.Areas[k].Span, g.Areas[k].Seminars = 0, 0
		}
	}
	last := b.state.Roster.Problem.Tiers[len(b.state.Roster.Problem.Tiers)-1].ID
	for i := range b.seminars {
		c := &b.seminars[i]
		at, planned := index[c.Wave]
		if !planned || c.Standing == model.ToCancel {
			continue
		}
		g := &drawn.Groups[at]
		if c.Tier == last {
			g.Seminars++
		}
		column := weeksBetween(drawn.Weeks[0].Monday, c.start) + 1
		if k := slices.IndexFunc(g.Loads, func(l ui.BoardLoad) bool { return l.Column == column }); k >= 0 {
			g.Loads[k].Seminars++
		}
		for k := range g.Areas {
			if a := &g.Areas[k]; c.areas[a.Code] > 0 && column <= len(drawn.Weeks) {
				stretch(a, column)
			}
		}
	}
	for _, at := range index {
		g := &drawn.Groups[at]
		g.PerLeader = s.tenths(v, 10*g.Seminars/max(g.Leaders, 1))
	}
}

// stretch makes room for a seminar of an area's people. Seminars come by time.
func stretch(a *ui.BoardArea, column int) {
	if a.Span == 0 {
		a.Start = column
	}
	a.Span = column - a.Start + 1
	a.Seminars++
	if n := len(a.Loads); n > 0 && a.Loads[n-1].Column == column {
		a.Loads[n-1].Seminars++
		return
	}
	a.Loads = append(a.Loads, ui.BoardLoad{Column: column, Seminars: 1})
}

// loadNotices puts what does not go well in sentences: one for each wave and
// kind, with the worst week.
func (s *Server) loadNotices(v *visit, state *model.State, f *rollout.Figures, wanted func(wave string) bool) []ui.Notice {
	var list []ui.Notice
	for _, note := range worst(f) {
		if note.Kind == rollout.Limit || wanted(note.Wave) {
			list = append(list, ui.Notice{Kind: ui.Warning, Text: s.loadText(v, state, f, &note)})
		}
	}
	return list
}

// worstNote is the worst of the notes of one wave and kind.
type worstNote struct {
	rollout.Note
	count int // of them
}

// worst gathers notes by wave and kind, in the order they come.
func worst(f *rollout.Figures) []worstNote {
	var list []worstNote
	for _, n := range f.Notes {
		at := slices.IndexFunc(list, func(x worstNote) bool { return x.Wave == n.Wave && x.Kind == n.Kind })
		if at < 0 {
			list = append(list, worstNote{n, 1})
			continue
		}
		list[at].count++
		if n.Want-n.Have > list[at].Want-list[at].Have {
			list[at].Note = n
		}
	}
	return list
}

func (s *Server) loadText(v *visit, state *model.State, f *rollout.Figures, note *worstNote) string {
	week, module, n := 0, "", note.count
	if note.Week >= 0 {
		_, week = f.Weeks[note.Week].Monday.ISOWeek()
	}
	if m := state.Roster.Modules[note.Module]; m != nil {
		module = m.Name
	}
	if note.Kind == rollout.Spare {
		n = note.Want
	}
	return s.text(v, "load."+string(note.Kind), "n", n, "wave", s.waveName(v, state, note.Wave), "week", week,
		"have", note.Have, "want", note.Want, "module", module)
}

// waveCost compares the waves of two states.
func (s *Server) waveCost(v *visit, before, after *model.State, was, is *rollout.Figures) *ui.WaveCost {
	cost := &ui.WaveCost{Replan: after.DraftBeforeWaves() && !before.DraftBeforeWaves()}
	rows := map[string]int{}
	add := func(state *model.State, f *rollout.Figures, side int) {
		for n := range f.Waves {
			w := &f.Waves[n]
			at, known := rows[w.ID]
			if !known {
				at = len(cost.Rows)
				rows[w.ID] = at
				cost.Rows = append(cost.Rows, ui.WaveFigures{PerLeader: [2]string{s.tenths(v, 0), s.tenths(v, 0)}, Gone: true, New: true})
			}
			row := &cost.Rows[at]
			row.Name = s.waveName(v, state, w.ID)
			if w.ID != "" {
				row.Number = n + 1
			}
			row.New, row.Gone = row.New && side == 1, row.Gone && side == 0
			row.From[side], row.To[side] = w.From, w.To.Add(-time.Second)
			row.Areas[side], row.People[side], row.Seminars[side] = len(w.Areas), w.Staff, w.Seminars
			row.Most[side], row.PerLeader[side] = w.Most, s.tenths(v, w.PerLeader())
		}
	}
	add(before, was, 0)
	add(after, is, 1)
	s.notesApart(v, before, after, was, is, cost)
	if cost.Replan {
		for _, x := range s.board(before).seminars {
			if x.Standing == model.Drafted {
				cost.Untold++
			}
		}
	}
	for id, u := range after.Roster.Units {
		if before.Roster.Units[id].Wave != u.Wave {
			cost.Changes++
		}
	}
	return cost
}

// notesApart sorts the notes of two figures into those that come, those that
// stay or change in numbers, and those that go.
func (s *Server) notesApart(v *visit, before, after *model.State, was, is *rollout.Figures, cost *ui.WaveCost) {
	now, then := worst(was), worst(is)
	among := func(list []worstNote, n *worstNote) bool {
		return slices.ContainsFunc(list, func(x worstNote) bool { return x.Wave == n.Wave && x.Kind == n.Kind })
	}
	for _, n := range then {
		notice := ui.Notice{Kind: ui.Warning, Text: s.loadText(v, after, is, &n)}
		if among(now, &n) {
			cost.Still = append(cost.Still, notice)
		} else {
			cost.Worse = append(cost.Worse, notice)
		}
	}
	for _, n := range now {
		if !among(then, &n) {
			cost.Better = append(cost.Better, ui.Notice{Kind: ui.Success, Text: s.loadText(v, before, was, &n)})
		}
	}
}
