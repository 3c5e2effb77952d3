package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shownTerm is the word whose meaning is open; empty when none is.
const shownTerm = "(document.querySelector('.term-text:popover-open')?.id ?? '')"

// Words open where they stand, by keyboard, one at a time; Escape closes them and
// leaves the focus on the word.
func TestWordsOpenWhereTheyStand(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/waves")
	b.tabTo("button.term")
	word := ask[string](b, "document.activeElement.getAttribute('popovertarget')")
	b.enterKey()
	b.await("the word is explained", shownTerm+" === "+quoted(word))
	b.expectNoViolations("an open word")
	b.do("press Escape", chromedp.KeyEvent(kb.Escape))
	b.await("the word is closed", shownTerm+" === ''")
	if at := ask[string](b, "document.activeElement.getAttribute('popovertarget')"); at != word {
		t.Errorf("after Escape the focus is on %q, want %q", at, word)
	}
	b.do("click on the second word", chromedp.Click(chromedp.CSS("button.term:nth-of-type(2)")))
	b.await("the second word is explained", shownTerm+" !== '' && "+shownTerm+" !== "+quoted(word))
	b.press(".term-text:popover-open a")
	b.expectAt("/help")
	if !ask[bool](b, "!!document.querySelector(location.hash)") {
		t.Error("the way to all words leads to none")
	}
	b.settle("the words")
}

// The page of shortcuts switches them on and off, and each does what the page says.
func TestShortcutsDoWhatTheirPageSays(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/help/keys")
	on := "'keysOn' in document.body.dataset"
	if !ask[bool](b, on) {
		b.press("main form button")
	}
	type shortcut struct{ Keys, Path string }
	list := ask[[]shortcut](b, `[...document.querySelectorAll("[data-keys^='g ']")].map(e => ({Keys: e.dataset.keys, Path: new URL(e.href).pathname}))`)
	if said := ask[int](b, "document.querySelectorAll('#goto ~ .keys > div').length"); len(list) == 0 || said != len(list) {
		t.Fatalf("the page tells of %d ways by keys, and the menu has %d", said, len(list))
	}
	for _, x := range list[:3] { // each costs a page
		b.keys("g")
		b.keysLoad(x.Keys[2:])
		b.expectAt(x.Path)
	}
	b.visit("/people")
	b.keys("/")
	b.await("/ leads into the search", "document.activeElement.type === 'search'")
	b.keys("j")                                                                              // written, not obeyed
	if got := ask[string](b, "document.activeElement.value"); !strings.HasSuffix(got, "j") { // the driver writes the / as well
		t.Errorf("typing into the search gives %q", got)
	}
	b.visit("/people")
	b.keys("j")
	b.keys("j")
	if row := ask[int](b, "[...document.querySelectorAll('main tbody tr')].indexOf(document.activeElement.closest('tr'))"); row != 1 {
		t.Errorf("j twice leads to row %d, want the second", row)
	}
	b.keys("k")
	if row := ask[int](b, "[...document.querySelectorAll('main tbody tr')].indexOf(document.activeElement.closest('tr'))"); row != 0 {
		t.Errorf("k leads to row %d, want the first", row)
	}
	b.keysLoad("?")
	b.expectAt("/help/keys")
	b.press("main form button") // off
	if ask[bool](b, on) {
		t.Error("switched off, they are on")
	}
	b.visit("/people")
	b.keys("j")
	if ask[bool](b, "document.activeElement.matches('main tbody a')") {
		t.Error("switched off, j still moves the focus")
	}
	b.settle("the shortcuts")
}

// keysLoad types what loads a page, and waits for it.
func (b *tab) keysLoad(text string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(text)); err != nil {
		b.t.Fatalf("type %s: %v; the page is %q", text, err, b.where())
	}
}
