package model

import (
	"errors"
	"fmt"
	"strings"
)

// Code sorts errors by what the caller can do about them.
type Code string

const (
	Invalid         Code = "invalid"         // the input breaks a rule of its format
	NotFound        Code = "not-found"       // no such thing
	Conflict        Code = "conflict"        // someone changed it first
	Forbidden       Code = "forbidden"       // this role may not
	Unauthenticated Code = "unauthenticated" // nobody is signed in
	Infeasible      Code = "infeasible"      // a planning rule stands against it
	Unavailable     Code = "unavailable"     // try again later
)

// Error is an error with a code and a text key: Key names a sentence in the
// user's language, Args fill it in. Error() is that sentence in English, for logs.
type Error struct {
	Code Code
	Key  string
	Args []any
	Text string
}

func (e *Error) Error() string { return e.Text }

// Errorf makes an Error whose text users read in their own language: key is
// the language file's key; format and args are the English sentence.
func Errorf(code Code, key, format string, args ...any) *Error {
	return &Error{Code: code, Key: key, Args: args, Text: fmt.Sprintf(format, args...)}
}

// CodeOf is the code of err, or "" when err carries none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	var f *FormatError
	if errors.As(err, &f) {
		return Invalid
	}
	return ""
}

// Fault is one thing wrong with a file: where it is and how to mend it.
type Fault struct {
	Path    string // JSON path, such as people[3].unit
	Line    int    // from 1; 0 when unknown
	Column  int    // from 1, in bytes
	Message string
}

func (f Fault) String() string {
	where := f.Path
	if where == "" {
		where = "the file"
	}
	if f.Line > 0 {
		return fmt.Sprintf("line %d, column %d: %s: %s", f.Line, f.Column, where, f.Message)
	}
	return where + ": " + f.Message
}

// FormatError lists everything wrong with a file, in the order it stands there.
type FormatError struct {
	What   string // "problem" or "plan"
	Faults []Fault
}

// shownFaults bounds the text of an error; Faults holds all of them.
const shownFaults = 50

func (e *FormatError) Error() string {
	var b strings.Builder
	noun := "faults"
	if len(e.Faults) == 1 {
		noun = "fault"
	}
	fmt.Fprintf(&b, "the %s has %d %s:", e.What, len(e.Faults), noun)
	for i, f := range e.Faults {
		if i == shownFaults {
			fmt.Fprintf(&b, "\n  … and %d more", len(e.Faults)-i)
			break
		}
		b.WriteString("\n  " + f.String())
	}
	return b.String()
}
