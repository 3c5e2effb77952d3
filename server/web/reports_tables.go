package web

import (
	"net/url"
	"time"

	"kaskad/model"
	"kaskad/ui"
)

// reportCoverage is a heat map: how much of each municipality's needs is met by
// the end of each month.
func (s *Server) reportCoverage(v *visit, f *reportFacts) ([]ui.ReportTable, string) {
	zone, now := f.state.Roster.Zone, s.Programme.Now()
	first := monthOf(f.seminars[0].start.In(zone))
	table := ui.ReportTable{Key: "coverage", First: s.text(v, "reports.area")}
	met := map[string][]int{} // area → seats by month; "" for all
	held := 0
	for _, c := range f.seminars {
		month := monthsBetween(first, c.start.In(zone))
		for len(table.Columns) <= month {
			start := first.AddDate(0, len(table.Columns), 0)
			table.Columns = append(table.Columns, ui.ReportColumn{Month: start, Ahead: start.AddDate(0, 1, 0).After(now)})
		}
		if !c.end.After(now) {
			held += len(c.Attendees)
		}
		for code, n := range c.areas {
			for _, of := range []string{code, ""} {
				for len(met[of]) <= month {
					met[of] = append(met[of], 0)
				}
				met[of][month] += n
			}
		}
	}
	needs := map[string]int{}
	for _, x := range f.people {
		needs[x.unit.Area] += x.needs
		needs[""] += x.needs
	}
	row := func(code string) (cells []ui.ReportCell) {
		sum := 0
		for month := range table.Columns {
			if month < len(met[code]) {
				sum += met[code][month]
			}
			cells = append(cells, tinted(shareOf(sum, needs[code])))
		}
		return cells
	}
	table.Rows = append(table.Rows, ui.ReportRow{Label: s.text(v, "reports.all"), Sum: true, Cells: row("")})
	for _, a := range f.areas {
		if needs[a.code] > 0 {
			table.Rows = append(table.Rows, ui.ReportRow{Label: a.name, Href: seminarsIn(a.code), Cells: row(a.code)})
		}
	}
	all := table.Rows[0].Cells
	return []ui.ReportTable{table}, s.text(v, "reports.says.coverage", "now", s.ui.Percent(v.lang, shareOf(held, needs[""]).N), "planned", s.ui.Percent(v.lang, all[len(all)-1].N))
}

func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

func monthsBetween(a, b time.Time) int {
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}

func seminarsIn(area string) string { return "/seminars?area=" + url.QueryEscape(area) }

// Travel is counted in steps of a quarter of an hour, up to two hours.
const travelStep, travelSteps = 15, 8

// reportTravel counts seats by how far their holders travel, in all and by sector.
func (s *Server) reportTravel(v *visit, f *reportFacts) ([]ui.ReportTable, string) {
	sectors := f.state.Roster.Problem.Sectors
	place := map[string]int{}
	table := ui.ReportTable{Key: "travel", First: s.text(v, "reports.travel"), Columns: s.labelled(v, "seats", "share")}
	for i, id := range sectors {
		place[id] = i + 1
		table.Columns = append(table.Columns, ui.ReportColumn{Label: s.sectorName(v, id)})
	}
	bins := make([][]int, travelSteps+2) // the last is online
	for i := range bins {
		bins[i] = make([]int, len(sectors)+1)
	}
	var all []int
	total := 0
	enter := func(x *trainee, bin, n int) {
		bins[bin][0] += n
		bins[bin][place[x.unit.Sector]] += n
		total += n
	}
	for i := range f.people {
		x := &f.people[i]
		all = append(all, x.travel...)
		for _, m := range x.travel {
			enter(x, min(m/travelStep, travelSteps), 1)
		}
		enter(x, travelSteps+1, x.got-len(x.travel))
	}
	largest := 0
	for _, bin := range bins {
		largest = max(largest, bin[0])
	}
	for i, bin := range bins {
		row := ui.ReportRow{Label: s.text(v, "reports.travel.bin", "from", i*travelStep, "to", (i+1)*travelStep-1), Cells: []ui.ReportCell{barred(bin[0], largest), shareOf(bin[0], total)}}
		switch i {
		case travelSteps:
			row.Label = s.text(v, "reports.travel.more", "from", i*travelStep)
		case travelSteps + 1:
			row.Label = s.text(v, "reports.travel.online")
		}
		for _, n := range bin[1:] {
			row.Cells = append(row.Cells, count(n))
		}
		table.Rows = append(table.Rows, row)
	}
	return []ui.ReportTable{table}, s.text(v, "reports.says.travel", "median", max(quantile(all, 50), 0), "most", max(quantile(all, 90), 0))
}

