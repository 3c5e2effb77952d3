package demo

import (
	"math/rand/v2"
	"slices"
	"time"

	"kaskad/model"
)

// week is Monday to Saturday 00:00 from the Monday given.
func week(monday time.Time) model.Interval {
	return model.Interval{From: monday, To: monday.AddDate(0, 0, 5)}
}

// weeksOf counts the calendar weeks a wave touches.
func weeksOf(w model.Wave) int {
	return int(w.To.Sub(mondayOf(w.From)).Hours()+7*24-1) / (7 * 24)
}

func (b *builder) weekOff(r *rand.Rand, w model.Wave) model.Interval {
	return week(mondayOf(w.From).AddDate(0, 0, 7*r.IntN(weeksOf(w))))
}

func dayOff(r *rand.Rand, w model.Wave) model.Interval {
	date := mondayOf(w.From).AddDate(0, 0, 7*r.IntN(weeksOf(w))+r.IntN(5))
	return model.Interval{From: date, To: date.AddDate(0, 0, 1)}
}

// schoolBreaks are the weeks parents take off: sportlov in ISO week 7, the
// week after Easter, höstlov in ISO week 44 (as in most of Västra Götaland).
func schoolBreaks(w model.Wave) []model.Interval {
	var list []model.Interval
	for year := w.From.Year(); year <= w.To.Year(); year++ {
		for _, monday := range []time.Time{isoMonday(year, 7), mondayOf(Easter(year)).AddDate(0, 0, 7), isoMonday(year, 44)} {
			if !monday.Before(w.From) && monday.Before(w.To) {
				list = append(list, week(monday))
			}
		}
	}
	return list
}

// absences are one person's own closed times inside the wave. A leader's first
// eight weeks are kept free: that is when leaders are trained.
func (b *builder) absences(r *rand.Rand, w model.Wave, leader bool) []model.Interval {
	var list []model.Interval
	if r.IntN(100) < 30 {
		list = append(list, b.weekOff(r, w))
	}
	breaks := schoolBreaks(w)
	if len(breaks) > 0 && r.IntN(100) < 25 {
		list = append(list, breaks[r.IntN(len(breaks))])
	}
	if r.IntN(100) < 10 {
		for range 1 + r.IntN(3) {
			list = append(list, dayOff(r, w))
		}
	}
	if !leader && r.IntN(100) < 2 {
		list = append(list, parentalLeave(r, w))
	}
	if leader {
		trained := w.From.AddDate(0, 0, 8*7)
		list = slices.DeleteFunc(list, func(i model.Interval) bool { return i.From.Before(trained) })
	}
	return model.Joined(list)
}

// parentalLeave is a fifth to three tenths of the wave, at its start or end.
func parentalLeave(r *rand.Rand, w model.Wave) model.Interval {
	weeks := weeksOf(w) * (20 + r.IntN(11)) / 100
	monday := mondayOf(w.From)
	if r.IntN(2) == 0 {
		return model.Interval{From: monday, To: monday.AddDate(0, 0, 7*weeks)}
	}
	return model.Interval{From: monday.AddDate(0, 0, 7*(weeksOf(w)-weeks)), To: monday.AddDate(0, 0, 7*weeksOf(w))}
}

// Slack: half-days at the tier's gap that a person must keep open, twice the
// four modules.
const slackMeetings = 8

// canAttend says whether a person keeps slack with the absences given: staff
// at a week's gap once leaders are ready (four weeks into the wave), leaders
// at two days' gap during their eight weeks of training.
func (b *builder) canAttend(wave int, calendar string, absent []model.Interval, leader bool) bool {
	from, to := b.waves[wave].From.AddDate(0, 0, 4*7), b.waves[wave].To
	gap := 7
	if leader {
		from, to, gap = b.waves[wave].From, b.waves[wave].From.AddDate(0, 0, 8*7), 2
	}
	meetings, earliest := 0, from
	closed := b.closed[calendar]
	for i := b.waveSlots[wave][0]; i < b.waveSlots[wave][1]; i++ {
		s := b.slots[i]
		if s.Start.Before(earliest) || !s.Start.Before(to) || closed != nil && closed[i] || model.Overlap(absent, s.Start, s.End) {
			continue
		}
		meetings++
		y, m, d := s.Start.Date()
		earliest = day(y, m, d+gap)
	}
	return meetings >= slackMeetings
}
