package bench

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// table prints rows under a head as soon as they come: a report may take hours.
type table struct {
	w      io.Writer
	widths []int
}

// newTable prints the head. A negative width aligns the column left.
func newTable(w io.Writer, columns ...column) *table {
	t := &table{w: w}
	var names []any
	for _, c := range columns {
		t.widths = append(t.widths, c.width)
		names = append(names, c.name)
	}
	t.row(names...)
	return t
}

type column struct {
	name  string
	width int
}

func (t *table) row(cells ...any) {
	var b strings.Builder
	for i, c := range cells {
		text, width := fmt.Sprint(c), t.widths[i]
		pad := strings.Repeat(" ", max(0, max(width, -width)-utf8.RuneCountInString(text)))
		if width < 0 {
			text, pad = text+pad, ""
		}
		b.WriteString(pad + text + "  ")
	}
	fmt.Fprintln(t.w, strings.TrimRight(b.String(), " "))
}
