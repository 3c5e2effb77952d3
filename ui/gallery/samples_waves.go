package gallery

import (
	"strconv"
	"time"

	"kaskad/ui"
)

// columns of the example's waves: first week and how many.
var columns = map[int][2]int{1: {1, 17}, 2: {7, 25}, 3: {27, 16}, 4: {30, 28}}

func (s sampler) waves(areas []ui.MapArea) ui.Waves {
	w := ui.Waves{Waves: s.waveRows(), Board: s.board(areas)}
	w.Waves[3].State = ui.WavePaused
	w.Notices = []ui.Notice{
		{Kind: ui.Warning, Text: s.in("Vågorna har ändrats sedan planen gjordes.", "The waves have been changed since the plan was made."), Href: "/plan", Link: s.in("Planera på nytt", "Plan again")},
		{Kind: ui.Warning, Text: s.in("Våg 4: 3 veckor har fler seminarier än metodledarna hinner, mest vecka 14 (27, de hinner 20).", "Wave 4: 3 weeks have more seminars than the leaders can lead, most of all week 14 (27, they can lead 20).")},
	}
	return w
}

func (s sampler) board(areas []ui.MapArea) ui.Board {
	var b ui.Board
	monday := s.at(2027, 3, 1, 0, 0)
	for i := range 57 {
		_, week := monday.ISOWeek()
		closed := week == 12 || week >= 26 && week <= 32 || week >= 51 || week == 1
		b.Weeks = append(b.Weeks, ui.BoardWeek{Label: strconv.Itoa(week), Monday: monday, Closed: closed, Now: i == 13, Past: i < 13, Line: i == 12, Short: i == 15, Days: 4, Seminars: 18})
		monday = monday.AddDate(0, 0, 7)
	}
	for n, row := range s.waveRows() {
		g := ui.BoardGroup{ID: row.ID, Name: row.Name, Number: n + 1, From: row.From, To: row.To, Start: columns[n+1][0], Span: columns[n+1][1],
			People: row.People, Leaders: row.People / 16, Seminars: row.Seminars, PerLeader: s.in("4,2", "4.2"), Estimated: n > 1, Paused: n == 3}
		for i := range g.Span {
			if week := &b.Weeks[g.Start-1+i]; !week.Closed {
				g.Loads = append(g.Loads, ui.BoardLoad{Column: g.Start + i, Monday: week.Monday, Seminars: 4 + (i*7)%12, Over: n == 3 && i == 9, Ready: 2 * i})
			}
		}
		for _, a := range areas {
			if a.Wave == n+1 {
				g.Areas = append(g.Areas, ui.BoardArea{Code: a.Code, Name: a.Name, Start: g.Start + len(g.Areas)%3, Span: g.Span - len(g.Areas)%4, People: a.Target, Leaders: a.Target / 16, Seminars: a.Seminars})
			}
		}
		b.Groups = append(b.Groups, g)
	}
	return b
}

