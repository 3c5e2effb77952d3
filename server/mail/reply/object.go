package reply

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Object is a calendar object as far as an answer goes: which invitation, who
// answers, and what. Its times are never read: they are the answerer's copy of
// ours, in zones with names of their own.
type Object struct {
	Method    string // from the object, upper case; the MIME parameter is often lost
	UID       string
	Sequence  int       // -1 when it is not given, as RFC 5546 allows
	Stamp     time.Time // DTSTAMP; zero when it cannot be read
	Attendees []Attendee
	Comment   string
}

// Attendee is one who answers.
type Attendee struct {
	Address string // lower case
	Status  string // PARTSTAT, upper case
}

const (
	maxLine      = 16 << 10
	maxUID       = 200
	maxAttendees = 20
)

// parseObject reads the first VEVENT of a calendar. It is a reader of its own
// because the library's panics on some hostile input, and because nothing but
// a few properties is wanted.
func parseObject(data []byte) (Object, error) {
	object := Object{Sequence: -1}
	depth, events := 0, 0 // of components; VEVENTs seen
	var inside []string
	for _, line := range unfolded(data) {
		name, params, value, ok := property(line)
		if !ok {
			continue
		}
		switch name {
		case "BEGIN":
			if depth++; depth > 10 {
				return Object{}, fmt.Errorf("components stand in each other %d deep", depth)
			}
			inside = append(inside, strings.ToUpper(value))
			if inside[len(inside)-1] == "VEVENT" {
				events++
			}
			continue
		case "END":
			if depth > 0 {
				depth, inside = depth-1, inside[:len(inside)-1]
			}
			continue
		}
		switch {
		case depth == 1 && name == "METHOD":
			object.Method = strings.ToUpper(oneLine(value, 20))
		case depth == 2 && inside[1] == "VEVENT" && events == 1:
			object.take(name, params, value)
		}
	}
	if object.UID == "" || object.Method == "" {
		return Object{}, ErrNoObject
	}
	return object, nil
}

func (o *Object) take(name string, params map[string]string, value string) {
	switch name {
	case "UID":
		if len(value) <= maxUID {
			o.UID = strings.TrimSpace(value)
		}
	case "SEQUENCE":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 {
			o.Sequence = n
		}
	case "DTSTAMP":
		if at, err := time.Parse("20060102T150405Z", strings.TrimSpace(value)); err == nil {
			o.Stamp = at
		}
	case "ATTENDEE":
		if len(o.Attendees) < maxAttendees {
			o.Attendees = append(o.Attendees, Attendee{Address: calAddress(value), Status: strings.ToUpper(params["PARTSTAT"])})
		}
	case "COMMENT":
		o.Comment = oneLine(strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value), 300)
	}
}

// calAddress is the e-mail address of a CAL-ADDRESS, whatever the case of its scheme.
func calAddress(value string) string {
	value = strings.TrimSpace(value)
	if len(value) >= 7 && strings.EqualFold(value[:7], "mailto:") {
		value = value[7:]
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
	}
	return strings.ToLower(oneLine(value, 320))
}

// unfolded are the content lines, RFC 5545 3.1, with LF alone allowed. Lines
// that no answer has are left out.
func unfolded(data []byte) []string {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	var lines []string
	var current []byte
	flush := func() {
		if len(current) > 0 && len(current) <= maxLine {
			lines = append(lines, strings.ToValidUTF8(string(current), "\uFFFD"))
		}
		current = current[:0]
	}
	for line := range bytes.Lines(data) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			current = append(current, line[1:]...)
			continue
		}
		flush()
		current = append(current, line...)
	}
	flush()
	return lines
}

// property splits a content line into name, parameters and value. Quotation
// marks protect colons and semicolons in parameters; they must close.
func property(line string) (name string, params map[string]string, value string, ok bool) {
	var fields []string
	start, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			fields = append(fields, line[start:i])
			start = i + 1
		case c == ':':
			fields = append(fields, line[start:i])
			return strings.ToUpper(fields[0]), parameters(fields[1:]), line[i+1:], fields[0] != ""
		}
	}
	return "", nil, "", false
}

func parameters(fields []string) map[string]string {
	params := make(map[string]string, min(len(fields), 16))
	for _, f := range fields[:min(len(fields), 16)] {
		if key, value, ok := strings.Cut(f, "="); ok {
			params[strings.ToUpper(key)] = strings.Trim(value, `"`)
		}
	}
	return params
}
