package mail

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"

	"kaskad/server/calendar"
)

// Message is one mail to one person.
type Message struct {
	// ID tells the mail from every other and is the left part of its Message-ID:
	// 1 to 100 ASCII letters, digits, dots, hyphens and underscores.
	ID                  string
	From, To            calendar.Party // From is the organizer of Calendar
	Subject, Text, HTML string         // HTML may be empty
	Calendar            []byte         // an iTIP object, or nil
	Method              string         // the METHOD of Calendar, such as "REQUEST"
	Date                time.Time
}

// Bytes is the mail as RFC 5322 and RFC 6047 have it, in lines of at most 998
// octets that end in CRLF. The calendar object stands in it twice, the same
// both times: as an alternative to the text, which mail programs act on, and as
// a file for those that do not. The error tells which field is not fit to be sent.
func (m Message) Bytes() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("mail %q: %w", m.ID, err)
	}
	content, body, err := m.body()
	if err != nil {
		return nil, fmt.Errorf("mail %q: %w", m.ID, err)
	}
	from := address(m.From)
	var out bytes.Buffer
	header(&out, "Date", m.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	header(&out, "From", from)
	header(&out, "Reply-To", from)
	header(&out, "To", address(m.To))
	header(&out, "Subject", mime.QEncoding.Encode("utf-8", line(m.Subject)))
	header(&out, "Message-ID", "<"+m.ID+"@"+domainOf(m.From.Email)+">")
	header(&out, "Auto-Submitted", "auto-generated") // RFC 3834 5: programs do not answer it
	header(&out, "MIME-Version", "1.0")
	header(&out, "Content-Type", content)
	out.WriteString("\r\n")
	out.Write(body)
	return out.Bytes(), nil
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$`)

func (m Message) check() error {
	if !idForm.MatchString(m.ID) {
		return errors.New("the ID must be 1 to 100 letters, digits, dots, hyphens and underscores, and not begin with a dot")
	}
	for _, p := range []calendar.Party{m.From, m.To} {
		if email, err := calendar.Address(p.Email); err != nil || email != p.Email {
			return fmt.Errorf("%q is no e-mail address", p.Email)
		}
	}
	if m.Date.IsZero() {
		return errors.New("it has no date")
	}
	// Outlook rejects a mail whose two methods differ.
	if m.Calendar != nil && !bytes.Contains(m.Calendar, []byte("\r\nMETHOD:"+m.Method+"\r\n")) {
		return fmt.Errorf("its calendar object has another method than %q", m.Method)
	}
	return nil
}

// body is the mail's content and the type it has.
func (m Message) body() (contentType string, body []byte, err error) {
	parts := []part{text("plain", m.Text)}
	if m.HTML != "" {
		parts = append(parts, text("html", m.HTML))
	}
	if m.Calendar == nil {
		return join("alternative", m.ID, parts)
	}
	parts = append(parts, binary("text/calendar; method="+m.Method+"; charset=UTF-8", "", m.Calendar))
	contentType, body, err = join("alternative", m.ID, parts)
	if err != nil {
		return "", nil, err
	}
	return join("mixed", m.ID, []part{
		{contentType: contentType, body: body},
		binary(`application/ics; name="invite.ics"`, `attachment; filename="invite.ics"`, m.Calendar),
	})
}

// lineRunes is the longest text of a header: more than any mail program shows.
const lineRunes = 200

// line makes any text fit for a header: one line of visible characters.
func line(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return string(runes[:min(len(runes), lineRunes)])
}

func address(p calendar.Party) string {
	return (&mail.Address{Name: line(p.Name), Address: p.Email}).String()
}

func domainOf(email string) string { return email[strings.LastIndexByte(email, '@')+1:] }

// header writes a field, folded at its spaces to 78 columns, RFC 5322 2.1.1: an
// encoded word has at most 75, so that one always fits.
func header(out *bytes.Buffer, name, value string) {
	out.WriteString(name + ":")
	column := len(name) + 1
	for word := range strings.SplitSeq(value, " ") {
		if column+1+len(word) > 78 {
			out.WriteString("\r\n")
			column = 0
		}
		out.WriteString(" " + word)
		column += 1 + len(word)
	}
	out.WriteString("\r\n")
}
