package ui

import (
	"net/url"
	"time"
)

// Reports shows what the plan gives, one subject at a time, as tables whose
// cells are tinted or have bars: the picture and its figures are one.
type Reports struct {
	About    string   // what it is about, a key of "reports.about"
	Abouts   []string // what there is
	Sentence string   // the gist of it; translated
	Tables   []ReportTable
}

// ReportTable is one picture.
type ReportTable struct {
	Key     string // of "reports.table"
	First   string // heading of the rows; translated
	Columns []ReportColumn
	Rows    []ReportRow
	Rest    []ReportRow // more of them, in files only
}

// ReportColumn is a heading: a month, or else a label.
type ReportColumn struct {
	Label string // translated
	Month time.Time
	Ahead bool // the month is not over
	Part  int  // which part of the bars it counts, 1 and up; 0: none
}

// ReportRow is one line; a line for all has Sum.
type ReportRow struct {
	Label, Href string
	Sum         bool
	Cells       []ReportCell
}

// ReportCell is one figure.
type ReportCell struct {
	Kind string // "num", "bar" (a number with a bar in the first column), "percent" or "minutes"
	N    int    // below 0: there is none
	Step int    // how dark it is tinted, 1 to 6; 0: not at all
	Bar  int    // length of its bar, 0 to 100
	// Parts are the shares that the bar is made up of, in percent of its length; none: it is of one piece.
	Parts []int
}

// Segment is a piece of a bar, in thousandths of the bars' room.
type Segment struct{ From, Width, Part int } // Part: 1 and up; 0 of a bar of one piece

// Segments are the pieces of a cell's bar that have any width.
func (c ReportCell) Segments() []Segment {
	if len(c.Parts) == 0 {
		return []Segment{{0, c.Bar * 10, 0}}
	}
	var list []Segment
	from := 0
	for i, share := range c.Parts {
		if width := share * c.Bar / 10; width > 0 {
			list = append(list, Segment{from, width, i + 1})
			from += width
		}
	}
	return list
}

// Bars tells whether the first figures have bars.
func (t ReportTable) Bars() bool { return len(t.Rows) > 0 && t.Rows[0].Cells[0].Kind == "bar" }

// Tint is the style of a cell.
func (c ReportCell) Tint() string {
	if c.Step <= 0 {
		return ""
	}
	return [...]string{"heat cov0", "heat cov1", "heat cov2", "heat cov3", "heat cov4", "heat cov5"}[min(c.Step, 6)-1]
}

// URL is the address of the reports about something.
func (r Reports) URL(about string) string { return "/reports?about=" + url.QueryEscape(about) }

// PictureURL is the address of a table as a picture, "svg" or "png".
func (r Reports) PictureURL(t ReportTable, format string) string {
	return "/reports/picture?" + url.Values{"about": {r.About}, "table": {t.Key}, "format": {format}}.Encode()
}

// ExportURL is the address of a table as a file.
func (r Reports) ExportURL(t ReportTable, format string) string {
	return "/reports/export?" + url.Values{"about": {r.About}, "table": {t.Key}, "format": {format}}.Encode()
}
