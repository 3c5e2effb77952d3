package web

import (
	"cmp"
	"slices"
	"strings"

	"kaskad/ui"
)

// reportMix tells how many sectors meet in the seminars.
func (s *Server) reportMix(v *visit, f *reportFacts) ([]ui.ReportTable, string) {
	r := f.state.Roster
	type sums struct{ seminars, mixed, taken, seats int }
	bySectors, byArea := make([]int, len(r.Problem.Sectors)+1), map[string]*sums{}
	for _, c := range f.seminars {
		bySectors[len(c.sectors)]++
		in := byArea[c.mainArea()]
		if in == nil {
			in = &sums{}
			byArea[c.mainArea()] = in
		}
		in.seminars++
		in.taken += len(c.Attendees)
		in.seats += r.SeatsIn(&c.Seminar)
		if len(c.sectors) == len(r.Problem.Sectors) {
			in.mixed++
		}
	}
	table := ui.ReportTable{Key: "mix", First: s.text(v, "reports.sectors"), Columns: s.labelled(v, "seminars", "share")}
	largest := slices.Max(bySectors)
	for n := 1; n < len(bySectors); n++ {
		table.Rows = append(table.Rows, ui.ReportRow{Label: itoa(n), Cells: []ui.ReportCell{barred(bySectors[n], largest), shareOf(bySectors[n], len(f.seminars))}})
	}
	areas := ui.ReportTable{Key: "mix-area", First: s.text(v, "reports.area"), Columns: s.labelled(v, "seminars", "mixed", "mixed-share", "filled")}
	for _, a := range f.areas {
		if in := byArea[a.code]; in != nil {
			areas.Rows = append(areas.Rows, ui.ReportRow{Label: a.name, Href: seminarsIn(a.code),
				Cells: []ui.ReportCell{count(in.seminars), count(in.mixed), tinted(shareOf(in.mixed, in.seminars)), tinted(shareOf(in.taken, in.seats))}})
		}
	}
	return []ui.ReportTable{table, s.meetingTable(v, f), areas, s.leastMixed(v, f)}, s.text(v, "reports.says.mix", "mixed", bySectors[len(r.Problem.Sectors)], "total", len(f.seminars))
}

// sectorsOf names the sectors that meet in a seminar, in the programme's order.
func (s *Server) sectorsOf(v *visit, f *reportFacts, c *card) string {
	var names []string
	for _, id := range f.state.Roster.Problem.Sectors {
		if c.sectors[id] > 0 {
			names = append(names, s.sectorName(v, id))
		}
	}
	return strings.Join(names, " + ")
}

// sectorColumns count each sector's people; their headings carry the colours of
// the parts of the bars.
func (s *Server) sectorColumns(v *visit, f *reportFacts) (list []ui.ReportColumn) {
	for i, id := range f.state.Roster.Problem.Sectors {
		list = append(list, ui.ReportColumn{Label: s.sectorName(v, id), Part: i + 1})
	}
	return list
}

// meetingTable tells which sectors meet, and in what parts on the whole.
func (s *Server) meetingTable(v *visit, f *reportFacts) ui.ReportTable {
	table := ui.ReportTable{Key: "mix-kinds", First: s.text(v, "reports.meet"), Columns: append(s.labelled(v, "seminars"), s.sectorColumns(v, f)...)}
	sectors := f.state.Roster.Problem.Sectors
	seminars, people, largest := map[string]int{}, map[string][]int{}, 1
	for _, c := range f.seminars {
		kind := s.sectorsOf(v, f, c)
		if people[kind] == nil {
			people[kind] = make([]int, len(sectors))
		}
		seminars[kind]++
		largest = max(largest, seminars[kind])
		for i, id := range sectors {
			people[kind][i] += c.sectors[id]
		}
	}
	for kind, n := range seminars {
		bar := barred(n, largest)
		bar.Parts = shares(people[kind])
		row := ui.ReportRow{Label: cmp.Or(kind, s.text(v, "reports.nobody")), Cells: []ui.ReportCell{bar}}
		for _, n := range people[kind] {
			row.Cells = append(row.Cells, count(n))
		}
		table.Rows = append(table.Rows, row)
	}
	slices.SortFunc(table.Rows, func(a, b ui.ReportRow) int {
		return cmp.Or(cmp.Compare(b.Cells[0].N, a.Cells[0].N), strings.Compare(a.Label, b.Label))
	})
	return table
}

// shownSeminars is how many seminars the page lists; files have them all.
const shownSeminars = 100

// leastMixed lists the seminars by how much of one sector they are, most first.
func (s *Server) leastMixed(v *visit, f *reportFacts) ui.ReportTable {
	table := ui.ReportTable{Key: "mix-seminars", First: s.text(v, "reports.seminar"), Columns: append(s.labelled(v, "attendees"), s.sectorColumns(v, f)...)}
	table.Columns = append(table.Columns, s.labelled(v, "largest")...)
	r := f.state.Roster
	for _, c := range f.seminars {
		bar, most := barred(len(c.Attendees), len(c.Attendees)), 0
		row := ui.ReportRow{Href: "/seminars/" + c.ID, Label: strings.Join([]string{s.ui.Day(v.lang, c.start), s.areaName(c.mainArea()), r.Modules[c.Module].Name}, ", ")}
		var people []int
		for _, id := range r.Problem.Sectors {
			people, most = append(people, c.sectors[id]), max(most, c.sectors[id])
		}
		bar.Parts = shares(people)
		row.Cells = []ui.ReportCell{bar}
		for _, n := range people {
			row.Cells = append(row.Cells, count(n))
		}
		row.Cells = append(row.Cells, shareOf(most, len(c.Attendees)))
		table.Rows = append(table.Rows, row)
	}
	last := len(table.Columns) - 1
	slices.SortStableFunc(table.Rows, func(a, b ui.ReportRow) int { return b.Cells[last].N - a.Cells[last].N })
	if len(table.Rows) > shownSeminars {
		table.Rows, table.Rest = table.Rows[:shownSeminars], table.Rows[shownSeminars:]
	}
	return table
}

// shares are parts in whole percent that sum to a hundred; the largest takes
// what rounding leaves.
func shares(parts []int) []int {
	sum, largest := 0, 0
	for i, n := range parts {
		sum += n
		if n > parts[largest] {
			largest = i
		}
	}
	if sum == 0 {
		return nil
	}
	list, left := make([]int, len(parts)), 100
	for i, n := range parts {
		list[i] = n * 100 / sum
		left -= list[i]
	}
	list[largest] += left
	return list
}
