package e2e_test

import (
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// letter is a mail as a mail program understands it.
type letter struct {
	file    string
	to      string // the address alone
	subject string
	text    string // what the plain part says
	method  string // of the calendar part; "" when there is none
	event   map[string]string
}

func (l letter) uid() string { return l.event["UID"] }

// outbox reads every mail the program has written as a file.
func outbox(t *testing.T, p *program) []letter {
	t.Helper()
	var letters []letter
	root := filepath.Join(p.data, "outbox")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // no mail yet, or a temporary file that is gone
		}
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".eml") {
			letters = append(letters, readLetter(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

// files counts the mails without reading them.
func files(t *testing.T, p *program) int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(p.data, "outbox", "*", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	return len(names)
}

func readLetter(t *testing.T, path string) letter {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := mail.ReadMessage(f)
	if err != nil {
		t.Fatalf("%s is no mail: %v", path, err)
	}
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil {
		t.Fatalf("%s: To %q: %v", path, m.Header.Get("To"), err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatalf("%s: Subject: %v", path, err)
	}
	l := letter{file: path, to: to.Address, subject: subject}
	l.readPart(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return l
}

// readPart takes in a part and the parts within it. The reader is transparent
// to quoted-printable only when asked for raw parts, so those are asked for.
func (l *letter) readPart(t *testing.T, contentType, encoding string, body io.Reader) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatalf("%s: Content-Type %q: %v", l.file, contentType, err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", l.file, err)
			}
			l.readPart(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatalf("%s: %s: %v", l.file, kind, err)
	}
	switch kind {
	case "text/plain":
		l.text = string(content)
	case "text/calendar":
		l.method, l.event = params["method"], properties(string(content))
	}
}

// properties are the content lines of an iTIP object's calendar and event,
// unfolded (RFC 5545 3.1), by name and without parameters.
func properties(object string) map[string]string {
	found := map[string]string{}
	depth := ""
	for line := range strings.SplitSeq(strings.ReplaceAll(object, "\r\n ", ""), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		switch {
		case name == "BEGIN":
			depth = value
		case name == "END":
			depth = ""
		case depth == "VEVENT" || depth == "VCALENDAR":
			found[name] = value
		}
	}
	return found
}
