package mail_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/server/calendar"
	"kaskad/server/mail"
)

func TestMessageCarriesTheCalendarTwiceAndAlike(t *testing.T) {
	for _, e := range []calendar.Event{event(t), cancelled(event(t))} {
		m := compose(t, e, nil)
		r := read(t, rendered(t, m))
		var kinds []string
		for _, p := range r.parts {
			kinds = append(kinds, p.kind)
		}
		if want := []string{"text/plain", "text/html", "text/calendar", "application/ics"}; !slices.Equal(kinds, want) {
			t.Fatalf("parts are %v, want %v", kinds, want)
		}
		object, file := r.parts[2], r.parts[3]
		if object.body != file.body || object.body != string(m.Calendar) {
			t.Error("the two calendar parts are not the bytes of the invitation")
		}
		if object.params["method"] != m.Method || !strings.Contains(object.body, "\r\nMETHOD:"+m.Method+"\r\n") {
			t.Errorf("the part's method is %q, the mail's %q", object.params["method"], m.Method)
		}
		if !strings.EqualFold(object.params["charset"], "utf-8") || file.params["name"] != "invite.ics" {
			t.Errorf("the parts' parameters are %v and %v", object.params, file.params)
		}
		if r.parts[0].body != strings.ReplaceAll(m.Text, "\n", "\r\n") || r.parts[1].body != strings.ReplaceAll(m.HTML, "\n", "\r\n") {
			t.Error("the text has changed on the way")
		}
	}
}

func TestMessageIsReadAlikeByASecondParser(t *testing.T) {
	m := compose(t, event(t), nil)
	subject, bodies := readByGoMessage(t, rendered(t, m))
	if subject != m.Subject {
		t.Errorf("go-message reads the subject %q, want %q", subject, m.Subject)
	}
	if len(bodies) != 4 || bodies[2] != string(m.Calendar) || bodies[3] != string(m.Calendar) {
		t.Errorf("go-message reads %d parts", len(bodies))
	}
}

func TestMessageHeaders(t *testing.T) {
	m := compose(t, event(t), nil)
	h := read(t, rendered(t, m)).header
	for name, want := range map[string]string{
		"From":           `"DiREKT planering" <planering@direkt.example.org>`,
		"Reply-To":       `"DiREKT planering" <planering@direkt.example.org>`,
		"Message-Id":     "<976b4fb0ba24d014223329061cb36d6b-invite.0.1799582400@direkt.example.org>",
		"Auto-Submitted": "auto-generated",
		"Date":           "Sun, 10 Jan 2027 13:00:00 +0100",
		"Mime-Version":   "1.0",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	to, err := h.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Anna Åberg" || to[0].Address != "anna@kommun.example.org" {
		t.Errorf("To = %v, %v", to, err)
	}
	if got := decodedHeader(t, h.Get("Subject")); got != "Inbjudan: Etik, tis 2 mars 08:30, Skövde stadshus" {
		t.Errorf("Subject = %q", got)
	}
	if !strings.Contains(string(m.Calendar), "ORGANIZER;CN=DiREKT planering:mailto:planering@direkt.example.org\r\n") {
		t.Error("the organizer is not who the mail is from")
	}
	if h.Get("User-Agent") != "" || h.Get("X-Mailer") != "" {
		t.Error("the mail names the program that wrote it")
	}
}

func TestTheSameMessageHasTheSameBytes(t *testing.T) {
	if !bytes.Equal(rendered(t, compose(t, event(t), nil)), rendered(t, compose(t, event(t), nil))) {
		t.Error("the bytes differ the second time")
	}
}

func TestAMailWithoutCalendarIsText(t *testing.T) {
	m := compose(t, event(t), nil)
	m.Calendar, m.Method, m.HTML = nil, "", ""
	r := read(t, rendered(t, m))
	if len(r.parts) != 1 || r.parts[0].kind != "text/plain" {
		t.Errorf("parts are %v", r.parts)
	}
}

func TestNoLineIsLongAndNoNameBecomesAHeader(t *testing.T) {
	evil := "x\r\nBcc: all@example.org\r\n\r\n" + strings.Repeat("å", 3000) + strings.Repeat("y", 3000) + "\x00"
	c := letters(t)
	c.To.Name, c.From.Name, c.Programme = evil, evil, evil
	e := event(t)
	e.Module, e.Place, e.Leaders, e.Title = evil, evil, []string{evil}, evil
	m, err := mail.Compose(e, &mail.Told{Start: e.Start, End: e.End, Place: evil + evil}, c)
	if err != nil {
		t.Fatal(err)
	}
	data := rendered(t, m)
	for line := range bytes.SplitSeq(data, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Fatalf("a line of %d octets: %.80q", len(line), line)
		}
	}
	r := read(t, data)
	if r.header.Get("Bcc") != "" || len(r.parts) != 4 {
		t.Errorf("a name has become a header or a part:\n%s", data[:2000])
	}
	head, _, _ := bytes.Cut(data, []byte("\r\n\r\n"))
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		if len(line) > 78 {
			t.Errorf("a header line of %d octets: %s", len(line), line)
		}
	}
}

func TestUnfitMessagesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*mail.Message)
	}{
		{"no ID", func(m *mail.Message) { m.ID = "" }},
		{"an ID that leaves its folder", func(m *mail.Message) { m.ID = "../x" }},
		{"an ID of dots", func(m *mail.Message) { m.ID = ".." }},
		{"an ID of two lines", func(m *mail.Message) { m.ID = "a\r\nb" }},
		{"no receiver", func(m *mail.Message) { m.To.Email = "" }},
		{"two receivers", func(m *mail.Message) { m.To.Email = "a@example.org,b@example.org" }},
		{"a sender of two lines", func(m *mail.Message) { m.From.Email = "a@example.org\r\nBcc: b@example.org" }},
		{"an address beyond ASCII", func(m *mail.Message) { m.To.Email = "åsa@example.org" }},
		{"no date", func(m *mail.Message) { m.Date = time.Time{} }},
		{"another method", func(m *mail.Message) { m.Method = "CANCEL" }},
	} {
		m := compose(t, event(t), nil)
		c.spoil(&m)
		if _, err := m.Bytes(); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

func TestEveryChangeHasItsOwnID(t *testing.T) {
	first, later, moved := event(t), event(t), event(t)
	later.Stamp = later.Stamp.Add(time.Second)
	moved.Sequence++
	seen := map[string]string{}
	for name, e := range map[string]calendar.Event{"first": first, "later": later, "moved": moved} {
		id := compose(t, e, nil).ID
		if other, taken := seen[id]; taken {
			t.Errorf("%s and %s both have the ID %s", name, other, id)
		}
		seen[id] = name
		// RFC 5321 4.5.3.1.1: a bounce address has 64 octets before its @.
		if n := len(fmt.Sprintf("bounces+%s", id)); n > 64 {
			t.Errorf("the ID %s leaves no room for a bounce address (%d octets)", id, n)
		}
	}
}
