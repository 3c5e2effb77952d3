package e2e_test

import (
	"strings"
	"testing"
)

// A coordinator keeps the draft, plans with other settings, compares the two
// and adopts the new one.
func TestWalkThroughScenarios(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.press("nav.nav a[href='/plan']")
	b.press("nav.nav a[href='/scenarios']")
	b.expectAt("/scenarios")
	b.fill("#name", "As it was")
	b.press("form[action='/scenarios'] button")
	b.expectAt("/scenarios")
	b.press("a[href='/scenarios/new']")
	b.press("a[href='/scenarios/new?preset=travel']")
	b.expectAt("/scenarios/new")
	b.fill("#seconds", "4")
	b.press("form[action='/scenarios/new'] button.primary")
	b.expectAt("/plan")
	// Not from the run's own page, which loads itself again when the run is over.
	eventually(t, patience, "the plan is kept", func() bool {
		b.visit("/scenarios")
		return ask[int](b, "document.querySelectorAll('input[name=with]').length") == 3
	})
	b.visit("/plan")
	b.press("#progress a[href='/scenarios']")
	b.expectAt("/scenarios")
	ask[bool](b, "document.querySelectorAll('input[name=with]').forEach(x => x.checked = true), true")
	b.press("#compare button")
	b.expectAt("/scenarios/compare")
	if columns := ask[int](b, "document.querySelectorAll('.compare-table thead th').length"); columns != 4 {
		t.Errorf("the comparison has %d columns, want the measures and three plans", columns)
	}
	b.press(".filters button")
	b.expectAt("/scenarios/compare")
	b.press("form[action$='/adopt'] button")
	b.expectAt("/scenarios")
	if said := ask[string](b, "document.querySelector('main .callout.success').innerText"); !strings.Contains(said, english(t, "preset.travel")) {
		t.Errorf("after adopting the page says %q", said)
	}
	b.press("form[action$='/drop'] button")
	b.expectAt("/scenarios")
	if left := ask[int](b, "document.querySelectorAll(\"form[action$='/drop']\").length"); left != 1 {
		t.Errorf("%d scenarios are left of two after dropping one; the draft was one of them", left)
	}
	b.press(".undoable button")
	b.expectAt("/scenarios")
	if left := ask[int](b, "document.querySelectorAll(\"form[action$='/drop']\").length"); left != 2 {
		t.Errorf("%d scenarios after dropping one and undoing it, want two", left)
	}
}
