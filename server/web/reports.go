package web

import (
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/model"
	"kaskad/server/roster"
	"kaskad/ui"
)

// report is something the plan can be looked at by.
type report struct {
	about string
	// tables makes its pictures, and the sentence that sums them up.
	tables func(s *Server, v *visit, f *reportFacts) ([]ui.ReportTable, string)
}

// reportKinds lists them in the order of their tabs.
var reportKinds = []report{
	{"coverage", (*Server).reportCoverage},
	{"travel", (*Server).reportTravel},
	{"mix", (*Server).reportMix},
	{"leaders", (*Server).reportLeaders},
	{"fairness", (*Server).reportFairness},
}

// reports shows one report.
func (s *Server) reports(v *visit) error { return s.show(v, s.askReport(v)) }

// reportKey is what a report depends on beside the State.
type reportKey struct{ about, lang string }

func (s *Server) askReport(v *visit) ui.Reports {
	kind := &reportKinds[0]
	var page ui.Reports
	for i := range reportKinds {
		page.Abouts = append(page.Abouts, reportKinds[i].about)
		if reportKinds[i].about == v.Query("about") {
			kind = &reportKinds[i]
		}
	}
	page.About = kind.about
	return s.tables.of(s, v.state, reportKey{kind.about, v.lang}, func() ui.Reports {
		if f := s.reportFacts(v.state); len(f.seminars) > 0 {
			page.Tables, page.Sentence = kind.tables(s, v, f)
		}
		return page
	})
}

// askTable is the one table of a report that a file is asked for of.
func (s *Server) askTable(v *visit) (page ui.Reports, table ui.ReportTable, err error) {
	page = s.askReport(v)
	at := slices.IndexFunc(page.Tables, func(t ui.ReportTable) bool { return t.Key == v.Query("table") })
	if at < 0 {
		return page, table, model.Errorf(model.NotFound, "error.no-report", "there is no table %s in the report about %s", v.Query("table"), page.About)
	}
	return page, page.Tables[at], nil
}

// drawReport answers with one table of a report as a picture, for slides and letters.
func (s *Server) drawReport(v *visit) error {
	page, table, err := s.askTable(v)
	if err != nil {
		return err
	}
	drawn, name := s.ui.ReportPicture(v.lang, page, table), fmt.Sprintf("%s-%s", table.Key, s.Programme.Now().In(v.state.Roster.Zone).Format(time.DateOnly))
	if v.Query("format") != "png" {
		v.Attachment(name + ".svg")
		v.Set(fiber.HeaderContentType, "image/svg+xml")
		return v.Send(drawn.SVG())
	}
	points, err := drawn.PNG()
	if err != nil {
		return err
	}
	v.Attachment(name + ".png") // sets the type
	return v.Send(points)
}

// exportReport answers with one table of a report as a file, in plain numbers.
func (s *Server) exportReport(v *visit) error {
	page, shown, err := s.askTable(v)
	if err != nil {
		return err
	}
	table := roster.Table{Sheet: s.text(v, "reports.about."+page.About), Header: []string{shown.First}}
	for _, c := range shown.Columns {
		label := c.Label
		if !c.Month.IsZero() {
			label = c.Month.Format(monthForm)
		}
		table.Header = append(table.Header, label)
	}
	for _, row := range slices.Concat(shown.Rows, shown.Rest) {
		cells := []any{row.Label}
		for _, c := range row.Cells {
			if c.N < 0 {
				cells = append(cells, "")
			} else {
				cells = append(cells, c.N)
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	return s.sendTable(v, table, v.Query("format"))
}

func count(n int) ui.ReportCell { return ui.ReportCell{Kind: "num", N: n} }

func minutes(n int) ui.ReportCell { return ui.ReportCell{Kind: "minutes", N: n} }

// shareOf is a part in whole percent; there is none of nothing.
func shareOf(part, whole int) ui.ReportCell {
	if whole == 0 {
		return ui.ReportCell{Kind: "percent", N: -1}
	}
	return ui.ReportCell{Kind: "percent", N: part * 100 / whole}
}

// tinted is darker the larger the part: 0, below a quarter, a half, three quarters, 100 %, all.
func tinted(c ui.ReportCell) ui.ReportCell {
	switch {
	case c.N < 0:
	case c.N == 0:
		c.Step = 1
	default:
		c.Step = 2 + min(c.N, 100)/25
	}
	return c
}

// barred is a count with a bar that compares it with the largest of its column.
func barred(n, largest int) ui.ReportCell {
	c := ui.ReportCell{Kind: "bar", N: n}
	if n > 0 {
		c.Bar = max(n*100/largest, 1)
	}
	return c
}

// quantile is the least value that a share of the list, in percent, does not
// exceed; -1 of nothing. It sorts the list.
func quantile(list []int, percent int) int {
	if len(list) == 0 {
		return -1
	}
	slices.Sort(list)
	return list[max((len(list)*percent+99)/100-1, 0)]
}

// labelled are columns by the keys of their labels.
func (s *Server) labelled(v *visit, keys ...string) []ui.ReportColumn {
	var list []ui.ReportColumn
	for _, key := range keys {
		list = append(list, ui.ReportColumn{Label: s.text(v, "reports."+key)})
	}
	return list
}
