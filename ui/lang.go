package ui

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

//go:embed lang
var langFiles embed.FS

// Languages lists what Kaskad speaks; the first is used when nothing is chosen.
var Languages = []string{"sv", "en", "nb"}

// nearest is the language that stands in for a text another one lacks.
// Norwegians read Swedish better than nothing.
var nearest = map[string]string{"nb": "sv"}

func known(lang string) bool { return slices.Contains(Languages, lang) }

// phrase is one translated text. One and Other are equal unless the file gives
// plural forms; all of our languages have exactly these two.
type phrase struct{ One, Other string }

// UnmarshalJSON accepts "text" or {"one": "…", "other": "…"}.
func (p *phrase) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		p.One, p.Other = text, text
		return nil
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	if forms.One == "" || forms.Other == "" {
		return errors.New(`plural needs both "one" and "other"`)
	}
	*p = phrase(forms)
	return nil
}

// catalogue holds every phrase: language, key, text.
type catalogue struct{ phrases map[string]map[string]phrase }

func loadCatalogue() (*catalogue, error) {
	c := &catalogue{phrases: map[string]map[string]phrase{}}
	for _, lang := range Languages {
		if err := c.readAll(lang); err != nil {
			return nil, err
		}
	}
	for lang, near := range nearest {
		for _, key := range c.differing(lang, near) {
			if p, ok := c.phrases[near][key]; ok {
				c.phrases[lang][key] = p
			} else {
				delete(c.phrases[lang], key)
			}
		}
	}
	return c, nil
}

// differing lists the keys that only one of two languages has.
func (c *catalogue) differing(lang, near string) []string {
	var keys []string
	for _, pair := range [][2]string{{lang, near}, {near, lang}} {
		for key := range c.phrases[pair[0]] {
			if _, ok := c.phrases[pair[1]][key]; !ok {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// Borrowed lists the texts of lang that another language stands in for, and
// those nobody asks for any more: none in a release, some while pages change.
func Borrowed(lang string) ([]string, error) {
	if nearest[lang] == "" {
		return nil, nil
	}
	c := &catalogue{phrases: map[string]map[string]phrase{}}
	for _, l := range []string{lang, nearest[lang]} {
		if err := c.readAll(l); err != nil {
			return nil, err
		}
	}
	return c.differing(lang, nearest[lang]), nil
}

// readAll reads every file of a language.
func (c *catalogue) readAll(lang string) error {
	c.phrases[lang] = map[string]phrase{}
	files, err := fs.Glob(langFiles, "lang/"+lang+"/*.json")
	if err != nil {
		return fmt.Errorf("ui: %w", err)
	}
	for _, name := range files {
		if err := c.read(lang, name); err != nil {
			return fmt.Errorf("ui: %s: %w", name, err)
		}
	}
	return nil
}

// read adds the phrases of one file. A key has its home in one file only.
func (c *catalogue) read(lang, name string) error {
	data, err := langFiles.ReadFile(name)
	if err != nil {
		return err
	}
	var phrases map[string]phrase
	if err := json.Unmarshal(data, &phrases); err != nil {
		return err
	}
	for key, p := range phrases {
		if _, twice := c.phrases[lang][key]; twice {
			return fmt.Errorf("%q is in another file too", key)
		}
		c.phrases[lang][key] = p
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// text fills in the phrase of key. Numbers are written as the language writes
// them. It fails for an unknown key and for a placeholder without a value.
func (c *catalogue) text(lang, key string, pairs ...any) (string, error) {
	p, ok := c.phrases[lang][key]
	if !ok {
		return "", fmt.Errorf("no text %q in %s", key, lang)
	}
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("text %q: arguments come in pairs", key)
	}
	text := p.Other
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("text %q: argument %d is not a name", key, i)
		}
		if n, isNumber := pairs[i+1].(int); name == "n" && isNumber && n == 1 {
			text = p.One
		}
	}
	if !strings.Contains(text, "{") { // most texts: a list asks for thousands of them
		return text, nil
	}
	missing := ""
	text = placeholder.ReplaceAllStringFunc(text, func(hole string) string {
		value, ok := valueOf(lang, hole[1:len(hole)-1], pairs)
		if !ok {
			missing = hole
		}
		return value
	})
	if missing != "" {
		return "", fmt.Errorf("text %q: no value for %s", key, missing)
	}
	return text, nil
}

// valueOf is what stands for a placeholder, the first of its name.
func valueOf(lang, name string, pairs []any) (value string, ok bool) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] != name {
			continue
		}
		if n, isNumber := pairs[i+1].(int); isNumber {
			return formatNumber(lang, n), true
		}
		return fmt.Sprint(pairs[i+1]), true
	}
	return "", false
}

// checkKeys fails when a template of set names a text that some language lacks.
func (c *catalogue) checkKeys(set *template.Template) error {
	for _, key := range usedKeys(set) {
		for _, lang := range Languages {
			if _, ok := c.phrases[lang][key]; !ok {
				return fmt.Errorf("text %q is not in lang/%s", key, lang)
			}
		}
	}
	return nil
}

// usedKeys lists the constant keys that the templates of set give to "t".
func usedKeys(set *template.Template) []string {
	var keys []string
	var walk func(n parse.Node)
	list := func(l *parse.ListNode) {
		if l != nil {
			for _, n := range l.Nodes {
				walk(n)
			}
		}
	}
	branch := func(b *parse.BranchNode) { walk(b.Pipe); list(b.List); list(b.ElseList) }
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			list(n)
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				walk(n.Pipe)
			}
		case *parse.PipeNode:
			for _, cmd := range n.Cmds {
				walk(cmd)
			}
		case *parse.CommandNode:
			keys = append(keys, keyOf(n)...)
			for _, arg := range n.Args {
				walk(arg)
			}
		}
	}
	for _, tmpl := range set.Templates() {
		if tmpl.Tree != nil {
			walk(tmpl.Tree.Root)
		}
	}
	return keys
}

// keyOf is the constant key of a call of "t", none for anything else.
func keyOf(cmd *parse.CommandNode) []string {
	if len(cmd.Args) < 2 {
		return nil
	}
	name, isName := cmd.Args[0].(*parse.IdentifierNode)
	key, isText := cmd.Args[1].(*parse.StringNode)
	if !isName || !isText || name.Ident != "t" {
		return nil
	}
	return []string{key.Text}
}
