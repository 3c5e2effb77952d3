// Package reply reads the mail that comes back: answers to invitations, mails
// that could not be delivered, programs that answer by themselves, and letters.
//
// One name to know: Read. It is written for hostile input: what it is given is
// bounded, what it keeps is bounded, and it never panics. It decides nothing;
// whose answer it is and whether it counts is for others to judge.
package reply

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // mail comes in every charset there is
)

// Kind is what came.
type Kind string

const (
	Answer    Kind = "answer"    // a calendar program answers an invitation (iTIP REPLY)
	Refresh   Kind = "refresh"   // it asks for the invitation once more
	Counter   Kind = "counter"   // it proposes another time: for a human to read
	Bounce    Kind = "bounce"    // a mail of ours could not be delivered
	Automatic Kind = "automatic" // a program answers: out of office and the like
	Letter    Kind = "letter"    // somebody has written
)

// Bounds on what is read. A calendar part of ours has 2 KB, an answer less.
const (
	MaxBytes  = 1 << 20   // of a whole mail; longer ones are refused before Read
	maxPart   = 256 << 10 // of a decoded part
	maxParts  = 20
	maxDepth  = 5
	maxHeader = 64 << 10
	maxText   = 600 // runes of a letter that are kept
)

// Mail is what a mail says, as far as Kaskad cares.
type Mail struct {
	Kind      Kind
	MessageID string   // without angle brackets; may be empty
	From      string   // address of the From field, lower case; empty when there is none
	Subject   string   // one line, at most 200 runes
	Text      string   // the beginning of a letter, without what it quotes
	About     []string // Message-IDs it names: In-Reply-To, References, and what was returned
	Marks     []string // MARKs of the addresses it went to, such as planering+MARK@example.org
	Calendar  Object   // of an Answer, Refresh or Counter
	Bounce    Report   // of a Bounce
	Results   []string // Authentication-Results fields, topmost first
}

// Report is what a mail server says of a mail it could not deliver (RFC 3464).
type Report struct {
	Failed    bool   // for good; false is a delay, and the mail may yet arrive
	Status    string // such as 5.1.1
	Recipient string
	Reason    string // in the server's words, one line
}

// Read reads one mail. The error says that it is not a mail at all.
func Read(data []byte) (m Mail, err error) {
	defer func() {
		if p := recover(); p != nil { // the libraries below were not written for enemies
			m, err = Mail{}, fmt.Errorf("the mail broke its reader: %v", p)
		}
	}()
	if len(data) > MaxBytes {
		return Mail{}, fmt.Errorf("the mail has %d bytes; at most %d are read", len(data), MaxBytes)
	}
	entity, err := message.ReadWithOptions(bytes.NewReader(data), &message.ReadOptions{MaxHeaderBytes: maxHeader})
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return Mail{}, fmt.Errorf("not a mail: %w", err)
	}
	r := reader{}
	r.heading(&entity.Header)
	r.part(entity, 0)
	r.mail.Kind = r.kind(&entity.Header)
	return r.mail, nil
}

type reader struct {
	mail    Mail
	parts   int
	report  bool // a delivery report was among the parts
	receipt bool // a receipt of reading was
}

func (r *reader) heading(h *message.Header) {
	m := &r.mail
	m.MessageID = trimID(h.Get("Message-Id"))
	if from, err := h.Text("From"); err == nil {
		if list, err := netmail.ParseAddressList(from); err == nil && len(list) > 0 {
			m.From = strings.ToLower(list[0].Address)
		}
	}
	if m.From == "" {
		if a, err := netmail.ParseAddress(h.Get("From")); err == nil {
			m.From = strings.ToLower(a.Address)
		}
	}
	subject, err := h.Text("Subject")
	if err != nil {
		subject = h.Get("Subject")
	}
	m.Subject = oneLine(subject, 200)
	for _, name := range []string{"In-Reply-To", "References"} {
		for _, id := range strings.Fields(h.Get(name)) {
			r.names(id)
		}
	}
	for _, name := range []string{"To", "Delivered-To", "X-Original-To"} {
		if list, err := netmail.ParseAddressList(h.Get(name)); err == nil && len(list) > 0 && tagged(list[0].Address) != "" {
			m.Marks = append(m.Marks, tagged(list[0].Address))
		}
	}
	for fields := h.FieldsByKey("Authentication-Results"); fields.Next() && len(m.Results) < 5; {
		m.Results = append(m.Results, oneLine(fields.Value(), 1000))
	}
}

func (r *reader) names(id string) {
	if id = trimID(id); id != "" && len(r.mail.About) < 20 {
		r.mail.About = append(r.mail.About, id)
	}
}

