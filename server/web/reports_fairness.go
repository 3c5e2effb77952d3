package web

import (
	"cmp"
	"slices"
	"time"

	"kaskad/ui"
)

// treated is how a group of people is served by the plan.
type treated struct {
	people, needs, got, disliked int
	travel, weeks                []int
}

func (g *treated) enter(x *trainee, first time.Time) {
	g.people++
	g.needs += x.needs
	g.got += x.got
	g.disliked += x.disliked
	g.travel = append(g.travel, x.travel...)
	if x.got >= x.needs {
		g.weeks = append(g.weeks, weeksBetween(first, x.done)+1)
	}
}

func (g *treated) cells() []ui.ReportCell {
	return []ui.ReportCell{count(g.people), farther(quantile(g.travel, 50)), farther(quantile(g.travel, 90)),
		tinted(shareOf(g.disliked, g.got)), count(quantile(g.weeks, 50)), tinted(shareOf(max(g.needs-g.got, 0), g.needs))}
}

// reportFairness sets groups beside each other: who travels, waits and gives way most.
func (s *Server) reportFairness(v *visit, f *reportFacts) ([]ui.ReportTable, string) {
	first := monday(f.seminars[0].start, f.state.Roster.Zone)
	all, areas, sectors, rotas := &treated{}, map[string]*treated{}, map[string]*treated{}, map[string]*treated{}
	shiftOf := shiftsOf(f.state.Roster)
	group := func(in map[string]*treated, id string) *treated {
		if in[id] == nil {
			in[id] = &treated{}
		}
		return in[id]
	}
	for i := range f.people {
		x := &f.people[i]
		for _, g := range []*treated{all, group(areas, x.unit.Area), group(sectors, x.unit.Sector), group(rotas, string(shiftOf[x.Calendar]))} {
			g.enter(x, first)
		}
	}
	columns := s.labelled(v, "people", "median", "high", "disliked", "weeks", "lacking")
	everybody := ui.ReportRow{Label: s.text(v, "reports.all"), Sum: true, Cells: all.cells()}
	bySector := ui.ReportTable{Key: "fairness-sector", First: s.text(v, "reports.sector"), Columns: columns, Rows: []ui.ReportRow{everybody}}
	for _, id := range f.state.Roster.Problem.Sectors {
		if g := sectors[id]; g != nil {
			bySector.Rows = append(bySector.Rows, ui.ReportRow{Label: s.sectorName(v, id), Cells: g.cells()})
		}
	}
	byShift := ui.ReportTable{Key: "fairness-shift", First: s.text(v, "reports.shift"), Columns: columns, Rows: []ui.ReportRow{everybody}}
	for _, kind := range shifts {
		if g := rotas[string(kind)]; g != nil {
			byShift.Rows = append(byShift.Rows, ui.ReportRow{Label: s.text(v, "reports.shift."+string(kind)), Cells: g.cells()})
		}
	}
	byArea := ui.ReportTable{Key: "fairness-area", First: s.text(v, "reports.area"), Columns: columns, Rows: []ui.ReportRow{everybody}}
	for _, a := range f.areas {
		if g := areas[a.code]; g != nil {
			byArea.Rows = append(byArea.Rows, ui.ReportRow{Label: a.name, Href: seminarsIn(a.code), Cells: g.cells()})
		}
	}
	return []ui.ReportTable{bySector, byShift, byArea}, s.fairnessSentence(v, byArea.Rows[1:], everybody)
}

// medianColumn is where cells has the median of travel.
const medianColumn = 1

func (s *Server) fairnessSentence(v *visit, areas []ui.ReportRow, all ui.ReportRow) string {
	travel := func(row ui.ReportRow) int { return row.Cells[medianColumn].N }
	areas = slices.DeleteFunc(slices.Clone(areas), func(row ui.ReportRow) bool { return travel(row) < 0 })
	byTravel := func(a, b ui.ReportRow) int { return cmp.Compare(travel(a), travel(b)) }
	if len(areas) < 2 {
		return s.text(v, "reports.says.fairness-one", "minutes", max(travel(all), 0))
	}
	most, least := slices.MaxFunc(areas, byTravel), slices.MinFunc(areas, byTravel)
	return s.text(v, "reports.says.fairness", "most", most.Label, "minutes", travel(most), "least", least.Label, "few", travel(least))
}