// mostLed is the last line of the table of leaders by seminars.
const mostLed = 20

// reportLeaders tells how the seminars are shared among those who may lead them.
func (s *Server) reportLeaders(v *visit, f *reportFacts) ([]ui.ReportTable, string) {
	r := f.state.Roster
	led, travel := map[string]int{}, map[string][]int{}
	for _, c := range f.seminars {
		for _, p := range c.Leaders {
			led[p]++
			if x := r.People[p]; x != nil && !r.Venues[c.Venue].Online {
				area := r.Units[x.Unit].Area
				travel[area] = append(travel[area], r.TravelMinutes(x.Unit, c.Venue))
			}
		}
	}
	type sums struct{ leaders, idle, seminars, most int }
	byArea, byCount, all := map[string]*sums{}, make([]int, mostLed+1), []int{}
	for i := range r.Problem.People {
		x := &r.Problem.People[i]
		if !mayLead(x, f.last.ID) {
			continue
		}
		n := led[x.ID]
		all, byCount[min(n, mostLed)] = append(all, n), byCount[min(n, mostLed)]+1
		in := byArea[r.Units[x.Unit].Area]
		if in == nil {
			in = &sums{}
			byArea[r.Units[x.Unit].Area] = in
		}
		in.leaders, in.seminars, in.most = in.leaders+1, in.seminars+n, max(in.most, n)
		if n == 0 {
			in.idle++
		}
	}
	areas := ui.ReportTable{Key: "leaders-area", First: s.text(v, "reports.area"), Columns: s.labelled(v, "leaders", "idle", "seminars", "most", "median")}
	for _, a := range f.areas {
		if in := byArea[a.code]; in != nil {
			areas.Rows = append(areas.Rows, ui.ReportRow{Label: a.name, Href: "/leaders?area=" + url.QueryEscape(a.code),
				Cells: []ui.ReportCell{count(in.leaders), count(in.idle), count(in.seminars), count(in.most), farther(quantile(travel[a.code], 50))}})
		}
	}
	return []ui.ReportTable{s.ledTable(v, byCount, len(all)), areas}, s.text(v, "reports.says.leaders", "n", max(quantile(all, 50), 0), "none", byCount[0], "total", len(all))
}

func mayLead(x *model.Person, tier string) bool { return x.Leads != nil && x.Leads.Tier == tier }

// ledTable counts leaders by the seminars they lead, up to the most anybody does.
func (s *Server) ledTable(v *visit, byCount []int, leaders int) ui.ReportTable {
	table := ui.ReportTable{Key: "leaders", First: s.text(v, "reports.led"), Columns: s.labelled(v, "leaders", "share")}
	largest, end := 0, 0
	for n, of := range byCount {
		largest = max(largest, of)
		if of > 0 {
			end = n
		}
	}
	for n, of := range byCount[:end+1] {
		row := ui.ReportRow{Label: s.text(v, "reports.led.n", "n", n), Cells: []ui.ReportCell{barred(of, largest), shareOf(of, leaders)}}
		if n == mostLed {
			row.Label = s.text(v, "reports.led.more", "from", n)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// farther is travel, darker for each quarter of an hour.
func farther(n int) ui.ReportCell {
	c := minutes(n)
	if n >= 0 {
		c.Step = min(1+n/travelStep, 6)
	}
	return c
}
