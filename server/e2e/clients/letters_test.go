package clients_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
)

// letter is a mail as Go's own mail reader understands it.
type letter struct {
	id     string // of the Message-ID, without its angle brackets
	to     string // the address alone
	method string // of the part that mail programs act on
	object string // that part
	file   string // the same as an attached file
	raw    []byte
}

func readLetter(t *testing.T, data []byte) letter {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("this is no mail: %v\n%s", err, data)
	}
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil {
		t.Fatalf("To %q: %v", m.Header.Get("To"), err)
	}
	l := letter{id: strings.Trim(m.Header.Get("Message-ID"), "<>"), to: to.Address, raw: data}
	l.take(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return l
}

// take takes in a part and the parts within it.
func (l *letter) take(t *testing.T, contentType, encoding string, body io.Reader) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatalf("Content-Type %q: %v", contentType, err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			part, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			l.take(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
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
		t.Fatalf("%s: %v", kind, err)
	}
	switch kind {
	case "text/calendar":
		l.method, l.object = params["method"], string(content)
	case "application/ics":
		l.file = string(content)
	}
}
