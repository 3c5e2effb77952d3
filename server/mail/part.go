package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
)

// part is one part of a mail, encoded.
type part struct {
	contentType, encoding, disposition string
	body                               []byte
}

func text(kind, content string) part {
	var body bytes.Buffer
	w := quotedprintable.NewWriter(&body)
	w.Write([]byte(content)) // a bytes.Buffer takes everything
	w.Close()
	return part{contentType: "text/" + kind + "; charset=utf-8", encoding: "quoted-printable", body: body.Bytes()}
}

// binary is a part that must arrive to the byte.
func binary(contentType, disposition string, content []byte) part {
	const columns = 76 // RFC 2045 6.8
	encoded := base64.StdEncoding.EncodeToString(content)
	var body bytes.Buffer
	for len(encoded) > 0 {
		n := min(columns, len(encoded))
		body.WriteString(encoded[:n] + "\r\n")
		encoded = encoded[n:]
	}
	return part{contentType, "base64", disposition, body.Bytes()}
}

// join makes a multipart of parts. Its boundary is drawn from the mail's id,
// not from chance; no encoded part can hold the "=_" in it (RFC 2045 6.7).
func join(kind, id string, parts []part) (contentType string, body []byte, err error) {
	sum := sha256.Sum256([]byte(kind + " " + id))
	boundary := "=_kaskad_" + hex.EncodeToString(sum[:12])
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	if err := w.SetBoundary(boundary); err != nil {
		return "", nil, err
	}
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Type": {p.contentType}}
		if p.encoding != "" {
			h.Set("Content-Transfer-Encoding", p.encoding)
		}
		if p.disposition != "" {
			h.Set("Content-Disposition", p.disposition)
		}
		pw, err := w.CreatePart(h)
		if err != nil {
			return "", nil, err
		}
		pw.Write(p.body) // a bytes.Buffer takes everything
	}
	if err := w.Close(); err != nil {
		return "", nil, err
	}
	return "multipart/" + kind + `; boundary="` + boundary + `"`, out.Bytes(), nil
}
