package e2e_test

import (
	"strings"
	"testing"
)

// From a proposal to a published wave, and on with the mouse: an area dragged
// onto another wave, and a wave dragged onto another week, are looked at first.
func TestWavesFromProposalToPublication(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/waves")
	b.press("a[href='/waves/propose']")
	b.expectAt("/waves/propose")
	for field, value := range map[string]string{"#waves": "2", "#weeks": "11", "#apart": "11"} {
		b.fill(field, value)
	}
	b.press("form.propose-form button")
	b.expectAccessible("en /waves/propose")
	b.press("form[action='/waves/adopt'] button")
	b.expectAt("/waves")
	b.expectText(english(t, "waves.outdated"))
	b.size(1280, 2400)
	b.drag("[data-wave=w1] li:last-child [data-drag=area]", "[data-wave=w2] .board-wave .board-name")
	b.expectAt("/waves/move")
	b.expectAccessible("en /waves/move")
	moved := ask[string](b, "new URL(location).searchParams.get('area')")
	b.press("form.actions button")
	b.expectAt("/waves")
	if !ask[bool](b, `!!document.querySelector("[data-wave=w2] a[href*='area=`+moved+`&']")`) {
		t.Errorf("%s was moved, but is not in the second wave", moved)
	}
	b.size(1280, 2400)
	b.drag("[data-wave=w2] [data-drag=wave]", ".week:nth-of-type(15)")
	b.expectAt("/waves/edit")
	if start, from := ask[string](b, "new URL(location).searchParams.get('start')"), ask[string](b, "document.querySelector('#from').value"); start == "" || start != from {
		t.Errorf("the wave was dropped on %s, the form says %s", start, from)
	}
	runPlanner(t, b)
	b.visit("/waves")
	b.press("a[href='/waves/publish?wave=w1']")
	b.press("main form button")
	b.expectAt("/waves")
	if !ask[bool](b, "!!document.querySelector('main .callout.success')") {
		t.Error("the page does not say that the wave is published")
	}
}

// The same without a mouse: every drag has its form.
func TestWavesByKeyboard(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.visit("/waves")
	b.tabTo("a[href='/waves/propose']")
	b.enterLoads()
	b.expectAt("/waves/propose")
	fields := map[string]string{"#waves": "2", "#weeks": "11", "#apart": "11"}
	for _, field := range []string{"#waves", "#weeks", "#apart"} { // as they stand
		b.tabTo(field)
		b.keys(fields[field])
	}
	b.enterLoads()
	b.expectAt("/waves/propose")
	b.tabTo("form[action='/waves/adopt'] button")
	b.enterLoads()
	b.expectAt("/waves")
	b.tabTo("[data-wave=w1] a[href^='/waves/move']")
	b.enterLoads()
	b.expectAt("/waves/move")
	name := strings.TrimPrefix(ask[string](b, "document.querySelector('h1').textContent"), "Move ")
	b.tabTo("form.wave-form button")
	b.enterLoads()
	b.tabTo("form.actions button")
	b.enterLoads()
	b.expectAt("/waves")
	if !ask[bool](b, `[...document.querySelectorAll("[data-wave=w2] a[href^='/waves/move']")].some(a => a.textContent.endsWith(`+quoted(name)+`))`) {
		t.Errorf("%q was moved, but is not in the second wave", name)
	}
	for _, path := range []string{"/waves/edit?wave=w1", "/waves/split?wave=w1", "/waves/pause?wave=w2", "/waves/propose"} {
		b.visit(path)
		b.expectKeyboard(path)
		b.expectAccessible("en " + path)
	}
}

// Without scripts the pages do everything but drag.
func TestWavesWithoutScripts(t *testing.T) {
	t.Parallel()
	p := planned(t)
	v := signIn(t, p, p.links["coordinator"])
	page := v.page("/waves/propose?waves=2&weeks=11&apart=11")
	status, where := v.post("/waves/adopt", hidden(page, "waves", "first", "weeks", "apart", "limit", "revision"))
	if status != 303 || where != "/waves" {
		t.Fatalf("adopting: status %d to %q", status, where)
	}
	page = v.page("/waves")
	if strings.Count(page, "/waves/publish?wave=") != 0 && !strings.Contains(page, english(t, "waves.outdated")) {
		t.Error("a plan made for other waves is offered for publishing without a word")
	}
	for _, kind := range []string{"pause", "resume"} {
		page = v.page("/waves/" + kind + "?wave=w1")
		if status, where := v.post("/waves/"+kind, hidden(page[strings.Index(page, `<form class="actions"`):], "wave", "revision")); status != 303 || where != "/waves" {
			t.Errorf("%s: status %d to %q", kind, status, where)
		}
	}
}
