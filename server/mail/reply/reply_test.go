package reply_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kaskad/server/mail/reply"
)

// uid is the invitation that every answer in testdata is to.
const uid = "0123456789abcdef0123456789abcdef-Ab3dEf6h-invite"

func read(t *testing.T, name string) reply.Mail {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	m, err := reply.Read(data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

// The shapes are those mail programs are known for: parts, encodings, folding,
// lost method parameters, missing ORGANIZER and SEQUENCE, zones of their own.
func TestAnswersOfTheKnownCalendarPrograms(t *testing.T) {
	for _, c := range []struct {
		file, status string
		sequence     int
	}{
		{"thunderbird-accepted.eml", "ACCEPTED", 2},
		{"outlook-declined.eml", "DECLINED", -1},
		{"outlook-com-tentative.eml", "TENTATIVE", 2},
		{"google-accepted.eml", "ACCEPTED", 2},
		{"apple-declined.eml", "DECLINED", 2},
		{"exchange-accepted.eml", "ACCEPTED", 2},     // a byte order mark, a name with every mark of punctuation
		{"google-declined-note.eml", "DECLINED", 2},  // a note in a parameter, folded inside a name, the answer twice
		{"icloud-tentative.eml", "TENTATIVE", 2},     // quoted-printable, an address in percents
		{"proton-accepted.eml", "ACCEPTED", 2},       // no method in its MIME, LF alone
		{"octet-stream-accepted.eml", "ACCEPTED", 2}, // known by the file's name only
	} {
		m := read(t, c.file)
		if m.Kind != reply.Answer || m.From != "anna@enhet.example.org" || m.MessageID == "" {
			t.Errorf("%s: kind %s from %q, id %q", c.file, m.Kind, m.From, m.MessageID)
		}
		o := m.Calendar
		if o.UID != uid || o.Sequence != c.sequence || !o.Stamp.Equal(time.Date(2027, 1, 5, 9, 15, 0, 0, time.UTC)) {
			t.Errorf("%s: UID %q, sequence %d, stamp %v; want sequence %d", c.file, o.UID, o.Sequence, o.Stamp, c.sequence)
		}
		if len(o.Attendees) != 1 || o.Attendees[0] != (reply.Attendee{Address: "anna@enhet.example.org", Status: c.status}) {
			t.Errorf("%s: attendees %+v, want Anna %s", c.file, o.Attendees, c.status)
		}
	}
	m := read(t, "outlook-declined.eml")
	if m.Subject != "Avböjd: Inbjudan: Etik" || m.Calendar.Comment != "Jag är på semester, tyvärr" {
		t.Errorf("subject %q, comment %q", m.Subject, m.Calendar.Comment)
	}
	if len(m.Results) != 1 || !strings.Contains(m.Results[0], "dmarc=pass") {
		t.Errorf("results of authentication %q", m.Results)
	}
}

func TestWhatIsNoAnswerIsToldApart(t *testing.T) {
	const ours = "0123.2.1798876980@kaskad.example.org"
	for file, kind := range map[string]reply.Kind{
		"bounce.eml": reply.Bounce, "delay.eml": reply.Bounce, "out-of-office.eml": reply.Automatic, "letter.eml": reply.Letter,
		"exchange-ndr.eml": reply.Bounce, "google-bounce.eml": reply.Bounce, "exim-bounce.eml": reply.Bounce,
		"read-receipt.eml": reply.Automatic, "exchange-out-of-office.eml": reply.Automatic, "vacation.eml": reply.Automatic,
		"answer-forwarded.eml": reply.Letter, "invitation-sent-back.eml": reply.Letter, "winmail.eml": reply.Letter,
	} {
		m := read(t, file)
		if m.Kind != kind || len(m.About) == 0 || m.About[0] != ours {
			t.Errorf("%s: kind %s about %v, want %s about %s", file, m.Kind, m.About, kind, ours)
		}
	}
	if got, want := read(t, "bounce.eml").Bounce, (reply.Report{Failed: true, Status: "5.1.1", Recipient: "anna@enhet.example.org", Reason: "550 5.1.1 No such user"}); got != want {
		t.Errorf("report %+v, want %+v", got, want)
	}
	for file, status := range map[string]string{"exchange-ndr.eml": "5.1.10", "google-bounce.eml": "5.2.2", "exim-bounce.eml": ""} {
		if got := read(t, file).Bounce; !got.Failed || got.Status != status {
			t.Errorf("%s is read as %+v", file, got)
		}
	}
	if got := read(t, "delay.eml").Bounce; got.Failed || got.Status != "4.4.1" {
		t.Errorf("a delay is read as %+v", got)
	}
	if got, want := read(t, "letter.eml").Text, "Hej! Jag kan inte den dagen, finns det en annan tid? Anna"; got != want {
		t.Errorf("letter %q, want %q", got, want)
	}
}

// Answers of somebody else's, or to something else than whether one comes, keep
// what a judge needs: who writes, and of whom.
func TestAnswersOfOthers(t *testing.T) {
	anna, bo := "anna@enhet.example.org", "bo@annan.example.org"
	for _, c := range []struct {
		file, from string
		kind       reply.Kind
		attendees  []reply.Attendee
		comment    string
	}{
		{"forwarded-invitation-accepted.eml", bo, reply.Answer, []reply.Attendee{{Address: bo, Status: "ACCEPTED"}}, ""},
		{"assistant-declined.eml", "assistent@enhet.example.org", reply.Answer, []reply.Attendee{{Address: anna, Status: "DECLINED"}}, ""},
		{"delegated.eml", anna, reply.Answer, []reply.Attendee{{Address: anna, Status: "DELEGATED"}, {Address: "bo@enhet.example.org", Status: "NEEDS-ACTION"}}, ""},
		{"counter.eml", anna, reply.Counter, []reply.Attendee{{Address: anna, Status: "TENTATIVE"}}, "Går det dagen efter?"},
		{"refresh.eml", anna, reply.Refresh, []reply.Attendee{{Address: anna}}, ""},
	} {
		m := read(t, c.file)
		if m.Kind != c.kind || m.From != c.from || m.Calendar.UID != uid || !slices.Equal(m.Calendar.Attendees, c.attendees) || m.Calendar.Comment != c.comment {
			t.Errorf("%s: %s from %s: %+v", c.file, m.Kind, m.From, m.Calendar)
		}
	}
}

func TestRequestsAreNoAnswers(t *testing.T) {
	for method, want := range map[string]reply.Kind{
		"REQUEST": reply.Letter, "CANCEL": reply.Letter, "REFRESH": reply.Refresh, "COUNTER": reply.Counter, "reply": reply.Answer,
	} {
		data := "From: a@b.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\nMETHOD:" + method + "\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR\n"
		m, err := reply.Read([]byte(data))
		if err != nil || m.Kind != want {
			t.Errorf("METHOD:%s is a %s (%v), want %s", method, m.Kind, err, want)
		}
	}
}

func TestHostileMailIsBounded(t *testing.T) {
	deep := strings.Repeat("BEGIN:A\r\n", 100_000)
	for name, body := range map[string]string{
		"components in each other":     "Content-Type: text/calendar\r\n\r\n" + deep,
		"a parameter without a colon":  "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nX;A=B\r\nX;A=\"B\"C:1\r\nX;A=\"\r\n",
		"a line that never ends":       "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nX:" + strings.Repeat("\r\n y", 100_000),
		"a multipart without boundary": "Content-Type: multipart/mixed\r\n\r\nx",
		"parts in each other":          nested(30),
		"ten thousand parts":           "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + strings.Repeat("--a\r\n\r\nx\r\n", 10_000),
		"a NUL":                        "Subject: a\x00b\r\n\r\n\x00",
		"nothing":                      "",
	} {
		data := []byte("From: a@b.example\r\n" + body)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m, err := reply.Read(data)
		runtime.ReadMemStats(&after)
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 40 {
			t.Errorf("%s: takes %d MB of memory, of a mail of at most one", name, taken)
		}
		if err == nil && m.Kind != reply.Letter {
			t.Errorf("%s: read as %s", name, m.Kind)
		}
		if len(m.Text) > 4*700 || len(m.Subject) > 4*201 {
			t.Errorf("%s: keeps %d bytes of text", name, len(m.Text))
		}
	}
	if _, err := reply.Read(bytes.Repeat([]byte("a"), reply.MaxBytes+1)); err == nil {
		t.Error("a mail beyond the limit was read")
	}
}

func nested(depth int) string {
	if depth == 0 {
		return "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	b := strings.Repeat("b", depth)
	return "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n" + nested(depth-1) + "\r\n--" + b + "--\r\n"
}

func TestTheMarkOfTheAddressIsRead(t *testing.T) {
	for to, want := range map[string]string{"To: Kaskad <p+abc@x.example>": "abc", "To: p@x.example": "", "Delivered-To: p+a+b@x.example": "a+b", "To: none": ""} {
		m, err := reply.Read([]byte("From: a@b.example\r\n" + to + "\r\n\r\nx"))
		if err != nil || strings.Join(m.Marks, " ") != want {
			t.Errorf("%s: marks %q, %v; want %q", to, m.Marks, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 28 {
		f.Fatalf("%d files to start from: %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := reply.Read(data)
		if err != nil {
			if strings.Contains(err.Error(), "broke its reader") {
				t.Errorf("a library panics: %v", err)
			}
			return
		}
		if m.Kind == "" || m.Kind == reply.Answer && m.Calendar.UID == "" {
			t.Errorf("%+v has no kind, or answers nothing", m)
		}
		if strings.ContainsAny(m.Subject+m.Text+m.Calendar.Comment, "\r\n\x00") {
			t.Errorf("control characters are kept: %q", m.Subject+m.Text)
		}
	})
}
