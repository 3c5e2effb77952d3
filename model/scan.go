package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner cuts JSON (RFC 8259) into tokens as it reads, with no more than a
// window of the text in memory, and knows line and column of each. It is strict
// where encoding/json is, and takes the byte order mark some editors write.
type scanner struct {
	r        io.Reader
	window   []byte
	pos, end int   // what of the window is still to be read
	passed   int64 // bytes before the window
	lineFrom int64 // offset at which the line begins
	line     int
	depth    int
	failed   error

	token          byte   // '{' '}' '[' ']' ':' ',', '"' text, '0' number, 't' 'f' 'n' the three words, 0 end
	text           []byte // of a text or number; gone with the next token
	tLine, tColumn int
	spare          []byte
	known          [1 << 10]string // texts seen lately: ids come again and again
}

const (
	scanWindow = 64 << 10
	mostDepth  = 1000
)

var errCut = errors.New("the file ends in the middle of a value; is it cut short?")

func newScanner(r io.Reader) *scanner {
	s := &scanner{r: r, window: make([]byte, scanWindow), line: 1}
	if s.need(3) && bytes.Equal(s.window[:3], []byte("\xef\xbb\xbf")) {
		s.pos, s.lineFrom = 3, 3
	}
	return s
}

// need makes n bytes readable from pos on; false when the file ends before.
func (s *scanner) need(n int) bool {
	for s.end-s.pos < n {
		if s.failed != nil {
			return false
		}
		if s.pos > 0 {
			copy(s.window, s.window[s.pos:s.end])
			s.passed += int64(s.pos)
			s.pos, s.end = 0, s.end-s.pos
		}
		var k int
		k, s.failed = s.r.Read(s.window[s.end:])
		s.end += k
	}
	return true
}

// mark notes where a token, or a fault inside one, begins.
func (s *scanner) mark() { s.tLine, s.tColumn = s.line, int(s.passed+int64(s.pos)-s.lineFrom)+1 }

// fail ends the walk where the scanner stands.
func (s *scanner) fail(format string, args ...any) {
	s.mark()
	s.reject(format, args...)
}

// reject ends the walk at the token read last.
func (s *scanner) reject(format string, args ...any) { panic(errSyntax{fmt.Errorf(format, args...)}) }

func (s *scanner) failCut() {
	if s.failed != nil && s.failed != io.EOF {
		s.fail("cannot be read further: %v", s.failed)
	}
	s.fail("%v", errCut)
}

// next reads one token.
func (s *scanner) next() byte {
	s.space()
	s.mark()
	if s.pos == s.end {
		if s.failed != io.EOF {
			s.failCut()
		}
		s.token = 0
		return 0
	}
	b := s.window[s.pos]
	switch b {
	case '{', '[':
		if s.depth++; s.depth > mostDepth {
			s.fail("is nested deeper than %d levels", mostDepth)
		}
		s.pos++
	case '}', ']':
		s.depth--
		s.pos++
	case ':', ',':
		s.pos++
	case '"':
		s.pos++
		s.string()
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		if b != '-' && (b < '0' || b > '9') {
			s.fail("%s is out of place; a value begins here with a quotation mark, a digit, { or [", s.seen())
		}
		s.number()
		b = '0'
	}
	s.token = b
	return b
}

// seen is the character the scanner stands at, for people.
func (s *scanner) seen() string {
	s.need(utf8.UTFMax)
	r, _ := utf8.DecodeRune(s.window[s.pos:s.end])
	return strconv.QuoteRune(r)
}

func (s *scanner) space() {
	for s.pos < s.end || s.need(1) {
		switch s.window[s.pos] {
		case '\n':
			s.line++
			s.lineFrom = s.passed + int64(s.pos) + 1
		case ' ', '\t', '\r':
		default:
			return
		}
		s.pos++
	}
}

func (s *scanner) word(want string) {
	if !s.need(len(want)) || string(s.window[s.pos:s.pos+len(want)]) != want {
		s.fail("only true, false and null stand without quotation marks")
	}
	s.pos += len(want)
}

