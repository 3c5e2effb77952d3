package ui

import (
	"fmt"
	"strings"

	"kaskad/ui/picture"
)

// Colours of report pictures: those of the light theme, for a picture leaves Kaskad.
var (
	pictureTints = [...]string{"#eceeec", "#d3e9e5", "#a3d3ca", "#6bb4a9", "#1f7a72", "#004540"}
	pictureInks  = [...]string{"#51605c", "#12211f", "#12211f", "#0b1a18", "#ffffff", "#ffffff"}
	pictureParts = [...]string{"#1f7a72", "#e0a83c", "#7a62b3", "#5b6b78"}
)

// Measures of report pictures, in units.
const (
	pictureLabel, pictureCell, pictureBar = 190, 84, 320
	pictureRow, pictureEdge, pictureLine  = 26, 16, 18
	pictureHeadings                       = 46 // three lines
)

// pictureLeast is the least width of a picture, so that its sentence is a line or two.
const pictureLeast = 680

// ReportPicture draws a table of a report with its title and the sentence that
// sums it up, on white.
func (r *Renderer) ReportPicture(lang string, p Reports, t ReportTable) *picture.Picture {
	d := drawing{label: pictureLabel}
	if t.Bars() {
		d.bar = pictureBar
	}
	for _, row := range t.Rows {
		d.label = max(d.label, picture.Wide(row.Label, picture.Style{Bold: true})+pictureEdge)
	}
	d.Width = max(2*pictureEdge+d.label+d.bar+len(t.Columns)*pictureCell, pictureLeast)
	d.Title, d.Text = r.Text(lang, "reports.table."+t.Key), p.Sentence
	d.Write(pictureEdge, pictureEdge+18, d.Title, picture.Style{Size: 18, Bold: true})
	y := pictureEdge + 42
	for _, line := range wrapped(d.Text, func(line string) bool { return picture.Wide(line, picture.Style{}) <= d.Width-2*pictureEdge }) {
		d.Write(pictureEdge, y, line, picture.Style{})
		y += pictureLine
	}
	y += pictureHeadings
	for i, c := range t.Columns {
		label := c.Label
		if !c.Month.IsZero() {
			label = fmt.Sprintf("%s %d", shortMonths[lang][c.Month.Month()-1], c.Month.Year())
		}
		d.heading(i, y-8, label, c.Part)
	}
	for _, row := range t.Rows {
		d.row(y, row, func(c ReportCell) string { return r.reportFigure(lang, c) })
		y += pictureRow
	}
	d.Height = y + pictureEdge
	return &d.Picture
}

// drawing is a picture being made: how wide its labels and the bars after its
// first figures are.
type drawing struct {
	picture.Picture
	label, bar int
}

// heading stands above column i, in as many lines as it needs, with the colour
// of the parts of bars that the column counts.
func (d *drawing) heading(i, y int, label string, part int) {
	style := picture.Style{Size: 11, Bold: true, End: true}
	x := pictureEdge + d.label + (i+1)*pictureCell - 8
	if i > 0 {
		x += d.bar
	}
	lines := wrapped(label, func(line string) bool { return picture.Wide(line, style) <= pictureCell-16 })
	for n, line := range lines {
		d.Write(x, y-(len(lines)-1-n)*13, line, style)
	}
	if part > 0 {
		d.Rect(x-picture.Wide(lines[len(lines)-1], style)-14, y-9, 10, 10, partColour(part))
	}
}

func partColour(part int) string { return pictureParts[min(part, len(pictureParts))-1] }

func (d *drawing) row(y int, row ReportRow, figure func(ReportCell) string) {
	d.Write(pictureEdge, y+18, row.Label, picture.Style{Bold: row.Sum})
	x := pictureEdge + d.label
	for _, c := range row.Cells {
		style := picture.Style{Bold: row.Sum, End: true}
		if c.Step > 0 {
			step := min(c.Step, len(pictureTints)) - 1
			d.Rect(x, y, pictureCell-1, pictureRow-1, pictureTints[step])
			style.Ink = pictureInks[step]
		}
		d.Write(x+pictureCell-8, y+18, figure(c), style)
		x += pictureCell
		if c.Kind == "bar" {
			for _, part := range c.Segments() {
				from, to := part.From*(pictureBar-16)/1000, (part.From+part.Width)*(pictureBar-16)/1000
				d.Rect(x+from, y+6, to-from, pictureRow-12, partColour(max(part.Part, 1)))
			}
			x += d.bar
		}
	}
}

func (r *Renderer) reportFigure(lang string, c ReportCell) string {
	switch {
	case c.N < 0:
		return "–"
	case c.Kind == "percent":
		return formatPercent(lang, c.N)
	case c.Kind == "minutes":
		return r.Text(lang, "reports.minutes", "minutes", c.N)
	}
	return formatNumber(lang, c.N)
}

// wrapped is a text in lines that fit, as far as its words allow.
func wrapped(text string, fits func(line string) bool) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && fits(lines[last]+" "+word) {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
