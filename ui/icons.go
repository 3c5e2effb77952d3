package ui

import (
	"fmt"
	"html/template"
)

// icons are drawn on a 24 by 24 grid with a 1.75 stroke and round ends.
var icons = map[string]string{
	"arrow":    "M5 12h14M13 6l6 6-6 6",
	"back":     "M19 12H5M11 6l-6 6 6 6",
	"calendar": "M4 6.5h16v14H4zM4 10.5h16M8 3.5v5M16 3.5v5",
	"check":    "M5 12.5l4.5 4.5L19 7.5",
	"clock":    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5v5l3.5 2",
	"copy":     "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
	"grip":     "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
	"info":     "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6v.1",
	"lock":     "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	"mail":     "M3.5 6h17v12.5h-17zM3.5 7l8.5 6 8.5-6",
	"map":      "M3.5 6.5l5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2zM9 4.5v13M15 6.5v13",
	"menu":     "M4 7h16M4 12h16M4 17h16",
	"minus":    "M5 12h14",
	"people":   "M9 11a3.25 3.25 0 1 0 0-6.5A3.25 3.25 0 0 0 9 11zM3 19.5c.3-3.5 2.6-5.5 6-5.5s5.7 2 6 5.5M16 5a3 3 0 0 1 0 5.7M17.5 14.3c2.2.7 3.4 2.5 3.6 5.2",
	"pin":      "M12 21c4.5-4.8 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6.2 6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
	"play":     "M8 5.5v13l10.5-6.5z",
	"pause":    "M8.5 6v12M15.5 6v12",
	"plus":     "M12 5v14M5 12h14",
	"print":    "M7 9V4h10v5M7 17.5H4V9h16v8.5h-3M7 14h10v6.5H7z",
	"redo":     "M19 8.5H9.5a5 5 0 0 0 0 10H15M19 8.5l-4-4M19 8.5l-4 4",
	"route":    "M6 17a2.5 2.5 0 1 0 0 .1zM18 7a2.5 2.5 0 1 0 0-.1zM8.5 17H15a3.5 3.5 0 0 0 0-7H9.5a3.5 3.5 0 0 1 0-5H13",
	"search":   "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5",
	"stop":     "M6.5 6.5h11v11h-11z",
	"swap":     "M4 8.5h15l-4-4M20 15.5H5l4 4",
	"undo":     "M5 8.5h9.5a5 5 0 0 1 0 10H9M5 8.5l4-4M5 8.5l4 4",
	"warning":  "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.1",
}

// icon is an inline SVG that assistive technology skips: the words beside it
// carry the meaning.
func icon(name string) (template.HTML, error) {
	path, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("no icon %q", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" ` +
		`stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="` +
		path + `"/></svg>`), nil
}