// number reads a number by RFC 8259's grammar into text.
func (s *scanner) number() {
	s.spare = s.spare[:0]
	take := func(set string) (n int) {
		for (s.pos < s.end || s.need(1)) && bytes.IndexByte([]byte(set), s.window[s.pos]) >= 0 {
			s.spare = append(s.spare, s.window[s.pos])
			s.pos++
			if n++; len(set) <= 2 {
				break // a sign, a point or an e stands once
			}
		}
		return n
	}
	const digits = "0123456789"
	take("-")
	from := len(s.spare)
	whole := take(digits)
	bad := whole == 0 || whole > 1 && s.spare[from] == '0'
	if take(".") > 0 {
		bad = take(digits) == 0 || bad
	}
	if take("eE") > 0 {
		take("+-")
		bad = take(digits) == 0 || bad
	}
	if bad {
		s.fail("%q is no number", s.spare)
	}
	s.text = s.spare
}

// string reads the rest of a text into text, escapes undone.
func (s *scanner) string() {
	if i := bytes.IndexAny(s.window[s.pos:s.end], "\"\\"); i >= 0 && s.window[s.pos+i] == '"' {
		s.text = s.window[s.pos : s.pos+i]
		if !plain(s.text) {
			s.fail("a control character stands in a text; write it as an escape such as \\n")
		}
		s.pos += i + 1
		s.valid()
		return
	}
	s.spare = s.spare[:0]
	for {
		if s.pos == s.end && !s.need(1) {
			s.failCut()
		}
		b := s.window[s.pos]
		switch {
		case b < ' ':
			s.fail("a control character stands in a text; write it as an escape such as \\n")
		case b == '"':
			s.pos++
			s.text = s.spare
			s.valid()
			return
		case b == '\\':
			s.pos++
			s.escape()
		default:
			s.spare = append(s.spare, b)
			s.pos++
		}
	}
}

func plain(text []byte) bool {
	for _, b := range text {
		if b < ' ' {
			return false
		}
	}
	return true
}

// valid replaces what is not UTF-8, as encoding/json does.
func (s *scanner) valid() {
	if !utf8.Valid(s.text) {
		s.text = bytes.ToValidUTF8(s.text, []byte("\uFFFD"))
	}
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (s *scanner) escape() {
	if !s.need(1) {
		s.failCut()
	}
	b := s.window[s.pos]
	if plain, ok := escapes[b]; ok {
		s.spare = append(s.spare, plain)
		s.pos++
		return
	}
	if b != 'u' {
		s.fail("\\%c is no escape", b)
	}
	s.pos++
	r := s.hex()
	if utf16.IsSurrogate(r) {
		r = s.pair(r)
	}
	s.spare = utf8.AppendRune(s.spare, r)
}

// pair joins a surrogate with the one that must follow it; what stands alone is
// no character.
func (s *scanner) pair(high rune) rune {
	if !s.need(6) || s.window[s.pos] != '\\' || s.window[s.pos+1] != 'u' {
		return utf8.RuneError
	}
	low, err := strconv.ParseUint(string(s.window[s.pos+2:s.pos+6]), 16, 32)
	joined := utf16.DecodeRune(high, rune(low))
	if err != nil || joined == utf8.RuneError {
		return utf8.RuneError // the second is read again, for itself
	}
	s.pos += 6
	return joined
}

func (s *scanner) hex() rune {
	if !s.need(4) {
		s.failCut()
	}
	n, err := strconv.ParseUint(string(s.window[s.pos:s.pos+4]), 16, 32)
	if err != nil {
		s.fail("\\u needs four hexadecimal digits")
	}
	s.pos += 4
	return rune(n)
}

// intern keeps one copy of texts that come again: 400,000 people work in
// thousands of units.
func (s *scanner) intern() string {
	if len(s.text) == 0 || len(s.text) > 32 {
		return string(s.text)
	}
	h := uint32(2166136261)
	for _, b := range s.text {
		h = (h ^ uint32(b)) * 16777619
	}
	slot := &s.known[(h^h>>16)%uint32(len(s.known))]
	if *slot != string(s.text) {
		*slot = string(s.text)
	}
	return *slot
}
