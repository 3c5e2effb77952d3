package e2e_test

import (
	"strconv"
	"strings"
	"testing"
)

// mostStops bounds a walk with the Tab key.
const mostStops = 400

// Everything that can be clicked can be reached with the Tab key, in the order
// it stands in, and shows that it has the focus (WCAG 2.1.1, 2.4.3, 2.4.7).
func TestEverythingIsReachedByKeyboard(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	for _, width := range []int64{1280, 390} {
		b.size(width, 900)
		for _, path := range []string{"/overview", "/plan", "/waves", "/waves/publish?wave=w1", "/map", "/seminars", "/outbox"} {
			b.visit(path)
			b.expectKeyboard(path)
		}
	}
	b.visit("/waves")
	b.tabKey()
	if first := ask[string](b, "document.activeElement.getAttribute('href')"); first != "#main" {
		t.Errorf("the first stop leads to %q, want the way past the menu", first)
	}
	b.enterKey()
	b.tabKey()
	if !ask[bool](b, "document.querySelector('main').contains(document.activeElement)") {
		t.Error("the way past the menu does not lead past the menu")
	}
}

// clickable marks what a mouse could use and the keyboard must reach.
const clickable = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")].
	filter(e => e.checkVisibility({checkVisibilityCSS: true, contentVisibilityAuto: true}) && !e.disabled).
	map((e, i) => { e.dataset.stop = i; return i; }).length`

// stop is the present stop of the Tab key: its number, and whether it can be
// seen to have the focus: by a ring, or in the map by a wider border than that
// of what is only chosen. -1 is the end of the page.
const stop = `(() => { const e = document.activeElement;
	if (!e || e === document.body || e.dataset.stop === undefined) return [-1, 1];
	const s = getComputedStyle(e), shape = e.matches("svg a") && e.querySelector("path");
	const shown = shape ? parseFloat(getComputedStyle(shape).strokeWidth) > 4 : s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
	return [Number(e.dataset.stop), shown ? 1 : 0]; })()`

func (b *tab) expectKeyboard(path string) {
	b.t.Helper()
	want := ask[int](b, clickable)
	reached, last := map[int]bool{}, -1
	for range mostStops {
		b.tabKey()
		at := ask[[]int](b, stop)
		if at[0] < 0 || reached[at[0]] && at[0] != last { // a date field has several stops
			break
		}
		if at[0] < last {
			b.t.Errorf("%s: the Tab key jumps back to %s", path, b.stopText(at[0]))
		}
		if at[1] == 0 {
			b.t.Errorf("%s: nothing shows that %s has the focus", path, b.stopText(at[0]))
		}
		reached[at[0]], last = true, at[0]
	}
	for i := range min(want, mostStops) {
		if !reached[i] {
			b.t.Errorf("%s: the Tab key does not reach %s", path, b.stopText(i))
		}
	}
}

// tabTo walks with the Tab key until an element that fits has the focus.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	for range mostStops {
		b.tabKey()
		if ask[bool](b, "document.activeElement.matches("+quoted(selector)+")") {
			return
		}
	}
	b.t.Fatalf("the Tab key does not reach %s on %s", selector, b.where())
}

// expectText looks for words on the page.
func (b *tab) expectText(words string) {
	b.t.Helper()
	if !strings.Contains(ask[string](b, "document.querySelector('main').innerText"), words) {
		b.t.Errorf("%s does not say %q", b.where(), words)
	}
}

func (b *tab) stopText(number int) string {
	html := ask[string](b, `document.querySelector("[data-stop='`+strconv.Itoa(number)+`']").outerHTML.slice(0, 160)`)
	return strings.Join(strings.Fields(html), " ")
}
