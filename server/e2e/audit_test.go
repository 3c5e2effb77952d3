package e2e_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// narrowest is the width that content must fit without scrolling sideways, WCAG 1.4.10.
const narrowest = 320

// Every page of the site map in every language, light and dark, on a desk and
// on a phone: axe finds nothing against WCAG 2.2 AA, nothing scrolls sideways
// at 320 px, and the page is well made otherwise.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.expectAxeToSee()
	boss := signIn(t, p, mailedLink(t, p, coordinatorEmail))
	seminars := seminarIDs(t, boss, "/seminars?wave=w1")
	audit(t, p, boss, "en", "/overview", "/plan", "/waves", "/waves/publish?wave=w1", "/seminars/"+seminars[0], "/outbox") // before anything is published
	publish(t, boss)
	site := furnish(t, p, boss)
	shown := map[string]*visitor{"visitor": newVisitor(t, p), "leader": signIn(t, p, p.links["method leader"]), "coordinator": boss}
	for _, lang := range []string{"sv", "en", "nb"} {
		for part := range slices.Chunk(site.pages(t), 8) {
			t.Run(lang+part[0].address, func(t *testing.T) {
				t.Parallel()
				for who, v := range shown {
					if list := addresses(part, who); len(list) > 0 {
						audit(t, p, v, lang, list...)
					}
				}
			})
		}
	}
	t.Run("forms", func(t *testing.T) { auditForms(t, p) })
}

// auditForms looks at what pages become when forms are sent: a mistake in one,
// a mail on its way, a run under way.
func auditForms(t *testing.T, p *program) {
	b, _ := openTab(t, p.base())
	b.language("en")
	for _, email := range []string{"nobody", "nobody@example.org"} {
		b.visit("/sign-in")
		b.fill("#email", email)
		b.press("form.form button")
		b.expectAccessible("en /sign-in after sending " + email)
	}
	b.enter(mailedLink(t, p, coordinatorEmail))
	auditIllness(t, b)
	b.visit("/plan")
	b.fill("#seconds", "3600")
	b.press("form.start-form button")
	b.expectAccessible("en /plan during a run")
	b.press("form[action='/plan/stop'] button")
	b.expectAccessible("en /plan after a run")
}

// expectAxeToSee plants a fault of each kind that the audit looks for.
func (b *tab) expectAxeToSee() {
	b.t.Helper()
	b.visit("/sign-in")
	ask[bool](b, `document.body.insertAdjacentHTML("beforeend", "<img src='data:,'>"), true`)
	if len(b.axe(everyRule)) == 0 {
		b.t.Error("axe does not see a picture without a text; its other verdicts are worth nothing")
	}
	ask[bool](b, `console.error("planted"), true`)
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) == 0 {
		b.t.Error("an error on the console is not seen")
	}
	b.complaints = nil
}

// audit looks at pages as a visitor who is signed in, or not.
func audit(t *testing.T, p *program, v *visitor, lang string, pages ...string) {
	b, _ := openTab(t, p.base())
	b.as(v)
	b.language(lang)
	for _, path := range pages {
		b.visit(path)
		where := lang + " " + path
		b.expectWellMade(where, lang)
		b.expectLight(where)
		b.expectAccessible(where)
	}
}

// heaviest is the most a page may weigh with every style sheet and script, compressed.
const heaviest = 150_000

func (b *tab) expectLight(where string) {
	b.t.Helper()
	shared, err := sharedWeight()
	if err != nil {
		b.t.Fatal(err)
	}
	if n := shared + packed([]byte(ask[string](b, "document.documentElement.outerHTML"))); n > heaviest {
		b.t.Errorf("%s weighs %d bytes compressed, want at most %d", where, n, heaviest)
	}
}

// sharedWeight is that of all style sheets and scripts together.
var sharedWeight = sync.OnceValues(func() (sum int, err error) {
	err = filepath.WalkDir("../../ui/static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		sum += packed(data)
		return err
	})
	return sum, err
})

