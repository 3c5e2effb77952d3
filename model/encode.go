package model

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
)

// Write writes a problem, a plan or a certificate as encoding/json would, but one
// element of a list after the other: the text is never in memory as a whole.
func Write(w io.Writer, value any) error {
	out := &writer{w: bufio.NewWriterSize(w, 64<<10)}
	out.value(reflect.ValueOf(value), true)
	out.text("\n")
	return errors.Join(out.err, out.w.Flush())
}

var marshaler = reflect.TypeFor[json.Marshaler]()

type writer struct {
	w   *bufio.Writer
	err error
}

func (w *writer) text(s string) { _, _ = w.w.WriteString(s) } // Flush tells of what went wrong

// value writes lists element by element and, where whole says so, objects field
// by field; anything else at once.
func (w *writer) value(v reflect.Value, whole bool) {
	switch {
	case w.err != nil:
	case v.Kind() == reflect.Pointer && !v.IsNil():
		w.value(v.Elem(), true)
	case v.Type().Implements(marshaler):
		w.leaf(v)
	case v.Kind() == reflect.Struct && whole:
		w.object(v)
	case v.Kind() == reflect.Slice && !v.IsNil():
		w.text("[")
		for i := range v.Len() {
			if i > 0 {
				w.text(",")
			}
			w.value(v.Index(i), false)
		}
		w.text("]")
	default:
		w.leaf(v)
	}
}

func (w *writer) leaf(v reflect.Value) {
	data, err := json.Marshal(v.Interface())
	w.err = err
	_, _ = w.w.Write(data)
}

func (w *writer) object(v reflect.Value) {
	w.text("{")
	comma := ""
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		f := v.Field(i)
		empty := f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0
		if empty && strings.Contains(options, "omitempty") || f.IsZero() && strings.Contains(options, "omitzero") {
			continue
		}
		w.text(comma + `"` + name + `":`)
		w.value(f, false)
		comma = ","
	}
	w.text("}")
}
