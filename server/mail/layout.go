package mail

import (
	"html/template"
	"strings"
)

// text is the letter for people who read mail as text.
func (l letter) text() string {
	var b strings.Builder
	b.WriteString(l.Greeting + "\n\n" + l.Lead + "\n\n")
	for _, f := range l.Facts {
		b.WriteString(f.Label + ": " + f.Value + "\n")
	}
	for _, sentence := range l.Closing {
		b.WriteString("\n" + sentence + "\n")
	}
	if l.URL != "" {
		b.WriteString("\n" + l.Page + ": " + l.URL + "\n")
	}
	b.WriteString("\n" + l.Regards + "\n" + l.Programme + "\n")
	return b.String()
}

// page is plain on purpose: mail programs strip styles, screen readers read lists.
var page = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5">
<p>{{.Greeting}}</p>
<p><strong>{{.Lead}}</strong></p>
<ul>{{range .Facts}}
<li>{{.Label}}: {{.Value}}</li>{{end}}
</ul>{{range .Closing}}
<p>{{.}}</p>{{end}}{{if .URL}}
<p><a href="{{.URL}}">{{.Page}}</a></p>{{end}}
<p>{{.Regards}}<br>{{.Programme}}</p>
</body></html>
`))

func (l letter) html() (string, error) {
	var b strings.Builder
	err := page.Execute(&b, l)
	return b.String(), err
}