// part reads a part and those within it. Whatever cannot be read is left out:
// the rest may still say what matters.
func (r *reader) part(e *message.Entity, depth int) {
	r.parts++
	if r.parts > maxParts || depth > maxDepth {
		return
	}
	if parts := e.MultipartReader(); parts != nil {
		defer parts.Close()
		for r.parts <= maxParts {
			next, err := parts.NextPart()
			if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
				return
			}
			r.part(next, depth+1)
		}
		return
	}
	kind, params, err := e.Header.ContentType()
	if err != nil {
		kind = "text/plain"
	}
	body, err := io.ReadAll(io.LimitReader(e.Body, maxPart+1))
	if len(body) > maxPart || err != nil && len(body) == 0 {
		return
	}
	r.content(strings.ToLower(kind), fileName(e, params), body, depth)
}

func fileName(e *message.Entity, params map[string]string) string {
	_, disposition, _ := mime.ParseMediaType(e.Header.Get("Content-Disposition"))
	if name := disposition["filename"]; name != "" {
		return strings.ToLower(name)
	}
	return strings.ToLower(params["name"])
}

func (r *reader) content(kind, file string, body []byte, depth int) {
	switch {
	case kind == "text/calendar", kind == "application/ics", strings.HasSuffix(file, ".ics"):
		// The same answer often comes twice, as a part and as a file: the first counts.
		if object, err := parseObject(body); err == nil && r.mail.Calendar.UID == "" {
			r.mail.Calendar = object
		}
	case kind == "message/delivery-status":
		r.report = true
		r.mail.Bounce = parseReport(body)
	case kind == "message/disposition-notification": // that it has been read, or deleted unread
		r.receipt = true
	case kind == "message/rfc822", kind == "text/rfc822-headers", kind == "message/global", kind == "message/rfc822-headers":
		if returned, err := netmail.ReadMessage(bytes.NewReader(append(body, "\r\n\r\n"...))); err == nil {
			r.names(returned.Header.Get("Message-Id"))
		}
	case kind == "text/plain" && r.mail.Text == "":
		r.mail.Text = ownWords(body)
	}
}

// kind judges the whole. A calendar answer is one even if its program marks it
// as automatic; but what a delivery report returns is our own invitation.
func (r *reader) kind(h *message.Header) Kind {
	switch {
	case r.report:
		return Bounce
	case r.mail.Calendar.Method == "REPLY":
		return Answer
	case r.mail.Calendar.Method == "REFRESH":
		return Refresh
	case r.mail.Calendar.Method == "COUNTER":
		return Counter
	case fromPostmaster(r.mail.From) || h.Has("X-Failed-Recipients"):
		r.mail.Bounce = Report{Failed: true, Reason: r.mail.Subject} // a bounce from before RFC 3464
		return Bounce
	case automatic(h) || r.receipt:
		return Automatic
	}
	return Letter
}

func fromPostmaster(from string) bool {
	name, _, _ := strings.Cut(from, "@")
	return name == "mailer-daemon"
}

// automatic: RFC 3834 5, and what programs wrote before it.
func automatic(h *message.Header) bool {
	if auto := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted"))); auto != "" && auto != "no" {
		return true
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Precedence"))) {
	case "bulk", "junk", "list", "auto_reply":
		return true
	}
	return h.Has("X-Autoreply") || h.Has("X-Autorespond") || h.Has("List-Id") || strings.TrimSpace(h.Get("Return-Path")) == "<>"
}

// parseReport reads the fields of a delivery report, RFC 3464 2.
func parseReport(body []byte) Report {
	var report Report
	for line := range strings.Lines(string(body)) {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = oneLine(value, 300)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "action":
			report.Failed = report.Failed || strings.EqualFold(value, "failed")
		case "status":
			report.Status = value
		case "final-recipient":
			_, address, _ := strings.Cut(value, ";")
			report.Recipient = strings.ToLower(strings.TrimSpace(address))
		case "diagnostic-code":
			_, reason, found := strings.Cut(value, ";")
			if !found {
				reason = value
			}
			report.Reason = strings.TrimSpace(reason)
		}
	}
	return report
}

// tagged is the mark of an address such as planering+MARK@example.org, "" without one.
func tagged(address string) string {
	name, _, _ := strings.Cut(address, "@")
	if _, mark, ok := strings.Cut(name, "+"); ok {
		return mark
	}
	return ""
}

// ErrNoObject: there is no calendar object to read.
var ErrNoObject = errors.New("no calendar object")
