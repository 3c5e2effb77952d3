package ui

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"
)

// funcs are the functions templates may call, bound to one language and zone.
//
//	t "key" "name" value …   text; the value of "n" picks the plural
//	label "prefix" value     text of key prefix.value, for closed sets; "" for an empty value
//	labels "prefix" values   the same for a list, once for all rows of a table
//	num 4000, decimal 1.4, percent 64, share 16 25, minutes 195, roughly 81200, hours 195, seconds 42, plus 1 2, less -3
//	day, longday, date, shortmonth, weekday, clock, week, stamp, iso, isodate   of a time.Time
//	span start end           "08.30–11.30"
//	asset "app.css"          address of a static file
//	icon "calendar"          inline SVG, hidden from assistive technology
//	qr "https://…"           inline SVG of a QR code
//	webcal "webcal://…"      an address for html/template to let through
//	args "k" v …             a map, to give a part more than one value
//	plain, lower, fields     text helpers
//	first periods            as many as a page shows
func funcs(words *catalogue, lang string, zone *time.Location) template.FuncMap {
	local := func(format func(string, time.Time) string) func(time.Time) string {
		return func(t time.Time) string { return format(lang, t.In(zone)) }
	}
	return template.FuncMap{
		"t": func(key string, pairs ...any) (string, error) { return words.text(lang, key, pairs...) },
		"label": func(prefix string, value any) (string, error) {
			if fmt.Sprint(value) == "" {
				return "", nil
			}
			return words.text(lang, prefix+"."+fmt.Sprint(value))
		},
		"labels": func(prefix string, values []string) ([]string, error) {
			list := make([]string, len(values))
			for i, value := range values {
				text, err := words.text(lang, prefix+"."+value)
				if err != nil {
					return nil, err
				}
				list[i] = text
			}
			return list, nil
		},
		"num":        func(n int) string { return formatNumber(lang, n) },
		"decimal":    func(x float64) string { return formatDecimal(lang, x) },
		"percent":    func(n int) string { return formatPercent(lang, n) },
		"share":      share,
		"minutes":    func(n int) string { return formatMinutes(lang, n) },
		"roughly":    func(n int) string { return formatRoughly(lang, n) },
		"hours":      func(minutes int) string { return formatNumber(lang, minutes/60) },
		"seconds":    formatSeconds,
		"plus":       func(a, b int) int { return a + b },
		"less":       func(n int) int { return -n },
		"day":        local(formatDay),
		"longday":    local(formatLongDay),
		"date":       local(formatDate),
		"weekday":    local(shortWeekday),
		"clock":      local(formatClock),
		"week":       local(formatWeek),
		"dayofmonth": func(t time.Time) int { return t.In(zone).Day() },
		"shortmonth": func(t time.Time) string { return shortMonths[lang][t.In(zone).Month()-1] },
		"stamp": func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return formatDay(lang, t.In(zone)) + " " + formatClock(lang, t.In(zone))
		},
		"isodate": func(t time.Time) string { return t.In(zone).Format(time.DateOnly) },
		"iso":     func(t time.Time) string { return t.In(zone).Format(time.RFC3339) },
		"span": func(start, end time.Time) string {
			return formatClock(lang, start.In(zone)) + "–" + formatClock(lang, end.In(zone))
		},
		"asset":  AssetURL,
		"icon":   icon,
		"qr":     qr,
		"webcal": webcal,
		"args":   args,
		"plain":  func(text string) string { return strings.Join(strings.Fields(text), " ") },
		"lower":  strings.ToLower,
		"fields": strings.Fields,
		"first":  FirstPeriods,
	}
}

// args makes a map from pairs of name and value.
func args(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("args come in pairs")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("args: %v is not a name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

// qr draws text as a QR code of medium error correction (15 %), black on white
// in both themes because many readers do not see an inverted code. Empty text
// gives nothing.
func qr(text string) (template.HTML, error) {
	if text == "" {
		return "", nil
	}
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", fmt.Errorf("qr: %w", err)
	}
	bits := code.Bitmap() // includes the quiet zone
	var path strings.Builder
	for y, row := range bits {
		for x, black := range row {
			if black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	svg := fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" shape-rendering="crispEdges" aria-hidden="true" focusable="false">`+
		`<path fill="#fff" d="M0 0h%dv%dh-%dz"/><path fill="#000" d="%s"/></svg>`,
		len(bits), len(bits), len(bits), len(bits), len(bits), path.String())
	return template.HTML(svg), nil
}

// webcal vouches for a calendar address: html/template trusts no scheme but
// http, https and mailto in a link.
func webcal(address string) (template.URL, error) {
	if address != "" && !strings.HasPrefix(address, "webcal://") {
		return "", fmt.Errorf("webcal: %q has another scheme", address)
	}
	return template.URL(address), nil
}
