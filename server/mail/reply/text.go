package reply

import (
	"strings"
	"unicode"
)

// oneLine makes any text one line of visible characters, at most so many runes.
func oneLine(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return cut(strings.Join(strings.Fields(text), " "), most)
}

func cut(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// ownWords are the lines of a letter that its writer wrote: everything before
// the first line that is quoted, or that mail programs put above a quotation.
func ownWords(body []byte) string {
	var kept []string
	for line := range strings.Lines(string(body)) {
		line = oneLine(line, maxText)
		if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "-----") || strings.HasPrefix(line, "_____") || line == "--" ||
			strings.HasPrefix(line, "Från:") || strings.HasPrefix(line, "From:") ||
			strings.HasSuffix(line, ":") && (strings.Contains(line, " skrev") || strings.Contains(line, " wrote")) {
			break
		}
		if line != "" {
			kept = append(kept, line)
		}
		if len(kept) == 20 {
			break
		}
	}
	return cut(strings.Join(kept, " "), maxText)
}

func trimID(id string) string {
	id = strings.TrimSpace(id)
	if len(id) > 300 {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(id, "<"), ">")
}
