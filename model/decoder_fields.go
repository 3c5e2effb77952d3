package model

import (
	"reflect"
	"strings"
)

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

func fieldNamed(fields []field, name []byte) int {
	for i := range fields {
		if fields[i].name == string(name) {
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
