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
	for _, x := range l.Blocks() {
		b.WriteString("\n")
		if x.Text != "" {
			b.WriteString(x.Text + "\n")
		}
		for _, item := range x.Items {
			b.WriteString(bullet + item + "\n")
		}
	}
	if l.URL != "" {
		b.WriteString("\n" + l.Page + ": " + l.URL + "\n")
	}
	b.WriteString("\n" + l.Regards + "\n" + l.Programme + "\n")
	return b.String()
}

// bullet begins a closing line that is an item of a list.
const bullet = "• "

// block is a paragraph, or the items of a list.
type block struct {
	Text  string
	Items []string
}

// Blocks are the closing lines with items that follow each other put together.
func (l letter) Blocks() []block {
	var blocks []block
	for _, line := range l.Closing {
		item, isItem := strings.CutPrefix(line, bullet)
		last := len(blocks) - 1
		switch {
		case isItem && last >= 0 && len(blocks[last].Items) > 0:
			blocks[last].Items = append(blocks[last].Items, item)
		case isItem:
			blocks = append(blocks, block{Items: []string{item}})
		default:
			blocks = append(blocks, block{Text: line})
		}
	}
	return blocks
}

// page is plain on purpose: mail programs strip styles, screen readers read lists.
var page = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5">
<p>{{.Greeting}}</p>
<p><strong>{{.Lead}}</strong></p>
<ul>{{range .Facts}}
<li>{{.Label}}: {{.Value}}</li>{{end}}
</ul>{{range .Blocks}}{{with .Text}}
<p>{{.}}</p>{{end}}{{with .Items}}
<ul>{{range .}}
<li>{{.}}</li>{{end}}
</ul>{{end}}{{end}}{{if .URL}}
<p><a href="{{.URL}}">{{.Page}}</a></p>{{end}}
<p>{{.Regards}}<br>{{.Programme}}</p>
</body></html>
`))

func (l letter) html() (string, error) {
	var b strings.Builder
	err := page.Execute(&b, l)
	return b.String(), err
}
