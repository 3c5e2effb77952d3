package web

import (
	"slices"
	"time"

	"kaskad/model"
)

// shift is how the work of somebody's rota lies on the day, told from when the
// rota keeps them from the programme's times.
type shift string

const (
	noRota     shift = "none"    // follows no rota
	dayShift   shift = "day"     // is away as often before noon as after
	lateShift  shift = "evening" // is away more often after noon
	nightShift shift = "night"   // is away more often before noon: rests after the night
)

var shifts = []shift{noRota, dayShift, lateShift, nightShift}

// leaning is the least difference, in percent of the times, between being away
// before and after noon that makes a rota one of evenings or of nights.
const leaning = 10

// shiftsOf tells the shift of every calendar that people follow.
func shiftsOf(r *model.Roster) map[string]shift {
	found := map[string]shift{"": noRota}
	for id, c := range r.Calendars {
		away, times := [2]int{}, [2]int{} // before noon and after
		closed := model.Joined(c.Closed)
		for i := range r.Problem.Slots {
			x := &r.Problem.Slots[i]
			half := 1
			if x.Start.In(r.Zone).Hour() < 12 {
				half = 0
			}
			times[half]++
			if closedThen(closed, x.Start, x.End) {
				away[half]++
			}
		}
		before, after := away[0]*100/max(times[0], 1), away[1]*100/max(times[1], 1)
		switch {
		case after >= before+leaning:
			found[id] = lateShift
		case before >= after+leaning:
			found[id] = nightShift
		default:
			found[id] = dayShift
		}
	}
	return found
}

// closedThen is model.Overlap for times in order that do not overlap.
func closedThen(closed []model.Interval, from, to time.Time) bool {
	at, _ := slices.BinarySearchFunc(closed, from, func(i model.Interval, t time.Time) int {
		if i.To.After(t) {
			return 1
		}
		return -1
	})
	return at < len(closed) && closed[at].From.Before(to)
}
