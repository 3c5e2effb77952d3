package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// scanAll reads a text to its end and returns the texts and numbers in it.
func scanAll(r io.Reader) (words []string, err error) {
	d := &decoder{json: newScanner(r)}
	var visit func()
	visit = func() {
		switch d.json.token {
		case '"', '0':
			words = append(words, d.json.intern())
		case '{', '[':
			d.each(func(_ int, key []byte) {
				if key != nil {
					words = append(words, string(key))
				}
				visit()
			})
		}
	}
	func() {
		defer d.endAtSyntax()
		d.next()
		d.begins()
		visit()
		if d.json.next() != 0 {
			d.json.reject("more")
		}
	}()
	if d.broken {
		return words, errors.New(d.faults[0].String())
	}
	return words, nil
}

// wordsOf is the same by encoding/json.
func wordsOf(t *testing.T, data []byte) (words []string) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err == io.EOF {
			return words
		}
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		switch x := token.(type) {
		case string:
			words = append(words, x)
		case json.Number:
			words = append(words, x.String())
		}
	}
}

var texts = []string{
	`{}`, `[]`, `""`, `0`, `-0`, `-1.5e+10`, `01`, `1.`, `.5`, `+1`, `1e`, `--1`, `1-2`, `1ee5`, `1e++5`, `tru`, `true`, `nullx`, ``, ` `, `{"a"}`, `{"a":}`, `{"a":1,}`,
	`[1,]`, `[,1]`, `[1 2]`, `{"a":1 "b":2}`, `{"a":1]`, `[1}`, `{a:1}`, `"\u00e5\ud83d\ude00\ud83d\u0041\udead"`, `"\ud83d"`, `"\ud83dx"`, `"\x"`, `"\u12"`, `"a`, "\"a\nb\"", "\"a\\nb\"",
	`{"a":{"b":[1,{"c":"d\\\"e\/"}]}}`, "\"\xff\xc3\"", `"åäö"`, `[[[[]]]]`, `{"":""}`, `1 2`, `{"a":1}}`, "\"\\ud83d\\ud83d\\ude00\"",
}

func FuzzScannerAgreesWithEncodingJSON(f *testing.F) {
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > mostDepth {
			return // where the two differ on purpose
		}
		words, err := scanAll(bytes.NewReader(data))
		if valid := json.Valid(data); valid != (err == nil) {
			t.Fatalf("%q: valid %v, but %v", data, valid, err)
		}
		if err != nil {
			return
		}
		if want := wordsOf(t, data); !reflect.DeepEqual(words, want) && !bytes.ContainsRune(bytes.ToValidUTF8(data, []byte("\uFFFD")), '\uFFFD') {
			t.Fatalf("%q: read %q, want %q", data, words, want)
		}
		slowly, err := scanAll(iotest.OneByteReader(bytes.NewReader(data)))
		if err != nil || !reflect.DeepEqual(slowly, words) {
			t.Fatalf("%q: byte by byte %q, %v; want %q", data, slowly, err, words)
		}
	})
}

func TestScannerCrossesItsWindow(t *testing.T) {
	for _, gap := range []int{scanWindow - 9, scanWindow - 8, scanWindow - 7, scanWindow - 3, scanWindow, 3 * scanWindow} {
		long := strings.Repeat("x", gap)
		words, err := scanAll(strings.NewReader(`["` + long + `", "\u00e5å", 12345678, true, "end"]`))
		if want := []string{long, "åå", "12345678", "end"}; err != nil || !reflect.DeepEqual(words, want) {
			t.Errorf("gap %d: %d words, %v", gap, len(words), err)
		}
	}
}

func TestScannerTellsWhereItStops(t *testing.T) {
	for text, want := range map[string]string{
		"[1,\n  nope]":                  "line 2, column 3",
		"{\"a\": 1\n\"b\": 2}":          "line 2, column 1: the file: a comma is missing",
		"{\"a\": [1, 2}":                "a comma is missing between two values, or ']' at the end",
		"[1, 2":                         "cut short",
		"{\"a\" 1}":                     "a colon is missing after the name \"a\"",
		strings.Repeat("[", 1001):       "nested deeper than 1000",
		strings.Repeat("[", 10_000_000): "nested deeper than 1000",
		"[\"å\", §]":                    "line 1, column 8: the file: '§' is out of place",
		"\xef\xbb\xbf[§]":               "line 1, column 2",
		"[\"tab\there\"]":               "a control character",
	} {
		if _, err := scanAll(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
	if _, err := scanAll(iotest.ErrReader(errors.New("the disk is gone"))); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("a reader that fails: %v", err)
	}
}
