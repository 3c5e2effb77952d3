package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// way is how somebody uses a page: presses what loads another, writes into a field.
type way struct {
	press func(selector string)
	write func(selector, text string)
}

// keyboard uses pages with Tab, Enter and letters alone.
func (b *tab) keyboard() way {
	return way{
		press: func(selector string) { b.t.Helper(); b.tabTo(selector); b.enterLoads() },
		write: func(selector, text string) { b.t.Helper(); b.tabTo(selector); b.keys(text) },
	}
}

// mouse uses pages by pointing; the test switches scripts off for it.
func (b *tab) mouse() way { return way{press: b.press, write: b.fill} }

// The main tasks from a new programme on: plan, publish, find a person, replace
// a leader, move a seminar, undo. By keyboard alone, and without any script.
func TestMainTasks(t *testing.T) {
	t.Parallel()
	for name, using := range map[string]func(*tab) way{"by keyboard": (*tab).keyboard, "without scripts": (*tab).mouse} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := planned(t)
			b, ok := openTab(t, p.base())
			if !ok {
				return
			}
			b.enter(p.links["coordinator"])
			if name == "without scripts" {
				b.scriptsOff()
			}
			mainTasks(b, using(b))
		})
	}
}

func mainTasks(b *tab, with way) {
	b.t.Helper()
	b.visit("/plan")
	with.press("form.start-form button[type=submit]")
	b.expectAt("/plan")
	with.press("form[action='/plan/stop'] button")
	with.press("form[action='/plan/use'] button")
	b.visit("/waves")
	with.press("a[href='/waves/publish?wave=w1']")
	with.press("main form button[type=submit]")
	b.expectAt("/waves")
	b.expectDone()
	// Find somebody of the first wave.
	b.visit("/people?wave=w1")
	name := ask[string](b, `document.querySelectorAll(".row-link")[3].textContent.trim()`)
	with.write("#q", name)
	with.press("form.filters button[type=submit]")
	with.press(".row-link")
	family, _, _ := strings.Cut(name, ",")
	b.expectText(family)
	// Replace a leader, then move a seminar to another place or time.
	b.visit("/seminars/S00040/options")
	with.press("section[aria-labelledby=leaders] form button")
	b.expectDone()
	b.visit("/seminars/S00040/options")
	with.press("section[aria-labelledby=venues] form button, section[aria-labelledby=slots] form button, section[aria-labelledby=both] form button")
	b.expectDone()
	b.visit("/changes")
	edits := ask[int](b, "document.querySelectorAll(\"form[action='/changes/undo']\").length")
	with.press("form[action='/changes/undo'] button")
	b.expectDone()
	if edits != 2 {
		b.t.Errorf("%d edits could be undone, want the leader's and the move's", edits)
	}
	b.settle("the main tasks")
}

// expectDone looks for the sentence that something has been done.
func (b *tab) expectDone() {
	b.t.Helper()
	if !ask[bool](b, "!!document.querySelector('main .callout.success')") {
		b.t.Fatalf("%s does not say that it is done: %s", b.where(), ask[string](b, "document.querySelector('main').innerText.slice(0, 400)"))
	}
}

// scriptsOff keeps pages from running scripts; those of the test still run.
func (b *tab) scriptsOff() {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.t.Fatal(err)
	}
	b.visit("/overview")
	if ask[bool](b, "document.documentElement.classList.contains('js')") {
		b.t.Fatal("scripts still run")
	}
}
