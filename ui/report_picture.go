package ui

import (
	"fmt"
	"html"
	"strings"
)

// Colours of report pictures: those of the light theme, for a picture leaves Kaskad.
var (
	pictureTints = [...]string{"#eceeec", "#d3e9e5", "#a3d3ca", "#6bb4a9", "#1f7a72", "#004540"}
	pictureInks  = [...]string{"#51605c", "#12211f", "#12211f", "#0b1a18", "#ffffff", "#ffffff"}
)

// Measures of report pictures, in SVG user units.
const (
	pictureLabel, pictureCell, pictureBar = 190, 84, 320
	pictureRow, pictureHead, pictureEdge  = 26, 104, 16
)

// pictureLeast is the least width of a picture: the sentence stands on one line.
const pictureLeast = 680

// ReportPicture draws a table as an SVG file that stands by itself, with its
// title and the sentence that sums it up, on white.
func (r *Renderer) ReportPicture(lang string, p Reports, t ReportTable) []byte {
	d := picture{}
	if t.Bars() {
		d.bar = pictureBar
	}
	width := max(2*pictureEdge+pictureLabel+d.bar+len(t.Columns)*pictureCell, pictureLeast)
	height := 2*pictureEdge + pictureHead + len(t.Rows)*pictureRow
	title := r.Text(lang, "reports.table."+t.Key)
	fmt.Fprintf(&d, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="sans-serif" font-size="13" fill="#12211f">`, width, height, width, height)
	fmt.Fprintf(&d, `<title>%s</title><desc>%s</desc><rect width="%d" height="%d" fill="#ffffff"/>`, html.EscapeString(title), html.EscapeString(p.Sentence), width, height)
	d.write(pictureEdge, pictureEdge+18, ` font-size="18" font-weight="bold"`, title)
	d.write(pictureEdge, pictureEdge+42, "", p.Sentence)
	for i, c := range t.Columns {
		label := c.Label
		if !c.Month.IsZero() {
			label = fmt.Sprintf("%s %d", shortMonths[lang][c.Month.Month()-1], c.Month.Year())
		}
		d.heading(i, label)
	}
	for n, row := range t.Rows {
		d.row(pictureEdge+pictureHead+n*pictureRow, row, func(c ReportCell) string { return r.reportFigure(lang, c) })
	}
	d.WriteString("</svg>\n")
	return []byte(d.String())
}

// picture is an SVG file being written; bar is the room for bars after the first figures.
type picture struct {
	strings.Builder
	bar int
}

func (d *picture) write(x, y int, style, text string) {
	fmt.Fprintf(d, `<text x="%d" y="%d"%s>%s</text>`, x, y, style, html.EscapeString(text))
}

// toTheRight is the style of texts that end where figures do.
const toTheRight = ` text-anchor="end"`

// heading stands above column i, in as many lines as it needs.
func (d *picture) heading(i int, label string) {
	x := pictureEdge + pictureLabel + (i+1)*pictureCell - 8
	if i > 0 {
		x += d.bar
	}
	lines := wrapped(label, 13)
	for n, line := range lines {
		d.write(x, pictureEdge+pictureHead-8-(len(lines)-1-n)*13, toTheRight+` font-size="11" font-weight="bold"`, line)
	}
}

func (d *picture) row(y int, row ReportRow, figure func(ReportCell) string) {
	weight := ""
	if row.Sum {
		weight = ` font-weight="bold"`
	}
	d.write(pictureEdge, y+18, weight, row.Label)
	x := pictureEdge + pictureLabel
	for _, c := range row.Cells {
		ink := ""
		if c.Step > 0 {
			step := min(c.Step, len(pictureTints)) - 1
			fmt.Fprintf(d, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, x, y, pictureCell-1, pictureRow-1, pictureTints[step])
			ink = ` fill="` + pictureInks[step] + `"`
		}
		d.write(x+pictureCell-8, y+18, toTheRight+weight+ink, figure(c))
		x += pictureCell
		if c.Kind == "bar" {
			fmt.Fprintf(d, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, x, y+6, c.Bar*(pictureBar-16)/100, pictureRow-12, pictureTints[4])
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

// wrapped is a text in lines of at most so many characters, where its words allow.
func wrapped(text string, most int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && len([]rune(lines[last]))+1+len([]rune(word)) <= most {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
