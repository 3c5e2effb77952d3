// Package picture draws texts and rectangles on white, as SVG or as PNG, so that
// a figure can leave Kaskad in the form that who receives it can use.
//
// The names to know are Picture, SVG and PNG. Both are made from one list of
// shapes and so show the same; PNG is set in the Go fonts, which have the letters
// of every European language, whatever the machine has installed.
package picture

import (
	"bytes"
	"fmt"
	"html"
)

// Ink is the colour of texts that say no other.
const Ink = "#12211f"

// Picture is a drawing of so many units. The zero value of Title and Text is allowed;
// readers of a screen hear them.
type Picture struct {
	Width, Height int
	Title, Text   string

	shapes []shape
}

// Style is how a text is set. Zero: 13 units high, from its place rightwards.
type Style struct {
	Size int
	Bold bool
	End  bool   // the text ends at its place
	Ink  string // "#rrggbb"
}

func (s Style) size() int {
	if s.Size == 0 {
		return 13
	}
	return s.Size
}

func (s Style) ink() string {
	if s.Ink == "" {
		return Ink
	}
	return s.Ink
}

// shape is a text when it has one, and a rectangle otherwise.
type shape struct {
	x, y, w, h int
	fill, text string
	style      Style
}

// Rect fills a rectangle with a colour, "#rrggbb".
func (p *Picture) Rect(x, y, w, h int, fill string) {
	p.shapes = append(p.shapes, shape{x: x, y: y, w: w, h: h, fill: fill})
}

// Write sets a text whose letters stand on y.
func (p *Picture) Write(x, y int, text string, style Style) {
	p.shapes = append(p.shapes, shape{x: x, y: y, text: text, style: style})
}

// SVG is the picture as a file that stands by itself.
func (p *Picture) SVG() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="sans-serif" font-size="13" fill="%s">`,
		p.Width, p.Height, p.Width, p.Height, Ink)
	fmt.Fprintf(&b, `<title>%s</title><desc>%s</desc><rect width="%d" height="%d" fill="#ffffff"/>`, html.EscapeString(p.Title), html.EscapeString(p.Text), p.Width, p.Height)
	for _, s := range p.shapes {
		if s.text == "" {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, s.x, s.y, s.w, s.h, s.fill)
			continue
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d"%s>%s</text>`, s.x, s.y, s.style.attributes(), html.EscapeString(s.text))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func (s Style) attributes() (list string) {
	if s.Size != 0 {
		list += fmt.Sprintf(` font-size="%d"`, s.Size)
	}
	if s.Bold {
		list += ` font-weight="bold"`
	}
	if s.End {
		list += ` text-anchor="end"`
	}
	if s.Ink != "" {
		list += ` fill="` + s.Ink + `"`
	}
	return list
}
