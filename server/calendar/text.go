package calendar

import (
	"bytes"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	ical "github.com/emersion/go-ical"

	"kaskad/model"
)

// clean makes any text fit for a TEXT value: valid UTF-8, lines ended by LF, no
// other control character. One NUL makes libical refuse a whole feed, and
// go-ical refuses the CR that every browser's textarea sends.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
	return strings.Map(func(r rune) rune { // which also replaces octets that are no UTF-8
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == '\uFEFF':
			return -1
		}
		return r
	}, text)
}

// param makes any text fit for a parameter value: one clean line without
// double quotes. RFC 5545 3.2 has no way to write them, and go-ical would pass
// a line break on as a new property. RFC 6868's ^' is shown raw by some readers.
func param(text string) string {
	text = strings.NewReplacer("\n", " ", `"`, "’").Replace(clean(text))
	return strings.Join(strings.Fields(text), " ")
}

// raw adds a property as it stands, with parameters given as name, value, ….
func raw(c *ical.Component, name, value string, params ...string) {
	p := ical.NewProp(name)
	for i := 0; i+1 < len(params); i += 2 {
		p.Params.Set(params[i], params[i+1])
	}
	p.Value = value
	c.Props.Add(p)
}

// text adds a TEXT property.
func text(c *ical.Component, name, value string, params ...string) {
	p := ical.NewProp(name)
	p.SetText(clean(value))
	p.Params.Del(ical.ParamValue) // names that go-ical does not know are TEXT anyway
	raw(c, name, p.Value, params...)
}

// address adds a URI property; what is no address of a web page is left out.
func address(c *ical.Component, name, value string, params ...string) {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return
	}
	raw(c, name, percent(u.String(), ""), params...)
}

// percent writes the octets that a URI must not hold, and those given, as RFC
// 3986 2.1 has them.
func percent(text, more string) string {
	var b strings.Builder
	for _, octet := range []byte(text) {
		if octet <= ' ' || octet > '~' || strings.IndexByte(more, octet) >= 0 {
			fmt.Fprintf(&b, "%%%02X", octet)
			continue
		}
		b.WriteByte(octet)
	}
	return b.String()
}

// encode writes a calendar with every line folded, RFC 5545 3.1.
func encode(c *ical.Component) ([]byte, error) {
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(&ical.Calendar{Component: c}); err != nil {
		return nil, err
	}
	return fold(out.Bytes()), nil
}

// lineOctets is the longest line of RFC 5545 3.1, without its line break.
const lineOctets = 75

// fold breaks lines of more than 75 octets before a whole character: a fold
// inside one shows as garbage in Thunderbird and others.
func fold(data []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(data) {
		line = bytes.TrimSuffix(line, []byte("\r\n"))
		room := lineOctets
		for len(line) > room {
			cut := room
			for cut > 0 && !utf8.RuneStart(line[cut]) {
				cut--
			}
			out.Write(line[:cut])
			out.WriteString("\r\n ")
			line, room = line[cut:], lineOctets-1 // the space counts
		}
		out.Write(line)
		out.WriteString("\r\n")
	}
	return out.Bytes()
}

// Address checks a bare e-mail address and returns it without surrounding
// space. The error says what is wrong with it. Addresses beyond ASCII are
// refused: RFC 6531 mail is not accepted everywhere.
func Address(email string) (string, error) {
	email = strings.TrimSpace(email)
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || parsed.Name != "" {
		return "", fmt.Errorf("%q is no e-mail address", email)
	}
	for _, r := range email {
		if r <= ' ' || r > '~' {
			return "", fmt.Errorf("the e-mail address %q holds characters that mail servers do not accept", email)
		}
	}
	return email, nil
}

// MayMail tells whether invitations may be mailed to somebody: never to people
// with protected identity, for mail is open to read on its way.
func MayMail(c model.Contact) bool {
	_, err := Address(c.Email)
	return err == nil && !c.Protected
}