// packed is how many bytes something is on the wire.
func packed(data []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data) // a buffer takes everything
	w.Close()
	return b.Len()
}

// expectAccessible looks at the present page wide and narrow, light and dark;
// in the dark at its colours, for nothing else differs there.
func (b *tab) expectAccessible(where string) {
	b.t.Helper()
	for _, width := range []int64{1280, 390} {
		b.size(width, 900)
		b.scheme("light")
		b.expectNoViolations(fmt.Sprintf("%s, light, %d px", where, width))
		b.scheme("dark")
		b.expectNone(colourRules, fmt.Sprintf("%s, dark, %d px", where, width))
	}
	b.expectNoSidewaysScroll(where)
	b.settle(where)
	b.size(1280, 900)
}

func (b *tab) expectNoViolations(where string) {
	b.t.Helper()
	b.expectNone(everyRule, where)
}

func (b *tab) expectNone(rules, where string) {
	b.t.Helper()
	for _, v := range b.axe(rules) {
		for _, n := range v.Nodes {
			b.t.Errorf("%s: %s (%s)\n  %s\n  %s", where, v.ID, v.Help, n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n  "))
		}
	}
}

func (b *tab) expectNoSidewaysScroll(where string) {
	b.t.Helper()
	b.size(narrowest, 900)
	if width := ask[int](b, "document.documentElement.scrollWidth"); width > narrowest {
		b.t.Errorf("%s: %d px wide in a window of %d; the widest element is %s", where, width, narrowest, ask[string](b, widest))
	}
}

// widest names the element that reaches furthest right, not counting what scrolls in a region of its own.
const widest = `[...document.querySelectorAll("body *")].filter(e => !e.closest(".scroll")).
	sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0].outerHTML.slice(0, 200)`

func (b *tab) expectWellMade(where, lang string) {
	b.t.Helper()
	if n := ask[int](b, "document.querySelectorAll('h1').length"); n != 1 {
		b.t.Errorf("%s: %d first headings, want 1", where, n)
	}
	if got := ask[string](b, "document.documentElement.lang"); got != lang {
		b.t.Errorf("%s: the page says it is in %q", where, got)
	}
	title, heading := ask[string](b, "document.title"), ask[string](b, "document.querySelector('h1')?.firstChild?.textContent ?? ''")
	if !strings.HasSuffix(title, " – Kaskad") || !strings.HasPrefix(title, strings.TrimSpace(heading)) {
		b.t.Errorf("%s: title %q under the heading %q", where, title, heading)
	}
	if visible := ask[string](b, "document.body.innerText"); untranslated.MatchString(visible) {
		b.t.Errorf("%s: shows a text's key: %q", where, untranslated.FindString(visible))
	}
}

// untranslated is what a missing text looks like: its key.
var untranslated = regexp.MustCompile(`\b(?:layout|nav|overview|plan|waves?|map|seminars?|publish|outbox|my|calendar|feed|error|sign-in|confirm|stage|cost)\.[a-z][a-z-]+\b|%!|<no value>`)

// auditIllness looks at the pages about what has happened, from the form to the solution.
func auditIllness(t *testing.T, b *tab) {
	t.Helper()
	address, leader, day := someSeminar(b)
	b.visit(address + "/change")
	b.expectAccessible("en " + address + "/change")
	b.press("#cancel ~ form button")
	b.expectAccessible("en /changes after a cancellation")
	b.press("form[action='/changes/undo'] button")
	b.visit("/changes")
	b.expectAccessible("en /changes with nothing to mend")
	b.visit("/changes/event?kind=person-away")
	b.fill("#who", "a")
	b.press(".event-form button")
	b.expectAccessible("en /changes/event when several fit")
	b.visit("/changes/event?kind=person-away")
	b.fill("#who", leader)
	b.fill("#from", day)
	b.fill("#to", day)
	b.press(".event-form button")
	b.expectAccessible("en /changes with an illness")
	b.press("a[href='/changes/proposal']")
	b.expectAccessible("en /changes/proposal")
}
