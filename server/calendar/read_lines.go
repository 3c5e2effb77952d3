package calendar

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"kaskad/model"
)

// components cuts the events and busy times out of a calendar, unfolded, a
// piece each, so that one broken piece spoils no other. What they are about,
// alarms and all else is left out.
func components(data []byte) ([][]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		data = bytes.ToValidUTF8(data, []byte("?"))
	}
	if start := bytes.TrimSpace(data[:min(len(data), 1024)]); len(start) < 15 || !bytes.EqualFold(start[:15], []byte("BEGIN:VCALENDAR")) {
		return nil, model.Errorf(model.Invalid, "busy.not-a-calendar", "this is no calendar; it must be an iCalendar file or address (.ics)")
	}
	s := splitter{}
	for line := range bytes.Lines(unfold(data)) {
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			continue
		}
		if err := s.take(line); err != nil {
			return nil, err
		}
	}
	if !s.ended {
		return nil, model.Errorf(model.Invalid, "busy.cut-off", "the calendar ends in the middle; try again")
	}
	return s.blocks, nil
}

// unfold joins folded lines, whatever ends them (RFC 5545 3.1).
func unfold(data []byte) []byte {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\n "), nil)
	return bytes.ReplaceAll(data, []byte("\n\t"), nil)
}

// splitter follows BEGIN and END through a calendar.
type splitter struct {
	open   [][]byte // names of the components we are in, upper case
	block  []byte   // of the event we are in
	blocks [][]byte
	ended  bool // a whole calendar has been seen
}

func (s *splitter) take(line []byte) error {
	upper := bytes.ToUpper(line[:min(len(line), 64)])
	switch {
	case bytes.HasPrefix(upper, []byte("BEGIN:")):
		s.open = append(s.open, bytes.TrimSpace(upper[6:]))
		if len(s.open) > maxNesting {
			return model.Errorf(model.Invalid, "busy.not-a-calendar", "this is no calendar; components stand inside each other without end")
		}
		if s.wanted() {
			s.block = append([]byte(nil), "BEGIN:"...)
			s.block = append(append(s.block, s.open[1]...), "\r\n"...)
		}
	case bytes.HasPrefix(upper, []byte("END:")):
		return s.close(bytes.TrimSpace(upper[4:]))
	case s.wanted() && matters(upper) && len(s.block) < maxEventBytes:
		s.block = append(append(s.block, line...), "\r\n"...)
	}
	return nil
}

// needed are the properties that tell when somebody is busy. All others, with
// what a meeting is about and who is in it, are left at the door.
var needed = []string{"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP",
	"X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY"}

func matters(line []byte) bool {
	name := line
	if end := bytes.IndexAny(line, ";:"); end >= 0 {
		name = line[:end]
	}
	return slices.Contains(needed, string(name))
}

// wanted tells whether the present line belongs to an event or to busy times.
func (s *splitter) wanted() bool {
	return len(s.open) == 2 && (string(s.open[1]) == "VEVENT" || string(s.open[1]) == "VFREEBUSY")
}

func (s *splitter) close(name []byte) error {
	last := len(s.open) - 1
	if last < 0 || !bytes.Equal(s.open[last], name) {
		return model.Errorf(model.Invalid, "busy.not-a-calendar", "this is no calendar; its components do not end as they begin")
	}
	if s.wanted() {
		if len(s.blocks) >= maxComponents {
			return model.Errorf(model.Invalid, "busy.too-complex", "the calendar holds more than can be read; publish a shorter stretch of time")
		}
		s.blocks = append(s.blocks, append(append(append(s.block, "END:"...), name...), "\r\n"...))
		s.block = nil
	}
	s.open = s.open[:last]
	s.ended = len(s.open) == 0
	return nil
}
