package web

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kaskad/server/roster"
	"kaskad/ui"
)

func (s *Server) exportPeople(v *visit) error {
	return exportList(s, v, s.peopleList(v, s.register(v.state)))
}

func (s *Server) exportLeaders(v *visit) error {
	return exportList(s, v, s.leadersList(v, s.register(v.state)))
}

func (s *Server) exportUnits(v *visit) error {
	return exportList(s, v, s.unitsList(v, s.register(v.state)))
}

func (s *Server) exportVenues(v *visit) error {
	return exportList(s, v, s.venuesList(v, s.register(v.state)))
}

// exportList answers with everything that fits the filter, in the columns and
// the order of the page: what is seen is what comes.
func exportList[T any](s *Server, v *visit, l *listing[T]) error {
	page := l.ask(v)
	table := roster.Table{Sheet: s.text(v, "register.title."+string(l.kind))}
	for _, c := range page.ShownColumns() {
		table.Header = append(table.Header, s.text(v, "register.col."+c.Key))
	}
	for _, x := range l.find(page) {
		var row []any
		for _, cell := range l.cells(page, x) {
			row = append(row, exportCell(cell, v.state.Roster.Zone))
		}
		table.Rows = append(table.Rows, row)
	}
	return s.sendTable(v, table, v.Query("format"))
}

// exportCell is a cell as a number or a time where it is one, so that it can be reckoned with.
func exportCell(c ui.Cell, zone *time.Location) any {
	switch c.Kind {
	case ui.NumberCell, ui.TimeCell:
		return c.N
	case ui.DateCell:
		return c.At.In(zone)
	case ui.WaveCell:
		if c.N == 0 {
			return ""
		}
	}
	return c.Text
}

// sendTable sends a table as a file to keep: "xlsx", else CSV.
func (s *Server) sendTable(v *visit, table roster.Table, format string) error {
	var b bytes.Buffer
	kind, write := "text/csv; charset=utf-8", table.WriteCSV
	if format == "xlsx" {
		kind, write = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table.WriteXLSX
	} else {
		format = "csv"
	}
	if err := write(&b); err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%s.%s", strings.ToLower(table.Sheet), s.Programme.Now().In(v.state.Roster.Zone).Format(time.DateOnly), format)
	v.Attachment(name)
	v.Set(fiber.HeaderContentType, kind)
	return v.Send(b.Bytes())
}
