package roster

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Table is a list as a file: a header and rows of as many cells. A cell is a
// string, an int or a time.Time; times are written as they stand in their zone.
type Table struct {
	Sheet  string // name of the worksheet
	Header []string
	Rows   [][]any
}

// bom tells Excel that a CSV file is UTF-8 (Unicode 15.0, 23.8).
const bom = "\ufeff"

// WriteCSV writes the table as a Swedish Excel opens it: UTF-8 with a byte
// order mark, semicolons, CRLF (RFC 4180 with another separator).
func (t Table) WriteCSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString(bom)
	header := make([]any, len(t.Header))
	for i, h := range t.Header {
		header[i] = h
	}
	writeCSVRow(b, header)
	for _, row := range t.Rows {
		writeCSVRow(b, row)
	}
	return b.Flush() // a bufio.Writer keeps its first error
}

func writeCSVRow(b *bufio.Writer, row []any) {
	for i, cell := range row {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(csvCell(cell))
	}
	b.WriteString("\r\n")
}

func csvCell(cell any) string {
	switch x := cell.(type) {
	case int:
		return strconv.Itoa(x)
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return x.Format("2006-01-02 15:04")
	case string:
		return quoted(Guarded(x))
	}
	return ""
}

func quoted(text string) string {
	if strings.ContainsAny(text, ";\"\r\n") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// Guarded is text that a spreadsheet takes for text: what would begin a formula
// gets an apostrophe in front (OWASP, CSV Injection). A name is data of
// somebody else's, and a formula in it would run on the reader's machine.
func Guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// WriteXLSX writes the table as a workbook of one sheet. Strings are stored as
// strings, never as formulas; the header stays in view.
func (t Table) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), t.Sheet); err != nil {
		return err
	}
	stream, err := f.NewStreamWriter(t.Sheet)
	if err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i := range t.Header {
		if err := stream.SetColWidth(i+1, i+1, 22); err != nil {
			return err
		}
	}
	header := make([]any, len(t.Header))
	for i, h := range t.Header {
		header[i] = excelize.Cell{Value: h, StyleID: styles.bold}
	}
	if err := stream.SetRow("A1", header); err != nil {
		return err
	}
	for i, row := range t.Rows {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := stream.SetRow(cell, styles.cells(row)); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

type styles struct{ bold, date int }

func newStyles(f *excelize.File) (s styles, err error) {
	if s.bold, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return s, err
	}
	format := "yyyy-mm-dd hh:mm"
	s.date, err = f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	return s, err
}

func (s styles) cells(row []any) []any {
	list := make([]any, len(row))
	for i, cell := range row {
		list[i] = cell
		if x, ok := cell.(time.Time); ok {
			list[i] = nil
			if !x.IsZero() {
				// A spreadsheet knows no zones: the local time as it stands.
				wall := time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), 0, 0, time.UTC)
				list[i] = excelize.Cell{Value: wall, StyleID: s.date}
			}
		}
	}
	return list
}
