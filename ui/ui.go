package ui

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

//go:embed templates
var templateFiles embed.FS

// Renderer turns a Page into HTML. It is made once, never changes and may be
// used by any number of goroutines.
type Renderer struct {
	words *catalogue
	zone  *time.Location // times are shown in it
	// sets holds every template, once for each language: functions such as "t"
	// are bound to it, so a template never has to pass it along.
	sets map[string]*template.Template
	// byType finds the page of a data struct.
	byType map[reflect.Type]string
}

// New parses every template in every language and renders each page once with
// its empty data struct. It returns an error for a template that does not
// parse or execute, a page file without a data struct (or the other way
// round), and a text that is used but not translated. Times are shown in zone.
func New(zone *time.Location) (*Renderer, error) {
	words, err := loadCatalogue()
	if err != nil {
		return nil, err
	}
	r := &Renderer{words: words, zone: zone, sets: map[string]*template.Template{}, byType: map[reflect.Type]string{}}
	for name, data := range pages {
		r.byType[reflect.TypeOf(data)] = name
	}
	if err := everyFileIsAPage(); err != nil {
		return nil, err
	}
	for _, lang := range Languages {
		if err := r.parse(lang, zone); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Renderer) parse(lang string, zone *time.Location) error {
	set, err := template.New(layout).Funcs(funcs(r.words, lang, zone)).ParseFS(templateFiles, "templates/parts/*.html")
	if err != nil {
		return fmt.Errorf("ui: parts: %w", err)
	}
	frame, err := templateFiles.ReadFile("templates/" + layout)
	if err != nil {
		return fmt.Errorf("ui: %w", err)
	}
	for name := range pages {
		file := name + ".html"
		page, err := templateFiles.ReadFile("templates/" + file)
		if err != nil {
			return fmt.Errorf("ui: page %s: %w", name, err)
		}
		rename := renaming(name, page)
		if _, err := set.New(file).Parse(rename.Replace(string(page))); err != nil {
			return fmt.Errorf("ui: page %s: %w", name, err)
		}
		if _, err := set.New(blockOf(name, layout)).Parse(rename.Replace(string(frame))); err != nil {
			return fmt.Errorf("ui: layout of %s: %w", name, err)
		}
	}
	if err := r.words.checkKeys(set); err != nil {
		return fmt.Errorf("ui: %w", err)
	}
	r.sets[lang] = set
	for _, data := range pages {
		if err := r.Render(io.Discard, Page{Lang: lang, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// layout is the file, and the block, around every page.
const layout = "layout.html"

// blockOf is what a block of a page is called in the set of all pages.
func blockOf(page, block string) string { return page + "/" + block }

var defined = regexp.MustCompile(`{{-? ?define ("[^"]+")`)

// renaming gives the blocks that a page defines names of their own, so that one
// set holds all pages: each has a title and a content. A set for every page
// would hold all parts sixty times.
func renaming(name string, page []byte) *strings.Replacer {
	var pairs []string
	for _, m := range defined.FindAllSubmatch(page, -1) {
		quoted := string(m[1])
		unique := strconv.Quote(blockOf(name, strings.Trim(quoted, `"`)))
		pairs = append(pairs, "define "+quoted, "define "+unique, "template "+quoted, "template "+unique)
	}
	return strings.NewReplacer(pairs...)
}

// everyFileIsAPage fails when a page template is not in the table of pages.
func everyFileIsAPage() error {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return fmt.Errorf("ui: %w", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if _, ok := pages[name]; !ok && name+".html" != layout {
			return fmt.Errorf("ui: %s has no data struct in the table of pages", file)
		}
	}
	return nil
}

// Render writes a whole page: the layout around the template that belongs to
// the type of p.Data. An unknown language is shown in Swedish. Nothing is
// written when rendering fails, so half a page never reaches anybody.
func (r *Renderer) Render(w io.Writer, p Page) error {
	return r.render(w, layout, p)
}

// Fragment writes one named block of a page, without the layout, for partial
// updates: "progress" of PlanRun, "results" of Seminars and Outbox.
func (r *Renderer) Fragment(w io.Writer, block string, p Page) error {
	return r.render(w, block, p)
}

func (r *Renderer) render(w io.Writer, block string, p Page) error {
	name, ok := r.byType[reflect.TypeOf(p.Data)]
	if !ok {
		return fmt.Errorf("ui: no page shows a %T", p.Data)
	}
	if !known(p.Lang) {
		p.Lang = Languages[0]
	}
	if p.Nav == nil {
		p.Nav = NavFor(p.User)
	}
	var buf bytes.Buffer
	if err := r.sets[p.Lang].ExecuteTemplate(&buf, blockOf(name, block), p); err != nil {
		return fmt.Errorf("ui: page %s: %w", name, err)
	}
	if _, err := buf.WriteTo(w); err != nil {
		return fmt.Errorf("ui: writing page %s: %w", name, err)
	}
	return nil
}

// Text is the text of key in lang, for flash messages, mails and calendar
// entries. Arguments come in pairs: a placeholder's name, then its value; the
// value of "n" chooses the plural form. A missing key is returned as it is, so
// that a slip is visible and never stops a message.
func (r *Renderer) Text(lang, key string, pairs ...any) string {
	if !known(lang) {
		lang = Languages[0]
	}
	text, err := r.words.text(lang, key, pairs...)
	if err != nil {
		return key
	}
	return text
}
