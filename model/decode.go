package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DecodeProblem reads a problem strictly: unknown or repeated fields, wrong
// types, missing fields, dangling ids and impossible values are all listed at
// once in a *FormatError, each with its JSON path, line and column.
func DecodeProblem(data []byte) (*Problem, error) {
	p := &Problem{}
	d := decode(data, p)
	faults := d.faults
	if p.Format == PlanFormat {
		faults = []Fault{{Path: "format", Message: "is that of a plan; give a problem here"}}
		locate(data, faults)
	} else if !d.broken {
		faults = append(faults, beyond(d.faults, validateProblem(p))...)
		locate(data, faults)
		slices.SortStableFunc(faults, func(a, b Fault) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
	}
	if len(faults) > 0 {
		return nil, &FormatError{What: "problem", Faults: faults}
	}
	return p, nil
}

// beyond drops those of more that speak of a value already named in faults, or
// of what is inside it: a person whose unit could not be read is not also in an
// unknown unit.
func beyond(faults, more []Fault) []Fault {
	named := map[string]bool{}
	for _, f := range faults {
		named[f.Path] = true
	}
	return slices.DeleteFunc(more, func(f Fault) bool {
		for i, r := range f.Path + "." {
			if (r == '.' || r == '[') && named[f.Path[:i]] {
				return true
			}
		}
		return false
	})
}

// DecodePlan reads a plan as strictly as DecodeProblem reads a problem. Whether
// the plan fits a problem is for the judge in scheduler/check to say.
func DecodePlan(data []byte) (*Plan, error) {
	p := &Plan{}
	d := decode(data, p)
	switch {
	case p.Format == ProblemFormat:
		d.faults = []Fault{{Path: "format", Message: "is that of a problem; give a plan here"}}
	case !d.broken && p.Format != PlanFormat:
		wrong := Fault{Path: "format", Message: fmt.Sprintf("is %q; a plan's format is %q", p.Format, PlanFormat)}
		d.faults = append(d.faults, beyond(d.faults, []Fault{wrong})...)
	}
	if len(d.faults) > 0 {
		locate(data, d.faults)
		return nil, &FormatError{What: "plan", Faults: d.faults}
	}
	return p, nil
}

// Validate reports everything wrong with a problem made in code rather than
// read from a file; nil when nothing is.
func Validate(p *Problem) error {
	if faults := validateProblem(p); len(faults) > 0 {
		return &FormatError{What: "problem", Faults: faults}
	}
	return nil
}

// decoder walks JSON tokens and Go types side by side. encoding/json alone
// stops at the first fault, folds case and takes null and repeated keys.
type decoder struct {
	data   []byte
	json   *json.Decoder
	path   []step
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

func decode(data []byte, into any) (d *decoder) {
	d = &decoder{data: data, json: json.NewDecoder(bytes.NewReader(data))}
	d.json.UseNumber()
	defer func() {
		switch r := recover().(type) {
		case nil:
		case errSyntax:
			d.broken = true
			d.fault("%v", r.error)
		default:
			panic(r)
		}
	}()
	d.value(reflect.ValueOf(into).Elem())
	if _, err := d.json.Token(); err != io.EOF {
		d.fault("something follows the end of the JSON value; remove it")
	}
	return d
}

func (d *decoder) fault(format string, args ...any) {
	line, column := position(d.data, d.json.InputOffset())
	d.faults = append(d.faults, Fault{Path: pathText(d.path), Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
}

// position is where the last token before offset starts, as line and column.
func position(data []byte, offset int64) (line, column int) {
	end := min(max(int(offset), 0), len(data))
	head := data[:end]
	return bytes.Count(head, []byte{'\n'}) + 1, max(1, end-bytes.LastIndexByte(head, '\n')-1)
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

func (d *decoder) token() json.Token {
	t, err := d.json.Token()
	if err == io.EOF {
		err = fmt.Errorf("the file ends in the middle of a value; is it cut short?")
	}
	if err != nil {
		panic(errSyntax{err})
	}
	return t
}

var timeType = reflect.TypeFor[time.Time]()

// value reads the next JSON value into v, or reports why it cannot and skips it.
func (d *decoder) value(v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	t := d.token()
	switch {
	case v.Type() == timeType:
		d.time(v, t)
	case v.Kind() == reflect.Struct:
		if d.is(t, json.Delim('{'), "an object { … }") {
			d.object(v)
		}
	case v.Kind() == reflect.Slice:
		if d.is(t, json.Delim('['), "a list [ … ]") {
			d.list(v)
		}
	case v.Kind() == reflect.String:
		if s, ok := t.(string); ok {
			v.SetString(s)
		} else {
			d.wrong(t, "a text in quotation marks")
		}
	case v.Kind() == reflect.Bool:
		if b, ok := t.(bool); ok {
			v.SetBool(b)
		} else {
			d.wrong(t, "true or false")
		}
	case v.Kind() == reflect.Int:
		d.integer(v, t)
	case v.Kind() == reflect.Float64:
		n, ok := t.(json.Number)
		f, err := strconv.ParseFloat(n.String(), 64)
		if !ok || err != nil {
			d.wrong(t, "a number")
			return
		}
		v.SetFloat(f)
	default:
		panic("model: no decoder for " + v.Type().String())
	}
}

func (d *decoder) is(t json.Token, want json.Delim, words string) bool {
	if t == want {
		return true
	}
	d.wrong(t, words)
	return false
}

func (d *decoder) wrong(t json.Token, want string) {
	d.fault("must be %s, not %s", want, tokenText(t))
	d.skip(t)
}

func tokenText(t json.Token) string {
	switch x := t.(type) {
	case nil:
		return "null (leave the field out instead)"
	case json.Delim:
		if x == '{' {
			return "an object"
		}
		return "a list"
	case string:
		return strconv.Quote(x)
	}
	return fmt.Sprint(t)
}

// skip reads past the value that began with token t.
func (d *decoder) skip(t json.Token) {
	depth := 0
	for {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return
		}
		t = d.token()
	}
}

func (d *decoder) integer(v reflect.Value, t json.Token) {
	n, ok := t.(json.Number)
	i, err := strconv.ParseInt(n.String(), 10, 64)
	if !ok || err != nil {
		d.wrong(t, "a whole number")
		return
	}
	const limit = 1 << 31 // minutes, seats and counts: anything beyond is a slip and would overflow sums
	if i <= -limit || i >= limit {
		d.fault("%d is out of range", i)
		return
	}
	v.SetInt(i)
}

func (d *decoder) time(v reflect.Value, t json.Token) {
	s, ok := t.(string)
	if !ok {
		d.wrong(t, `a time such as "2027-03-01T08:30:00+01:00"`)
		return
	}
	at, err := time.Parse(time.RFC3339, s)
	switch {
	case err != nil:
		d.fault(`%q is no RFC 3339 time; write it as "2027-03-01T08:30:00+01:00"`, s)
	case at.Second() != 0 || at.Nanosecond() != 0:
		d.fault("%q is not on a whole minute", s)
	default:
		v.Set(reflect.ValueOf(at))
	}
}

func (d *decoder) list(v reflect.Value) {
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	d.path = append(d.path, step{})
	for d.json.More() {
		d.path[len(d.path)-1].index = v.Len()
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		d.value(v.Index(v.Len() - 1))
	}
	d.path = d.path[:len(d.path)-1]
	d.token()
}

func (d *decoder) object(v reflect.Value) {
	fields := fieldsOf(v.Type())
	seen := make([]bool, len(fields))
	d.path = append(d.path, step{})
	for d.json.More() {
		key := d.token().(string)
		d.path[len(d.path)-1].name = key
		switch i := fieldNamed(fields, key); {
		case i < 0:
			d.fault("unknown field; the fields here are %s", fieldNames(fields))
			d.skip(d.token())
		case seen[i]:
			d.fault("stands twice in the same object; keep one")
			d.skip(d.token())
		default:
			seen[i] = true
			d.value(v.Field(fields[i].index))
		}
	}
	d.token()
	for i, f := range fields {
		if !seen[i] && f.required {
			d.path[len(d.path)-1].name = f.name
			d.fault("is missing")
		}
	}
	d.path = d.path[:len(d.path)-1]
}

// field is one JSON field of a Go struct. Fields whose tag says omitempty or
// omitzero are optional, and so are those in optionalFields.
type field struct {
	name     string
	index    int
	required bool
}

// optionalFields may be absent though we always write them: names are for
// people only, and a plan by another hand need not price or bound itself.
var optionalFields = map[string]bool{
	"Programme.name": true, "Module.name": true, "Venue.name": true, "Unit.name": true,
	"Plan.unmet": true, "Plan.cost": true, "Plan.bound": true,
}

var fieldCache = map[reflect.Type][]field{}

func init() {
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t == timeType || fieldCache[t] != nil {
			return
		}
		list := []field{}
		for i := range t.NumField() {
			name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			optional := strings.Contains(options, "omit") || optionalFields[t.Name()+"."+name] || t == reflect.TypeFor[Cost]()
			list = append(list, field{name, i, !optional})
		}
		fieldCache[t] = list
		for i := range t.NumField() {
			visit(t.Field(i).Type)
		}
	}
	visit(reflect.TypeFor[Problem]())
}

func fieldsOf(t reflect.Type) []field { return fieldCache[t] }

func fieldNamed(fields []field, name string) int {
	for i, f := range fields {
		if f.name == name {
			return i
		}
	}
	return -1
}

func fieldNames(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// locate fills in line and column of the faults that have none, by walking the
// file once more and noting where their paths stand.
func locate(data []byte, faults []Fault) {
	want := map[string][]int{}
	for i, f := range faults {
		if f.Line == 0 {
			want[f.Path] = append(want[f.Path], i)
		}
	}
	if len(want) == 0 {
		return
	}
	d := &decoder{data: data, json: json.NewDecoder(bytes.NewReader(data))}
	d.json.UseNumber()
	d.walk(func() {
		for _, i := range want[pathText(d.path)] {
			faults[i].Line, faults[i].Column = position(data, d.json.InputOffset())
		}
	})
}

// walk visits every value of a file already known to be well-formed JSON.
func (d *decoder) walk(visit func()) {
	t := d.token()
	visit()
	open, ok := t.(json.Delim)
	if !ok {
		return
	}
	d.path = append(d.path, step{})
	for i := 0; d.json.More(); i++ {
		last := &d.path[len(d.path)-1]
		if open == '{' {
			last.name = d.token().(string)
		} else {
			last.index = i
		}
		d.walk(visit)
	}
	d.path = d.path[:len(d.path)-1]
	d.token()
}
