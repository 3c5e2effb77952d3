package e2e_test

import (
	"strings"
	"testing"
)

// A coordinator plays the plan through, changes a rate, and asks what slack buys.
func TestWalkThroughRisk(t *testing.T) {
	t.Parallel()
	p := planned(t)
	b, ok := openTab(t, p.base())
	if !ok {
		return
	}
	b.enter(p.links["coordinator"])
	b.press("nav.nav a[href='/forecast']")
	b.press("nav.section a[href='/risk']")
	b.expectAt("/risk")
	const outcome = "document.querySelector('#outcome ~ ul').innerText"
	usual := ask[string](b, outcome)
	b.fill("#absent", "40")
	b.fill("#runs", "20")
	b.press(".risk-form button")
	b.expectAt("/risk")
	if worse := ask[string](b, outcome); worse == usual || !strings.Contains(worse, "20") {
		t.Errorf("five times as many stay away, and the page says %q", worse)
	}
	b.press("#slack ~ p a")
	b.expectAt("/risk")
	if rows := ask[int](b, "document.querySelectorAll('#slack ~ .scroll tbody tr').length"); rows < 5 {
		t.Errorf("the table of slack has %d rows", rows)
	}
	if kept := ask[string](b, "document.querySelector('#absent').value"); kept != "40" {
		t.Errorf("asking for slack changes the rate to %s", kept)
	}
}
