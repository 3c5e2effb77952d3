package forecast

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// rows adds the cells up by area and sector, and names what is short.
func (w *world) rows(report *Report) {
	byArea, bySector := map[string][]*cell{}, map[string][]*cell{}
	for i := range w.cells {
		c := &w.cells[i]
		byArea[c.area], bySector[c.sector] = append(byArea[c.area], c), append(bySector[c.sector], c)
	}
	for _, area := range slices.Sorted(maps.Keys(byArea)) {
		row := w.row(area, byArea[area])
		row.Leaders, row.Ready = w.leaders[area][0], w.leaders[area][1]
		row.Neck = w.neckOf(area, byArea[area], row.Lacking)
		report.Areas = append(report.Areas, row)
	}
	for _, sector := range w.r.Problem.Sectors {
		if cells := bySector[sector]; cells != nil {
			report.Sectors = append(report.Sectors, w.row(sector, cells))
		}
	}
	for _, row := range report.Areas {
		if n := row.Neck; report.Neck.Kind == None || cmp.Or(cmp.Compare(n.Lacking, report.Neck.Lacking), cmp.Compare(n.Used, report.Neck.Used)) > 0 {
			report.Neck = n
		}
	}
}

func (w *world) row(id string, cells []*cell) Row {
	row := Row{ID: id}
	complete := true
	for _, c := range cells {
		row.Goal += c.goal * c.minutes
		row.Lacking += c.left * c.minutes
		for i := range c.plan {
			row.Planned += c.plan[i] * c.minutes
			row.Done += c.held[i] * c.minutes
		}
		complete = complete && c.left == 0
		if c.reached.After(row.Reached) {
			row.Reached = c.reached
		}
	}
	if !complete {
		row.Reached = time.Time{}
	}
	return row
}

// neckOf is what an area lacks most or, when it lacks nothing, uses most of.
func (w *world) neckOf(area string, cells []*cell, lacking int) Neck {
	short := map[Kind]int{}
	used, all := 0, 0
	for _, c := range cells {
		for kind, n := range c.short {
			if c.left > 0 {
				short[kind] += n
			}
		}
		for week := range w.weeks {
			if c.all[week] > 0 {
				used, all = used+c.plan[week]-c.held[week], all+c.all[week]
			}
		}
	}
	if lacking > 0 {
		neck := Neck{Area: area, Kind: Weeks, Lacking: lacking}
		most := 0
		for _, kind := range []Kind{Leaders, Rooms, Units, Weeks} {
			if short[kind] > most {
				most, neck.Kind = short[kind], kind
			}
		}
		return neck
	}
	neck := Neck{Area: area}
	shares := map[Kind]int{}
	for kind, seats := range map[Kind]pools{Leaders: w.leaderSeats, Rooms: w.roomSeats} {
		if pool := seats[area]; pool != nil {
			shares[kind] = pool.share()
		}
	}
	if all > 0 {
		shares[Units] = min(100, 100*used/all)
	}
	for _, kind := range []Kind{Leaders, Rooms, Units} {
		if shares[kind] > neck.Used {
			neck.Kind, neck.Used = kind, shares[kind]
		}
	}
	return neck
}
