package model

import (
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// decoder walks JSON tokens and Go types side by side. encoding/json alone
// stops at the first fault, folds case, takes null and repeated keys, and wants
// the whole text in memory.
type decoder struct {
	json   *scanner
	path   []step
	key    []byte // of the field at hand
	faults []Fault
	broken bool // a syntax error ended the walk
}

// step is one segment of a JSON path: a field's name, or an index when name is empty.
type step struct {
	name  string
	index int
}

// errSyntax ends the walk: after a syntax error no later position can be trusted.
type errSyntax struct{ error }

func decode(r io.Reader, into any) (d *decoder) {
	d = &decoder{json: newScanner(r)}
	defer d.endAtSyntax()
	d.next()
	d.begins()
	d.value(reflect.ValueOf(into).Elem())
	if d.json.next() != 0 {
		d.fault("something follows the end of the JSON value; remove it")
	}
	return d
}

// endAtSyntax recovers from a syntax error and notes it.
func (d *decoder) endAtSyntax() {
	switch r := recover().(type) {
	case nil:
	case errSyntax:
		d.broken = true
		d.fault("%v", r.error)
	default:
		panic(r)
	}
}

func (d *decoder) fault(format string, args ...any) {
	d.faults = append(d.faults, Fault{Path: pathText(d.path), Line: d.json.tLine, Column: d.json.tColumn, Message: fmt.Sprintf(format, args...)})
}

func pathText(path []step) string {
	var b strings.Builder
	for _, s := range path {
		switch {
		case s.name == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case b.Len() > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return b.String()
}

// next reads a token that must be there.
func (d *decoder) next() byte {
	t := d.json.next()
	if t == 0 {
		d.json.failCut()
	}
	return t
}

// begins: the token read last begins a value.
func (d *decoder) begins() {
	if t := d.json.token; t == '}' || t == ']' || t == ',' || t == ':' {
		d.json.reject("a value is missing before %q", t)
	}
}

// each visits the values of the list or object whose opening was read last; key
// is nil in a list. visit finds the value's first token read and leaves its last.
func (d *decoder) each(visit func(i int, key []byte)) {
	object := d.json.token == '{'
	closing := byte(']')
	if object {
		closing = '}'
	}
	for i := 0; ; i++ {
		t := d.next()
		if t == closing && i == 0 {
			return
		}
		var key []byte
		if object {
			if t != '"' {
				d.json.reject("a field's name in quotation marks is missing here")
			}
			key = append(append(d.key[:0], d.json.text...), 0)[:len(d.json.text)] // never nil
			d.key = key
			if d.next() != ':' {
				d.json.reject("a colon is missing after the name %q", key)
			}
			d.next()
		}
		d.begins()
		visit(i, key)
		switch d.next() {
		case closing:
			return
		case ',':
		default:
			d.json.reject("a comma is missing between two values, or %q at the end", closing)
		}
	}
}

var timeType = reflect.TypeFor[time.Time]()

// value takes the JSON value whose first token has been read into v, or reports
// why it cannot and skips it.
func (d *decoder) value(v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	t := d.json.token
	switch {
	case v.Type() == timeType:
		d.time(v)
	case v.Kind() == reflect.Struct:
		if d.is(t == '{', "an object { … }") {
			d.object(v)
		}
	case v.Kind() == reflect.Slice:
		if d.is(t == '[', "a list [ … ]") {
			d.list(v)
		}
	case v.Kind() == reflect.String:
		if d.is(t == '"', "a text in quotation marks") {
			v.SetString(d.json.intern())
		}
	case v.Kind() == reflect.Bool:
		if d.is(t == 't' || t == 'f', "true or false") {
			v.SetBool(t == 't')
		}
	case v.Kind() == reflect.Int:
		d.integer(v)
	case v.Kind() == reflect.Float64:
		f, err := strconv.ParseFloat(string(d.json.text), 64)
		if d.is(t == '0' && err == nil, "a number") {
			v.SetFloat(f)
		}
	default:
		panic("model: no decoder for " + v.Type().String())
	}
}

// is reports and skips a value that is not what it must be.
func (d *decoder) is(ok bool, want string) bool {
	if !ok {
		d.fault("must be %s, not %s", want, d.found())
		d.skip()
	}
	return ok
}

// found names the value that has begun.
func (d *decoder) found() string {
	switch d.json.token {
	case 'n':
		return "null (leave the field out instead)"
	case 't':
		return "true"
	case 'f':
		return "false"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return strconv.Quote(string(d.json.text))
	}
	return string(d.json.text)
}

// skip reads past the value whose first token has been read.
func (d *decoder) skip() {
	if t := d.json.token; t == '{' || t == '[' {
		d.each(func(int, []byte) { d.skip() })
	}
}

func (d *decoder) integer(v reflect.Value) {
	text := string(d.json.text)
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil && d.json.token == '0' {
		f, wrong := strconv.ParseFloat(text, 64) // 180.0 is a whole number too
		if wrong == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			i, err = int64(f), nil
		}
	}
	if !d.is(d.json.token == '0' && err == nil, "a whole number") {
		return
	}
	const limit = 1 << 31 // minutes, seats and counts: anything beyond is a slip and would overflow sums
	if i <= -limit || i >= limit {
		d.fault("%d is out of range", i)
		return
	}
	v.SetInt(i)
}

func (d *decoder) time(v reflect.Value) {
	if !d.is(d.json.token == '"', `a time such as "2027-03-01T08:30:00+01:00"`) {
		return
	}
	at, err := time.Parse(time.RFC3339, string(d.json.text))
	switch {
	case err != nil:
		d.fault(`%q is no RFC 3339 time; write it as "2027-03-01T08:30:00+01:00"`, d.json.text)
	case at.Second() != 0 || at.Nanosecond() != 0:
		d.fault("%q is not on a whole minute", d.json.text)
	default:
		*v.Addr().Interface().(*time.Time) = at
	}
}

func (d *decoder) list(v reflect.Value) {
	n := 0
	d.path = append(d.path, step{})
	d.each(func(i int, _ []byte) {
		d.path[len(d.path)-1].index = i
		if n = i + 1; n > v.Len() {
			v.Grow(1)
			v.SetLen(v.Cap())
		}
		d.value(v.Index(i))
	})
	d.path = d.path[:len(d.path)-1]
	d.fit(v, n)
}

// fit leaves a list with its n elements and no room for more, unless there are
// so many that copying them costs more than it saves.
func (d *decoder) fit(v reflect.Value, n int) {
	if n < 1000 {
		exact := reflect.MakeSlice(v.Type(), n, n)
		reflect.Copy(exact, v)
		v.Set(exact)
		return
	}
	v.SetLen(n)
}

func (d *decoder) object(v reflect.Value) {
	fields := fieldsOf(v.Type())
	var seen [32]bool
	d.path = append(d.path, step{})
	d.each(func(_ int, key []byte) {
		last := &d.path[len(d.path)-1]
		i := fieldNamed(fields, key)
		switch {
		case i < 0:
			last.name = string(key)
			d.fault("unknown field; the fields here are %s", fieldNames(fields))
			d.skip()
		case seen[i]:
			last.name = fields[i].name
			d.fault("stands twice in the same object; keep one")
			d.skip()
		default:
			last.name = fields[i].name
			seen[i] = true
			d.value(v.Field(fields[i].index))
		}
	})
	for i, f := range fields {
		if !seen[i] && f.required {
			d.path[len(d.path)-1].name = f.name
			d.fault("is missing")
		}
	}
	d.path = d.path[:len(d.path)-1]
}
