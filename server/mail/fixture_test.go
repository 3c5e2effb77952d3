package mail_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	gomail "github.com/emersion/go-message/mail"

	"kaskad/server/calendar"
	"kaskad/server/mail"
)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// event is Anna's seat in Etik on Tuesday 2 March 2027.
func event(t testing.TB) calendar.Event {
	t.Helper()
	return calendar.Event{
		UID: "976b4fb0ba24d014223329061cb36d6b-invite", Stamp: at(t, "2027-01-10T12:00:00Z"),
		Start: at(t, "2027-03-02T08:30:00+01:00"), End: at(t, "2027-03-02T11:30:00+01:00"),
		Title: "Etik – seminarium (DiREKT)", Place: "Skövde stadshus", Description: "Plats: Skövde stadshus.",
		URL: "https://kaskad.example.org/my", Travel: 45, Module: "Etik", Language: "sv", Leaders: []string{"Bo Ek"},
	}
}

func cancelled(e calendar.Event) calendar.Event {
	e.Cancelled, e.Sequence, e.Title = true, e.Sequence+1, "INSTÄLLD: "+e.Title
	return e
}

func letters(t testing.TB) mail.Correspondence {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return mail.Correspondence{
		Programme: "DiREKT", Zone: zone,
		From: calendar.Party{Name: "DiREKT planering", Email: "planering@direkt.example.org"},
		To:   calendar.Party{Name: "Anna Åberg", Email: "anna@kommun.example.org"},
	}
}

func compose(t testing.TB, e calendar.Event, told *mail.Told) mail.Message {
	t.Helper()
	m, err := mail.Compose(e, told, letters(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func rendered(t testing.TB, m mail.Message) []byte {
	t.Helper()
	data, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// received is a mail as its reader has it.
type received struct {
	header netmail.Header
	parts  []piece // leaves in order
}

type piece struct {
	kind   string // media type
	params map[string]string
	body   string
}

// read parses a mail with the standard library.
func read(t testing.TB, data []byte) received {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	r := received{header: m.Header}
	leaves(t, m.Header.Get("Content-Type"), m.Body, &r.parts)
	return r
}

func leaves(t testing.TB, contentType string, body io.Reader, into *[]piece) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		*into = append(*into, piece{kind, params, string(content)})
		return
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextPart() // decodes quoted-printable
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		leaves(t, p.Header.Get("Content-Type"), decoded(p), into)
	}
}

// readByGoMessage lists the texts and files of a mail as a second parser has them.
func readByGoMessage(t testing.TB, data []byte) (subject string, bodies []string) {
	t.Helper()
	r, err := gomail.CreateReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	subject, err = r.Header.Subject()
	if err != nil {
		t.Fatal(err)
	}
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return subject, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
}

func decodedHeader(t testing.TB, text string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func decoded(p *multipart.Part) io.Reader {
	if p.Header.Get("Content-Transfer-Encoding") == "base64" {
		return base64.NewDecoder(base64.StdEncoding, p)
	}
	return p
}
