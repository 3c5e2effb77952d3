package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"kaskad/model"
	"kaskad/scheduler"
)

// progressLine shows a run in one line: time, stage, the curve of the total so
// far, what is unmet, and how far the plan is from the best possible at most. A
// terminal has it rewritten a few times a second; anything else gets a line a second.
type progressLine struct {
	w       io.Writer
	rewrite bool
	curve   []point
	last    time.Duration
	shown   bool
}

// point is one moment of the curve.
type point struct {
	at           time.Duration
	unmet, total int
}

const (
	curveWidth   = 16
	rewriteEvery = 200 * time.Millisecond
)

func newProgressLine(f *os.File) *progressLine {
	info, err := f.Stat()
	return &progressLine{w: f, rewrite: err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"}
}

func (l *progressLine) show(p scheduler.Progress) {
	if p.Stage != "compile" {
		l.curve = append(l.curve, point{p.Elapsed, p.Cost.Unmet, p.Cost.Total})
	}
	every := time.Second
	if l.rewrite {
		every = rewriteEvery
	}
	if l.shown && p.Elapsed-l.last < every {
		return
	}
	l.last, l.shown = p.Elapsed, true
	text := fmt.Sprintf("%6.1f s %s", p.Elapsed.Seconds(), p.Stage)
	if len(l.curve) > 0 {
		text = fmt.Sprintf("%6.1f s %-9s %-*s %s", p.Elapsed.Seconds(), p.Stage, curveWidth, sparkline(l.curve), summary(p.Cost, p.Bound))
	}
	switch {
	case l.rewrite:
		fmt.Fprint(l.w, "\r"+text+"\x1b[K")
	case p.Iterations > 0:
		fmt.Fprintf(l.w, "%s, %d moves\n", text, p.Iterations)
	default:
		fmt.Fprintln(l.w, text)
	}
}

// close ends the line that is rewritten.
func (l *progressLine) close() {
	if l.rewrite && l.shown {
		fmt.Fprintln(l.w)
	}
}

// sparkline draws the totals of plans that leave as few needs unmet as the last,
// evenly in time, from the highest block for the most to the lowest.
func sparkline(curve []point) string {
	if len(curve) == 0 {
		return ""
	}
	last := curve[len(curve)-1]
	from := len(curve)
	for from > 0 && curve[from-1].unmet == last.unmet {
		from--
	}
	curve = curve[from:]
	most, least := last.total, last.total
	for _, p := range curve {
		most, least = max(most, p.total), min(least, p.total)
	}
	blocks := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	width := min(curveWidth, len(curve))
	for i, k := 0, 0; i < width; i++ {
		at := curve[0].at + time.Duration(i+1)*(last.at-curve[0].at)/time.Duration(width)
		for k+1 < len(curve) && curve[k+1].at <= at {
			k++
		}
		b.WriteRune(blocks[(curve[k].total-least)*(len(blocks)-1)/max(1, most-least)])
	}
	return b.String()
}

func summary(c model.Cost, b model.Bound) string {
	text := fmt.Sprintf("unmet %d, total %d", c.Unmet, c.Total)
	switch {
	case b.Unmet > 0 && c.Unmet > b.Unmet:
		text += fmt.Sprintf(", at least %d cannot be met", b.Unmet)
	case b.Total > 0 && c.Unmet == b.Unmet && c.Total > 0:
		text += fmt.Sprintf(", at most %.2f %% above the best", 100*float64(c.Total-b.Total)/float64(b.Total))
	}
	return text
}

// tellOfStop says what Ctrl-C does, once, as soon as it is pressed.
func tellOfStop(ctx context.Context, w io.Writer) (cancel func() bool) {
	return context.AfterFunc(ctx, func() { fmt.Fprintln(w, "\nstopping; the best plan so far is kept") })
}