func (s sampler) cost() *ui.WaveCost {
	period := func(month, last int) [2]time.Time {
		return [2]time.Time{s.at(2027, month, 1, 0, 0), s.at(2027, last, 24, 0, 0)}
	}
	spring, later := period(3, 6), period(8, 12)
	return &ui.WaveCost{Replan: true, Untold: 310, Changes: 8,
		Rows: []ui.WaveFigures{
			{Name: s.waveName(1), Number: 1, From: [2]time.Time{spring[0], spring[0]}, To: [2]time.Time{spring[1], spring[1]}, Areas: [2]int{15, 14},
				People: [2]int{613, 580}, Seminars: [2]int{164, 152}, Most: [2]int{14, 13}, PerLeader: [2]string{"4,2", "4,0"}},
			{Name: s.waveName(2), Number: 2, From: [2]time.Time{spring[0], later[0]}, To: [2]time.Time{spring[1], later[1]}, Areas: [2]int{8, 9},
				People: [2]int{518, 551}, Seminars: [2]int{139, 151}, Most: [2]int{12, 12}, PerLeader: [2]string{"4,1", "4,1"}},
			{Name: s.waveName(3), Number: 3, New: true, From: [2]time.Time{{}, later[0]}, To: [2]time.Time{{}, later[1]}, Areas: [2]int{0, 3}, PerLeader: [2]string{"0,0", "4,1"}},
			{Name: s.waveName(4), Number: 4, Gone: true, From: [2]time.Time{later[0], {}}, To: [2]time.Time{later[1], {}}, Areas: [2]int{3, 0}, PerLeader: [2]string{"4,0", "0,0"}},
		},
		Worse:  []ui.Notice{{Kind: ui.Warning, Text: s.in("Våg 2: en vecka har fler seminarier än lokalerna rymmer, vecka 36 (31, de rymmer 30).", "Wave 2: one week has more seminars than the rooms can hold, week 36 (31, they can hold 30).")}},
		Still:  []ui.Notice{{Kind: ui.Warning, Text: s.in("3 veckor har fler seminarier än gränsen 25, mest vecka 39 med 31.", "3 weeks have more seminars than the limit 25, most of all week 39 with 31.")}},
		Better: []ui.Notice{{Kind: ui.Success, Text: s.in("Våg 1: ingen metodledare kommer att kunna leda Juridik.", "Wave 1: no leader will be able to lead Law.")}},
	}
}

func (s sampler) propose(areas []ui.MapArea) ui.WavesPropose {
	board := s.board(areas)
	board.Still = true
	return ui.WavesPropose{Waves: 4, Weeks: 15, Apart: 12, Limit: 60, First: "2027-03-01", Kept: []string{s.waveName(1)},
		Why: []string{s.in("Våg 2 börjar: 5 av 31 metodledare är redan utbildade.", "Wave 2 starts: 5 of 31 leaders are trained already.")}, Board: board, Cost: s.cost(),
		Revision: "418", Hidden: []ui.SentField{{Name: "waves", Value: "4"}, {Name: "weeks", Value: "15"}}}
}

func (s sampler) otherWaves() []ui.Option {
	return []ui.Option{{Value: "w2", Label: s.waveName(2)}, {Value: "w3", Label: s.waveName(3)}}
}

func (s sampler) editWave() ui.WaveForm {
	return ui.WaveForm{Kind: "edit", ID: "w1", Name: s.waveName(1), Number: 1, NewName: s.waveName(1), From: "2027-03-01", Until: "2027-06-24", Revision: "418",
		Error: s.in("Vågens sista dag får inte komma före den första.", "The last day of a wave must not come before its first.")}
}

func (s sampler) moveArea() ui.WaveForm {
	return ui.WaveForm{Kind: "move", ID: "w1", Name: s.waveName(1), Number: 1, Code: "1497", Area: "Hjo", To: "w2", Others: s.otherWaves(), Cost: s.cost(),
		Revision: "418", Hidden: []ui.SentField{{Name: "area", Value: "1497"}, {Name: "from", Value: "w1"}, {Name: "to", Value: "w2"}}}
}

func (s sampler) splitWave(areas []ui.MapArea) ui.WaveForm {
	form := ui.WaveForm{Kind: "split", ID: "w1", Name: s.waveName(1), Number: 1, From: "2027-03-01", Until: "2027-06-24"}
	for i, a := range areas[:8] {
		form.Areas = append(form.Areas, ui.AreaChoice{Value: a.Code, Label: a.Name, Chosen: i < 2})
	}
	return form
}

func (s sampler) pauseWave() ui.WaveForm {
	return ui.WaveForm{Kind: "pause", ID: "w1", Name: s.waveName(1), Number: 1, Cost: s.cost(), Revision: "418", Hidden: []ui.SentField{{Name: "wave", Value: "w1"}}}
}
