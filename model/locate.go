package model

import (
	"io"
)

// locate fills in line and column of the faults that have none, by walking the
// text once more and noting where their paths stand. A text that cannot be read
// twice leaves them unknown.
func locate(r io.ReadSeeker, faults []Fault) {
	l := locator{want: map[string][]*Fault{}, on: map[string]bool{}}
	for i := range faults {
		f := &faults[i]
		if f.Line > 0 {
			continue
		}
		l.want[f.Path] = append(l.want[f.Path], f)
		for k, c := range f.Path {
			if c == '.' || c == '[' {
				l.on[f.Path[:k]] = true
			}
		}
	}
	if len(l.want) == 0 {
		return
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return
	}
	l.json = newScanner(r)
	defer l.endAtSyntax()
	l.next()
	l.walk()
}

// locator looks for the places of faults; on holds what is on the way to one.
type locator struct {
	decoder
	want map[string][]*Fault
	on   map[string]bool
}

// walk visits the value whose first token has been read.
func (l *locator) walk() {
	path := pathText(l.path)
	for _, f := range l.want[path] {
		f.Line, f.Column = l.json.tLine, l.json.tColumn
	}
	if t := l.json.token; t != '{' && t != '[' || path != "" && !l.on[path] {
		l.skip()
		return
	}
	l.path = append(l.path, step{})
	l.each(func(i int, key []byte) {
		l.path[len(l.path)-1] = step{string(key), i}
		l.walk()
	})
	l.path = l.path[:len(l.path)-1]
}
